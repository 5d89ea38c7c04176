// The manual: what goes in, what comes out.

/** PyTorch's float32 (its default) and float64. */
export type Dtype = "float32" | "float64";

/** An array of numbers: element (i, j, …) of `shape` (d0, d1, …) at data[i * d1 * … + j * … + …]. */
export interface Tensor {
  data: Float32Array | Float64Array;
  shape: number[];
  dtype: Dtype;
}

/** An array of integers, such as predicted classes. */
export interface IndexTensor {
  data: BigInt64Array;
  shape: number[];
  dtype: "int64";
}

/** Nested arrays, as `torch.tensor` takes them; all arrays of one depth have the same length. */
export type NestedNumbers = readonly (number | NestedNumbers)[];

/** Logits or log-probabilities (N, C): nested arrays become float32, typed arrays keep their precision. */
export type LogitsInput =
  | NestedNumbers
  | { readonly data: Float32Array | Float64Array; readonly shape: readonly number[] };

export type IntegerArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** Class indices (N): integers from 0 to C - 1, or `ignoreIndex`. */
export type TargetInput =
  | readonly (number | bigint)[]
  | IntegerArray
  | { readonly data: IntegerArray; readonly shape: readonly number[] };

/** What becomes of the losses of the single samples: they stay, or their mean over the counted ones, or their sum. */
export type Reduction = "none" | "mean" | "sum";

/** The options of `torch.nn.CrossEntropyLoss` and `torch.nn.NLLLoss`, with their defaults. */
export interface LossOptions {
  /** Default "mean". The mean of no samples is NaN, their sum 0. */
  reduction?: Reduction | undefined;
  /** A weight per class, (C). Not yet supported: only null, the default. */
  weight?: null | undefined;
  /** A target that says: leave this sample out. Any 64-bit integer, default -100. */
  ignoreIndex?: number | bigint | undefined;
  /** How much of the target is spread over all classes, 0 to 1. Not yet supported: only 0, the default. */
  labelSmoothing?: number | undefined;
  /** Whether the gradient is wanted too, default false. With reduction "none" it is that of the sum of the losses. */
  gradient?: boolean | undefined;
}

/** The reduction that options ask for; of options not known at compile time, any. */
export type ReductionOf<O extends LossOptions> = O extends { reduction: infer R extends Reduction }
  ? R
  : "reduction" extends keyof O
    ? Reduction
    : "mean";

/** `{ loss }`, or `{ losses }` (N) with reduction "none"; with `gradient: true` also the gradient (N, C). */
export type LossResult<O extends LossOptions, Gradient extends string> = ReducedLoss<ReductionOf<O>> &
  (O extends { gradient: true } ? { [name in Gradient]: Tensor } : unknown);

type ReducedLoss<R extends Reduction> = R extends "none" ? { losses: Tensor } : { loss: number };

/** The part of a trace that the logits alone decide. */
export interface LogitsTrace {
  /** (N): the largest logit of each row. */
  rowMax: Tensor;
  /** (N, C): logits - rowMax. */
  shifted: Tensor;
  /** (N, C): exp(shifted). */
  exp: Tensor;
  /** (N): the sum of exp over the classes. */
  sum: Tensor;
  /** (N, C): exp / sum. */
  softmax: Tensor;
  /** (N, C): log(softmax), the two-step way. */
  logOfSoftmax: Tensor;
  /** (N, C): the one-step way. */
  logSoftmax: Tensor;
  /** (N): the (first) class with the largest logit; -1 without classes. */
  prediction: IndexTensor;
}

/** Every intermediate on the way from the logits of one pipeline to its loss. */
export interface PipelineTrace<R extends Reduction = Reduction> extends LogitsTrace {
  /** (N): logOfSoftmax at the target; 0 where it is ignored. */
  picked: Tensor;
  /** The sum of picked. */
  pickedSum: number;
  /** |pickedSum|, divided by the number of counted samples for the mean; with reduction "none" (N): |picked|. */
  lossByHand: R extends "none" ? Tensor : number;
  /** (N): crossEntropy of each sample. */
  losses: Tensor;
  /** nllLoss(logOfSoftmax, target); with reduction "none" (N). */
  nllLoss: R extends "none" ? Tensor : number;
  /** crossEntropy(logits, target); with reduction "none" (N). */
  loss: R extends "none" ? Tensor : number;
  /** (N, C): the gradient of the loss with respect to the logits that the trace was called with. */
  gradLogits: Tensor;
}

