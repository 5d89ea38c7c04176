// The story with the note's numbers, as plain HTML: what the page shows while the core loads, where it cannot run, and
// without scripts. The numbers are computed here, at build time, by the core itself.

import type { Plugin } from "vite";
import type { Tensor } from "../src/api/index.ts";
import { figure } from "../src/format/fixed.ts";
import { tensorStr } from "../src/format/tensor-str.ts";
import { formulas } from "../src/formulas.ts";
import { type Text, texts } from "../src/i18n/index.ts";
import { pieces } from "../src/i18n/inline.ts";
import type { Lab } from "../src/lab/index.ts";
import { NOTE, SOURCE } from "../src/state/lesson/presets.ts";
import type { StepId } from "../src/state/steps.ts";
import { mathml } from "./formulas.ts";
import { openingFigure } from "./opening-figure.ts";

const MARK = "<!-- fallback -->";

/** The fallback in both languages; the first shows unless the other is the reader's. */
export function fallback(celoss: Lab): string {
  return (["zh", "en"] as const)
    .map((language) => article(celoss, texts[language], language === "zh" ? "zh-CN" : "en"))
    .join("\n");
}

export function fallbackPlugin(load: () => Promise<Lab>): Plugin {
  return {
    name: "fallback",
    apply: "build",
    transformIndexHtml: {
      order: "pre",
      async handler(html) {
        const content = fallback(await load());
        // Nothing is painted before both opening figures are read, and what follows them has begun: half of one would
        // move when the rest comes.
        const expect = { rel: "expect", href: "#data-en", blocking: "render" };
        return {
          html: html.replace(MARK, () => content),
          tags: [{ tag: "link", attrs: expect, injectTo: "head-prepend" }],
        };
      },
    },
  };
}

function article(celoss: Lab, text: Text, lang: string): string {
  const x = NOTE.x.map((row) => row.map((entry) => entry.value));
  const y = [...NOTE.target];
  const { plain, softmaxInFront } = celoss.trace(x, y);
  const { doubleSoftmaxFloor: floor } = celoss.floors(3);
  const counted = celoss.crossEntropy(x, [1, 2, 2]).loss;
  const loss = figure(plain.loss);

  const section = (id: StepId, name: string, lead: string, tex: string | null, body: string, notice = "") =>
    `<section class="step" id="${id}-${lang}" data-step="${id}"><header class="step-head"><h2 class="step-name">${escapeHtml(name)}</h2><p>${inline(lead)}</p></header>${tex ? `<div class="step-margin"><div class="formula">${mathml(tex)}</div></div>` : ""}<div class="step-figure printed">${body}</div>${notice ? `<div class="step-after"><p>${inline(notice)}</p></div>` : ""}</section>`;
  const tensor = (name: string, value: Tensor) =>
    `<pre><code>${escapeHtml(`${name}\n${tensorStr(value)}`)}</code></pre>`;
  const line = (code: string, value: string) => `<pre><code>${escapeHtml(`${code}\n${value}`)}</code></pre>`;

  // The classes are the live page's, so that what both show stands at the same place.
  return `<article lang="${lang}" class="page">
<p class="preferences"><span class="still">${escapeHtml(text.noscript)}</span></p>
<div class="rail"></div>
<div>
<section class="step opening" data-step="question"><header class="step-head"><h1 class="step-name">${escapeHtml(text.title)}</h1><p class="lead">${inline(text.question.lead)}</p></header>
${openingFigure(celoss, text)}</section>
${section("data", text.data.name, text.data.lead, null, tensor("x", { data: Float32Array.from(x.flat()), shape: [3, 3], dtype: "float32" }) + line("y", `tensor([${y.join(", ")}])`), text.data.note)}
${section("softmax", "softmax", text.softmax.lead, formulas.softmax, tensor("p = torch.softmax(x, dim=1)", plain.softmax))}
${section("log", "log", text.log.lead, formulas.log, tensor("log_p = torch.log(p)", plain.logOfSoftmax))}
${section("log-softmax", "log_softmax", text.logSoftmax.lead, formulas.logSoftmax, tensor("torch.log_softmax(x, dim=1)", plain.logSoftmax))}
${section("nll-loss", "nll_loss", text.nllLoss.lead, formulas.nllLoss_mean, line("abs(sum(log_p[range(len(x)), y]) / len(x))", `tensor(${figure(plain.lossByHand)})`) + line("nn.NLLLoss()(log_p, y)", `tensor(${figure(plain.nllLoss)})`), text.nllLoss.notice)}
${section("cross-entropy", "cross_entropy", text.crossEntropy.lead, formulas.crossEntropy_mean, line("nn.CrossEntropyLoss()(x, y)", `tensor(${loss})`))}
${section("lesson", text.lesson.name, text.lesson.lead, formulas.floor, line("nn.CrossEntropyLoss()(torch.softmax(x, dim=1), y)", `tensor(${figure(softmaxInFront.loss)})`), `${text.lesson.interval(figure(floor), figure(celoss.floors(3).doubleSoftmaxCeiling), 3)} ${text.lesson.fix}`)}
${section("labels", text.labels.name, text.labels.lead, formulas.labels, line("y = torch.tensor([1, 2, 3])\nnn.CrossEntropyLoss()(x, y)", "IndexError: Target 3 is out of bounds.") + line("y = torch.tensor([1, 2, 2])\nnn.CrossEntropyLoss()(x, y)", `tensor(${figure(counted)})`), text.labels.silentText(figure(counted), loss))}
${section("batch", text.batch.name, text.batch.lead, null, "", text.batch.still)}
</div>
<footer class="footer"><p>${escapeHtml(text.credit.before)}<a href="${SOURCE.note}">${escapeHtml(text.credit.note)}</a>${escapeHtml(text.credit.by)}<a href="${SOURCE.author}">${SOURCE.name}</a>${escapeHtml(text.credit.after)}</p></footer>
</article>`;
}

function inline(text: string): string {
  return pieces(text)
    .map((piece) => (piece.tag === "code" ? `<code>${escapeHtml(piece.text)}</code>` : escapeHtml(piece.text)))
    .join("");
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
