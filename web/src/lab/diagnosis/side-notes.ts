// What is worth to know beside the verdict, and takes another look at the numbers: two findings that are only info.
import { isHalf } from "../../api/halves.ts";
import type { Brought, DiagnoseOptions, Diagnosis, Finding, HalfDtype, Samples } from "./types.ts";

export async function withSideNotes(
  diagnosis: Diagnosis,
  { logits }: Brought,
  samples: Samples | null,
  options: DiagnoseOptions,
): Promise<Diagnosis> {
  if (diagnosis.loss === null || samples === null) return diagnosis;
  const notes: Finding[] = [];
  if (logits && isHalf(logits.dtype)) {
    const half = await samples.halfPrecision(logits.dtype as HalfDtype, diagnosis.loss.value, options);
    if (half) {
      const { dtype, exact, pytorch } = half;
      const proof = { dtype, exact, pytorch };
      notes.push({ id: "half-precision", severity: "info", where: null, proof, fixedLoss: exact });
    }
  }
  const { means } = samples;
  if (means && (means.emptyGroups > 0 || means.leastDivisor !== means.greatestDivisor)) {
    notes.push({ id: "mean-of-means", severity: "info", where: null, proof: { ...means }, fixedLoss: means.mean });
  }
  return { ...diagnosis, findings: [...diagnosis.findings, ...notes] };
}
