// The glue that Emscripten makes of cpp/bindings/bindings.cpp: the names of its table, in TypeScript's types.
declare module "celoss-wasm" {
  /** An address in the module's memory. */
  type Address = number;

  interface Outcome {
    code: string;
    message: string;
    argument: string;
    got: number;
    expected: number;
    index: number;
  }

  interface LossArguments {
    input: Address;
    N: number;
    C: number;
    target: Address;
    targetSize: number;
    reduction: unknown;
    ignoreIndex: Address;
  }

  type RowWise = (input: Address, N: number, C: number, output: Address) => Outcome;
  type Loss = (args: LossArguments, loss: Address, grad: Address) => Outcome;

  /** A function per dtype. */
  type PerDtype<Name extends string, F> = Record<`${Name}_${"float32" | "float64"}`, F>;

  interface PipelineAddresses {
    rowMax: Address;
    shifted: Address;
    exp: Address;
    sum: Address;
    softmax: Address;
    logOfSoftmax: Address;
    logSoftmax: Address;
    prediction: Address;
    picked: Address;
    pickedSum: Address;
    lossByHand: Address;
    losses: Address;
    nllLoss: Address;
    loss: Address;
    gradLogits: Address;
  }

  interface CelossWasm
    extends PerDtype<"softmax" | "naiveSoftmax" | "logSoftmax", RowWise>,
      PerDtype<"nllLoss" | "crossEntropy", Loss>,
      PerDtype<"log", (input: Address, size: number, output: Address) => Outcome>,
      PerDtype<"sharpen", (input: Address, N: number, C: number, sharpness: number, output: Address) => Outcome>,
      PerDtype<"raiseLargest", (input: Address, C: number, gap: number, output: Address) => Outcome>,
      PerDtype<"rand", (seed: number, output: Address, size: number) => Outcome>,
      PerDtype<"trace", (args: LossArguments, plain: PipelineAddresses, softmaxInFront: PipelineAddresses) => Outcome> {
    scratch(bytes: number): Address;
    memory(address: Address, bytes: number): Uint8Array<ArrayBuffer>;
    Reduction: Record<"none" | "mean" | "sum", unknown>;
    negLogCurve(pMin: number, size: number, p: Address, loss: Address): Outcome;
    doubleSoftmaxFloor(C: number): number;
    doubleSoftmaxCeiling(C: number): number;
    uniformLoss(C: number): number;
  }

  export default function createCeloss(options: {
    /** Instantiates and hands the instance over, later; returns {} to say so. */
    instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void): object;
  }): Promise<CelossWasm>;
}
