// What only the core can answer. A request goes upward as an action does; its answer is an action.

import type { Dtype } from "../api/index.ts";
import type { Lab } from "../lab/index.ts";
import type { Action } from "./lesson/actions.ts";
import { logitsOf } from "./lesson/derive.ts";
import { entryOf } from "./lesson/entry.ts";
import { classesOf } from "./lesson/example.ts";
import { type Opening, openingOf } from "./lesson/opening.ts";
import { UNDERFLOW_GAP } from "./lesson/presets.ts";
import type { State } from "./lesson/state.ts";
import type { Data } from "./parameters.ts";
import type { Problem } from "./problem.ts";

export type Request =
  /** The next x of torch.rand, from seed 0 on. */
  | { readonly type: "random" }
  /** The row with its largest logit so far ahead that the other probabilities are 0. */
  | { readonly type: "raiseLargest"; readonly row: number }
  /** What a link and the attributes say of the numbers, in the place of the example. */
  | { readonly type: "open"; readonly layers: readonly Data[]; readonly problems: readonly Problem[] };

export function answer(lab: Lab, { example }: State, request: Request): Action {
  switch (request.type) {
    case "random": {
      const seed = (example.seed ?? -1) + 1;
      const rows = rand(lab, [example.x.length, classesOf(example)], seed, example.dtype);
      return { type: "replaceX", rows, seed, gesture: null };
    }
    case "raiseLargest": {
      const { data, shape } = logitsOf(example);
      const [, classes = 0] = shape;
      const row = data.slice(request.row * classes, (request.row + 1) * classes);
      const raised = lab.raiseLargest({ data: row, shape: [classes] }, UNDERFLOW_GAP[example.dtype]);
      const rows = rowsOf(data, shape).with(request.row, Array.from(raised.data));
      return { type: "replaceX", rows, seed: null, gesture: "raise" };
    }
    case "open":
      return { type: "open", opening: open(lab, request.layers, request.problems) };
  }
}

/** A link names the seed of a random x and leaves the numbers to the core. */
export function open(lab: Lab, layers: readonly Data[], problems: readonly Problem[]): Opening {
  const opening = openingOf(layers, problems);
  const { x, seed, dtype } = opening.example;
  if (seed === null) return opening;
  const rows = rand(lab, [x.length, classesOf(opening.example)], seed, dtype);
  const example = { ...opening.example, x: rows.map((row) => row.map((value) => entryOf(value, dtype))) };
  return { ...opening, example, start: example };
}

function rand(lab: Lab, shape: readonly number[], seed: number, dtype: Dtype): number[][] {
  return rowsOf(lab.rand(shape, { seed, dtype }).data, shape);
}

function rowsOf(data: Float32Array | Float64Array, [rows = 0, columns = 0]: readonly number[]): number[][] {
  return Array.from({ length: rows }, (_, row) => Array.from(data.slice(row * columns, (row + 1) * columns)));
}
