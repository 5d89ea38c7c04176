// The glue that Emscripten makes of cpp/bindings: module.cpp and diagnosis.cpp, in TypeScript's types.
declare module "diagnosis-wasm" {
  import type { Address, CreateModule, ModuleWasm, Outcome } from "celoss-wasm";

  export interface DiagnosisWasm extends ModuleWasm {
    _open_case(request: Address): Address;
    _plan(address: Address, output: Address): void;
    _start(address: Address, weight: Address, hasTarget: boolean): boolean;
    _add_piece(
      address: Address,
      n0: number,
      n: number,
      d0: number,
      d: number,
      logits: Address,
      targetType: number,
      target: Address,
      predictions: Address,
      confidences: Address,
      losses: Address,
      labels: Address,
    ): Outcome;
    _judge(address: Address, wasStarted: boolean, output: Address): void;
    _confidence(address: Address, output: Address): void;
    _close_case(address: Address): void;
    _sort_worst_first(losses: Address, samples: number, order: Address, size: number): Outcome;
    _change_of_losses(before: Address, changes: Address, samples: number): void;
    _histogram_width(losses: Address, samples: number, order: Address, size: number, bins: number): number;
    _histogram(
      losses: Address,
      samples: number,
      order: Address,
      size: number,
      width: number,
      counts: Address,
      bins: number,
    ): Outcome;
    _confusion(labels: Address, predictions: Address, samples: number, C: number, counts: Address): Outcome;
    _largest_classes(
      logits: Address,
      rows: number,
      C: number,
      wanted: Address,
      size: number,
      classes: Address,
      count: number,
    ): Outcome;
    _columns_and_rest(logits: Address, C: number, classes: Address, count: number, output: Address): Outcome;
    _open_half(format: number, classesLast: boolean): Address;
    _add_to_half(
      half: Address,
      n: number,
      C: number,
      d: number,
      logits: Address,
      labelType: number,
      labels: Address,
      ignoreIndex: number,
      weight: Address,
    ): Outcome;
    _half_losses(half: Address, reduction: number, full: number, output: Address): void;
    _close_half(half: Address): void;
    _means_of_groups(
      losses: Address,
      weights: Address,
      size: number,
      sizes: Address,
      groups: number,
      output: Address,
    ): Outcome;
    _means_of_batches(losses: Address, divisors: Address, batches: number, output: Address): Outcome;
    _mark(which: number, C: number): number;
  }

  const createDiagnosis: CreateModule<DiagnosisWasm>;
  export default createDiagnosis;
}
