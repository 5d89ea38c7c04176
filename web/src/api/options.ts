// The options of nll_loss and cross_entropy.
import { isInt64, readOptions } from "./arguments.ts";
import { CelossError, describe, unexpected } from "./errors.ts";

/** The options of a call; weight, gradient and gradOutput are still as they were given. */
export interface CheckedOptions {
  /** As cpp/bindings counts them: none, mean, sum. */
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
