// The reading line under a figure: the formula of the asked number, with the live operands.

import { html, nothing, type TemplateResult } from "lit";
import { allDigits } from "../../format/fixed.ts";
import { send } from "../../state/events.ts";
import { cellKey } from "../../state/lesson/cell.ts";
import { valueAt } from "../../state/lesson/derive.ts";
import { explain, type Part } from "../../state/lesson/explain.ts";
import { TENSORS } from "../../state/lesson/tensors.ts";
import { ViewElement } from "../view.ts";
import { cellName } from "./cell.ts";

export class CelossReadingLine extends ViewElement {
  static override properties = {
    ...ViewElement.properties,
    step: { attribute: false },
    hint: { attribute: false },
  };
  /** The step it stands in: it answers what is asked there. */
  declare step: string;
  /** What stands there while nothing is asked. */
  declare hint: TemplateResult | typeof nothing;

  protected override render(): TemplateResult {
    const { asked, askedIn, example } = this.view.state;
    const mine = askedIn === this.step ? asked : null;
    const formula = mine && explain(this.view.model, mine);
    if (mine === null || formula === null) {
      return html`<p class="reading-place hint">${this.hint}</p>`;
    }
    const value = valueAt(this.view.model, mine);
    return html`
      <div class="reading">
        <span class="reading-name">${cellName(this.view, mine)}</span>
        <span class="reading-formula">${formula.map((part) => this.#part(part))}</span>
        ${
          value !== null && mine.tensor !== "target"
            ? html`<span class="reading-digits">${this.view.text.reading.fullValue(allDigits(value, example.dtype), example.dtype)}</span>`
            : nothing
        }
        <button type="button" class="quiet" aria-label=${this.view.text.reading.close} @click=${() => send(this, { type: "ask", cell: null })}>×</button>
      </div>`;
  }

  #part(part: Part): TemplateResult {
    if (typeof part === "string") return html`${part}`;
    const { tensor, column } = part.cell;
    const isMatrix = TENSORS[tensor].shape === "matrix";
    return html`<span class="operand" data-operand=${cellKey(part.cell)} data-class=${isMatrix ? column : nothing}>${part.text}</span>`;
  }
}
