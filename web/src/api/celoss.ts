import type { Address, CelossWasm, Outcome } from "celoss-wasm";
import { isInteger, MAX_SIZE, numel, readLogits, readOptions, readRow, readShape, readTensor } from "./arguments.ts";
import { unexpected } from "./errors.ts";
import { loss } from "./loss.ts";
import { Call } from "./marshal.ts";
import { loadModule } from "./module.ts";
import { trace } from "./trace.ts";
import type { Celoss, Tensor } from "./types.ts";

/**
 * Loads the WebAssembly core: celoss.wasm from beside this module, in browsers, workers and Node; or `wasmBinary`, its
 * bytes. Rejects with a {@link CelossError} "webassembly_unavailable" whose cause says why.
 */
export async function load(options?: { wasmBinary?: BufferSource | undefined }): Promise<Celoss> {
  const wasm = await loadModule(readOptions(options, ["wasmBinary"]).wasmBinary);
  return {
    softmax: (x) => rowWise(wasm, "softmax", x),
    logSoftmax: (x) => rowWise(wasm, "logSoftmax", x),
    naiveSoftmax: (x) => rowWise(wasm, "naiveSoftmax", x),
    log: (x) => log(wasm, x),
    nllLoss: (logProbs, target, options) => loss(wasm, "nllLoss", logProbs, target, options) as never,
    crossEntropy: (logits, target, options) => loss(wasm, "crossEntropy", logits, target, options) as never,
    trace: (logits: unknown, target: unknown, options: unknown) => trace(wasm, logits, target, options) as never,
    floors: (C) => floors(wasm, C),
    negLogCurve: (pMin, points) => negLogCurve(wasm, pMin, points),
    sharpen: (x, sharpness) => sharpen(wasm, x, sharpness),
    raiseLargest: (row, gap) => raiseLargest(wasm, row, gap),
    rand: (shape, options) => rand(wasm, shape, options),
  };
}

function rowWise(wasm: CelossWasm, name: "softmax" | "logSoftmax" | "naiveSoftmax", input: unknown): Tensor {
  const x = readLogits("x", input);
  return map(wasm, x, (from, to) => wasm[`${name}_${x.dtype}`](from, x.N, x.C, to));
}

function log(wasm: CelossWasm, input: unknown): Tensor {
  const x = readTensor("x", input);
  return map(wasm, x, (from, to) => wasm[`log_${x.dtype}`](from, x.data.length, to));
}

function sharpen(wasm: CelossWasm, input: unknown, sharpness: unknown): Tensor {
  const x = readLogits("x", input);
  if (typeof sharpness !== "number") throw unexpected("sharpness", "a number", sharpness);
  return map(wasm, x, (from, to) => wasm[`sharpen_${x.dtype}`](from, x.N, x.C, sharpness, to));
}

function raiseLargest(wasm: CelossWasm, input: unknown, gap: unknown): Tensor {
  const row = readRow("row", input);
  if (typeof gap !== "number") throw unexpected("gap", "a number", gap);
  return map(wasm, row, (from, to) => wasm[`raiseLargest_${row.dtype}`](from, row.data.length, gap, to));
}

/** A tensor made of another of the same shape and dtype. */
function map(wasm: CelossWasm, x: Tensor, core: (from: Address, to: Address) => Outcome): Tensor {
  const call = new Call(wasm);
  const from = call.input(x.dtype, x.data);
  const to = call.output(x.dtype, x.data.length);
  call.run(() => core(from.address, to.address));
  return call.readTensor(to, x.shape);
}

function floors(wasm: CelossWasm, C: unknown): ReturnType<Celoss["floors"]> {
  if (!isInteger(C, 1, Number.MAX_SAFE_INTEGER)) throw unexpected("C", "a number of classes from 1", C);
  return {
    doubleSoftmaxFloor: wasm.doubleSoftmaxFloor(C),
    doubleSoftmaxCeiling: wasm.doubleSoftmaxCeiling(C),
    uniformLoss: wasm.uniformLoss(C),
  };
}

function negLogCurve(wasm: CelossWasm, pMin: unknown, points: unknown): ReturnType<Celoss["negLogCurve"]> {
  if (!(typeof pMin === "number" && pMin > 0 && pMin < 1)) {
    throw unexpected("pMin", "a number between 0 and 1", pMin);
  }
  if (!isInteger(points, 2, MAX_SIZE)) throw unexpected("points", `an integer from 2 to ${MAX_SIZE}`, points);
  const call = new Call(wasm);
  const p = call.output("float64", points);
  const loss = call.output("float64", points);
  call.run(() => wasm.negLogCurve(pMin, points, p.address, loss.address));
  return { p: call.readTensor(p, [points]), loss: call.readTensor(loss, [points]) };
}

function rand(wasm: CelossWasm, shape: unknown, options: unknown): Tensor {
  const sizes = readShape("shape", shape);
  const { seed, dtype = "float32" } = readOptions(options, ["seed", "dtype"]);
  if (!isInteger(seed, 0, 2 ** 32 - 1)) throw unexpected("seed", "an integer from 0 to 4294967295", seed);
  if (dtype !== "float32" && dtype !== "float64") throw unexpected("dtype", '"float32" or "float64"', dtype);
  const call = new Call(wasm);
  const output = call.output(dtype, numel(sizes));
  call.run(() => wasm[`rand_${dtype}`](seed, output.address, output.length));
  return call.readTensor(output, sizes);
}
