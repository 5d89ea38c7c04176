// What typed arrays are, whatever their classes and getters claim; also those of another window.
export type FloatArray = Float32Array | Float64Array;

export type IntegerArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

export type TypedArray = FloatArray | IntegerArray;

const { prototype } = Object.getPrototypeOf(Uint8Array);

function getter<R>(name: string | symbol): () => R {
  return (Object.getOwnPropertyDescriptor(prototype, name) as { get: () => R }).get;
}

// Each getter is called from a place of its own, which engines can then compile to a load.
const name = getter<string | undefined>(Symbol.toStringTag);
const length = getter<number>("length");
const buffer = getter<ArrayBufferLike>("buffer");

/** "Float32Array" and so on; undefined for anything else. */
export function typedArrayName(value: unknown): string | undefined {
  return name.call(value);
}

/** How many elements are there now: 0 after the buffer was detached. */
export function lengthOf(array: unknown): number {
  return length.call(array);
}

export function bufferOf(array: unknown): ArrayBufferLike {
  return buffer.call(array);
}

/** Copies all elements. */
export function setAll(to: TypedArray, from: TypedArray): void {
  prototype.set.call(to, from);
}
