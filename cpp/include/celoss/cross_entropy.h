#pragma once

#include <span>

#include "celoss/options.h"
#include "celoss/shape.h"
#include "celoss/status.h"
#include "celoss/target.h"

namespace celoss {

/// The cross-entropy loss of logits: nll_loss(log_softmax(logits), target), in one go. Its softmax is inside:
/// logits go in as they leave the network.
/// logits       (N, C, D)  in: logits, any real numbers
/// target       (N, D)     in: class indices
/// loss         (1)        out: the loss; with Reduction::none (N, D): the losses
/// grad_logits  (N, C, D)  out: gradient of the loss with respect to the logits, p - 1 at the target and p elsewhere,
///                         divided by the number of counted samples for the mean (with Reduction::none: the gradient
///                         of the sum of the losses); empty: not wanted. May be the same memory as logits.
/// Computed in float64 and rounded once: a float32 loss of 1e-30 has its digits, where PyTorch's float32 has 0.
/// The mean of no samples is NaN, their sum is 0. NaN and inf go where PyTorch sends them.
/// Errors: size_mismatch, batch_size_mismatch, target_out_of_bounds, output_size_mismatch, not_supported.
/// Source: torch.nn.functional.cross_entropy, aten/src/ATen/native/LossNLL.cpp (cross_entropy_loss).
template <class T>
Status cross_entropy(std::span<const T> logits, Shape shape, const Target<T>& target, const Options<T>& options,
                     std::span<T> loss, std::span<T> grad_logits = {}) noexcept;

}  // namespace celoss
