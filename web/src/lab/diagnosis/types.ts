// The manual of the diagnosis: what a batch of numbers tells about its loss. The same object is `celoss diagnose --json`.
//
// The numbers of each rule, `where` before the bar and `proof` behind it. All are there whenever the rule is, null where
// they are not known; those in brackets only in the look-up, from a loss without logits. Every rule may also have
//   possible   true: the numbers allow it, and do not prove it; the severity is info then
//   settledBy  what would decide: "logits", "labels", "more-rows", "more-decimals", "accuracy", "classes", "code"
//   error      PyTorch's own text (2.14)
//
// softmax-in-front            rows | classes, floor, ceiling, rowSumError, tolerance, evidence, oneHot, [loss, accuracy, distance]
// softmax-twice-in-front      rows | classes, floor, ratio (largest max / min of a row), [loss, accuracy, distance]
// softmax-over-batch          columns | classes, columnSumError, tolerance, evidence
// softmax-over-axis           columns (along the last axis) | classes, columnSumError, tolerance, evidence
// sigmoid-in-front            rows | classes, floor, ceiling, low (share below 0.05), high (share above 0.95), min, max, [loss, accuracy, distance]
// bounded-logits              rows | classes, floor, high (share of |x| above 0.95), min, max, [loss, accuracy, distance]
// relu-output                 rows, zeroRows | zeros (share of exact zeros), max, uniformLoss (ln C: the loss of a row of zeros)
// log-probabilities           rows | logSumExpError (largest |log sum exp| of a row), tolerance
// negative-loss               – | loss (reported), meanTargetLogit, isNll (loss is -meanTargetLogit: NLLLoss without log_softmax)
// labels-from-one             first, rows | label (of the first), classes, min, max, error
// label-out-of-range          first, rows | label, classes, min, max, error
// padding-label               first, rows | label, classes, error
// labels-from-one-silent      rows | classes, seen (classes that occur), shiftedLoss (with y - 1), accuracy, shiftedAccuracy
// logits-dtype                – | error
// target-dtype                – | error
// one-hot-target              rows | indexLoss (the loss with argmax(1) as labels), error
// soft-target-sum             first, rows | sum (of the first), min, max, tolerance, kHot
// target-column               – | error
// batch-mismatch              – | inputBatch, targetBatch, transposed (the other axis fits), error
// class-axis-last             – | axis (where the classes are), error
// class-axis-ambiguous        – | loss, otherLoss, axis, otherAxis, uniformLoss
// channels-last               – | axis, error
// float-target-single-sample  – | classes, error
// one-class                   rows | –
// weighted-mean               rows | divisor, unweightedLoss (the mean without weights)
// all-ignored                 rows | ignoreIndex
// smoothing-floor             rows | loss, floor, distance, labelSmoothing (0: soft targets, whose entropy it is), [classes, accuracy]
// reduction-sum               – | loss (reported), mean, factor (reported / mean)
// log-base                    – | loss (reported), natural, base
// log-of-softmax-underflow    first, rows | gap (largest of a target to its row's maximum), limit
// nonfinite-logits            first, rows | nan, inf, negInf (how many), atTarget (-inf at targets), wholeRows (of -inf), ignoredRows, [loss]
// half-precision              – | dtype, exact (the loss of these logits), pytorch (what it is in their dtype, as PyTorch sums it)
// large-logits                rows | max (|x|), limit
// at-chance                   rows | loss, uniformLoss, distance, accuracy, [classes]
// constant-rows               rows | deviation, tolerance, range, floor (entropy of the labels)
// conflicting-labels          first (the row before), second (the first in conflict), rows | –
// tiny-range                  rows | range (largest max - min of a row)
// loss-accuracy-inconsistent  – | loss, accuracy, lower, upper (what the loss can be)
// mean-of-means               – | mean, meanOfMeans, divisor, groups, emptyGroups, leastDivisor, greatestDivisor
// option-mismatch             – | option ("weight", "ignoreIndex", "labelSmoothing"), error
//
// Of an error's text alone (state/diagnosis/error-findings.ts) there are also keras-from-logits, device-side-assert and
// half-precision, and the numbers that the text has take the place of those above.

