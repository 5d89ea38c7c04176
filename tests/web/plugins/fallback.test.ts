import { describe, expect, it } from "vitest";
import { fallback, fallbackPlugin } from "../../../web/plugins/fallback.ts";
import { texts } from "../../../web/src/i18n/index.ts";
import { errorOf, note } from "../api/core.ts";
import { type Case, cases } from "../api/golden.ts";
import { lab } from "../lab/core.ts";
import { isBalanced, textOf } from "./markup.ts";

interface NoteCase extends Case {
  printed: { plain: Record<string, string>; softmax_in_front: Record<string, string>; logits: string; target: string };
}

const html = fallback(lab);
const articles = html.split(/(?=<article)/);
const printed = cases<NoteCase>("note.json").find(({ name }) => name === "note_mean_float32")?.printed;

describe("the fallback", () => {
  it("is whole, and there are no style attributes and no scripts in it", () => {
    expect(isBalanced(html)).toBe(true);
    expect(html).not.toMatch(/\sstyle=|<script/);
  });

  it("is in both languages", () => {
    expect(articles.map((article) => /^<article lang="([^"]+)"/.exec(article)?.[1])).toEqual(["zh-CN", "en"]);
    expect(articles.map((article) => textOf(/<h1 .*<\/h1>/.exec(article)?.[0] ?? ""))).toEqual([
      texts.zh.title,
      texts.en.title,
    ]);
  });

  it("tells every step, with its formula", () => {
    for (const article of articles) {
      expect(article.match(/<h2 /g)?.length).toBe(9);
      expect(article.match(/<math/g)?.length).toBe(7);
      expect(article).not.toMatch(/undefined|NaN|\[object|\bnan\b/);
    }
  });
});

describe.each(["zh-CN", "en"])("every number that the note prints is in it: %s", (lang) => {
  const text = textOf(articles.find((article) => article.includes(`lang="${lang}"`)) ?? "");

  it.each([
    ["x", printed?.logits],
    ["y", printed?.target],
    ["p = torch.softmax(x, dim=1)", printed?.plain.softmax],
    ["log_p = torch.log(p)", printed?.plain.log_of_softmax],
    ["torch.log_softmax(x, dim=1)", printed?.plain.log_softmax],
    ["abs(sum(log_p[range(len(x)), y]) / len(x))", printed?.plain.loss_by_hand],
    ["nn.NLLLoss()(log_p, y)", printed?.plain.nll_loss],
    ["nn.CrossEntropyLoss()(x, y)", printed?.plain.loss],
    ["nn.CrossEntropyLoss()(torch.softmax(x, dim=1), y)", printed?.softmax_in_front.loss],
  ])("%s, as PyTorch prints it", (code, str) => {
    expect(text).toContain(`${code}\n${str}`);
  });

  it("1.0646 three times", () => {
    expect(text.match(/\ntensor\(1\.0646\)/g)?.length).toBe(3);
  });

  it("what PyTorch says of labels counted from 1, and what it does not say", () => {
    const { message } = errorOf(() => lab.crossEntropy(note.x, [1, 2, 3]));
    expect(text).toContain(`\nIndexError: ${message}`);
    expect(text).toContain("\ntensor(1.1299)");
  });

  it("the floor", () => {
    expect(text).toContain("L₀ = 0.5514");
    expect(text).toContain("L₀ + 1 = 1.5514");
  });
});

describe("fallbackPlugin", () => {
  it("puts it in its place in the page, and has painting wait for something in it", async () => {
    const { transformIndexHtml } = fallbackPlugin(async () => lab);
    const { handler } = transformIndexHtml as unknown as {
      handler(html: string): Promise<{ html: string; tags: { attrs: { href: string } }[] }>;
    };
    const page = await handler("<cross-entropy-demo><!-- fallback --></cross-entropy-demo>");
    expect(page.html).toBe(`<cross-entropy-demo>${html}</cross-entropy-demo>`);
    expect(page.tags).toHaveLength(1);
    expect(html).toContain(`id="${page.tags[0]?.attrs.href.slice(1)}"`);
  });
});
