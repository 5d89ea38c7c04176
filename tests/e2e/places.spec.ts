// Where the page has to make do with less: under a server's policy, in frames without an origin, where storage and
// history throw; what is left without WebAssembly and without scripts; and that it never asks anybody for anything.
import assert from "node:assert/strict";
import type { Driver } from "./driver.ts";
import { test } from "./fixtures.ts";
import * as on from "./page.ts";
import { says, saysNot, showsLoss } from "./page.ts";
import type { Place } from "./site.ts";

/** Something of everything: numbers, language, theme, clipboard, the dialogs, which are loaded when one is asked for, the
 * way from step to step, the reader's scrolling. */
async function useIt(page: Driver): Promise<void> {
  // In a frame with a document of its own the language is the browser's.
  if ((await page.names("button")).includes("English")) await page.click(on.button("English"));
  await showsLoss(page, "1.0646");
  await page.fill(on.entry(0, 0), "2");
  await showsLoss(page, "0.8702");
  await page.click(on.button("中文"));
  await page.click(on.button("English"));
  await page.click(on.radio("Dark"));
  await page.click({ ...on.button("Copy"), in: on.steps.softmax });
  await opensDialog(page);
  await page.press("Alt+ArrowDown");
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await on.hasAttribute(page, on.link("9 Your own batch"), "aria-current", "step");
  // What that step shows comes when it is near.
  await page.eventually(async () =>
    assert.ok(await page.evaluate(() => customElements.get("celoss-batch-chapter") !== undefined)),
  );
}

async function opensDialog(page: Driver): Promise<void> {
  await page.click({ ...on.button("Embed"), in: on.steps.softmax });
  await says(page, { role: "dialog", name: "Embed in an article" }, "Where the page’s files are");
  await page.press("Escape");
  await on.isGone(page, "dialog", "Embed in an article");
}

/** Chromium says so on the console; the page then copies in the older way. */
const clipboardRefused = /Permissions policy violation: The Clipboard API has been blocked/;

async function nothingWentWrong(page: Driver): Promise<void> {
  assert.deepEqual(
    (await page.errors()).filter((error) => !clipboardRefused.test(error)),
    [],
  );
}

for (const place of ["http", "sandbox", "srcdoc", "blob", "site"] as const) {
  test.describe(place, () => {
    test.use({ place });
    test("everything works", async ({ driver }) => {
      await driver.open();
      await useIt(driver);
      await nothingWentWrong(driver);
    });
  });
}

test("storage, caches, history and clipboard may throw", async ({ driver }) => {
  await driver.open("?lang=en");
  await driver.evaluate(() => {
    const refuse = () => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    };
    for (const name of ["localStorage", "sessionStorage", "caches", "indexedDB"]) {
      Object.defineProperty(globalThis, name, { get: refuse });
    }
    Object.assign(History.prototype, { pushState: refuse, replaceState: refuse });
    Object.defineProperty(Navigator.prototype, "clipboard", { get: refuse });
    document.execCommand = refuse;
  });
  await useIt(driver);
  await nothingWentWrong(driver);
});

// ---- Policies ----

const own = "default-src 'none'; script-src <scripts> 'wasm-unsafe-eval'; style-src <styles>; img-src data:";
/** Nothing is inlined there but what WebKit's copy has to listen for errors, so that <scripts> allows only that. */
const ownOfSite =
  "default-src 'none'; script-src 'self' <scripts> 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src data:";

