import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { load } from "../../../web/src/lab/index.ts";
import { celoss, errorOf, note } from "../api/core.ts";
import { lab, wasmBinary } from "./core.ts";

const dist = (file: string) => readFileSync(new URL(`../../../dist/${file}`, import.meta.url));

describe("the lab", () => {
  it("has all that the library has, and gives the same", () => {
    expect(Object.keys(lab)).toEqual(expect.arrayContaining(Object.keys(celoss)));
    const options = { gradient: true } as const;
    expect(lab.crossEntropy(note.x, note.y, options)).toEqual(celoss.crossEntropy(note.x, note.y, options));
    expect(lab.logSoftmax(note.x)).toEqual(celoss.logSoftmax(note.x));
    expect(lab.floors(3)).toEqual(celoss.floors(3));
  });

  it("takes tensors in the module's memory, and changes none", () => {
    const x = lab.tensor([3, 3]);
    x.data.set(note.x.flat());
    const y = lab.tensor([3], { dtype: "int32" });
    y.data.set(note.y);
    expect(lab.sharpen(x, 2)).toEqual(lab.sharpen(note.x, 2));
    expect(lab.trace(x, y)).toEqual(lab.trace(note.x, note.y));
    expect([...x.data]).toEqual([...Float32Array.from(note.x.flat())]);
    x.free();
    expect(errorOf(() => lab.trace(x, y)).message).toBe("the tensor has been freed");
  });

  it("refuses what is larger than the memory, and goes on", async () => {
    const core = await load({ wasmBinary });
    const before = core.trace(note.x, note.y);
    for (const call of [() => core.rand([2 ** 29], { seed: 1 }), () => core.negLogCurve(0.5, 2 ** 29)]) {
      expect(errorOf(call).code).toBe("out_of_memory");
      expect(core.trace(note.x, note.y)).toEqual(before);
    }
  });

  it("is the only module of the page and of the element; the library has its own alone", () => {
    expect(dist("lab.wasm")).toEqual(wasmBinary);
    for (const [file, modules] of [
      ["index.html", ["lab.wasm"]],
      ["cross-entropy-demo.js", ["lab.wasm"]],
      ["lab.js", ["lab.wasm"]],
      ["celoss.js", ["celoss.wasm"]],
    ] as const) {
      expect(
        [
          ...new Set(
            dist(file)
              .toString()
              .match(/\b(celoss|lab)\.wasm\b/g),
          ),
        ],
        file,
      ).toEqual(modules);
    }
  });
});
