// Everything the page shows follows from one plain JSON value.

import type { Dtype, Reduction } from "../../api/index.ts";
import type { PasteProblem } from "../../read/matrix.ts";
import { type Part, STEPS, type StepId } from "../steps.ts";
import type { Problem } from "../url.ts";
import type { Entry } from "./entry.ts";
import { NOTE, SHARPNESS } from "./presets.ts";
import type { CellRef } from "./provenance.ts";

/** What the reader works on, and what undo takes back. */
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

export type Language = "zh" | "en";
export type Theme = "auto" | "light" | "dark";

/** How the demo is shown: what a reader sees of it, and in which clothes. */
export interface Settings {
  /** The steps that are there, in the order of the page. */
  readonly steps: readonly StepId[];
  readonly hide: readonly Part[];
  /** Numbers, labels and options stay as they are. */
  readonly readonly: boolean;
  readonly language: Language;
  readonly theme: Theme;
}

/** What happened that the reader should be told, once. */
export type Notice =
  | { readonly kind: "paste"; readonly problem: PasteProblem }
  | { readonly kind: "labelsLost"; readonly samples: readonly number[] }
  | { readonly kind: "pasted"; readonly rows: number; readonly columns: number };

export interface State extends Settings {
  readonly example: Example;
  /** What was opened: the note's example, or that of a link or of attributes. Resetting goes back to it. */
  readonly start: Example;
  readonly past: readonly Example[];
  readonly future: readonly Example[];
  /** Edits with the same gesture are one step of undo: a drag, or the typing in one cell. */
  readonly gesture: string | null;
  readonly notice: Notice | null;
  readonly question: { readonly sharpness: number; readonly softmaxInFront: boolean };
  /** The number that is asked where it comes from. */
  readonly asked: CellRef | null;
  /** The step it was asked in: the answer stands there. */
  readonly askedIn: string | null;
  /** softmax in the form the core computes, with the maximum subtracted, instead of the textbook's. */
  readonly shifted: boolean;
  /** What of the link or the attributes could not be used; empty once it has been read. */
  readonly problems: readonly Problem[];
}

export const initialState = (language: Language, theme: Theme): State => ({
  example: NOTE,
  start: NOTE,
  past: [],
  future: [],
  gesture: null,
  notice: null,
  question: { sharpness: SHARPNESS.start, softmaxInFront: true },
  asked: null,
  askedIn: null,
  shifted: false,
  problems: [],
  steps: STEPS,
  hide: [],
  readonly: false,
  language,
  theme,
});
