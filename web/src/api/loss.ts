// nll_loss and cross_entropy: their options, their targets, their results.
import {
  type Argument,
  allocate,
  isFloating,
  isInt64,
  isSameShape,
  numel,
  readNumbers,
  readOptions,
  readTarget,
  readTensor,
  scalarTypes,
} from "./arguments.ts";
import { CelossError, type CelossErrorCode, describe, unexpected, wrongScalarType } from "./errors.ts";
import { arrayTypes, type Memory, type Place, placeOf } from "./marshal.ts";
import { TensorInModule } from "./tensor.ts";
import type { FloatArray } from "./typed-arrays.ts";
import type { Dtype, ResidentTensor, Tensor } from "./types.ts";

/** The options of a call; weight, gradient and gradOutput are still as they were given. */
export interface CheckedOptions {
  /** As bindings.cpp counts them: none, mean, sum. */
  readonly reduction: number;
  readonly ignoreIndex: number | bigint;
  readonly labelSmoothing: number;
  readonly weight: unknown;
  readonly gradient: unknown;
  readonly gradOutput: unknown;
}

const reductions = ["none", "mean", "sum"];
const nllLossNames = ["reduction", "weight", "ignoreIndex", "gradient", "gradOutput"] as const;
const crossEntropyNames = [...nllLossNames, "labelSmoothing"] as const;

const defaults: CheckedOptions = {
  reduction: 1,
  ignoreIndex: -100,
  labelSmoothing: 0,
  weight: null,
  gradient: false,
  gradOutput: null,
};

export function readLossOptions(options: unknown, isCrossEntropy: boolean): CheckedOptions {
  if (options === undefined) return defaults;
  const names: readonly (typeof crossEntropyNames)[number][] = isCrossEntropy ? crossEntropyNames : nllLossNames;
  const {
    reduction = "mean",
    ignoreIndex = -100,
    labelSmoothing = 0,
    weight = null,
    gradient = false,
    gradOutput = null,
  } = readOptions(options, names);
  const number = reductions.indexOf(reduction as string);
  if (number < 0) {
    const got = typeof reduction === "string" ? reduction : describe(reduction);
    throw new CelossError("invalid_argument", `${got} is not a valid value for reduction`, {
      argument: "reduction",
      got: reduction,
    });
  }
  if (!isInt64(ignoreIndex)) throw unexpected("ignoreIndex", "a 64-bit integer", ignoreIndex);
  if (typeof labelSmoothing !== "number") throw unexpected("labelSmoothing", "a number", labelSmoothing);
  return { reduction: number, ignoreIndex, labelSmoothing, weight, gradient, gradOutput };
}

export function loss(
  memory: Memory,
  isCrossEntropy: boolean,
  input: unknown,
  target: unknown,
  options: unknown,
): Record<string, unknown> {
  const given = readLossOptions(options, isCrossEntropy);
  const { reduction, ignoreIndex } = given;
  const x = readTensor(memory, isCrossEntropy ? "logits" : "logProbs", input);
  const y = readTarget(memory, target, isCrossEntropy ? x.shape : undefined, x.place.type);
  const w = given.weight === null ? undefined : readNumbers(memory, "weight", given.weight, x.place.type);

  const batched = x.shape.length > 1;
  const C = x.shape[batched ? 1 : 0] as number;
  const hasProbabilities = isCrossEntropy && isSameShape(x.shape, y.shape);
  if (hasProbabilities) checkProbabilities(x, y, w, given);
  else checkIndices(x, y, w, given);
  // Of several types PyTorch takes the largest.
  const type = hasProbabilities && [y, w].some((given) => given?.place.type === "float64") ? "float64" : x.place.type;

  const lossShape = reduction === 0 && batched ? x.shape.filter((_, dim) => dim !== 1) : [];
  const gradient = given.gradient === false ? undefined : readGradient(memory, given.gradient, x, type);
  const gradOutput =
    given.gradOutput === null ? undefined : readGradOutput(memory, given.gradOutput, lossShape, type, gradient);

  const logits = memory.as(x.place, type);
  const expected = hasProbabilities ? memory.as(y.place, type) : y.place;
  const weight = w && asFloats(memory, "weight", w.place, type);
  const output = placeOf(type, numel(lossShape));
  const into = gradient?.place;
  if (into?.resident && (into === expected || into === weight || into === gradOutput)) {
    throw invalid("gradient", "gradient: of the inputs, only that of the logits may be overwritten");
  }
  memory.place([logits, expected, weight, gradOutput, output, into]);

  const batch = batched ? (x.shape[0] as number) : 1;
  const others = numel(x.shape, 2);
  // Of no logits, what counts is how many samples there are.
  const isEmpty = logits.length === 0;
  const N = isEmpty ? batch * others : batch;
  const D = isEmpty ? 1 : others;
  memory.check(
    memory.wasm._loss(
      isCrossEntropy,
      type === "float64",
      logits.address,
      N,
      C,
      D,
      targetType(expected),
      expected.address,
      expected.length,
      reduction,
      weight ? weight.address : 0,
      lowHalf(ignoreIndex),
      highHalf(ignoreIndex),
      given.labelSmoothing,
      output.address,
      gradient ? gradient.place.address : 0,
      gradOutput ? gradOutput.address : 0,
    ),
  );

  const result: Record<string, unknown> =
    reduction === 0
      ? { losses: { data: memory.read(output), shape: lossShape, dtype: type } }
      : { loss: memory.readNumber(output) };
  if (gradient)
    result[isCrossEntropy ? "gradLogits" : "gradLogProbs"] = takeGradient(memory, gradient, given.gradient, x);
  return result;
}

