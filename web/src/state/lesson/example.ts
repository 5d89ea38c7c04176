// What the reader works on.

import type { Dtype, Reduction } from "../../api/index.ts";
import type { Entry } from "./entry.ts";

/** The numbers, the labels and the options: what undo takes back. */
export interface Example {
  readonly x: readonly (readonly Entry[])[];
  readonly target: readonly number[];
  readonly dtype: Dtype;
  readonly reduction: Reduction;
  /** The seed that torch.rand made x from; null: x was not made so, or was edited since. */
  readonly seed: number | null;
  /** The labels of the last step, counted from 1 by somebody. */
  readonly countedLabels: readonly number[];
}

/** The number of classes of an example. */
export function classesOf(example: Example): number {
  return example.x[0]?.length ?? 0;
}
