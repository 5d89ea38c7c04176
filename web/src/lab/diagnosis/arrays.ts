// Pieces of what was brought, in the types that the core reads. Nothing is computed: bits and bytes find their places.
import { unexpected } from "../../api/errors.ts";
import { isHalf, widened } from "../../api/halves.ts";
import { type Place, placeOf } from "../../api/marshal.ts";
import type { TypedArray } from "../../api/typed-arrays.ts";
import type { BroughtTensor } from "./types.ts";

/** As cpp/include/celoss/lab/call.h counts them. */
export const DTYPES = [
  "float16",
  "bfloat16",
  "float32",
  "float64",
  "int8",
  "uint8",
  "int16",
  "uint16",
  "int32",
  "uint32",
  "int64",
  "uint64",
  "bool",
] as const;

export function isFloat({ dtype }: BroughtTensor): boolean {
  return DTYPES.indexOf(dtype) < 4;
}

export function size(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A tensor whose shape and numbers go together. */
export function checkTensor(argument: string, tensor: BroughtTensor): void {
  if (!DTYPES.includes(tensor.dtype)) throw unexpected(`${argument}.dtype`, "a dtype of PyTorch's", tensor.dtype);
  if (tensor.shape.length > 64) throw unexpected(`${argument}.shape`, "at most 64 sizes", tensor.shape);
  if (!tensor.shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw unexpected(`${argument}.shape`, "whole sizes", tensor.shape);
  }
  if (tensor.data.length !== size(tensor.shape)) {
    throw unexpected(`${argument}.data`, `${size(tensor.shape)} numbers for its shape`, tensor.data.length);
  }
}

/** Numbers from start to end, in float64. */
export function floats({ data, dtype }: BroughtTensor, start: number, end: number): Place<"float64"> {
  const part = slice(data, start, end);
  if (isHalf(dtype)) return placeOf("float64", end - start, widened(part as Uint16Array, dtype));
  if (isBig(part)) return placeOf("float64", end - start, Float64Array.from(part as ArrayLike<bigint>, Number));
  return placeOf("float64", end - start, part as TypedArray);
}

/** Labels from start to end, in int32 or int64; null: not all of them are whole numbers. */
export function labels({ data }: BroughtTensor, start: number, end: number): Place<"int32" | "int64"> {
  const part = slice(data, start, end);
  if (isBig(part)) return placeOf("int64", end - start, part as BigInt64Array);
  if (part instanceof Uint32Array || part instanceof Float32Array || part instanceof Float64Array) {
    return placeOf("int64", end - start, BigInt64Array.from(part as Float64Array, BigInt));
  }
  return placeOf("int32", end - start, part as TypedArray);
}

/** Whether numbers can be labels: whole, and not beyond 64 bits. */
export function areWhole({ data, dtype }: BroughtTensor): boolean {
  if (dtype === "uint64") return (data as BigUint64Array).every((value) => value < 2n ** 63n);
  if (isHalf(dtype)) return false;
  if (dtype !== "float32" && dtype !== "float64") return true;
  for (let i = 0; i < data.length; ++i) if (!Number.isSafeInteger(data[i])) return false;
  return true;
}

/** Columns d0 to d0 + d of sample n, for (N, C, D) numbers, as (C, d). */
export function columns(
  tensor: BroughtTensor,
  [, C, D]: readonly [number, number, number],
  n: number,
  d0: number,
  d: number,
): Place<"float64"> {
  const gathered = new Float64Array(C * d);
  for (let c = 0; c < C; ++c) {
    const start = (n * C + c) * D + d0;
    gathered.set(floats(tensor, start, start + d).source as Float64Array, c * d);
  }
  return placeOf("float64", C * d, gathered);
}

function isBig(data: ArrayLike<number | bigint>): boolean {
  return data instanceof BigInt64Array || data instanceof BigUint64Array;
}

function slice(data: ArrayLike<number> | ArrayLike<bigint>, start: number, end: number): ArrayLike<number | bigint> {
  return (data as Float64Array).subarray(start, end);
}
