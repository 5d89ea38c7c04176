// How the demo is shown: what a reader sees of it, and in which clothes.

import type { Language } from "../i18n/language.ts";
import type { Part, StepId } from "./steps.ts";

export type Theme = "auto" | "light" | "dark";

export interface Settings {
  /** The steps that are there, in the order of the page. */
  readonly steps: readonly StepId[];
  readonly hide: readonly Part[];
  /** Numbers, labels and options stay as they are. */
  readonly readonly: boolean;
  readonly language: Language;
  readonly theme: Theme;
}
