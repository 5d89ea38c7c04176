import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Tensor } from "../../../web/src/api/index.ts";
import { celoss, errorOf } from "./core.ts";
import { type Case, cases, check, type Numbers, tensor, tolerance } from "./golden.ts";

interface SoftmaxCase extends Case {
  logits: Numbers;
  torch: Record<"softmax" | "log_softmax" | "log_of_softmax", Numbers>;
  exact: Record<"softmax" | "log_softmax", Numbers>;
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
  const golden = cases<SoftmaxCase>("softmax.json");

  it.each(golden.filter(({ shape }) => shape.length === 2))(
    "are exact, and PyTorch's for NaN and infinities: $name",
    (it) => {
      const x = tensor(it.logits, it);
      const { elements } = tolerance(x);
      const softmax = celoss.softmax(x);
      check(softmax.data, it.exact.softmax, it.torch.softmax, it.dtype, elements);
      check(celoss.logSoftmax(x).data, it.exact.log_softmax, it.torch.log_softmax, it.dtype, elements);
      expect(softmax.shape).toEqual(it.shape);
      expect(softmax.dtype).toBe(it.dtype);
      const infinite = (values: ArrayLike<number>) => Array.from(values, (value) => value === -Infinity);
      expect(infinite(celoss.log(softmax).data)).toEqual(infinite(tensor(it.torch.log_of_softmax, it).data));
    },
  );

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
    expect(celoss.sharpen([x], 1)).toEqual({ data: Float32Array.from(x), shape: [1, 2], dtype: "float32" });
    const float64 = { data: Float64Array.from(x), shape: [1, 2], dtype: "float64" } as const;
    expect(celoss.sharpen({ data: float64.data, shape: [1, 2] }, 1)).toEqual(float64);
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

  it.each(["softmax", "logSoftmax", "naiveSoftmax"] as const)("%s refuses other shapes than (N, C)", (name) => {
    const error = errorOf(() => celoss[name]([1, 2, 3]));
    expect(error.code).toBe("not_supported");
    expect(error.message).toBe("x of shape [3]: other shapes than (N, C) are not yet supported");
    expect(errorOf(() => celoss[name]([[[1]]])).message).toMatch(/^x of shape \[1, 1, 1\].*not yet supported$/);
    expect(errorOf(() => celoss[name]([])).message).toMatch(/^x of shape \[0\].*not yet supported$/);
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

describe("negLogCurve", () => {
  it("goes from pMin to 1, evenly spaced in the loss", () => {
    const { p, loss } = celoss.negLogCurve(Math.exp(-4), 5);
    expect(p.dtype).toBe("float64");
    expect(p.shape).toEqual([5]);
    [4, 3, 2, 1, 0].forEach((value, i) => {
      expect(loss.data[i]).toBeCloseTo(value, 14);
      expect(p.data[i]).toBeCloseTo(Math.exp(-value), 14);
    });
  });

  it.each([0, 1, -1, NaN, "0.5"])("refuses to begin at p = %s", (pMin) => {
    expect(errorOf(() => celoss.negLogCurve(pMin as number, 5)).message).toMatch(
      /^pMin: expected a number between 0 and 1/,
    );
  });

  it.each([1, 0, -1, 2.5, NaN, 2 ** 31])("refuses %s points", (points) => {
    expect(errorOf(() => celoss.negLogCurve(0.5, points)).message).toBe(
      `points: expected an integer from 2 to 1073741824, got the number ${points}`,
    );
  });
});

describe("sharpen and raiseLargest", () => {
  it("sharpen multiplies", () => {
    expect(
      celoss.sharpen(
        [
          [1, -2],
          [0.5, 0],
        ],
        3,
      ),
    ).toEqual({
      data: Float32Array.of(3, -6, 1.5, 0),
      shape: [2, 2],
      dtype: "float32",
    });
  });

  it("raiseLargest opens a gap in one row, in its dtype", () => {
    expect(celoss.raiseLargest([1, 3, 2], 104)).toEqual({
      data: Float32Array.of(1, 106, 2),
      shape: [3],
      dtype: "float32",
    });
    const row = { data: Float64Array.of(0, 200), shape: [2] };
    expect(celoss.raiseLargest(row, 104)).toEqual({ ...row, dtype: "float64" });
  });

  it("say what they need", () => {
    expect(errorOf(() => celoss.sharpen([[1]], "2" as never)).message).toBe(
      'sharpness: expected a number, got the string "2"',
    );
    expect(errorOf(() => celoss.raiseLargest([1], undefined as never)).message).toBe(
      "gap: expected a number, got undefined",
    );
    expect(errorOf(() => celoss.raiseLargest([[1, 2]], 1)).message).toBe(
      "row: expected one row of shape (C), got [1, 2]",
    );
  });
});

describe("rand", () => {
  interface RandomCase extends Case {
    seed: number;
    data: number[];
  }

  it.each(cases<RandomCase>("random.json"))("is torch.rand bit for bit: $name", ({ seed, dtype, shape, data }) => {
    expect(celoss.rand(shape, { seed, dtype })).toEqual(tensor(data, { name: "", dtype, shape }));
  });

  it("is float32 unless told", () => {
    expect(celoss.rand([2], { seed: 0 }).dtype).toBe("float32");
  });

  it("makes scalars and nothing", () => {
    expect(celoss.rand([], { seed: 0 }).data.length).toBe(1);
    expect(celoss.rand([3, 0], { seed: 0 })).toEqual({ data: new Float32Array(0), shape: [3, 0], dtype: "float32" });
  });

  it.each([
    [() => celoss.rand([2], {} as never), "seed: expected an integer from 0 to 4294967295, got undefined"],
    [
      () => celoss.rand([2], { seed: 2 ** 32 }),
      "seed: expected an integer from 0 to 4294967295, got the number 4294967296",
    ],
    [
      () => celoss.rand([2], { seed: 1, dtype: "float16" as never }),
      'dtype: expected "float32" or "float64", got the string "float16"',
    ],
    [() => celoss.rand([2], { seed: 1, sede: 2 } as never), 'unknown option "sede"; the options are seed, dtype'],
    [() => celoss.rand(3 as never, { seed: 1 }), "shape: expected an array of sizes, got the number 3"],
    [() => celoss.rand([-1, 2], { seed: 1 }), "shape: Trying to create tensor with negative dimension -1: [-1, 2]"],
    [() => celoss.rand([1.5], { seed: 1 }), "shape[0]: expected an integer from 0 to 1073741824, got the number 1.5"],
    [() => celoss.rand(Array(65).fill(1), { seed: 1 }), "shape: more than 64 dimensions"],
  ])("refuses wrong arguments (%#)", (call, message) => {
    expect(errorOf(call).message).toBe(message);
  });
});
