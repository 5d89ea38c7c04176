// Where every number comes from. A graph over the cells of all figures: each cell names the cells it was made of, and
// the lights on the page (what went in, what came out) are walks along it.

import { range } from "../range.ts";
import { type CellRef, cell, cellKey, type Graph, type TensorId } from "./cell.ts";
import { placeOf, type Shape, TENSORS } from "./tensors.ts";

/** The sources that are known of a graph. All of them are asked for whenever a number is pointed at. */
const known = new WeakMap<Graph, Map<string, readonly CellRef[]>>();

/** The cells that a number is made of, one step back, in the order of its formula. */
export function sources(of: CellRef, graph: Graph): readonly CellRef[] {
  const all = known.get(graph) ?? new Map<string, readonly CellRef[]>();
  known.set(graph, all);
  const key = cellKey(of);
  const made = all.get(key) ?? operands(of, graph);
  all.set(key, made);
  return made;
}

function operands(of: CellRef, graph: Graph): readonly CellRef[] {
  const cells = new Map<string, CellRef>();
  for (const part of TENSORS[of.tensor].formula(placeOf(of, graph))) {
    if (typeof part !== "string") cells.set(cellKey(part.cell), part.cell);
  }
  return [...cells.values()];
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
  const cellsOf: Record<Shape, (tensor: TensorId) => CellRef[]> = {
    matrix: (tensor) => rows.flatMap((row) => range(graph.classes).map((column) => cell(tensor, row, column))),
    vector: (tensor) => rows.map((row) => cell(tensor, row)),
    number: (tensor) => [cell(tensor)],
    loss: (tensor) => cellsOf[graph.reduction === "none" ? "vector" : "number"](tensor),
  };
  return (Object.keys(TENSORS) as TensorId[]).flatMap((tensor) => cellsOf[TENSORS[tensor].shape](tensor));
}
