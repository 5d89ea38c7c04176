#pragma once

#include <span>

#include "celoss/options.h"
#include "celoss/shape.h"
#include "celoss/status.h"
#include "celoss/target.h"

namespace celoss {

/// The cross-entropy loss of logits: nll_loss(log_softmax(logits), target), in one go. Its softmax is inside:
/// logits go in as they leave the network.
///
/// With q_c the target as class probabilities (1 at a class index, else 0), smoothed by label_smoothing, and w the
/// weights, a sample's loss is -sum over c of w_c q_c log_softmax(logits)_c.
/// logits       (N, C, D)  in: logits, any real numbers
/// target       (N, D)     in: class indices; or (N, C, D): class probabilities
/// loss         (1)        out: the loss; with Reduction::none (N, D): the losses
/// grad_logits  (N, C, D)  out: gradient with respect to the logits of loss, or with Reduction::none of the sum of the
///                         losses; empty: not wanted. May be the same memory as logits.
/// grad_output  (1)        in: the upstream gradient, which grad_logits is multiplied by; with Reduction::none (N, D).
///                         Empty: 1.
/// The mean of no samples is NaN, their sum is 0. NaN and inf go where PyTorch sends them.
/// Exactness: float32 losses are within 1 ulp of the exact value for their input and gradients within 2, float64 ones
/// within 4, those of soft targets within 8: a float32 loss of 1e-30 has its digits, where PyTorch's float32 has 0.
/// (Where terms of both signs cancel, in gradients of soft targets and with negative weights, it is ulps of the largest
/// term.)
/// Errors: size_mismatch, batch_size_mismatch, target_out_of_bounds, weight_size_mismatch,
/// label_smoothing_out_of_range, ignore_index_with_probabilities, output_size_mismatch.
/// Source: torch.nn.functional.cross_entropy, aten/src/ATen/native/LossNLL.cpp (cross_entropy_loss).
template <class T>
Status cross_entropy(std::span<const T> logits, Shape shape, const Target<T>& target, const Options<T>& options,
                     std::span<T> loss, std::span<T> grad_logits = {}, std::span<const T> grad_output = {}) noexcept;

}  // namespace celoss
