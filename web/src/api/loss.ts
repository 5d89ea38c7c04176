// nll_loss and cross_entropy: the call.
import { isFloating, isSameShape, numel, readLogits, readNumbers, readTarget } from "./arguments.ts";
import { invalid } from "./errors.ts";
import { readGradient, readGradOutput, takeGradient } from "./gradient.ts";
import { type Memory, type Place, placeOf } from "./marshal.ts";
import { readLossOptions } from "./options.ts";
import { checkIndices, checkLogits, checkProbabilities } from "./refusals.ts";

/** As cpp/include/celoss/options.h counts the reductions. */
const SUM = 2;

export function loss(
  memory: Memory,
  isCrossEntropy: boolean,
  input: unknown,
  target: unknown,
  options: unknown,
): Record<string, unknown> {
  const given = readLossOptions(options, isCrossEntropy);
  const { reduction, ignoreIndex } = given;
  const x = readLogits(memory, isCrossEntropy ? "logits" : "logProbs", input);
  const dtype = isFloating(x) ? x.place.type : "float32";
  const y = readTarget(memory, target, isCrossEntropy ? x.shape : undefined, dtype);
  const w = given.weight === null ? undefined : readNumbers(memory, "weight", given.weight, dtype);

  const batched = x.shape.length > 1;
  const C = x.shape[batched ? 1 : 0] as number;
  const hasProbabilities = isCrossEntropy && isSameShape(x.shape, y.shape);
  if (hasProbabilities) checkProbabilities(x, y, w, given);
  else {
    if (isCrossEntropy) checkLogits(x, given);
    checkIndices(x, y, w, given);
  }
  // Of several types PyTorch takes the largest.
  const type = hasProbabilities && [y, w].some((given) => given?.place.type === "float64") ? "float64" : x.place.type;

  const lossShape = reduction === 0 && batched ? x.shape.filter((_, dim) => dim !== 1) : [];
  const gradient = given.gradient === false ? undefined : readGradient(memory, given.gradient, x, type);
  const gradOutput =
    given.gradOutput === null ? undefined : readGradOutput(memory, given.gradOutput, lossShape, type, gradient);

  const logits = memory.as(x.place, type);
  const expected = hasProbabilities ? memory.as(y.place, type) : y.place;
  const weight = w && memory.as(w.place, type);
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
      batched || reduction !== 0 ? reduction : SUM, // of one sample; but -0 stays -0 only where there are more
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

/** As cpp/bindings counts them. */
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
