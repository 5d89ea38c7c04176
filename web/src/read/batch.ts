// Which of the tensors are logits, labels and weight, and how they are read. What is handed on is what was brought,
// unless a correction says otherwise; of words, which PyTorch does not take, their places in a list.

import { numberAt } from "./arrays.ts";
import { isFloating } from "./dtypes.ts";
import {
  type Beside,
  indexShape,
  isSameShape,
  isSameSqueezed,
  type LabelStep,
  type Labels,
  labelsOutside,
  possibleSteps,
  readLabels,
  usualAxis,
  usualSteps,
} from "./labels.ts";
import { type Named, type Role, roleOf } from "./roles.ts";
import type { NumberTensor, ReadTensor, Rounded, Understood } from "./types.ts";

export type Reduction = "mean" | "sum" | "none";

/** What somebody says it is, in place of what would be assumed. Tensors are named by their places in Understood. */
export interface Corrections {
  readonly logits?: number | null;
  readonly target?: number | null;
  readonly weight?: number | null;
  readonly classAxis?: number;
  readonly labels?: readonly LabelStep[];
  readonly ignoreIndex?: number;
  readonly labelSmoothing?: number;
  readonly reduction?: Reduction;
}

/** Why it is assumed: its name, its dtype and shape, nothing else is there, PyTorch's default; or somebody said so. */
export type Because = "name" | "shape" | "alone" | "default" | "said";

interface Assumed<Id extends keyof Corrections> {
  readonly id: Id;
  readonly value: Exclude<Corrections[Id], undefined>;
  readonly because: Because;
  /** What corrections[id] may be instead, the likeliest first. */
  readonly alternatives: readonly Exclude<Corrections[Id], undefined>[];
}

/** One row of what was read, that can be corrected where it stands. */
export type Assumption =
  | Assumed<"logits">
  | Assumed<"target">
  | Assumed<"weight">
  | Assumed<"classAxis">
  | Assumed<"labels">
  | Assumed<"ignoreIndex">;

/** What is diagnosed (lab/diagnosis/types.ts: Brought), and how it came to be that. */
export interface Batch {
  readonly logits: NumberTensor | null;
  readonly target: NumberTensor | null;
  readonly weight: NumberTensor | null;
  readonly classAxis: number | null;
  readonly ignoreIndex: number | null;
  readonly labelSmoothing: number | null;
  readonly reduction: Reduction | null;
  readonly loss: Rounded | null;
  readonly accuracy: Rounded | null;
  readonly classes: number | null;
  /** Class k is words[k], where labels are words. */
  readonly words: readonly string[] | null;
  readonly assumptions: readonly Assumption[];
  /** The places of the tensors that count for nothing. */
  readonly unused: readonly number[];
}

export interface Way {
  /** These choose it. */
  readonly corrections: Corrections;
  readonly batch: Batch;
}

export type Batching =
  | { readonly kind: "batch"; readonly batch: Batch }
  /** Names and shapes leave open which is which. */
  | { readonly kind: "question"; readonly ways: readonly Way[] };

/** Corrections name what is there: numbers with at least one axis as logits, numbers as weight, an axis of the logits. */
export function batchOf(understood: Understood, corrections: Corrections = {}): Batching {
  const parts = understood.tensors.map((tensor, place) => ({ tensor, place, named: roleOf(tensor.name) }));
  const said = saidIn(parts, understood);
  const pairs = likeliest(parts, said, corrections);
  const ways = pairs.slice(0, MOST_WAYS).map((pair) => ({
    corrections: { ...corrections, logits: pair.logits?.place ?? null, target: pair.target?.place ?? null },
    batch: build(parts, pair, said, corrections),
  }));
  const [first] = ways;
  return first !== undefined && pairs.length === 1 ? { kind: "batch", batch: first.batch } : { kind: "question", ways };
}

/** A tensor, where it is in Understood, and what its name says. */
interface Part {
  readonly tensor: ReadTensor;
  readonly place: number;
  readonly named: Named;
}

interface Pair {
  readonly logits: Part | null;
  readonly target: Part | null;
  readonly because: Because;
}

/** What single numbers and words say: loss = 1.0646, reduction = "sum". */
interface Said extends Pick<Batch, "loss" | "accuracy" | "classes" | "ignoreIndex" | "labelSmoothing" | "reduction"> {
  readonly places: readonly number[];
}

