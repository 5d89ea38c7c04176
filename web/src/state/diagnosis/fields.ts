// What is typed into the fields beside a batch.

import { halfWidth, parseNumber } from "../../read/number.ts";
import type { Rounded } from "../../read/types.ts";

/** What was reported: a number with as many decimals as it was typed with; null: it is none. */
export function readLoss(typed: string): Rounded | null {
  return rounded(plain(typed));
}

/** A fraction from 0 to 1, or a percentage. */
export function readAccuracy(typed: string): Rounded | null {
  const text = plain(typed);
  const read = rounded(text.replace(/%$/, ""));
  if (read === null) return null;
  const accuracy = text.endsWith("%") ? hundredth(read) : read;
  return accuracy.value >= 0 && accuracy.value <= 1 ? accuracy : null;
}

export function readWhole(typed: string, least = Number.MIN_SAFE_INTEGER): number | null {
  const value = /^[+-]?\d+$/.test(plain(typed)) ? Number(plain(typed)) : Number.NaN;
  return Number.isSafeInteger(value) && value >= least ? value : null;
}

/** From 0 to 1. */
export function readFraction(typed: string): number | null {
  const value = parseNumber(plain(typed));
  return value !== null && value >= 0 && value <= 1 ? value : null;
}

/** One number for each class, between commas, in brackets or not. */
export function readNumbers(typed: string): readonly number[] | null {
  const words = plain(typed)
    .replace(/^\[\s*(.*?)\s*\]$/s, "$1")
    .split(/\s*[,、]\s*|\s+/);
  const values = words.map(parseNumber);
  return values.every((value) => value !== null) ? values : null;
}

/** As it was typed, or could have been. */
export function writeRounded({ value, decimals }: Rounded): string {
  return decimals <= MOST_DECIMALS ? value.toFixed(decimals) : String(value);
}

/** More are written with an exponent. */
const MOST_DECIMALS = 20;

const plain = (typed: string): string =>
  halfWidth(typed)
    .trim()
    .replace(/\s+%$/, "%")
    .replace(/[\u2212\u2013]/g, "-");

/** A number with as many decimals as it was typed with. */
function rounded(text: string): Rounded | null {
  const value = parseNumber(text);
  if (value === null) return null;
  const [, fraction = "", exponent = "0"] = /^[^.e]*\.?(\d*)(?:e(.+))?$/i.exec(text) ?? [];
  return { value, decimals: Math.max(0, fraction.length - Number(exponent)) };
}

/** Two places to the left, as text: no arithmetic. */
function hundredth({ value, decimals }: Rounded): Rounded {
  return { value: Number(`${value}e-2`), decimals: decimals + 2 };
}
