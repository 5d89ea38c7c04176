// What the package is to others.
export { CelossError, type CelossErrorCode, type CelossErrorDetails } from "./errors.ts";
export { load } from "./load.ts";
export type {
  AxisOptions,
  Celoss,
  Dtype,
  FloatArray,
  HalfTensor,
  IndexTensor,
  IndicesInput,
  IntegerArray,
  LoadOptions,
  LossOptions,
  LossResult,
  NestedIndices,
  NestedNumbers,
  NLLLossOptions,
  Reduction,
  ResidentTensor,
  Tensor,
  TensorDtype,
  TensorInput,
} from "./types.ts";
