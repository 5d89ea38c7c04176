// nll_loss and cross_entropy: their options, their targets, their results.
import type { CelossWasm, LossArguments } from "celoss-wasm";
import { isInt64, type Logits, numel, readLogits, readOptions, readTarget, type Target } from "./arguments.ts";
import { CelossError, describe, notYetSupported, unexpected } from "./errors.ts";
import { Call } from "./marshal.ts";
import type { Reduction } from "./types.ts";

/** The options of a call, all of them known and valid. */
export interface CheckedOptions {
  reduction: Reduction;
  ignoreIndex: bigint;
  gradient: boolean;
}

export function loss(
  wasm: CelossWasm,
  name: "nllLoss" | "crossEntropy",
  input: unknown,
  target: unknown,
  options: unknown,
): unknown {
  const { reduction, ignoreIndex, gradient } = readLossOptions(options);
  const logits = readLogits(name === "nllLoss" ? "logProbs" : "logits", input);
  const checkedTarget = readLossTarget(target, logits, name);

  const call = new Call(wasm);
  const args = placeLossArguments(wasm, call, logits, checkedTarget, reduction, ignoreIndex);
  const lossShape = reduction === "none" ? [logits.N] : [];
  const lossPlace = call.output(logits.dtype, numel(lossShape));
  const grad = gradient ? call.output(logits.dtype, logits.data.length) : undefined;
  call.run(() => wasm[`${name}_${logits.dtype}`](args(), lossPlace.address, grad?.address ?? 0));

  return {
    ...(reduction === "none"
      ? { losses: call.readTensor(lossPlace, lossShape) }
      : { loss: call.readNumber(lossPlace) }),
    ...(grad && { [name === "nllLoss" ? "gradLogProbs" : "gradLogits"]: call.readTensor(grad, logits.shape) }),
  };
}

export function readLossOptions(options: unknown): CheckedOptions {
  const names = ["reduction", "weight", "ignoreIndex", "labelSmoothing", "gradient"] as const;
  const {
    reduction = "mean",
    weight = null,
    ignoreIndex = -100,
    labelSmoothing = 0,
    gradient = false,
  } = readOptions(options, names);
  if (reduction !== "none" && reduction !== "mean" && reduction !== "sum") {
    const got = typeof reduction === "string" ? reduction : describe(reduction);
    throw new CelossError("invalid_argument", `${got} is not a valid value for reduction`, {
      argument: "reduction",
      got: reduction,
    });
  }
  if (weight !== null) throw notYetSupported("weight", "weight is");
  if (!isInt64(ignoreIndex)) throw unexpected("ignoreIndex", "a 64-bit integer", ignoreIndex);
  if (typeof labelSmoothing !== "number") throw unexpected("labelSmoothing", "a number", labelSmoothing);
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
    throw new CelossError("invalid_argument", `label_smoothing must be between 0.0 and 1.0. Got: ${labelSmoothing}`, {
      argument: "labelSmoothing",
      got: labelSmoothing,
    });
  }
  if (labelSmoothing !== 0) throw notYetSupported("labelSmoothing", "labelSmoothing is");
  if (typeof gradient !== "boolean") throw unexpected("gradient", "true or false", gradient);
  return { reduction, ignoreIndex: BigInt(ignoreIndex), gradient };
}

/** A target of class indices for these logits. That there are as many as samples is left to the core. */
export function readLossTarget(input: unknown, logits: Logits, name: "nllLoss" | "crossEntropy"): Target {
  const target = readTarget("target", input);
  if (target.shape[0] !== logits.N) return target;
  const refuse = (message: string) => new CelossError("invalid_argument", message, { argument: "target" });
  if (name === "crossEntropy" && target.shape.length === 2 && target.shape[1] === logits.C) {
    throw target.scalarType === "Long"
      ? refuse("Expected floating point type for target with class probabilities, got Long")
      : notYetSupported("target", "class probabilities as target are");
  }
  if (target.shape.length > 1) throw refuse("0D or 1D target tensor expected, multi-target not supported");
  if (target.scalarType !== "Long") throw refuse(`expected scalar type Long but found ${target.scalarType}`);
  return target;
}

/** Places what the core's loss functions read; the result gives their addresses while the call runs. */
export function placeLossArguments(
  wasm: CelossWasm,
  call: Call,
  logits: Logits,
  target: Target | null,
  reduction: Reduction,
  ignoreIndex: bigint,
): () => LossArguments {
  const input = call.input(logits.dtype, logits.data);
  const indices = target && call.input("int64", target.indices);
  const ignored = call.input("int64", BigInt64Array.of(ignoreIndex));
  return () => ({
    input: input.address,
    N: logits.N,
    C: logits.C,
    target: indices?.address ?? 0,
    // PyTorch's batch size of a target: its first dimension.
    targetSize: target?.shape[0] ?? 0,
    reduction: wasm.Reduction[reduction],
    ignoreIndex: ignored.address,
  });
}
