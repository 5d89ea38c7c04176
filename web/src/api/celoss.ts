// The functions of the library, on the memory of a module that has them.
import type { Address, Outcome } from "celoss-wasm";
import { isInteger, numel, readOptions, readShape, readTensor } from "./arguments.ts";
import { CelossError, unexpected } from "./errors.ts";
import { loss } from "./loss.ts";
import { arrayTypes, type Memory, placeOf } from "./marshal.ts";
import { softmax, softmaxBackward } from "./softmax.ts";
import { type Argument, TensorInModule } from "./tensor.ts";
import type { Celoss, Dtype, ResidentTensor, Tensor, TensorDtype } from "./types.ts";

/** The functions of a library before their arguments are known to be any good. */
export type Functions<Library> = { [name in keyof Library]: (a?: unknown, b?: unknown, c?: unknown) => unknown };

export function celossOn(memory: Memory): Functions<Celoss> {
  return {
    crossEntropy: (logits, target, options) => loss(memory, true, logits, target, options),
    nllLoss: (logProbs, target, options) => loss(memory, false, logProbs, target, options),
    softmax: (x, options) => softmax(memory, "softmax", x, options),
    logSoftmax: (x, options) => softmax(memory, "logSoftmax", x, options),
    naiveSoftmax: (x, options) => softmax(memory, "naiveSoftmax", x, options),
    softmaxBackward: (grad, output, options) => softmaxBackward(memory, "softmaxBackward", grad, output, options),
    logSoftmaxBackward: (grad, output, options) => softmaxBackward(memory, "logSoftmaxBackward", grad, output, options),
    tensor: (shape, options) => tensor(memory, shape, options),
    log: (x) => log(memory, x),
    floors: (C) => floors(memory, C),
  };
}

/** What else an argument may throw, such as a getter of its own, comes out as the cause of a CelossError. */
export function guarded<Library>(functions: Functions<Library>): Library {
  for (const name of Object.keys(functions) as (keyof Library)[]) {
    const call = functions[name];
    functions[name] = (a, b, c) => {
      try {
        return call(a, b, c);
      } catch (cause) {
        if (cause instanceof CelossError) throw cause;
        throw new CelossError("invalid_argument", "an argument could not be read", { cause });
      }
    };
  }
  return functions as Library;
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

/** A tensor made of another of the same shape and dtype. */
export function map(
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