/** As bindings.cpp counts them. */
export function targetType(target: Place): number {
  return target.type === "int32" ? 0 : target.type === "int64" ? 1 : 2;
}

/** A 64-bit integer in two halves of 32 bits. */
export function lowHalf(value: number | bigint): number {
  return typeof value === "bigint" ? Number(BigInt.asIntN(32, value)) : value | 0;
}

export function highHalf(value: number | bigint): number {
  return typeof value === "bigint" ? Number(value >> 32n) : Math.floor(value / 2 ** 32);
}

/** These and the next checks are in PyTorch's order and, although they are not quite regular, in its words. */
function checkProbabilities(x: Argument, y: Argument, w: Argument | undefined, options: CheckedOptions): void {
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
      const message = `Expected target size ${list(samplesShape(x))}, got ${list(y.shape)}`;
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
  const message = `size mismatch (got input: ${list(x.shape)}${comma} target: ${list(y.shape)}${end}`;
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
      `shape: ${list(w.shape)}`;
  throw refusal("weight_size_mismatch", "weight", message, w.shape, C);
}

/** The shape of what there is one of per sample. */
function samplesShape({ shape }: Argument): number[] {
  return shape.length > 1 ? shape.filter((_, dim) => dim !== 1) : [];
}

/** A gradient that is wanted. */
interface Gradient {
  readonly place: Place;
  /** The array that it is wanted in, if it is not a new one. */
  readonly array?: FloatArray;
  /** The tensor that it is wanted in. */
  readonly tensor?: TensorInModule;
}

/** into: true, or what the gradient is to be written into. */
function readGradient(memory: Memory, into: unknown, x: Argument<Dtype>, type: Dtype): Gradient {
  if (into === true) return { place: placeOf(type, x.place.length) };
  if (typeof into !== "object" || into === null || Array.isArray(into)) {
    throw unexpected("gradient", "true, false, a typed array or a tensor", into);
  }
  const given = readNumbers(memory, "gradient", into, type);
  if (given.place.type !== x.place.type) {
    throw wrongScalarType("gradient", scalarTypes[x.place.type], scalarTypes[given.place.type]);
  }
  const isView = ArrayBuffer.isView(into);
  if (isView ? given.place.length !== x.place.length : !isSameShape(given.shape, x.shape)) {
    const message = `gradient: expected the shape ${list(x.shape)}, got ${list(given.shape)}`;
    throw refusal("output_size_mismatch", "gradient", message, given.shape, x.shape);
  }
  const array = given.place.source as FloatArray | undefined;
  if (array && !memory.owns(array)) return { place: placeOf(type, x.place.length), array };
  const tensor = TensorInModule.find(memory, array ?? into);
  if (!tensor) throw invalid("gradient", "gradient: part of the module's memory, but no tensor's data");
  // The tensor's place, if the core computes in the type that it has.
  const direct = array ? TensorInModule.read(memory, tensor)?.place : given.place;
  return { place: direct?.type === type ? direct : placeOf(type, x.place.length), tensor };
}

/** The gradient where it is wanted. */
function takeGradient(memory: Memory, gradient: Gradient, into: unknown, x: Argument<Dtype>): Tensor | ResidentTensor {
  const { place, tensor } = gradient;
  if (tensor && tensor === into && place.resident) return tensor as ResidentTensor; // it is there
  const dtype = x.place.type;
  let data = tensor ? (tensor.data as FloatArray) : gradient.array;
  if (!data && place.type === dtype) data = memory.read(place as Place<Dtype>);
  else if (!place.resident) {
    data ??= allocate<FloatArray>(place.length, arrayTypes[dtype]);
    memory.readInto(place, data);
  }
  return tensor && tensor === into
    ? (tensor as ResidentTensor)
    : { data: data as FloatArray, shape: [...x.shape], dtype };
}

/** The upstream gradient: a number for a number, or a tensor for the losses. */
function readGradOutput(
  memory: Memory,
  given: unknown,
  lossShape: readonly number[],
  type: Dtype,
  gradient: Gradient | undefined,
): Place {
  if (!gradient) throw invalid("gradOutput", "gradOutput: without gradient there is nothing to multiply");
  const { shape, place } = readNumbers(memory, "gradOutput", given, type);
  if (!isSameShape(shape, lossShape)) {
    const size = (shape: readonly number[]) => `torch.Size(${list(shape)})`;
    const message = `Mismatch in shape: grad_output[0] has a shape of ${size(shape)} and output[0] has a shape of ${size(lossShape)}.`;
    throw refusal("size_mismatch", "gradOutput", message, shape, lossShape);
  }
  return asFloats(memory, "gradOutput", place, type);
}

/** Numbers as the core's call needs them. */
function asFloats(memory: Memory, argument: string, place: Place, type: Dtype): Place {
  if (place.type === "int64") throw wrongScalarType(argument, scalarTypes[type], scalarTypes.int64);
  return memory.as(place, type);
}

function list(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}

function invalid(argument: string, message: string): CelossError {
  return new CelossError("invalid_argument", message, { argument });
}

function refusal(
  code: CelossErrorCode,
  argument: string,
  message: string,
  got: unknown,
  expected?: unknown,
): CelossError {
  return new CelossError(code, message, { argument, got, ...(expected !== undefined && { expected }) });
}
