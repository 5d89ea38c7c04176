// Lists and prints beside each other: rows of one tensor, or tensors of their own.

import type { Piece } from "./brackets.ts";
import { Numbers } from "./numbers.ts";
import type { Ways } from "./table.ts";
import type { Notice } from "./types.ts";

/** What the pieces of a text may be together. */
export function gather(pieces: readonly Piece[], notices: readonly Notice[]): Ways {
  const broken = pieces.find(({ lines }) => lines !== undefined);
  if (broken?.lines !== undefined) {
    const asRows = pieces.map((piece): Piece => {
      const { lines, shape } = piece;
      return lines === undefined ? piece : { ...piece, shape: [lines, (shape[0] as number) / lines] };
    });
    const ways = [
      { id: "rows", pieces: asRows, notices },
      { id: "oneRow", pieces, notices },
    ];
    return { question: { kind: "lines", at: broken.at, details: { count: broken.lines } }, ways };
  }
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

/** Records that are all alike, [{"logits": […], "label": 1}, …]: of each key one tensor; null: they are something else. */
export function stacked(pieces: readonly Piece[]): readonly Piece[] | null {
  const [first] = pieces;
  const period = pieces.findIndex(({ name }, i) => i > 0 && name === first?.name);
  if (period < 1 || pieces.length % period > 0 || pieces.every(({ shape }) => shape.length === 0)) return null;
  const areAlike = pieces.every(({ name, shape, values }, i) => {
    const like = pieces[i % period] as Piece;
    const isSame = name === like.name && shape.join() === like.shape.join();
    return isSame && shape.length < 2 && values instanceof Numbers === like.values instanceof Numbers;
  });
  if (!areAlike) return null;
  return pieces.slice(0, period).map((_, key) => rowsOf(pieces.filter((_, i) => i % period === key)));
}

function rowsOf(pieces: readonly Piece[]): Piece {
  const [first] = pieces as [Piece];
  const said = pieces.find((piece) => piece.said !== null)?.said ?? null;
  const parts = pieces.map(({ values }) => values);
  const values =
    first.values instanceof Numbers ? Numbers.joined(parts as Numbers[]) : (parts as (readonly string[])[]).flat();
  return { ...first, shape: [pieces.length, ...first.shape], values, said };
}