/** What servers say, and what then is left of the page: all of it, the note's numbers and why, or the numbers. */
const policies: [place: Place, left: "all" | "no WebAssembly" | "no scripts", policy: string][] = [
  ["http", "all", own],
  ["http", "all", "default-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; img-src data:"],
  ["http", "all", "script-src 'unsafe-inline' 'unsafe-eval'; object-src 'none'; frame-ancestors *"],
  ["http", "all", "sandbox allow-scripts"],
  ["http", "all", "require-trusted-types-for 'script'"],
  ["http", "no WebAssembly", own.replace(" 'wasm-unsafe-eval'", "")],
  ["http", "no WebAssembly", "default-src 'self' 'unsafe-inline'"],
  ["http", "no scripts", "default-src 'self'"],
  ["http", "no scripts", ownOfSite.replace("<scripts> ", "")],
  ["http", "no scripts", "script-src 'none'"],
  ["http", "no scripts", "sandbox"],
  ["site", "all", ownOfSite],
  ["site", "all", "default-src 'self' <scripts> 'wasm-unsafe-eval'; img-src data:"],
  ["site", "all", "require-trusted-types-for 'script'"],
  ["site", "no WebAssembly", "default-src 'self'"],
  ["site", "no WebAssembly", ownOfSite.replace("connect-src 'self'; ", "")],
  ["site", "no scripts", own],
];

/** Every number that the note prints; by hand, by nll_loss and by cross_entropy. */
const ofTheNote = [
  "tensor([[0.7459, 0.5881, 0.4795], [0.2894, 0.0568, 0.3439], [0.6124, 0.7558, 0.4308]])",
  "tensor([0, 1, 1])",
  "tensor([[0.3817, 0.3259, 0.2924], [0.3511, 0.2782, 0.3707], [0.3346, 0.3863, 0.2791]])",
  "tensor([[-0.9632, -1.1211, -1.2297], [-1.0468, -1.2794, -0.9923], [-1.0947, -0.9512, -1.2762]])",
  "abs(sum(log_p[range(len(x)), y]) / len(x)) tensor(1.0646)",
  "nn.NLLLoss()(log_p, y) tensor(1.0646)",
  "nn.CrossEntropyLoss()(x, y) tensor(1.0646)",
  "nn.CrossEntropyLoss()(torch.softmax(x, dim=1), y) tensor(1.0840)",
  "IndexError: Target 3 is out of bounds.",
];

const walks: Record<(typeof policies)[number][1], (page: Driver) => Promise<void>> = {
  async all(page) {
    await page.open("?lang=en");
    await showsLoss(page, "1.0646");
    await page.fill(on.entry(0, 0), "2");
    await showsLoss(page, "0.8702");
    await opensDialog(page);
    await nothingWentWrong(page);
  },
  async "no WebAssembly"(page) {
    for (const [lang, sentence] of [
      ["en", "The live part of this page cannot run here, so you see the note’s own numbers, computed beforehand."],
      ["zh", "页面的计算部分在这里运行不了，所以您看到的是事先算好的、笔记里的原数。"],
    ] as const) {
      await page.open(`?lang=${lang}`);
      await says(page, { role: "status", name: "" }, sentence);
      await says(page, { role: "article", name: "" }, ...ofTheNote);
      assert.deepEqual(await page.violations(), []);
    }
    // A part shows its own of the note's numbers.
    const article = { role: "article", name: "" };
    await page.open("?lang=en&step=log,softmax");
    await says(page, article, "Softmax turns", "0.3817", "The logarithm keeps", "-0.9632");
    await saysNot(page, article, "1.0646");
    await page.open("?lang=en&step=nothing");
    await says(page, article, ...ofTheNote);
  },
  async "no scripts"(page) {
    await page.open();
    // Why is said after a while, when the script would have come.
    await page.eventually(async () => {
      const articles = await page.texts("article");
      assert.equal(articles.length, 2);
      for (const [i, sentence] of ["还没有启动", "has not started"].entries()) {
        for (const words of [sentence, ...ofTheNote]) assert.ok(articles[i]?.includes(words), words);
      }
    });
    assert.deepEqual(await page.names("button"), []);
  },
};

for (const [place, left, policy] of policies) {
  test.describe(`${place} under ${policy}`, () => {
    test.use({ place, policy });
    test(`leaves ${left}`, ({ driver }) => walks[left](driver));
  });
}

