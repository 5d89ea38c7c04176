// The golden files, and how near results have to come to them: as tests/cpp/golden.h has it.
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { Dtype, Tensor } from "../../../web/src/api/index.ts";

/** JSON has no NaN and no infinities: they come as strings. */
export type Numbers = (number | "nan" | "inf" | "-inf")[];

export interface Case {
  name: string;
  dtype: Dtype;
  shape: number[];
}

/** What results are compared with. */
export interface Expected<Field extends string> {
  torch: Record<Field, Numbers>;
  exact: Record<Field, Numbers>;
  /** How large the largest term of each result is, for results whose terms cancel. */
  terms?: Partial<Record<Field, Numbers>>;
}

export interface LossCase extends Case {
  target?: number[];
  probabilities?: Numbers;
  reduction: "none" | "mean" | "sum";
  ignore_index: number;
  weight?: Numbers;
  label_smoothing?: number;
  grad_output?: Numbers;
}

export function cases<C>(file: string): C[] {
  return JSON.parse(readFileSync(new URL(`../../golden/${file}`, import.meta.url), "utf8")).cases;
}

/** The same, as PyTorch 2.14 answers: the library's answers are those wherever the two versions differ. */
export function currentCases<C extends { name: string }>(file: string): C[] {
  const changed = new Map(cases<C>(file.replace(".json", "_2.14.json")).map((it) => [it.name, it]));
  return cases<C>(file).map((it) => changed.get(it.name) ?? it);
}

/** A tensor of golden numbers. */
export function tensor(values: Numbers, { shape, dtype }: Pick<Case, "shape" | "dtype">): Tensor {
  return { data: floats(values, dtype), shape, dtype };
}

/** A tensor of any dtype, as the golden calls have it. */
export interface Given {
  dtype: string;
  shape: number[];
  data: number[];
}

/** It, as an argument of a call. */
export function given({ dtype, shape, data }: Given) {
  const types: Record<string, () => unknown> = {
    float16: () => halves(data, 5, 10),
    bfloat16: () => halves(data, 8, 7),
    float32: () => Float32Array.from(data),
    float64: () => Float64Array.from(data),
    uint8: () => Uint8Array.from(data),
    int16: () => Int16Array.from(data),
    int32: () => Int32Array.from(data),
    int64: () => BigInt64Array.from(data, BigInt),
  };
  return { data: types[dtype]?.(), shape, dtype };
}

/** The bits of numbers that need no rounding: a sign, an exponent, a mantissa without its first 1. */
function halves(values: number[], exponentBits: number, mantissaBits: number): Uint16Array {
  return Uint16Array.from(values, (value) => {
    const exponent = Math.floor(Math.log2(Math.abs(value)));
    const mantissa = (Math.abs(value) / 2 ** exponent - 1) * 2 ** mantissaBits;
    const magnitude = value === 0 ? 0 : (exponent + 2 ** (exponentBits - 1) - 1) * 2 ** mantissaBits + mantissa;
    return magnitude + (value < 0 ? 0x8000 : 0);
  });
}

export function floats(values: Numbers, dtype: Dtype): Float32Array | Float64Array {
  return dtype === "float32" ? Float32Array.from(numbers(values)) : Float64Array.from(numbers(values));
}

export function numbers(values: Numbers): number[] {
  return values.map((value) =>
    typeof value === "number" ? value : value === "nan" ? NaN : value === "inf" ? Infinity : -Infinity,
  );
}

/**
 * How far a result is from the exact value, in units in the last place of its dtype at that value, or at the size of the
 * largest of its terms if they cancel.
 */
export function ulps(result: number, exact: number, dtype: Dtype, term = 0): number {
  const rounded = dtype === "float32" ? Math.fround(exact) : exact;
  if (Number.isNaN(exact)) return Number.isNaN(result) ? 0 : Infinity;
  if (!Number.isFinite(rounded)) return result === rounded ? 0 : Infinity;
  if (!Number.isFinite(result)) return Infinity;
  const [digits, minExponent] = dtype === "float32" ? [24, -126] : [53, -1022];
  const size = Math.max(Math.abs(exact), term);
  const exponent = size === 0 ? minExponent : Math.max(Math.floor(Math.log2(size)), minExponent);
  return Math.abs(result - exact) / 2 ** (exponent - digits + 1);
}

/** How far results may be from exact ones: losses, and the elements of the rest. */
export const tolerance = {
  float32: { loss: 1, elements: 2 },
  float64: { loss: 4, elements: 4 },
};

/**
 * Checks results of a case against exact ones, and for signs of zero against PyTorch's (not with soft targets, where they
 * are those that its order of summation happens to give).
 */
export function check<Field extends string>(
  results: ArrayLike<number>,
  golden: Case & Expected<Field> & Partial<LossCase>,
  field: Field,
  most: number,
): void {
  const exact = numbers(golden.exact[field]);
  const torch = numbers(golden.torch[field]);
  const terms = numbers(golden.terms?.[field] ?? []);
  const hasSigns = !golden.label_smoothing && !(golden.probabilities && field !== "loss");
  expect(results.length).toBe(exact.length);
  const wrong = exact.flatMap((value, i) => {
    const got = results[i] as number;
    const isZero = hasSigns && Object.is(value, 0) && torch[i] === 0;
    const right = ulps(got, value, golden.dtype, terms[i]) <= most && (!isZero || Object.is(got, torch[i]));
    return right ? [] : [{ i, got, exact: value, torch: torch[i], term: terms[i] }];
  });
  expect(wrong).toEqual([]);
}
