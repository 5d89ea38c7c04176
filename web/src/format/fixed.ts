// Numbers as text, rounded as Python and PyTorch round them: exact ties go to the even digit.

/** Writes a number below 1e21 with a fixed number of decimals, as Python's f"{value:.4f}" does. */
export function toFixed(value: number, decimals: number): string {
  return sign(value) + roundHalfEven(Math.abs(value), (x, more) => x.toFixed(decimals + more));
}

/** Writes a finite number in scientific notation, as Python's f"{value:.4e}" does: 1.0646e+00. */
export function toExponential(value: number, decimals: number): string {
  const [mantissa = "", exponent = ""] = roundHalfEven(Math.abs(value), (x, more) =>
    x.toExponential(decimals + more),
  ).split("e");
  return `${sign(value)}${mantissa}e${exponent.charAt(0)}${exponent.slice(1).padStart(2, "0")}`;
}

const FIGURE_DECIMALS = 4;

/** A number as the figures show it: four decimals, like the tensors PyTorch prints; scientific where that says nothing. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  const size = Math.abs(value);
  if (size >= 1e6) return toExponential(value, 2);
  return toFixed(value, FIGURE_DECIMALS).replace(/^-(0\.0+)$/, "$1");
}

/** As figure, but what is not 0 never looks like 0. */
export function tellingFigure(value: number): string {
  const size = Math.abs(value);
  return size > 0 && size < 0.00005 ? toExponential(value, 1) : figure(value);
}

/** A difference, which has a sign. */
export const signed = (difference: number): string =>
  `${difference < 0 ? "−" : difference > 0 ? "+" : "±"}${difference === 0 ? 0 : tellingFigure(Math.abs(difference))}`;

/** A share of 0 to 1 in percent: the digits as they are, their point moved. */
export function percent(share: number): string {
  return `${Number(`${toFixed(share, 4)}e2`)} %`;
}

/** The value with all its digits: the shortest decimal that reads back as the same float32 or float64. */
export function allDigits(value: number, dtype: "float32" | "float64"): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  const size = Math.abs(value);
  return sign(value) + (dtype === "float32" ? shortestFloat32(size) : size);
}

function shortestFloat32(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === value) return candidate;
  }
  return Number(value.toPrecision(9));
}

/** inf, -inf or nan, as PyTorch spells them. */
export function nonFinite(value: number): string {
  return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

function sign(value: number): string {
  return value < 0 || Object.is(value, -0) ? "-" : "";
}

/**
 * JavaScript rounds an exact tie up, Python to even. A double that ties at n decimals has nothing after the 5 that
 * follows them, so a look at the exact digits behind tells.
 */
function roundHalfEven(value: number, write: (value: number, more: number) => string): string {
  const rounded = write(value, 0);
  const exact = write(value, 30).split("e")[0] ?? "";
  const kept = rounded.split("e")[0] ?? "";
  const decimals = (kept.split(".")[1] ?? "").length;
  const [whole = "", fraction = ""] = exact.split(".");
  const tie = /^50*$/.test(fraction.slice(decimals));
  if (!tie) return rounded;
  const down = decimals === 0 ? whole : `${whole}.${fraction.slice(0, decimals)}`;
  const even = Number(down.at(-1)) % 2 === 0;
  return even ? down + rounded.slice(kept.length) : rounded;
}
