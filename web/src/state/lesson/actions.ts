// Everything that can happen to the state. Elements send actions upward; the reducer says what they do.

import type { Dtype, Reduction } from "../../api/index.ts";
import type { Language } from "../../i18n/language.ts";
import type { BatchSettings } from "../parameters.ts";
import type { Problem } from "../problem.ts";
import type { Settings, Theme } from "../settings.ts";
import type { CellRef } from "./cell.ts";
import type { Logits, NotLogits } from "./limits.ts";
import type { Opening } from "./opening.ts";
import type { Notice } from "./state.ts";

export type Action =
  | {
      readonly type: "retype";
      readonly row: number;
      readonly column: number;
      readonly text: string;
      readonly gesture: string;
    }
  | {
      readonly type: "nudge";
      readonly row: number;
      readonly column: number;
      readonly step: number;
      readonly gesture: string;
    }
  | { readonly type: "setLabel"; readonly row: number; readonly label: number }
  | { readonly type: "setCountedLabels"; readonly labels: readonly number[] }
  | { readonly type: "addSample" | "addClass" }
  | { readonly type: "removeSample"; readonly row: number }
  | { readonly type: "removeClass"; readonly column: number }
  /** A text, and what was read of it. */
  | { readonly type: "paste"; readonly text: string; readonly logits: Logits | NotLogits }
  /** Numbers that the core made: a random x, or a row with its largest logit raised. */
  | {
      readonly type: "replaceX";
      readonly rows: readonly (readonly number[])[];
      readonly seed: number | null;
      readonly gesture: "raise" | null;
    }
  | { readonly type: "setDtype"; readonly dtype: Dtype }
  | { readonly type: "setReduction"; readonly reduction: Reduction }
  | { readonly type: "undo" | "redo" | "reset" }
  | { readonly type: "setSharpness"; readonly sharpness: number }
  | { readonly type: "setSoftmaxInFront"; readonly softmaxInFront: boolean }
  | { readonly type: "ask"; readonly cell: CellRef; readonly step: string }
  | { readonly type: "ask"; readonly cell: null }
  | { readonly type: "setShifted"; readonly shifted: boolean }
  /** What a link and the attributes say takes the place of the example, as one edit. */
  | { readonly type: "open"; readonly opening: Opening; readonly notice?: Notice }
  | { readonly type: "setBatch"; readonly batch: BatchSettings }
  | { readonly type: "setSettings"; readonly settings: Partial<Settings>; readonly problems: readonly Problem[] }
  | { readonly type: "dismissProblems" }
  | { readonly type: "setLanguage"; readonly language: Language }
  | { readonly type: "setTheme"; readonly theme: Theme };
