import { allDigits } from "../../format/fixed.ts";
import { cellKey } from "../../state/lesson/cell.ts";
import { valueAt } from "../../state/lesson/derive.ts";
import { explain } from "../../state/lesson/explain.ts";
import { TENSORS } from "../../state/lesson/tensors.ts";
import type { StepId } from "../../state/steps.ts";
import { cellName } from "../controls/cell.ts";
import type { Reading } from "../controls/reading-line.ts";
import type { View } from "../view.ts";

/** What the reading line of a step answers; null: nothing is asked there. */
export function readingOf(view: View, step: StepId): Reading | null {
  const { asked, askedIn, example } = view.state;
  if (asked === null || askedIn !== step) return null;
  const formula = explain(view.model, asked);
  if (formula === null) return null;
  const value = valueAt(view.model, asked);
  return {
    name: cellName(view, asked),
    parts: formula.map((part) => {
      if (typeof part === "string") return part;
      const { tensor, column } = part.cell;
      return { key: cellKey(part.cell), text: part.text, class: TENSORS[tensor].shape === "matrix" ? column : null };
    }),
    digits:
      value === null || asked.tensor === "target"
        ? null
        : view.text.reading.fullValue(allDigits(value, example.dtype), example.dtype),
  };
}
