import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { CelossError, load } from "../../../web/src/api/index.ts";
import { note, wasmBinary } from "./core.ts";

async function rejectionOf(promise: Promise<unknown>): Promise<CelossError> {
  const error = await promise.then(
    () => new Error("it was fulfilled"),
    (reason) => reason,
  );
  if (error instanceof CelossError) return error;
  throw error;
}

describe("load", () => {
  const bytes = Uint8Array.from(wasmBinary);

  it.each([
    ["an ArrayBuffer", bytes.buffer],
    ["a typed array within a larger buffer", Uint8Array.from([0, 0, 0, ...bytes]).subarray(3)],
    ["a DataView", new DataView(bytes.buffer)],
    ["a WebAssembly.Module", new WebAssembly.Module(bytes)],
  ])("takes %s", async (_, binary) => {
    const celoss = await load({ wasmBinary: binary });
    expect(celoss.crossEntropy(note.x, note.y).loss.toFixed(4)).toBe("1.0646");
  });

  it("says why there is no WebAssembly", async () => {
    for (const broken of [new Uint8Array(0), Uint8Array.of(1, 2, 3), bytes.subarray(0, 100)]) {
      const error = await rejectionOf(load({ wasmBinary: broken }));
      expect(error.code).toBe("webassembly_unavailable");
      expect(error.message).toMatch(/^celoss\.wasm could not be loaded: WebAssembly\.instantiate/);
      expect(error.cause).toBeInstanceOf(WebAssembly.CompileError);
      expect(error.details.cause).toBe(error.cause);
    }
  });

  it.each([
    [
      { wasmBinary: "celoss.wasm" },
      'wasmBinary: expected an ArrayBuffer, a typed array or a WebAssembly.Module, got the string "celoss.wasm"',
    ],
    [{ wasmBinary: null }, "wasmBinary: expected an ArrayBuffer, a typed array or a WebAssembly.Module, got null"],
    [{ wasm: "celoss.wasm" }, 'unknown option "wasm"; the options are wasmBinary'],
  ])("refuses %o", async (options, message) => {
    const error = await rejectionOf(load(options as never));
    expect([error.code, error.message]).toEqual(["invalid_argument", message]);
  });
});

