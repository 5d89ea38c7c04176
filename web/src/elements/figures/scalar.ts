// One number that can be asked: a loss, or a step on its way.

import { html, nothing, type TemplateResult } from "lit";
import { number } from "./number.ts";

/** A number that can be asked where it comes from. */
export interface Cell {
  /** Tensor, row and column. */
  readonly key: string;
  readonly text: string;
  /** Its name and its value, as a screen reader says them. */
  readonly label: string;
  /** How it takes part in what is asked; null: it does not. */
  readonly light: string | null;
}

/** A number in the text of a figure. */
export function scalar({ key, text, label, light }: Cell): TemplateResult {
  return html`<button
    type="button"
    class="scalar"
    data-cell=${key}
    data-light=${light ?? nothing}
    aria-label=${label}
  >${number(text)}</button>`;
}

/** The loss, at the right foot of a figure. */
export function lossFoot(loss: Cell, name: string): TemplateResult {
  return html`<p class="loss-foot" part="loss"><span class="loss-name">${name}</span>${scalar(loss)}</p>`;
}
