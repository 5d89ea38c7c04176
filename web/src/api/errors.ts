import { typedArrayName } from "./typed-arrays.ts";

/**
 * What can go wrong: a code of the C++ core (its StatusCode), or of this module.
 *
 * - `target_out_of_bounds`: a target is neither a class (0 to C - 1) nor `ignoreIndex`
 * - `batch_size_mismatch`: as many targets as samples are needed
 * - `size_mismatch`: a shape that its data does not fill, or that does not go with the other arguments'
 * - `output_size_mismatch`: an output of the wrong size
 * - `weight_size_mismatch`: there is a weight per class, or none
 * - `label_smoothing_out_of_range`: it is from 0 to 1 (PyTorch lets negative numbers and NaN pass)
 * - `ignore_index_with_probabilities`: where the target is class probabilities, `ignoreIndex` must be negative
 * - `not_supported`: the trace has it not
 * - `invalid_argument`: an argument of the wrong kind, a tensor that was freed, or an unknown option
 * - `out_of_memory`: the WebAssembly memory or the browser's has no room for it; what is smaller still works
 * - `webassembly_unavailable`: `load` found no celoss.wasm, or could not run it; `cause` says why
 */
export type CelossErrorCode =
  | "target_out_of_bounds"
  | "batch_size_mismatch"
  | "size_mismatch"
  | "output_size_mismatch"
  | "weight_size_mismatch"
  | "label_smoothing_out_of_range"
  | "ignore_index_with_probabilities"
  | "not_supported"
  | "invalid_argument"
  | "out_of_memory"
  | "webassembly_unavailable";

/** What a message speaks of, as values; only what is known is there. */
export interface CelossErrorDetails {
  /** The argument or option, by its name in this module. */
  readonly argument?: string;
  /** What was given: the target, the number of values, the value. */
  readonly got?: unknown;
  /** What was needed: the number of classes or values. */
  readonly expected?: unknown;
  /** Which sample, for a target. */
  readonly index?: number;
  /** The error behind this one. */
  readonly cause?: unknown;
  readonly [name: string]: unknown;
}

/** The one error that this module throws. Its message is PyTorch's, where PyTorch has one. */
export class CelossError extends Error {
  override readonly name = "CelossError";
  readonly code: CelossErrorCode;
  readonly details: CelossErrorDetails;

  constructor(code: CelossErrorCode, message: string, details: CelossErrorDetails = {}) {
    super(message, "cause" in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.details = Object.freeze({ ...details });
  }
}

/** An argument of the wrong kind: `argument: expected this, got that`. */
export function unexpected(argument: string, expected: string, got: unknown): CelossError {
  return new CelossError("invalid_argument", `${argument}: expected ${expected}, got ${describe(got)}`, {
    argument,
    expected,
    got,
  });
}

/** Any other fault of one argument, in words of its own. */
export function invalid(argument: string, message: string): CelossError {
  return new CelossError("invalid_argument", message, { argument });
}

/** A fault that has a code, with the values that its message speaks of. */
export function refusal(
  code: CelossErrorCode,
  argument: string,
  message: string,
  got: unknown,
  expected?: unknown,
): CelossError {
  return new CelossError(code, message, { argument, got, ...(expected !== undefined && { expected }) });
}

/** A shape as PyTorch writes it. */
export function sizes(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}

/** What only the full functions take. */
export function notSupported(argument: string, what: string): CelossError {
  return new CelossError("not_supported", `trace: ${what} not supported`, { argument });
}

/** Numbers of a type that PyTorch has no kernel for; in its words. */
export function notImplemented(argument: string, kernel: string, found: string): CelossError {
  return refusal("invalid_argument", argument, `"${kernel}" not implemented for '${found}'`, found, "Float or Double");
}

/** Numbers of one type where PyTorch wants another; in PyTorch's names. */
export function wrongScalarType(argument: string, expected: string, found: string): CelossError {
  return new CelossError("invalid_argument", `expected scalar type ${expected} but found ${found}`, {
    argument,
    expected,
    got: found,
  });
}

export function freed(): CelossError {
  return new CelossError("invalid_argument", "the tensor has been freed");
}

/** No room for so many bytes. */
export function outOfMemory(bytes: number): CelossError {
  return new CelossError("out_of_memory", `can't allocate memory: you tried to allocate ${bytes} bytes`, {
    got: bytes,
  });
}

/** A value in words, whatever it is. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case "string":
      return `the string ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}`;
    case "number":
      return `the number ${value}`;
    case "bigint":
      return `the bigint ${value}`;
    case "boolean":
      return `${value}`;
    case "undefined":
      return "undefined";
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? "an array" : (typedArrayName(value) ?? "an object");
    default:
      return `a ${typeof value}`;
  }
}
