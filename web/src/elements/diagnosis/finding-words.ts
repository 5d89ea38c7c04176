import type { Language } from "../../i18n/language.ts";
import type { Diagnosis, Finding } from "../../lab/diagnosis/types.ts";
import type { StepId } from "../../state/steps.ts";

export interface FindingWords {
  readonly title: string;
  readonly why: string;
  readonly proof: readonly string[];
  readonly fix: { readonly before: string; readonly after: string } | null;
  readonly step: StepId | null;
}

export function findingWords(finding: Finding, _diagnosis: Diagnosis, _language: Language): FindingWords {
  return {
    title: finding.id,
    why: "",
    proof: Object.entries(finding.proof).map(([name, value]) => `${name} = ${value}`),
    fix: null,
    step: null,
  };
}

export function sayUnchecked(name: string, _language: Language): string {
  return name;
}
