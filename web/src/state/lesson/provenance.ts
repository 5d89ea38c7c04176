// Where every number comes from. A graph over the cells of all figures: each cell names the cells it was made of, and
// the lights on the page (what went in, what came out) are walks along it.

import { range } from "../range.ts";

/** The tensors of the page, by the names of the trace; "front" is the pipeline with softmax in front. */
export type TensorId =
  | "x"
  | "target"
  | "rowMax"
  | "shifted"
  | "exp"
  | "sum"
  | "softmax"
  | "logOfSoftmax"
  | "logSoftmax"
  | "picked"
  | "pickedSum"
  | "lossByHand"
  | "nllLoss"
  | "losses"
  | "loss"
  | "gradLogits"
  | "frontSoftmax"
  | "frontLoss"
  | "frontGradLogits";

/** One number: row (sample) and column (class), both 0 where the tensor has none. */
export interface CellRef {
  readonly tensor: TensorId;
  readonly row: number;
  readonly column: number;
}

/** What the graph depends on besides the cell. */
export interface Graph {
  readonly samples: number;
  readonly classes: number;
  readonly target: readonly number[];
  /** The softmax cells come from exp and sum, as the core computes them, instead of from x, as the textbook writes it. */
  readonly shifted: boolean;
  /** The losses stay one per sample (reduction none). */
  readonly perSample: boolean;
}

export const cell = (tensor: TensorId, row = 0, column = 0): CellRef => ({ tensor, row, column });

export const cellKey = ({ tensor, row, column }: CellRef): string => `${tensor} ${row} ${column}`;

/** The cells that a number is made of, one step back, in the order of its formula. */
export function sources(of: CellRef, graph: Graph): CellRef[] {
  const { row, column } = of;
  const wholeRow = (tensor: TensorId) => range(graph.classes).map((c) => cell(tensor, row, c));
  const samples = graph.perSample ? [row] : range(graph.samples);
  const label = graph.target[row] ?? 0;
  switch (of.tensor) {
    case "x":
    case "target":
      return [];
    case "rowMax":
      return wholeRow("x");
    case "shifted":
      return [cell("x", row, column), cell("rowMax", row)];
    case "exp":
      return [cell("shifted", row, column)];
    case "sum":
      return wholeRow("exp");
    case "softmax":
      return graph.shifted ? [cell("exp", row, column), cell("sum", row)] : wholeRow("x");
    case "logOfSoftmax":
      return [cell("softmax", row, column)];
    case "logSoftmax":
      return wholeRow("x");
    case "picked":
      return [cell("target", row), cell("logOfSoftmax", row, label)];
    case "pickedSum":
      return range(graph.samples).map((n) => cell("picked", n));
    case "lossByHand":
      return graph.perSample ? [cell("picked", row)] : [cell("pickedSum")];
    case "nllLoss":
      return samples.flatMap((n) => [cell("target", n), cell("logOfSoftmax", n, graph.target[n] ?? 0)]);
    case "losses":
      return [cell("target", row), cell("logSoftmax", row, label)];
    case "loss":
      return samples.map((n) => cell("losses", n));
    case "gradLogits":
      return [cell("softmax", row, column), cell("target", row)];
    case "frontSoftmax":
      return wholeRow("softmax");
    case "frontLoss":
      return samples.flatMap((n) => [cell("target", n), cell("frontSoftmax", n, graph.target[n] ?? 0)]);
    case "frontGradLogits":
      return [...wholeRow("frontSoftmax"), ...wholeRow("softmax"), cell("target", row)];
  }
}

/** How a cell takes part in the question that was asked. */
export type Light = "asked" | "source" | "origin" | "result";

/**
 * The lights of a question: the asked cell, what it is made of (source: one step back, origin: further back), and what
 * is made from it (result).
 */
export function lights(asked: CellRef, cells: readonly CellRef[], graph: Graph): Map<string, Light> {
  const lit = new Map<string, Light>();
  const goBack = (from: CellRef, light: Light) => {
    for (const source of sources(from, graph)) {
      const key = cellKey(source);
      if (lit.has(key)) continue;
      lit.set(key, light);
      goBack(source, "origin");
    }
  };
  for (const source of sources(asked, graph)) lit.set(cellKey(source), "source");
  for (const source of sources(asked, graph)) goBack(source, "origin");

  const comesFromAsked = new Set([cellKey(asked)]);
  // The cells are listed in the order of the steps, so one pass meets every source before what is made from it.
  for (const candidate of cells) {
    const key = cellKey(candidate);
    if (!sources(candidate, graph).some((source) => comesFromAsked.has(cellKey(source)))) continue;
    comesFromAsked.add(key);
    if (!lit.has(key)) lit.set(key, "result");
  }
  lit.set(cellKey(asked), "asked");
  return lit;
}

/** Every cell of the page, sources before what is made from them. */
export function allCells(graph: Graph): CellRef[] {
  const rows = range(graph.samples);
  const matrix = (tensor: TensorId) =>
    rows.flatMap((row) => range(graph.classes).map((column) => cell(tensor, row, column)));
  const vector = (tensor: TensorId) => rows.map((row) => cell(tensor, row));
  const loss = (tensor: TensorId) => (graph.perSample ? vector(tensor) : [cell(tensor)]);
  return [
    ...matrix("x"),
    ...vector("target"),
    ...vector("rowMax"),
    ...matrix("shifted"),
    ...matrix("exp"),
    ...vector("sum"),
    ...matrix("softmax"),
    ...matrix("logOfSoftmax"),
    ...matrix("logSoftmax"),
    ...vector("picked"),
    cell("pickedSum"),
    ...loss("lossByHand"),
    ...loss("nllLoss"),
    ...vector("losses"),
    ...loss("loss"),
    ...matrix("gradLogits"),
    ...matrix("frontSoftmax"),
    ...loss("frontLoss"),
    ...matrix("frontGradLogits"),
  ];
}
