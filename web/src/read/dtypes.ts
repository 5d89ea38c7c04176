// The dtypes as PyTorch, NumPy, JAX, TensorFlow and others print them, and numbers in them.

import type { NumberDtype, Values } from "./types.ts";

const NAMES: Readonly<Record<string, NumberDtype>> = {
  float16: "float16",
  half: "float16",
  f2: "float16",
  bfloat16: "bfloat16",
  float32: "float32",
  float: "float32",
  f4: "float32",
  float64: "float64",
  double: "float64",
  f8: "float64",
  int8: "int8",
  i1: "int8",
  uint8: "uint8",
  u1: "uint8",
  int16: "int16",
  short: "int16",
  i2: "int16",
  uint16: "uint16",
  u2: "uint16",
  int32: "int32",
  int: "int32",
  i4: "int32",
  uint32: "uint32",
  u4: "uint32",
  int64: "int64",
  long: "int64",
  i8: "int64",
  uint64: "uint64",
  u8: "uint64",
  bool: "bool",
  bool_: "bool",
  b1: "bool",
};

/** What NumPy means by Python's own names. */
const PYTHON: Readonly<Record<string, NumberDtype>> = { float: "float64", int: "int64", bool: "bool" };

/** torch.float64, np.float32, '<f4', bfloat16: undefined where it is none of ours. */
export function dtypeOf(text: string): NumberDtype | undefined {
  const word = text
    .trim()
    .replace(/^<class '(.*)'>$/, "$1")
    .replace(/^["'](.*)["']$/, "$1");
  const own = Object.hasOwn(PYTHON, word) ? PYTHON[word] : undefined;
  const name = word
    .replace(/^.*\./, "")
    .replace(/^[<>=|]/, "")
    .toLowerCase();
  return own ?? (Object.hasOwn(NAMES, name) ? NAMES[name] : undefined);
}

const CONSTRUCTED: Readonly<Record<string, NumberDtype>> = {
  FloatTensor: "float32",
  DoubleTensor: "float64",
  HalfTensor: "float16",
  BFloat16Tensor: "bfloat16",
  CharTensor: "int8",
  ByteTensor: "uint8",
  ShortTensor: "int16",
  IntTensor: "int32",
  LongTensor: "int64",
  BoolTensor: "bool",
};

/** torch.LongTensor and its like say a dtype; undefined: this name says none. */
export function constructed(name: string): NumberDtype | undefined {
  return Object.hasOwn(CONSTRUCTED, name) ? CONSTRUCTED[name] : undefined;
}

export function isFloating(dtype: NumberDtype | "str"): boolean {
  return dtype.includes("float");
}

const LIMITS: Readonly<Partial<Record<NumberDtype, readonly [least: bigint, most: bigint]>>> = {
  int8: [-(2n ** 7n), 2n ** 7n - 1n],
  uint8: [0n, 2n ** 8n - 1n],
  int16: [-(2n ** 15n), 2n ** 15n - 1n],
  uint16: [0n, 2n ** 16n - 1n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
  bool: [0n, 1n],
};

/** The whole numbers that an integer dtype holds. */
export function limitsOf(dtype: NumberDtype): readonly [least: bigint, most: bigint] {
  return LIMITS[dtype] ?? [0n, 0n];
}

/** Numbers as the dtype holds them: rounded to the nearest, inf where they are too large. Whole ones are in its limits. */
export function held(numbers: Float64Array, dtype: NumberDtype, exact: ReadonlyMap<number, bigint>): Values {
  switch (dtype) {
    case "float16":
      return Uint16Array.from(numbers, float16Bits);
    case "bfloat16":
      return Uint16Array.from(numbers, bfloat16Bits);
    case "float32":
      return Float32Array.from(numbers);
    case "float64":
      return Float64Array.from(numbers);
    case "int8":
      return Int8Array.from(numbers);
    case "int16":
      return Int16Array.from(numbers);
    case "uint16":
      return Uint16Array.from(numbers);
    case "int32":
      return Int32Array.from(numbers);
    case "uint32":
      return Uint32Array.from(numbers);
    case "uint8":
    case "bool":
      return Uint8Array.from(numbers);
    case "int64":
    case "uint64": {
      const wide = dtype === "int64" ? new BigInt64Array(numbers.length) : new BigUint64Array(numbers.length);
      for (let i = 0; i < wide.length; ++i) wide[i] = BigInt(numbers[i] as number);
      for (const [i, value] of exact) wide[i] = value;
      return wide;
    }
  }
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/** A number's bits with so many of exponent and mantissa, rounded to the nearest, ties to even. */
function halfBits(value: number, mantissaBits: 10 | 7, largestExponent: 15 | 127): number {
  double[0] = value;
  const [low, high] = [words[0] as number, words[1] as number];
  const sign = (high >>> 16) & 0x8000;
  const exponent = ((high >>> 20) & 0x7ff) - 1023;
  const infinite = (largestExponent * 2 + 1) << mantissaBits;
  if (exponent === 1024) return sign | infinite | ((high & 0xfffff) | low ? 1 << (mantissaBits - 1) : 0);
  // In units of the last place that there is at this exponent, or of the smallest number; exact in a double.
  const unit = Math.max(exponent, 1 - largestExponent) - mantissaBits;
  const scaled = Math.abs(value) / 2 ** unit;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  const rounded = floor + (rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? 1 : 0);
  // What is rounded up to the next power of two has the next exponent: the bits carry over.
  const base = exponent < 1 - largestExponent ? 0 : (exponent + largestExponent - 1) << mantissaBits;
  return sign | Math.min(base + rounded, infinite);
}

const float16Bits = (value: number): number => halfBits(value, 10, 15);
const bfloat16Bits = (value: number): number => halfBits(value, 7, 127);

/** What is larger, is inf in this dtype once it is rounded. */
export function largest(dtype: NumberDtype): number {
  const most: Partial<Record<NumberDtype, number>> = {
    float16: 65520,
    bfloat16: 2 ** 128 - 2 ** 119,
    float32: 2 ** 128 - 2 ** 103,
  };
  return most[dtype] ?? Number.POSITIVE_INFINITY;
}
