// The manual of the diagnosis: what a batch of numbers tells about its loss. The same object is `celoss diagnose --json`.

/** Public names: they are in links and scripts, and never change their meaning. */
export const RULES = [
  "softmax-in-front",
  "softmax-twice-in-front",
  "softmax-over-batch",
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
  readonly where: Readonly<Record<string, number | readonly number[]>> | null;
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
