// How a reader says no from anywhere inside it.

import type { Notice, Refusal } from "./types.ts";

/** Carries a refusal up to whoever reads a file, and goes no further than that. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

/** Refuses a file, or an array in it, as a whole: bits have no lines. fix is the line to type instead. */
export function refuseFile(
  kind: string,
  source: string,
  details: Notice["details"] = {},
  fix: string | null = null,
): never {
  throw new Refused({ kind, place: { source, line: null, column: null }, details, fix });
}
