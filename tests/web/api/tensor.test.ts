import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { load, type ResidentTensor, type TensorDtype } from "../../../web/src/api/index.ts";
import { celoss, errorOf, note, wasmBinary } from "./core.ts";

/** More than a fresh module has room for. */
const large = { data: new Float32Array(2 ** 20), shape: [1, 2 ** 20] };

/** The note's logits in the memory of a module. */
function noteIn(core: typeof celoss): ResidentTensor<"float32"> {
  const x = core.tensor([3, 3]);
  x.data.set(note.x.flat());
  return x;
}

const numbersOf = ({ data }: ResidentTensor) => Array.from(data as Iterable<number | bigint>, Number);

describe("celoss.tensor", () => {
  it.each<[TensorDtype, object]>([
    ["float32", Float32Array],
    ["float64", Float64Array],
    ["int32", Int32Array],
    ["int64", BigInt64Array],
  ])("makes a tensor of zeros: %s", (dtype, type) => {
    const tensor = celoss.tensor([2, 3], { dtype });
    expect(tensor.data).toBeInstanceOf(type);
    expect(numbersOf(tensor)).toEqual([0, 0, 0, 0, 0, 0]);
    expect([tensor.shape, tensor.dtype]).toEqual([[2, 3], dtype]);
    expect(tensor.data).toBe(tensor.data);
    tensor.data.fill((dtype === "int64" ? 7n : 7) as never);
    tensor.free();
    const again = celoss.tensor([2, 3], { dtype });
    expect(numbersOf(again)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("is float32 unless told, and has any shape", () => {
    expect(celoss.tensor([]).data).toEqual(new Float32Array(1));
    expect(celoss.tensor([3, 0, 2]).data).toEqual(new Float32Array(0));
    expect(celoss.tensor([1], {}).dtype).toBe("float32");
    expect(celoss.tensor([1], { dtype: undefined }).dtype).toBe("float32");
  });

  it("has a shape and a dtype that stay", () => {
    const tensor = celoss.tensor([2, 2]);
    expect(() => (tensor.shape as number[]).push(3)).toThrow(TypeError);
    expect(() => Object.assign(tensor, { shape: [9, 9] })).toThrow(TypeError);
    expect(() => Object.assign(tensor, { data: new Float32Array(1) })).toThrow(TypeError);
  });

  it.each<[string, () => unknown]>([
    ["shape: expected an array of sizes, got the number 3", () => celoss.tensor(3 as never)],
    ["shape[0]: expected an integer from 0 to 1073741824, got the number 2147483648", () => celoss.tensor([2 ** 31])],
    ["shape: Trying to create tensor with negative dimension -1: [-1]", () => celoss.tensor([-1])],
    [
      'dtype: expected one of float32, float64, int32, int64, got the string "float16"',
      () => celoss.tensor([1], { dtype: "float16" as never }),
    ],
    ['unknown option "type"; the options are dtype', () => celoss.tensor([1], { type: "int32" } as never)],
    ["can't allocate memory: you tried to allocate 4611686018427388000 bytes", () => celoss.tensor([2 ** 30, 2 ** 30])],
    ["can't allocate memory: you tried to allocate 4294967296 bytes", () => celoss.tensor([2 ** 30])],
    ["can't allocate memory: you tried to allocate 2147483648 bytes", () => celoss.tensor([2 ** 29])],
  ])("says: %s", (message, call) => {
    expect(errorOf(call).message).toBe(message);
    expect(celoss.crossEntropy(note.x, note.y).loss.toFixed(4)).toBe("1.0646");
  });

  it("is taken by every function that takes tensors, without a copy", () => {
    const x = noteIn(celoss);
    const y = celoss.tensor([3], { dtype: "int32" });
    y.data.set(note.y);
    expect(celoss.softmax(x)).toEqual(celoss.softmax(note.x));
    expect(celoss.logSoftmax(x, { dim: 0 })).toEqual(celoss.logSoftmax(note.x, { dim: 0 }));
    expect(celoss.softmaxBackward(x, x)).toEqual(celoss.softmaxBackward(note.x, note.x));
    expect(celoss.log(x)).toEqual(celoss.log(note.x));
    expect(celoss.crossEntropy(x, y)).toEqual(celoss.crossEntropy(note.x, note.y));
    expect(celoss.crossEntropy(x, x)).toEqual(celoss.crossEntropy(note.x, note.x));
    expect([...x.data]).toEqual([...Float32Array.from(note.x.flat())]);
  });

  it("has views that are made anew when the memory grows, and numbers that stay", async () => {
    const core = await load({ wasmBinary });
    const x = noteIn(core);
    const before = x.data;
    core.softmax(large);
    expect(before.length).toBe(0);
    expect([...x.data]).toEqual([...Float32Array.from(note.x.flat())]);
    expect(core.crossEntropy(x, note.y)).toEqual(celoss.crossEntropy(note.x, note.y));
  });

  it("may be read through its data even if that call makes the memory grow", async () => {
    const core = await load({ wasmBinary });
    const x = core.tensor([2, 2 ** 20]);
    x.data.fill(1);
    const view = x.data;
    const { data } = core.softmax({ data: view.subarray(2 ** 18), shape: [7, 2 ** 18] }, { dim: 0 });
    expect(view.length).toBe(0);
    expect(data.every((p) => p === Math.fround(1 / 7))).toBe(true);
  });

  it("may take the gradient through its data even if that call makes the memory grow", async () => {
    const core = await load({ wasmBinary });
    const grad = core.tensor([1, 2 ** 20]);
    const view = grad.data;
    const { gradLogits } = core.crossEntropy(large, [0], { gradient: view });
    expect(view.length).toBe(0);
    expect(gradLogits.data).toBe(grad.data);
    expect(gradLogits.data[1]).toBe(2 ** -20);
  });

  it("takes no gradient into the middle of its memory", () => {
    const grad = celoss.tensor([12]);
    const { message } = errorOf(() => celoss.crossEntropy(note.x, note.y, { gradient: grad.data.subarray(3) }));
    expect(message).toBe("gradient: part of the module's memory, but no tensor's data");
  });

  it("takes no gradient where another input is", () => {
    const q = noteIn(celoss);
    const weight = celoss.tensor([3]);
    weight.data.fill(1);
    const message = "gradient: of the inputs, only that of the logits may be overwritten";
    expect(errorOf(() => celoss.crossEntropy(note.x, q, { gradient: q })).message).toBe(message);
    expect(errorOf(() => celoss.crossEntropy([[1, 2, 3]], [0], { weight, gradient: weight.data })).message).toBe(
      message,
    );
    expect(errorOf(() => celoss.crossEntropy([1, 2, 3], 0, { weight, gradient: weight })).message).toBe(message);
  });

  it("is refused everywhere once it was freed", () => {
    const x = noteIn(celoss);
    const view = x.data;
    const y = celoss.tensor([3], { dtype: "int64" });
    for (const tensor of [x, y]) {
      tensor.free();
      tensor.free();
    }
    for (const call of [
      () => x.data,
      () => y.data,
      () => celoss.softmax(x),
      () => celoss.crossEntropy(x, note.y),
      () => celoss.crossEntropy(note.x, y),
      () => celoss.crossEntropy(note.x, x),
      () => celoss.crossEntropy(note.x, note.y, { weight: x }),
      () => celoss.crossEntropy(note.x, note.y, { gradient: x }),
      () => celoss.crossEntropy(note.x, note.y, { gradient: view }),
      () => celoss.crossEntropy(note.x, note.y, { gradient: true, gradOutput: x }),
    ]) {
      const error = errorOf(call);
      expect([error.code, error.message]).toEqual(["invalid_argument", "the tensor has been freed"]);
    }
  });

  it("is refused also if it is freed while the arguments are read", () => {
    const x = noteIn(celoss);
    const options = {
      gradient: true as const,
      weight: {
        get data() {
          x.free();
          return Float32Array.of(1, 1, 1);
        },
        shape: [3],
      },
    };
    expect(errorOf(() => celoss.crossEntropy(x, note.y, options)).message).toBe("the tensor has been freed");
  });

  it("of another module is copied", async () => {
    const other = await load({ wasmBinary });
    const x = noteIn(other);
    expect(celoss.crossEntropy(x, note.y)).toEqual(celoss.crossEntropy(note.x, note.y));
    const grad = other.tensor([3, 3]);
    const { gradLogits } = celoss.crossEntropy(x, note.y, { gradient: grad });
    expect([...grad.data]).toEqual([...celoss.crossEntropy(note.x, note.y, { gradient: true }).gradLogits.data]);
    expect(gradLogits.data).toBe(grad.data);
  });

  it("gives its memory back when freed: a module never holds more than what is in use", async () => {
    const core = await load({ wasmBinary });
    const tensor = core.tensor([2 ** 18]);
    const { byteLength } = tensor.data.buffer;
    tensor.free();
    for (let i = 0; i < 10_000; ++i) {
      const some = fc.sample(fc.integer({ min: 0, max: 2 ** 18 }), { numRuns: 1, seed: i })[0] as number;
      const next = core.tensor([some]);
      expect(next.data.buffer.byteLength).toBe(byteLength);
      next.free();
    }
  });

  it("gives its memory back when it is garbage, but not while its data is in use", async () => {
    setFlagsFromString("--expose-gc");
    const gc: () => void = runInNewContext("gc");
    const core = await load({ wasmBinary });
    const data = core.tensor([2 ** 16]).data;
    data.fill(7);
    const { byteLength } = core.tensor([2 ** 20]).data.buffer;
    for (let i = 0; i < 20; ++i) {
      core.tensor([2 ** 20]).data.fill(i);
      gc();
      await setTimeout(0);
    }
    expect(core.tensor([1]).data.buffer.byteLength).toBeLessThan(4 * byteLength);
    expect(core.tensor([2 ** 16]).data.byteOffset).not.toBe(data.byteOffset);
  });
});
