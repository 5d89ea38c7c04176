// Whatever is passed, a call gives a result or throws a CelossError, and the module still works afterwards.
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { CelossError, load } from "../../../web/src/api/index.ts";
import { celoss, errorOf, note, wasmBinary } from "./core.ts";

type Call = (...args: unknown[]) => unknown;

const expected = celoss.crossEntropy(note.x, note.y, { gradient: true });

afterEach(() => {
  expect(celoss.crossEntropy(note.x, note.y, { gradient: true })).toEqual(expected);
});

/** An array that was of that many elements, and lost them. */
function detached(length: number): Float32Array {
  const data = new Float32Array(length);
  structuredClone(data.buffer, { transfer: [data.buffer] });
  return data;
}

/** ArrayBuffer and SharedArrayBuffer, as engines newer than our types have them. */
const Resizable = ArrayBuffer as unknown as new (
  bytes: number,
  options: object,
) => ArrayBuffer & { resize(bytes: number): void };
const Growable = SharedArrayBuffer as unknown as new (
  bytes: number,
  options: object,
) => SharedArrayBuffer & { grow(bytes: number): void };

describe("arrays", () => {
  const shape = [3, 3];
  const codeOf = (call: () => unknown) => errorOf(call).code;

  it("that are detached are refused, before the call and during it", () => {
    const message = /detached/;
    expect(errorOf(() => celoss.softmax({ data: detached(9), shape })).message).toMatch(message);
    expect(errorOf(() => celoss.crossEntropy(note.x, note.y, { gradient: detached(9) })).message).toMatch(
      /^gradient: expected the shape \[3, 3\], got \[0\]$/,
    );
    const data = Float32Array.from(note.x.flat());
    const lying = {
      data,
      get shape() {
        structuredClone(data.buffer, { transfer: [data.buffer] });
        return shape;
      },
    };
    expect(errorOf(() => celoss.crossEntropy(lying, note.y)).message).toMatch(message);
    const later = Float32Array.from(note.x.flat());
    const target = {
      get data() {
        structuredClone(later.buffer, { transfer: [later.buffer] });
        return Int32Array.from(note.y);
      },
      shape: [3],
    };
    expect(errorOf(() => celoss.crossEntropy({ data: later, shape }, target)).message).toMatch(message);
    const into = new Float32Array(9);
    const gradOutput = {
      get data() {
        structuredClone(into.buffer, { transfer: [into.buffer] });
        return Float32Array.of(1);
      },
      shape: [],
    };
    expect(errorOf(() => celoss.crossEntropy(note.x, note.y, { gradient: into, gradOutput })).message).toMatch(message);
  });

  it("that are resized while the arguments are read are refused", () => {
    for (const bytes of [8, 64, 4000]) {
      const buffer = new Resizable(36, { maxByteLength: 4000 });
      const data = new Float32Array(buffer);
      const target = {
        get data() {
          buffer.resize(bytes);
          return Int32Array.from(note.y);
        },
        shape: [3],
      };
      expect(errorOf(() => celoss.crossEntropy({ data, shape }, target)).message).toMatch(/resized/);
    }
  });

  it("that are shared are copied; those that grow meanwhile are refused", () => {
    const data = new Float32Array(new SharedArrayBuffer(36));
    data.set(note.x.flat());
    expect(celoss.crossEntropy({ data, shape }, note.y).loss).toBe(expected.loss);
    const buffer = new Growable(36, { maxByteLength: 400 });
    const growing = new Float32Array(buffer);
    growing.set(note.x.flat());
    expect(celoss.crossEntropy({ data: growing, shape }, note.y).loss).toBe(expected.loss);
    buffer.grow(400);
    expect(codeOf(() => celoss.crossEntropy({ data: growing, shape }, note.y))).toBe("size_mismatch");
  });

  it("cannot lie about what they are", () => {
    class Liar extends Float32Array {
      override get length() {
        return 9;
      }
      override get buffer() {
        return new ArrayBuffer(0) as never;
      }
      override set() {
        throw new Error("not to be called");
      }
      override slice() {
        return this;
      }
    }
    expect(errorOf(() => celoss.softmax({ data: new Liar(2), shape })).message).toBe(
      "x: shape '[3, 3]' is invalid for input of size 2",
    );
    const into = new Liar(9);
    celoss.crossEntropy(note.x, note.y, { gradient: into });
    expect(Array.from({ length: 9 }, (_, i) => into[i])).toEqual([...expected.gradLogits.data]);
    const imposter = Object.setPrototypeOf({ length: 9 }, Float32Array.prototype);
    expect(codeOf(() => celoss.softmax({ data: imposter, shape }))).toBe("invalid_argument");
    const noTensor = Object.create(Object.getPrototypeOf(celoss.tensor([1])));
    expect(codeOf(() => celoss.softmax(noTensor))).toBe("invalid_argument");
  });

  it("are not read beyond what their shapes say, however these change", () => {
    let reads = 0;
    const growing = new Proxy([3, 3], {
      get: (sizes, key) => (key === "0" && ++reads > 1 ? 2 ** 20 : Reflect.get(sizes, key)),
    });
    expect(celoss.softmax({ data: new Float32Array(9), shape: growing }).shape).toEqual([3, 3]);
    expect(reads).toBe(1);
    const endless = new Proxy([3, 3], { get: (sizes, key) => (key === "length" ? 2 ** 40 : Reflect.get(sizes, key)) });
    expect(errorOf(() => celoss.softmax({ data: new Float32Array(9), shape: endless })).message).toBe(
      "x.shape: more than 64 dimensions",
    );
  });
});

