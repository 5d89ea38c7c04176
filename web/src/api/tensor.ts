// Tensors as the core reads them, and those that stay in its memory.
import { freed } from "./errors.ts";
import { type ArrayOf, arrayTypes, type Memory, type Place } from "./marshal.ts";
import { type ScalarType, scalarTypes } from "./scalar-types.ts";
import type { ResidentTensor, TensorDtype } from "./types.ts";

/** A tensor that the core is to read. */
export interface Argument<T extends TensorDtype = TensorDtype> {
  readonly shape: readonly number[];
  readonly place: Place<T>;
  /** What its numbers were when they were given. */
  readonly scalarType: ScalarType;
}

/** The tensor that a view shows. Also keeps the tensor from being given up for garbage while somebody has its view. */
const tensors = new WeakMap<object, TensorInModule>();

export class TensorInModule<T extends TensorDtype = TensorDtype> implements ResidentTensor<T> {
  readonly shape: readonly number[];
  readonly dtype: T;
  readonly #memory: Memory;
  readonly #argument: Argument<T>;
  #view: ArrayOf[T] | undefined;

  constructor(memory: Memory, shape: readonly number[], length: number, dtype: T) {
    this.shape = Object.freeze(shape);
    this.dtype = dtype;
    this.#memory = memory;
    this.#argument = { shape: this.shape, place: memory.keep(this, dtype, length), scalarType: scalarTypes[dtype] };
    Object.freeze(this);
  }

  get data(): ArrayOf[T] {
    const { address, length } = this.#argument.place;
    if (address === 0) throw freed();
    const { buffer } = this.#memory.views.int32;
    if (this.#view?.buffer !== buffer) {
      this.#view = new arrayTypes[this.dtype](buffer, address, length) as ArrayOf[T];
      tensors.set(this.#view, this as never);
    }
    return this.#view as ArrayOf[T];
  }

  free(): void {
    this.#memory.giveUp(this, this.#argument.place);
  }

  /** A tensor in this memory, as an argument; undefined for anything else. */
  static read(memory: Memory, value: object): Argument | undefined {
    // Of what only claims to be an instance, #memory throws.
    if (!(value instanceof TensorInModule) || value.#memory !== memory) return undefined;
    if (value.#argument.place.address === 0) throw freed();
    return value.#argument;
  }

  /** The tensor in this memory that a value is, or is the data of. */
  static find(memory: Memory, value: object): TensorInModule | undefined {
    const tensor = #view in value ? value : tensors.get(value);
    return tensor !== undefined && tensor.#memory === memory ? (tensor as TensorInModule) : undefined;
  }
}
