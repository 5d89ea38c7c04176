// A finding in words: what the page and the command say of it.

import { figure, percent, tellingFigure } from "../../format/fixed.ts";
import { diagnosisTexts } from "../../i18n/diagnosis/index.ts";
import type { Numbers } from "../../i18n/diagnosis/types.ts";
import type { Language } from "../../i18n/language.ts";
import type { Finding, Proof } from "../../lab/diagnosis/types.ts";
import type { StepId } from "../steps.ts";
import { type Fix, fixOf, stepOf } from "./fixes.ts";

/** Texts in which `backticks` mark code. */
export interface FindingWords {
  readonly title: string;
  /** What it is, in a sentence that a person understands. */
  readonly verdict: string;
  readonly why: string;
  readonly proof: readonly string[];
  readonly fix: Fix | null;
  /** The step of the lesson that explains it. */
  readonly step: StepId | null;
}

export function findingWords(finding: Finding, language: Language): FindingWords {
  const text = diagnosisTexts[language];
  const rule = text.rules[finding.id];
  if (!rule) throw new Error(`No words for ${finding.id}`);
  const n = numbersOf(finding);
  const { possible, settledBy } = finding.proof;
  const settled = typeof settledBy === "string" ? text.settledBy[settledBy] : undefined;
  const proof = rule.proof(n).filter((line): line is string => Boolean(line));
  return {
    title: possible === true ? text.possible(rule.title) : rule.title,
    verdict: rule.verdict(n),
    why: rule.why(n),
    proof: settled === undefined ? proof : [...proof, text.settles(settled)],
    fix: fixOf(finding.id, n),
    step: stepOf(finding.id),
  };
}

/** What could not be checked, by its name in the diagnosis. */
export function uncheckedWords(name: string, language: Language): string {
  return diagnosisTexts[language].unchecked[name] ?? name;
}

const COUNTS: ReadonlySet<string> = new Set(
  "rows columns first second zeroRows classes label inputBatch targetBatch axis otherAxis seen nan inf negInf atTarget wholeRows ignoredRows ignoreIndex base line dimensions target groups emptyGroups".split(
    " ",
  ),
);
const SHARES: ReadonlySet<string> = new Set(["accuracy", "shiftedAccuracy", "low", "high", "zeros"]);
const ZERO_IS_NONE: ReadonlySet<string> = new Set(["labelSmoothing", "emptyGroups"]);
/** What is mostly whole: without zeros behind the point. */
const ROUND = /divisor$|^(?:factor|gap|labelSmoothing)$/i;
/** Whose least and greatest numbers are labels. */
const OF_LABELS = /^label/;

function numbersOf({ id, where, proof }: Finding): Numbers {
  const isCount = (name: string) => COUNTS.has(name) || (OF_LABELS.test(id) && /^(min|max)$/.test(name));
  return Object.fromEntries(
    Object.entries({ ...where, ...proof }).map(([name, value]) => [name, shown(name, value, isCount(name))]),
  );
}

function shown(name: string, value: Proof[string], isCount: boolean): string | undefined {
  if (value === null || value === false || (value === 0 && ZERO_IS_NONE.has(name))) return undefined;
  if (typeof value === "object") return `[${value.join(", ")}]`;
  if (typeof value !== "number") return String(value);
  if (isCount) return String(value);
  if (name === "evidence") return raised(Math.floor(Math.min(value, 300)));
  if (SHARES.has(name)) return percent(value);
  if (ROUND.test(name)) return String(Number(figure(value)));
  return tellingFigure(value);
}

/** As an exponent is written. */
const raised = (exponent: number): string =>
  String(exponent).replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(Number(digit)));
