// The gradient: where it is wanted, how it gets there, and by what it is multiplied.
import { isSameShape, readNumbers } from "./arguments.ts";
import { invalid, refusal, sizes, unexpected, wrongScalarType } from "./errors.ts";
import { allocate, arrayTypes, type Memory, type Place, placeOf } from "./marshal.ts";
import { scalarTypes } from "./scalar-types.ts";
import { type Argument, TensorInModule } from "./tensor.ts";
import type { FloatArray } from "./typed-arrays.ts";
import type { Dtype, ResidentTensor, Tensor } from "./types.ts";

/** A gradient that is wanted. */
export interface Gradient {
  readonly place: Place;
  /** The array that it is wanted in, if it is not a new one. */
  readonly array?: FloatArray;
  /** The tensor that it is wanted in. */
  readonly tensor?: TensorInModule;
}

/** into: true, or what the gradient is to be written into. */
export function readGradient(memory: Memory, into: unknown, x: Argument<Dtype>, type: Dtype): Gradient {
  if (into === true) return { place: placeOf(type, x.place.length) };
  if (typeof into !== "object" || into === null || Array.isArray(into)) {
    throw unexpected("gradient", "true, false, a typed array or a tensor", into);
  }
  const given = readNumbers(memory, "gradient", into, type);
  const scalarType = scalarTypes[x.place.type];
  if (given.scalarType !== scalarType) throw wrongScalarType("gradient", scalarType, given.scalarType);
  const isView = ArrayBuffer.isView(into);
  if (isView ? given.place.length !== x.place.length : !isSameShape(given.shape, x.shape)) {
    const message = `gradient: expected the shape ${sizes(x.shape)}, got ${sizes(given.shape)}`;
    throw refusal("output_size_mismatch", "gradient", message, given.shape, x.shape);
  }
  const array = given.place.source as FloatArray | undefined;
  if (array && !memory.owns(array)) return { place: placeOf(type, x.place.length), array };
  const tensor = TensorInModule.find(memory, array ?? into);
  if (!tensor) throw invalid("gradient", "gradient: part of the module's memory, but no tensor's data");
  // The tensor's place, if the core computes in the type that it has.
  const direct = array ? TensorInModule.read(memory, tensor)?.place : given.place;
  return { place: direct?.type === type ? direct : placeOf(type, x.place.length), tensor };
}

/** The gradient where it is wanted. */
export function takeGradient(
  memory: Memory,
  gradient: Gradient,
  into: unknown,
  x: Argument<Dtype>,
): Tensor | ResidentTensor {
  const { place, tensor } = gradient;
  if (tensor && tensor === into && place.resident) return tensor as ResidentTensor; // it is there
  const dtype = x.place.type;
  let data = tensor ? (tensor.data as FloatArray) : gradient.array;
  if (!data && place.type === dtype) data = memory.read(place as Place<Dtype>);
  else if (!place.resident) {
    data ??= allocate<FloatArray>(place.length, arrayTypes[dtype]);
    memory.readInto(place, data);
  }
  return tensor && tensor === into
    ? (tensor as ResidentTensor)
    : { data: data as FloatArray, shape: [...x.shape], dtype };
}

/** The upstream gradient: a number for a number, or a tensor for the losses. */
export function readGradOutput(
  memory: Memory,
  given: unknown,
  lossShape: readonly number[],
  type: Dtype,
  gradient: Gradient | undefined,
): Place {
  if (!gradient) throw invalid("gradOutput", "gradOutput: without gradient there is nothing to multiply");
  const { shape, place } = readNumbers(memory, "gradOutput", given, type);
  if (!isSameShape(shape, lossShape)) {
    const size = (shape: readonly number[]) => `torch.Size(${sizes(shape)})`;
    const message = `Mismatch in shape: grad_output[0] has a shape of ${size(shape)} and output[0] has a shape of ${size(lossShape)}.`;
    throw refusal("size_mismatch", "gradOutput", message, shape, lossShape);
  }
  return memory.as(place, type);
}