describe("getters", () => {
  it("may throw what they like: it is the cause of a CelossError", () => {
    const cause = { reason: "none" };
    const throwing = {
      get data() {
        throw cause;
      },
      shape: [1],
    };
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    const error = errorOf(() => celoss.softmax(throwing as never));
    expect([error.code, error.message, error.cause]).toEqual([
      "invalid_argument",
      "an argument could not be read",
      cause,
    ]);
    expect(errorOf(() => celoss.crossEntropy(note.x, note.y, throwing as never)).code).toBe("invalid_argument");
    expect(errorOf(() => celoss.softmax(proxy)).cause).toBeInstanceOf(TypeError);
  });

  it("may call celoss themselves, whatever memory that takes", async () => {
    const core = await load({ wasmBinary });
    const large = { data: new Float32Array(2 ** 20), shape: [1, 2 ** 20] };
    const meddling = <V>(value: V) => ({
      get data() {
        core.softmax(large);
        core.tensor([2 ** 18]).free();
        return value;
      },
    });
    const x = { ...meddling(0), data: Float32Array.from(note.x.flat()), shape: [3, 3] };
    const logits = Object.defineProperty(x, "shape", {
      get() {
        core.tensor([2 ** 19]).free();
        return [3, 3];
      },
    });
    const target = Object.assign(meddling(Int32Array.from(note.y)), { shape: [3] });
    expect(core.crossEntropy(logits, target, { gradient: true })).toEqual(expected);
  });
});

