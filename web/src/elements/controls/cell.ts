// A number of the lesson, as the figures take it.

import { figure } from "../../format/fixed.ts";
import { type CellRef, cellKey } from "../../state/lesson/cell.ts";
import { valueAt } from "../../state/lesson/derive.ts";
import { TENSORS } from "../../state/lesson/tensors.ts";
import type { Cell } from "../figures/scalar.ts";
import type { View } from "../view.ts";

export function cellOf(view: View, ref: CellRef): Cell {
  const text = cellText(view, ref);
  return { key: cellKey(ref), text, label: `${cellName(view, ref)}: ${text}`, light: lightOf(view, ref) };
}

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

export function lightOf(view: View, ref: CellRef): string | null {
  return view.lights.get(cellKey(ref)) ?? null;
}
