// How large x may be: what a reader can take in, and what finds room on the page.

import type { Dtype } from "../../api/index.ts";
import { type Matrix, type MatrixProblem, parseMatrix } from "../../read/matrix.ts";
import { entryProblem } from "./entry.ts";

export const MAX_SAMPLES = 8;
export const MIN_CLASSES = 2;
export const MAX_CLASSES = 10;

export type LogitsProblem =
  | MatrixProblem
  | { readonly kind: "size"; readonly rows: number; readonly columns: number }
  | { readonly kind: "tooLarge"; readonly token: string; readonly row: number; readonly dtype: Dtype };

export function isInLimits(samples: number, classes: number): boolean {
  return samples >= 1 && samples <= MAX_SAMPLES && classes >= MIN_CLASSES && classes <= MAX_CLASSES;
}

/** Reads a matrix that can become x. */
export function parseLogits(text: string): Matrix<LogitsProblem> {
  const matrix = parseMatrix(text);
  if (!matrix.ok) return matrix;
  const [rows, columns] = [matrix.rows.length, matrix.rows[0]?.length ?? 0];
  return isInLimits(rows, columns) ? matrix : { ok: false, problem: { kind: "size", rows, columns } };
}

/** The first number of x that the dtype cannot hold; null: there is none. */
export function tooLarge(rows: readonly (readonly string[])[], dtype: Dtype): LogitsProblem | null {
  for (const [row, tokens] of rows.entries()) {
    const token = tokens.find((text) => entryProblem(text, dtype) === "tooLarge");
    if (token !== undefined) return { kind: "tooLarge", token, row, dtype };
  }
  return null;
}