// ---- The policy of somebody else's article ----

const ofArticle = "default-src 'none'; script-src 'self' <scripts> 'wasm-unsafe-eval'";
const trusted = "require-trusted-types-for 'script'; trusted-types";

/** What an article's policy leaves of the element. */
const articlePolicies: [left: "all" | "why" | "its content", policy: string][] = [
  ["all", ofArticle],
  ["all", `${ofArticle}; ${trusted} lit-html`],
  ["why", `${ofArticle}; ${trusted} other`],
  ["why", ofArticle.replace(" 'wasm-unsafe-eval'", "")],
  ["its content", ofArticle.replace(" 'self'", "")],
];

for (const [left, policy] of articlePolicies) {
  test.describe(`an article under ${policy}`, () => {
    test.use({ policy });
    test(`leaves ${left} of the element`, async ({ driver }) => {
      await driver.openArticle(
        `<h1>An article</h1><cross-entropy-demo step="softmax" lang="en"><p>The fallback</p></cross-entropy-demo><script type="module" src="/cross-entropy-demo.js"></script>`,
      );
      const article = () =>
        driver.evaluate(() => {
          const demo = document.querySelector("cross-entropy-demo");
          return {
            runs: Boolean(demo?.shadowRoot?.querySelector("section")),
            why: demo?.shadowRoot?.querySelector("[role=status]")?.textContent ?? "",
            content: demo?.querySelector("p")?.getClientRects().length === 1,
          };
        });
      await driver.eventually(async () => {
        const { runs, why, content } = await article();
        if (left === "all") assert.ok(runs);
        if (left === "why") {
          assert.match(why, /script-src 'self' 'wasm-unsafe-eval'.*What the browser says: .*\w/);
          assert.ok(content);
        }
        if (left === "its content") assert.deepEqual({ runs, why, content }, { runs: false, why: "", content: true });
      });
    });
  });
}

/** The reader's own batch: in a worker, under all the names that it needs; and on the page itself, where none may start. */
for (const policy of [`${ofArticle}; ${trusted} lit-html celoss-worker`, `${ofArticle}; worker-src 'none'`]) {
  test.describe(`an article under ${policy}`, () => {
    test.use({ policy });
    test("lets the element judge a batch", async ({ driver }) => {
      await driver.openArticle(
        `<h1>An article</h1><cross-entropy-demo step="batch" lang="en"></cross-entropy-demo><script type="module" src="/cross-entropy-demo.js"></script>`,
      );
      await driver.click(on.button("the note’s batch"));
      await says(driver, { role: "region", name: "9 Your own batch" }, "1.0646");
    });
  });
}

// ---- Requests ----

for (const [place, files] of [
  ["http", [/^\/index\.html$/]],
  [
    "site",
    [
      /^\/site\/index\.html$/,
      /first-paint-[\w-]+\.js$/,
      /index-[\w-]+\.css$/,
      /index-[\w-]+\.js$/,
      /dialogs-[\w-]+\.js$/,
      /batch-[\w-]{8}\.js$/,
      /words-[\w-]+\.js$/,
      /lab-[\w-]+\.wasm$/,
    ],
  ],
] as const) {
  test.describe(place, () => {
    test.use({ place });
    test("asks for its own files, and for nothing else", async ({ driver }) => {
      await driver.open("?lang=en");
      await useIt(driver);
      const loaded = await driver.evaluate(() =>
        performance.getEntries().flatMap((entry) => ("initiatorType" in entry ? [entry.name] : [])),
      );
      for (const asked of [driver.served(), await driver.requests(), loaded]) {
        const paths = asked.map((address) => address.replace(/^http:\/\/127\.0\.0\.1:\d+|\?.*$/g, "")).sort();
        assert.equal(paths.length, files.length, paths.join(", "));
        for (const file of files)
          assert.ok(
            paths.some((path) => file.test(path)),
            `${file} is not in ${paths}`,
          );
      }
    });
  });
}
