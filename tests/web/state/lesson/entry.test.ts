import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Dtype } from "../../../../web/src/api/index.ts";
import { parseNumber } from "../../../../web/src/read/number.ts";
import { cast, entryOf, entryProblem, nudge, retype } from "../../../../web/src/state/lesson/entry.ts";

const dtypes = ["float32", "float64"] as const;
const good = { text: "0.5", value: 0.5 };

describe("entryProblem", () => {
  it.each([
    ["", "empty", "empty"],
    ["  ", "empty", "empty"],
    ["abc", "notANumber", "notANumber"],
    ["-", "notANumber", "notANumber"],
    ["1e400", "inf", "inf"],
    ["-1e400", "inf", "inf"],
    ["1e39", "inf", null],
    ["-3.5e38", "inf", null],
    ["3.4028235e38", null, null],
    ["3.4028235677973366e38", "inf", null],
    ["1e-400", null, null],
    ["inf", null, null],
    ["-inf", null, null],
    ["nan", null, null],
    [".5", null, null],
    ["1.", null, null],
    ["－1", null, null],
  ] as const)("of %j is %s in float32 and %s in float64", (text, float32, float64) => {
    expect(entryProblem(text, "float32")).toBe(float32);
    expect(entryProblem(text, "float64")).toBe(float64);
  });
});

describe("retype", () => {
  it.each(["", "abc", "-", "1e"])("keeps %j as typed, and the last good value", (text) => {
    expect(retype(good, text)).toEqual({ text, value: 0.5 });
  });

  it("keeps the last good value through several bad texts", () => {
    const typed = ["-", "-.", "-.x"].reduce((entry, text) => retype(entry, text), good);
    expect(typed).toEqual({ text: "-.x", value: 0.5 });
  });

  it("keeps a good text as typed too", () => {
    expect(retype(good, "－1.50")).toEqual({ text: "－1.50", value: -1.5 });
    expect(retype(good, "-inf")).toEqual({ text: "-inf", value: -Infinity });
    expect(retype(good, "1e39")).toEqual({ text: "1e39", value: 1e39 });
  });
});

describe("entryOf", () => {
  it.each([
    [Math.fround(0.1), "float32", { text: "0.1", value: 0.1 }],
    [Math.fround(0.1), "float64", { text: "0.10000000149011612", value: Math.fround(0.1) }],
    [NaN, "float32", { text: "nan", value: NaN }],
    [-Infinity, "float64", { text: "-inf", value: -Infinity }],
    [1e21, "float64", { text: "1e+21", value: 1e21 }],
  ] as const)("of %d in %s says its value", (value, dtype, entry) => {
    expect(entryOf(value, dtype)).toEqual(entry);
  });

  it.each([
    ["float32", fc.float()],
    ["float64", fc.double()],
  ] as [Dtype, fc.Arbitrary<number>][])("keeps every %s", (dtype, values) => {
    fc.assert(
      fc.property(values, (value) => {
        const entry = entryOf(value, dtype);
        expect(entryProblem(entry.text, dtype)).toBeNull();
        expect(entry.value).toBe(parseNumber(entry.text));
        expect(dtype === "float32" ? Math.fround(entry.value) : entry.value).toBe(value);
      }),
    );
  });
});

describe("cast", () => {
  it("keeps what both dtypes hold", () => {
    for (const dtype of dtypes) {
      expect(cast(good, dtype)).toEqual(good);
      expect(cast({ text: "abc", value: 0.5 }, dtype)).toEqual({ text: "abc", value: 0.5 });
      expect(cast({ text: "-inf", value: -Infinity }, dtype)).toEqual({ text: "-inf", value: -Infinity });
    }
  });

  it("makes inf of what is too large for float32, as PyTorch does", () => {
    expect(cast({ text: "1e39", value: 1e39 }, "float32")).toEqual({ text: "inf", value: Infinity });
    expect(cast({ text: "-1e39", value: -1e39 }, "float32")).toEqual({ text: "-inf", value: -Infinity });
  });
});

describe("nudge", () => {
  it.each([
    ["0.3", 0.1, "0.4"],
    ["0.7", 0.1, "0.8"],
    ["0.74594", 0.1, "0.84594"],
    ["0.74594", -1, "-0.25406"],
    ["1", 0.01, "1.01"],
    ["1.50", 0.1, "1.6"],
    ["0.1", -0.1, "0"],
    ["1e-3", 0.1, "0.101"],
    ["1e30", 0.1, "1e+30"],
    ["1e-7", 0.01, "0.0100001"],
    ["-3", 1, "-2"],
  ])("moves %s by %d to %s", (text, step, moved) => {
    const entry = { text, value: Number(text) };
    for (const dtype of dtypes) expect(nudge(entry, step, dtype)).toEqual({ text: moved, value: Number(moved) });
  });

  it.each(["", "abc"])("starts from the last good value when the text is %j, with all its digits", (text) => {
    expect(nudge({ text, value: 0.74594 }, 0.1, "float32")).toEqual({ text: "0.84594", value: 0.84594 });
  });

  it("of a number of the core keeps the digits that its text shows", () => {
    expect(nudge(entryOf(Math.fround(0.4962566), "float32"), 0.1, "float32").text).toBe("0.5962566");
  });

  it("leaves inf and nan where they are", () => {
    for (const value of [Infinity, -Infinity, NaN]) {
      const entry = entryOf(value, "float32");
      expect(nudge(entry, 0.1, "float32")).toBe(entry);
    }
  });

  it("back and forth arrives where it began, without binary noise", () => {
    const hundredths = fc.integer({ min: -99_999_999, max: 99_999_999 }).map((n) => n / 1e5);
    fc.assert(
      fc.property(hundredths, fc.constantFrom(0.01, 0.1, 1), fc.integer({ min: 1, max: 20 }), (value, step, times) => {
        const start = entryOf(value, "float64");
        let entry = start;
        for (let i = 0; i < times; i++) entry = nudge(entry, step, "float64");
        expect(entry.text.length).toBeLessThan(14);
        for (let i = 0; i < times; i++) entry = nudge(entry, -step, "float64");
        expect(entry).toEqual(start.value === 0 ? { text: "0", value: 0 } : start);
      }),
    );
  });
});
