import { describe, expect, it } from "vitest";
import { errorOf } from "../api/core.ts";
import { type Case, cases, tensor } from "../api/golden.ts";
import { lab } from "./core.ts";

describe("negLogCurve", () => {
  it("goes from pMin to 1, evenly spaced in the loss", () => {
    const { p, loss } = lab.negLogCurve(Math.exp(-4), 5);
    expect(p.dtype).toBe("float64");
    expect(p.shape).toEqual([5]);
    [4, 3, 2, 1, 0].forEach((value, i) => {
      expect(loss.data[i]).toBeCloseTo(value, 14);
      expect(p.data[i]).toBeCloseTo(Math.exp(-value), 14);
    });
  });

  it.each([0, 1, -1, NaN, "0.5"])("refuses to begin at p = %s", (pMin) => {
    expect(errorOf(() => lab.negLogCurve(pMin as number, 5)).message).toMatch(
      /^pMin: expected a number between 0 and 1/,
    );
  });

  it.each([1, 0, -1, 2.5, NaN, 2 ** 31])("refuses %s points", (points) => {
    expect(errorOf(() => lab.negLogCurve(0.5, points)).message).toBe(
      `points: expected an integer from 2 to 1073741824, got the number ${points}`,
    );
  });
});

describe("sharpen and raiseLargest", () => {
  it("sharpen multiplies", () => {
    expect(
      lab.sharpen(
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
    expect(lab.raiseLargest([1, 3, 2], 104)).toEqual({
      data: Float32Array.of(1, 106, 2),
      shape: [3],
      dtype: "float32",
    });
    const row = { data: Float64Array.of(0, 200), shape: [2] };
    expect(lab.raiseLargest(row, 104)).toEqual({ ...row, dtype: "float64" });
  });

  it("say what they need", () => {
    expect(errorOf(() => lab.sharpen([[1]], "2" as never)).message).toBe(
      'sharpness: expected a number, got the string "2"',
    );
    expect(errorOf(() => lab.raiseLargest([1], undefined as never)).message).toBe(
      "gap: expected a number, got undefined",
    );
    expect(errorOf(() => lab.raiseLargest([[1, 2]], 1)).message).toBe("row: expected one row of shape (C), got [1, 2]");
  });
});

describe("rand", () => {
  interface RandomCase extends Case {
    seed: number;
    data: number[];
  }

  it.each(cases<RandomCase>("random.json"))("is torch.rand bit for bit: $name", ({ seed, dtype, shape, data }) => {
    expect(lab.rand(shape, { seed, dtype })).toEqual(tensor(data, { dtype, shape }));
  });

  it("is float32 unless told", () => {
    expect(lab.rand([2], { seed: 0 }).dtype).toBe("float32");
  });

  it("makes scalars and nothing", () => {
    expect(lab.rand([], { seed: 0 }).data.length).toBe(1);
    expect(lab.rand([3, 0], { seed: 0 })).toEqual({ data: new Float32Array(0), shape: [3, 0], dtype: "float32" });
  });

  it.each([
    [() => lab.rand([2], {} as never), "seed: expected an integer from 0 to 4294967295, got undefined"],
    [
      () => lab.rand([2], { seed: 2 ** 32 }),
      "seed: expected an integer from 0 to 4294967295, got the number 4294967296",
    ],
    [
      () => lab.rand([2], { seed: 1, dtype: "float16" as never }),
      'dtype: expected "float32" or "float64", got the string "float16"',
    ],
    [() => lab.rand([2], { seed: 1, sede: 2 } as never), 'unknown option "sede"; the options are seed, dtype'],
    [() => lab.rand(3 as never, { seed: 1 }), "shape: expected an array of sizes, got the number 3"],
    [() => lab.rand([-1, 2], { seed: 1 }), "shape: Trying to create tensor with negative dimension -1: [-1, 2]"],
    [() => lab.rand([1.5], { seed: 1 }), "shape[0]: expected an integer from 0 to 1073741824, got the number 1.5"],
    [() => lab.rand(Array(65).fill(1), { seed: 1 }), "shape: more than 64 dimensions"],
  ])("refuses wrong arguments (%#)", (call, message) => {
    expect(errorOf(call).message).toBe(message);
  });
});
