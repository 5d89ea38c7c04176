// What of a link, or of the attributes, could not be used, and the rule that it breaks.

import type { Notice } from "../read/types.ts";
import type { LogitsProblem } from "./lesson/limits.ts";

export interface Problem {
  /** The parameter; "?" or "#" for all of a query or a hash. */
  readonly name: string;
  readonly rule: Rule;
}

export type Rule =
  /** There is no parameter of this name. */
  | { readonly kind: "unknown" }
  | { readonly kind: "choice"; readonly bad: readonly string[]; readonly choices: readonly string[] }
  | { readonly kind: "number"; readonly bad: string; readonly from: number; readonly to: number }
  | { readonly kind: "wholeNumbers"; readonly bad: readonly string[]; readonly from: number; readonly to: number }
  /** So many numbers between commas. */
  | { readonly kind: "count"; readonly got: number; readonly from: number; readonly to: number }
  | { readonly kind: "matrix"; readonly problem: LogitsProblem }
  /** It is read, and this is to be said of how. */
  | { readonly kind: "read"; readonly notice: Notice }
  /** A label for every sample. */
  | { readonly kind: "labels"; readonly got: number; readonly samples: number }
  /** It says something of another parameter, which is not there. */
  | { readonly kind: "needs"; readonly other: string }
  /** It belongs to another parameter, which could not be used. */
  | { readonly kind: "belongs"; readonly other: string }
  /** Another parameter says the same thing and goes before. */
  | { readonly kind: "givesWay"; readonly other: string }
  /** It is there more than once; the last one counts. */
  | { readonly kind: "repeated" }
  | { readonly kind: "packed" }
  | { readonly kind: "tooLong"; readonly length: number; readonly most: number }
  | { readonly kind: "address"; readonly bad: string };
