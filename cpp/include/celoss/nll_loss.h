#pragma once

#include <span>

#include "celoss/options.h"
#include "celoss/shape.h"
#include "celoss/status.h"
#include "celoss/target.h"

namespace celoss {

/// The negative log-likelihood loss: the entry of log_probs at each target, with its sign changed and multiplied by the
/// target's weight, then reduced. It takes no logarithm itself: log_probs is what log_softmax returned.
/// log_probs       (N, C, D)  in: log-probabilities
/// target          (N, D)     in: class indices
/// loss            (1)        out: the loss; with Reduction::none (N, D): the losses
/// grad_log_probs  (N, C, D)  out: gradient with respect to log_probs of loss, or with Reduction::none of the sum of
///                            the losses; empty: not wanted. May be the same memory as log_probs.
/// grad_output     (1)        in: the upstream gradient, which grad_log_probs is multiplied by; with Reduction::none
///                            (N, D). Empty: 1.
/// Sums run in float64. The mean of no samples is NaN, their sum is 0.
/// Errors: size_mismatch, batch_size_mismatch, target_out_of_bounds, weight_size_mismatch, output_size_mismatch;
/// not_supported for class probabilities and for label_smoothing, which this loss does not have.
/// Source: torch.nn.functional.nll_loss, aten/src/ATen/native/LossNLL.cpp.
template <class T>
Status nll_loss(std::span<const T> log_probs, Shape shape, const Target<T>& target, const Options<T>& options,
                std::span<T> loss, std::span<T> grad_log_probs = {}, std::span<const T> grad_output = {}) noexcept;

}  // namespace celoss
