// What a text or a file is refused with, and what is remarked of one that is read. The words are in i18n/read/.

import type { Notice, Place, Refusal } from "./types.ts";

/** Thrown while it is read, and caught where reading began. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

export type Details = Notice["details"];

export function refuse(kind: string, place: Place, details: Details = {}, fix: string | null = null): never {
  throw new Refused({ kind, place, details, fix });
}

/** Refuses a file, or an array in it, as a whole: bits have no lines. */
export function refuseFile(kind: string, source: string, details: Details = {}, fix: string | null = null): never {
  refuse(kind, { source, line: null, column: null }, details, fix);
}

/** What to type instead, in code. */
export const FIX = {
  /** All numbers, with all digits, in brackets and commas. */
  list: "print(x.tolist())",
  table: "print(df.to_csv())",
  dense: "print(x.to_dense().tolist())",
  dequantized: "print(x.dequantize().tolist())",
  /** As it is, but whole. */
  whole: 'torch.set_printoptions(profile="full")',
  wholeArray: "np.set_printoptions(threshold=np.inf)",
  file: 'np.save("logits.npy", x.detach().cpu().numpy())',
} as const;
