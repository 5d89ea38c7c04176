// What the package is to others.
export { load } from "./celoss.ts";
export { CelossError, type CelossErrorCode, type CelossErrorDetails } from "./errors.ts";
export type {
  AxisOptions,
  Celoss,
  Dtype,
  FloatArray,
  IndexTensor,
  IndicesInput,
  IntegerArray,
  LogitsTrace,
  LossOptions,
  LossResult,
  NestedIndices,
  NestedNumbers,
  NLLLossOptions,
  PipelineTrace,
  Reduction,
  ResidentTensor,
  Tensor,
  TensorDtype,
  TensorInput,
  Trace,
} from "./types.ts";
