import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Batch, batchOf, type Corrections } from "../../../web/src/read/batch.ts";
import type { NumberDtype, ReadTensor, Understood, Values } from "../../../web/src/read/types.ts";

const place = { source: null, line: null, column: null };
const nothing = { loss: null, accuracy: null, classes: null };

/** Numbers count up, unless they are given. */
function tensor(name: string | null, dtype: NumberDtype, shape: number[], numbers?: readonly number[]): ReadTensor {
  const values = numbers ?? Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, i) => i % 3);
  const data =
    dtype === "int64"
      ? BigInt64Array.from(values, BigInt)
      : dtype === "float32"
        ? Float32Array.from(values)
        : Uint8Array.from(values);
  return { name, shape, place, dtype, stated: true, data: data as Values, decimals: null };
}

const words = (name: string | null, data: readonly string[], shape = [data.length]): ReadTensor => ({
  name,
  shape,
  place,
  dtype: "str",
  data,
});

const understood = (...tensors: ReadTensor[]): Understood => ({ tensors, reported: nothing, error: null, notices: [] });

function batch(tensors: readonly ReadTensor[], corrections?: Corrections): Batch {
  const batching = batchOf(understood(...tensors), corrections);
  if (batching.kind !== "batch") throw new Error(JSON.stringify(batching.ways.map((way) => way.corrections)));
  return batching.batch;
}

const assumed = (read: Batch, id: string) => read.assumptions.find((assumption) => assumption.id === id);
const numbers = (read: ReadTensor | null) => Array.from<unknown, number>(read?.data ?? [], Number);

