// One number of x: what the reader typed, and the last good value it had.

import type { Dtype } from "../api/index.ts";
import { allDigits, toFixed } from "../format/fixed.ts";

export interface Entry {
  readonly text: string;
  readonly value: number;
}

/** Why a text is no number that the dtype can hold; null: it is one. */
export type EntryProblem = "empty" | "notANumber" | "tooLarge" | null;

const NON_FINITE: Readonly<Record<string, number>> = {
  inf: Number.POSITIVE_INFINITY,
  "+inf": Number.POSITIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
  nan: Number.NaN,
};

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/;

/** Reads a number as PyTorch's users write it: 0.5, -1e-3, 1., inf, nan; the full-width minus of Chinese input counts. */
export function parseNumber(text: string): number | null {
  const plain = normalize(text);
  if (plain in NON_FINITE) return NON_FINITE[plain] ?? null;
  return NUMBER.test(plain) ? Number(plain) : null;
}

/** What is wrong with a text as an entry of x. */
export function entryProblem(text: string, dtype: Dtype): EntryProblem {
  const plain = normalize(text);
  if (plain === "") return "empty";
  const value = parseNumber(text);
  if (value === null) return "notANumber";
  const held = dtype === "float32" ? Math.fround(value) : value;
  return Number.isFinite(held) || plain in NON_FINITE ? null : "tooLarge";
}

/** The entry after the reader typed text: a bad text is kept as typed, and the last good value stays. */
export function retype(entry: Entry, text: string, dtype: Dtype): Entry {
  const value = entryProblem(text, dtype) === null ? parseNumber(text) : null;
  return { text, value: value ?? entry.value };
}

/** The entry of a value that was computed, not typed. */
export function entryOf(value: number, dtype: Dtype): Entry {
  return { text: allDigits(value, dtype), value };
}

/** The entry moved by a step, without the noise of binary addition: 0.3 + 0.1 reads 0.4, and 0.74594 keeps its digits. */
export function nudge(entry: Entry, step: number, dtype: Dtype): Entry {
  const digits = Math.min(10, Math.max(decimalsOf(entry.text), decimalsOf(String(step))));
  const moved = Number(toFixed(entry.value + step, digits));
  return Number.isFinite(moved) ? retype(entry, String(moved), dtype) : entry;
}

function decimalsOf(text: string): number {
  return /\.(\d+)$/.exec(text.trim())?.[1]?.length ?? 0;
}

function normalize(text: string): string {
  return text
    .trim()
    .replace(/[\u2212\uff0d\u2013]/g, "-")
    .replace(/[\uff0e]/g, ".")
    .toLowerCase();
}
