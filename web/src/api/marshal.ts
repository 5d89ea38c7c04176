// Arrays cross the border in one block of the module's memory: inputs and outputs one after another, inputs copied in,
// outputs copied out.
import type { Address, CelossWasm, Outcome } from "celoss-wasm";
import { allocate } from "./arguments.ts";
import { CelossError, type CelossErrorCode, outOfMemory } from "./errors.ts";
import type { Dtype } from "./types.ts";

const types = { float32: Float32Array, float64: Float64Array, int64: BigInt64Array };

type Type = Dtype | "int64";
type ArrayOf<T extends Type> = { float32: Float32Array; float64: Float64Array; int64: BigInt64Array }[T];

/** The place of an array in the block. */
export interface Place<T extends Type = Type> {
  readonly type: T;
  readonly length: number;
  /** Where it is in the module's memory: known while the call runs. */
  address: Address;
}

/** One call of the core: place what it reads and what it writes, run it, take what it wrote. */
export class Call {
  readonly #wasm: CelossWasm;
  readonly #places: Place[] = [];
  readonly #inputs: [Place, ArrayOf<Type>][] = [];

  constructor(wasm: CelossWasm) {
    this.#wasm = wasm;
  }

  input<T extends Type>(type: T, data: ArrayOf<T>): Place<T> {
    const place = this.output(type, data.length);
    this.#inputs.push([place, data]);
    return place;
  }

  output<T extends Type>(type: T, length: number): Place<T> {
    const place = { type, length, address: 0 };
    this.#places.push(place);
    return place;
  }

  /** Runs a function of the core on the addresses of the places. */
  run(core: () => Outcome): void {
    let bytes = 0;
    const offsets = this.#places.map(({ type, length }) => {
      const offset = bytes;
      // Every array begins at a multiple of 8.
      bytes += 8 * Math.ceil((length * types[type].BYTES_PER_ELEMENT) / 8);
      return offset;
    });
    const block = this.#wasm.scratch(bytes);
    if (block === 0) throw outOfMemory(bytes);
    this.#places.forEach((place, i) => {
      place.address = block + (offsets[i] as number);
    });
    for (const [place, data] of this.#inputs) copy(this.#view(place), data);

    const outcome = core();
    if (outcome.code !== "ok") throw toError(outcome);
  }

  /** What the core wrote there, as an array of the caller's own. */
  read<T extends Type>(place: Place<T>): ArrayOf<T> {
    return copy(allocate<ArrayOf<Type>>(place.length, types[place.type]), this.#view(place)) as ArrayOf<T>;
  }

  readTensor<T extends Type>(
    place: Place<T>,
    shape: readonly number[],
  ): { data: ArrayOf<T>; shape: number[]; dtype: T } {
    return { data: this.read(place), shape: [...shape], dtype: place.type };
  }

  readNumber(place: Place): number {
    return Number(this.#view(place)[0]);
  }

  /** Views die when the memory grows, so each is made anew. */
  #view<T extends Type>({ type, address, length }: Place<T>): ArrayOf<T> {
    const memory = this.#wasm.memory(address, length * types[type].BYTES_PER_ELEMENT);
    return new types[type](memory.buffer, address, length) as ArrayOf<T>;
  }
}

/** Copies between arrays of one type. */
function copy(to: ArrayOf<Type>, from: ArrayOf<Type>): ArrayOf<Type> {
  (to as { set(from: unknown): void }).set(from);
  return to;
}

function toError({ code, message, argument, got, expected, index }: Outcome): CelossError {
  return new CelossError(code as CelossErrorCode, message, {
    ...(argument !== "none" && { argument }),
    got,
    expected,
    ...(index >= 0 && { index }),
  });
}