describe("which is which", () => {
  it("takes no classes that were chosen for logits", () => {
    for (const name of ["pred", "predicted", "outputs"]) {
      const logits = tensor(null, "float32", [2, 3]);
      const labels = tensor("labels", "int64", [2]);
      const read = batch([logits, labels, tensor(name, "int64", [2])]);
      expect([read.logits, read.target]).toEqual([logits, labels]);
    }
  });

  it.each([
    ["logits", "labels"],
    ["x", "y"],
    ["pred", "target"],
    ["y_pred", "y_true"],
    ["yhat", "y"],
    ["output", "gt"],
    ["self.scores", "batch['label']"],
    ["input", "target"],
    ["logits_val", "labels_val"],
    ["predictions", "label_ids"],
    ["modelOutput", "groundTruth"],
  ])("%s and %s say so, in any order and dtype", (x, y) => {
    const logits = tensor(x, "float32", [4, 3]);
    const target = tensor(y, "float32", [4, 3]);
    expect(batch([logits, target])).toMatchObject({ logits: { name: x }, target: { name: y } });
    expect(batch([target, logits])).toMatchObject({ logits: { name: x }, target: { name: y } });
    expect(assumed(batch([target, logits]), "logits")).toMatchObject({ value: 1, because: "name" });
  });

  it("takes the plainest name: out before x, and the pair that belongs together", () => {
    const read = batch([tensor("x", "float32", [4, 3]), tensor("out", "float32", [4, 3]), tensor("y", "int64", [4])]);
    expect(read).toMatchObject({ logits: { name: "out" }, target: { name: "y" }, unused: [0] });
    const pairs = ["train", "val"].flatMap((split) => [
      tensor(`${split}_logits`, "float32", [4, 3]),
      tensor(`${split}_labels`, "int64", [4]),
    ]);
    const batching = batchOf(understood(...pairs));
    if (batching.kind !== "question") throw new Error("was not asked");
    expect(batching.ways.map(({ batch }) => [batch.logits?.name, batch.target?.name])).toEqual([
      ["train_logits", "train_labels"],
      ["val_logits", "val_labels"],
    ]);
  });

  it.each<[string, ReadTensor, ReadTensor]>([
    ["floats and ints", tensor(null, "float32", [4, 3]), tensor(null, "int64", [4])],
    ["floats of two ranks", tensor(null, "float32", [4, 3]), tensor(null, "float32", [4])],
    ["ints of two ranks", tensor(null, "int64", [4, 3]), tensor(null, "int64", [4])],
    ["one-hot labels", tensor(null, "float32", [4, 3]), tensor(null, "int64", [4, 3])],
    ["a column", tensor(null, "float32", [4, 3]), tensor(null, "int64", [4, 1])],
    ["classes last", tensor(null, "float32", [2, 5, 3]), tensor(null, "int64", [2, 5])],
    ["sizes that do not fit", tensor(null, "float32", [4, 3]), tensor(null, "int64", [5])],
    ["a single sample", tensor(null, "float32", [3]), tensor(null, "int64", [])],
    ["words", tensor(null, "float32", [3, 2]), words(null, ["a", "b", "a"])],
    ["a square and its labels", tensor(null, "float32", [3, 3]), tensor(null, "int64", [3])],
  ])("dtype and shape say so: %s", (_, logits, target) => {
    for (const tensors of [
      [logits, target],
      [target, logits],
    ]) {
      const read = batch(tensors);
      expect(read.logits).toBe(logits);
      expect(read.target).toMatchObject({ shape: target.shape });
      expect(assumed(read, "target")).toMatchObject({ value: tensors.indexOf(target), because: "shape" });
    }
  });

  it("asks where nothing says so, and each way says what chooses it", () => {
    const tensors = [tensor(null, "float32", [4, 3]), tensor(null, "float32", [4, 3])];
    const batching = batchOf(understood(...tensors));
    if (batching.kind !== "question") throw new Error("was not asked");
    expect(batching.ways.map(({ corrections }) => corrections)).toEqual([
      { logits: 0, target: 1 },
      { logits: 1, target: 0 },
    ]);
    for (const { corrections, batch: way } of batching.ways)
      expect(batch(tensors, corrections)).toMatchObject({ logits: way.logits, target: way.target });
    const alone = batchOf(understood(tensor(null, "int64", [3])));
    expect(alone.kind === "question" && alone.ways.map(({ corrections }) => corrections)).toEqual([
      { logits: 0, target: null },
      { logits: null, target: 0 },
    ]);
  });

  it("takes what is alone for what it can be", () => {
    expect(batch([tensor(null, "float32", [4, 3])])).toMatchObject({ logits: { shape: [4, 3] }, target: null });
    expect(batch([tensor(null, "float32", [3])])).toMatchObject({ logits: { shape: [3] }, target: null });
    expect(batch([tensor("labels", "int64", [3])])).toMatchObject({ logits: null, target: { shape: [3] } });
    expect(batch([words(null, ["a", "b"])])).toMatchObject({ logits: null, target: { shape: [2] } });
    expect(batch([])).toMatchObject({ logits: null, target: null, assumptions: [] });
  });

  it("does not take features for labels, nor the weights of samples for those of classes", () => {
    const x = tensor("logits", "float32", [4, 3]);
    expect(batch([x, tensor("features", "float32", [4, 7])])).toMatchObject({ target: null, unused: [1] });
    expect(batch([x, tensor("features", "float32", [4, 7])], { target: 1 })).toMatchObject({
      target: { name: "features" },
    });
    expect(batch([tensor("arr_0", "float32", [4, 3]), tensor("arr_1", "float32", [5])])).toMatchObject({
      target: { name: "arr_1" },
    });
    const labels = tensor("labels", "int64", [4]);
    expect(batch([x, labels, tensor("sample_weight", "float32", [4])])).toMatchObject({ weight: null });
    expect(batch([x, labels, tensor("loss_weight", "float32", [3])])).toMatchObject({
      weight: { name: "loss_weight" },
    });
  });

  it("takes neither of two losses, and shows no more digits than can be shown", () => {
    const x = tensor("logits", "float32", [4, 3]);
    const losses = ["train_loss", "val_loss"].map((name) => tensor(name, "float32", [], [1]));
    expect(batch([x, ...losses])).toMatchObject({ loss: null, unused: [1, 2] });
    for (const [value, decimals] of [
      [1e-30, 20],
      [1e30, 0],
      [0, 5],
      [Number.NaN, 5],
      [123.4, 3],
    ] as const) {
      expect(batch([x, tensor("loss", "float32", [], [value])]).loss?.decimals).toBe(decimals);
    }
  });

  it("does not ask where one has a name, or somebody has said it", () => {
    const seed = tensor("seed", "int64", [], [7]);
    expect(batch([tensor("logits", "float32", [4, 3]), seed])).toMatchObject({ target: null, unused: [1] });
    expect(batch([tensor("a", "float32", [4, 3]), seed], { logits: 0 })).toMatchObject({ target: null, unused: [1] });
    const prior = tensor("prior", "float32", [3]);
    expect(batch([tensor("logits", "float32", [4, 3]), tensor("labels", "int64", [4]), prior])).toMatchObject({
      weight: null,
    });
  });

  it("does not try hundreds of arrays with each other", () => {
    const many = Array.from({ length: 300 }, (_, index) => tensor(`layer${index}`, "float32", [3, 3]));
    expect(batchOf(understood(...many))).toEqual({ kind: "question", ways: [] });
    expect(batch(many, { logits: 7, target: 8 })).toMatchObject({
      logits: { name: "layer7" },
      target: { name: "layer8" },
    });
  });

  it("is left open among thousands of one name", () => {
    const pair = [tensor("logits", "float32", [1, 2]), tensor("labels", "int64", [1])];
    const many = Array.from({ length: 2000 }, () => pair).flat();
    expect(batchOf(understood(...many))).toEqual({ kind: "question", ways: [] });
  });

  it("finds weight, options and what was reported", () => {
    const read = batch([
      tensor("logits", "float32", [4, 3]),
      tensor("labels", "int64", [4]),
      tensor("class_weight", "float32", [3]),
      tensor("loss", "float32", [], [1.25]),
      tensor("ignore_index", "int64", [], [-1]),
      tensor("label_smoothing", "float32", [], [0.25]),
      words("reduction", ["sum"], []),
      tensor("acc", "float32", [1], [0.5]),
      tensor("features", "float32", [4, 7]),
    ]);
    expect(read).toMatchObject({
      weight: { name: "class_weight" },
      loss: { value: 1.25, decimals: 5 },
      accuracy: { value: 0.5 },
      ignoreIndex: -1,
      labelSmoothing: 0.25,
      reduction: "sum",
      unused: [8],
    });
    expect(
      batch([tensor("logits", "float32", [4, 3]), tensor("labels", "int64", [4]), tensor("arr_2", "float32", [3])]),
    ).toMatchObject({ weight: { name: "arr_2" } });
  });
});

