// The reading line under a figure: the formula of the asked number, with the live operands.

import { html, nothing, type TemplateResult } from "lit";
import { allDigits } from "../../format/fixed.ts";
import { send } from "../../state/events.ts";
import { valueAt } from "../../state/lesson/derive.ts";
import { explain, type Part } from "../../state/lesson/explain.ts";
import { cellKey, type TensorId } from "../../state/lesson/provenance.ts";
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
    const explanation = mine && explain(this.view.model, mine, example.reduction);
    if (mine === null || explanation === null) {
      return html`<p class="reading-place hint">${this.hint}</p>`;
    }
    const value = valueAt(this.view.model, mine);
    return html`
      <div class="reading">
        <span class="reading-name">${cellName(this.view, mine)}</span>
        <span class="reading-formula">${explanation.parts.map((part) => this.#part(part))}</span>
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
    const isMatrix = !VECTORS.has(tensor);
    return html`<span class="operand" data-operand=${cellKey(part.cell)} data-class=${isMatrix ? column : nothing}>${part.text}</span>`;
  }
}

/** Tensors without a class of their own to be coloured by. */
const VECTORS: ReadonlySet<TensorId> = new Set<TensorId>([
  "target",
  "rowMax",
  "sum",
  "picked",
  "pickedSum",
  "lossByHand",
  "nllLoss",
  "losses",
  "loss",
  "frontLoss",
]);
