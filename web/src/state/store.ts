// Holds the state, keeps the model beside it, and tells who listens.

import type { Dtype } from "../api/index.ts";
import type { Lab } from "../lab/index.ts";
import type { Action } from "./lesson/actions.ts";
import { derive, logitsOf, type Model } from "./lesson/derive.ts";
import { entryOf } from "./lesson/entry.ts";
import { classesOf } from "./lesson/example.ts";
import { UNDERFLOW_GAP } from "./lesson/presets.ts";
import { reduce } from "./lesson/reducer.ts";
import type { State } from "./lesson/state.ts";

export class Store {
  #state: State;
  #model: Model;
  readonly #celoss: Lab;
  readonly #changed: () => void;

  constructor(celoss: Lab, state: State, changed: () => void) {
    this.#celoss = celoss;
    this.#state = this.#seeded(state);
    this.#model = derive(celoss, this.#state);
    this.#changed = changed;
  }

  get state(): State {
    return this.#state;
  }

  get model(): Model {
    return this.#model;
  }

  dispatch(action: Action): void {
    const reduced = reduce(this.#state, this.#withNumbers(action));
    if (reduced === this.#state) return;
    const state = action.type === "open" ? this.#seeded(reduced) : reduced;
    // Asking and switching the language leave every number where it is.
    const sameNumbers =
      state.example === this.#state.example &&
      state.question === this.#state.question &&
      state.shifted === this.#state.shifted;
    this.#state = state;
    if (!sameNumbers) this.#model = derive(this.#celoss, state, this.#model);
    this.#changed();
  }

  /** A link names the seed of a random x and leaves the numbers to the core. */
  #seeded(state: State): State {
    const { example } = state;
    const { x, seed, dtype } = example;
    if (seed === null) return state;
    const rows = this.#rand([x.length, classesOf(example)], seed, dtype);
    const seeded = { ...example, x: rows.map((row) => row.map((value) => entryOf(value, dtype))) };
    return { ...state, example: seeded, start: seeded };
  }

  #rand(shape: readonly number[], seed: number, dtype: Dtype): number[][] {
    return rowsOf(this.#celoss.rand(shape, { seed, dtype }).data, shape);
  }

  /** Actions that need new numbers get them from the core. */
  #withNumbers(action: Action): Action {
    const { example } = this.#state;
    const shape = [example.x.length, classesOf(example)];
    switch (action.type) {
      case "random": {
        const seed = (example.seed ?? -1) + 1;
        return { type: "replaceX", rows: this.#rand(shape, seed, example.dtype), seed, gesture: null };
      }
      case "raiseLargest": {
        const logits = logitsOf(example);
        const rows = rowsOf(logits.data, shape);
        const row = logits.data.slice(action.row * (shape[1] ?? 0), (action.row + 1) * (shape[1] ?? 0));
        const raised = this.#celoss.raiseLargest({ data: row, shape: [row.length] }, UNDERFLOW_GAP[example.dtype]);
        return { type: "replaceX", rows: rows.with(action.row, Array.from(raised.data)), seed: null, gesture: "raise" };
      }
      default:
        return action;
    }
  }
}

function rowsOf(data: Float32Array | Float64Array, [rows = 0, columns = 0]: readonly number[]): number[][] {
  return Array.from({ length: rows }, (_, row) => Array.from(data.slice(row * columns, (row + 1) * columns)));
}