describe("the package as built", () => {
  const dist = new URL("../../../dist/", import.meta.url);

  /** Runs a program in plain Node, in a folder of its own, and gives what it prints. */
  function runInNode(program: string, files: Record<string, string | Buffer> = {}): string {
    const folder = mkdtempSync(join(tmpdir(), "celoss-"));
    try {
      for (const [name, content] of Object.entries({ ...files, "program.mjs": program })) {
        writeFileSync(join(folder, name), content);
      }
      return execFileSync(process.execPath, ["program.mjs"], { cwd: folder, encoding: "utf8" });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  const library = readFileSync(new URL("celoss.js", dist));

  it("finds its WebAssembly from any folder, in plain Node", () => {
    const printed = runInNode(`
      import { load, CelossError } from ${JSON.stringify(new URL("celoss.js", dist).href)};
      const celoss = await load();
      console.log(celoss.crossEntropy(${JSON.stringify(note.x)}, ${JSON.stringify(note.y)}).loss.toFixed(4));
      try { celoss.crossEntropy([[1, 2]], [2]); } catch (error) { console.log(error instanceof CelossError, String(error)); }`);
    expect(printed).toBe("1.0646\ntrue CelossError: Target 2 is out of bounds.\n");
  });

  it("works in a worker", () => {
    const printed = runInNode(
      `import { Worker } from "node:worker_threads";
      const worker = new Worker(new URL("worker.mjs", import.meta.url));
      worker.on("message", (loss) => console.log(loss));`,
      {
        "worker.mjs": `
          import { parentPort } from "node:worker_threads";
          import { load } from "./celoss.mjs";
          parentPort.postMessage((await load()).crossEntropy([[0, 0]], [0]).loss);`,
        "celoss.mjs": library,
        "celoss.wasm": readFileSync(new URL("celoss.wasm", dist)),
      },
    );
    expect(Number(printed)).toBe(Math.fround(Math.log(2)));
  });

  it("works where code may not be compiled, as in workers at the edge, which have less of a browser too", () => {
    const printed = runInNode(
      `const wasmBinary = new WebAssembly.Module(await (await import("node:fs/promises")).readFile("celoss.wasm"));
      globalThis.importScripts = () => {};
      globalThis.self = {};
      for (const name of ["FinalizationRegistry", "fetch", "process", "location"]) delete globalThis[name];
      WebAssembly.compile = undefined;
      const { instantiate } = WebAssembly;
      WebAssembly.instantiate = async (module, imports) => {
        if (!(module instanceof WebAssembly.Module)) throw new Error("may not compile");
        return instantiate(module, imports);
      };
      const { load } = await import("./celoss.mjs");
      const celoss = await load({ wasmBinary });
      const tensor = celoss.tensor([1, 2]);
      console.log(celoss.crossEntropy(tensor, [0]).loss);
      tensor.free();
      await load({ wasmBinary: new Uint8Array(8) }).catch(({ message }) => console.log(message));`,
      { "celoss.mjs": library, "celoss.wasm": readFileSync(new URL("celoss.wasm", dist)) },
    );
    expect(printed).toBe(`${Math.fround(Math.log(2))}\nceloss.wasm could not be loaded: may not compile\n`);
  });

  it("says which file is missing", () => {
    const printed = runInNode(
      `import { load } from "./celoss.mjs";
      await load().catch(({ code, message, cause }) => console.log(code, message, cause.code));`,
      { "celoss.mjs": library },
    );
    expect(printed).toMatch(/^webassembly_unavailable celoss\.wasm could not be loaded: .*celoss\.wasm' ENOENT\n$/);
  });

  it("has the WebAssembly beside it, not in it, and needs no eval", () => {
    expect(readFileSync(new URL("celoss.wasm", dist))).toEqual(wasmBinary);
    expect(library.toString()).not.toMatch(/data:application\/wasm|\beval\(|new Function|from ?["'`]/);
  });

  it("declares its types without naming anything else", () => {
    expect(readFileSync(new URL("celoss.d.ts", dist), "utf8")).toBe('export * from "./types/api/index.js";\n');
    const program = `
      import { type HalfTensor, type LossResult, load, type ResidentTensor, type Tensor } from ${JSON.stringify(fileURLToPath(new URL("celoss.js", dist)))};
      const celoss = await load();
      export const loss: number = celoss.crossEntropy([[1, 2]], [0]).loss;
      export const result: LossResult = celoss.crossEntropy([[1, 2]], [0]);
      export const both: LossResult<{ gradient: true }> = celoss.crossEntropy([[1, 2]], [0], { gradient: true });
      export const numbers: [number, Tensor] = [result.loss, both.gradLogits];
      export const losses: Tensor = celoss.crossEntropy([[1, 2]], [0], { reduction: "none" }).losses;
      export const grad: Tensor = celoss.nllLoss([[1, 2]], [0], { gradient: true }).gradLogProbs;
      const there: ResidentTensor<"float32"> = celoss.tensor([1, 2]);
      export const data: Float32Array = there.data;
      export const indices: Int32Array = celoss.tensor([1], { dtype: "int32" }).data;
      export const written: ResidentTensor = celoss.crossEntropy(there, [0], { gradient: there }).gradLogits;
      export const given: Tensor = celoss.crossEntropy(there, [0], { gradient: new Float32Array(2) }).gradLogits;
      celoss.crossEntropy([1, 2], 0n, { weight: [1, 2], labelSmoothing: 0.1, gradient: true, gradOutput: 2 });
      celoss.crossEntropy([[1, 2]], [[0.5, 0.5]]);
      celoss.crossEntropy([Float32Array.of(1, 2), [3, 4]], [Int32Array.of(0, 1)]);
      const half: HalfTensor = { data: Uint16Array.of(0, 0), shape: [1, 2], dtype: "float16" };
      celoss.crossEntropy(half, half, { weight: { ...half, shape: [2] } });
      // @ts-expect-error what the bits mean has to be said
      celoss.softmax({ data: Uint16Array.of(0, 0), shape: [1, 2] });
      celoss.softmaxBackward(there, celoss.softmax(there, { dim: -1 }), { dim: -1 });
      // @ts-expect-error no gradient was asked for
      celoss.crossEntropy([[1, 2]], [0]).gradLogits;
      // @ts-expect-error nllLoss has no label smoothing
      celoss.nllLoss([[1, 2]], [0], { labelSmoothing: 0.1 });
      // @ts-expect-error integers are no logits
      celoss.softmax(celoss.tensor([1], { dtype: "int32" }));
      // @ts-expect-error a misspelt option
      celoss.crossEntropy([[1, 2]], [0], { reduction: "sum", ignore_index: 1 });
      const lab = await (await import(${JSON.stringify(fileURLToPath(new URL("lab.js", dist)))})).load();
      export const softmax: Tensor = lab.softmax([[1, 2]]);
      export const each: Tensor = lab.trace([[1, 2]], [0]).plain.losses;
      export const perSample: Tensor = lab.trace([[1, 2]], [0], { reduction: "none" }).plain.loss;
      // @ts-expect-error without targets there is no loss
      lab.trace([[1, 2]], null).plain.loss;`;
    const folder = mkdtempSync(join(tmpdir(), "celoss-"));
    try {
      writeFileSync(join(folder, "program.mts"), program);
      const tsc = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
      const flags = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext"];
      expect(execFileSync(process.execPath, [tsc, ...flags, "program.mts"], { cwd: folder, encoding: "utf8" })).toBe(
        "",
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
