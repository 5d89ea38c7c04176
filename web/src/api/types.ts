// The manual: what goes in, what comes out.
import type { FloatArray, IntegerArray } from "./typed-arrays.ts";

export type { FloatArray, IntegerArray };

/** Where the WebAssembly comes from, if not from beside the module: its bytes, or what was compiled of them already. */
export interface LoadOptions {
  wasmBinary?: BufferSource | WebAssembly.Module | undefined;
}

/** PyTorch's float32 (its default) and float64. */
export type Dtype = "float32" | "float64";

/** An array of numbers: element (i, j, …) of `shape` (d0, d1, …) at data[i * d1 * … + j * … + …]. */
export interface Tensor {
  data: Float32Array | Float64Array;
  shape: number[];
  dtype: Dtype;
}

/** The dtypes that a tensor in the module's memory can have. */
export type TensorDtype = Dtype | "int32" | "int64";

/**
 * A tensor in the memory of the WebAssembly module, made by `celoss.tensor`: what lies there already is not copied. Fill
 * `data`, and pass the tensor wherever a tensor of its dtype is read or written.
 */
export interface ResidentTensor<T extends TensorDtype = TensorDtype> {
  /**
   * Its numbers. When the module's memory grows, which any call may make it do, earlier views lose theirs: read `data`
   * again after a call, do not keep it.
   */
  readonly data: { float32: Float32Array; float64: Float64Array; int32: Int32Array; int64: BigInt64Array }[T];
  readonly shape: readonly number[];
  readonly dtype: T;
  /** Gives the memory back, as happens to garbage too, but later. A tensor that was freed is refused everywhere. */
  free(): void;
}

/** An array of integers, such as predicted classes. */
export interface IndexTensor {
  data: BigInt64Array;
  shape: number[];
  dtype: "int64";
}

/**
 * Nested arrays, as `torch.tensor` takes them; all arrays of one depth have the same length. The innermost may be typed
 * arrays, a row each.
 */
export type NestedNumbers = readonly (number | FloatArray | NestedNumbers)[];

/**
 * Numbers of 16 bits, given as these bits: the same numbers as float32, and what is computed of them is float32. (PyTorch
 * computes with 16 bits too, whose sums go wrong from some hundred samples on.)
 */
export interface HalfTensor {
  readonly data: Uint16Array;
  readonly shape: readonly number[];
  readonly dtype: "float16" | "bfloat16";
}

/**
 * Nested arrays, which become float32, or float64 if one of them is a Float64Array; or flat data and its shape, also a
 * tensor: typed arrays keep their precision.
 */
export type TensorInput = NestedNumbers | { readonly data: FloatArray; readonly shape: readonly number[] } | HalfTensor;

/** Class indices in nested arrays; numbers beyond 2^53 as bigints. */
export type NestedIndices = readonly (number | bigint | IntegerArray | NestedIndices)[];

/**
 * Class indices, one per sample: (N), (N, d1, ..., dK), or for logits (C) a number. Integers of any type, from 0 to C - 1
 * or `ignoreIndex`; an Int32Array and a BigInt64Array are read as they are, others are converted.
 */
export type IndicesInput =
  | number
  | bigint
  | NestedIndices
  | IntegerArray
  | { readonly data: IntegerArray; readonly shape: readonly number[] };

/** What becomes of the losses of the single samples: they stay, or their mean over the counted ones, or their sum. */
export type Reduction = "none" | "mean" | "sum";

/** The options of `torch.nn.NLLLoss`, with their defaults, and what is wanted of the gradient. */
export interface NLLLossOptions {
  /**
   * Default "mean": the sum of the losses, divided by the weights of the counted targets, summed (1 each without
   * `weight`); for class probabilities divided by the number of samples. The mean of no samples is NaN, their sum 0.
   */
  reduction?: Reduction | undefined;
  /** A weight per class, (C), of the dtype of the logits; default null: all 1. */
  weight?: TensorInput | FloatArray | null | undefined;
  /** A target that says: leave this sample out. Any 64-bit integer, default -100. */
  ignoreIndex?: number | bigint | undefined;
  /**
   * Whether the gradient is wanted too, default false; or what it is to be written into, of the dtype and size of the
   * logits (making a new array takes as long as the arithmetic). With reduction "none" it is that of the sum of the
   * losses.
   */
  gradient?: boolean | FloatArray | GradientOutput | undefined;
  /**
   * The upstream gradient, by which the gradient is multiplied: a number, or with reduction "none" a tensor of the shape
   * of the losses. Default null: 1.
   */
  gradOutput?: number | TensorInput | FloatArray | null | undefined;
}

type GradientOutput = { readonly data: FloatArray; readonly shape: readonly number[] };

/** The options of `torch.nn.CrossEntropyLoss`. */
export interface LossOptions extends NLLLossOptions {
  /**
   * How much of the target is spread over all classes, 0 to 1, default 0. PyTorch lets negative numbers and NaN pass,
   * here they are an error.
   */
  labelSmoothing?: number | undefined;
}

/** The reduction that options ask for; of options not known at compile time, any. */
export type ReductionOf<O extends LossOptions> = O extends { reduction: infer R extends Reduction }
  ? R
  : "reduction" extends keyof O
    ? Reduction
    : "mean";