function saidIn(parts: readonly Part[], { reported }: Understood): Said {
  const places: number[] = [];
  /** Of two losses neither counts: which is meant? */
  const find = <T>(role: Role, read: (tensor: ReadTensor) => T | null): T | null => {
    const found = parts.flatMap(({ tensor, place, named }) => {
      const value = named.role === role && tensor.data.length === 1 ? read(tensor) : null;
      return value === null ? [] : [{ place, value }];
    });
    const [only] = found;
    if (only === undefined || found.length > 1) return null;
    places.push(only.place);
    return only.value;
  };
  const number = (tensor: ReadTensor) => (tensor.dtype === "str" ? null : numberAt(tensor, 0));
  const whole = (tensor: ReadTensor) => {
    const value = number(tensor);
    return Number.isSafeInteger(value) ? value : null;
  };
  const fraction = (tensor: ReadTensor) => {
    const read = rounded(tensor);
    return read !== null && read.value >= 0 && read.value <= 1 ? read : null;
  };
  const reduction = (tensor: ReadTensor) => REDUCTIONS.find((known) => known === tensor.data[0]) ?? null;
  return {
    loss: reported.loss ?? find("loss", rounded),
    accuracy: reported.accuracy ?? find("accuracy", fraction),
    classes: reported.classes ?? find("classes", whole),
    ignoreIndex: find("ignoreIndex", whole),
    labelSmoothing: find("labelSmoothing", (tensor) => fraction(tensor)?.value ?? null),
    reduction: find("reduction", reduction),
    places,
  };
}

const REDUCTIONS = ["mean", "sum", "none"] as const;

/** The digits that a number of such a dtype has, as far as a loss that was computed in it can be trusted. */
const DIGITS: Partial<Record<ReadTensor["dtype"], number>> = { float16: 3, bfloat16: 2, float32: 6, float64: 12 };

/** As many as can be shown. */
const MOST_DECIMALS = 20;

function rounded(tensor: ReadTensor): Rounded | null {
  if (tensor.dtype === "str") return null;
  const value = numberAt(tensor, 0);
  const digits = DIGITS[tensor.dtype];
  if (tensor.decimals !== null || digits === undefined)
    return { value, decimals: tensor.decimals ?? Number.POSITIVE_INFINITY };
  const before = value === 0 || !Number.isFinite(value) ? 0 : Math.floor(Math.log10(Math.abs(value)));
  return { value, decimals: Math.min(Math.max(digits - 1 - before, 0), MOST_DECIMALS) };
}

/** "features" must go with the logits at least so well to be labels: whole numbers beside floats. */
const WORST_NAMED = 4;

/** How well two tensors go together as logits and labels, by dtype and shape: 0 is best; null: not at all. */
function fit(logits: ReadTensor, target: ReadTensor): number | null {
  if (logits.dtype === "str" || logits.shape.length === 0) return null;
  const { shape } = logits;
  const indices = indexShape(shape, usualAxis(shape));
  const isWhole = !isFloating(target.dtype);
  const isPlain = isFloating(logits.dtype) && isWhole;
  if (isSameShape(target.shape, indices)) return isPlain ? 0 : 1;
  if (target.shape.length > shape.length || (target.shape.length === 0 && shape.length > 1)) return null;
  if (isPlain && isOffByAnAxis(shape, target.shape)) return 2;
  if (isSameShape(target.shape, shape)) return isPlain ? 2 : 3;
  return isPlain ? 4 : target.shape.length < shape.length || isWhole ? 5 : 6;
}

/** The axis of the classes is another one, or labels have an axis of length 1 too many or too few. */
function isOffByAnAxis(logits: readonly number[], target: readonly number[]): boolean {
  return logits.some((_, axis) => isSameSqueezed(indexShape(logits, axis), target));
}

