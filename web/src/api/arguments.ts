// What the caller gave becomes checked, flat arrays. Every value is read once and nothing is written to.
import { CelossError, describe, outOfMemory, unexpected, wrongScalarType } from "./errors.ts";
import { arrayTypes, type Memory, type Place, placeOf } from "./marshal.ts";
import { TensorInModule } from "./tensor.ts";
import { bufferOf, type FloatArray, lengthOf, type TypedArray, typedArrayName } from "./typed-arrays.ts";
import type { Dtype, TensorDtype } from "./types.ts";

/** More than the memory of a WebAssembly module holds: no dimension is larger. */
export const MAX_SIZE = 2 ** 30;
/** As in PyTorch. */
const MAX_DIMENSIONS = 64;

/** A tensor that the core is to read. */
export interface Argument<T extends TensorDtype = TensorDtype> {
  readonly shape: readonly number[];
  readonly place: Place<T>;
}

/** Which of the core's types can take the elements of typed arrays; Uint32Array and BigUint64Array only some of them. */
const types: { readonly [name: string]: TensorDtype } = {
  Float32Array: "float32",
  Float64Array: "float64",
  Int8Array: "int32",
  Uint8Array: "int32",
  Uint8ClampedArray: "int32",
  Int16Array: "int32",
  Uint16Array: "int32",
  Int32Array: "int32",
  Uint32Array: "int64",
  BigInt64Array: "int64",
  BigUint64Array: "int64",
};

/** PyTorch's names of the types of numbers. */
export const scalarTypes = { float32: "Float", float64: "Double", int32: "Int", int64: "Long" } as const;

export function isFloating(place: Place): place is Place<Dtype> {
  return place.type === "float32" || place.type === "float64";
}

/** Any tensor of float32 or float64; nested arrays become float32. */
export function readTensor(memory: Memory, argument: string, input: unknown): Argument<Dtype> {
  if (Array.isArray(input)) return readNested(argument, input, "float32");
  const wanted = "a Float32Array or a Float64Array";
  const tensor = readFlat(memory, argument, input, wanted, false);
  if (isFloating(tensor.place)) return tensor as Argument<Dtype>;
  throw unexpected(`${argument}.data`, wanted, (input as { data: unknown }).data);
}

/** Numbers of any type; nested arrays and a single number become `type`. */
export function readNumbers(memory: Memory, argument: string, input: unknown, type: Dtype): Argument {
  if (typeof input === "number") return { shape: [], place: placeOf(type, 1, Float64Array.of(input)) };
  if (Array.isArray(input)) return readNested(argument, input, type);
  return readFlat(memory, argument, input, "a typed array", true);
}

/** Numbers as the core's call needs them. */
export function asFloats(memory: Memory, argument: string, place: Place, type: Dtype): Place {
  if (place.type === "int64") throw wrongScalarType(argument, scalarTypes[type], scalarTypes.int64);
  return memory.as(place, type);
}

/** A tensor in the module's memory, { data, shape }, or a typed array where that will do. */
function readFlat(memory: Memory, argument: string, input: unknown, wanted: string, bare: boolean): Argument {
  if (typeof input === "object" && input !== null) {
    const resident = TensorInModule.read(memory, input);
    if (resident !== undefined) return resident;
    if (!ArrayBuffer.isView(input)) {
      const { data, shape } = input as { data?: unknown; shape?: unknown };
      return fill(argument, data, readShape(argument, shape, ".shape"), wanted);
    }
    if (bare && typedArrayName(input) !== undefined) return fill(argument, input, [lengthOf(input)], wanted);
  }
  throw unexpected(argument, "nested arrays or { data, shape }", input);
}

function fill(argument: string, data: unknown, shape: readonly number[], wanted: string): Argument {
  const type = types[typedArrayName(data) as string];
  if (type === undefined) throw unexpected(`${argument}.data`, wanted, data);
  checkFilled(argument, shape, data as TypedArray);
  return { shape, place: placeOf(type, lengthOf(data), data as TypedArray) };
}

