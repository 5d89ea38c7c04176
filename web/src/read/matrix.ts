// A matrix as text: rows of numbers, or a nested list as PyTorch, NumPy and Python print it.

import { parseNumber } from "./number.ts";

export type MatrixProblem =
  | { readonly kind: "notANumber"; readonly token: string; readonly row: number }
  | { readonly kind: "ragged"; readonly row: number; readonly got: number; readonly expected: number }
  /** So many of each do not go together. */
  | { readonly kind: "brackets"; readonly open: number; readonly close: number }
  | { readonly kind: "outside"; readonly text: string }
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

/**
 * Reads a matrix, which has no rows where the text has no numbers. With brackets, they decide where a row ends; without,
 * line breaks and semicolons do.
 */
export function parseMatrix(text: string): Matrix {
  const refuse = (problem: MatrixProblem) => ({ ok: false, problem }) as const;
  if (text.length > LONGEST) return refuse({ kind: "tooLong", length: text.length, most: LONGEST });
  const plain = withPlainMarks(text);
  const [open, close] = ["[", "]"].map((bracket) => plain.split(bracket).length - 1) as [number, number];
  if (open !== close) return refuse({ kind: "brackets", open, close });
  const [outside] = open > 0 ? (OUTSIDE.exec(plain) ?? []) : [];
  if (outside !== undefined) return refuse({ kind: "outside", text: outside.replace(/[[\]]/g, "").trim() });

  const rows = splitRows(plain)
    .map(split)
    .filter((row) => row.length > 0);
  const columns = rows[0]?.length ?? 0;
  for (const [row, tokens] of rows.entries()) {
    const bad = tokens.find((token) => parseNumber(token) === null);
    if (bad !== undefined) return refuse({ kind: "notANumber", token: bad, row });
    if (tokens.length !== columns) return refuse({ kind: "ragged", row, got: tokens.length, expected: columns });
  }
  return { ok: true, rows };
}

/** A number before the first bracket, or behind the last: it would be lost. */
const OUTSIDE = /^[^[]*(?<![^\s,;])[+-]?[\d.]+(e[+-]?\d+)?[\s,;]*\[|\][\s,;]*[+-]?\.?\d[^\]]*$/i;

/** The cells of a row. An empty one is one too, other than behind the last separator. */
function split(row: string): string[] {
  if (/^[\s,]*$/.test(row)) return [];
  // A sheet has tabs between its cells; a comma inside one separates nothing, it spells a number another way.
  const separator = row.includes("\t") ? /\t/ : /\s*,\s*|\s+/;
  const cells = row
    .trim()
    .split(separator)
    .map((cell) => cell.trim());
  return cells.at(-1) === "" ? cells.slice(0, -1) : cells;
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
