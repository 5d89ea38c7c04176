// The examples the page starts from.

import type { Entry } from "./entry.ts";
import type { Example } from "./example.ts";

const entries = (rows: readonly (readonly string[])[]): readonly (readonly Entry[])[] =>
  rows.map((row) => row.map((text) => ({ text, value: Number(text) })));

/** The note that all of this comes from, and its author. */
export const SOURCE = {
  note: "https://747721653.github.io/ranger-blog/pages/18cf3a/",
  author: "https://github.com/747721653",
  name: "yangzhixuan",
} as const;

/**
 * The note's example. It prints x with four digits, but from those four digits four later ones come out one off.
 * These five print the same x and give every digit that the note prints.
 */
export const NOTE: Example = {
  x: entries([
    ["0.74594", "0.58806", "0.47946"],
    ["0.28940", "0.05678", "0.34387"],
    ["0.61236", "0.75584", "0.43084"],
  ]),
  target: [0, 1, 1],
  dtype: "float32",
  reduction: "mean",
  seed: null,
  countedLabels: [1, 2, 3],
};

/** Examples to start from, as a hash spells what is other than in the note. */
export const PRESETS = {
  note: "",
  /** Every prediction right, and sure of it: a loss of 0.0000, or of 0.5514 with a softmax in front. */
  confident: "x=32,10,2;4,26,6;2,12,30&y=0,1,2",
  /** Labels that were counted from 1: PyTorch refuses the last one. */
  "labels-from-1": "y=1,2,3",
} as const;

/** Whether the example has the note's x and y still. */
export function isNote({ x, target }: Example): boolean {
  const numbers = (rows: Example["x"]) => rows.map((row) => row.map(({ value }) => value));
  return JSON.stringify([numbers(x), target]) === JSON.stringify([numbers(NOTE.x), NOTE.target]);
}

/** The opening figure: three samples, three classes, and every prediction right. */
export const QUESTION = {
  logits: [
    [1.6, 0.5, 0.1],
    [0.2, 1.3, 0.3],
    [0.1, 0.6, 1.5],
  ],
  target: [0, 1, 2],
} as const;

/** How far the opening figure's handle pulls the logits apart. */
export const SHARPNESS = { min: 0.25, max: 15, step: 0.25, start: 2.5 } as const;

/** The confident case beside the note's x: the same three samples, pulled apart until no doubt is left. */
export const CONFIDENT_SHARPNESS = 20;

/** A gap from which log(softmax(x)) is -inf: beyond 103.97 in float32, beyond 745.13 in float64. */
export const UNDERFLOW_GAP = { float32: 105, float64: 750 } as const;
