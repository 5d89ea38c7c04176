// What stands in a pickle's dicts, lists and tuples, as tensors: numbers and texts too, and lists of them.

import { Global, type Made, type Value } from "./pickle.ts";
import { refuseFile } from "./refusal.ts";
import type { NumberTensor, WordTensor } from "./types.ts";

/** A number, a text or a list of them, without its name and place. */
export type Plain = Omit<NumberTensor, "name" | "place"> | Omit<WordTensor, "name" | "place">;

/** As many values are looked at; a list that holds another one twice, and so on, can have more than any memory. */
const MOST_VALUES = 2_000_000;
const DEEPEST = 64;

export interface Leaf<Own> {
  /** Keys with points between them, places in brackets: "batch.logits", "[0]". */
  readonly path: string;
  readonly value: Plain | Own;
}

/** All leaves, in their order. What isOwn knows is left as it is. */
export function leavesOf<Own extends Made>(
  root: Value,
  isOwn: (value: Value) => value is Own,
  source: string,
): readonly Leaf<Own>[] {
  const leaves: Leaf<Own>[] = [];
  let looked = 0;
  const look = (depth: number) => {
    if (++looked > MOST_VALUES) refuseFile("tooManyValues", source, { most: MOST_VALUES });
    if (depth > DEEPEST) refuseFile("nestedTooDeep", source, { most: DEEPEST });
  };
  /** The shape of nested lists of numbers; null: they are not. */
  const shapeOf = (value: Value, depth: number): readonly number[] | null => {
    look(depth);
    if (!Array.isArray(value)) return isNumber(value) ? [] : null;
    const shapes = value.map((item) => shapeOf(item, depth + 1));
    const [first = null] = shapes;
    const isEven = first !== null && shapes.every((shape) => shape !== null && shape.join() === first.join());
    return isEven ? [value.length, ...first] : null;
  };
  const walk = (value: Value, path: string, depth: number): void => {
    look(depth);
    if (value === null) return;
    if (isOwn(value)) {
      leaves.push({ path, value });
    } else if (value instanceof Map) {
      for (const [key, item] of value) {
        if (typeof key !== "string" && typeof key !== "bigint") refuseFile("pickleKey", source);
        walk(item, path === "" ? String(key) : `${path}.${key}`, depth + 1);
      }
    } else if (typeof value === "string") {
      leaves.push({ path, value: { shape: [], dtype: "str", data: [value] } });
    } else if (areTexts(value)) {
      leaves.push({ path, value: { shape: [value.length], dtype: "str", data: value } });
    } else {
      const shape = shapeOf(value, depth);
      if (shape !== null) leaves.push({ path, value: numbersOf(value, shape) });
      else if (Array.isArray(value)) for (const [at, item] of value.entries()) walk(item, `${path}[${at}]`, depth + 1);
      else refuseFile("pickleName", source, { name: value instanceof Global ? value.name : "?" });
    }
  };
  walk(root, "", 0);
  return leaves;
}

function isNumber(value: Value): value is number | bigint | boolean {
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";
}

function areTexts(value: Value): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string");
}

function flatten(value: Value): (number | bigint | boolean)[] {
  return Array.isArray(value) ? value.flatMap(flatten) : isNumber(value) ? [value] : [];
}

/** As torch.tensor() takes lists; a float alone is Python's, of 64 bits. */
function numbersOf(value: Value, shape: readonly number[]): Plain {
  const flat = flatten(value);
  const has = (type: string) => flat.some((item) => typeof item === type);
  const plain = { shape, stated: false, decimals: null };
  if (has("number") && shape.length === 0)
    return { ...plain, stated: true, dtype: "float64", data: Float64Array.from(flat, Number) };
  if (has("number")) return { ...plain, dtype: "float32", data: Float32Array.from(flat, Number) };
  if (has("bigint")) return { ...plain, dtype: "int64", data: BigInt64Array.from(flat, BigInt) };
  return { ...plain, stated: true, dtype: "bool", data: Uint8Array.from(flat, Number) };
}
