// What PyTorch 2.14 refuses of a loss's arguments: in its order, so that of several faults the same one is told, and in
// its words, although they are not quite regular.

import { isFloating, isSameShape } from "./arguments.ts";
import { type CelossError, invalid, notImplemented, refusal, sizes, wrongScalarType } from "./errors.ts";
import type { CheckedOptions } from "./options.ts";
import type { Argument } from "./tensor.ts";
import type { Dtype } from "./types.ts";

export function checkProbabilities(
  x: Argument,
  y: Argument,
  w: Argument | undefined,
  options: CheckedOptions,
): asserts x is Argument<Dtype> {
  if (!isFloating(y)) {
    const message = `Expected floating point type for target with class probabilities, got ${y.scalarType}`;
    throw invalid("target", message);
  }
  if (options.ignoreIndex >= 0) {
    const message = "ignore_index is not supported for floating point target";
    throw refusal("ignore_index_with_probabilities", "ignoreIndex", message, options.ignoreIndex);
  }
  if (x.shape.length === 0) throw invalid("logits", "Dimension specified as 1 but tensor has no dimensions");
  if (w) checkWeight(w, x, "cross_entropy: ");
  checkLogSoftmax(x);
  checkLabelSmoothing(options);
}

/** Of cross_entropy with class indices; logits then are what nll_loss of their log_softmax takes. */
export function checkLogits(x: Argument, options: CheckedOptions): asserts x is Argument<Dtype> {
  checkLabelSmoothing(options);
  if (x.shape.length === 0) {
    throw invalid("logits", "Dimension out of range (expected to be in range of [-1, 0], but got 1)");
  }
  checkLogSoftmax(x);
}

/** Of nll_loss. */
export function checkIndices(
  x: Argument,
  y: Argument,
  w: Argument | undefined,
  options: CheckedOptions,
): asserts x is Argument<Dtype> {
  const dimensions = x.shape.length;
  const N = x.shape[0];
  const batch = y.shape[0] ?? 0;
  if (dimensions === 0) throw invalid("logProbs", "Expected 1 or more dimensions (got 0)");
  if (dimensions > 1 && batch !== N) {
    const message = `Expected input batch_size (${N}) to match target batch_size (${batch}).`;
    throw refusal("batch_size_mismatch", "target", message, batch, N);
  }
  if (dimensions <= 2) checkFlat(x, y, w);
  else checkSpatial(x, y, w);
  if (!isFloating(x)) {
    const kernel = dimensions <= 2 ? "nll_loss_out_frame" : "nll_loss2d_forward_out_frame";
    throw notImplemented("logProbs", kernel, x.scalarType);
  }
  if (w && w.scalarType !== x.scalarType) throw wrongScalarType("weight", x.scalarType, w.scalarType);
  if (w && options.labelSmoothing > 0) checkWeight(w, x, ""); // which is less lax than checkSpatial
  // One target in an array: PyTorch notices on the way back only.
  if (dimensions === 1 && y.shape.length === 1 && N !== 1) throw wrongTargetSize(x, y, ",", ")");
}

/** One target per sample, of log probabilities (C) or (N, C). */
function checkFlat(x: Argument, y: Argument, w: Argument | undefined): void {
  if (y.shape.length > 1) throw invalid("target", "0D or 1D target tensor expected, multi-target not supported");
  checkTargetType(y);
  const count = y.shape[0];
  const isRow = x.shape.length === 1;
  if (isRow && count !== undefined && count !== 1) {
    const message = `For 1D input, 1D target must have size 1, but got target size: ${count}`;
    throw refusal("size_mismatch", "target", message, y.shape, []);
  }
  if (!isRow && count === undefined) throw wrongTargetSize(x, y, ",", ")");
  if (w) checkWeight(w, x, "");
}

/** One target per place; the order is another for (N, C, H, W). */
function checkSpatial(x: Argument, y: Argument, w: Argument | undefined): void {
  const wanted = samplesShape(x.shape);
  const is4d = x.shape.length === 4;
  const isSame = isSameShape(y.shape, wanted);
  if (!is4d && !isSame) {
    const message = `Expected target size ${sizes(wanted)}, got ${sizes(y.shape)}`;
    throw refusal("size_mismatch", "target", message, y.shape, wanted);
  }
  if (is4d && y.shape.length !== 3) {
    const message = "only batches of spatial targets supported (3D tensors) but got targets of dimension: ";
    throw invalid("target", message + y.shape.length);
  }
  checkTargetType(y);
  if (w && w.place.length !== x.shape[1]) {
    const message = "weight tensor should be defined either for all or no classes";
    throw refusal("weight_size_mismatch", "weight", message, w.shape, x.shape[1]);
  }
  if (!isSame) throw wrongTargetSize(x, y, " ,", "");
}

/** Integers of any type stand for PyTorch's Long. */
function checkTargetType(y: Argument): void {
  if (!isFloating(y)) return;
  throw refusal(
    "invalid_argument",
    "target",
    `expected target dtype to be Long or Byte, but got ${y.scalarType}`,
    y.scalarType,
  );
}

function checkLogSoftmax(x: Argument): asserts x is Argument<Dtype> {
  if (isFloating(x)) return;
  const kernel = x.shape.length <= 2 ? "log_softmax_lastdim_kernel_impl" : "log_softmax_kernel_impl";
  throw notImplemented("logits", kernel, x.scalarType);
}

function checkLabelSmoothing({ labelSmoothing }: CheckedOptions): void {
  if (labelSmoothing >= 0 && labelSmoothing <= 1) return;
  // Six digits, as C++ writes numbers.
  const got = `${Number(labelSmoothing.toPrecision(6))}`.replace("Infinity", "inf").replace("NaN", "nan");
  const message = `label_smoothing must be between 0.0 and 1.0. Got: ${got}`;
  throw refusal("label_smoothing_out_of_range", "labelSmoothing", message, labelSmoothing);
}

function wrongTargetSize(x: Argument, y: Argument, comma: string, end: string): CelossError {
  const message = `size mismatch (got input: ${sizes(x.shape)}${comma} target: ${sizes(y.shape)}${end}`;
  return refusal("size_mismatch", "target", message, y.shape, samplesShape(x.shape));
}

function checkWeight(w: Argument, x: Argument, prefix: string): void {
  const C = x.shape[x.shape.length > 1 ? 1 : 0] as number;
  if (w.place.length === C && w.shape.length === 1) return;
  const message =
    `${prefix}weight tensor should be defined either for all ${C} classes or no classes but got weight tensor of ` +
    `shape: ${sizes(w.shape)}`;
  throw refusal("weight_size_mismatch", "weight", message, w.shape, C);
}

/** The shape of what there is one of per sample. */
function samplesShape(shape: readonly number[]): number[] {
  return shape.length > 1 ? shape.filter((_, dim) => dim !== 1) : [];
}
