// Step 2: logits become probabilities.

import { html, nothing, type TemplateResult } from "lit";
import { tensorStr } from "../../format/tensor-str.ts";
import { send } from "../../state/events.ts";
import type { TensorId } from "../../state/lesson/cell.ts";
import { choice } from "../controls/choice.ts";
import { probabilityBars } from "../figures/probability-bars.ts";
import { ViewElement } from "../view.ts";
import { print } from "./print.ts";
import { inputs, operation, step } from "./step.ts";
import { tensorTable } from "./tensor.ts";

export class CelossSoftmax extends ViewElement {
  protected override render(): TemplateResult {
    const { text, state, model } = this.view;
    const t = text.softmax;
    const probs = model.logitsTrace.softmax;
    const made = (by: string, tensor: TensorId, name: string) =>
      operation(this.view, by, "softmax", tensorTable(this.view, tensor, name));
    return step(this.view, {
      id: "softmax",
      lead: t.lead,
      formulas: [state.shifted ? "shifted" : "softmax"],
      code: "p = torch.softmax(x, dim=1)",
      notice: t.notice,
      matrices: html`
        ${choice(
          t.form,
          "softmax-form",
          [
            { value: "textbook", label: text.reading.textbook },
            { value: "shifted", label: text.reading.shifted },
          ],
          state.shifted ? "shifted" : "textbook",
          (value) => send(this, { type: "setShifted", shifted: value === "shifted" }),
        )}
        <div class="flow">
          ${inputs(this.view, "softmax")}
          ${
            state.shifted
              ? html`
                ${made("max", "rowMax", "max")}
                ${made("x − max", "shifted", "x − max")}
                ${made("exp", "exp", "exp(x − max)")}
                ${made("sum", "sum", "sum")}`
              : nothing
          }
          ${made(state.shifted ? "÷ sum" : "softmax", "softmax", "p = softmax(x)")}
        </div>`,
      figure: html`
        ${state.shifted ? html`<p class="aside">${t.shiftedNote}</p>` : nothing}
        ${
          model.overflow
            ? html`<div class="overflow"><p class="verdict">${t.overflow(state.example.dtype)}</p><pre tabindex="0" role="group" aria-label=${t.naive}><code>>>> torch.exp(x) / torch.exp(x).sum(1, keepdim=True)
${tensorStr(model.overflow)}</code></pre></div>`
            : nothing
        }
        <figure class="bars-figure">
          ${probabilityBars(probs, model.graph.target, t.bars, text.sample)}
          <figcaption>${t.bars}</figcaption>
        </figure>
        ${print(this.view, "p", probs)}`,
    });
  }
}
