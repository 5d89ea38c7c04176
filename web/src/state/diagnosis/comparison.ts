// Two batches side by side, and several as the parts of one step: what the engine asks the core of them.

import type { BroughtTensor, Diagnosis, DiagnosisCore } from "../../lab/diagnosis/types.ts";
import { batchOf } from "../../read/batch.ts";
import type { Understood } from "../../read/types.ts";
import type { Comparison, Parts, Said, Side } from "./messages.ts";

export function compare(core: DiagnosisCore, before: Side, after: Side): Comparison {
  const means = [before, after].flatMap(({ loss }) => meanOf(loss));
  return { ...comparedSamples(core, before, after), means: means.length === 2 ? core.meansOfBatches(means) : null };
}

function comparedSamples(
  core: DiagnosisCore,
  { samples: before }: Side,
  { samples: after }: Side,
): Pick<Comparison, "changes" | "otherLabels"> {
  if (!before || !after || before.losses.length !== after.losses.length) return { changes: null, otherLabels: 0 };
  const counts = new Set(before.order.subarray(0, before.counted));
  const counted = Int32Array.from(after.order.subarray(0, after.counted).filter((sample) => counts.has(sample))).sort();
  const { losses, labels } = before;
  return {
    changes: core.changes(losses, after.losses, counted),
    otherLabels: counted.filter((sample) => labels[sample] !== after.labels[sample]).length,
  };
}

/** A mean with its divisor, or nothing. */
const meanOf = (loss: Diagnosis["loss"]) =>
  loss?.reduction === "mean" && loss.divisor !== null ? [{ loss: loss.value, divisor: loss.divisor }] : [];

/** Each file by itself, with the options that were said; null: they are not several batches. */
export async function partsOf(
  core: DiagnosisCore,
  { tensors, ...rest }: Understood,
  files: readonly string[],
  { corrections }: Said,
  weight: BroughtTensor | null,
  signal: AbortSignal,
): Promise<Parts | null> {
  const { ignoreIndex, labelSmoothing } = corrections;
  const options = {
    ...(ignoreIndex === undefined ? {} : { ignoreIndex }),
    ...(labelSmoothing === undefined ? {} : { labelSmoothing }),
    reduction: "mean",
  } as const;
  const batches = files.map((name) => {
    const own = tensors.filter(({ place: { source } }) => source === name || source?.startsWith(`${name}: `));
    const batching = batchOf({ ...rest, tensors: own }, options);
    return { name, batch: batching.kind === "batch" ? batching.batch : null };
  });
  if (files.length < 2 || !batches.every(({ batch }) => batch?.logits && batch.target)) return null;
  const parts = [];
  for (const { name, batch } of batches) {
    if (batch === null) return null;
    const { diagnosis } = await core.diagnose({ ...batch, weight: batch.weight ?? weight }, { signal });
    const [mean] = meanOf(diagnosis.loss);
    if (mean === undefined) return null;
    parts.push({ name, ...mean, plusMinus: diagnosis.loss?.plusMinus ?? 0 });
  }
  return { parts, means: core.meansOfBatches(parts) };
}
