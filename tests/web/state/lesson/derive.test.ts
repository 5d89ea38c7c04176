import { describe, expect, it } from "vitest";
import { figure } from "../../../../web/src/format/fixed.ts";
import { cell, type TensorId } from "../../../../web/src/state/lesson/cell.ts";
import { logitsOf, tensorOfCell, valueAt, valuesOf } from "../../../../web/src/state/lesson/derive.ts";
import { CONFIDENT_SHARPNESS, isNote, QUESTION, SHARPNESS } from "../../../../web/src/state/lesson/presets.ts";
import { allCells } from "../../../../web/src/state/lesson/provenance.ts";
import { note } from "../../api/core.ts";
import { lab } from "../../lab/core.ts";
import { modelOf, noteStates, shapedStates } from "./models.ts";
import { pasted, play, start, withX } from "./play.ts";

const figures = (id: TensorId, state = start) => valuesOf(modelOf(state), id).map(figure);
const counted = (labels: number[], ...actions: Parameters<typeof play>[1][]) =>
  modelOf(play(start, ...actions, { type: "setCountedLabels", labels })).counted;

describe("every number that the note prints", () => {
  it.each<[TensorId, string]>([
    ["x", "0.7459 0.5881 0.4795 0.2894 0.0568 0.3439 0.6124 0.7558 0.4308"],
    ["softmax", "0.3817 0.3259 0.2924 0.3511 0.2782 0.3707 0.3346 0.3863 0.2791"],
    ["logOfSoftmax", "-0.9632 -1.1211 -1.2297 -1.0468 -1.2794 -0.9923 -1.0947 -0.9512 -1.2762"],
    ["logSoftmax", "-0.9632 -1.1211 -1.2297 -1.0468 -1.2794 -0.9923 -1.0947 -0.9512 -1.2762"],
    ["lossByHand", "1.0646"],
    ["nllLoss", "1.0646"],
    ["loss", "1.0646"],
  ])("is a figure: %s", (id, text) => {
    expect(figures(id).join(" ")).toBe(text);
  });

  it("and y", () => {
    expect(valuesOf(modelOf(start), "target")).toEqual([0, 1, 1]);
  });

  it("the loss with softmax in front is close to it", () => {
    expect(figures("frontLoss")).toEqual(["1.0840"]);
  });

  it("belongs to the note while x and y are the note's", () => {
    expect(isNote(start.example)).toBe(true);
    expect(isNote(play(start, { type: "setReduction", reduction: "sum" }).example)).toBe(true);
    expect(isNote(play(start, { type: "setLabel", row: 0, label: 1 }).example)).toBe(false);
    expect(isNote(play(start, { type: "retype", row: 0, column: 0, text: "0.7459", gesture: "type" }).example)).toBe(
      false,
    );
  });
});

