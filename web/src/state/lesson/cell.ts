// The cells of the worked example, and what decides which there are.

import type { Reduction } from "../../api/index.ts";
import type { PipelineTrace } from "../../lab/index.ts";

/**
 * The tensors of the page: x and y, those of the trace, and those of the pipeline with softmax in front. The class with
 * the largest logit is no number that is shown.
 */
export type TensorId =
  | "x"
  | "target"
  | Exclude<keyof PipelineTrace, "prediction">
  | "frontSoftmax"
  | "frontLoss"
  | "frontGradLogits";

/** One number: row (sample) and column (class), both 0 where the tensor has none. */
export interface CellRef {
  readonly tensor: TensorId;
  readonly row: number;
  readonly column: number;
}

/** What the graph of the cells depends on. */
export interface Graph {
  readonly samples: number;
  readonly classes: number;
  readonly target: readonly number[];
  readonly reduction: Reduction;
  /** The softmax cells come from exp and sum, as the core computes them, instead of from x, as the textbook writes it. */
  readonly shifted: boolean;
}

export const cell = (tensor: TensorId, row = 0, column = 0): CellRef => ({ tensor, row, column });

export const cellKey = ({ tensor, row, column }: CellRef): string => `${tensor} ${row} ${column}`;
