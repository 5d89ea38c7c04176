// What of a link, or of the attributes, could not be used.

/** A parameter that is not known, or a value that it does not take. */
export interface Problem {
  readonly name: string;
  /** Empty: there is no parameter of this name. */
  readonly bad: readonly string[];
}
