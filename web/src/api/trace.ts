// The trace: every intermediate of both pipelines in one call.
import { type Argument, isFloating, isSameShape, numel, readTarget, readTensor } from "./arguments.ts";
import { notSupported } from "./errors.ts";
import { highHalf, lowHalf, targetType } from "./loss.ts";
import { bytesPerElement, type Memory, type Place, placeOf } from "./marshal.ts";
import { type CheckedOptions, readLossOptions } from "./options.ts";
import { checkIndices } from "./refusals.ts";
import type { Dtype, LogitsTrace, PipelineTrace } from "./types.ts";

export function trace(memory: Memory, input: unknown, target: unknown, options: unknown): unknown {
  const checked = readLossOptions(options, true);
  const { reduction, ignoreIndex, weight, labelSmoothing } = checked;
  if (weight !== null) throw notSupported("weight", "weight is");
  if (labelSmoothing !== 0) throw notSupported("labelSmoothing", "labelSmoothing is");
  const logits = readTensor(memory, "logits", input);
  const [N, C, ...others] = logits.shape;
  if (N === undefined || C === undefined || others.length > 0) {
    throw notSupported("logits", `logits of shape [${logits.shape.join(", ")}]: other shapes than (N, C) are`);
  }
  const y = target === null ? undefined : readTraceTarget(memory, target, logits, checked);

  const shapes = { ...logitsShapes(N, C), ...targetShapes(N, C, reduction === 0 ? [N] : []) };
  const predictions = placeOf("int64", 2 * N);
  const fields = placeOf(
    logits.place.type,
    2 * Object.values(shapes).reduce((sum, shape) => sum + numel(shape), -N), // prediction is among them
  );
  memory.place([logits.place, y?.place, predictions, fields]);
  memory.check(
    memory.wasm.trace(
      fields.type === "float64",
      logits.place.address,
      N,
      C,
      y ? targetType(y.place) : 0,
      y ? y.place.address : 0,
      y ? y.place.length : 0,
      reduction,
      lowHalf(ignoreIndex),
      highHalf(ignoreIndex),
      predictions.address,
      fields.address,
    ),
  );

  const nextField = piecesOf(memory, fields);
  const nextPrediction = piecesOf(memory, predictions);
  const names = Object.keys(y ? shapes : logitsShapes(N, C));
  const pipeline = () => {
    const read = Object.entries(shapes).map(([name, shape]) => {
      return [name, (name === "prediction" ? nextPrediction : nextField)(shape)] as const;
    });
    return Object.fromEntries(read.filter(([name]) => names.includes(name)));
  };
  return { plain: pipeline(), softmaxInFront: pipeline() };
}

/** A target of class indices. */
function readTraceTarget(memory: Memory, input: unknown, logits: Argument<Dtype>, options: CheckedOptions): Argument {
  const target = readTarget(memory, input, logits.shape, logits.place.type);
  if (isFloating(target.place) && isSameShape(target.shape, logits.shape)) {
    throw notSupported("target", "class probabilities are");
  }
  checkIndices(logits, target, undefined, options);
  return target;
}

/** Reads a block of several arrays, one after another; an array of the shape [] is a number. */
function piecesOf(memory: Memory, block: Place): (shape: number[]) => number | object {
  let { address } = block;
  return (shape) => {
    const piece = { ...block, length: numel(shape), address };
    address += piece.length * bytesPerElement[block.type];
    return shape.length === 0
      ? memory.readNumber(piece)
      : { data: memory.read(piece), shape: [...shape], dtype: block.type };
  };
}

/** In the order of celoss::PipelineTrace. */
function logitsShapes(N: number, C: number): Record<keyof LogitsTrace, number[]> {
  return {
    rowMax: [N],
    shifted: [N, C],
    exp: [N, C],
    sum: [N],
    softmax: [N, C],
    logOfSoftmax: [N, C],
    logSoftmax: [N, C],
    prediction: [N],
  };
}

/** The shapes of what the targets decide, as in celoss::PipelineTrace; [] is a number. */
function targetShapes(
  N: number,
  C: number,
  lossShape: number[],
): Record<Exclude<keyof PipelineTrace, keyof LogitsTrace>, number[]> {
  return {
    picked: [N],
    pickedSum: [],
    lossByHand: lossShape,
    losses: [N],
    nllLoss: lossShape,
    loss: lossShape,
    gradLogits: [N, C],
  };
}
