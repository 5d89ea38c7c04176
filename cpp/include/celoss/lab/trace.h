#pragma once

#include <cstdint>
#include <span>

#include "celoss/options.h"
#include "celoss/shape.h"
#include "celoss/status.h"
#include "celoss/target.h"

namespace celoss {

/// Every intermediate on the way from the logits of one pipeline to its loss. All spans are outputs that the caller
/// owns, of exactly these lengths; D is 1.
template <class T>
struct PipelineTrace {
  // What the logits alone decide.
  std::span<T> row_max;                ///< (N)     the largest logit of each row
  std::span<T> shifted;                ///< (N, C)  logits - row_max
  std::span<T> exp;                    ///< (N, C)  exp(shifted)
  std::span<T> sum;                    ///< (N)     sum of exp over the classes
  std::span<T> softmax;                ///< (N, C)  exp / sum
  std::span<T> log_of_softmax;         ///< (N, C)  log(softmax), the two-step way
  std::span<T> log_softmax;            ///< (N, C)  the one-step way
  std::span<std::int64_t> prediction;  ///< (N)     the (first) class with the largest logit
  // What the targets decide.
  std::span<T> picked;        ///< (N)     log_of_softmax at the target; 0 where it is ignored
  std::span<T> picked_sum;    ///< (1)     sum of picked
  std::span<T> loss_by_hand;  ///< (1)     |picked_sum|, divided by the number of counted samples for the mean;
                              ///<         with Reduction::none (N): |picked|
  std::span<T> losses;        ///< (N)     cross_entropy of each sample
  std::span<T> nll_loss;      ///< (1)     nll_loss(log_of_softmax, target); with Reduction::none (N)
  std::span<T> loss;          ///< (1)     cross_entropy(logits, target); with Reduction::none (N)
  std::span<T> grad_logits;   ///< (N, C)  gradient of loss with respect to the x of the call
};

/// The two pipelines of the lesson: cross_entropy(x) as it should be, and cross_entropy(softmax(x)), the accident.
template <class T>
struct Trace {
  PipelineTrace<T> plain;
  PipelineTrace<T> softmax_in_front;
};

/// Fills a trace: each field is what the public function of its name gives for the field it comes from.
/// The logits of plain are x; those of softmax_in_front are plain.softmax.
/// x        (N, C)  in: logits
/// target   (N)     in: class indices; nullptr fills only what the logits alone decide
/// options without weight and label_smoothing, targets that are class indices, D = 1: anything else is not_supported.
/// Errors: size_mismatch, batch_size_mismatch, target_out_of_bounds, output_size_mismatch, not_supported.
template <class T>
Status trace(std::span<const T> x, Shape shape, const Target<T>* target, const Options<T>& options,
             const Trace<T>& out) noexcept;

}  // namespace celoss
