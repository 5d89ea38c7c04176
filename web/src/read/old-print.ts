// How PyTorch printed until 0.3, and MATLAB prints: rows without brackets, a scale before them, the size behind; wide
// matrices in blocks of columns, and more dimensions in slices.
//
//   (0 ,.,.) =
//   Columns 0 to 1
//   1.00000e-02 *
//    -2.5552  2.7582
//     0.2894  0.0568
//   [torch.FloatTensor of size 1x2x2]

import { match, type Piece, type Steps } from "./brackets.ts";
import { constructed } from "./dtypes.ts";
import { Numbers } from "./numbers.ts";
import type { Paste } from "./paste.ts";
import { FIX, refuse } from "./refusal.ts";
import { readRows, type Ways } from "./table.ts";
import type { Notice } from "./types.ts";

const BEFORE = /\s*(?:Variable containing:?|([A-Za-z]\w{0,80}) =)?\s*/y;
const SIZE = /\n[^\S\n]*\[torch\.(?:cuda\.)?(\w+Tensor) of size ((?:\d+x)*\d+)(?: \(GPU \d+\))?\]\s*$/;
/** Lines that stand over rows: a slice's places, the columns of a block, the power of ten. */
const HEAD =
  /^[ \t]*(?:\((?<place>(?:\d+ ?, ?)+)\. ?, ?\.\) ?=|Columns? (?<first>\d+)(?: (?:to|through|and) (?<last>\d+))?:?|1\.0+e(?<power>[+-]\d{1,3})\s*\*)[ \t]*\r?$/gm;

interface OldPrint {
  readonly pasted: Paste;
  readonly start: number;
  readonly end: number;
  readonly heads: readonly RegExpExecArray[];
  readonly name: string | null;
  readonly type: string | null;
  readonly size: readonly number[] | null;
}

/** null: the text is another one. */
export function oldPrintIn(pasted: Paste): OldPrint | null {
  const { text } = pasted;
  const before = match(BEFORE, text, 0);
  const size = SIZE.exec(text);
  const end = size?.index ?? text.length;
  const start = before?.[0].length ?? 0;
  // MATLAB's name stands in a line of its own.
  const isNamed = before?.[1] !== undefined && /=\s*?\n/.test(before[0]);
  const [first] = text.slice(start, start + 300).matchAll(HEAD);
  const isHeaded = isNamed || first?.index === 0;
  const slice = /^[ \t]*\w{0,80}\(:,[^)\n]{0,80}\) =/m.exec(text);
  if (slice) refuse("slices", pasted.place(slice.index), {}, FIX.list);
  if (!size && !isHeaded) return null;
  const heads = [...text.slice(0, end).matchAll(HEAD)];
  if (/[[{(=*]/.test(text.slice(start, end).replace(HEAD, ""))) return null;
  const [name = null, type = null] = [before?.[1], size?.[1]];
  return { pasted, start, end, heads, name, type, size: size?.[2]?.split("x").map(Number) ?? null };
}

/** A matrix, which may be one of several. */
interface Slice {
  readonly place: readonly number[];
  readonly blocks: Numbers[];
  rows: number;
}

export function* readOldPrint({ pasted, start, end, heads, name, type, size }: OldPrint): Steps<Ways> {
  const notices: Notice[] = [];
  const slices: Slice[] = [];
  let slice: Slice = { place: [], blocks: [], rows: 0 };
  let shape: readonly number[] = [];
  let at = -1;
  let scale = 0;
  let columns: number | null = null;
  const refuseShape = (where: number, said: readonly number[], got: readonly number[]) => {
    refuse("shape", pasted.place(where), { said, got }, FIX.list);
  };
  for (let i = -1; i < heads.length; i++) {
    const head = heads[i];
    const { place, first, last = first, power } = head?.groups ?? {};
    // A slice has a power of ten of its own; the blocks of one have the same.
    if (place !== undefined)
      [slice, scale] = [{ place: (place.match(/\d+/g) ?? []).map(Number), blocks: [], rows: 0 }, 0];
    if (first !== undefined) columns = Number(last) - Number(first) + 1;
    if (power !== undefined) scale = Number(power);
    const from = head ? head.index + head[0].length : start;
    const to = heads[i + 1]?.index ?? end;
    if (pasted.text.slice(from, to).trim() === "") continue;
    const [plain] = (yield* readRows(pasted.part(from, to), scale)).ways;
    const [piece] = plain?.pieces ?? [];
    if (plain === undefined || piece === undefined || !(piece.values instanceof Numbers)) continue;
    if (at < 0) at = from + piece.at;
    notices.push(...plain.notices);
    ({ shape } = piece);
    const rows = piece.column ? piece.values.count : shape.length === 2 ? (shape[0] as number) : 1;
    const width = piece.values.count / rows;
    const isNext = slice.blocks.length === 0 ? !slices.includes(slice) : rows === slice.rows;
    if (!isNext || width !== (columns ?? width))
      refuseShape(from + piece.at, [slice.rows || rows, columns ?? width], [rows, width]);
    if (slice.blocks.length === 0) slices.push(slice);
    slice.blocks.push(piece.values);
    slice.rows = rows;
  }
  const matrices = slices.map(({ blocks, rows }) => Numbers.joined(blocks, rows));
  const [first] = slices;
  const [matrix] = matrices;
  if (first === undefined || matrix === undefined) refuse("nothing", pasted.place(start));
  const values = Numbers.joined(matrices);
  if (heads.some(({ groups }) => groups?.first !== undefined)) shape = [first.rows, matrix.count / first.rows];
  if (first.place.length > 0) {
    const dims = (slices.at(-1) as Slice).place.map((last) => last + 1);
    shape = [...dims, first.rows, matrix.count / first.rows];
    const isNext = ({ place }: Slice, i: number) =>
      place.reduce((index, at, dim) => index * (dims[dim] as number) + at, 0) === i;
    const areEven = slices.every(({ rows }, i) => rows === first.rows && matrices[i]?.count === matrix.count);
    if (!slices.every(isNext) || !areEven)
      refuseShape(at, size ?? shape, [slices.length, first.rows, matrix.count / first.rows]);
  }
  const countOf = (sizes: readonly number[]) => sizes.reduce((product, length) => product * length, 1);
  const isOther =
    size && (size.length > 2 || shape.length > 2 ? size.join() !== shape.join() : countOf(size) !== values.count);
  if (isOther || countOf(shape) !== values.count) refuseShape(at, size ?? shape, shape);
  const said = type === null ? null : (constructed(type) ?? null);
  const read: Piece = { name, at, shape: size ?? shape, values, said, made: null };
  return { question: null, ways: [{ id: "data", pieces: [read], notices }] };
}
