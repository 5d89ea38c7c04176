// The glue that Emscripten makes of cpp/bindings: all of celoss.wasm, and the names of lab.cpp's table.
declare module "lab-wasm" {
  import type { Address, CelossWasm, CreateModule, Outcome } from "celoss-wasm";

  export interface LabWasm extends CelossWasm {
    _trace_fields(ofTarget: boolean): Address;
    _trace(
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
    _sharpen(float64: boolean, input: Address, size: number, sharpness: number, output: Address): Outcome;
    _raise_largest(float64: boolean, input: Address, size: number, gap: number, output: Address): Outcome;
    _rand_of(float64: boolean, seed: number, output: Address, size: number): Outcome;
    _neg_log_curve(pMin: number, size: number, p: Address, loss: Address): Outcome;
  }

  const createLab: CreateModule<LabWasm>;
  export default createLab;
}
