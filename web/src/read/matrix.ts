// A matrix as text: rows of numbers, or a nested list as PyTorch, NumPy and Python print it.

import { parseNumber } from "./number.ts";

export type MatrixProblem =
  | { readonly kind: "notANumber"; readonly token: string; readonly row: number }
  | { readonly kind: "ragged"; readonly row: number; readonly got: number; readonly expected: number }
  | { readonly kind: "tooLong"; readonly length: number; readonly most: number };

/** The texts of its numbers, as they were written. */
export type Matrix<Problem = MatrixProblem> =
  | { readonly ok: true; readonly rows: readonly (readonly string[])[] }
  | { readonly ok: false; readonly problem: Problem };

/** No text of ours is as long as this, in characters. What is longer is not even taken apart. */
export const LONGEST = 65536;

/** Whether a pasted text is more than one number, and so means the whole matrix. */
export function isMatrix(text: string): boolean {
  return /[\s,;[\]]/.test(withPlainMarks(text).trim());
}

/** Reads a matrix, which has no rows where the text has no numbers. With brackets, they decide where a row ends; without, line breaks and semicolons do. */
export function parseMatrix(text: string): Matrix {
  if (text.length > LONGEST) {
    return { ok: false, problem: { kind: "tooLong", length: text.length, most: LONGEST } };
  }
  const plain = withPlainMarks(text);
  // A sheet has tabs between its cells; a comma inside one separates nothing, it spells a number another way.
  const separator = plain.includes("\t") ? /\t/ : /[\s,]+/;
  const rows = splitRows(plain)
    .map((row) => row.split(separator).filter((token) => token !== ""))
    .filter((row) => row.length > 0);

  const columns = rows[0]?.length ?? 0;
  for (const [row, tokens] of rows.entries()) {
    const bad = tokens.find((token) => parseNumber(token) === null);
    if (bad !== undefined) return { ok: false, problem: { kind: "notANumber", token: bad, row } };
    if (tokens.length !== columns) {
      return { ok: false, problem: { kind: "ragged", row, got: tokens.length, expected: columns } };
    }
  }
  return { ok: true, rows };
}

/** The brackets, commas and semicolons of Chinese input as Python's. */
function withPlainMarks(text: string): string {
  return text
    .replace(/[【［]/g, "[")
    .replace(/[】］]/g, "]")
    .replace(/[，、]/g, ",")
    .replace(/；/g, ";");
}

function splitRows(text: string): string[] {
  if (!text.includes("[")) return text.split(/[\n;]/);
  // From the outermost bracket on: "x = tensor(" before it and ", dtype=torch.float64)" behind it say nothing here.
  const inner = text.slice(text.indexOf("[") + 1, text.lastIndexOf("]"));
  return inner.includes("[") ? inner.split("]").map((row) => row.replace(/^[\s,]*\[/, "")) : [inner];
}
