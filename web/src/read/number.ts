// One number as text.

const NON_FINITE: ReadonlyMap<string, number> = new Map([
  ["inf", Number.POSITIVE_INFINITY],
  ["+inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
  ["nan", Number.NaN],
]);

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/;

/** Reads a number as PyTorch's users write it: 0.5, -1e-3, 1., inf, nan; full-width characters of Chinese input count. */
export function parseNumber(text: string): number | null {
  const plain = normalize(text);
  return NON_FINITE.get(plain) ?? (NUMBER.test(plain) ? Number(plain) : null);
}

/** Whether a text says inf or nan, and does not merely exceed what a number can hold. */
export function isNonFinite(text: string): boolean {
  return NON_FINITE.has(normalize(text));
}

/** The full-width digits, letters and marks of Chinese input as ASCII's. */
export function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (full) => String.fromCharCode(full.charCodeAt(0) - 0xfee0));
}

function normalize(text: string): string {
  return halfWidth(text.trim())
    .replace(/[\u2212\u2013]/g, "-")
    .toLowerCase();
}
