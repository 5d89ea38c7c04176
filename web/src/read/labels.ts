// Labels as they can be read. Each step is a line that somebody would write in Python, and none is taken unasked, except
// for words, which PyTorch does not take.

import { countOf, numberAt } from "./arrays.ts";
import { isFloating } from "./dtypes.ts";
import type { NumberTensor, ReadTensor, Values, WordTensor } from "./types.ts";

/** How words become numbers. */
export type WordStep =
  /** They are whole numbers: int(word). */
  | "numerals"
  /** Their places among the names of the classes, or else among all of them, sorted as Python sorts: sorted(set(y)). */
  | "sorted"
  /** Their places in the order in which they first appear: pandas.factorize(y). */
  | "appearance";

export type NumberStep =
  /** y.squeeze(), to the shape that class indices have. */
  | "squeeze"
  /** y.argmax(dim), where there is one 1 among zeros. */
  | "argmax"
  /** y.long(), of whole numbers. */
  | "long"
  /** y - 1, where y is not ignored. */
  | "minus-one"
  /** y.float() */
  | "float";

export type LabelStep = WordStep | NumberStep;

/** The logits that labels belong to. */
export interface Beside {
  readonly shape: readonly number[];
  readonly classAxis: number;
  readonly ignoreIndex: number;
  /** Lists of words that may be the names of the classes. */
  readonly names?: readonly (readonly string[])[];
}

export interface Labels {
  readonly target: NumberTensor;
  /** Class k is words[k]; null: the labels are numbers. */
  readonly words: readonly string[] | null;
  /** The steps that were taken. */
  readonly steps: readonly LabelStep[];
}

/** The axis of the classes in logits of this shape, as PyTorch takes it. */
export function usualAxis(shape: readonly number[]): number {
  return shape.length > 1 ? 1 : 0;
}

/** The shape of class indices beside logits of this shape. */
export function indexShape(shape: readonly number[], classAxis: number): number[] {
  return shape.toSpliced(classAxis, 1);
}

export function isSameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, dim) => size === b[dim]);
}

/** Whether y.squeeze() can make one of the other. */
export function isSameSqueezed(a: readonly number[], b: readonly number[]): boolean {
  const [one, other] = [a, b].map((shape) => shape.filter((size) => size !== 1)) as [number[], number[]];
  return isSameShape(one, other);
}

/** The steps that are taken unless somebody says otherwise. */
export function usualSteps(tensor: ReadTensor): readonly LabelStep[] {
  if (tensor.dtype !== "str") return [];
  return tensor.data.length > 0 && tensor.data.every(isNumeral) ? ["numerals"] : ["sorted"];
}

/** The labels after these steps; one that cannot be taken where it stands is left out. */
export function readLabels(tensor: ReadTensor, steps: readonly LabelStep[], beside: Beside | null): Labels {
  const taken: LabelStep[] = [];
  let target = tensor;
  let words: readonly string[] | null = null;
  for (const step of target.dtype === "str" ? [...steps, ...usualSteps(target)] : steps) {
    if (!possibleSteps(target, beside).includes(step)) continue;
    if (target.dtype === "str") {
      words = step === "numerals" ? null : [...new Set(target.data)];
      if (step === "sorted") words = namesFor(words ?? [], beside) ?? words?.toSorted(byCodePoint) ?? null;
      target = fromWords(target, words);
    } else target = take(step, target, beside as Beside);
    taken.push(step);
  }
  return { target: target as NumberTensor, words, steps: taken };
}

/** The names of all classes, if every label is one of them; columns may have more in front: p_cat, p_dog. */
function namesFor(labels: readonly string[], beside: Beside | null): readonly string[] | undefined {
  return beside?.names
    ?.map((names) => names.map((name) => labels.find((label) => `_${name}`.endsWith(`_${label}`)) ?? name))
    .find(
      (names) =>
        new Set(names).size === beside.shape[beside.classAxis] && labels.every((label) => names.includes(label)),
    );
}

/** Words as their places among all; null: as the numerals that they are. */
function fromWords(tensor: WordTensor, words: readonly string[] | null): NumberTensor {
  const places = new Map(words?.map((word, place) => [word, place]));
  const data = BigInt64Array.from(tensor.data, (word) => BigInt(places.get(word) ?? word.trim().replace(/^\+/, "")));
  return { ...tensor, dtype: "int64", stated: false, data, decimals: null };
}

