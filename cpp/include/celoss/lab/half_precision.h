#pragma once

#include <cstdint>
#include <span>

#include "celoss/options.h"
#include "celoss/shape.h"
#include "celoss/status.h"
#include "celoss/target.h"

namespace celoss {

/// The formats of 16 bits that a network may hand its logits out in.
enum class HalfFormat { float16, bfloat16 };

/// What x.to(torch.float16) or x.to(torch.bfloat16) holds, as float32: the nearest number of the format, the even one of
/// two that are as near; infinite where the format ends (65504, 3.39e38).
float rounded_to(HalfFormat format, float x) noexcept;

/// The loss of a batch whose logits are in half precision.
struct HalfPrecisionLoss {
  /// Of the rounded logits, and exact otherwise: what the format of the logits costs.
  double loss = 0;
  /// What PyTorch gives for them on the CPU (1.13 to 2.14): log_softmax is rounded to the format too (for (N, C) the sum
  /// inside it and its logarithm as well), and so is every step of the sum over the samples.
  double pytorch = 0;
};

/// cross_entropy of logits.to(format), with Reduction::mean or Reduction::sum. PyTorch's sum goes in groups of 16, 256, 4096
/// and so on, each in the format: the mean of 1024 losses of ln 10 = 2.3026 is 2.2656 in bfloat16, and of 32768 it is
/// infinite in float16. A network under autocast does not do this: there cross_entropy gets float32.
/// logits   (N, C, D)  in: float32, or float64, which goes through float32 as it does there
/// target   (N, D)     in: class indices
/// options  weight (C), rounded to the format; without label_smoothing
/// Errors: size_mismatch, batch_size_mismatch, target_out_of_bounds, weight_size_mismatch, not_supported (Reduction::none,
/// label_smoothing).
/// Source: aten/src/ATen/native/LossNLL.cpp (nll_loss_out_frame), LossNLL2d.cpp,
/// aten/src/ATen/native/cpu/SoftMaxKernel.cpp (vec_log_softmax_lastdim_chunk_kernel).
template <class T>
Status half_precision_loss(HalfFormat format, std::span<const T> logits, Shape shape, const Indices& target,
                           const Options<T>& options, HalfPrecisionLoss& result) noexcept;

}  // namespace celoss
