// Step 3: the logarithm of the probabilities.

import { html, type TemplateResult } from "lit";
import { figure } from "../../format/fixed.ts";
import { cell, cellKey } from "../../state/lesson/cell.ts";
import { valueAt } from "../../state/lesson/derive.ts";
import { lightOf } from "../controls/cell.ts";
import { ViewElement } from "../view.ts";
import { print } from "./print.ts";
import { inputs, operation, step } from "./step.ts";
import { tensorTable } from "./tensor.ts";

export class CelossLog extends ViewElement {
  protected override render(): TemplateResult {
    const { text, model } = this.view;
    const t = text.log;
    const probs = tensorTable(this.view, "softmax", "p");
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
          ${operation(this.view, "log", "log", tensorTable(this.view, "logOfSoftmax", "log_p = log(p)"))}
        </div>`,
      figure: html`
        <figure class="curve-figure">
          ${this.#curve()}
          <figcaption>${t.curve}</figcaption>
        </figure>
        ${print(this.view, "log_p", model.logitsTrace.logOfSoftmax)}`,
    });
  }

  #curve(): TemplateResult {
    const { text, model } = this.view;
    const { p, loss } = model.curve;
    const samples = model.graph.target.flatMap((label, row) => {
      const [atLabel, lost] = [cell("softmax", row, label), cell("losses", row)];
      const [p, loss] = [valueAt(model, atLabel), valueAt(model, lost)];
      if (p === null || loss === null) return [];
      return [{ key: cellKey(lost), row, label, p, loss, light: lightOf(this.view, lost) }];
    });
    const spoken = samples.map(
      ({ row, p, loss }) => `${text.sample} ${row}: p ${figure(p)}, ${text.loss} ${figure(loss)}`,
    );
    return html`<celoss-log-curve
      .curve=${{ p: p.data, loss: loss.data }}
      .samples=${samples}
      .label=${[text.log.curve, ...spoken].join(" ")}
    ></celoss-log-curve>`;
  }
}
