// What can become x and y: how large they may be, for a reader to take in and for the page to have room.

import type { Dtype } from "../../api/index.ts";
import type { Notice, Refusal } from "../../read/types.ts";
import { type Entry, held } from "./entry.ts";

export const MAX_SAMPLES = 8;
export const MIN_CLASSES = 2;
export const MAX_CLASSES = 10;
/** No text of ours is as long as this, in characters. What is longer is not even taken apart. */
export const LONGEST = 65536;

export type LogitsProblem =
  | { readonly kind: "refused"; readonly refusal: Refusal }
  /** It can be read in several ways; what each of them would make of it. */
  | { readonly kind: "question"; readonly question: Notice; readonly ways: readonly LogitsWay[] }
  | { readonly kind: "size"; readonly rows: number; readonly columns: number }
  /** Not x, or x and its labels, but tensors of these shapes. */
  | { readonly kind: "shapes"; readonly shapes: readonly (readonly number[])[] }
  | { readonly kind: "tooLong"; readonly length: number; readonly most: number }
  /** The grammar is not there: it is on its way, or this is why it has not come. */
  | { readonly kind: "notLoaded"; readonly failure: string };

export interface LogitsWay {
  readonly id: string;
  readonly shapes: readonly (readonly number[])[];
}

export interface Logits {
  readonly ok: true;
  readonly x: readonly (readonly Entry[])[];
  /** The labels that were there too. */
  readonly target: readonly number[] | null;
  /** The dtype that was said there; null: none that the example can have. */
  readonly dtype: Dtype | null;
  /** What is to be said of how it was read. */
  readonly notices: readonly Notice[];
}

export type NotLogits = { readonly ok: false; readonly problem: LogitsProblem };

export function isInLimits(samples: number, classes: number): boolean {
  return samples >= 1 && samples <= MAX_SAMPLES && classes >= MIN_CLASSES && classes <= MAX_CLASSES;
}

/** Whether a chapter that takes any batch can take what was too much here. */
export function isBatch(problem: LogitsProblem): boolean {
  const { kind } = problem;
  return kind === "shapes" || kind === "tooLong" || (kind === "size" && problem.rows * problem.columns > 1);
}

/** What there is to say of how they were read, in the dtype that they are shown in. */
export function remarksOf({ x, notices }: Pick<Logits, "x" | "notices">, dtype: Dtype): readonly Notice[] {
  const isInf = ({ value }: Entry) => Number.isFinite(value) && !Number.isFinite(held(value, dtype));
  const entry = x.flat().find(isInf);
  const place = { source: null, line: null, column: null };
  return [
    ...notices.map((notice) => (notice.kind === "inf" ? { ...notice, details: { ...notice.details, dtype } } : notice)),
    ...(entry ? [{ kind: "inf", place, details: { token: entry.text, dtype } }] : []),
  ];
}
