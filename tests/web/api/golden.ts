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

export interface LossCase extends Case {
  target: number[];
  reduction: "none" | "mean" | "sum";
  ignore_index: number;
}

export function cases<C>(file: string): C[] {
  return JSON.parse(readFileSync(new URL(`../../golden/${file}`, import.meta.url), "utf8")).cases;
}

/** A tensor of golden numbers. */
export function tensor(values: Numbers, { shape, dtype }: Case): Tensor {
  return {
    data: dtype === "float32" ? Float32Array.from(numbers(values)) : Float64Array.from(numbers(values)),
    shape,
    dtype,
  };
}

export function numbers(values: Numbers): number[] {
  return values.map((value) =>
    typeof value === "number" ? value : value === "nan" ? NaN : value === "inf" ? Infinity : -Infinity,
  );
}

/** How far a result is from the exact value, in units in the last place of its dtype. */
export function ulps(result: number, exact: number, dtype: Dtype): number {
  const rounded = dtype === "float32" ? Math.fround(exact) : exact;
  if (Object.is(result, rounded)) return 0;
  if (!Number.isFinite(rounded) || !Number.isFinite(result)) return Infinity;
  const [digits, minExponent] = dtype === "float32" ? [24, -126] : [53, -1022];
  const exponent = exact === 0 ? minExponent : Math.max(Math.floor(Math.log2(Math.abs(exact))), minExponent);
  return Math.abs(result - exact) / 2 ** (exponent - digits + 1);
}

/** How far results may be from exact ones: losses, and the elements of the rest. */
export function tolerance(logits: Tensor): { loss: number; elements: number } {
  if (logits.dtype === "float32") return { loss: 1, elements: 2 };
  const [N = 0, C = 0] = logits.shape;
  let gap = 0;
  for (let n = 0; n < N; ++n) {
    const row = [...logits.data.subarray(n * C, (n + 1) * C)].filter(Number.isFinite);
    if (row.length > 0) gap = Math.max(gap, Math.min(Math.max(...row) - Math.min(...row), 746));
  }
  const elements = 4 + gap + C / 2;
  return { loss: elements + N / 2, elements };
}

/** Checks a result against the exact one, and for NaN and infinities against PyTorch's. */
export function check(result: ArrayLike<number>, exact: Numbers, torch: Numbers, dtype: Dtype, most: number): void {
  expect(result.length).toBe(exact.length);
  const wrong = numbers(exact).flatMap((value, i) => {
    const got = result[i] as number;
    const reference = numbers(torch)[i] as number;
    const right =
      ulps(got, value, dtype) <= most &&
      Number.isNaN(got) === Number.isNaN(reference) &&
      (Number.isFinite(got) || !Number.isFinite(reference));
    return right ? [] : [{ i, got, exact: value, torch: reference }];
  });
  expect(wrong).toEqual([]);
}
