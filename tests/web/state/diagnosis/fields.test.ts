import { describe, expect, it } from "vitest";
import { readAccuracy, readFraction, readLoss, readWhole } from "../../../../web/src/state/diagnosis/fields.ts";

describe("a field takes", () => {
  it.each([
    ["1.4612", { value: 1.4612, decimals: 4 }],
    [" 2 ", { value: 2, decimals: 0 }],
    ["1.50", { value: 1.5, decimals: 2 }],
    ["5.5e-3", { value: 0.0055, decimals: 4 }],
    ["5e2", { value: 500, decimals: 0 }],
    ["−0.25", { value: -0.25, decimals: 2 }],
    ["０．５", { value: 0.5, decimals: 1 }],
    ["nan", { value: Number.NaN, decimals: 0 }],
    ["0.55.1", null],
    ["0,55", null],
    ["1 0", null],
    ["loss", null],
  ])("a loss: %s", (typed, loss) => expect(readLoss(typed)).toEqual(loss));

  it.each([
    ["0.99", { value: 0.99, decimals: 2 }],
    ["99 %", { value: 0.99, decimals: 2 }],
    ["98.6%", { value: 0.986, decimals: 3 }],
    ["100%", { value: 1, decimals: 2 }],
    ["1", { value: 1, decimals: 0 }],
    ["99", null],
    ["-0.1", null],
    ["101 %", null],
    ["nan", null],
  ])("an accuracy: %s", (typed, accuracy) => expect(readAccuracy(typed)).toEqual(accuracy));

  it.each([
    ["10", 10],
    ["-100", -100],
    ["1.0", null],
    ["0, 2, 1", null],
    ["9007199254740993", null],
  ])("a whole number: %s", (typed, value) => expect(readWhole(typed)).toBe(value));

  it("a number of classes", () => expect([readWhole("0", 1), readWhole("1", 1)]).toEqual([null, 1]));

  it.each([
    ["0.1", 0.1],
    ["1", 1],
    ["1.1", null],
    ["-0", -0],
    ["nan", null],
  ])("a fraction: %s", (typed, value) => expect(readFraction(typed)).toBe(value));
});
