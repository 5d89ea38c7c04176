// One number of x: what the reader typed, and the last good value it had.

import type { Dtype } from "../../api/index.ts";
import { allDigits, toFixed } from "../../format/fixed.ts";

export interface Entry {
  readonly text: string;
  readonly value: number;
}

/** Why a text is no number that the dtype can hold; null: it is one. */
export type EntryProblem = "empty" | "notANumber" | "tooLarge" | null;

const NON_FINITE: ReadonlyMap<string, number> = new Map([
  ["inf", Number.POSITIVE_INFINITY],
  ["+inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
  ["nan", Number.NaN],
]);

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/;

/** Reads a number as PyTorch's users write it: 0.5, -1e-3, 1., inf, nan; full-width characters of Chinese input count. */
export function parseNumber(text: string): number | null {
  const plain = normalize(text);
  return NON_FINITE.get(plain) ?? (NUMBER.test(plain) ? Number(plain) : null);
}

/** The value as the dtype holds it. */
export function held(value: number, dtype: Dtype): number {
  return dtype === "float32" ? Math.fround(value) : value;
}

/** What is wrong with a text as an entry of x. */
export function entryProblem(text: string, dtype: Dtype): EntryProblem {
  const plain = normalize(text);
  if (plain === "") return "empty";
  const value = parseNumber(text);
  if (value === null) return "notANumber";
  return Number.isFinite(held(value, dtype)) || NON_FINITE.has(plain) ? null : "tooLarge";
}

/** The entry after the reader typed text: a bad text is kept as typed, and the last good value stays. */
export function retype(entry: Entry, text: string, dtype: Dtype): Entry {
  const value = entryProblem(text, dtype) === null ? parseNumber(text) : null;
  return { text, value: value ?? entry.value };
}

/** The entry in another dtype: a text that was too large may fit now, and what does not becomes inf, as in PyTorch. */
export function cast(entry: Entry, dtype: Dtype): Entry {
  const { text, value } = retype(entry, entry.text, dtype);
  const there = held(value, dtype);
  return Number.isFinite(value) && !Number.isFinite(there) ? entryOf(there, dtype) : { text, value };
}

/** The entry of a value that was computed, not typed: its value is what its text says, in float64 too. */
export function entryOf(value: number, dtype: Dtype): Entry {
  const text = allDigits(value, dtype);
  return { text, value: parseNumber(text) ?? value };
}

/** The entry moved by a step, without the noise of binary addition: 0.3 + 0.1 reads 0.4, and 0.74594 keeps its digits. */
export function nudge(entry: Entry, step: number, dtype: Dtype): Entry {
  const digits = Math.min(10, Math.max(decimalsOf(entry.value), decimalsOf(step)));
  const moved = Number(toFixed(entry.value + step, digits));
  return Number.isFinite(moved) ? retype(entry, String(moved), dtype) : entry;
}

function decimalsOf(value: number): number {
  const [digits = "", exponent = "0"] = String(value).split("e");
  return Math.max(0, (digits.split(".")[1]?.length ?? 0) - Number(exponent));
}

function normalize(text: string): string {
  return text
    .trim()
    .replace(/[\uff01-\uff5e]/g, (fullWidth) => String.fromCharCode(fullWidth.charCodeAt(0) - 0xfee0))
    .replace(/[\u2212\u2013]/g, "-")
    .toLowerCase();
}
