// How questions go into the core, and findings come out of it: rows of numbers, in the order of cpp/bindings/diagnosis.cpp.
import type { DiagnosisWasm } from "diagnosis-wasm";
import { unexpected } from "../../api/errors.ts";
import { type Memory, placeOf } from "../../api/marshal.ts";
import { DTYPES } from "./arrays.ts";
import {
  type Brought,
  type BroughtTensor,
  type Finding,
  type Proof,
  type Reported,
  RULES,
  type Rule,
  type Severity,
} from "./types.ts";

/** As cpp/include/celoss/lab/finding.h counts them. */
export const MEASURES = [
  "rows",
  "columns",
  "first",
  "second",
  "classes",
  "loss",
  "accuracy",
  "floor",
  "ceiling",
  "distance",
  "uniformLoss",
  "tolerance",
  "evidence",
  "rowSumError",
  "columnSumError",
  "oneHot",
  "ratio",
  "low",
  "high",
  "min",
  "max",
  "zeros",
  "zeroRows",
  "logSumExpError",
  "meanTargetLogit",
  "isNll",
  "label",
  "seen",
  "shiftedLoss",
  "shiftedAccuracy",
  "indexLoss",
  "sum",
  "kHot",
  "inputBatch",
  "targetBatch",
  "transposed",
  "axis",
  "otherAxis",
  "otherLoss",
  "divisor",
  "unweightedLoss",
  "ignoreIndex",
  "labelSmoothing",
  "mean",
  "factor",
  "natural",
  "base",
  "gap",
  "limit",
  "nan",
  "inf",
  "negInf",
  "atTarget",
  "wholeRows",
  "ignoredRows",
  "deviation",
  "range",
  "lower",
  "upper",
  "option",
  "possible",
  "settledBy",
] as const;

/** As the same file counts them. */
export const WORDS = [
  "logits",
  "labels",
  "more-rows",
  "more-decimals",
  "accuracy",
  "classes",
  "code",
  "weight",
  "ignoreIndex",
  "labelSmoothing",
  "reported-loss",
  "reported-accuracy",
  "column-sums",
  "class-axis",
  "evaluation-mode",
  "data-leakage",
] as const;

export const REDUCTIONS = ["none", "mean", "sum"];
const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];
const WHERE = ["rows", "columns", "first", "second", "zeroRows"];

/** Everything that is known before numbers are read. */
export function questionOf(brought: Brought): Float64Array {
  const { loss, accuracy, classes, logits, target, weight } = brought;
  return Float64Array.of(
    REDUCTIONS.indexOf(brought.reduction ?? "mean"),
    brought.ignoreIndex ?? -100,
    brought.labelSmoothing ?? 0,
    classAxis(brought) ?? -1,
    ...reported(loss),
    ...reported(accuracy),
    classes ?? 0,
    ...typeOf(logits),
    ...typeOf(target),
    ...typeOf(weight),
  );
}

/** Counted from the front. */
export function classAxis({ logits, classAxis }: Brought): number | null {
  if (classAxis === undefined || classAxis === null || !logits) return null;
  const rank = logits.shape.length;
  const axis = classAxis < 0 ? classAxis + rank : classAxis;
  if (Number.isInteger(axis) && axis >= 0 && axis < rank) return axis;
  throw unexpected("classAxis", `an axis of [${logits.shape.join(", ")}], from ${-rank} to ${rank - 1}`, classAxis);
}

function reported(number: Reported | null | undefined): [number, number, number] {
  return number ? [1, number.value, decimalsOf(number.decimals)] : [0, 0, -1];
}

function decimalsOf(decimals: number | null): number {
  return decimals === null || !Number.isFinite(decimals) ? -1 : decimals;
}

function typeOf(tensor: BroughtTensor | null | undefined): number[] {
  if (!tensor) return [0];
  const { shape, dtype, stated, decimals } = tensor;
  return [1, DTYPES.indexOf(dtype), stated ? 1 : 0, decimalsOf(decimals), shape.length, ...shape];
}

/** How a case is read. */
export interface Plan {
  readonly shape: readonly [N: number, C: number, D: number];
  readonly classAxis: number;
  readonly target: "none" | "indices" | "probabilities";
  /** Pieces are whole in D. */
  readonly isAmbiguous: boolean;
  readonly hasWeight: boolean;
}

const KINDS = ["none", "indices", "probabilities"] as const;

export function readPlan(memory: Memory<DiagnosisWasm>, address: number): Plan {
  const output = placeOf("float64", 7);
  memory.place([output]);
  memory.wasm._plan(address, output.address);
  const [N = 0, C = 0, D = 0, classAxis = 0, target = 0, isAmbiguous, hasWeight] = memory.read(output);
  return {
    shape: [N, C, D],
    classAxis,
    target: KINDS[target] ?? "none",
    isAmbiguous: isAmbiguous === 1,
    hasWeight: hasWeight === 1,
  };
}

export interface Judgement {
  readonly loss: { readonly value: number; readonly plusMinus: number; readonly divisor: number } | null;
  readonly accuracy: number;
  readonly verdict: Rule;
  readonly findings: readonly Finding[];
  readonly unchecked: readonly string[];
}

/** More than all findings there can be take. */
const MOST_NUMBERS = 2048;
const LABEL_RULES: readonly Rule[] = ["labels-from-one", "padding-label", "label-out-of-range"];

export function judge(memory: Memory<DiagnosisWasm>, address: number, wasStarted: boolean): Judgement {
  const output = placeOf("float64", MOST_NUMBERS);
  memory.place([output]);
  memory.wasm._judge(address, wasStarted, output.address);
  const numbers = memory.read(output).values();
  const take = () => numbers.next().value as number;
  const several = <T>(read: () => T): T[] => Array.from({ length: take() }, read);

  const hasLoss = take() === 1;
  const loss = { value: take(), plusMinus: take(), divisor: take() };
  const accuracy = take();
  const verdict = RULES[take()] as Rule;
  const labelError = take() === 1 ? memory.text(memory.wasm._status_text(2)) : null;
  const unchecked = several(() => WORDS[take()] as string);
  const findings = several((): Finding => {
    const id = RULES[take()] as Rule;
    const severity = SEVERITIES[take()] as Severity;
    const isFixed = take() === 1;
    const fixedLoss = take();
    const all = several(() => [MEASURES[take()] as string, meaning(take(), take())] as const);
    const where = all.filter(([name]) => WHERE.includes(name));
    const proof: Record<string, Proof[string]> = Object.fromEntries(all.filter(([name]) => !WHERE.includes(name)));
    if (labelError !== null && severity === "error" && LABEL_RULES.includes(id)) proof.error = labelError;
    return {
      id,
      severity,
      where: where.length > 0 ? (Object.fromEntries(where) as never) : null,
      proof,
      fixedLoss: isFixed ? fixedLoss : null,
    };
  });
  return { loss: hasLoss ? loss : null, accuracy, verdict, findings, unchecked };
}

/** A number, a boolean, a word, or nothing that is known. */
function meaning(kind: number, value: number): number | boolean | string | null {
  return kind === 0 ? value : kind === 1 ? value === 1 : kind === 2 ? (WORDS[value] as string) : null;
}
