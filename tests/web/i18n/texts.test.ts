import { describe, expect, it } from "vitest";
import { figure } from "../../../web/src/format/fixed.ts";
import { texts } from "../../../web/src/i18n/index.ts";
import { MAX_CLASSES, MAX_SAMPLES, MIN_CLASSES } from "../../../web/src/state/lesson/limits.ts";
import { lab } from "../lab/core.ts";
import { leavesOf, pathsUsedIn, said } from "./leaves.ts";

const languages = ["en", "zh"] as const;
const web = new URL("../../../web/", import.meta.url);

describe("the texts", () => {
  it("are the same in both languages: names, order, kinds and numbers of arguments", () => {
    const shapeOf = (language: "en" | "zh") =>
      leavesOf(texts[language]).map(
        ([path, leaf]) => `${path}: ${typeof leaf} ${leaf.length * +(typeof leaf === "function")}`,
      );
    expect(shapeOf("zh")).toEqual(shapeOf("en"));
  });

  it.each(languages)("are nowhere empty, and nowhere unfinished: %s", (language) => {
    const bad = leavesOf(texts[language]).filter(
      ([, leaf]) => !/\S/.test(said(leaf)) || /undefined|\[object/.test(said(leaf)),
    );
    expect(bad).toEqual([]);
  });

  it.each(languages)("have their backticks in pairs: %s", (language) => {
    const odd = leavesOf(texts[language]).filter(([, leaf]) => said(leaf).split("`").length % 2 === 0);
    expect(odd).toEqual([]);
  });

  it("are in two languages", () => {
    const same = leavesOf(texts.en).filter(([, leaf], i) => {
      const other = leavesOf(texts.zh)[i]?.[1];
      return said(leaf) === said(other ?? "") && /[a-z]{3} [a-z]{2}/.test(said(leaf));
    });
    expect(same).toEqual([]);
  });

  it("are all used", () => {
    const used = new Set([...pathsUsedIn(new URL("src/", web)), ...pathsUsedIn(new URL("plugins/", web))]);
    const unused = leavesOf(texts.en)
      .map(([path]) => path)
      .filter((path) => ![path, path.replace(/\w+$/, "*"), path.replace(/^\w+/, "*")].some((name) => used.has(name)));
    expect(unused).toEqual([]);
  });
});

/** Where a property of a number begins to hold, between two numbers. */
function threshold(low: number, high: number, holds: (value: number) => boolean): number {
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

const tensor = (dtype: "float32" | "float64", ...row: number[]) => ({
  data: dtype === "float32" ? Float32Array.from(row) : Float64Array.from(row),
  shape: [1, row.length],
});
const overflows = (dtype: "float32" | "float64") => (x: number) =>
  Number.isNaN(lab.naiveSoftmax(tensor(dtype, x, 0)).data[0]);

describe("the numbers in the texts", () => {
  const computed = {
    "0.6931": figure(-(lab.log([0.5]).data[0] ?? NaN)),
    "103.97": threshold(100, 110, (gap) => lab.log(lab.softmax([[gap, 0]])).data[1] === -Infinity).toFixed(2),
    "88.72": threshold(80, 90, overflows("float32")).toFixed(2),
    "88.73": overflows("float32")(88.73) ? "88.73" : "not yet",
    "745.13": threshold(740, 750, (gap) => {
      const probs = lab.softmax({ data: Float64Array.of(gap, 0), shape: [1, 2] });
      return lab.log(probs).data[1] === -Infinity;
    }).toFixed(2),
    "709.78": threshold(700, 720, overflows("float64")).toFixed(2),
  };
  const versions = ["1.13.1", "2.14.1"];

  it("are what the core computes", () => {
    expect(Object.values(computed)).toEqual(Object.keys(computed));
  });

  it.each(languages)("are these and no others: %s", (language) => {
    const quoted = leavesOf(texts[language]).flatMap(([, leaf]) => leaf.toString().match(/\d+(\.\d+)+/g) ?? []);
    expect([...new Set(quoted)].sort()).toEqual([...Object.keys(computed), ...versions].sort());
  });

  it.each(languages)("say how much the page holds: %s", (language) => {
    const numbers = texts[language].data.matrix.size(11, 12).match(/\d+/g)?.map(Number);
    expect(numbers).toEqual([11, 12, 1, MAX_SAMPLES, MIN_CLASSES, MAX_CLASSES]);
  });
});

describe("lists", () => {
  it("are written as each language writes them", () => {
    expect(
      [[1], [0, 1], [0, 1, 2]].map(texts.en.data.notices.labelsLost).map((text) => text.split(" is gone")[0]),
    ).toEqual([
      "The class that was the label of sample 1",
      "The class that was the label of samples 0 and 1",
      "The class that was the label of samples 0, 1 and 2",
    ]);
    expect(texts.zh.data.notices.labelsLost([0, 1, 2])).toMatch(/^样本 0、1、2 的标签/);
    expect(texts.en.data.predictions([1])).toMatch(/row 1 is not at the label: that prediction is wrong/);
    expect(texts.en.data.predictions([1, 2])).toMatch(/rows 1 and 2 .* those predictions are wrong/);
    expect(texts.en.data.predictions([])).toMatch(/every prediction is right/);
    expect(texts.zh.data.predictions([])).toMatch(/预测全对/);
  });
});
