// What PyTorch refuses of a loss's arguments: in its order, so that of several faults the same one is told, and in its words.
import { type Argument, isFloating, isSameShape, scalarTypes } from "./arguments.ts";
import { type CelossError, invalid, refusal, sizes, wrongScalarType } from "./errors.ts";
import type { CheckedOptions } from "./options.ts";

export function checkProbabilities(x: Argument, y: Argument, w: Argument | undefined, options: CheckedOptions): void {
  if (!isFloating(y.place)) {
    const found = scalarTypes[y.place.type];
    throw invalid("target", `Expected floating point type for target with class probabilities, got ${found}`);
  }
  if (options.ignoreIndex >= 0) {
    const message = "ignore_index is not supported for floating point target";
    throw refusal("ignore_index_with_probabilities", "ignoreIndex", message, options.ignoreIndex);
  }
  checkDimensions(x);
  if (w) checkWeight(w, x, "cross_entropy: ");
  checkLabelSmoothing(options);
}

export function checkIndices(x: Argument, y: Argument, w: Argument | undefined, options: CheckedOptions): void {
  checkLabelSmoothing(options);
  checkDimensions(x);
  const dimensions = x.shape.length;
  const N = x.shape[0];
  const batch = y.shape[0] ?? 0;
  if (dimensions > 1 && batch !== N) {
    const message = `Expected input batch_size (${N}) to match target batch_size (${batch}).`;
    throw refusal("batch_size_mismatch", "target", message, batch, N);
  }
  if (dimensions <= 2) {
    if (y.shape.length > 1) throw invalid("target", "0D or 1D target tensor expected, multi-target not supported");
    if (y.shape.length !== dimensions - 1) throw wrongTargetSize(x, y, ",", ")");
  } else if (dimensions !== 4) {
    if (!isSameShape(y.shape, samplesShape(x))) {
      const message = `Expected target size ${sizes(samplesShape(x))}, got ${sizes(y.shape)}`;
      throw refusal("size_mismatch", "target", message, y.shape, samplesShape(x));
    }
  } else if (y.shape.length !== 3) {
    const message = "only batches of spatial targets supported (3D tensors) but got targets of dimension: ";
    throw invalid("target", message + y.shape.length);
  }
  if (w) checkWeight(w, x, "");
  if (dimensions === 4 && !isSameShape(y.shape, samplesShape(x))) throw wrongTargetSize(x, y, " ,", "");
  if (w && w.place.type !== x.place.type) {
    throw wrongScalarType("weight", scalarTypes[x.place.type], scalarTypes[w.place.type]);
  }
  if (isFloating(y.place)) throw wrongScalarType("target", "Long", scalarTypes[y.place.type]);
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
  return refusal("size_mismatch", "target", message, y.shape, samplesShape(x));
}

function checkDimensions(x: Argument): void {
  if (x.shape.length === 0) throw invalid("logits", "Expected 1 or more dimensions (got 0)");
}

function checkWeight(w: Argument, x: Argument, prefix: string): void {
  const C = x.shape[x.shape.length > 1 ? 1 : 0] as number;
  const isLax = prefix === "" && x.shape.length > 2;
  if (w.place.length === C && (isLax || w.shape.length === 1)) return;
  const message = isLax
    ? "weight tensor should be defined either for all or no classes"
    : `${prefix}weight tensor should be defined either for all ${C} classes or no classes but got weight tensor of ` +
      `shape: ${sizes(w.shape)}`;
  throw refusal("weight_size_mismatch", "weight", message, w.shape, C);
}

/** The shape of what there is one of per sample. */
function samplesShape({ shape }: Argument): number[] {
  return shape.length > 1 ? shape.filter((_, dim) => dim !== 1) : [];
}
