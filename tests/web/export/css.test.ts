// Values as the three engines write them.
import { describe, expect, it } from "vitest";
import { layers, length, paint, paintsOf } from "../../../web/src/export/css.ts";

describe("a paint", () => {
  it.each([
    ["rgb(0, 114, 178)", { color: "#0072b2", alpha: 1 }],
    ["rgba(0, 114, 178, 0.26)", { color: "#0072b2", alpha: 0.26 }],
    ["color(srgb 0 0.447059 0.698039 / 0.26)", { color: "#0072b2", alpha: 0.26 }],
    ["color(srgb 1 1e-7 0)", { color: "#ff0000", alpha: 1 }],
    ["rgba(0, 0, 0, 0)", null],
    ["none", null],
    ["", null],
  ])("%s", (css, expected) => {
    expect(paint(css)).toEqual(expected);
  });

  it("is found in a gradient", () => {
    const stripes = "repeating-linear-gradient(135deg, rgba(0, 0, 0, 0) 0px, rgb(255, 253, 248) 3px)";
    expect(paintsOf(stripes)).toEqual([null, { color: "#fffdf8", alpha: 1 }]);
  });
});

it("parts a list at its own commas only", () => {
  const feet = "linear-gradient(rgb(1, 2, 3), rgb(1, 2, 3))";
  expect(layers(`${feet}, none, ${feet}`)).toEqual([feet, "none", feet]);
  expect(layers("none")).toEqual(["none"]);
  expect(layers("6px 1px, 1px calc(100% - 4px)")).toEqual(["6px 1px", "1px calc(100% - 4px)"]);
});

it.each([
  ["auto", 200],
  ["6px", 6],
  ["50%", 100],
  ["calc(100% - 4px)", 196],
  ["calc(-4px + 100%)", 196],
  ["0px", 0],
])("%s of 200", (css, expected) => {
  expect(length(css, 200)).toBe(expected);
});
