// The trace: every intermediate of both pipelines in one call.

import type { LabWasm } from "lab-wasm";
import { isFloating, isSameShape, numel, readTarget, readTensor } from "../api/arguments.ts";
import { notSupported } from "../api/errors.ts";
import { highHalf, lowHalf, targetType } from "../api/loss.ts";
import { bytesPerElement, type Memory, type Place, placeOf } from "../api/marshal.ts";
import { type CheckedOptions, readLossOptions } from "../api/options.ts";
import { checkIndices, checkLogits } from "../api/refusals.ts";
import type { Argument } from "../api/tensor.ts";
import type { Dtype } from "../api/types.ts";

/** A field of a pipeline: its name, and its sizes by their letters, where L is how many losses there are. */
interface Field {
  readonly name: string;
  readonly sizes: readonly string[];
  readonly isInt64: boolean;
}

/** The fields in the order in which they lie one after another: what the logits alone decide, then the rest. */
type Fields = Record<"logits" | "target", readonly Field[]>;

/** As the core says (cpp/bindings/lab.cpp). */
export function traceFields(memory: Memory<LabWasm>): Fields {
  const read = (ofTarget: boolean) =>
    memory
      .text(memory.wasm.traceFields(ofTarget))
      .split(" ")
      .map((field) => {
        const [name = "", sizes = "", dtype] = field.split(":");
        return { name: camelCase(name), sizes: [...sizes], isInt64: dtype === "int64" };
      });
  return { logits: read(false), target: read(true) };
}

function camelCase(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

export function trace(
  memory: Memory<LabWasm>,
  fields: Fields,
  input: unknown,
  target: unknown,
  options: unknown,
): unknown {
  const checked = readLossOptions(options, true);
  const { reduction, ignoreIndex, weight, labelSmoothing } = checked;
  if (weight !== null) throw notSupported("weight", "weight is");
  if (labelSmoothing !== 0) throw notSupported("labelSmoothing", "labelSmoothing is");
  const logits = readTensor(memory, "logits", input);
  const [N, C, ...others] = logits.shape;
  if (N === undefined || C === undefined || others.length > 0) {
    throw notSupported("logits", `logits of shape [${logits.shape.join(", ")}]: other shapes than (N, C) are`);
  }
  const y = target === null ? undefined : readTraceTarget(memory, target, logits, checked);

  const lossShape = reduction === 0 ? [N] : [];
  const shapeOf = ({ sizes }: Field) => sizes.flatMap((size) => (size === "N" ? [N] : size === "C" ? [C] : lossShape));
  const all = [...fields.logits, ...fields.target];
  const lengthOf = (isInt64: boolean) =>
    2 * all.reduce((sum, field) => sum + (field.isInt64 === isInt64 ? numel(shapeOf(field)) : 0), 0);
  const indices = placeOf("int64", lengthOf(true));
  const values = placeOf(logits.place.type, lengthOf(false));
  memory.place([logits.place, y?.place, indices, values]);
  memory.check(
    memory.wasm.trace(
      values.type === "float64",
      logits.place.address,
      N,
      C,
      y ? targetType(y.place) : 0,
      y ? y.place.address : 0,
      y ? y.place.length : 0,
      reduction,
      lowHalf(ignoreIndex),
      highHalf(ignoreIndex),
      indices.address,
      values.address,
    ),
  );

  const nextValue = piecesOf(memory, values);
  const nextIndex = piecesOf(memory, indices);
  const pipeline = () => {
    const read = all.map((field) => [field.name, (field.isInt64 ? nextIndex : nextValue)(shapeOf(field))] as const);
    return Object.fromEntries(y ? read : read.slice(0, fields.logits.length));
  };
  return { plain: pipeline(), softmaxInFront: pipeline() };
}

/** A target of class indices. */
function readTraceTarget(memory: Memory, input: unknown, logits: Argument<Dtype>, options: CheckedOptions): Argument {
  const target = readTarget(memory, input, logits.shape, logits.place.type);
  if (isFloating(target) && isSameShape(target.shape, logits.shape)) {
    throw notSupported("target", "class probabilities are");
  }
  checkLogits(logits, options);
  checkIndices(logits, target, undefined, options);
  return target;
}

/** Reads a block of several arrays, one after another; an array of the shape [] is a number. */
function piecesOf(memory: Memory, block: Place): (shape: number[]) => number | object {
  let { address } = block;
  return (shape) => {
    const piece = { ...block, length: numel(shape), address };
    address += piece.length * bytesPerElement[block.type];
    return shape.length === 0
      ? memory.readNumber(piece)
      : { data: memory.read(piece), shape: [...shape], dtype: block.type };
  };
}
