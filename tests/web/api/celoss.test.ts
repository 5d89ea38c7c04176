import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Tensor } from "../../../web/src/api/index.ts";
import { celoss, errorOf } from "./core.ts";
import { type Case, cases, check, type Expected, type Numbers, tensor, tolerance } from "./golden.ts";

interface SoftmaxCase extends Case, Expected<"softmax" | "log_softmax"> {
  logits: Numbers;
  torch: Record<"softmax" | "log_softmax" | "log_of_softmax", Numbers>;
}

interface SoftmaxDimCase
  extends Case,
    Expected<"softmax" | "log_softmax" | "softmax_backward" | "log_softmax_backward"> {
  logits: Numbers;
  dim: number;
  grad_output: Numbers;
}

/** Logits (N, C) of up to 6 rows and classes. */
function anyLogits(element: fc.Arbitrary<number>): fc.Arbitrary<number[][]> {
  return fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
    .chain(([N, C]) => fc.array(fc.array(element, { minLength: C, maxLength: C }), { minLength: N, maxLength: N }));
}

const ordinary = fc.double({ min: -100, max: 100, noNaN: true });

function rows({ data, shape }: Tensor): number[][] {
  const [N = 0, C = 0] = shape;
  return Array.from({ length: N }, (_, n) => [...data.subarray(n * C, (n + 1) * C)]);
}