describe("the model", () => {
  it("is what the core computes for x, y and the reduction", () => {
    for (const reduction of ["mean", "sum", "none"] as const) {
      const model = modelOf(play(start, { type: "setReduction", reduction }));
      expect(model.trace).toEqual(lab.trace(note.x, note.y, { reduction }));
      expect(model.logitsTrace).toBe(model.trace?.plain);
    }
    expect(modelOf(start)).toMatchObject({ samples: 3, classes: 3, floors: lab.floors(3), targetError: null });
  });

  it("has the dtype of the example", () => {
    const model = modelOf(play(start, { type: "setDtype", dtype: "float64" }));
    expect(model.x).toEqual({ data: Float64Array.from(note.x.flat()), shape: [3, 3], dtype: "float64" });
    for (const id of ["softmax", "losses", "loss", "frontGradLogits"] as const) {
      expect(tensorOfCell(model, id)?.dtype).toBe("float64");
    }
    expect(tensorOfCell(model, "target")).toEqual({ data: BigInt64Array.of(0n, 1n, 1n), shape: [3], dtype: "int64" });
  });

  it.each([...noteStates, ...shapedStates])("has a value for every cell, and no other: $name", ({ state }) => {
    const model = modelOf(state);
    const cells = allCells(model.graph);
    for (const tensor of new Set(cells.map((its) => its.tensor))) {
      const values = cells.filter((its) => its.tensor === tensor).map((its) => valueAt(model, its));
      expect(values, tensor).toEqual(valuesOf(model, tensor));
    }
  });

  it("has no value beside its tensors, such as for a cell whose class was removed", () => {
    const model = modelOf(start);
    for (const beside of [
      cell("x", 0, 3),
      cell("softmax", 2, 3),
      cell("x", 3, 0),
      cell("sum", 0, 1),
      cell("loss", 1),
    ]) {
      expect(valueAt(model, beside)).toBeNull();
    }
  });

  it("goes on with the last good values and says what is wrong", () => {
    const model = modelOf(
      play(
        start,
        { type: "retype", row: 0, column: 1, text: "", gesture: "type" },
        { type: "retype", row: 1, column: 2, text: "abc", gesture: "type" },
      ),
    );
    expect(model.problems).toEqual([
      [null, "empty", null],
      [null, null, "notANumber"],
      [null, null, null],
    ]);
    expect(model.x).toEqual(modelOf(start).x);
    expect(model.trace).toEqual(modelOf(start).trace);
  });

  it("makes inf of what is too large for the dtype, and says so", () => {
    const model = modelOf(play(start, { type: "retype", row: 2, column: 0, text: "1e39", gesture: "type" }));
    expect(model.problems[2]).toEqual(["inf", null, null]);
    expect(model.x.data[6]).toBe(Infinity);
  });

  it("draws the curve from p = 0.01 to p = 1", () => {
    const { p, loss } = modelOf(start).curve;
    expect([p.data.at(-1), loss.data.at(-1)]).toEqual([1, 0]);
    expect(p.data[0]).toBeCloseTo(0.01, 15);
    expect(loss.data[0]).toBeCloseTo(-Math.log(0.01), 12);
    expect(p.data.length).toBe(loss.data.length);
  });

  it("shows the textbook's softmax where it overflows, and only there", () => {
    const overflowOf = (text: string, dtype: "float32" | "float64") =>
      modelOf(play(start, { type: "setDtype", dtype }, { type: "retype", row: 1, column: 0, text, gesture: "type" }))
        .overflow;
    expect(overflowOf("88.72", "float32")).toBeNull();
    const naive = overflowOf("88.73", "float32");
    expect(naive?.shape).toEqual([3, 3]);
    expect(Array.from(naive?.data ?? [], Number.isNaN).indexOf(true)).toBe(3);
    expect(overflowOf("88.73", "float64")).toBeNull();
    expect(overflowOf("709.79", "float64")).not.toBeNull();
    expect(overflowOf("nan", "float32")).toBeNull();
  });
});

it("misses no softmax of the textbook that breaks", () => {
  const edges = [-746, -745.2, -745, -104, -103.98, -103.5, -103, -50, 0, 50, 88, 88.7, 88.73, 90, 709.5, 709.79, 800];
  for (const dtype of ["float32", "float64"] as const) {
    for (const [i, edge] of edges.entries()) {
      const rows = [edge, edges[(i * 7) % edges.length] ?? 0].map((logit) => [String(logit), String(logit - 1)]);
      const { x, overflow, logitsTrace } = modelOf(withX(rows, { type: "setDtype", dtype }));
      const naive = lab.naiveSoftmax(x);
      const breaks = naive.data.some((value, k) => Number.isNaN(value) && !Number.isNaN(logitsTrace.softmax.data[k]));
      expect(overflow, `${edge} ${dtype}`).toEqual(breaks ? naive : null);
    }
  }
});

describe("a refused target", () => {
  const state = play(start, { type: "removeClass", column: 1 });
  const model = modelOf(state);

  it("is what PyTorch says, and where", () => {
    expect(model.targetError).toEqual({ message: "Target 2 is out of bounds.", sample: 1, label: 2, classes: 2 });
  });

  it("leaves what the logits alone decide", () => {
    expect(model.trace).toBeNull();
    expect(model.logitsTrace).toEqual(lab.trace(logitsOf(state.example), null).plain);
    const there = (id: TensorId) => valuesOf(model, id).length;
    const logitsOnly = ["x", "softmax", "logOfSoftmax", "logSoftmax"] as const;
    const withTarget = ["picked", "pickedSum", "lossByHand", "nllLoss", "losses", "loss", "gradLogits"] as const;
    const front = ["frontSoftmax", "frontLoss", "frontGradLogits"] as const;
    expect(logitsOnly.map(there)).toEqual([6, 6, 6, 6]);
    expect([...withTarget, ...front].filter(there)).toEqual([]);
    expect(valueAt(model, cell("loss"))).toBeNull();
  });
});

