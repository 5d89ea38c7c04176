// The element of a step, by the step's name.

import { html, type TemplateResult } from "lit";
import type { StepId } from "../../state/steps.ts";
import type { View } from "../view.ts";

export function stepElement(id: StepId, view: View): TemplateResult {
  switch (id) {
    case "question":
      return html`<celoss-question .view=${view}></celoss-question>`;
    case "data":
      return html`<celoss-data .view=${view}></celoss-data>`;
    case "softmax":
      return html`<celoss-softmax .view=${view}></celoss-softmax>`;
    case "log":
      return html`<celoss-log .view=${view}></celoss-log>`;
    case "log-softmax":
      return html`<celoss-log-softmax .view=${view}></celoss-log-softmax>`;
    case "nll-loss":
      return html`<celoss-nll-loss .view=${view}></celoss-nll-loss>`;
    case "cross-entropy":
      return html`<celoss-cross-entropy .view=${view}></celoss-cross-entropy>`;
    case "lesson":
      return html`<celoss-lesson .view=${view}></celoss-lesson>`;
    case "labels":
      return html`<celoss-labels .view=${view}></celoss-labels>`;
    case "batch":
      return html`<celoss-batch .view=${view}></celoss-batch>`;
  }
}
