// How PyTorch printed until 0.3, and MATLAB prints: rows without brackets, a scale before them, the size behind.
//
//   1.00000e-02 *
//    -2.5552  2.7582
//     0.2894  0.0568
//   [torch.FloatTensor of size 2x2]

import { match, type Piece, type Steps } from "./brackets.ts";
import { constructed } from "./dtypes.ts";
import type { Pasted } from "./pasted.ts";
import { FIX, refuse } from "./refusal.ts";
import { readTable, type Ways } from "./table.ts";

const BEFORE = /\s*(?:Variable containing:?|([A-Za-z]\w{0,80}) =)?[ \t]*\n?\s*(?:(1\.0+e[+-]\d{1,3}) \*[ \t]*\n)?\s*/y;
const SIZE = /\n\s*\[torch\.(?:cuda\.)?(\w+Tensor) of size ((?:\d+x)*\d+)(?: \(GPU \d+\))?\]\s*$/;
/** Slices and columns in blocks, each of which may have a scale of its own. */
const BLOCKS = /^[ \t]*(?:Columns \d+ (?:to|through|and) \d+|\(\d+ ?,(?:\.|,|\d| )*\) ?=)/m;

interface OldPrint {
  readonly rows: Pasted;
  readonly scale: number;
  readonly name: string | null;
  readonly type: string | null;
  readonly size: readonly number[] | null;
}

/** null: the text is another one. */
export function oldPrintIn(pasted: Pasted): OldPrint | null {
  const { text } = pasted;
  const before = match(BEFORE, text, 0);
  const size = SIZE.exec(text);
  const end = size?.index ?? text.length;
  if (!before || (!size && !before[2])) return null;
  const blocks = BLOCKS.exec(text);
  if (blocks) refuse("blocks", pasted.place(blocks.index), {}, FIX.list);
  const start = before[0].length;
  if (/[[{(=*]/.test(text.slice(start, end))) return null;
  return {
    rows: pasted.with((text) => " ".repeat(start) + text.slice(start, end)),
    // A power of ten is written into every number, which rounds nothing.
    scale: before[2] ? Number(before[2].split("e")[1]) : 0,
    name: before[1] ?? null,
    type: size?.[1] ?? null,
    size: size?.[2]?.split("x").map(Number) ?? null,
  };
}

export function* readOldPrint({ rows, scale, name, type, size }: OldPrint): Steps<Ways> {
  const { ways } = yield* readTable(rows, scale);
  const [plain] = ways;
  const [piece] = plain?.pieces ?? [];
  if (plain === undefined || piece === undefined) return { question: null, ways };
  const count = piece.shape.reduce((product, length) => product * length, 1);
  const whole = size ?? piece.shape;
  if (size && (count !== size.reduce((product, length) => product * length, 1) || size.length > 2)) {
    refuse("shape", rows.place(piece.at), { said: size, got: piece.shape }, FIX.list);
  }
  const said = type === null ? null : (constructed(type) ?? null);
  const read: Piece = { name, at: piece.at, shape: whole, values: piece.values, said, made: null };
  return { question: null, ways: [{ ...plain, pieces: [read] }] };
}
