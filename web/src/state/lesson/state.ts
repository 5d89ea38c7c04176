// Everything the page shows follows from one plain JSON value.

import type { Language } from "../../i18n/language.ts";
import type { Notice as Read } from "../../read/types.ts";
import type { BatchSettings } from "../parameters.ts";
import type { Problem } from "../problem.ts";
import type { Settings, Theme } from "../settings.ts";
import { STEPS } from "../steps.ts";
import type { CellRef } from "./cell.ts";
import type { Example } from "./example.ts";
import type { LogitsProblem } from "./limits.ts";
import { NOTE, SHARPNESS } from "./presets.ts";

/** What happened that the reader should be told, once. */
export type Notice =
  /** Not pasted, or not yet: the text, for the ways to read it. */
  | { readonly kind: "paste"; readonly problem: LogitsProblem; readonly text: string }
  | { readonly kind: "labelsLost"; readonly samples: readonly number[] }
  /** Samples of the reader's own batch, and the class of each column; null: all others together. */
  | { readonly kind: "fromBatch"; readonly samples: readonly number[]; readonly classes: readonly (number | null)[] }
  | {
      readonly kind: "pasted";
      readonly rows: number;
      readonly columns: number;
      /** So many labels from before stayed with their rows, and the other rows have 0; null: labels came along. */
      readonly labels: number | null;
      /** What there is to say of how it was read. */
      readonly notices: readonly Read[];
    };

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
  /** What is said of the reader's own batch beside its tensors. */
  readonly batch: BatchSettings;
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
  batch: {},
  problems: [],
  steps: STEPS,
  hide: [],
  readonly: false,
  language,
  theme,
});
