// One number as text.

import { plain } from "./marks.ts";

const NON_FINITE: ReadonlyMap<string, number> = new Map(
  ["nan", "inf", "infinity"].flatMap((word) => {
    const value = word === "nan" ? Number.NaN : Number.POSITIVE_INFINITY;
    return ["", "np.", "numpy.", "math.", "torch."].map((module) => [module + word, value] as const);
  }),
);
const SPELLED = /^([+-]?)(?:float\(\s*(["'])(.*)\2\s*\)|(.*))$/s;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([ed][+-]?\d+)?$/;

/** Reads a number as PyTorch's users write it: 0.5, -1e-3, 1., inf, np.nan; full-width characters of Chinese input count. */
export function parseNumber(text: string): number | null {
  const normal = normalize(text);
  return nonFinite(normal) ?? (NUMBER.test(normal) ? Number(normal.replace("d", "e")) : null);
}

/** Whether a text says inf or nan, and does not merely exceed what a number can hold. */
export function isNonFinite(text: string): boolean {
  return nonFinite(normalize(text)) !== null;
}

function nonFinite(normal: string): number | null {
  const [, sign, , called, word = called] = SPELLED.exec(normal) ?? [];
  const [, inner, bare] = /^([+-]?)(.*)$/s.exec((called && word) ?? "") ?? [];
  const value = NON_FINITE.get((called ? bare : word) ?? "");
  if (value === undefined) return null;
  return (sign === "-") !== (inner === "-") ? -value : value;
}

/** The full-width digits, letters and marks of Chinese input as ASCII's. */
export function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (full) => String.fromCharCode(full.charCodeAt(0) - 0xfee0));
}

function normalize(text: string): string {
  return plain(text).trim().toLowerCase();
}