describe("how it is read", () => {
  const logits = tensor("logits", "float32", [3, 3]);
  const read = (target: ReadTensor, corrections?: Corrections) => batch([logits, target], corrections);
  const labels = (target: ReadTensor) => assumed(read(target), "labels")?.alternatives;

  it("hands on what was brought, unless somebody says otherwise", () => {
    const target = tensor("labels", "int64", [3], [1, 2, 3]);
    expect(read(target)).toMatchObject({
      classAxis: null,
      ignoreIndex: null,
      labelSmoothing: null,
      reduction: null,
      words: null,
    });
    expect(read(target).target).toBe(target);
    expect(read(target).logits).toBe(logits);
  });

  it("reads words by their places, sorted as Python sorts, and shows which", () => {
    const target = words("labels", ["鸟", "cat", "\u{1f600}"]);
    expect(read(target)).toMatchObject({
      words: ["cat", "鸟", "\u{1f600}"],
      target: { dtype: "int64", stated: false },
    });
    expect(numbers(read(target).target)).toEqual([1, 0, 2]);
    expect(read(words("y", ["\uffee", "\u{1f600}", "a"])).words).toEqual(["a", "\uffee", "\u{1f600}"]);
    expect(labels(target)).toEqual([["appearance"]]);
    expect(read(target, { labels: ["appearance"] }).words).toEqual(["鸟", "cat", "\u{1f600}"]);
  });

  it("reads words that are numbers as these", () => {
    const target = words("labels", ["10", " 9 ", "+1"]);
    expect(read(target).words).toBeNull();
    expect(numbers(read(target).target)).toEqual([10, 9, 1]);
    expect(labels(target)).toEqual([["sorted"], ["appearance"]]);
    expect(read(words("labels", ["1", "9".repeat(30), "2"])).words).toHaveLength(3);
  });

  it("can read them from one, but those that are ignored", () => {
    const target = tensor("labels", "int64", [3], [1, -100, 3]);
    expect(labels(target)).toEqual([["minus-one"]]);
    expect(numbers(read(target, { labels: ["minus-one"] }).target)).toEqual([0, -100, 2]);
    expect(numbers(target)).toEqual([1, -100, 3]);
    for (const none of [
      [0, 1, 2],
      [1, 2, 4],
      [-100, -100, -100],
    ])
      expect(labels(tensor("labels", "int64", [3], none))).toEqual([]);
  });

  it("can read a column, floats, one-hot rows and truths, one step after the other", () => {
    expect(labels(tensor("labels", "int64", [3, 1]))).toEqual([["squeeze"]]);
    const column = tensor("labels", "float32", [3, 1], [1, 2, 3]);
    const steps: Corrections = { labels: ["squeeze", "long", "minus-one"] };
    expect(read(column, steps)).toMatchObject({ target: { shape: [3], dtype: "int64" } });
    expect(numbers(read(column, steps).target)).toEqual([0, 1, 2]);
    expect(assumed(read(column, { labels: ["squeeze"] }), "labels")).toMatchObject({
      value: ["squeeze"],
      because: "said",
      alternatives: [["squeeze", "long"], []],
    });
    const oneHot = tensor("labels", "int64", [3, 3], [0, 1, 0, 1, 0, 0, 0, 0, 1]);
    expect(labels(oneHot)).toEqual([["argmax"], ["float"]]);
    expect(numbers(read(oneHot, { labels: ["argmax"] }).target)).toEqual([1, 0, 2]);
    expect(read(oneHot, { labels: ["float"] }).target).toMatchObject({ dtype: "float32", shape: [3, 3] });
    expect(labels(tensor("labels", "int64", [3, 3], [0, 1, 1, 1, 0, 0, 0, 0, 1]))).toEqual([["float"]]);
    expect(labels(tensor("labels", "float32", [3], [0.5, 1, 2]))).toEqual([]);
  });

  it("finds one-hot rows along the axis of the classes", () => {
    const x = tensor("logits", "float32", [1, 3, 2]);
    const target = tensor("labels", "bool", [1, 3, 2], [0, 1, 1, 0, 0, 0]);
    expect(numbers(batch([x, target], { labels: ["argmax"] }).target)).toEqual([1, 0]);
    const last = batch([x, tensor("labels", "bool", [1, 3, 2], [0, 1, 1, 0, 0, 1])], {
      classAxis: -1,
      labels: ["argmax"],
    });
    expect(numbers(last.target)).toEqual([1, 0, 1]);
  });

  it("names labels that may be padding", () => {
    const target = tensor("labels", "int64", [3], [255, -1, 2]);
    expect(assumed(read(target), "ignoreIndex")).toMatchObject({
      value: -100,
      because: "default",
      alternatives: [-1, 255],
    });
    expect(assumed(read(target, { ignoreIndex: 255 }), "ignoreIndex")).toMatchObject({
      value: 255,
      because: "said",
      alternatives: [-1, -100],
    });
    expect(assumed(read(tensor("labels", "int64", [3], [0, 1, 2])), "ignoreIndex")).toBeUndefined();
  });

  it("names the axis beside which the labels fit first", () => {
    const x = tensor("logits", "float32", [2, 5, 4, 3]);
    expect(assumed(batch([x, tensor("labels", "int64", [2, 5, 4])]), "classAxis")).toEqual({
      id: "classAxis",
      value: 1,
      because: "default",
      alternatives: [3, 0, 2],
    });
    expect(batch([x, tensor("labels", "int64", [2, 5, 4])], { classAxis: -1 })).toMatchObject({ classAxis: -1 });
  });

  it("keeps whole numbers that no number can hold", () => {
    const target = {
      ...tensor("labels", "int64", [3]),
      data: BigInt64Array.from([2n ** 53n + 1n, 0n, 1n]),
    } as ReadTensor;
    expect(read(target).target?.data).toBe(target.data);
  });
});

