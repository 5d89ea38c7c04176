// One number that can be asked: a loss, or a step on its way.

import { html, nothing, type TemplateResult } from "lit";
import { type CellRef, cellKey } from "../../state/lesson/cell.ts";
import { cellLabel, cellText, lightOf } from "../steps/cell.ts";
import type { View } from "../view.ts";

/** A number in the text of a figure. */
export function scalar(view: View, ref: CellRef): TemplateResult {
  return html`<button
    type="button"
    class="scalar"
    data-cell=${cellKey(ref)}
    data-light=${lightOf(view, ref) ?? nothing}
    aria-label=${cellLabel(view, ref)}
  >${cellText(view, ref)}</button>`;
}

/** The loss, at the right foot of a figure. */
export function lossFoot(view: View, ref: CellRef, name: string): TemplateResult {
  return html`<p class="loss-foot" part="loss"><span class="loss-name">${name}</span>${scalar(view, ref)}</p>`;
}
