// One number of x: what the reader typed, and the last good value it had.

import type { Dtype } from "../../api/index.ts";
import { allDigits, toFixed } from "../../format/fixed.ts";
import { isNonFinite, parseNumber } from "../../read/number.ts";

export interface Entry {
  readonly text: string;
  readonly value: number;
}

/** What there is to say of a text as an entry; null: nothing. "inf": it is a number that is inf in the dtype. */
export type EntryProblem = "empty" | "notANumber" | "inf" | null;

/** The value as the dtype holds it. */
export function held(value: number, dtype: Dtype): number {
  return dtype === "float32" ? Math.fround(value) : value;
}

export function entryProblem(text: string, dtype: Dtype): EntryProblem {
  if (text.trim() === "") return "empty";
  const value = parseNumber(text);
  if (value === null) return "notANumber";
  return Number.isFinite(held(value, dtype)) || isNonFinite(text) ? null : "inf";
}

/** The entry after the reader typed text: a bad text is kept as typed, and the last good value stays. */
export function retype(entry: Entry, text: string): Entry {
  return { text, value: parseNumber(text) ?? entry.value };
}

/** The entry in another dtype: what does not fit becomes inf, as in PyTorch. */
export function cast(entry: Entry, dtype: Dtype): Entry {
  const there = held(entry.value, dtype);
  return Number.isFinite(entry.value) && !Number.isFinite(there) ? entryOf(there, dtype) : entry;
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
  return Number.isFinite(held(moved, dtype)) ? retype(entry, String(moved)) : entry;
}

function decimalsOf(value: number): number {
  const [digits = "", exponent = "0"] = String(value).split("e");
  return Math.max(0, (digits.split(".")[1]?.length ?? 0) - Number(exponent));
}
