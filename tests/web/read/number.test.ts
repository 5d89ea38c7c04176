import { describe, expect, it } from "vitest";
import { isNonFinite, parseNumber } from "../../../web/src/read/number.ts";

describe("parseNumber", () => {
  it.each([
    ["0.5", 0.5],
    [".5", 0.5],
    ["1.", 1],
    ["+2", 2],
    ["-1e-3", -0.001],
    ["1E3", 1000],
    ["1.e+2", 100],
    ["007", 7],
    [" 0.5\t", 0.5],
    ["-0", -0],
    ["−0.5", -0.5],
    ["－0.5", -0.5],
    ["–0.5", -0.5],
    ["０．２５", 0.25],
    ["＋１ｅ－２", 0.01],
    ["1e400", Infinity],
    ["inf", Infinity],
    ["+inf", Infinity],
    ["-Inf", -Infinity],
    ["−inf", -Infinity],
    ["NaN", NaN],
    ["-nan", NaN],
    ["Infinity", Infinity],
    ["-infinity", -Infinity],
    ["np.nan", NaN],
    ["-np.inf", -Infinity],
    ["math.inf", Infinity],
    ['float("inf")', Infinity],
    ["-float('inf')", -Infinity],
    ["float('-inf')", -Infinity],
    ["1d-3", 0.001],
  ])("reads %j as %d", (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each(
    [
      "",
      " ",
      "abc",
      "-",
      "+",
      ".",
      "e5",
      "1e",
      "1e+",
      "--1",
      "1-",
      "1 2",
      "1,5",
      "1..2",
      "0x10",
      "1_000",
      "½",
      "10²",
    ].concat(["np.pi", "float(1)", "infinit", "none", "constructor", "__proto__", "一"]),
  )("does not read %j", (text) => {
    expect(parseNumber(text)).toBeNull();
  });
});

it("tells inf and nan from numbers that are too large", () => {
  expect(["inf", "+inf", " -INF ", "−inf", "ＮａＮ"].filter((text) => !isNonFinite(text))).toEqual([]);
  expect(["1e400", "0.5", "", "infinit"].filter(isNonFinite)).toEqual([]);
});