describe("the question", () => {
  const sharpened = (sharpness: number) => modelOf(play(start, { type: "setSharpness", sharpness })).question;
  const steps = Array.from(
    { length: (SHARPNESS.max - SHARPNESS.min) / SHARPNESS.step + 1 },
    (_, i) => SHARPNESS.min + i * SHARPNESS.step,
  );

  it("has three samples, each of them right", () => {
    const { prediction } = lab.trace(QUESTION.logits, null).plain;
    expect(Array.from(prediction.data, Number)).toEqual([...QUESTION.target]);
    expect(sharpened(1).target).toEqual(QUESTION.target);
  });

  it("has its landmarks at 0.5514, 1.5514 and 1.0986", () => {
    const { doubleSoftmaxFloor, doubleSoftmaxCeiling, uniformLoss } = modelOf(start).question.floors;
    expect([doubleSoftmaxFloor, doubleSoftmaxCeiling, uniformLoss].map(figure)).toEqual(["0.5514", "1.5514", "1.0986"]);
  });

  it("without softmax in front the loss goes to 0; with it, it stops at the floor and stays below ln 3", () => {
    const all = steps.map(sharpened);
    for (const [i, { plainLoss, frontLoss, floors }] of all.entries()) {
      expect(plainLoss).toBeLessThan(all[i - 1]?.plainLoss ?? Infinity);
      expect(frontLoss).toBeLessThanOrEqual(all[i - 1]?.frontLoss ?? Infinity);
      expect(frontLoss).toBeGreaterThan(floors.doubleSoftmaxFloor - 1e-7);
      expect(frontLoss).toBeLessThan(floors.uniformLoss);
    }
    expect(figure(all.at(-1)?.plainLoss ?? NaN)).toBe("0.0000");
    expect(figure(all.at(-1)?.frontLoss ?? NaN)).toBe("0.5514");
  });

  it("starts where the accident is seen", () => {
    const { plainLoss, frontLoss } = modelOf(start).question;
    expect(plainLoss).toBeLessThan(0.2);
    expect(frontLoss).toBeGreaterThan(0.55);
  });

  it("is apart from the example", () => {
    const edited = play(start, pasted("1 2"), { type: "setReduction", reduction: "none" });
    expect(modelOf(edited).question).toEqual(modelOf(start).question);
    expect(modelOf(edited).confident).toEqual(modelOf(start).confident);
  });

  it("is certain in the confident case, and the loss is still the floor", () => {
    const { plainLoss, frontLoss } = modelOf(start).confident;
    expect([plainLoss, frontLoss].map(figure)).toEqual(["0.0000", "0.5514"]);
    expect(modelOf(start).confident).toEqual(sharpened(CONFIDENT_SHARPNESS));
  });
});

describe("counted labels", () => {
  it("(1, 2, 3) are an error, and subtracting 1 mends it", () => {
    expect(counted([1, 2, 3])).toEqual({
      labels: [1, 2, 3],
      loss: null,
      error: { message: "Target 3 is out of bounds.", sample: 2, label: 3, classes: 3 },
      allAtLeastOne: true,
      subtractedLoss: lab.crossEntropy(note.x, [0, 1, 2]).loss,
    });
  });

  it("(1, 2, 2) are 1.1299 and no error, and meant 1.0646", () => {
    const { loss, error, allAtLeastOne, subtractedLoss } = counted([1, 2, 2]);
    expect({ error, allAtLeastOne }).toEqual({ error: null, allAtLeastOne: true });
    expect([loss, subtractedLoss].map((its) => figure(its ?? NaN))).toEqual(["1.1299", "1.0646"]);
  });

  it("(0, 1, 1) count from 0", () => {
    const { loss, error, allAtLeastOne, subtractedLoss } = counted([0, 1, 1]);
    expect({ error, allAtLeastOne, subtractedLoss }).toEqual({
      error: null,
      allAtLeastOne: false,
      subtractedLoss: null,
    });
    expect(figure(loss ?? NaN)).toBe("1.0646");
  });

  it("(1, 2, 4) stay an error when 1 is subtracted", () => {
    expect(counted([1, 2, 4])).toMatchObject({ loss: null, allAtLeastOne: true, subtractedLoss: null });
  });

  it("(0, -1, 1): one label is wrong", () => {
    expect(counted([0, -1, 1])).toMatchObject({
      error: { message: "Target -1 is out of bounds.", sample: 1, label: -1, classes: 3 },
      allAtLeastOne: false,
      subtractedLoss: null,
    });
  });

  it.each(["sum", "none"] as const)(
    "have the mean as their loss, whatever the example's reduction: %s",
    (reduction) => {
      expect(counted([1, 2, 2], { type: "setReduction", reduction })).toEqual(counted([1, 2, 2]));
    },
  );
});