/** The two pipelines of the lesson. */
export interface Trace<Pipeline extends LogitsTrace = PipelineTrace> {
  /** crossEntropy(x), as it should be. */
  plain: Pipeline;
  /** crossEntropy(softmax(x)), the accident: its logits are plain.softmax. */
  softmaxInFront: Pipeline;
}

/** Options, and none that LossOptions does not have. */
type Exactly<O extends LossOptions> = O & { [name in Exclude<keyof O, keyof LossOptions>]: never };

/**
 * The loss functions of PyTorch, computed in C++. float32 in, float32 out; float64 in, float64 out.
 *
 * Arguments are read, never changed and never kept; results are arrays of the caller's own. Whatever is wrong with an
 * argument is thrown as a {@link CelossError}.
 */
export interface Celoss {
  /** `torch.softmax(x, dim=1)` of x (N, C): probabilities, each row sums to 1. */
  softmax(x: LogitsInput): Tensor;
  /** `torch.log_softmax(x, dim=1)` of x (N, C): their logarithms in one step, which keeps a confident row's digits. */
  logSoftmax(x: LogitsInput): Tensor;
  /** `torch.log(x)`, for every element of x of any shape: -Infinity for 0, NaN below. */
  log(x: LogitsInput): Tensor;
  /** Softmax of x (N, C) without subtracting the row maximum: NaN where exp overflows, above 88.72 in float32. */
  naiveSoftmax(x: LogitsInput): Tensor;

  /**
   * `torch.nn.functional.nll_loss`: the entry of logProbs (N, C) at each target (N), with its sign changed, reduced.
   * It takes no logarithm itself: logProbs is what logSoftmax returned. `gradient: true` adds `gradLogProbs`.
   */
  nllLoss<O extends LossOptions = Record<never, never>>(
    logProbs: LogitsInput,
    target: TargetInput,
    options?: Exactly<O>,
  ): LossResult<O, "gradLogProbs">;

  /**
   * `torch.nn.functional.cross_entropy`: nllLoss of logSoftmax in one go. Its softmax is inside: logits (N, C) go in as
   * they leave the network. target: class indices (N), which start at 0. `gradient: true` adds `gradLogits`.
   */
  crossEntropy<O extends LossOptions = Record<never, never>>(
    logits: LogitsInput,
    target: TargetInput,
    options?: Exactly<O>,
  ): LossResult<O, "gradLogits">;

  /**
   * Every intermediate of crossEntropy(logits, target, options), and of the same with a softmax in front. With target
   * null only what the logits decide. Gradients are always there, whatever `gradient` says.
   */
  trace(logits: LogitsInput, target: null, options?: LossOptions): Trace<LogitsTrace>;
  trace<O extends LossOptions = Record<never, never>>(
    logits: LogitsInput,
    target: TargetInput,
    options?: Exactly<O>,
  ): Trace<PipelineTrace<ReductionOf<O>>>;
  trace(
    logits: LogitsInput,
    target: TargetInput | null,
    options?: LossOptions,
  ): Trace<LogitsTrace & Partial<PipelineTrace>>;

  /**
   * The landmarks of a loss over C classes: the least and the greatest that crossEntropy can be when its input has gone
   * through a softmax, L0 = ln(1 + (C - 1) / e) and L0 + 1; and ln C, the loss when all classes score the same.
   */
  floors(C: number): { doubleSoftmaxFloor: number; doubleSoftmaxCeiling: number; uniformLoss: number };
  /** Points of the curve loss = -ln p, from p = pMin (between 0 and 1) to p = 1, evenly spaced in the loss; float64. */
  negLogCurve(pMin: number, points: number): { p: Tensor; loss: Tensor };
  /** sharpness * x: logits (N, C) pulled apart; sharpness is 1 / temperature. */
  sharpen(x: LogitsInput, sharpness: number): Tensor;
  /** A row (C) with its largest logit raised until it is at least gap above every other one. */
  raiseLargest(row: LogitsInput, gap: number): Tensor;
  /** `torch.manual_seed(seed); torch.rand(shape, dtype=dtype)`, bit for bit. seed: 0 to 2^32 - 1. */
  rand(shape: readonly number[], options: { seed: number; dtype?: Dtype | undefined }): Tensor;
}
