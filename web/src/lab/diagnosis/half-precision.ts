// What half precision makes of the same batch.
import type { DiagnosisWasm } from "diagnosis-wasm";
import { outOfMemory } from "../../api/errors.ts";
import { type Memory, placeOf } from "../../api/marshal.ts";
import { floats } from "./arrays.ts";
import { type Plan, REDUCTIONS } from "./findings.ts";
import { inTurns, TARGET_TYPES } from "./pieces.ts";
import type { Brought, BroughtTensor, DiagnoseOptions, HalfDtype, HalfPrecision } from "./types.ts";

/** As celoss::HalfFormat counts them. */
const FORMATS: readonly HalfDtype[] = ["float16", "bfloat16"];
const BYTES = 256;

/**
 * null: PyTorch goes another way to the loss (class probabilities, label smoothing), has none (no reduction), or refuses a
 * label.
 */
export async function halfPrecision(
  memory: Memory<DiagnosisWasm>,
  brought: Brought,
  plan: Plan,
  dtype: HalfDtype,
  loss: number,
  options: DiagnoseOptions = {},
): Promise<HalfPrecision | null> {
  const { weight, ignoreIndex, labelSmoothing, reduction } = brought;
  if (plan.target !== "indices" || (labelSmoothing ?? 0) !== 0 || reduction === "none") return null;
  const { wasm } = memory;
  const { shape } = brought.logits as BroughtTensor;
  const C = plan.shape[1];
  const half = wasm._open_half(FORMATS.indexOf(dtype), plan.classAxis === shape.length - 1);
  if (half === 0) throw outOfMemory(BYTES);
  try {
    const w = weight && plan.hasWeight ? floats(weight, 0, C) : undefined;
    for await (const { n, d, logits, target } of inTurns(brought, plan, options)) {
      if (target === undefined) return null;
      memory.place([logits, target, w]);
      const labels = [TARGET_TYPES[target.type], target.address, ignoreIndex ?? -100] as const;
      if (wasm._add_to_half(half, n, C, d, logits.address, ...labels, w?.address ?? 0) !== 0) return null;
    }
    const output = placeOf("float64", 3);
    memory.place([output]);
    wasm._half_losses(half, REDUCTIONS.indexOf(reduction ?? "mean"), loss, output.address);
    const [exact = Number.NaN, pytorch = Number.NaN, difference = Number.NaN] = memory.read(output);
    return { dtype, exact, pytorch, difference };
  } finally {
    wasm._close_half(half);
  }
}
