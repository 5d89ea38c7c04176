// Step 5: pick, average, change the sign; by hand and by function.

import { html, nothing, type TemplateResult } from "lit";
import { figure } from "../../format/fixed.ts";
import { construct, lossByHand } from "../../format/pytorch.ts";
import { cell, cellKey, type TensorId } from "../../state/lesson/cell.ts";
import { tensorOfCell, valuesOf } from "../../state/lesson/derive.ts";
import { cellOf } from "../controls/cell.ts";
import { scalar } from "../figures/scalar.ts";
import { ViewElement } from "../view.ts";
import { lossCells } from "./losses.ts";
import { print } from "./print.ts";
import { inputs, operation, step } from "./step.ts";
import { tensorTable } from "./tensor.ts";

export class CelossNllLoss extends ViewElement {
  #target: readonly number[] = [];

  /** A newly picked number slides from its place in the matrix to its place in the column. */
  protected override updated(): void {
    const { target } = this.view.state.example;
    const before = this.#target;
    this.#target = target;
    if (before.length !== target.length || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    for (const [row, label] of target.entries()) {
      if (label === before[row]) continue;
      // The tables below render after this element.
      requestAnimationFrame(() => this.#slide(row, label));
    }
  }

  #slide(row: number, label: number): void {
    const number = (key: string) => this.querySelector(`[data-cell="${key}"] .number`);
    const from = number(cellKey(cell("logOfSoftmax", row, label)))?.getBoundingClientRect();
    const picked = number(cellKey(cell("picked", row)));
    const to = picked?.getBoundingClientRect();
    if (!from || !to) return;
    picked?.animate([{ translate: `${from.left - to.left}px ${from.top - to.top}px` }, { translate: "0 0" }], {
      duration: 350,
      easing: "ease-in-out",
    });
  }

  protected override render(): TemplateResult {
    const { text, state, model } = this.view;
    const t = text.nllLoss;
    const { reduction } = state.example;
    const byHand = lossByHand(reduction).join("\n");
    const byFunction = `loss = ${construct("NLLLoss", reduction)}(log_p, y)`;
    const logProbs = tensorTable(this.view, "logOfSoftmax", "log_p");
    const shown = (id: TensorId) => valuesOf(model, id).map(figure).join();
    const equal = !shown("nllLoss").includes("nan") && shown("lossByHand") === shown("nllLoss");
    return step(this.view, {
      id: "nll-loss",
      lead: t.lead,
      formulas: [`nllLoss_${reduction}`],
      notice: t.notice,
      matrices: html`
        <div class="flow">
          ${
            this.view.given === "nll-loss"
              ? html`${inputs(this.view, "nll-loss")} ${operation(this.view, "log(softmax)", "log", logProbs)}`
              : logProbs
          }
          ${operation(this.view, "pick", "nll-loss", tensorTable(this.view, "picked", t.picked))}
          ${
            reduction === "none"
              ? nothing
              : operation(
                  this.view,
                  "sum",
                  "nll-loss",
                  html`<div class="tensor single"><div class="tensor-name" aria-hidden="true">${t.pickedSum}</div>${scalar(cellOf(this.view, cell("pickedSum")))}</div>`,
                )
          }
        </div>
        <div class="ways">
          <div class="way">
            <h3>${t.byHand}</h3>
            <celoss-code-line .text=${text} .code=${byHand}></celoss-code-line>
            ${lossCells(this.view, "lossByHand", t.byHand)}
          </div>
          <div class="way">
            <h3>${t.byFunction}</h3>
            <celoss-code-line .text=${text} .code=${byFunction}></celoss-code-line>
            ${lossCells(this.view, "nllLoss", "nll_loss")}
          </div>
        </div>`,
      figure: html`
        ${equal && model.trace ? html`<p class="verdict">${t.equal}</p>` : nothing}
        ${print(this.view, "loss", tensorOfCell(model, "nllLoss"))}`,
    });
  }
}