/** The pairs that go together best: one, or more where nothing decides between them. */
function likeliest(parts: readonly Part[], said: Said, corrections: Corrections): readonly Pair[] {
  const taken = [...said.places, corrections.logits, corrections.target, corrections.weight];
  const free = parts.filter(({ place }) => !taken.includes(place));
  let isOpen = false;
  const candidates = (role: "logits" | "target"): readonly Part[] => {
    const place = corrections[role];
    if (place !== undefined) return parts.filter((part) => part.place === place);
    const possible = role === "logits" ? free.filter(({ tensor }) => canBeLogits(tensor)) : free;
    const named = possible.filter((part) => part.named.role === role && !(role === "logits" && isDecided(part)));
    const rank = named.reduce((least, { named }) => Math.min(least, named.rank), Number.POSITIVE_INFINITY);
    const best = named.filter(({ named }) => named.rank === rank);
    const all = best.length > 0 ? best : possible.filter(({ named }) => named.role === null);
    if (all.length > MOST_CANDIDATES) isOpen = true;
    return all.length > MOST_CANDIDATES ? [] : all;
  };
  const allLogits = candidates("logits");
  const targets = candidates("target");
  const because = (role: "logits" | "target", part: Part): Because => {
    if (corrections[role] !== undefined) return "said";
    return part.named.role === role ? "name" : "shape";
  };

  const scored: { readonly score: number; readonly pair: Pair }[] = [];
  for (const logits of allLogits) {
    for (const target of targets) {
      if (logits === target) continue;
      const reasons = [because("logits", logits), because("target", target)] as const;
      const isGuess = reasons.includes("shape");
      const score = fit(logits.tensor, target.tensor) ?? (isGuess ? null : 9);
      if (score === null) continue;
      const hasOtherName = [logits, target].some(
        ({ named }, index) => reasons[index] === "shape" && named.rest !== null,
      );
      if (hasOtherName && score > WORST_NAMED) continue;
      // train_logits belong to train_labels.
      const stray = logits.named.rest === target.named.rest ? 0 : 0.5;
      scored.push({ score: score + stray, pair: { logits, target, because: isGuess ? "shape" : reasons[0] } });
    }
  }
  if (scored.length === 0) {
    // Nothing goes with it: what its name says, or else what it can well be.
    const alone = (role: "logits" | "target", part: Part, isLikely: boolean) => {
      const score = because(role, part) !== "shape" ? 0 : isLikely ? 1 : 2;
      scored.push({ score, pair: { logits: null, target: null, [role]: part, because: "alone" } });
    };
    for (const part of allLogits) alone("logits", part, !areLikeLabels(part.tensor));
    for (const part of targets) alone("target", part, !canBeLogits(part.tensor));
  }
  if (scored.length === 0) return isOpen ? [] : [{ logits: null, target: null, because: "alone" }];
  const best = Math.min(...scored.map(({ score }) => score));
  return scored.filter(({ score }) => score === best).map(({ pair }) => pair);
}

/** So many whose names say the same, or nothing, are not tried with each other. */
const MOST_CANDIDATES = 32;
const MOST_WAYS = 6;

function canBeLogits({ dtype, shape }: ReadTensor): boolean {
  return dtype !== "str" && shape.length > 0;
}

/** "pred" may be logits; whole numbers of that name are the classes that were chosen. */
function isDecided({ tensor, named }: Part): boolean {
  return named.role === "logits" && named.rank > 0 && areLikeLabels(tensor);
}

function areLikeLabels({ dtype, shape }: ReadTensor): boolean {
  return !isFloating(dtype) && shape.length < 2;
}

/** PyTorch's ignore_index where nobody says another. */
const IGNORE_INDEX = -100;

function build(parts: readonly Part[], pair: Pair, said: Said, corrections: Corrections): Batch {
  const logits = numbersOf(pair.logits);
  const ignoreIndex = corrections.ignoreIndex ?? said.ignoreIndex;
  const words = parts.flatMap(({ tensor }) =>
    tensor.dtype === "str" && tensor !== pair.target?.tensor ? [tensor.data] : [],
  );
  const beside: Beside | null = logits && {
    shape: logits.shape,
    classAxis: axisOf(logits.shape, corrections.classAxis),
    ignoreIndex: ignoreIndex ?? IGNORE_INDEX,
    names: logits.header ? [logits.header, ...words] : words,
  };
  const brought = pair.target?.tensor ?? null;
  const labels = brought && readLabels(brought, corrections.labels ?? usualSteps(brought), beside);
  const possible = parts.filter(({ place }) => !said.places.includes(place));
  const others = possible.filter((part) => part !== pair.logits && part !== pair.target);
  const weight = weightOf(others, beside, corrections);

  const assumptions: Assumption[] = [];
  const roles = [
    {
      id: "logits",
      part: pair.logits,
      because: pair.because,
      among: possible.filter(({ tensor }) => canBeLogits(tensor)),
    },
    { id: "target", part: pair.target, because: pair.because, among: possible },
    { id: "weight", part: weight.part, because: weight.because, among: others.filter(canBeWeight) },
  ] as const;
  for (const { id, part, because, among } of roles) {
    if (among.length === 0) continue;
    // What somebody has said to be something else stays that.
    const isSaid = (place: number) => roles.some((role) => role.id !== id && corrections[role.id] === place);
    const places = among.flatMap((other) => (other === part || isSaid(other.place) ? [] : [other.place]));
    assumptions.push({
      id,
      value: part?.place ?? null,
      because: corrections[id] === undefined ? because : "said",
      alternatives: part === null ? places : [...places, null],
    });
  }
  const usual = (id: "classAxis" | "labels") => (corrections[id] === undefined ? "default" : "said");
  if (beside !== null && beside.shape.length > 1) {
    const { classAxis: value, shape } = beside;
    const alternatives = otherAxes(shape, value, labels?.target.shape ?? null);
    assumptions.push({ id: "classAxis", value, because: usual("classAxis"), alternatives });
  }
  if (brought !== null && labels !== null) {
    const alternatives = otherSteps(brought, labels, beside);
    assumptions.push({ id: "labels", value: labels.steps, because: usual("labels"), alternatives });
  }
  const paddings = beside && labels && otherPaddings(labels.target, beside);
  if (beside !== null && paddings !== null && paddings.length > 0) {
    const because = corrections.ignoreIndex !== undefined ? "said" : said.ignoreIndex !== null ? "name" : "default";
    assumptions.push({ id: "ignoreIndex", value: beside.ignoreIndex, because, alternatives: paddings });
  }
  const { loss, accuracy, classes } = said;
  return {
    logits,
    target: labels?.target ?? null,
    weight: numbersOf(weight.part),
    classAxis: corrections.classAxis ?? null,
    ignoreIndex,
    labelSmoothing: corrections.labelSmoothing ?? said.labelSmoothing,
    reduction: corrections.reduction ?? said.reduction,
    loss,
    accuracy,
    classes,
    words: labels?.words ?? null,
    assumptions,
    unused: others.filter((part) => part !== weight.part).map(({ place }) => place),
  };
}

