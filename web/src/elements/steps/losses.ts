// A loss at the right foot of its figure: one number, or with reduction "none" one per sample.

import { html, type TemplateResult } from "lit";
import { cell } from "../../state/lesson/cell.ts";
import { cellOf } from "../controls/cell.ts";
import { lossFoot } from "../figures/scalar.ts";
import type { View } from "../view.ts";

export function lossCells(
  view: View,
  tensor: "lossByHand" | "nllLoss" | "loss" | "frontLoss",
  name: string,
): TemplateResult {
  if (view.model.graph.reduction !== "none") return lossFoot(cellOf(view, cell(tensor)), name);
  return html`<div class="losses">
    ${view.model.graph.target.map((_, row) => lossFoot(cellOf(view, cell(tensor, row)), `${name}[${row}]`))}
  </div>`;
}
