// The glue that Emscripten makes of cpp/bindings/bindings.cpp: the names of its table, in TypeScript's types.
declare module "celoss-wasm" {
  /** An address in the module's memory; 0: left out, or not to be had. */
  type Address = number;

  /** 0 for ok, or else the number of a code, about which statusText and statusNumber know more. */
  type Outcome = number;

  interface CelossWasm {
    _allocate(bytes: number): Address;
    _release(address: Address): void;
    _loss(
      crossEntropy: boolean,
      float64: boolean,
      input: Address,
      N: number,
      C: number,
      D: number,
      targetType: number,
      target: Address,
      targetSize: number,
      reduction: number,
      weight: Address,
      ignoreLow: number,
      ignoreHigh: number,
      labelSmoothing: number,
      loss: Address,
      gradInput: Address,
      gradOutput: Address,
    ): Outcome;
    _row_wise(
      name: number,
      float64: boolean,
      input: Address,
      gradOutput: Address,
      N: number,
      C: number,
      D: number,
      output: Address,
    ): Outcome;

    statusText(which: 0 | 1 | 2): Address;
    statusNumber(which: 0 | 1 | 2): number;
    log(float64: boolean, input: Address, size: number, output: Address): Outcome;
    trace(
      float64: boolean,
      logits: Address,
      N: number,
      C: number,
      targetType: number,
      target: Address,
      targetSize: number,
      reduction: number,
      ignoreLow: number,
      ignoreHigh: number,
      predictions: Address,
      fields: Address,
    ): Outcome;
    sharpen(float64: boolean, input: Address, size: number, sharpness: number, output: Address): Outcome;
    raiseLargest(float64: boolean, input: Address, size: number, gap: number, output: Address): Outcome;
    rand(float64: boolean, seed: number, output: Address, size: number): Outcome;
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
