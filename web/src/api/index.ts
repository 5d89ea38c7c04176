// What the package is to others.
export { load } from "./celoss.ts";
export { CelossError, type CelossErrorCode, type CelossErrorDetails } from "./errors.ts";
export type {
  Celoss,
  Dtype,
  IndexTensor,
  IntegerArray,
  LogitsInput,
  LogitsTrace,
  LossOptions,
  LossResult,
  NestedNumbers,
  PipelineTrace,
  Reduction,
  TargetInput,
  Tensor,
  Trace,
} from "./types.ts";
