import { describe, expect, it } from "vitest";
import { type Celoss, load } from "../../../web/src/api/index.ts";
import { celoss, errorOf, note, wasmBinary } from "./core.ts";

/** Logits (N, 4) whose softmax is known: 3 of 4 classes the same. */
function checkRows(core: Celoss, N: number): void {
  const data = new Float64Array(4 * N);
  for (let n = 0; n < N; ++n) data[4 * n + (n % 4)] = Math.log(3);
  const softmax = core.softmax({ data, shape: [N, 4] }).data;
  expect(softmax.length).toBe(4 * N);
  const wrong = softmax.findIndex((p, i) => Math.abs(p - (i % 4 === Math.floor(i / 4) % 4 ? 1 / 2 : 1 / 6)) > 1e-15);
  expect(wrong).toBe(-1);
}

describe("the module's memory", () => {
  it("grows and is used again: large, small, larger, small", async () => {
    const core = await load({ wasmBinary });
    const before = core.crossEntropy(note.x, note.y, { gradient: true });
    for (const N of [100_000, 1, 3, 400_000, 2]) checkRows(core, N);
    expect(core.crossEntropy(note.x, note.y, { gradient: true })).toEqual(before);
  });

  it("does not keep what it outgrew", async () => {
    const core = await load({ wasmBinary });
    for (let size = 500; size <= 200_000; size += 500) core.log({ data: new Float32Array(size), shape: [size] });
    // The last of them took 1.6 MB, all of them together 320 MB.
    expect(core.tensor([1]).data.buffer.byteLength).toBeLessThan(8 * 2 ** 20);
  });

  it("may grow in the very first call", async () => {
    checkRows(await load({ wasmBinary }), 200_000);
  });

  it("gives the first call an address even for nothing", async () => {
    const core = await load({ wasmBinary });
    expect(core.softmax({ data: new Float32Array(0), shape: [0, 3] }).shape).toEqual([0, 3]);
  });

  it("survives that it runs out", async () => {
    const core = await load({ wasmBinary });
    const { loss } = core.crossEntropy(note.x, note.y);
    // More than 32 bits can address, and more than the module may have.
    for (const [shape, bytes] of [
      [[2 ** 20, 2 ** 20], 2 ** 43],
      [[2 ** 29], 2 ** 32],
      [[2 ** 28 + 2 ** 27], 3 * 2 ** 30],
      [[2 ** 28], 2 ** 31],
    ] as const) {
      const error = errorOf(() => core.tensor(shape, { dtype: "float64" }));
      expect(error.code).toBe("out_of_memory");
      expect(error.message).toBe(`can't allocate memory: you tried to allocate ${bytes} bytes`);
      expect(error.details).toEqual({ got: bytes });
      expect(core.crossEntropy(note.x, note.y).loss).toBe(loss);
    }
    checkRows(core, 1000);
  });

  it("keeps arrays of 4 and 8 bytes apart: an odd number of float32 before int64", () => {
    for (const N of [1, 3, 5]) {
      const x = Array.from({ length: N }, (_, n) => [n, 1, 0]);
      const target = Array.from({ length: N }, () => 1);
      const expected = x.map((row) => Math.fround(Math.log(row.reduce((sum, v) => sum + Math.exp(v), 0)) - 1));
      const { losses } = celoss.crossEntropy(x, target, { reduction: "none" });
      for (const [n, loss] of losses.data.entries()) expect(loss).toBeCloseTo(expected[n] as number, 6);
    }
  });

  it("is each module's own", async () => {
    const [a, b] = [await load({ wasmBinary }), await load({ wasmBinary })];
    checkRows(a, 100_000);
    expect(b.crossEntropy(note.x, note.y)).toEqual(celoss.crossEntropy(note.x, note.y));
  });
});
