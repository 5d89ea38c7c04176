// Step 4: both steps at once, and the place where the two ways part.

import { html, nothing, type TemplateResult } from "lit";
import { figure } from "../../format/fixed.ts";
import { request, send } from "../../state/events.ts";
import { UNDERFLOW_GAP } from "../../state/lesson/presets.ts";
import { inline } from "../figures/inline.ts";
import { ViewElement } from "../view.ts";
import { print } from "./print.ts";
import { inputs, operation, step } from "./step.ts";
import { tensorTable } from "./tensor.ts";

export class CelossLogSoftmax extends ViewElement {
  protected override render(): TemplateResult {
    const { text, state, model } = this.view;
    const t = text.logSoftmax;
    const { dtype } = state.example;
    const { logOfSoftmax, logSoftmax } = model.logitsTrace;
    const infinite = logOfSoftmax.data.some(
      (value, i) => value !== logSoftmax.data[i] && !Number.isFinite(value) && !Number.isNaN(value),
    );
    const same = logOfSoftmax.data.every((value, i) => figure(value) === figure(logSoftmax.data[i] ?? Number.NaN));
    return step(this.view, {
      id: "log-softmax",
      lead: t.lead,
      formulas: ["logSoftmax"],
      code: "log_p = torch.log_softmax(x, dim=1)",
      notice: t.notice(dtype),
      matrices: html`
        <div class="flow">
          ${inputs(this.view, "log-softmax")}
          ${operation(this.view, "log_softmax", "log-softmax", tensorTable(this.view, "logSoftmax", t.oneStep))}
          <div class="made">
            <span class="relation" data-differs=${same ? nothing : ""}>${same ? "=" : "≠"}</span>
            ${tensorTable(this.view, "logOfSoftmax", t.twoSteps)}
          </div>
        </div>`,
      figure: html`
        <p class="verdict" aria-live="polite">${same ? t.same : infinite ? t.different : t.differentSlightly}</p>
        <p class="try">
          ${
            state.gesture === "raise"
              ? html`<button type="button" @click=${() => send(this, { type: "undo" })}>${t.putBack}</button>`
              : html`<button type="button" ?disabled=${infinite || state.readonly} @click=${() => request(this, { type: "raiseLargest", row: 0 })}>${t.breakIt}</button>
                <span>${inline(t.breakItNote(UNDERFLOW_GAP[dtype], dtype))}</span>`
          }
        </p>
        ${print(this.view, "torch.log_softmax(x, dim=1)", logSoftmax)}`,
    });
  }
}
