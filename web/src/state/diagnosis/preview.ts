// The first numbers of a tensor as text, so that two ways to read it can be told apart.

import { figure } from "../../format/fixed.ts";
import { numberAt } from "../../read/arrays.ts";
import { isFloating } from "../../read/dtypes.ts";
import type { ReadTensor } from "../../read/types.ts";

const ROWS = 3;
const COLUMNS = 6;

/** Rows of the last axis, with an ellipsis for what is left out. */
export function previewOf(tensor: ReadTensor): string[] {
  const columns = tensor.shape.at(-1) ?? 1;
  const rows = columns === 0 ? 0 : tensor.data.length / columns;
  const shown = Array.from({ length: Math.min(rows, ROWS) }, (_, row) => {
    const texts = Array.from({ length: Math.min(columns, COLUMNS) }, (_, column) =>
      textAt(tensor, row * columns + column),
    );
    return [...texts, ...(columns > COLUMNS ? ["…"] : [])].join(", ");
  });
  return rows > ROWS ? [...shown, "…"] : shown;
}

function textAt(tensor: ReadTensor, index: number): string {
  if (tensor.dtype === "str") return tensor.data[index] ?? "";
  const value = numberAt(tensor, index);
  return isFloating(tensor.dtype) ? figure(value) : String(value);
}
