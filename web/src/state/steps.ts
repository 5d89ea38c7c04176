// The steps of the page, and the parts of a step that can be left out: the names that addresses and attributes use.

export const STEPS = [
  "question",
  "data",
  "softmax",
  "log",
  "log-softmax",
  "nll-loss",
  "cross-entropy",
  "lesson",
  "labels",
  "batch",
] as const;

export type StepId = (typeof STEPS)[number];

/** What `hide` can leave out, in every step; styles/parts.css says what each name stands for. */
export const PARTS = [
  "title",
  "lead",
  "formula",
  "code",
  "print",
  "notice",
  "preferences",
  "rail",
  "share",
  "credit",
] as const;

export type Part = (typeof PARTS)[number];

/** The step that brings x and y, where they can be changed; null: none of the shown ones needs them. */
export function givenIn(shown: readonly StepId[]): StepId | null {
  return shown.includes("data") ? "data" : (shown.find((id) => id !== "question") ?? null);
}
