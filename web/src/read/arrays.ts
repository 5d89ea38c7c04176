// Bytes as numbers: rearranged, never computed with.

import { refuseFile } from "./refusal.ts";
import type { NumberDtype, NumberTensor, Values } from "./types.ts";

const ARRAYS = {
  float16: Uint16Array,
  bfloat16: Uint16Array,
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
} as const satisfies Record<NumberDtype, unknown>;

/** What one number takes, in bytes. */
export function itemSize(dtype: NumberDtype): number {
  return ARRAYS[dtype].BYTES_PER_ELEMENT;
}

/** How many numbers there are; a shape with a 0 has none, however large the rest. */
export function countOf(shape: readonly number[]): number {
  return shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1);
}

/**
 * All of the bytes as numbers. They stay where they are if they are little-endian and lie where such numbers can: a file
 * of 500 MB is then not copied. source is who they are from, should a bool be neither 0 nor 1.
 */
export function numbers(
  bytes: Uint8Array<ArrayBuffer>,
  dtype: NumberDtype,
  { bigEndian, source }: { readonly bigEndian: boolean; readonly source: string },
): Values {
  const size = itemSize(dtype);
  const isCopied = bigEndian ? size > 1 : bytes.byteOffset % size !== 0;
  const own = isCopied ? Uint8Array.prototype.slice.call(bytes) : bytes;
  if (bigEndian) reverseEach(own, size);
  const odd = dtype === "bool" ? own.findIndex((byte) => byte > 1) : -1;
  if (odd >= 0) refuseFile("notABool", source, { index: odd, got: own[odd] as number });
  return new ARRAYS[dtype](own.buffer, own.byteOffset, own.length / size);
}

function reverseEach(bytes: Uint8Array, size: number): void {
  for (let start = 0; start < bytes.length; start += size) {
    for (let low = start, high = start + size - 1; low < high; low++, high--) {
      const byte = bytes[low] as number;
      bytes[low] = bytes[high] as number;
      bytes[high] = byte;
    }
  }
}

/**
 * Entry (i, j, …) is data[offset + i * strides[0] + j * strides[1] + …], made row-major: what NumPy's fortran_order and
 * PyTorch's views are. Strides count numbers, not bytes.
 */
export function contiguous(
  data: Values,
  shape: readonly number[],
  strides: readonly number[] = rowMajor(shape),
  offset = 0,
): Values {
  const count = countOf(shape);
  if (isRowMajor(shape, strides)) return data.subarray(offset, offset + count) as Values;
  const result = new (data.constructor as new (length: number) => Values)(count);
  const last = shape.length - 1;
  const columns = shape[last] as number;
  const step = strides[last] as number;
  // All rows of some columns, then of the next: what one row has brought near, the next ones find there.
  for (let first = 0; first < columns; first += NEAR) {
    const behind = Math.min(first + NEAR, columns);
    const at = shape.map(() => 0);
    for (let row = 0, from = offset; row < count; row += columns) {
      for (let column = first; column < behind; column++) {
        result[row + column] = data[from + column * step] as number & bigint;
      }
      // The next row: as an odometer turns.
      for (let dim = last - 1; dim >= 0; dim--) {
        from += strides[dim] as number;
        at[dim] = (at[dim] as number) + 1;
        if ((at[dim] as number) < (shape[dim] as number)) break;
        from -= (shape[dim] as number) * (strides[dim] as number);
        at[dim] = 0;
      }
    }
  }
  return result;
}

/** So many columns at once: a transposed matrix of 64 × 50,257 is then read three times as fast. */
const NEAR = 1024;

/** The strides of numbers that lie one after the other. */
export function rowMajor(shape: readonly number[]): number[] {
  return shape.map((_, dim) => countOf(shape.slice(dim + 1)));
}

/** Whether the numbers lie one after the other; where a size is 1 its stride says nothing. */
export function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  const plain = rowMajor(shape);
  return countOf(shape) === 0 || shape.every((size, dim) => size === 1 || strides[dim] === plain[dim]);
}

/** One number of a tensor; of int64 and uint64 the nearest that a number can be. */
export function numberAt({ dtype, data }: NumberTensor, index: number): number {
  const value = Number(data[index]);
  if (dtype === "bfloat16") return new Float32Array(new Uint32Array([value << 16]).buffer)[0] as number;
  return dtype === "float16" ? fromHalf(value) : value;
}

function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
