// Step 6: all of it in one call, and the same number for the third time.

import { html, nothing, type TemplateResult } from "lit";
import { figure } from "../../format/fixed.ts";
import { construct } from "../../format/pytorch.ts";
import { tensorOfCell } from "../../state/lesson/derive.ts";
import { ViewElement } from "../view.ts";
import { lossAxis } from "./loss-axis.ts";
import { lossCells } from "./losses.ts";
import { print } from "./print.ts";
import { inputs, operation, step } from "./step.ts";
import { tensorTable } from "./tensor.ts";

export class CelossCrossEntropy extends ViewElement {
  protected override render(): TemplateResult {
    const { text, state, model } = this.view;
    const t = text.crossEntropy;
    const { reduction } = state.example;
    const loss = lossCells(this.view, "loss", "cross_entropy");
    return step(this.view, {
      id: "cross-entropy",
      lead: t.lead,
      formulas: [`crossEntropy_${reduction}`],
      code: `loss = ${construct("CrossEntropyLoss", reduction)}(x, y)`,
      matrices: html`
        <div class="flow">
          ${inputs(this.view, "cross-entropy")}
          ${operation(this.view, "cross_entropy", "cross-entropy", tensorTable(this.view, "losses", t.losses))}
          ${reduction === "none" ? loss : operation(this.view, reduction, "cross-entropy", loss)}
        </div>`,
      figure: html`
        ${this.#axis()}
        ${this.#verdict()}
        ${print(this.view, "loss", tensorOfCell(model, "loss"))}`,
    });
  }

  #axis(): TemplateResult | typeof nothing {
    const { trace, floors, classes } = this.view.model;
    const loss = trace?.plain.loss;
    if (typeof loss !== "number") return nothing;
    const { text } = this.view;
    return lossAxis(text, {
      id: "cross-entropy-axis",
      marks: [{ value: loss, name: "", front: false }],
      floors,
      classes,
      label: text.crossEntropy.axis(figure(loss)),
    });
  }

  #verdict(): TemplateResult | typeof nothing {
    const { model, state } = this.view;
    const { trace } = model;
    const t = this.view.text.crossEntropy;
    if (trace === null) return nothing;
    const { loss, lossByHand, nllLoss } = trace.plain;
    if (typeof loss !== "number" || typeof lossByHand !== "number" || typeof nllLoss !== "number") {
      return html`<p class="verdict">${t.perSample}</p>`;
    }
    if (Number.isNaN(loss)) return html`<p class="verdict">${t.nan}</p>`;
    // Of the other two ways the step before speaks.
    if (!state.steps.includes("nll-loss")) return nothing;
    const same = figure(loss) === figure(lossByHand) && figure(loss) === figure(nllLoss);
    return html`<p class="verdict">${same ? t.thrice(figure(loss)) : t.thriceNot}</p>`;
  }
}
