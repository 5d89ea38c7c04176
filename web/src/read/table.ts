// Rows without brackets: CSV, TSV, Markdown, numbers between spaces, "1,2;3,4". Line breaks and semicolons end a row.

import { type Piece, STRIDE, type Steps } from "./brackets.ts";
import { Numbers } from "./numbers.ts";
import type { Pasted } from "./pasted.ts";
import { type Details, refuse } from "./refusal.ts";
import type { Notice } from "./types.ts";

/** One way to read a table; there may be others. */
export interface TableWay {
  readonly id: string;
  readonly pieces: readonly Piece[];
  readonly notices: readonly Notice[];
}

/** What tells the ways apart; null: there is one. */
export interface TableReading {
  readonly question: { readonly kind: string; readonly at: number; readonly details: Details } | null;
  readonly ways: readonly TableWay[];
}

type Separator = "\t" | "," | ";" | "|" | " ";

export function* readTable(pasted: Pasted): Steps<TableReading> {
  const { text } = pasted;
  const numbers = new Numbers(pasted);
  const separator = separatorOf(text);
  void separator;
  const piece = yield* rows(pasted, numbers);
  return { question: null, ways: [{ id: "rows", pieces: [piece], notices: [] }] };
}

function separatorOf(text: string): Separator {
  if (text.includes("\t")) return "\t";
  return text.includes(",") ? "," : " ";
}

function* rows(pasted: Pasted, numbers: Numbers): Steps<Piece> {
  const { text } = pasted;
  let next = STRIDE;
  let columns = -1;
  let count = 0;
  let from = 0;
  while (from < text.length) {
    if (from >= next) {
      next = from + STRIDE;
      yield from;
    }
    const end = nextOf(text, from);
    const cells = cellsOf(text, from, end);
    from = end + 1;
    if (cells.length === 0) continue;
    for (const [start, stop] of cells) {
      if (start === stop) refuse("emptyCell", pasted.place(start));
      if (numbers.take(start) !== stop) refuse("notANumber", pasted.place(start), { token: pasted.quote(start, stop) });
    }
    if (columns < 0) columns = cells.length;
    else if (columns !== cells.length) {
      const at = cells[0]?.[0] ?? from;
      refuse("ragged", pasted.place(at), { row: count, got: cells.length, expected: columns, dim: 1 });
    }
    count++;
  }
  if (count === 0) refuse("nothing", pasted.place(0));
  const at = text.search(/\S/);
  const shape = count > 1 ? [count, columns] : columns > 1 ? [columns] : [];
  return { name: null, at, shape, values: numbers, said: null, made: null };
}

function nextOf(text: string, from: number): number {
  let end = from;
  while (end < text.length && !"\n\r;".includes(text[end] as string)) end++;
  return end;
}

/** Where the cells of a row are. An empty one is one too, other than behind the last separator. */
function cellsOf(text: string, from: number, end: number): [number, number][] {
  const cells: [number, number][] = [];
  const row = text.slice(from, end);
  if (/^[\s,]*$/.test(row)) return [];
  const separator = row.includes("\t") ? /\t/g : /\s*,\s*|\s+/g;
  const first = from + (row.length - row.trimStart().length);
  let start = first;
  const trimmed = row.trim();
  for (const found of trimmed.matchAll(separator)) {
    cells.push(trim(text, start, first + found.index));
    start = first + found.index + found[0].length;
  }
  const last = trim(text, start, first + trimmed.length);
  if (last[0] < last[1]) cells.push(last);
  return cells;
}

function trim(text: string, from: number, to: number): [number, number] {
  while (from < to && /\s/.test(text[from] as string)) from++;
  while (to > from && /\s/.test(text[to - 1] as string)) to--;
  return [from, to];
}
