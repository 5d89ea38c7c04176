// The types of numbers, by their dtypes: what PyTorch's messages call them, which typed arrays have them.
import { typedArrayName } from "./typed-arrays.ts";
import type { TensorDtype } from "./types.ts";

export const scalarTypes = {
  float16: "Half",
  bfloat16: "BFloat16",
  float32: "Float",
  float64: "Double",
  int8: "Char",
  uint8: "Byte",
  int16: "Short",
  uint16: "UInt16",
  int32: "Int",
  uint32: "UInt32",
  int64: "Long",
  uint64: "UInt64",
} as const;

export type ScalarType = (typeof scalarTypes)[keyof typeof scalarTypes];

/** The dtype of a typed array's elements, and which of the core's types takes them: not all of uint32 and uint64. */
type Elements = readonly [dtype: keyof typeof scalarTypes, type: TensorDtype];

const elements: { readonly [name: string]: Elements } = {
  Float32Array: ["float32", "float32"],
  Float64Array: ["float64", "float64"],
  Int8Array: ["int8", "int32"],
  Uint8Array: ["uint8", "int32"],
  Uint8ClampedArray: ["uint8", "int32"],
  Int16Array: ["int16", "int32"],
  Uint16Array: ["uint16", "int32"],
  Int32Array: ["int32", "int32"],
  Uint32Array: ["uint32", "int64"],
  BigInt64Array: ["int64", "int64"],
  BigUint64Array: ["uint64", "int64"],
};

/** What a typed array is made of; undefined for anything else. */
export function elementsOf(value: unknown): Elements | undefined {
  return elements[typedArrayName(value) as string];
}
