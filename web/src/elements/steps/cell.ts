// What all numbers that can be asked have in common, wherever they stand.

import { figure } from "../../format/fixed.ts";
import { type CellRef, cellKey } from "../../state/lesson/cell.ts";
import { valueAt } from "../../state/lesson/derive.ts";
import { TENSORS } from "../../state/lesson/tensors.ts";
import type { View } from "../view.ts";

/** The name of a number, as a screen reader says it. */
export function cellName(view: View, { tensor, row, column }: CellRef): string {
  return TENSORS[tensor].name[view.state.language](row, column);
}

/** The number as the figures show it; a dash while there is none. */
export function cellText(view: View, ref: CellRef): string {
  const value = valueAt(view.model, ref);
  if (value === null) return "–";
  return ref.tensor === "target" ? String(value) : figure(value);
}

/** Name and number. */
export function cellLabel(view: View, ref: CellRef): string {
  return `${cellName(view, ref)}: ${cellText(view, ref)}`;
}

export function lightOf(view: View, ref: CellRef): string | undefined {
  return view.lights.get(cellKey(ref));
}
