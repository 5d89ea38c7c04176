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

/// PyTorch's sum of numbers in a format: every addition is float32's and its result is rounded. Every 16 terms go to the
/// next level, and so do its; eight levels are enough for the 2^40 terms from where on PyTorch takes longer steps.
/// Source: aten/src/ATen/native/LossNLL.cpp (nll_loss_out_frame).
class CascadeSum {
 public:
  explicit CascadeSum(HalfFormat format) : format_(format) {}

  /// Term number i of the sum. One that is left out passes nothing on.
  void add(std::int64_t i, float term) noexcept;
  float total() const noexcept;

 private:
  static constexpr int levels = 8;

  HalfFormat format_;
  float levels_[levels] = {};
};

/// The loss of a batch whose logits are in half precision: cross_entropy(logits.to(format), target), with Reduction::mean
/// or Reduction::sum, of a batch that comes in pieces. A network under autocast does not compute it: there the loss gets
/// float32.
class HalfPrecisionLoss {
 public:
  /// classes_last: the logits are (N, C), and not (N, C, D). PyTorch keeps the sum of the exponentials and its logarithm in
  /// the format then, and else in float32.
  HalfPrecisionLoss(HalfFormat format, bool classes_last) : format_(format), classes_last_(classes_last) {}

  /// The next samples, in the order in which they lie.
  /// logits   (N, C, D)  in: float32, or float64, which goes through float32 as it does there
  /// target   (N, D)     in: class indices
  /// options  weight (C), which is rounded to the format, and ignore_index; label_smoothing is not_supported
  /// Errors: size_mismatch, batch_size_mismatch, target_out_of_bounds, weight_size_mismatch, not_supported. Nothing is
  /// added then.
  template <class T>
  Status add(std::span<const T> logits, Shape shape, const Indices& target, const Options<T>& options) noexcept;

  /// Of the rounded logits, and exact otherwise: what the format of the logits costs. NaN: the mean of nothing.
  double exact(Reduction reduction) const noexcept;
  /// What PyTorch gives for them on the CPU, to the bit (1.13 to 2.14): log_softmax is rounded to the format too, and so
  /// is every step of the sum of the samples. The mean of 1024 losses of ln 10 = 2.3026 is 2.2656 in bfloat16; of 32768 it
  /// is infinite in float16.
  /// Source: aten/src/ATen/native/LossNLL.cpp, LossNLL2d.cpp, cpu/SoftMaxKernel.cpp (vec_log_softmax_lastdim_chunk_kernel).
  double pytorch(Reduction reduction) const noexcept;

 private:
  HalfFormat format_;
  bool classes_last_;
  std::int64_t samples_ = 0, counted_ = 0;
  bool has_weight_ = false;
  double losses_ = 0, weights_ = 0;
  CascadeSum sum_{format_}, total_weight_{format_};
};

}  // namespace celoss
