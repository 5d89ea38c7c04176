// The glue that Emscripten makes of cpp/bindings: all of celoss.wasm, and the names of lab.cpp's table.
declare module "lab-wasm" {
  import type { Address, CelossWasm, CreateModule, Outcome } from "celoss-wasm";

  export interface LabWasm extends CelossWasm {
    traceFields(ofTarget: boolean): Address;
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
      indices: Address,
      values: Address,
    ): Outcome;
    sharpen(float64: boolean, input: Address, size: number, sharpness: number, output: Address): Outcome;
    raiseLargest(float64: boolean, input: Address, size: number, gap: number, output: Address): Outcome;
    rand(float64: boolean, seed: number, output: Address, size: number): Outcome;
    negLogCurve(pMin: number, size: number, p: Address, loss: Address): Outcome;
  }

  const createLab: CreateModule<LabWasm>;
  export default createLab;
}
