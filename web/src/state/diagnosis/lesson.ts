// Samples of the batch as the example that the lesson works on.

import type { Lesson } from "../../lab/diagnosis/types.ts";
import type { Action } from "../lesson/actions.ts";
import { entryOf } from "../lesson/entry.ts";
import type { Example } from "../lesson/example.ts";
import type { State } from "../lesson/state.ts";

/** null: all of the samples are ignored, and there is nothing to see. */
export function openSamples(
  { logits, classes, labels }: Lesson,
  samples: readonly number[],
  { question, shifted, batch }: State,
): Action | null {
  const [, columns] = logits.shape;
  const counted = samples.map((_, row) => row).filter((row) => (labels?.[row] ?? -1) >= 0);
  if (counted.length === 0) return null;
  const target = counted.map((row) => labels?.[row] ?? 0);
  const example: Example = {
    x: counted.map((row) =>
      Array.from(logits.data.subarray(row * columns, (row + 1) * columns), (value) => entryOf(value, "float64")),
    ),
    target,
    dtype: "float64",
    reduction: "mean",
    seed: null,
    countedLabels: target.map((label) => label + 1),
  };
  return {
    type: "open",
    opening: { example, start: example, question, shifted, batch, problems: [] },
    notice: { kind: "fromBatch", samples: counted.map((row) => samples[row] ?? 0), classes },
  };
}
