// What the caller gave becomes checked, flat arrays. Every value is read once and nothing is written to.
import { CelossError, describe, invalid, unexpected } from "./errors.ts";
import { isHalf, widened } from "./halves.ts";
import { allocate, arrayTypes, type Memory, placeOf } from "./marshal.ts";
import { elementsOf, scalarTypes } from "./scalar-types.ts";
import { type Argument, TensorInModule } from "./tensor.ts";
import { bufferOf, type FloatArray, lengthOf, type TypedArray, typedArrayName } from "./typed-arrays.ts";
import type { Dtype, TensorDtype } from "./types.ts";

/** More than the memory of a WebAssembly module holds: no dimension is larger. */
export const MAX_SIZE = 2 ** 30;
/** As in PyTorch. */
const MAX_DIMENSIONS = 64;

const FLOATS = "a Float32Array or a Float64Array";

export function isFloating(argument: Argument): argument is Argument<Dtype> {
  return argument.place.type === "float32" || argument.place.type === "float64";
}

/** Any tensor of floating point numbers; nested arrays become float32. */
export function readTensor(memory: Memory, argument: string, input: unknown): Argument<Dtype> {
  const tensor = readLogits(memory, argument, input);
  if (isFloating(tensor)) return tensor;
  throw unexpected(`${argument}.data`, FLOATS, (input as { data: unknown }).data);
}

/** As readTensor, but integers in typed arrays are left to PyTorch's checks. */
export function readLogits(memory: Memory, argument: string, input: unknown): Argument {
  if (Array.isArray(input)) return readNested(argument, input, "float32");
  const tensor = readFlat(memory, argument, input, FLOATS, false);
  if (tensor.scalarType !== "UInt16") return tensor;
  throw invalid(
    argument,
    `${argument}: what the bits of a Uint16Array mean, its dtype has to say: "float16" or "bfloat16"`,
  );
}

/** Numbers of any type; nested arrays and a single number become `type`. */
export function readNumbers(memory: Memory, argument: string, input: unknown, type: Dtype): Argument {
  if (typeof input === "number") {
    return { shape: [], place: placeOf(type, 1, Float64Array.of(input)), scalarType: scalarTypes[type] };
  }
  if (Array.isArray(input)) return readNested(argument, input, type);
  return readFlat(memory, argument, input, "a typed array", true);
}

/** A tensor in the module's memory, { data, shape }, or a typed array where that will do. */
function readFlat(memory: Memory, argument: string, input: unknown, wanted: string, bare: boolean): Argument {
  if (typeof input === "object" && input !== null) {
    const resident = TensorInModule.read(memory, input);
    if (resident !== undefined) return resident;
    if (!ArrayBuffer.isView(input)) {
      const { data, shape, dtype } = input as { data?: unknown; shape?: unknown; dtype?: unknown };
      return fill(argument, data, readShape(argument, shape, ".shape"), dtype, wanted);
    }
    if (bare && typedArrayName(input) !== undefined) return fill(argument, input, [lengthOf(input)], undefined, wanted);
  }
  throw unexpected(argument, "nested arrays or { data, shape }", input);
}

function fill(argument: string, data: unknown, shape: readonly number[], dtype: unknown, wanted: string): Argument {
  const element = elementsOf(data);
  if (element === undefined) throw unexpected(`${argument}.data`, wanted, data);
  checkFilled(argument, shape, data as TypedArray);
  const [natural, type] = element;
  if (dtype === undefined || dtype === natural) {
    return { shape, place: placeOf(type, lengthOf(data), data as TypedArray), scalarType: scalarTypes[natural] };
  }
  if (natural === "uint16" && isHalf(dtype)) {
    const floats = widened(data as Uint16Array, dtype);
    return { shape, place: placeOf("float32", floats.length, floats), scalarType: scalarTypes[dtype] };
  }
  const fitting = natural === "uint16" ? '"float16", "bfloat16" or "uint16"' : `"${natural}"`;
  throw unexpected(`${argument}.dtype`, `${fitting} for its data`, dtype);
}

