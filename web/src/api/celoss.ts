import type { Address, Outcome } from "celoss-wasm";
import { type Argument, isInteger, MAX_SIZE, numel, readOptions, readShape, readTensor } from "./arguments.ts";
import { CelossError, sizes, unexpected } from "./errors.ts";
import { loss } from "./loss.ts";
import { arrayTypes, Memory, placeOf } from "./marshal.ts";
import { loadModule } from "./module.ts";
import { softmax, softmaxBackward } from "./softmax.ts";
import { TensorInModule } from "./tensor.ts";
import { trace } from "./trace.ts";
import type { Celoss, Dtype, ResidentTensor, Tensor, TensorDtype } from "./types.ts";

/**
 * Loads the WebAssembly core: celoss.wasm from beside this module, in browsers, workers and Node; or `wasmBinary`, its
 * bytes, or what was compiled of them already. Rejects with a {@link CelossError} "webassembly_unavailable" whose cause
 * says why.
 */
export async function load(options?: { wasmBinary?: BufferSource | WebAssembly.Module | undefined }): Promise<Celoss> {
  const memory = new Memory(await loadModule(readOptions(options, ["wasmBinary"]).wasmBinary));
  const celoss: { [name in keyof Celoss]: (a?: unknown, b?: unknown, c?: unknown) => unknown } = {
    crossEntropy: (logits, target, options) => loss(memory, true, logits, target, options),
    nllLoss: (logProbs, target, options) => loss(memory, false, logProbs, target, options),
    softmax: (x, options) => softmax(memory, "softmax", x, options),
    logSoftmax: (x, options) => softmax(memory, "logSoftmax", x, options),
    naiveSoftmax: (x, options) => softmax(memory, "naiveSoftmax", x, options),
    softmaxBackward: (grad, output, options) => softmaxBackward(memory, "softmaxBackward", grad, output, options),
    logSoftmaxBackward: (grad, output, options) => softmaxBackward(memory, "logSoftmaxBackward", grad, output, options),
    tensor: (shape, options) => tensor(memory, shape, options),
    trace: (logits, target, options) => trace(memory, logits, target, options),
    log: (x) => log(memory, x),
    floors: (C) => floors(memory, C),
    negLogCurve: (pMin, points) => negLogCurve(memory, pMin, points),
    sharpen: (x, sharpness) => sharpen(memory, x, sharpness),
    raiseLargest: (row, gap) => raiseLargest(memory, row, gap),
    rand: (shape, options) => rand(memory, shape, options),
  };
  for (const name of Object.keys(celoss) as (keyof Celoss)[]) celoss[name] = guarded(celoss[name]);
  return celoss as unknown as Celoss;
}

/** What else an argument may throw, such as a getter of its own, comes out as the cause of a CelossError. */
function guarded(call: (a?: unknown, b?: unknown, c?: unknown) => unknown): typeof call {
  return (a, b, c) => {
    try {
      return call(a, b, c);
    } catch (cause) {
      if (cause instanceof CelossError) throw cause;
      throw new CelossError("invalid_argument", "an argument could not be read", { cause });
    }
  };
}

function tensor(memory: Memory, shape: unknown, options: unknown): ResidentTensor {
  const sizes = readShape("shape", shape);
  const { dtype = "float32" } = readOptions(options, ["dtype"]);
  const dtypes = Object.keys(arrayTypes);
  if (!dtypes.includes(dtype as string)) throw unexpected("dtype", `one of ${dtypes.join(", ")}`, dtype);
  return new TensorInModule(memory, sizes, numel(sizes), dtype as TensorDtype);
}

function log(memory: Memory, input: unknown): Tensor {
  const x = readTensor(memory, "x", input);
  return map(memory, x, (float64, from, size, to) => memory.wasm.log(float64, from, size, to));
}

function sharpen(memory: Memory, input: unknown, sharpness: unknown): Tensor {
  const x = readTensor(memory, "x", input);
  if (typeof sharpness !== "number") throw unexpected("sharpness", "a number", sharpness);
  return map(memory, x, (float64, from, size, to) => memory.wasm.sharpen(float64, from, size, sharpness, to));
}

function raiseLargest(memory: Memory, input: unknown, gap: unknown): Tensor {
  const row = readTensor(memory, "row", input);
  if (row.shape.length !== 1) {
    const message = `row: expected one row of shape (C), got ${sizes(row.shape)}`;
    throw new CelossError("invalid_argument", message, { argument: "row", got: row.shape });
  }
  if (typeof gap !== "number") throw unexpected("gap", "a number", gap);
  return map(memory, row, (float64, from, size, to) => memory.wasm.raiseLargest(float64, from, size, gap, to));
}

/** A tensor made of another of the same shape and dtype. */
function map(
  memory: Memory,
  { place: from, shape }: Argument<Dtype>,
  core: (float64: boolean, from: Address, size: number, to: Address) => Outcome,
): Tensor {
  const to = placeOf(from.type, from.length);
  memory.place([from, to]);
  memory.check(core(from.type === "float64", from.address, from.length, to.address));
  return { data: memory.read(to), shape: [...shape], dtype: from.type };
}

function floors({ wasm }: Memory, C: unknown): ReturnType<Celoss["floors"]> {
  if (!isInteger(C, 1, Number.MAX_SAFE_INTEGER)) throw unexpected("C", "a number of classes from 1", C);
  return {
    doubleSoftmaxFloor: wasm.doubleSoftmaxFloor(C),
    doubleSoftmaxCeiling: wasm.doubleSoftmaxCeiling(C),
    uniformLoss: wasm.uniformLoss(C),
  };
}

function negLogCurve(memory: Memory, pMin: unknown, points: unknown): ReturnType<Celoss["negLogCurve"]> {
  if (!(typeof pMin === "number" && pMin > 0 && pMin < 1)) {
    throw unexpected("pMin", "a number between 0 and 1", pMin);
  }
  if (!isInteger(points, 2, MAX_SIZE)) throw unexpected("points", `an integer from 2 to ${MAX_SIZE}`, points);
  const p = placeOf("float64", points);
  const loss = placeOf("float64", points);
  memory.place([p, loss]);
  memory.check(memory.wasm.negLogCurve(pMin, points, p.address, loss.address));
  return {
    p: { data: memory.read(p), shape: [points], dtype: "float64" },
    loss: { data: memory.read(loss), shape: [points], dtype: "float64" },
  };
}

function rand(memory: Memory, shape: unknown, options: unknown): Tensor {
  const sizes = readShape("shape", shape);
  const { seed, dtype = "float32" } = readOptions(options, ["seed", "dtype"]);
  if (!isInteger(seed, 0, 2 ** 32 - 1)) throw unexpected("seed", "an integer from 0 to 4294967295", seed);
  if (dtype !== "float32" && dtype !== "float64") throw unexpected("dtype", '"float32" or "float64"', dtype);
  const output = placeOf(dtype, numel(sizes));
  memory.place([output]);
  memory.check(memory.wasm.rand(dtype === "float64", seed, output.address, output.length));
  return { data: memory.read(output), shape: sizes, dtype };
}
