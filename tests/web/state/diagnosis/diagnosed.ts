// A diagnosis by hand, of three samples with three classes and a softmax in front: what the chapter shows without a core.

import type { Diagnosed, Diagnosis, DiagnosisCore } from "../../../../web/src/lab/diagnosis/types.ts";

export const diagnosis: Diagnosis = {
  version: "0.0.0",
  read: {
    logits: { shape: [3, 3], dtype: "float32", decimals: 4, classAxis: 1 },
    target: { shape: [3], dtype: "int64", kind: "indices" },
  },
  loss: { value: 0.5617, plusMinus: 0.0001, reduction: "mean", divisor: 3, accuracy: 1 },
  verdict: "softmax-in-front",
  findings: [
    {
      id: "softmax-in-front",
      severity: "warning",
      where: { rows: 3 },
      proof: {
        classes: 3,
        floor: 0.5514,
        ceiling: 1.5514,
        rowSumError: 0.0001,
        tolerance: 0.0002,
        evidence: 12.3,
        oneHot: false,
      },
      fixedLoss: 0.0096,
    },
    { id: "tiny-range", severity: "info", where: { rows: 3 }, proof: { range: 0.99 }, fixedLoss: null },
  ],
  unchecked: [],
};

export const diagnosed: Diagnosed = {
  diagnosis,
  samples: {
    classes: 3,
    losses: Float32Array.of(0.55, 0.56, 0.57),
    order: Uint32Array.of(2, 1, 0),
    counted: 3,
    predictions: Int32Array.of(0, 1, 2),
    confidences: Float32Array.of(0.57, 0.56, 0.55),
    labels: Int32Array.of(0, 1, 2),
    correct: Uint8Array.of(1, 1, 1),
    uniformLoss: 1.0986,
    softmaxFloor: 0.5514,
    histogram: { width: 0.1, counts: Uint32Array.of(0, 0, 0, 0, 0, 3) },
    confidence: {
      mean: 0.56,
      most: 0.5761,
      right: Array.from({ length: 20 }, (_, bin) => (bin === 11 ? 3 : 0)),
      wrong: new Array<number>(20).fill(0),
    },
    confusion: Uint32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
    means: null,
    halfPrecision: async () => null,
    lesson: (samples) => ({
      logits: { shape: [samples.length, 3], data: new Float64Array(3 * samples.length) },
      classes: [0, 1, 2],
      labels: [...samples],
    }),
  },
};

/** Answers the same to everything. */
export const core: DiagnosisCore = {
  diagnose: async () => diagnosed,
  changes: () => {
    throw new Error("not asked");
  },
  meansOfBatches: () => {
    throw new Error("not asked");
  },
};
