// The anatomy that all steps share: name and sentence, formula, figure, reading line, the PyTorch line, what to notice.

import { mathml } from "virtual:formulas";
import { html, nothing, type TemplateResult } from "lit";
import type { FormulaName } from "../formulas.ts";
import { inline } from "./inline.ts";
import type { View } from "./view.ts";

export const STEPS = [
  "question",
  "data",
  "softmax",
  "log",
  "log-softmax",
  "nll-loss",
  "cross-entropy",
  "lesson",
  "labels",
] as const;

export type StepId = (typeof STEPS)[number];

/** The name of a step in the current language. */
export function stepName(view: View, id: StepId): string {
  const { text } = view;
  const names: Record<StepId, string> = {
    question: text.question.name,
    data: text.data.name,
    softmax: text.softmax.name,
    log: text.log.name,
    "log-softmax": text.logSoftmax.name,
    "nll-loss": text.nllLoss.name,
    "cross-entropy": text.crossEntropy.name,
    lesson: text.lesson.name,
    labels: text.labels.name,
  };
  return names[id];
}

interface StepParts {
  readonly id: StepId;
  readonly lead: string;
  readonly formulas?: readonly FormulaName[];
  readonly code?: string;
  /** The matrices, input to output; below them the reading line answers for their numbers. */
  readonly matrices?: TemplateResult;
  /** What else there is to see. */
  readonly figure: TemplateResult;
  readonly notice?: string;
  readonly after?: TemplateResult | null;
}

export function step(view: View, parts: StepParts): TemplateResult {
  const heading = `${parts.id}-name`;
  return html`
    <section id=${parts.id} class="step" aria-labelledby=${heading}>
      <header class="step-head">
        <h2 id=${heading} tabindex="-1"><span class="step-number">${STEPS.indexOf(parts.id)}</span> ${stepName(view, parts.id)}</h2>
        <p>${inline(parts.lead)}</p>
      </header>
      <div class="step-margin">
        ${parts.formulas?.map((name) => formula(name))}
        ${parts.code ? html`<celoss-code-line .view=${view} .code=${parts.code}></celoss-code-line>` : nothing}
      </div>
      <div class="step-figure">
        ${parts.matrices ? html`${parts.matrices}<celoss-reading-line .view=${view} .step=${parts.id}></celoss-reading-line>` : nothing}
        ${parts.figure}
      </div>
      ${parts.notice || parts.after ? html`<div class="step-after">${parts.notice ? html`<p class="notice">${inline(parts.notice)}</p>` : nothing}${parts.after}</div>` : nothing}
    </section>`;
}

export function formula(name: FormulaName): TemplateResult {
  return html`<div class="formula" .innerHTML=${mathml[name]}></div>`;
}

/** The named arrow between two matrices: the link to the step that it stands for. */
export function operation(name: string, to: StepId): TemplateResult {
  return html`<a class="operation" href="#${to}"><span>${name}</span></a>`;
}