/** Class indices; or numbers that are none, in the shape of `probabilities` or wherever somebody put them. */
export function readTarget(
  memory: Memory,
  input: unknown,
  probabilities: readonly number[] | undefined,
  dtype: Dtype,
): Argument {
  const argument = "target";
  if (typeof input === "number" || typeof input === "bigint") return { ...readIndices(argument, [input]), shape: [] };
  if (Array.isArray(input)) {
    // JavaScript's numbers do not say whether they are integers: their shape tells.
    return probabilities && isSameShape(nestedShape(argument, input), probabilities) && !areIntegers(input)
      ? readNested(argument, input, dtype)
      : readIndices(argument, input);
  }
  const target = readFlat(memory, argument, input, "a typed array", true);
  if (target.scalarType !== "UInt32" && target.scalarType !== "UInt64") return target;
  const source = target.place.source as Uint32Array | BigUint64Array;
  const indices = allocate(target.place.length, BigInt64Array);
  for (let i = 0; i < indices.length; ++i) indices[i] = toIndex(source[i] as number | bigint, i);
  return { ...target, place: placeOf("int64", indices.length, indices) };
}

/** Nested arrays of the numbers that one can count with, as int64; of floats, only their type, if there are others. */
function readIndices(argument: string, input: readonly unknown[]): Argument {
  const shape = nestedShape(argument, input);
  const width = shape.at(-1) as number;
  const indices = allocate(numel(shape), BigInt64Array);
  let type: TensorDtype = "int64";
  forEachRow(argument, input, shape, (row, start, place) => {
    const [dtype] = elementsOf(row) ?? [];
    if (dtype === "float64" || (dtype === "float32" && type === "int64")) type = dtype;
    for (let i = 0; i < width; ++i) {
      const value = row[i];
      if (typeof value !== "number" && typeof value !== "bigint") throw unexpected(place(i), "an integer", value);
      if (typeof value === "bigint" || Number.isInteger(value)) indices[start + i] = toIndex(value, start + i);
      else if (type === "int64") type = "float32";
    }
  });
  const source = type === "int64" ? indices : undefined;
  return { shape, place: placeOf(type, indices.length, source), scalarType: scalarTypes[type] };
}

/** Nested arrays as torch.tensor takes them: a row of float64 makes all of it float64, so that no number is rounded. */
function readNested(argument: string, input: readonly unknown[], type: Dtype): Argument<Dtype> {
  const shape = nestedShape(argument, input);
  const width = shape.at(-1) as number;
  const data = allocate<FloatArray>(numel(shape), arrayTypes[type]);
  let isWide = type === "float64";
  forEachRow(argument, input, shape, (row, start, place) => {
    const [dtype] = elementsOf(row) ?? [];
    if (dtype !== undefined && dtype !== "float32" && dtype !== "float64") throw unexpected(place(), FLOATS, row);
    isWide ||= dtype === "float64";
    for (let i = 0; i < width; ++i) {
      const value = row[i];
      if (typeof value !== "number") throw unexpected(place(i), "a number", value);
      data[start + i] = value;
    }
  });
  if (isWide && type === "float32") return readNested(argument, input, "float64");
  return { shape, place: placeOf(type, data.length, data), scalarType: scalarTypes[type] };
}

/** A shape to make a tensor of: an argument or part of one. */
export function readShape(argument: string, shape: unknown, part = ""): number[] {
  if (!Array.isArray(shape)) throw unexpected(argument + part, "an array of sizes", shape);
  const { length } = shape;
  if (length > MAX_DIMENSIONS) throw tooManyDimensions(argument + part);
  const sizes: number[] = [];
  for (let dim = 0; dim < length; ++dim) sizes.push(shape[dim]);
  for (let dim = 0; dim < length; ++dim) {
    if (!isInteger(sizes[dim], 0, MAX_SIZE)) throw wrongSize(argument + part, sizes, dim);
  }
  return sizes;
}

function wrongSize(argument: string, sizes: unknown[], dim: number): CelossError {
  const size = sizes[dim];
  if (!isInteger(size, Number.NEGATIVE_INFINITY, -1)) {
    return unexpected(`${argument}[${dim}]`, `an integer from 0 to ${MAX_SIZE}`, size);
  }
  const shape = sizes.map((size) => (typeof size === "number" ? size : describe(size))).join(", ");
  return new CelossError(
    "invalid_argument",
    `${argument}: Trying to create tensor with negative dimension ${size}: [${shape}]`,
    { argument, got: size },
  );
}

/** The number of elements of a shape, or of a part of it. */
export function numel(shape: readonly number[], begin = 0, end = shape.length): number {
  let product = 1;
  for (let dim = begin; dim < end; ++dim) product *= shape[dim] as number;
  return product;
}

export function isSameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let dim = 0; dim < a.length; ++dim) if (a[dim] !== b[dim]) return false;
  return true;
}

export function isInteger(value: unknown, min: number, max: number): value is number {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}

