// What the caller gave becomes checked, flat arrays. Every value is read once and nothing is written to.
import { CelossError, describe, notYetSupported, outOfMemory, typedArrayName, unexpected } from "./errors.ts";
import type { IntegerArray, Tensor } from "./types.ts";

/** More than the memory of a WebAssembly module holds: no dimension is larger. */
export const MAX_SIZE = 2 ** 30;
/** As in PyTorch. */
const MAX_DIMENSIONS = 64;

/** Any tensor of float32 or float64. */
export function readTensor(argument: string, input: unknown): Tensor {
  if (Array.isArray(input)) {
    const shape = nestedShape(argument, input);
    const data = allocate(numel(shape), Float32Array);
    forEachElement(argument, input, shape, (value, index, place) => {
      if (typeof value !== "number") throw unexpected(place(), "a number", value);
      data[index] = value;
    });
    return { data, shape, dtype: "float32" };
  }
  const { data, shape } = readDataAndShape(argument, input);
  const name = typedArrayName(data);
  if (name !== "Float32Array" && name !== "Float64Array") {
    throw unexpected(`${argument}.data`, "a Float32Array or a Float64Array", data);
  }
  const floats = data as Float32Array | Float64Array;
  checkFilled(argument, shape, floats);
  return { data: floats, shape, dtype: name === "Float32Array" ? "float32" : "float64" };
}

/** Logits or log-probabilities (N, C). */
export interface Logits extends Tensor {
  N: number;
  C: number;
}

export function readLogits(argument: string, input: unknown): Logits {
  const tensor = readTensor(argument, input);
  const [N, C, ...others] = tensor.shape;
  if (N === undefined || C === undefined || others.length > 0) {
    throw notYetSupported(argument, `${argument} of shape [${tensor.shape.join(", ")}]: other shapes than (N, C) are`);
  }
  return { ...tensor, N, C };
}

/** One row of logits (C). */
export function readRow(argument: string, input: unknown): Tensor {
  const tensor = readTensor(argument, input);
  if (tensor.shape.length !== 1) {
    throw new CelossError(
      "invalid_argument",
      `${argument}: expected one row of shape (C), got [${tensor.shape.join(", ")}]`,
      {
        argument,
        got: tensor.shape,
      },
    );
  }
  return tensor;
}

/** A target, and what PyTorch calls its type; only a Long one has indices. */
export interface Target {
  shape: number[];
  scalarType: "Long" | "Double" | "Float" | "Half";
  indices: BigInt64Array;
}

const floatingTypes = { Float16Array: "Half", Float32Array: "Float", Float64Array: "Double" } as const;

export function readTarget(argument: string, input: unknown): Target {
  if (Array.isArray(input)) {
    const shape = nestedShape(argument, input);
    const indices = allocate(numel(shape), BigInt64Array);
    let scalarType: Target["scalarType"] = "Long";
    forEachElement(argument, input, shape, (value, index, place) => {
      if (typeof value !== "number" && typeof value !== "bigint") throw unexpected(place(), "an integer", value);
      if (typeof value === "number" && !Number.isInteger(value)) scalarType = "Float";
      else indices[index] = toIndex(argument, value, index);
    });
    return { shape, scalarType, indices };
  }
  const { data, shape } =
    typedArrayName(input) === undefined
      ? readDataAndShape(argument, input)
      : { data: input, shape: [(input as IntegerArray).length] };
  const name = typedArrayName(data);
  if (name === undefined) throw unexpected(`${argument}.data`, "a typed array of integers", data);
  const values = data as IntegerArray;
  checkFilled(argument, shape, values);
  if (name in floatingTypes) {
    return { shape, scalarType: floatingTypes[name as keyof typeof floatingTypes], indices: new BigInt64Array(0) };
  }
  const indices = allocate(values.length, BigInt64Array);
  values.forEach((value, index) => {
    indices[index] = toIndex(argument, value, index);
  });
  return { shape, scalarType: "Long", indices };
}

/** A shape to make a tensor of. */
export function readShape(argument: string, shape: unknown): number[] {
  if (!Array.isArray(shape)) throw unexpected(argument, "an array of sizes", shape);
  if (shape.length > MAX_DIMENSIONS) throw tooManyDimensions(argument);
  const sizes: unknown[] = Array.from(shape);
  sizes.forEach((size, dim) => {
    if (Number.isInteger(size) && (size as number) < 0) {
      throw new CelossError(
        "invalid_argument",
        `${argument}: Trying to create tensor with negative dimension ${size}: [${sizes.map(describeSize).join(", ")}]`,
        { argument, got: size },
      );
    }
    if (!isInteger(size, 0, MAX_SIZE))
      throw unexpected(`${argument}[${dim}]`, `an integer from 0 to ${MAX_SIZE}`, size);
  });
  return sizes as number[];
}

