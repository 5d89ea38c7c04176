// Arrays and the module's memory: where they lie in it, how they get in and out of it.
import type { Address, CelossWasm, ModuleWasm, Outcome } from "celoss-wasm";
import { CelossError, type CelossErrorCode, freed, outOfMemory } from "./errors.ts";
import type { Module } from "./module.ts";
import { bufferOf, lengthOf, setAll, type TypedArray } from "./typed-arrays.ts";
import type { Dtype, TensorDtype } from "./types.ts";

/** An array as the core needs it. */
export interface Place<T extends TensorDtype = TensorDtype> {
  readonly type: T;
  readonly length: number;
  /** How many bytes it takes: every array begins at a multiple of 8. */
  readonly bytes: number;
  /** What is copied there before the call, converted if its type is another. */
  source: TypedArray | undefined;
  /** Where it is in the module's memory. For a tensor that lives there always the same, else known during a call. */
  address: Address;
  readonly resident: boolean;
}

export function placeOf<T extends TensorDtype>(type: T, length: number, source?: TypedArray): Place<T> {
  const bytes = length * (type === "float32" || type === "int32" ? 4 : 8);
  return { type, length, bytes: bytes + (-bytes & 7), source, address: 0, resident: false };
}

export interface ArrayOf {
  float32: Float32Array<ArrayBuffer>;
  float64: Float64Array<ArrayBuffer>;
  int32: Int32Array<ArrayBuffer>;
  int64: BigInt64Array<ArrayBuffer>;
}

export const arrayTypes = { float32: Float32Array, float64: Float64Array, int32: Int32Array, int64: BigInt64Array };

export const bytesPerElement = { float32: 4, float64: 8, int32: 4, int64: 8 };

/** A new array, if there is memory for it. */
export function allocate<A>(length: number, type: { new (length: number): A; readonly BYTES_PER_ELEMENT: number }): A {
  try {
    return new type(length);
  } catch {
    throw outOfMemory(length * type.BYTES_PER_ELEMENT);
  }
}

/** Up to so many numbers a loop is faster than TypedArray.prototype.set. */
const FEW = 16;

/**
 * The memory of a running module. What a call reads and writes, and is not in there already, gets its place in one block
 * that all calls share. The block only ever grows.
 */