/** Whether a value is an integer of 64 bits, as a number or a bigint. */
export function isInt64(value: unknown): value is number | bigint {
  if (typeof value !== "bigint" && !Number.isInteger(value)) return false;
  return (value as number | bigint) >= -(2 ** 63) && (value as number | bigint) < 2 ** 63;
}

/** The given options; names that are none of `names` are refused, so that a misspelt option is not ignored. */
export function readOptions<Name extends string>(
  options: unknown,
  names: readonly Name[],
): Partial<Record<Name, unknown>> {
  if (options === undefined || options === null) return {};
  if (typeof options !== "object" || Array.isArray(options)) throw unexpected("options", "an object", options);
  for (const name in options) {
    if (!names.includes(name as Name)) {
      throw new CelossError(
        "invalid_argument",
        `unknown option ${JSON.stringify(name)}; the options are ${names.join(", ")}`,
        { argument: name, expected: names },
      );
    }
  }
  return options as Partial<Record<Name, unknown>>;
}

function toIndex(value: number | bigint, index: number): bigint {
  const got = BigInt(value);
  if (isInt64(got)) return got;
  throw new CelossError("target_out_of_bounds", `Target ${got} is out of bounds.`, { argument: "target", got, index });
}

function checkFilled(argument: string, shape: readonly number[], data: TypedArray): void {
  const got = lengthOf(data);
  const expected = numel(shape);
  if (got === expected) return;
  throw isDetached(data)
    ? detached(argument)
    : new CelossError(
        "size_mismatch",
        `${argument}: shape '[${shape.join(", ")}]' is invalid for input of size ${got}`,
        { argument, got, expected },
      );
}

function detached(argument: string): CelossError {
  return invalid(argument, `${argument}: its ArrayBuffer is detached (it was transferred elsewhere)`);
}

function isDetached(data: TypedArray): boolean {
  try {
    new Uint8Array(bufferOf(data), 0, 0);
    return false;
  } catch {
    return true;
  }
}

/** Whether nested arrays say that they hold integers, as far as their first number tells. */
function areIntegers(nested: unknown): boolean {
  if (Array.isArray(nested)) return areIntegers(nested[0]);
  const [dtype = "float32"] = elementsOf(nested) ?? [];
  return typeof nested === "bigint" || !dtype.startsWith("float");
}

/** The shape of nested arrays, if they are as regular as their first ones. */
function nestedShape(argument: string, nested: readonly unknown[]): number[] {
  const shape: number[] = [];
  let level: unknown = nested;
  for (; Array.isArray(level); level = level[0]) {
    if (shape.length === MAX_DIMENSIONS) throw tooManyDimensions(argument);
    shape.push(level.length);
  }
  if (elementsOf(level) !== undefined) {
    if (isDetached(level as TypedArray)) throw detached(argument + "[0]".repeat(shape.length));
    shape.push(lengthOf(level));
  }
  return readShape(argument, shape, ".shape");
}

type Row = readonly unknown[] | TypedArray;

/** Visits the innermost arrays of nested ones of that shape, in order; place() says in words where one or its i-th is. */
function forEachRow(
  argument: string,
  nested: readonly unknown[],
  shape: readonly number[],
  visit: (row: Row, start: number, place: (i?: number) => string) => void,
): void {
  const at: number[] = [];
  const place = (i?: number) => argument + [...at, ...(i === undefined ? [] : [i])].map((i) => `[${i}]`).join("");
  let start = 0;
  const walk = (value: unknown, dim: number): void => {
    const length = shape[dim] as number;
    const isRow = dim === shape.length - 1;
    const isTyped = isRow && elementsOf(value) !== undefined;
    if (!isTyped && !Array.isArray(value)) throw unexpected(place(), `a sequence of length ${length}`, value);
    const got = isTyped ? lengthOf(value) : (value as unknown[]).length;
    if (got !== length) {
      throw new CelossError("invalid_argument", `expected sequence of length ${length} at dim ${dim} (got ${got})`, {
        argument: place(),
        got,
        expected: length,
      });
    }
    if (isRow) {
      visit(value as Row, start, place);
      start += length;
      return;
    }
    for (let i = 0; i < length; ++i) {
      at[dim] = i;
      walk((value as unknown[])[i], dim + 1);
    }
    at.length = dim;
  };
  walk(nested, 0);
}

function tooManyDimensions(argument: string): CelossError {
  return new CelossError("invalid_argument", `${argument}: more than ${MAX_DIMENSIONS} dimensions`, { argument });
}