/** Public names: they are in links and scripts, and never change their meaning. */
export const RULES = [
  "softmax-in-front",
  "softmax-twice-in-front",
  "softmax-over-batch",
  "softmax-over-axis",
  "sigmoid-in-front",
  "bounded-logits",
  "relu-output",
  "log-probabilities",
  "negative-loss",
  "keras-from-logits",
  "labels-from-one",
  "label-out-of-range",
  "padding-label",
  "labels-from-one-silent",
  "device-side-assert",
  "logits-dtype",
  "target-dtype",
  "one-hot-target",
  "soft-target-sum",
  "target-column",
  "batch-mismatch",
  "class-axis-last",
  "class-axis-ambiguous",
  "channels-last",
  "float-target-single-sample",
  "one-class",
  "weighted-mean",
  "all-ignored",
  "smoothing-floor",
  "reduction-sum",
  "log-base",
  "log-of-softmax-underflow",
  "nonfinite-logits",
  "half-precision",
  "large-logits",
  "at-chance",
  "constant-rows",
  "conflicting-labels",
  "tiny-range",
  "loss-accuracy-inconsistent",
  "healthy",
  "mean-of-means",
  "option-mismatch",
] as const;

export type Rule = (typeof RULES)[number];
export type Severity = "error" | "warning" | "info";

/** In JSON, NaN and the infinities are the strings "nan", "inf" and "-inf". */
export type Proof = Readonly<Record<string, number | string | boolean | null | readonly number[]>>;

export interface Finding {
  readonly id: Rule;
  readonly severity: Severity;
  /** Where it was seen: how many rows, which first; what a rule knows of these. */
  readonly where: Readonly<Record<string, number | readonly number[] | null>> | null;
  /** The numbers that prove it, by name; `error` is PyTorch's own text where it has one. */
  readonly proof: Proof;
  /** The loss after the fix; null: not known. */
  readonly fixedLoss: number | null;
}

export interface Diagnosis {
  readonly version: string;
  readonly read: {
    readonly logits: {
      readonly shape: readonly number[];
      readonly dtype: string;
      readonly decimals: number | null;
      readonly classAxis: number;
    } | null;
    readonly target: {
      readonly shape: readonly number[];
      readonly dtype: string;
      readonly kind: "indices" | "probabilities";
    } | null;
  };
  readonly loss: {
    readonly value: number;
    /** How far the rounding of what was printed can move it; 0: not rounded. */
    readonly plusMinus: number;
    readonly reduction: "mean" | "sum" | "none";
    /** What the mean is divided by. */
    readonly divisor: number | null;
    readonly accuracy: number | null;
  } | null;
  /** The finding that explains most; "healthy" where there are none, or only side notes. */
  readonly verdict: Rule;
  /** The most telling first. */
  readonly findings: readonly Finding[];
  /** What could not be checked, by name. */
  readonly unchecked: readonly string[];
}

/** A tensor as it was brought, whoever read it (read/types.ts). */
export interface BroughtTensor {
  readonly shape: readonly number[];
  readonly dtype: BroughtDtype;
  /** Whether it is known to be of that dtype, as from a file; a list that somebody typed becomes what it has to be. */
  readonly stated: boolean;
  /** Row-major; float16 and bfloat16 as bits. */
  readonly data: ArrayLike<number> | ArrayLike<bigint>;
  /** Every number is rounded to within half of 10^-decimals; null: not rounded. */
  readonly decimals: number | null;
}

export type BroughtDtype =
  | "float16"
  | "bfloat16"
  | "float32"
  | "float64"
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "int64"
  | "uint64"
  | "bool";

/** A number that was printed: within half of 10^-decimals. Infinitely many: exact. */
export interface Reported {
  readonly value: number;
  readonly decimals: number;
}

/** What is diagnosed. Without logits it is a look-up, of the loss and what else is known. */
export interface Brought {
  readonly logits?: BroughtTensor | null;
  readonly target?: BroughtTensor | null;
  readonly weight?: BroughtTensor | null;
  /** -100 without it. */
  readonly ignoreIndex?: number | null;
  readonly labelSmoothing?: number | null;
  readonly reduction?: "mean" | "sum" | "none" | null;
  /** Which axis of the logits is the classes, where somebody says so; else PyTorch's, 1. Negative ones count from behind. */
  readonly classAxis?: number | null;
  /** What the training printed. */
  readonly loss?: Reported | null;
  /** A fraction from 0 to 1. */
  readonly accuracy?: Reported | null;
  /** The number of classes, for the look-up. */
  readonly classes?: number | null;
}

/** What load (lab/diagnosis/load.ts) gives: diagnosis.wasm, running. */
export interface DiagnosisCore {
  /**
   * Reads the numbers in pieces, and lets others run between them. Rejects with a CelossError where the tensors
   * contradict themselves (a shape that its data does not fill): what PyTorch refuses is a finding.
   */
  diagnose(brought: Brought, options?: DiagnoseOptions): Promise<Diagnosed>;
  /** What has become of the losses of the same samples, of those that count. */
  changes(before: Float32Array, after: Float32Array, counted: Int32Array): Changes;
  /** Several batches' means and divisors: the mean of all their samples beside the mean of the means. */
  meansOfBatches(batches: readonly { readonly loss: number; readonly divisor: number }[]): Means;
}

