// The anatomy that all steps share: name and sentence, formula, figure, reading line, the PyTorch line, what to notice.

import { mathml } from "virtual:formulas";
import { html, nothing, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import type { FormulaName } from "../../formulas.ts";
import { STEPS, type StepId } from "../../state/steps.ts";
import { inline } from "../figures/inline.ts";
import { stepName } from "../step-name.ts";
import type { View } from "../view.ts";
import { aboutData, dataHint } from "./about-data.ts";
import { readingOf } from "./reading.ts";
import { tensorTable } from "./tensor.ts";

interface StepParts {
  readonly id: StepId;
  readonly lead: string;
  readonly formulas?: readonly FormulaName[];
  readonly code?: string;
  /** The matrices, input to output; below them the reading line answers for their numbers. */
  readonly matrices?: TemplateResult | undefined;
  /** What else there is to see. */
  readonly figure: TemplateResult;
  readonly notice?: string;
  readonly after?: TemplateResult | null;
}

export function step(view: View, parts: StepParts): TemplateResult {
  /** Where the step of the data is not shown, the one that brings them says what can be done with them. */
  const given = view.given === parts.id && parts.id !== "data";
  const answer = parts.matrices
    ? html`<celoss-reading-line
        class=${view.sheet ? "sheet" : nothing}
        .reading=${readingOf(view, parts.id)}
        .close=${view.text.reading.close}
        .hint=${given && !view.sheet ? dataHint(view) : nothing}
      ></celoss-reading-line>`
    : nothing;
  return html`
    <section id=${parts.id} class="step" part="step" aria-labelledby="${parts.id}-name">
      <header class="step-head">
        <h2 id="${parts.id}-name" class="step-name" part="heading" tabindex="-1"><span class="step-number">${STEPS.indexOf(parts.id)}</span> ${stepName(view.text, parts.id)}</h2>
        <p part="lead">${inline(parts.lead)}</p>
      </header>
      <div class="step-margin">
        ${parts.formulas?.map((name) => formula(name))}
        ${parts.code ? html`<celoss-code-line .text=${view.text} .code=${parts.code}></celoss-code-line>` : nothing}
      </div>
      <div class="step-figure" part="figure">
        ${parts.matrices} ${view.sheet ? nothing : answer}
        ${given && view.sheet ? html`<p class="hint">${dataHint(view)}</p>` : nothing}
        ${given ? aboutData(view) : nothing}
        ${parts.figure}
      </div>
      ${parts.notice || parts.after ? html`<div class="step-after">${parts.notice ? html`<p class="notice" part="notice">${inline(parts.notice)}</p>` : nothing}${parts.after}</div>` : nothing}
      <celoss-share-buttons .text=${view.text} .step=${parts.id}></celoss-share-buttons> ${view.sheet ? answer : nothing}
    </section>`;
}

/** In English, because the fonts that browsers have for mathematics in Chinese lack its large signs. */
export function formula(name: FormulaName): TemplateResult {
  return html`<div class="formula" lang="en" part="formula">${unsafeHTML(mathml[name])}</div>`;
}

/** What an operation makes, behind its named arrow: the link to the step that it stands for, where that is shown. */
export function operation(view: View, name: string, to: StepId, result: TemplateResult): TemplateResult {
  const arrow = view.state.steps.includes(to)
    ? html`<a class="operation" href="#${to}"><span>${name}</span></a>`
    : html`<span class="operation"><span>${name}</span></span>`;
  return html`<div class="made">${arrow} ${result}</div>`;
}

/** x as a step begins with it. Where the step of the data is not shown, the first one that needs them brings x and y. */
export function inputs(view: View, id: StepId): TemplateResult {
  return view.given === id ? html`<celoss-data-table .view=${view}></celoss-data-table>` : tensorTable(view, "x", "x");
}