/** The number of elements of a shape. */
export function numel(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function isInteger(value: unknown, min: number, max: number): value is number {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}

/** Whether a value is an integer of 64 bits, as a number or a bigint. */
export function isInt64(value: unknown): value is number | bigint {
  if (typeof value !== "bigint" && !Number.isInteger(value)) return false;
  return BigInt.asIntN(64, BigInt(value as number | bigint)) === BigInt(value as number | bigint);
}

/** The given options; names that are none of `names` are refused, so that a misspelt option is not ignored. */
export function readOptions<Name extends string>(
  options: unknown,
  names: readonly Name[],
): Partial<Record<Name, unknown>> {
  if (options === undefined || options === null) return {};
  if (typeof options !== "object" || Array.isArray(options)) throw unexpected("options", "an object", options);
  for (const name of Object.keys(options)) {
    if (!names.includes(name as Name)) {
      throw new CelossError(
        "invalid_argument",
        `unknown option ${JSON.stringify(name)}; the options are ${names.join(", ")}`,
        {
          argument: name,
          expected: names,
        },
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

function toIndex(argument: string, value: number | bigint, index: number): bigint {
  const got = BigInt(value);
  if (isInt64(got)) return got;
  throw new CelossError("target_out_of_bounds", `Target ${got} is out of bounds.`, { argument, got, index });
}

function readDataAndShape(argument: string, input: unknown): { data: unknown; shape: number[] } {
  if (typeof input !== "object" || input === null || typedArrayName(input) !== undefined) {
    throw unexpected(argument, "nested arrays or { data, shape }", input);
  }
  const { data, shape } = input as { data?: unknown; shape?: unknown };
  return { data, shape: readShape(`${argument}.shape`, shape) };
}

function checkFilled(argument: string, shape: number[], data: ArrayBufferView & { length: number }): void {
  if (isDetached(data)) {
    throw new CelossError(
      "invalid_argument",
      `${argument}: its ArrayBuffer is detached (it was transferred elsewhere)`,
      {
        argument,
      },
    );
  }
  const expected = numel(shape);
  if (data.length === expected) return;
  throw new CelossError(
    "size_mismatch",
    `${argument}: shape '[${shape.join(", ")}]' is invalid for input of size ${data.length}`,
    { argument, got: data.length, expected },
  );
}

function isDetached(data: ArrayBufferView): boolean {
  try {
    new Uint8Array(data.buffer, 0, 0);
    return false;
  } catch {
    return true;
  }
}

/** The shape of nested arrays, if they are as regular as their first ones. */
function nestedShape(argument: string, nested: readonly unknown[]): number[] {
  const shape: number[] = [];
  for (let level: unknown = nested; Array.isArray(level); level = level[0]) {
    if (shape.length === MAX_DIMENSIONS) throw tooManyDimensions(argument);
    shape.push(level.length);
  }
  return readShape(`${argument}.shape`, shape);
}

/** Visits the elements of nested arrays of that shape in order; place() says in words where it is. */
function forEachElement(
  argument: string,
  nested: readonly unknown[],
  shape: readonly number[],
  visit: (value: unknown, index: number, place: () => string) => void,
): void {
  let index = 0;
  const walk = (array: readonly unknown[], dim: number, path: () => string): void => {
    const length = shape[dim] as number;
    if (array.length !== length) {
      throw new CelossError(
        "invalid_argument",
        `expected sequence of length ${length} at dim ${dim} (got ${array.length})`,
        { argument: path(), got: array.length, expected: length },
      );
    }
    for (let i = 0; i < length; ++i) {
      const place = () => `${path()}[${i}]`;
      const value = array[i];
      if (dim + 1 === shape.length) visit(value, index++, place);
      else if (Array.isArray(value)) walk(value, dim + 1, place);
      else throw unexpected(place(), `a sequence of length ${shape[dim + 1]}`, value);
    }
  };
  walk(nested, 0, () => argument);
}

function tooManyDimensions(argument: string): CelossError {
  return new CelossError("invalid_argument", `${argument}: more than ${MAX_DIMENSIONS} dimensions`, { argument });
}

function describeSize(size: unknown): string {
  return typeof size === "number" ? `${size}` : describe(size);
}
