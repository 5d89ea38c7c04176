// float16 and bfloat16, given as bits.
import { describe, expect, it } from "vitest";
import { widened } from "../../../web/src/api/halves.ts";
import { celoss, errorOf } from "./core.ts";
import { cases, floats, type Numbers } from "./golden.ts";

interface HalvesCase {
  name: string;
  dtype: "float16" | "bfloat16";
  bits: number[];
  value: Numbers;
}

const golden = cases<HalvesCase>("halves.json");

/** What the bits are by definition, in float64: sign, exponent and mantissa of a number of 16 bits. */
function numberOf(bits: number, exponentBits: number): number {
  const mantissaBits = 15 - exponentBits;
  const bias = 2 ** (exponentBits - 1) - 1;
  const exponent = (bits >> mantissaBits) & (2 ** exponentBits - 1);
  const mantissa = bits & (2 ** mantissaBits - 1);
  const sign = bits < 0x8000 ? 1 : -1;
  if (exponent === 2 ** exponentBits - 1) return mantissa === 0 ? sign * Infinity : NaN;
  return exponent === 0
    ? sign * mantissa * 2 ** (1 - bias - mantissaBits)
    : sign * (1 + mantissa / 2 ** mantissaBits) * 2 ** (exponent - bias);
}

describe.each(golden)("$dtype", ({ dtype, bits, value }) => {
  const data = Uint16Array.from(bits);
  const same = floats(value, "float32") as Float32Array;

  it("is in float32 what PyTorch makes of it", () => {
    expect(widened(data, dtype)).toEqual(same);
  });

  it("is in float32 the same number, all 65,536 of them", () => {
    const all = Uint16Array.from({ length: 2 ** 16 }, (_, i) => i);
    const wide = widened(all, dtype);
    const wrong = all.filter((i) => !Object.is(wide[i], numberOf(i, dtype === "float16" ? 5 : 8)));
    expect([...wrong]).toEqual([]);
  });

  it("is taken wherever float32 is, and gives what that gives", () => {
    const half = (length: number, shape: number[]) => ({ data: data.subarray(60, 60 + length), shape, dtype });
    const wide = (length: number, shape: number[]) => ({ data: same.subarray(60, 60 + length), shape });
    const results = (tensor: typeof half | typeof wide) => {
      const x = tensor(12, [4, 3]);
      const options = {
        gradient: true,
        weight: tensor(3, [3]),
        reduction: "none",
        gradOutput: tensor(4, [4]),
      } as const;
      return [
        celoss.crossEntropy(x, [0, 1, 2, 0], options),
        celoss.crossEntropy(x, tensor(12, [4, 3]), { ...options, labelSmoothing: 0.25 }),
        celoss.nllLoss(x, [0, 1, 2, 0], options),
        celoss.softmax(x),
        celoss.logSoftmax(x, { dim: 0 }),
        celoss.softmaxBackward(x, x),
        celoss.log(x),
        celoss.naiveSoftmax(x),
      ];
    };
    expect(results(half)).toEqual(results(wide));
  });

  it("is promoted with probabilities of another type, and is another type than a weight of float32", () => {
    const x = { data: data.subarray(60, 63), shape: [1, 3], dtype };
    const wide = { data: same.subarray(60, 63), shape: [1, 3] };
    const q = { data: Float64Array.of(0.2, 0.3, 0.5), shape: [1, 3] };
    expect(celoss.crossEntropy(x, q, { gradient: true })).toEqual(celoss.crossEntropy(wide, q, { gradient: true }));
    const found = dtype === "float16" ? "Half" : "BFloat16";
    const messageOf = (call: () => unknown) => errorOf(call).message;
    expect(messageOf(() => celoss.crossEntropy(x, [0], { weight: [1, 1, 1], gradient: true }))).toBe(
      `expected scalar type ${found} but found Float`,
    );
    expect(messageOf(() => celoss.crossEntropy(wide, [0], { weight: { ...x, shape: [3] } }))).toBe(
      `expected scalar type Float but found ${found}`,
    );
    expect(messageOf(() => celoss.crossEntropy(wide, { ...x, shape: [1, 1, 3] }))).toMatch(/multi-target/);
    expect(messageOf(() => celoss.softmaxBackward(x, wide))).toBe(`expected scalar type ${found} but found Float`);
    expect(messageOf(() => celoss.crossEntropy(x, [0], { gradient: x as never }))).toBe(
      `expected scalar type Float but found ${found}`,
    );
  });
});
