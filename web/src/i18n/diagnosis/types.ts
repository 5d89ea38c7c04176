// What the words of findings consist of.

/** The numbers of a finding, of where and of proof, as they are shown, by name; what is unknown or false is not there. */
export type Numbers = Readonly<Record<string, string | undefined>>;

export interface RuleText {
  /** A heading. */
  readonly title: string;
  /** What it is, in a sentence that a person understands. */
  readonly verdict: (n: Numbers) => string;
  /** How that comes about. */
  readonly why: (n: Numbers) => string;
  /** What proves it. */
  readonly proof: (n: Numbers) => readonly (string | undefined)[];
}

export interface DiagnosisText {
  readonly possible: (title: string) => string;
  readonly settles: (what: string) => string;
  /** By the names in settledBy. */
  readonly settledBy: Readonly<Record<string, string>>;
  /** By the names in unchecked. */
  readonly unchecked: Readonly<Record<string, string>>;
  /** By the ids in lab/diagnosis/types.ts. */
  readonly rules: Readonly<Record<string, RuleText>>;
}