export class Memory<Wasm extends ModuleWasm = CelossWasm> {
  readonly wasm: Wasm;
  readonly #memory: WebAssembly.Memory;
  #views: ArrayOf;
  #block: Address = 0;
  #capacity = -1;
  /** Not every worker has one; without it tensors stay until they are freed. */
  readonly #garbage =
    typeof FinalizationRegistry === "function"
      ? new FinalizationRegistry<Place>((place) => this.#release(place))
      : undefined;

  constructor({ wasm, memory }: Module<Wasm>) {
    this.wasm = wasm;
    this.#memory = memory;
    this.#views = viewsOf(memory.buffer);
  }

  /** The whole memory in the types of arrays. Views die when it grows: ask again after whatever may allocate. */
  get views(): ArrayOf {
    if (this.#views.int32.length === 0) this.#views = viewsOf(this.#memory.buffer);
    return this.#views;
  }

  /** Gives every array its place and copies in what is to be read. Until the call is over nothing may run but the core. */
  place(places: readonly (Place | undefined)[]): void {
    let bytes = 0;
    for (const place of places) if (place !== undefined && !place.resident) bytes += place.bytes;
    if (bytes > this.#capacity) this.#grow(bytes, places);

    let next = this.#block;
    const views = this.views;
    for (const place of places) {
      if (place === undefined) continue;
      if (place.resident) {
        if (place.address === 0) throw freed();
      } else {
        place.address = next;
        next += place.bytes;
        if (place.source !== undefined) copyIn(place, place.source, views);
      }
    }
  }

  /** What the core wrote, as an array of the caller's own. */
  read<T extends TensorDtype>({ type, length, address }: Place<T>): ArrayOf[T] {
    const start = address / bytesPerElement[type];
    try {
      return this.views[type].slice(start, start + length) as ArrayOf[T];
    } catch {
      throw outOfMemory(length * bytesPerElement[type]);
    }
  }

  /** Copies what the core wrote to an array, which may be of another type. */
  readInto({ type, length, address }: Place, to: TypedArray): void {
    if (lengthOf(to) !== length) throw changed();
    const view = this.views[type];
    const start = address / bytesPerElement[type];
    if (length <= FEW) for (let i = 0; i < length; ++i) to[i] = view[start + i] as number;
    else setAll(to, view.subarray(start, start + length));
  }

  readNumber({ type, address }: Place): number {
    const { views } = this;
    // By its name: engines are much slower to look up what a variable names.
    if (type === "float32") return views.float32[address >>> 2] as number;
    return Number(views[type][address / bytesPerElement[type]]);
  }

  /** Throws unless all went well. */
  check(outcome: Outcome): void {
    if (outcome !== 0) throw this.#error();
  }

  /** A place of zeros that stays until its owner gives it up, or is garbage. */
  keep<T extends TensorDtype>(owner: object, type: T, length: number): Place<T> {
    const bytes = length * bytesPerElement[type];
    const address = this.#allocate(bytes);
    new Uint8Array(this.#memory.buffer, address, bytes).fill(0);
    const place = { type, length, bytes, source: undefined, address, resident: true };
    this.#garbage?.register(owner, place, owner);
    return place;
  }

  giveUp(owner: object, place: Place): void {
    this.#garbage?.unregister(owner);
    this.#release(place);
  }

  /** Whether an array is a view of this memory. */
  owns(array: TypedArray): boolean {
    return bufferOf(array) === bufferOf(this.#views.int32);
  }

  /** The same numbers as another type; the integers of int64 as the nearest of its numbers. */
  as(place: Place, type: Dtype): Place {
    if (place.type === type) return place;
    const { resident, address, length } = place;
    let source = resident ? new arrayTypes[place.type](this.#memory.buffer, address, length) : place.source;
    if (place.type === "int64") source = (arrayTypes[type] as Float64ArrayConstructor).from(source as never, Number);
    return placeOf(type, length, source);
  }

  #release(place: Place): void {
    this.wasm._release(place.address);
    place.address = 0;
  }

  #allocate(bytes: number): Address {
    // The core counts in 32 bits.
    const address = bytes < 2 ** 32 ? this.wasm._allocate(Math.max(bytes, 1)) : 0;
    if (address === 0) throw outOfMemory(bytes);
    return address;
  }

  #grow(bytes: number, places: readonly (Place | undefined)[]): void {
    for (const place of places) {
      // Views of this memory, such as the data of a tensor: growing takes it from under them.
      if (place?.source && this.owns(place.source)) place.source = new arrayTypes[place.type](place.source as never);
    }
    this.wasm._release(this.#block);
    this.#block = 0;
    this.#capacity = -1;
    this.#block = this.#allocate(bytes);
    this.#capacity = bytes;
  }

  #error(): CelossError {
    const { wasm } = this;
    const argument = this.text(wasm._status_text(1));
    const index = wasm._status_number(2);
    const code = this.text(wasm._status_text(0)) as CelossErrorCode;
    return new CelossError(code, this.text(wasm._status_text(2)), {
      ...(argument !== "none" && { argument }),
      got: wasm._status_number(0),
      expected: wasm._status_number(1),
      ...(index >= 0 && { index }),
    });
  }

  /** A terminated string. */
  text(address: Address): string {
    const bytes = new Uint8Array(this.#memory.buffer, address);
    return String.fromCharCode(...bytes.subarray(0, bytes.indexOf(0)));
  }
}

function viewsOf(buffer: ArrayBuffer): ArrayOf {
  return {
    float32: new Float32Array(buffer),
    float64: new Float64Array(buffer),
    int32: new Int32Array(buffer),
    int64: new BigInt64Array(buffer),
  };
}

function copyIn({ type, length, address }: Place, source: TypedArray, views: ArrayOf): void {
  if (lengthOf(source) !== length) throw changed();
  const view = views[type];
  const start = address / bytesPerElement[type];
  if (length <= FEW) for (let i = 0; i < length; ++i) view[start + i] = source[i] as number;
  // Not simply view.set(source, start): a shared array may become longer at any time.
  else setAll(view.subarray(start, start + length), source);
}

function changed(): CelossError {
  return new CelossError("invalid_argument", "an array was resized, or its ArrayBuffer detached, during the call");
}