/** The steps that can be taken next. */
export function possibleSteps(tensor: ReadTensor, beside: Beside | null): readonly LabelStep[] {
  if (tensor.dtype === "str") {
    return usualSteps(tensor)[0] === "numerals" ? ["numerals", "sorted", "appearance"] : ["sorted", "appearance"];
  }
  if (beside === null) return [];
  const { shape, dtype } = tensor;
  const { classAxis } = beside;
  const possible: LabelStep[] = [];
  const indices = indexShape(beside.shape, classAxis);
  if (isSameShape(shape, indices)) {
    if (dtype !== "int64" && dtype !== "uint8" && areWhole(tensor)) possible.push("long");
    if (areFromOne(tensor, beside)) possible.push("minus-one");
    return possible;
  }
  const isAsLogits = shape.length === beside.shape.length && isSameShape(indexShape(shape, classAxis), indices);
  if (isAsLogits && placesOfOnes(tensor, classAxis) !== null) possible.push("argmax");
  if (isSameShape(shape, beside.shape)) {
    if (!isFloating(dtype)) possible.push("float");
  } else if (isSameSqueezed(shape, indices)) possible.push("squeeze");
  return possible;
}

/** The labels that no class has, the smallest first: somebody may want them ignored. Of more than four, none. */
export function labelsOutside(target: NumberTensor, classes: number): readonly number[] {
  const outside = new Set<number>();
  for (let index = 0; index < target.data.length && outside.size <= 4; index++) {
    const label = numberAt(target, index);
    if (Number.isSafeInteger(label) && (label < 0 || label >= classes)) outside.add(label);
  }
  return outside.size > 4 ? [] : [...outside].sort((a, b) => a - b);
}

function take(step: LabelStep, tensor: NumberTensor, { shape, classAxis, ignoreIndex }: Beside): NumberTensor {
  const made = { ...tensor, stated: false, decimals: null };
  const indices = indexShape(shape, classAxis);
  switch (step) {
    case "squeeze":
      return { ...tensor, shape: indices };
    case "argmax": {
      const data = placesOfOnes(tensor, classAxis) as BigInt64Array<ArrayBuffer>;
      return { ...made, shape: indices, dtype: "int64", data };
    }
    case "long": {
      const data = new BigInt64Array(tensor.data.length);
      for (let index = 0; index < data.length; index++) data[index] = BigInt(numberAt(tensor, index));
      return { ...made, dtype: "int64", data };
    }
    case "float": {
      const data = new Float32Array(tensor.data.length);
      for (let index = 0; index < data.length; index++) data[index] = Number(tensor.data[index]);
      return { ...made, dtype: "float32", data };
    }
    case "minus-one": {
      const data = tensor.data.slice() as Values;
      for (let index = 0; index < data.length; index++) {
        let label = data[index] as number & bigint;
        if (Number(label) !== ignoreIndex) data[index] = --label as number & bigint;
      }
      return { ...tensor, data };
    }
    default:
      return tensor; // words have been read
  }
}

function areWhole(tensor: NumberTensor): boolean {
  for (let index = 0; index < tensor.data.length; index++) {
    if (!Number.isSafeInteger(numberAt(tensor, index))) return false;
  }
  return true;
}

/** Whole numbers from 1 to at most C, other than those that are ignored. */
function areFromOne(tensor: NumberTensor, { shape, classAxis, ignoreIndex }: Beside): boolean {
  if (isFloating(tensor.dtype) || tensor.dtype === "bool") return false;
  const classes = shape[classAxis] as number;
  let isAny = false;
  for (let index = 0; index < tensor.data.length; index++) {
    const label = Number(tensor.data[index]);
    if (label === ignoreIndex) continue;
    if (label < 1 || label > classes) return false;
    isAny = true;
  }
  return isAny;
}

/** Where along an axis the 1 stands, if all others there are 0 everywhere. */
function placesOfOnes(tensor: NumberTensor, axis: number): BigInt64Array<ArrayBuffer> | null {
  const size = tensor.shape[axis] as number;
  const inner = countOf(tensor.shape.slice(axis + 1));
  const places = new BigInt64Array(countOf(indexShape(tensor.shape, axis))).fill(-1n);
  for (let index = 0; index < tensor.data.length; index++) {
    const value = numberAt(tensor, index);
    if (value === 0) continue;
    const at = Math.floor(index / (size * inner)) * inner + (index % inner);
    if (value !== 1 || places[at] !== -1n) return null;
    places[at] = BigInt(Math.floor(index / inner) % size);
  }
  return places.length === 0 || places.includes(-1n) ? null : places;
}

/** As int() reads it, if int64 can hold it. */
function isNumeral(word: string): boolean {
  return /^\s*[+-]?\d{1,18}\s*$/.test(word);
}

/** As Python compares strings; JavaScript's order is that of 16-bit units. */
function byCodePoint(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  const at = left.findIndex((character, index) => character !== right[index]);
  if (at < 0) return left.length - right.length;
  return (left[at]?.codePointAt(0) as number) - (right[at]?.codePointAt(0) ?? -1);
}
