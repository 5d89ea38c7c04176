// A small matrix from the clipboard: rows of numbers, or a nested list as PyTorch, NumPy and Python print it.

import { parseNumber } from "../state/lesson/entry.ts";

export type PasteProblem =
  | { readonly kind: "notANumber"; readonly token: string; readonly row: number }
  | { readonly kind: "ragged"; readonly row: number; readonly got: number; readonly expected: number }
  | { readonly kind: "size"; readonly rows: number; readonly columns: number };

export type Paste =
  | { readonly ok: true; readonly rows: readonly (readonly string[])[] }
  | { readonly ok: false; readonly problem: PasteProblem };

export const MAX_SAMPLES = 8;
export const MIN_CLASSES = 2;
export const MAX_CLASSES = 10;

/** Whether a pasted text is more than one number, and so means the whole matrix. */
export function isMatrix(text: string): boolean {
  return /[\s,;[\]]/.test(withPlainMarks(text).trim());
}

/** Reads a matrix. With brackets, they decide where a row ends; without, line breaks and semicolons do. */
export function parseMatrix(text: string): Paste {
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
  if (rows.length < 1 || rows.length > MAX_SAMPLES || columns < MIN_CLASSES || columns > MAX_CLASSES) {
    return { ok: false, problem: { kind: "size", rows: rows.length, columns } };
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
