import { describe, expect, it } from "vitest";
import { figure } from "../../../../web/src/format/fixed.ts";
import { type CellRef, cell, cellKey, type TensorId } from "../../../../web/src/state/lesson/cell.ts";
import { valueAt } from "../../../../web/src/state/lesson/derive.ts";
import { explain, operandsOf, type Part, sentence } from "../../../../web/src/state/lesson/explain.ts";
import { allCells, sources } from "../../../../web/src/state/lesson/provenance.ts";
import type { State } from "../../../../web/src/state/lesson/state.ts";
import { evaluate } from "./formula.ts";
import { modelOf, noteStates, shapedStates } from "./models.ts";
import { pasted, play, start } from "./play.ts";

const shifted = play(start, { type: "setShifted", shifted: true });
const sum = play(start, { type: "setReduction", reduction: "sum" });
const none = play(start, { type: "setReduction", reduction: "none" });
const single = play(start, pasted("0 -1"));

const explained = (state: State, of: CellRef) => explain(modelOf(state), of);

function formulaOf(state: State, of: CellRef): string {
  return (
    explained(state, of)
      ?.map((part) => (typeof part === "string" ? part : part.text))
      .join("") ?? ""
  );
}

describe("the formula", () => {
  it.each<[State, TensorId, number, number, string]>([
    [start, "x", 0, 0, "x[0, 0] = 0.7459"],
    [start, "target", 1, 0, "y[1] = 1"],
    [start, "rowMax", 1, 0, "max(0.2894, 0.0568, 0.3439) = 0.3439"],
    [start, "shifted", 0, 1, "0.5881 − 0.7459 = -0.1579"],
    [single, "shifted", 0, 1, "-1.0000 − 0.0000 = -1.0000"],
    [start, "exp", 0, 1, "exp(-0.1579) = 0.8540"],
    [start, "sum", 0, 0, "1.0000 + 0.8540 + 0.7661 = 2.6200"],
    [start, "softmax", 0, 0, "exp(0.7459) / (exp(0.7459) + exp(0.5881) + exp(0.4795)) = 0.3817"],
    [shifted, "softmax", 0, 0, "1.0000 / 2.6200 = 0.3817"],
    [start, "logOfSoftmax", 0, 0, "log(0.3817) = -0.9632"],
    [start, "logSoftmax", 0, 0, "0.7459 − log(exp(0.7459) + exp(0.5881) + exp(0.4795)) = -0.9632"],
    [start, "picked", 2, 0, "log_p[2, 1] = -0.9512"],
    [start, "pickedSum", 0, 0, "(-0.9632) + (-1.2794) + (-0.9512) = -3.1938"],
    [start, "lossByHand", 0, 0, "|-3.1938 / 3| = 1.0646"],
    [sum, "lossByHand", 0, 0, "|-3.1938| = 3.1938"],
    [start, "nllLoss", 0, 0, "−((-0.9632) + (-1.2794) + (-0.9512)) / 3 = 1.0646"],
    [sum, "nllLoss", 0, 0, "−((-0.9632) + (-1.2794) + (-0.9512)) = 3.1938"],
    [none, "nllLoss", 1, 0, "−(-1.2794) = 1.2794"],
    [start, "losses", 1, 0, "−(-1.2794) = 1.2794"],
    [start, "loss", 0, 0, "(0.9632 + 1.2794 + 0.9512) / 3 = 1.0646"],
    [sum, "loss", 0, 0, "0.9632 + 1.2794 + 0.9512 = 3.1938"],
    [none, "loss", 2, 0, "0.9512 = 0.9512"],
    [single, "loss", 0, 0, "0.3133 = 0.3133"],
    [start, "gradLogits", 0, 0, "(0.3817 − 1) / 3 = -0.2061"],
    [start, "gradLogits", 0, 1, "0.3259 / 3 = 0.1086"],
    [sum, "gradLogits", 0, 0, "0.3817 − 1 = -0.6183"],
    [start, "frontSoftmax", 0, 1, "exp(0.3259) / (exp(0.3817) + exp(0.3259) + exp(0.2924)) = 0.3307"],
    [start, "frontLoss", 0, 0, "(−log(0.3496) − log(0.3152) − log(0.3511)) / 3 = 1.0840"],
    [none, "frontLoss", 1, 0, "−log(0.3152) = 1.1545"],
    [
      sum,
      "frontGradLogits",
      0,
      1,
      "0.3259 · (0.3307 − (0.3817 · (0.3496 − 1) + 0.3259 · 0.3307 + 0.2924 · 0.3197)) = 0.1231",
    ],
  ])("%# of $1 $2 $3: $4", (state, tensor, row, column, formula) => {
    expect(formulaOf(state, cell(tensor, row, column))).toBe(formula);
  });
});

describe.each([...noteStates, ...shapedStates])("every number of $name", ({ state }) => {
  const model = modelOf(state);
  const cells = allCells(model.graph);

  it("has an explanation, whose formula is its value: exactly, and to rounding as it is written", () => {
    for (const of of cells) {
      const value = valueAt(model, of) ?? NaN;
      const parts = explain(model, of) as Part[];
      const text = (exact: boolean) =>
        parts.map((part) => (typeof part === "string" ? part : exact ? valueAt(model, part.cell) : part.text)).join("");
      expect(text(false).split(" = ").at(-1)).toBe(of.tensor === "target" ? String(value) : figure(value));
      if (sources(of, model.graph).length === 0) continue;
      // A picked number is named by its place in log_p, and has no operands to compute with.
      const written = of.tensor === "picked" ? value : evaluate(text(false).split(" = ").at(-2) as string);
      const exact = evaluate(text(true).split(" = ").at(-2) as string);
      expect(Math.abs(exact - value), text(true)).toBeLessThan(1e-6 * Math.max(1, Math.abs(value)));
      const rounding = 5e-5 * (1 + parts.length);
      // A logarithm and an exponential make more of an operand's rounding.
      const slope = /log\(/.test(text(false)) ? Math.exp(Math.abs(value)) : Math.max(1, Math.abs(value));
      expect(Math.abs(written - value), text(false)).toBeLessThan(rounding * slope);
    }
  });

  it("names in its formula the cells that it is made of, and no others", () => {
    for (const of of cells) {
      const parts = explain(model, of) as Part[];
      const named = parts.slice(0, -1).flatMap((part) => (typeof part === "string" ? [] : [cellKey(part.cell)]));
      const made = sources(of, model.graph).map(cellKey);
      const withoutTarget = (keys: string[]) => new Set(keys.filter((key) => !key.startsWith("target")));
      expect(withoutTarget(named), cellKey(of)).toEqual(withoutTarget(made));
      expect(parts.at(-1)).toMatchObject({ cell: of });
    }
  });

  it.each(["en", "zh"] as const)("is said in a sentence with all its operands: %s", (language) => {
    for (const of of cells) {
      const said = sentence(model, of, language) ?? "";
      expect(said).toMatch(/\S[.。]$/);
      expect(operandsOf(model, of).filter((operand) => !said.includes(operand))).toEqual([]);
    }
  });
});

describe("a number that is not there", () => {
  it("has no explanation", () => {
    expect(explained(start, cell("x", 3, 0))).toBeNull();
    const refused = play(start, { type: "setLabel", row: 0, label: 3 });
    for (const tensor of ["picked", "pickedSum", "losses", "loss", "gradLogits", "frontLoss"] as const) {
      expect(explained(refused, cell(tensor))).toBeNull();
    }
    expect(formulaOf(refused, cell("logOfSoftmax", 0, 0))).toBe("log(0.3817) = -0.9632");
  });
});