export interface DiagnoseOptions {
  /** How much is done, from 0 to 1. */
  readonly onProgress?: (done: number) => void;
  /** Gives up: what diagnose has promised is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A diagnosis and the batch behind it. */
export interface Diagnosed {
  readonly diagnosis: Diagnosis;
  /** null: without logits and labels that fit, there are no samples. */
  readonly samples: Samples | null;
}

/** What is known of each sample, in memory order: (N), or (N, d1, …, dK). */
export interface Samples {
  readonly classes: number;
  /** The loss of each, unweighted by the mean's divisor; 0 where it is ignored. Empty without targets. */
  readonly losses: Float32Array;
  /**
   * The samples, the worst first: NaN, then the largest loss; at the end those without a loss, whose label is no class or
   * is ignored. Empty without targets.
   */
  readonly order: Uint32Array;
  /** How many have a loss. */
  readonly counted: number;
  /** The (first) class with the largest logit. */
  readonly predictions: Int32Array;
  /** The probability of the prediction. */
  readonly confidences: Float32Array;
  /** The label of each, as it was brought; of soft targets the (first) class with the most. Empty without targets. */
  readonly labels: Int32Array;
  /** 1: the prediction is the label; 0: it is not, or the sample is ignored. Empty without targets. */
  readonly correct: Uint8Array;
  /** ln C, and the least loss behind a softmax, to be marked among the losses. */
  readonly uniformLoss: number;
  readonly softmaxFloor: number;
  /** How many samples have a loss in [i, i + 1) · width; the last bin also has what is above. Not those that are ignored. */
  readonly histogram: { readonly width: number; readonly counts: Uint32Array };
  /** How sure the predictions are. null: no sample has a loss. */
  readonly confidence: Confidence | null;
  /** (C, C): how often label y was taken for class c, at y · C + c. null: more than 64 classes, or no labels. */
  readonly confusion: Uint32Array | null;
  /** The mean of all losses, and of the means of the rows of the first axis. null: each row is one sample, or no targets. */
  readonly means: Means | null;
  /**
   * The loss of the same batch with its logits in half precision. null: PyTorch goes another way to it (class
   * probabilities, label smoothing), there is none (reduction "none"), or it refuses a label. loss: that of the batch as it
   * is.
   */
  halfPrecision(dtype: HalfDtype, loss: number, options?: DiagnoseOptions): Promise<HalfPrecision | null>;
  /** Samples for the lesson. */
  lesson(samples: readonly number[], columns: number): Lesson;
}

/** Probabilities of predictions, those that are right and those that are wrong. */
export interface Confidence {
  readonly mean: number;
  /** The greatest that is possible behind a softmax. */
  readonly most: number;
  /** How many lie in each twentieth of 0 to 1. */
  readonly right: readonly number[];
  readonly wrong: readonly number[];
}

export type HalfDtype = "float16" | "bfloat16";

/** The loss of logits in half precision. */
export interface HalfPrecision {
  readonly dtype: HalfDtype;
  /** Of the rounded logits, and exact otherwise. */
  readonly exact: number;
  /** What PyTorch gives for them on the CPU, where log_softmax and every step of the sum are rounded too. */
  readonly pytorch: number;
  /** How far that is from the loss of the batch as it is. */
  readonly difference: number;
}

/** What has become of the losses of the same samples. A loss that is NaN is to this an infinite one. */
export interface Changes {
  /** After - before, of every sample. */
  readonly changes: Float32Array;
  /** The samples that count, the one whose loss rose most first. */
  readonly order: Uint32Array;
  /** How many of them fell, and how many rose. */
  readonly fell: number;
  readonly rose: number;
}

/** Means of losses in groups: of rows with padding, or of batches whose gradients are accumulated. */
export interface Means {
  /** The sum of all losses, divided once. */
  readonly mean: number;
  /** The mean of the groups' means, of those in which something counts. */
  readonly meanOfMeans: number;
  /** What the mean is divided by. */
  readonly divisor: number;
  /** How many groups count, and how many have nothing that does: their own mean is NaN in PyTorch. */
  readonly groups: number;
  readonly emptyGroups: number;
  /** Of the groups that count. */
  readonly leastDivisor: number;
  readonly greatestDivisor: number;
}

/** Some samples as logits with a few columns, whose losses are exactly the samples'. */
export interface Lesson {
  /** (samples, columns): the classes that are named, then, if not all of them are, the log_sum_exp of all others. */
  readonly logits: { readonly shape: readonly [number, number]; readonly data: Float64Array };
  /** The class of each column; null: the rest. The same columns for all samples. */
  readonly classes: readonly (number | null)[];
  /** Labels as columns; null: without targets. An ignored one is -100. */
  readonly labels: readonly number[] | null;
}