/** Class indices; or numbers that are none, in the shape of `probabilities` or wherever somebody put them. */
export function readTarget(
  memory: Memory,
  input: unknown,
  probabilities: readonly number[] | undefined,
  dtype: Dtype,
): Argument {
  const argument = "target";
  if (typeof input === "number" || typeof input === "bigint") return readNestedTarget(argument, input, []);
  if (Array.isArray(input)) {
    const shape = nestedShape(argument, input);
    // JavaScript's numbers do not say whether they are integers: their shape tells.
    return probabilities && isSameShape(shape, probabilities) && !hasBigint(input)
      ? readNested(argument, input, dtype)
      : readNestedTarget(argument, input, shape);
  }
  const target = readFlat(memory, argument, input, "a typed array", true);
  const { source } = target.place;
  const name = source && typedArrayName(source);
  if (name !== "Uint32Array" && name !== "BigUint64Array") return target;
  const indices = allocate(target.place.length, BigInt64Array);
  for (let i = 0; i < indices.length; ++i) indices[i] = toIndex((source as Uint32Array)[i] as number, i);
  return { shape: target.shape, place: placeOf("int64", indices.length, indices) };
}

/** Nested arrays of the numbers that one can count with, as int64; float32 if there are others. */
function readNestedTarget(argument: string, input: unknown, shape: readonly number[]): Argument {
  const indices = allocate(numel(shape), BigInt64Array);
  let integers = true;
  forEachElement(argument, input, shape, (value, index, place) => {
    if (typeof value !== "number" && typeof value !== "bigint") throw unexpected(place(), "an integer", value);
    if (typeof value === "number" && !Number.isInteger(value)) integers = false;
    else indices[index] = toIndex(value, index);
  });
  return { shape, place: placeOf(integers ? "int64" : "float32", indices.length, integers ? indices : undefined) };
}

function readNested(argument: string, input: readonly unknown[], type: Dtype): Argument<Dtype> {
  const shape = nestedShape(argument, input);
  const data = allocate<FloatArray>(numel(shape), arrayTypes[type]);
  forEachElement(argument, input, shape, (value, index, place) => {
    if (typeof value !== "number") throw unexpected(place(), "a number", value);
    data[index] = value;
  });
  return { shape, place: placeOf(type, data.length, data) };
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

/** A new array, if there is memory for it. */
export function allocate<A>(length: number, type: { new (length: number): A; readonly BYTES_PER_ELEMENT: number }): A {
  try {
    return new type(length);
  } catch {
    throw outOfMemory(length * type.BYTES_PER_ELEMENT);
  }
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
    ? new CelossError("invalid_argument", `${argument}: its ArrayBuffer is detached (it was transferred elsewhere)`, {
        argument,
      })
    : new CelossError(
        "size_mismatch",
        `${argument}: shape '[${shape.join(", ")}]' is invalid for input of size ${got}`,
        { argument, got, expected },
      );
}

function isDetached(data: TypedArray): boolean {
  try {
    new Uint8Array(bufferOf(data), 0, 0);
    return false;
  } catch {
    return true;
  }
}

function hasBigint(nested: unknown): boolean {
  return Array.isArray(nested) ? hasBigint(nested[0]) : typeof nested === "bigint";
}

/** The shape of nested arrays, if they are as regular as their first ones. */
function nestedShape(argument: string, nested: readonly unknown[]): number[] {
  const shape: number[] = [];
  for (let level: unknown = nested; Array.isArray(level); level = level[0]) {
    if (shape.length === MAX_DIMENSIONS) throw tooManyDimensions(argument);
    shape.push(level.length);
  }
  return readShape(argument, shape, ".shape");
}

/** Visits the elements of nested arrays of that shape in order; place() says in words where it is. */
function forEachElement(
  argument: string,
  nested: unknown,
  shape: readonly number[],
  visit: (value: unknown, index: number, place: () => string) => void,
): void {
  const at: number[] = [];
  const place = () => argument + at.map((i) => `[${i}]`).join("");
  let index = 0;
  const walk = (value: unknown, dim: number): void => {
    if (dim === shape.length) {
      visit(value, index++, place);
      return;
    }
    const length = shape[dim] as number;
    if (!Array.isArray(value)) throw unexpected(place(), `a sequence of length ${length}`, value);
    if (value.length !== length) {
      throw new CelossError(
        "invalid_argument",
        `expected sequence of length ${length} at dim ${dim} (got ${value.length})`,
        { argument: place(), got: value.length, expected: length },
      );
    }
    for (let i = 0; i < length; ++i) {
      at[dim] = i;
      walk(value[i], dim + 1);
    }
    at.length = dim;
  };
  walk(nested, 0);
}

function tooManyDimensions(argument: string): CelossError {
  return new CelossError("invalid_argument", `${argument}: more than ${MAX_DIMENSIONS} dimensions`, { argument });
}
