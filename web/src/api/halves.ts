// float16 and bfloat16, given as bits: the same numbers as float32. Nothing is computed, bits find their places.

import { allocate } from "./marshal.ts";
import { lengthOf } from "./typed-arrays.ts";

type HalfDtype = "float16" | "bfloat16";

export function isHalf(dtype: unknown): dtype is HalfDtype {
  return dtype === "float16" || dtype === "bfloat16";
}

export function widened(halves: Uint16Array, dtype: HalfDtype): Float32Array {
  const floats = allocate(lengthOf(halves), Float32Array);
  const bits = new Uint32Array(floats.buffer);
  const widen = dtype === "float16" ? widenFloat16 : widenBfloat16;
  for (let i = 0; i < bits.length; ++i) bits[i] = widen(halves[i] as number);
  return floats;
}

/** bfloat16 is the upper half of a float32. */
function widenBfloat16(half: number): number {
  return half << 16;
}

/** Sign, 5 bits of exponent, 10 of mantissa, which become 8 and 23. */
function widenFloat16(half: number): number {
  const sign = (half & 0x8000) << 16;
  let exponent = (half >> 10) & 31;
  let mantissa = half & 0x3ff;
  if (exponent === 31) return sign | 0x7f800000 | (mantissa << 13); // infinite, or NaN
  if (exponent === 0) {
    if (mantissa === 0) return sign;
    // A subnormal number is an ordinary float32, whose first 1 is not written.
    const shift = Math.clz32(mantissa) - 21;
    mantissa = (mantissa << shift) & 0x3ff;
    exponent = 1 - shift;
  }
  return sign | ((exponent + 112) << 23) | (mantissa << 13);
}
