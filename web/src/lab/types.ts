// The manual of the lab: what the page needs beside the losses.
import type {
  Celoss,
  Dtype,
  Exactly,
  IndexTensor,
  IndicesInput,
  LossOptions,
  None,
  Reduction,
  ReductionOf,
  Tensor,
  TensorInput,
} from "../api/types.ts";

/** The part of a trace that the logits alone decide. */
export interface LogitsTrace {
  /** (N): the largest logit of each row. */
  rowMax: Tensor;
  /** (N, C): logits - rowMax. */
  shifted: Tensor;
  /** (N, C): exp(shifted). */
  exp: Tensor;
  /** (N): the sum of exp over the classes. */
  sum: Tensor;
  /** (N, C): exp / sum. */
  softmax: Tensor;
  /** (N, C): log(softmax), the two-step way. */
  logOfSoftmax: Tensor;
  /** (N, C): the one-step way. */
  logSoftmax: Tensor;
  /** (N): the (first) class with the largest logit; -1 without classes. */
  prediction: IndexTensor;
}

/** Every intermediate on the way from the logits of one pipeline to its loss. */
export interface PipelineTrace<R extends Reduction = Reduction> extends LogitsTrace {
  /** (N): logOfSoftmax at the target; 0 where it is ignored. */
  picked: Tensor;
  /** The sum of picked. */
  pickedSum: number;
  /** |pickedSum|, divided by the number of counted samples for the mean; with reduction "none" (N): |picked|. */
  lossByHand: R extends "none" ? Tensor : number;
  /** (N): crossEntropy of each sample. */
  losses: Tensor;
  /** nllLoss(logOfSoftmax, target); with reduction "none" (N). */
  nllLoss: R extends "none" ? Tensor : number;
  /** crossEntropy(logits, target); with reduction "none" (N). */
  loss: R extends "none" ? Tensor : number;
  /** (N, C): the gradient of the loss with respect to the logits that the trace was called with. */
  gradLogits: Tensor;
}

/** The two pipelines of the lesson. */
export interface Trace<Pipeline extends LogitsTrace = PipelineTrace> {
  /** crossEntropy(x), as it should be. */
  plain: Pipeline;
  /** crossEntropy(softmax(x)), the accident: its logits are plain.softmax. */
  softmaxInFront: Pipeline;
}

/** The losses, every intermediate on the way to them, and what figures draw beside them. */
export interface Lab extends Celoss {
  /**
   * Every intermediate of crossEntropy(logits, target, options), and of the same with a softmax in front. With target
   * null only what the logits decide. Gradients are always there, whatever `gradient` says. logits (N, C) and class
   * indices, without weight and labelSmoothing: anything else is not_supported.
   */
  trace(logits: TensorInput, target: null, options?: LossOptions): Trace<LogitsTrace>;
  trace<O extends LossOptions = None>(
    logits: TensorInput,
    target: IndicesInput,
    options?: Exactly<O, LossOptions>,
  ): Trace<PipelineTrace<ReductionOf<O>>>;
  trace(
    logits: TensorInput,
    target: IndicesInput | null,
    options?: LossOptions,
  ): Trace<LogitsTrace & Partial<PipelineTrace>>;

  /** Points of the curve loss = -ln p, from p = pMin (between 0 and 1) to p = 1, evenly spaced in the loss; float64. */
  negLogCurve(pMin: number, points: number): { p: Tensor; loss: Tensor };
  /** sharpness * x: logits pulled apart; sharpness is 1 / temperature. */
  sharpen(x: TensorInput, sharpness: number): Tensor;
  /** A row (C) with its largest logit raised until it is at least gap above every other one. */
  raiseLargest(row: TensorInput, gap: number): Tensor;
  /** `torch.manual_seed(seed); torch.rand(shape, dtype=dtype)`, bit for bit. seed: 0 to 2^32 - 1. */
  rand(shape: readonly number[], options: { seed: number; dtype?: Dtype | undefined }): Tensor;
}
