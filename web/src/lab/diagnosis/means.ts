// The mean of all losses beside the mean of the means of their groups.
import type { DiagnosisWasm } from "diagnosis-wasm";
import { type Memory, placeOf } from "../../api/marshal.ts";
import type { Means } from "./types.ts";

/**
 * losses and weights: of each element, what it adds to the sum and to the divisor; sizes: how many elements each group has,
 * one after another.
 */
export function meansOfGroups(
  memory: Memory<DiagnosisWasm>,
  losses: Float64Array,
  weights: Float64Array,
  sizes: readonly number[],
): Means {
  const ofLosses = placeOf("float64", losses.length, losses);
  const ofWeights = placeOf("float64", weights.length, weights);
  const ofSizes = placeOf("int64", sizes.length, BigInt64Array.from(sizes, BigInt));
  const output = placeOf("float64", NUMBERS);
  memory.place([ofLosses, ofWeights, ofSizes, output]);
  memory.check(
    memory.wasm._means_of_groups(
      ofLosses.address,
      ofWeights.address,
      losses.length,
      ofSizes.address,
      sizes.length,
      output.address,
    ),
  );
  return meansIn(memory.read(output));
}

export function meansOfBatches(
  memory: Memory<DiagnosisWasm>,
  batches: readonly { readonly loss: number; readonly divisor: number }[],
): Means {
  const losses = placeOf(
    "float64",
    batches.length,
    Float64Array.from(batches, ({ loss }) => loss),
  );
  const divisors = placeOf(
    "float64",
    batches.length,
    Float64Array.from(batches, ({ divisor }) => divisor),
  );
  const output = placeOf("float64", NUMBERS);
  memory.place([losses, divisors, output]);
  memory.check(memory.wasm._means_of_batches(losses.address, divisors.address, batches.length, output.address));
  return meansIn(memory.read(output));
}

const NUMBERS = 7;

/** In the order of celoss::Means. */
function meansIn(numbers: Float64Array): Means {
  const [mean, meanOfMeans, divisor, groups, emptyGroups, leastDivisor, greatestDivisor] = numbers;
  return { mean, meanOfMeans, divisor, groups, emptyGroups, leastDivisor, greatestDivisor } as Means;
}
