// The verdict in one sentence, and below it the findings, the most telling first: what, the numbers that prove it, the
// change of code, and the loss after it.

import { html, nothing, type TemplateResult } from "lit";
import { signed, tellingFigure } from "../../format/fixed.ts";
import type { Diagnosis, Finding } from "../../lab/diagnosis/types.ts";
import { type FindingWords, findingWords, uncheckedWords } from "../../state/diagnosis/finding-words.ts";
import { STEPS } from "../../state/steps.ts";
import { inline } from "../figures/inline.ts";
import { stepName } from "../step-name.ts";
import { type BatchView, BatchViewElement } from "./batch-view.ts";
import { verdictAxis } from "./verdict-axis.ts";

export class CelossFindings extends BatchViewElement {
  protected override render(): TemplateResult | typeof nothing {
    const { text, batch } = this.view;
    const diagnosis = batch.judgement?.diagnosis;
    if (diagnosis === undefined) return nothing;
    const first = firstFinding(this.view);
    const others = diagnosis.findings.filter((finding) => finding !== first);
    return html`
      <section class="findings" aria-labelledby="verdict-name">
        <h3 id="verdict-name">${text.verdict.name}</h3>
        <p class="verdict-sentence">${inline(this.#words(first).verdict)}</p>
        ${verdictAxis(this.view, first)} ${this.#loss(diagnosis)} ${this.#halves()}
        ${this.#finding(first)}
        ${
          others.length === 0
            ? nothing
            : html`<h3>${text.verdict.others}</h3><ol class="other-findings">${others.map(
                (finding) => html`<li>
                  <h4>${inline(this.#words(finding).title)} ${this.#severity(finding)}</h4>
                  <p>${inline(this.#words(finding).verdict)}</p>
                  ${this.#finding(finding)}
                </li>`,
              )}</ol>`
        }
        ${this.#unchecked(diagnosis)}
      </section>`;
  }

  #words(finding: Finding): FindingWords {
    return findingWords(finding, this.view.page.state.language);
  }

  #severity({ severity }: Finding): TemplateResult {
    return html`<span class="severity" data-severity=${severity}>${this.view.text.verdict.severity[severity]}</span>`;
  }

  /** At the figure's right foot, as everywhere; how far rounding can move it beside it. */
  #loss({ loss }: Diagnosis): TemplateResult | typeof nothing {
    if (loss === null) return nothing;
    const t = this.view.text.verdict;
    const { value, plusMinus } = loss;
    return html`
      <p class="loss-foot">
        <span class="loss-name">${t.loss}</span>
        <span class="scalar">${tellingFigure(value)}</span>
        ${plusMinus > 0 ? html`<span class="plus-minus" title=${t.rounding(tellingFigure(plusMinus))}>± ${tellingFigure(plusMinus)}</span>` : nothing}
      </p>`;
  }

  /** The same in half precision, and how far off that is. */
  #halves(): TemplateResult | typeof nothing {
    const { text, batch } = this.view;
    const { halves } = batch;
    if (halves.length === 0) return nothing;
    const t = text.verdict.halves;
    // Where the count of the samples is infinite, the mean is 0.
    const isBeyond = halves.some(({ pytorch, exact }) => !Number.isFinite(pytorch) || (pytorch === 0 && exact > 0.1));
    return html`
      <div class="halves">
        <table aria-label=${t.name}>
          ${halves.map(
            ({ dtype, pytorch, difference }) => html`<tr>
              <th scope="row">${t.in(dtype)}</th>
              <td>${tellingFigure(pytorch)}</td>
              <td>${Number.isFinite(difference) ? signed(difference) : ""}</td>
            </tr>`,
          )}
        </table>
        <p>${t.note} ${isBeyond ? inline(t.beyond) : nothing}</p>
      </div>`;
  }

  #finding(finding: Finding): TemplateResult {
    const { text, page } = this.view;
    const { why, proof, fix, step } = this.#words(finding);
    const error = typeof finding.proof.error === "string" ? finding.proof.error : null;
    return html`
      <div class="finding">
        ${error === null ? nothing : html`<p class="torch-error"><code>${error}</code></p>`}
        ${why === "" ? nothing : html`<p>${inline(why)}</p>`}
        ${proof.length === 0 ? nothing : html`<ul class="proof">${proof.map((line) => html`<li>${inline(line)}</li>`)}</ul>`}
        ${fix === null ? nothing : this.#change(fix)}
        ${finding.fixedLoss === null ? nothing : html`<p class="fixed-loss">${inline(text.verdict.with(`\`${tellingFigure(finding.fixedLoss)}\``))}</p>`}
        ${
          step !== null && page.state.steps.includes(step)
            ? html`<p class="see-step">${text.verdict.seeStep} <a href="#${step}">${text.verdict.step(STEPS.indexOf(step), stepName(page.text, step))}</a></p>`
            : nothing
        }
      </div>`;
  }

  #change({ before, after }: { readonly before: string; readonly after: string }): TemplateResult {
    const lines = (text: string, sign: string) =>
      text.split("\n").map((line) => html`<span data-sign=${sign}>${sign} ${line}${"\n"}</span>`);
    return html`<pre class="change" tabindex="0" role="group" aria-label=${this.view.text.verdict.diff}><code>${lines(before, "−")}${lines(after, "+")}</code></pre>`;
  }

  #unchecked({ unchecked }: Diagnosis): TemplateResult | typeof nothing {
    if (unchecked.length === 0) return nothing;
    const { language } = this.view.page.state;
    return html`<p class="unchecked">${this.view.text.verdict.unchecked(unchecked.map((name) => uncheckedWords(name, language)))}</p>`;
  }
}

/** The finding that is the verdict. */
export function firstFinding({ batch }: BatchView): Finding {
  const { findings = [], verdict } = batch.judgement?.diagnosis ?? {};
  return findings.find(({ id }) => id === verdict) ?? HEALTHY;
}

/** The verdict where nothing was found: it has words of its own. */
const HEALTHY: Finding = { id: "healthy", severity: "info", where: null, proof: {}, fixedLoss: null };
