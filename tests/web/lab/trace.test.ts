import { describe, expect, it } from "vitest";
import type { IndexTensor, Tensor } from "../../../web/src/api/index.ts";
import { errorOf, note } from "../api/core.ts";
import { cases, type LossCase, type Numbers, numbers, tensor } from "../api/golden.ts";
import { lab } from "./core.ts";

type Fields = Record<string, Numbers>;

interface NoteCase extends LossCase {
  logits: Numbers;
  exact: { plain: Fields; softmax_in_front: Fields };
  torch: { plain: Fields; softmax_in_front: Fields };
}

const camelCase = (name: string) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
const valuesOf = (field: number | Tensor | IndexTensor) =>
  typeof field === "number" ? [field] : Array.from(field.data, Number);

const logitsFields = ["rowMax", "shifted", "exp", "sum", "softmax", "logOfSoftmax", "logSoftmax", "prediction"];
const targetFields = ["picked", "pickedSum", "lossByHand", "losses", "nllLoss", "loss", "gradLogits"];

describe("trace", () => {
  it.each(cases<NoteCase>("note.json"))("has every intermediate of the note's example: $name", (it) => {
    const trace = lab.trace(tensor(it.logits, it), it.target as number[], {
      reduction: it.reduction,
      ignoreIndex: it.ignore_index,
    });
    for (const [pipeline, expected] of [
      [trace.plain, it.exact.plain],
      [trace.softmaxInFront, it.exact.softmax_in_front],
    ] as const) {
      expect(Object.keys(pipeline)).toEqual(Object.keys(expected).map(camelCase));
      for (const [name, exact] of Object.entries(expected)) {
        const field = pipeline[camelCase(name) as keyof typeof pipeline];
        const values = valuesOf(field);
        expect(values.length, name).toBe(exact.length);
        // As in tests/cpp/trace_test.cpp: the second pipeline starts from probabilities that are rounded.
        const epsilon = it.dtype === "float32" ? 2 ** -23 : 2 ** -52;
        numbers(exact).forEach((value, i) => {
          expect(Math.abs((values[i] as number) - value), name).toBeLessThanOrEqual(
            4 * epsilon * Math.max(1, Math.abs(value)),
          );
        });
        if (typeof field !== "number") expect(field.dtype).toBe(name === "prediction" ? "int64" : it.dtype);
      }
    }
  });

  it("has shapes", () => {
    const { plain } = lab.trace(
      [
        [1, 2, 3],
        [3, 2, 1],
      ],
      [0, 0],
    );
    const shapes = Object.entries(plain).map(([name, field]) => [
      name,
      typeof field === "number" ? "number" : field.shape,
    ]);
    expect(Object.fromEntries(shapes)).toEqual({
      rowMax: [2],
      shifted: [2, 3],
      exp: [2, 3],
      sum: [2],
      softmax: [2, 3],
      logOfSoftmax: [2, 3],
      logSoftmax: [2, 3],
      prediction: [2],
      picked: [2],
      pickedSum: "number",
      lossByHand: "number",
      losses: [2],
      nllLoss: "number",
      loss: "number",
      gradLogits: [2, 3],
    });
    expect(plain.prediction).toEqual({ data: BigInt64Array.of(2n, 0n), shape: [2], dtype: "int64" });
    const perSample = lab.trace(
      [
        [1, 2, 3],
        [3, 2, 1],
      ],
      [0, 0],
      { reduction: "none" },
    ).plain;
    const { loss, nllLoss, lossByHand } = perSample;
    expect([loss.shape, nllLoss.shape, lossByHand.shape]).toEqual([[2], [2], [2]]);
  });

  it("is what the functions of the same names give", () => {
    const { plain, softmaxInFront } = lab.trace(note.x, note.y);
    const softmax = lab.softmax(note.x);
    expect(plain.softmax).toEqual(softmax);
    expect(plain.logSoftmax).toEqual(lab.logSoftmax(note.x));
    expect(plain.logOfSoftmax).toEqual(lab.log(softmax));
    expect(plain.nllLoss).toBe(lab.nllLoss(lab.log(softmax), note.y).loss);
    expect({ loss: plain.loss, gradLogits: plain.gradLogits }).toEqual(
      lab.crossEntropy(note.x, note.y, { gradient: true }),
    );
    expect(softmaxInFront.loss).toBe(lab.crossEntropy(softmax, note.y).loss);
    expect(softmaxInFront.softmax).toEqual(lab.softmax(softmax));
  });

  it("has without targets only what the logits decide, and the same", () => {
    const withTargets = lab.trace(note.x, note.y);
    const without = lab.trace(note.x, null);
    for (const pipeline of ["plain", "softmaxInFront"] as const) {
      expect(Object.keys(without[pipeline])).toEqual(logitsFields);
      expect(Object.keys(withTargets[pipeline])).toEqual([...logitsFields, ...targetFields]);
      expect(withTargets[pipeline]).toMatchObject(without[pipeline]);
    }
  });

  it("gives both pipelines arrays of their own", () => {
    const { plain, softmaxInFront } = lab.trace(note.x, note.y);
    expect(softmaxInFront.exp.shape).not.toBe(plain.exp.shape);
    expect(softmaxInFront.exp.data.buffer).not.toBe(plain.exp.data.buffer);
  });

  it("takes what it gave", () => {
    const { plain } = lab.trace(note.x, null);
    const right = lab.trace(plain.softmax, plain.prediction).plain;
    expect(right.prediction).toEqual(plain.prediction);
  });

  it("ignores targets, and takes no samples and no classes", () => {
    const ignored = lab.trace(note.x, [-100, -100, -100]).plain;
    expect(ignored.loss).toBeNaN();
    expect([...ignored.picked.data]).toEqual([0, 0, 0]);
    const none = lab.trace({ data: new Float64Array(0), shape: [0, 3] }, []);
    expect(none.plain.loss).toBeNaN();
    expect(none.plain.gradLogits.shape).toEqual([0, 3]);
    expect([...lab.trace([[], []], null).plain.prediction.data]).toEqual([-1n, -1n]);
  });

  it("refuses what crossEntropy refuses", () => {
    const messages = [
      [() => lab.trace(note.x, [1, 2, 3]), "Target 3 is out of bounds."],
      [() => lab.trace(note.x, [1]), "Expected input batch_size (3) to match target batch_size (1)."],
      [() => lab.trace(note.x, undefined as never), "target: expected nested arrays or { data, shape }, got undefined"],
      [() => lab.trace(note.x, note.y, { reduction: "avg" as never }), "avg is not a valid value for reduction"],
      [() => lab.trace(note.x, note.x as never), "trace: class probabilities are not supported"],
      [() => lab.trace(note.x, note.y, { weight: [1, 1, 1] }), "trace: weight is not supported"],
      [() => lab.trace(note.x, null, { weight: [1, 1, 1] }), "trace: weight is not supported"],
      [() => lab.trace(note.x, null, { labelSmoothing: 0.1 }), "trace: labelSmoothing is not supported"],
      [() => lab.trace([1, 2], null), "trace: logits of shape [2]: other shapes than (N, C) are not supported"],
      [
        () => lab.trace({ data: new Float32Array(2), shape: [1, 2, 1] }, null),
        "trace: logits of shape [1, 2, 1]: other shapes than (N, C) are not supported",
      ],
    ] as const;
    for (const [call, message] of messages) expect(errorOf(call).message).toBe(message);
  });
});