describe("softmax, logSoftmax and log", () => {
  it.each(cases<SoftmaxCase>("softmax.json"))("are exact, and PyTorch's for NaN and infinities: $name", (it) => {
    const x = tensor(it.logits, it);
    const { elements } = tolerance[it.dtype];
    const softmax = celoss.softmax(x);
    check(softmax.data, it, "softmax", elements);
    check(celoss.logSoftmax(x).data, it, "log_softmax", elements);
    expect(softmax.shape).toEqual(it.shape);
    expect(softmax.dtype).toBe(it.dtype);
    const infinite = (values: ArrayLike<number>) => Array.from(values, (value) => value === -Infinity);
    expect(infinite(celoss.log(softmax).data)).toEqual(infinite(tensor(it.torch.log_of_softmax, it).data));
  });

  it.each(cases<SoftmaxDimCase>("softmax_dim.json"))("and their backwards go along any axis: $name", (it) => {
    const x = tensor(it.logits, it);
    const gradOutput = tensor(it.grad_output, it);
    const { elements } = tolerance[it.dtype];
    // Exact backwards are those of exact outputs, rounded to dtype.
    const softmax = tensor(it.exact.softmax, it);
    const logSoftmax = tensor(it.exact.log_softmax, it);
    for (const dim of [it.dim, it.dim < 0 ? it.dim + it.shape.length : it.dim - it.shape.length]) {
      check(celoss.softmax(x, { dim }).data, it, "softmax", elements);
      check(celoss.logSoftmax(x, { dim }).data, it, "log_softmax", elements);
      const softmaxBackward = celoss.softmaxBackward(gradOutput, softmax, { dim });
      expect(softmaxBackward).toMatchObject({ shape: it.shape, dtype: it.dtype });
      check(softmaxBackward.data, it, "softmax_backward", elements);
      check(celoss.logSoftmaxBackward(gradOutput, logSoftmax, { dim }).data, it, "log_softmax_backward", elements);
    }
  });

  it("go along the classes unless told: axis 1, or 0 if there is no other", () => {
    const data = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i));
    for (const shape of [[2, 3], [2, 3, 2], [1, 2, 3, 2], [12]]) {
      const x = {
        data: data.subarray(
          0,
          shape.reduce((a, b) => a * b),
        ),
        shape,
      };
      const dim = shape.length === 1 ? 0 : 1;
      for (const name of ["softmax", "logSoftmax", "naiveSoftmax"] as const) {
        expect(celoss[name](x)).toEqual(celoss[name](x, { dim }));
        expect(celoss[name](x, { dim: undefined })).toEqual(celoss[name](x, { dim }));
      }
      for (const name of ["softmaxBackward", "logSoftmaxBackward"] as const) {
        expect(celoss[name](x, x)).toEqual(celoss[name](x, x, { dim: dim - shape.length }));
      }
    }
  });

  it("take a number alone, as PyTorch does", () => {
    const x = { data: Float32Array.of(5), shape: [] };
    for (const dim of [undefined, 0, -1]) {
      expect(celoss.softmax(x, { dim })).toEqual({ data: Float32Array.of(1), shape: [], dtype: "float32" });
      expect(celoss.logSoftmax(x, { dim }).data[0]).toBe(0);
    }
  });

  it("take and give tensors of no elements", () => {
    for (const shape of [[0], [0, 3], [3, 0], [2 ** 30, 2 ** 30, 0, 2 ** 30, 2 ** 30]]) {
      const x = { data: new Float64Array(0), shape };
      for (let dim = 0; dim < shape.length; ++dim) {
        expect(celoss.softmax(x, { dim })).toEqual({ data: new Float64Array(0), shape, dtype: "float64" });
        expect(celoss.logSoftmaxBackward(x, x, { dim }).shape).toEqual(shape);
      }
    }
  });

  it.each<[string, () => unknown]>([
    ["dim: expected an integer, got the number 0.5", () => celoss.softmax([1], { dim: 0.5 })],
    ['dim: expected an integer, got the string "0"', () => celoss.softmax([1], { dim: "0" as never })],
    ['unknown option "axis"; the options are dim', () => celoss.logSoftmax([1], { axis: 0 } as never)],
    [
      "Dimension out of range (expected to be in range of [-1, 0], but got 1)",
      () => celoss.softmaxBackward([1], [1], { dim: 1 }),
    ],
    [
      "Expected tensor for argument #1 'grad' to have same size as tensor for argument #2 'output'; but [1, 2] does not " +
        "equal [2] (while checking arguments for softmax_backward)",
      () => celoss.softmaxBackward([[1, 2]], [1, 2]),
    ],
    [
      "Expected tensor for argument #1 'grad' to have same size as tensor for argument #2 'output'; but [2] does not " +
        "equal [3] (while checking arguments for log_softmax_backward)",
      () => celoss.logSoftmaxBackward([1, 2], [1, 2, 3]),
    ],
    [
      "expected scalar type Double but found Float",
      () => celoss.softmaxBackward({ data: Float64Array.of(1), shape: [1] }, [1]),
    ],
    [
      "output: expected nested arrays or { data, shape }, got undefined",
      () => celoss.softmaxBackward([1], undefined as never),
    ],
    [
      "gradOutput: expected nested arrays or { data, shape }, got null",
      () => celoss.softmaxBackward(null as never, [1]),
    ],
  ])("say: %s", (message, call) => {
    expect(errorOf(call).message).toBe(message);
  });

  it("sums to 1 in each row", () => {
    fc.assert(
      fc.property(anyLogits(ordinary), (x) => {
        for (const row of rows(celoss.softmax(x))) expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
      }),
    );
  });

  it("does not change when the same number is added to all logits of a row", () => {
    const halves = fc.integer({ min: -200, max: 200 }).map((n) => n / 2);
    fc.assert(
      fc.property(anyLogits(halves), halves, (x, shift) => {
        const shifted = x.map((row) => row.map((value) => value + shift));
        expect(celoss.logSoftmax(shifted)).toEqual(celoss.logSoftmax(x));
      }),
    );
  });

  it("reads nested arrays as float32 and keeps the precision of typed arrays", () => {
    const x = [0.1, 0.2];
    const float32 = celoss.log([x]);
    expect(float32).toEqual(celoss.log({ data: Float32Array.from(x), shape: [1, 2] }));
    expect(float32.dtype).toBe("float32");
    const float64 = celoss.log({ data: Float64Array.from(x), shape: [1, 2] });
    expect(float64).toEqual({ data: Float64Array.from(x, Math.log), shape: [1, 2], dtype: "float64" });
  });

  it("takes rows without classes and classes without rows", () => {
    expect(celoss.softmax([[], []])).toEqual({ data: new Float32Array(0), shape: [2, 0], dtype: "float32" });
    expect(celoss.logSoftmax({ data: new Float64Array(0), shape: [0, 3] })).toEqual({
      data: new Float64Array(0),
      shape: [0, 3],
      dtype: "float64",
    });
  });

  it("takes NaN and infinities from nested arrays", () => {
    expect([
      ...celoss.softmax([
        [NaN, 1],
        [-Infinity, 1],
        [Infinity, 1],
      ]).data,
    ]).toEqual([NaN, NaN, 0, 1, NaN, NaN]);
  });

  it("log takes any shape", () => {
    expect(celoss.log([1, 0, -1])).toEqual({ data: Float32Array.of(0, -Infinity, NaN), shape: [3], dtype: "float32" });
    expect(celoss.log([[[1]], [[1]]]).shape).toEqual([2, 1, 1]);
  });

  it("the two-step way loses a class that is 104 behind, in float32", () => {
    const x = [[104, 0]];
    expect(celoss.log(celoss.softmax(x)).data[1]).toBe(-Infinity);
    expect(celoss.logSoftmax(x).data[1]).toBe(-104);
  });

  it("naiveSoftmax overflows above 88.72 in float32, and not in float64", () => {
    expect(celoss.naiveSoftmax([[88.7, 0]]).data[0]).toBe(1);
    expect(celoss.naiveSoftmax([[88.73, 0]]).data[0]).toBeNaN();
    expect(celoss.naiveSoftmax({ data: Float64Array.of(88.73, 0), shape: [1, 2] }).data[0]).toBe(1);
  });
});

describe("floors", () => {
  it("are 0.5514, 1.5514 and 1.0986 for 3 classes", () => {
    const { doubleSoftmaxFloor, doubleSoftmaxCeiling, uniformLoss } = celoss.floors(3);
    expect(doubleSoftmaxFloor).toBeCloseTo(Math.log(1 + 2 / Math.E), 15);
    expect(doubleSoftmaxCeiling).toBeCloseTo(doubleSoftmaxFloor + 1, 15);
    expect(uniformLoss).toBeCloseTo(Math.log(3), 15);
  });

  it.each([0, -1, 1.5, NaN, "3", undefined])("refuses %s classes", (C) => {
    expect(errorOf(() => celoss.floors(C as number)).message).toMatch(/^C: expected a number of classes from 1, got /);
  });
});