describe("whatever is brought", () => {
  const names = fc.constantFrom(
    null,
    "logits",
    "x",
    "labels",
    "y",
    "weight",
    "features",
    "arr_0",
    "loss",
    "train_logits",
    "ignore_index",
  );
  const shapes = fc.oneof(
    fc.constantFrom([4, 3], [4], [3], [], [4, 1], [3, 3], [2, 4, 3], [2, 4]),
    fc.array(fc.nat(4), { maxLength: 4 }),
  );
  const dtypes = fc.constantFrom("float32", "int64", "uint8", "str");
  const tensors = fc.array(
    fc
      .record({ name: names, shape: shapes, dtype: dtypes, from: fc.constantFrom(-1, 0, 1) })
      .map(({ name, shape, dtype, from }) => {
        const count = [...shape].reduce((product: number, size) => product * size, 1);
        const values = Array.from({ length: count }, (_, index) =>
          dtype === "uint8" ? index % 2 : from + (index % 3),
        );
        if (dtype === "str")
          return words(
            name,
            values.map((value) => ["cat", "dog", "1"][value + 1] ?? "bird"),
            [...shape],
          );
        return tensor(name, dtype as NumberDtype, [...shape], values);
      }),
    { maxLength: 4 },
  );

  it("every alternative can be chosen, and stands there then", () => {
    fc.assert(
      fc.property(tensors, (brought) => {
        const read = understood(...brought);
        const batching = batchOf(read);
        const ways = batching.kind === "batch" ? [{ corrections: {} }] : batching.ways;
        for (const { corrections } of ways) {
          const way = batch(brought, corrections);
          expect(way.logits?.dtype).not.toBe("str");
          for (const { id, value, alternatives } of way.assumptions) {
            expect(alternatives).not.toContainEqual(value);
            for (const alternative of alternatives) {
              const corrected = batchOf(read, { ...corrections, [id]: alternative });
              const all = corrected.kind === "batch" ? [corrected.batch] : corrected.ways.map((each) => each.batch);
              // Without logits there is no axis, without labels no step.
              for (const chosen of all) expect([alternative, undefined]).toContainEqual(assumed(chosen, id)?.value);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("each tensor has one place", () => {
    fc.assert(
      fc.property(tensors, (brought) => {
        const batching = batchOf(understood(...brought));
        for (const way of batching.kind === "batch" ? [batching.batch] : batching.ways.map((each) => each.batch)) {
          const roles = way.assumptions.flatMap(({ id, value }) =>
            ["logits", "target", "weight"].includes(id) && typeof value === "number" ? [value] : [],
          );
          const places = [...roles, ...way.unused];
          expect(new Set(places).size).toBe(places.length);
        }
      }),
      { numRuns: 200 },
    );
  });
});
