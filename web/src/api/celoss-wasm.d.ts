// The glue that Emscripten makes of cpp/bindings/module.cpp and losses.cpp: the names of their table, in TypeScript's
// types. (tests/web/api/bindings.test.ts compares them.)
declare module "celoss-wasm" {
  /** An address in the module's memory; 0: left out, or not to be had. */
  export type Address = number;

  /** 0 for ok, or else the number of a code, about which _status_text and _status_number know more. */
  export type Outcome = number;

  /** What every module has: cpp/bindings/module.cpp. */
  export interface ModuleWasm {
    _allocate(bytes: number): Address;
    _release(address: Address): void;
    _status_text(which: 0 | 1 | 2): Address;
    _status_number(which: 0 | 1 | 2): number;
  }

  export interface CelossWasm extends ModuleWasm {
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
      which: number,
      float64: boolean,
      input: Address,
      gradOutput: Address,
      N: number,
      C: number,
      D: number,
      output: Address,
    ): Outcome;
    log(float64: boolean, input: Address, size: number, output: Address): Outcome;
    doubleSoftmaxFloor(C: number): number;
    doubleSoftmaxCeiling(C: number): number;
    uniformLoss(C: number): number;
  }

  /** Starts a module, which has the names of such a table. */
  export type CreateModule<Wasm> = (options: {
    /** Instantiates and hands the instance over, later; returns {} to say so. */
    instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void): object;
  }) => Promise<Wasm>;

  const createCeloss: CreateModule<CelossWasm>;
  export default createCeloss;
}