describe("sizes", () => {
  const none = new Float32Array(0);

  it.each([
    [[2 ** 31], "invalid_argument"],
    [[2 ** 32, 2 ** 32], "invalid_argument"],
    [[2 ** 30, 2 ** 30], "size_mismatch"],
    [[2 ** 30, 4], "size_mismatch"],
    [[-1, 0], "invalid_argument"],
    [[NaN, 0], "invalid_argument"],
    [["0", 0], "invalid_argument"],
    [new Array(65).fill(0), "invalid_argument"],
    [{ length: 2, 0: 0, 1: 3 }, "invalid_argument"],
  ])("%j is refused", (shape, code) => {
    for (const call of [
      () => celoss.crossEntropy({ data: none, shape: shape as number[] }, []),
      () => celoss.softmax({ data: none, shape: shape as number[] }),
    ]) {
      expect(errorOf(call).code).toBe(code);
    }
  });

  it("of more samples than there is room for do no harm where there are no classes", () => {
    const x = { data: none, shape: [2 ** 30, 0, 2 ** 30] };
    for (const some of [x, { data: none, shape: [2 ** 30, 0, 3] }]) {
      expect(celoss.crossEntropy(some, some).loss).toBeNaN();
      expect(celoss.crossEntropy(some, some, { reduction: "sum" }).loss).toBe(-0);
    }
    expect(errorOf(() => celoss.crossEntropy(x, x, { reduction: "none" })).code).toBe("out_of_memory");
    expect(errorOf(() => celoss.crossEntropy(x, { data: new Int32Array(0), shape: [2 ** 30, 2 ** 30] })).code).toBe(
      "size_mismatch",
    );
  });

  it("of more than the memory are refused in every function, and what is smaller still works", async () => {
    const core = await load({ wasmBinary });
    const row = new Array(2 ** 20).fill(0);
    const nested = new Array(2 ** 20).fill(row);
    const before = core.crossEntropy(note.x, note.y);
    for (const call of [
      () => core.softmax(nested),
      () => core.crossEntropy(nested, []),
      () => core.crossEntropy(note.x, nested),
      () => core.tensor([2 ** 29]),
    ]) {
      const error = errorOf(call);
      expect([error.code, error.message]).toEqual([
        "out_of_memory",
        expect.stringMatching(/^can't allocate memory: you tried to allocate \d+ bytes$/),
      ]);
      expect(core.crossEntropy(note.x, note.y)).toEqual(before);
    }
  });

  it("do not pile up: a million calls, of all kinds, leave the memory as it was", async () => {
    const core = await load({ wasmBinary });
    const x = { data: Float32Array.from(note.x.flat()), shape: [3, 3] };
    const y = Int32Array.from(note.y);
    const bad = Int32Array.of(0, 1, 3);
    const options = { gradient: new Float32Array(9) };
    const size = () => core.tensor([0]).data.buffer.byteLength;
    const before = size();
    for (let i = 0; i < 1_000_000; ++i) {
      if (i % 100 === 0) expect(() => core.crossEntropy(x, bad)).toThrow(CelossError);
      else if (i % 1000 === 1) core.nllLoss(x, y);
      else if (i % 100 === 2) core.tensor([5]).free();
      else core.crossEntropy(x, y, i % 2 ? options : undefined);
    }
    expect(size()).toBe(before);
  }, 60_000);
});

describe("anything", () => {
  const size = fc.oneof(fc.integer({ min: -1, max: 3 }), fc.constantFrom(2 ** 31, 2 ** 53, 0.5, NaN, "3"));
  const shape = fc.array(size, { maxLength: 5 });
  const data = fc.oneof(
    fc.float32Array({ maxLength: 9 }),
    fc.float64Array({ maxLength: 9 }),
    fc.int32Array({ maxLength: 9 }),
    fc.bigInt64Array({ maxLength: 9 }),
    fc.constantFrom(detached(9), new Float32Array(new SharedArrayBuffer(36)), celoss.tensor([3, 3]).data),
  );
  const tensors = (["float32", "float64", "int32", "int64"] as const).flatMap((dtype) => {
    return [celoss.tensor([3, 3], { dtype }), celoss.tensor([3], { dtype })];
  });
  const freed = celoss.tensor([3, 3]);
  freed.free();
  const tensorLike = fc.oneof(
    fc.record({ data: fc.oneof(data, fc.anything()), shape: fc.oneof(shape, fc.anything()) }),
    fc.constantFrom(...tensors, freed, note.x, note.y, { data: new Float32Array(9), shape: [3, 3] }),
  );
  const wild = fc.anything({
    withBigInt: true,
    withTypedArray: true,
    withSparseArray: true,
    withNullPrototype: true,
    withObjectString: true,
  });
  const options = fc.record(
    {
      reduction: fc.oneof(fc.constantFrom("none", "mean", "sum"), wild),
      weight: fc.oneof(tensorLike, data, wild),
      ignoreIndex: fc.oneof(fc.integer(), fc.bigInt(), wild),
      labelSmoothing: fc.oneof(fc.double(), wild),
      gradient: fc.oneof(fc.boolean(), tensorLike, data, wild),
      gradOutput: fc.oneof(fc.double(), tensorLike, data, wild),
      dim: fc.oneof(fc.integer({ min: -3, max: 3 }), wild),
      dtype: fc.oneof(fc.constantFrom("float32", "int64"), wild),
      seed: fc.oneof(fc.nat(), wild),
    },
    { requiredKeys: [] },
  );
  const argument = fc.oneof(
    tensorLike,
    options,
    data,
    shape,
    fc.array(fc.array(fc.oneof(fc.double(), wild), { maxLength: 3 }), { maxLength: 3 }),
    fc.constantFrom({ gradient: true }, { reduction: "none" }, { seed: 1 }, 0.5, 3),
    wild,
  );

  it("gives an answer or a CelossError", () => {
    const functions = Object.values(celoss) as Call[];
    let answers = 0;
    let refusals = 0;
    fc.assert(
      fc.property(fc.constantFrom(...functions), fc.array(argument, { maxLength: 3 }), (call, args) => {
        try {
          call(...args);
          ++answers;
        } catch (error) {
          expect(error).toBeInstanceOf(CelossError);
          // It is never the module that fails.
          expect((error as CelossError).cause).not.toBeInstanceOf(WebAssembly.RuntimeError);
          ++refusals;
        }
      }),
      { numRuns: 5000 },
    );
    expect(Math.min(answers, refusals)).toBeGreaterThan(100);
  });

  it("of the losses' own arguments gives an answer or a CelossError", () => {
    const someOptions = fc.record(
      {
        reduction: fc.constantFrom("none", "mean", "sum"),
        weight: fc.constantFrom(null, tensors[1], Float32Array.of(1, 2, 3), [1, 2, 3], [1]),
        ignoreIndex: fc.constantFrom(-100, -1, 0, 2n ** 60n),
        labelSmoothing: fc.constantFrom(0, 0.1, 1, 2),
        gradient: fc.constantFrom(false, true, tensors[0], freed, new Float32Array(9), celoss.tensor([3, 3]).data),
        gradOutput: fc.constantFrom(null, 2, tensors[1], Float32Array.of(1, 2, 3)),
      },
      { requiredKeys: [] },
    );
    const x = fc.oneof({ arbitrary: fc.constantFrom(note.x, tensors[0], tensors[2]), weight: 3 }, tensorLike);
    const y = fc.oneof({ arbitrary: fc.constantFrom(note.x, note.y, ...tensors), weight: 3 }, tensorLike);
    const functions = [celoss.crossEntropy, celoss.nllLoss] as Call[];
    let answers = 0;
    fc.assert(
      fc.property(fc.constantFrom(...functions), x, y, someOptions, (call, x, y, options) => {
        try {
          call(x, y, options);
          ++answers;
        } catch (error) {
          expect(error).toBeInstanceOf(CelossError);
          expect((error as CelossError).cause).not.toBeInstanceOf(WebAssembly.RuntimeError);
        }
      }),
      { numRuns: 5000 },
    );
    expect(answers).toBeGreaterThan(100);
  });
});
