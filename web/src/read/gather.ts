// Lists and prints beside each other: rows of one tensor, or tensors of their own.

import type { Piece } from "./brackets.ts";
import { Numbers } from "./numbers.ts";
import type { Ways } from "./table.ts";
import type { Notice } from "./types.ts";

/** What the pieces of a text may be together. */
export function gather(pieces: readonly Piece[], notices: readonly Notice[]): Ways {
  const apart = { id: "apart", pieces, notices };
  const [first] = pieces;
  const isRow = ({ name, shape, values }: Piece) => {
    return name === null && shape.length === 1 && shape[0] === first?.shape[0] && values instanceof Numbers;
  };
  if (first === undefined || pieces.length < 2 || !pieces.every(isRow)) return { question: null, ways: [apart] };
  const fractional = pieces.map(({ values }) => (values as Numbers).fractional);
  const rows = { id: "rows", pieces: [rowsOf(pieces)], notices };
  const ask = (ways: Ways["ways"]): Ways => {
    return { question: { kind: "rowsOrTensors", at: first.at, details: { count: pieces.length } }, ways };
  };
  const alike = new Set(fractional).size === 1;
  // A library prints all numbers of a tensor with a point, or none.
  const printed = pieces.every(({ made }) => made !== null);
  if (printed && !alike) return { question: null, ways: [apart] };
  if (pieces.length === 2) return ask([rows, apart]);
  const last = pieces.at(-1) as Piece;
  if (!alike && first.shape[0] === pieces.length - 1 && fractional.indexOf(false) === pieces.length - 1) {
    return ask([rows, { id: "labels", pieces: [rowsOf(pieces.slice(0, -1)), last], notices }]);
  }
  return { question: null, ways: [rows] };
}

function rowsOf(pieces: readonly Piece[]): Piece {
  const [first] = pieces as [Piece];
  const said = pieces.find((piece) => piece.said !== null)?.said ?? null;
  const values = Numbers.joined(pieces.map((piece) => piece.values as Numbers));
  return { ...first, shape: [pieces.length, ...first.shape], values, said };
}
