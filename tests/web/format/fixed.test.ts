import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allDigits, figure, nonFinite, toExponential, toFixed } from "../../../web/src/format/fixed.ts";
import { cases } from "../api/golden.ts";

interface FormattedCase {
  name: string;
  value: number;
  fixed: string[];
  exponential: string[];
}

describe("toFixed and toExponential", () => {
  it.each(cases<FormattedCase>("formatted.json"))("write what Python writes: $name", (it) => {
    if (Math.abs(it.value) < 1e21) {
      expect(it.fixed.map((_, decimals) => toFixed(it.value, decimals))).toEqual(it.fixed);
    }
    expect(it.exponential.map((_, decimals) => toExponential(it.value, decimals))).toEqual(it.exponential);
  });
});

describe("figure", () => {
  it.each([
    [1.06457, "1.0646"],
    [-0.96324, "-0.9632"],
    [0.03125, "0.0312"],
    [2, "2.0000"],
    [0, "0.0000"],
    [-0, "0.0000"],
    [-0.00004, "0.0000"],
    [-0.00006, "-0.0001"],
    [1e-9, "0.0000"],
    [-999999, "-999999.0000"],
    [1e6, "1.00e+06"],
    [-3.4e38, "-3.40e+38"],
    [1e300, "1.00e+300"],
    [Infinity, "inf"],
    [-Infinity, "-inf"],
    [NaN, "nan"],
  ])("writes %d as %s", (value, text) => {
    expect(figure(value)).toBe(text);
  });
});

describe("allDigits", () => {
  it.each([
    [Math.fround(0.1), "float32", "0.1"],
    [Math.fround(0.1), "float64", "0.10000000149011612"],
    [0.1, "float64", "0.1"],
    [Math.fround(1.0645710229873657), "float32", "1.064571"],
    [16777216, "float32", "16777216"],
    [2 ** -149, "float32", "1e-45"],
    [-0, "float32", "-0"],
    [-0, "float64", "-0"],
    [-Infinity, "float32", "-inf"],
    [NaN, "float64", "nan"],
  ] as const)("of %d as %s are %s", (value, dtype, text) => {
    expect(allDigits(value, dtype)).toBe(text);
  });

  it("read back as the same float32, and none is too many", () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = allDigits(value, "float32");
        expect(Math.fround(Number(text))).toBe(value);
        const digits = (text.split("e")[0] as string).replace(/\D/g, "").replace(/^0+/, "").replace(/0+$/, "").length;
        if (digits > 1) expect(Math.fround(Number(value.toPrecision(digits - 1)))).not.toBe(value);
      }),
    );
  });

  it("read back as the same float64", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(allDigits(value, "float64"))).toBe(value);
      }),
    );
  });
});

describe("nonFinite", () => {
  it("spells infinities and NaN as PyTorch does", () => {
    expect([Infinity, -Infinity, NaN].map(nonFinite)).toEqual(["inf", "-inf", "nan"]);
  });
});
