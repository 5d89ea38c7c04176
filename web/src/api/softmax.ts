// softmax and its kin: along one axis of tensors of any shape.

import { isFloating, isInteger, isSameShape, numel, readLogits, readOptions, readTensor } from "./arguments.ts";
import { CelossError, notImplemented, sizes, unexpected, wrongScalarType } from "./errors.ts";
import { type Memory, placeOf } from "./marshal.ts";
import type { Argument } from "./tensor.ts";
import type { Dtype, Tensor } from "./types.ts";

/** As cpp/bindings counts them. */
const names = ["softmax", "logSoftmax", "naiveSoftmax", "softmaxBackward", "logSoftmaxBackward"] as const;

type Name = (typeof names)[number];

export function softmax(memory: Memory, name: Name, input: unknown, options: unknown): Tensor {
  const axis = readAxis(options);
  return run(memory, name, readLogits(memory, "x", input), undefined, axis);
}

export function softmaxBackward(
  memory: Memory,
  name: Name,
  gradOutput: unknown,
  output: unknown,
  options: unknown,
): Tensor {
  const axis = readAxis(options);
  const grad = readTensor(memory, "gradOutput", gradOutput);
  const result = readTensor(memory, "output", output);
  if (!isSameShape(grad.shape, result.shape)) {
    const called = name === "softmaxBackward" ? "softmax_backward" : "log_softmax_backward";
    throw new CelossError(
      "size_mismatch",
      "Expected tensor for argument #1 'grad' to have same size as tensor for argument #2 'output'; but " +
        `${sizes(grad.shape)} does not equal ${sizes(result.shape)} (while checking arguments for ${called})`,
      { argument: "gradOutput", got: grad.shape, expected: result.shape },
    );
  }
  if (grad.scalarType !== result.scalarType) throw wrongScalarType("output", grad.scalarType, result.scalarType);
  return run(memory, name, result, grad, axis);
}

function run(
  memory: Memory,
  name: Name,
  x: Argument,
  grad: Argument<Dtype> | undefined,
  axis: number | undefined,
): Tensor {
  const { shape } = x;
  const dim = dimension(axis, shape.length);
  if (!isFloating(x)) {
    const kernel = name === "logSoftmax" ? "log_softmax" : "softmax";
    const isLast = dim === Math.max(shape.length - 1, 0);
    throw notImplemented("x", `${kernel}${isLast ? "_lastdim" : ""}_kernel_impl`, x.scalarType);
  }
  const { place } = x;
  const output = placeOf(place.type, place.length);
  memory.place([place, grad?.place, output]);
  // A number alone is a row of one; and what has no numbers may have more rows than can be counted.
  const empty = place.length === 0;
  memory.check(
    memory.wasm._row_wise(
      names.indexOf(name),
      place.type === "float64",
      place.address,
      grad?.place.address ?? 0,
      empty ? 0 : numel(shape, 0, dim),
      shape[dim] ?? 1,
      empty ? 1 : numel(shape, dim + 1),
      output.address,
    ),
  );
  return { data: memory.read(output), shape: [...shape], dtype: place.type };
}

function readAxis(options: unknown): number | undefined {
  if (options === undefined) return undefined;
  const { dim } = readOptions(options, ["dim"]);
  if (dim !== undefined && !Number.isInteger(dim)) throw unexpected("dim", "an integer", dim);
  return dim as number | undefined;
}

/** The axis, counted from 0; PyTorch's counts from the end if negative. */
function dimension(dim: number | undefined, dimensions: number): number {
  // A number alone may be asked for its axis, as in PyTorch.
  const axes = Math.max(dimensions, 1);
  if (dim === undefined) return axes === 1 ? 0 : 1;
  if (isInteger(dim, -axes, axes - 1)) return dim < 0 ? dim + axes : dim;
  throw new CelossError(
    "invalid_argument",
    `Dimension out of range (expected to be in range of [${-axes}, ${axes - 1}], but got ${dim})`,
    { argument: "dim", got: dim },
  );
}