/** What ignore_index may be instead: labels that no class has, and PyTorch's own. */
function otherPaddings(target: NumberTensor, { shape, classAxis, ignoreIndex }: Beside): number[] {
  if (!isSameShape(target.shape, indexShape(shape, classAxis))) return [];
  const paddings = new Set([...labelsOutside(target, shape[classAxis] as number), IGNORE_INDEX]);
  paddings.delete(ignoreIndex);
  return [...paddings];
}

function numbersOf(part: Part | null): NumberTensor | null {
  return part === null || part.tensor.dtype === "str" ? null : part.tensor;
}

/** Negative axes count from behind; to one that is not there the diagnosis objects. */
function axisOf(shape: readonly number[], said: number | undefined): number {
  const axis = said !== undefined && said < 0 ? said + shape.length : said;
  return axis !== undefined && axis in shape ? axis : usualAxis(shape);
}

/** First those beside which the labels have the shape of class indices. */
function otherAxes(shape: readonly number[], axis: number, target: readonly number[] | null): number[] {
  const others = shape.map((_, other) => other).filter((other) => other !== axis);
  const fits = (other: number) => target !== null && isSameShape(indexShape(shape, other), target);
  return [...others.filter(fits), ...others.filter((other) => !fits(other))];
}

/** One step more; for words, another first step; and none of those that somebody asked for. */
function otherSteps(tensor: ReadTensor, { target, steps }: Labels, beside: Beside | null): (readonly LabelStep[])[] {
  const usual = usualSteps(tensor);
  const more = possibleSteps(target, beside).map((step) => [...steps, step]);
  const words = tensor.dtype === "str" ? possibleSteps(tensor, beside).filter((step) => step !== steps[0]) : [];
  const others = [...more, ...words.map((step) => [step])];
  return steps.length > usual.length ? [...others, usual] : others;
}

function canBeWeight({ tensor }: Part): boolean {
  return tensor.dtype !== "str" && tensor.shape.length === 1;
}

/** What is called so; or what has no name, and one number for each class. */
function weightOf(
  others: readonly Part[],
  beside: Beside | null,
  { weight }: Corrections,
): { readonly part: Part | null; readonly because: Because } {
  if (weight !== undefined) return { part: others.find(({ place }) => place === weight) ?? null, because: "said" };
  const possible = others.filter(canBeWeight);
  const named = possible.filter(({ named }) => named.role === "weight");
  if (named.length > 0) return { part: named.length === 1 ? (named[0] ?? null) : null, because: "name" };
  const classes = beside?.shape[beside.classAxis];
  const shaped = possible.filter(({ tensor, named }) => {
    return named.rest === null && isFloating(tensor.dtype) && tensor.shape[0] === classes;
  });
  return { part: shaped.length === 1 ? (shaped[0] ?? null) : null, because: "shape" };
}