export type None = Record<never, never>;

/**
 * `{ loss }`, or `{ losses }` with reduction "none", of the shape of the target indices; with `gradient` also the
 * gradient, in the shape of the logits: the tensor that was given for it, or the array, or a new one. By itself what
 * crossEntropy gives without options; `LossResult<{ gradient: true }>` has `gradLogits` too.
 */
export type LossResult<O extends LossOptions = None, Gradient extends string = "gradLogits"> = ReducedLoss<
  ReductionOf<O>
> &
  (O extends { gradient: infer G extends object | true }
    ? { [name in Gradient]: G extends ResidentTensor ? G : Tensor }
    : unknown);

type ReducedLoss<R extends Reduction> = R extends "none" ? { losses: Tensor } : { loss: number };

/** Which axis a softmax goes along. */
export interface AxisOptions {
  /** 0 to the number of dimensions, or from the end if negative; default the classes: 1, or 0 for one dimension. */
  dim?: number | undefined;
}

/** Options, and none that do not exist. */
export type Exactly<O extends Known, Known> = O & { [name in Exclude<keyof O, keyof Known>]: never };

/**
 * The loss functions of PyTorch 2.14, computed in C++. float32 in, float32 out; float64 in, float64 out.
 *
 * Arguments are read, never changed (but for the `gradient` that is asked for) and never kept; results are arrays of the
 * caller's own. Whatever is wrong with an argument is thrown as a {@link CelossError}, in PyTorch's words where it has
 * some, before anything is written.
 */
export interface Celoss {
  /**
   * `torch.nn.functional.cross_entropy`: nllLoss of logSoftmax in one go. Its softmax is inside: logits go in as they
   * leave the network. `gradient` adds `gradLogits`.
   *
   * @param logits (C), (N, C) or (N, C, d1, ..., dK).
   * @param target Class indices, which start at 0: a number, (N) or (N, d1, ..., dK); or class probabilities, in the
   * shape of the logits, any real numbers. Numbers in nested arrays of that shape are probabilities, integers of a typed
   * array there are refused, as PyTorch does. If logits or probabilities are float64, so are the losses.
   * @throws target_out_of_bounds, batch_size_mismatch, size_mismatch, weight_size_mismatch,
   * label_smoothing_out_of_range, ignore_index_with_probabilities, output_size_mismatch, invalid_argument.
   *
   * Source: torch/nn/functional.py, aten/src/ATen/native/LossNLL.cpp (cross_entropy_loss).
   */
  crossEntropy<O extends LossOptions = None>(
    logits: TensorInput,
    target: IndicesInput | TensorInput,
    options?: Exactly<O, LossOptions>,
  ): LossResult<O, "gradLogits">;

  /**
   * `torch.nn.functional.nll_loss`: the entry of logProbs at each target, with its sign changed and multiplied by the
   * target's weight, reduced. It takes no logarithm itself: logProbs is what logSoftmax returned. `gradient` adds
   * `gradLogProbs`. Shapes and errors are those of crossEntropy with class indices.
   *
   * Source: torch/nn/functional.py, aten/src/ATen/native/LossNLL.cpp, LossNLL2d.cpp.
   */
  nllLoss<O extends NLLLossOptions = None>(
    logProbs: TensorInput,
    target: IndicesInput,
    options?: Exactly<O, NLLLossOptions>,
  ): LossResult<O, "gradLogProbs">;

  /** `torch.softmax(x, dim)` of x of any shape: probabilities; along the axis they sum to 1. */
  softmax(x: TensorInput, options?: AxisOptions): Tensor;
  /** `torch.log_softmax(x, dim)`: their logarithms in one step, which keeps a confident row's digits. */
  logSoftmax(x: TensorInput, options?: AxisOptions): Tensor;
  /** The gradient of softmax's input, from that of its output and from its output; all of one shape and dtype. */
  softmaxBackward(gradOutput: TensorInput, output: TensorInput, options?: AxisOptions): Tensor;
  /** The gradient of logSoftmax's input, from that of its output and from its output; all of one shape and dtype. */
  logSoftmaxBackward(gradOutput: TensorInput, output: TensorInput, options?: AxisOptions): Tensor;

  /** A tensor of zeros in the module's memory; dtype: "float32" unless told. */
  tensor<T extends TensorDtype = "float32">(
    shape: readonly number[],
    options?: { dtype?: T | undefined },
  ): ResidentTensor<T>;

  /** `torch.log(x)`, for every element of x of any shape: -Infinity for 0, NaN below. */
  log(x: TensorInput): Tensor;
  /** Softmax without subtracting the row maximum: NaN where exp overflows, above 88.72 in float32. */
  naiveSoftmax(x: TensorInput, options?: AxisOptions): Tensor;

  /**
   * The landmarks of a loss over C classes: the least and the greatest that crossEntropy can be when its input has gone
   * through a softmax, L0 = ln(1 + (C - 1) / e) and L0 + 1; and ln C, the loss when all classes score the same.
   */
  floors(C: number): { doubleSoftmaxFloor: number; doubleSoftmaxCeiling: number; uniformLoss: number };
}
