// Step 3: the logarithm of the probabilities.

import { html, type TemplateResult } from "lit";
import { ViewElement } from "../view.ts";
import { print } from "./print.ts";
import { inputs, operation, step } from "./step.ts";

export class CelossLog extends ViewElement {
  protected override render(): TemplateResult {
    const { text, model } = this.view;
    const t = text.log;
    const probs = html`<celoss-tensor-table .view=${this.view} .tensor=${"softmax"} .name=${"p"}></celoss-tensor-table>`;
    return step(this.view, {
      id: "log",
      lead: t.lead,
      formulas: ["log"],
      code: "log_p = torch.log(p)",
      notice: t.notice,
      matrices: html`
        <div class="flow">
          ${
            this.view.given === "log"
              ? html`${inputs(this.view, "log")} ${operation(this.view, "softmax", "softmax", probs)}`
              : probs
          }
          ${operation(
            this.view,
            "log",
            "log",
            html`<celoss-tensor-table .view=${this.view} .tensor=${"logOfSoftmax"} .name=${"log_p = log(p)"}></celoss-tensor-table>`,
          )}
        </div>`,
      figure: html`
        <figure class="curve-figure">
          <celoss-log-curve .view=${this.view}></celoss-log-curve>
          <figcaption>${t.curve}</figcaption>
        </figure>
        ${print(this.view, "log_p", model.logitsTrace.logOfSoftmax)}`,
    });
  }
}
