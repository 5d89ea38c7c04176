#include "celoss/lab/half_precision.h"

#include <cmath>
#include <limits>

#include "../check.h"
#include "../math.h"
#include "../reduce.h"
#include "../row.h"

namespace celoss {
namespace {

/// x with its last bits gone, rounded to nearest even. An infinity and a carry into the exponent come out right by
/// themselves.
float without_last_bits(float x, int count) {
  auto bits = __builtin_bit_cast(std::uint32_t, x);
  const std::uint32_t last = std::uint32_t{1} << count;
  bits += (last / 2 - 1) + ((bits & last) != 0);
  return __builtin_bit_cast(float, bits & ~(last - 1));
}

float to_float16(float x) {
  constexpr float least_normal = 0x1p-14f, overflow = 65520;
  // Multiples of 2^-24: adding this leaves no finer digit.
  constexpr double coarse = 0x1.8p52 * 0x1p-24;
  if (std::abs(x) < least_normal) return std::copysign(static_cast<float>((x + coarse) - coarse), x);
  if (std::abs(x) >= overflow) return std::copysign(std::numeric_limits<float>::infinity(), x);
  return without_last_bits(x, 13);
}

/// PyTorch's sum in a format: every addition is float32's and its result is rounded. Every 16 terms go to the next level,
/// and so do its; eight levels are enough for the 2^40 terms from where on PyTorch takes longer steps.
class CascadeSum {
 public:
  explicit CascadeSum(HalfFormat format) : format_(format) {}

  /// Term number i of the sum. One that is left out passes nothing on.
  void add(std::int64_t i, float term) {
    levels_[0] = rounded_to(format_, levels_[0] + term);
    for (int level = 0; level + 1 < levels && (i >> (4 * level)) % 16 == 0; ++level) {
      levels_[level + 1] = rounded_to(format_, levels_[level + 1] + levels_[level]);
      levels_[level] = 0;
    }
  }

  float total() const {
    float total = 0;
    for (const float level : levels_) total = rounded_to(format_, total + level);
    return total;
  }

 private:
  static constexpr int levels = 8;

  HalfFormat format_;
  float levels_[levels] = {};
};

/// The two losses of a sample.
template <class T>
HalfPrecisionLoss sample_loss(HalfFormat format, Row<const T> x, Shape shape, std::int64_t target) {
  const std::int64_t C = shape.C;
  const auto logit = [&](std::int64_t c) { return rounded_to(format, static_cast<float>(x[c])); };
  std::int64_t argmax = 0;
  float max = logit(0);
  for (std::int64_t c = 1; c < C; ++c) {
    const float x_c = logit(c);
    if (!(x_c <= max) && !std::isnan(max)) max = x_c, argmax = c;  // NaN is the largest
  }
  double others = max - max;  // NaN where max is not finite, and with it everything made from it
  for (std::int64_t c = 0; c < C; ++c) {
    if (c != argmax) others += math::exp(logit(c) - max);
  }
  const float gap = logit(target) - max;
  // PyTorch keeps the sum and its logarithm in the format where the classes are the last axis, and else in float32.
  const auto kept = [&](double value) {
    const auto value32 = static_cast<float>(value);
    return shape.D == 1 ? rounded_to(format, value32) : value32;
  };
  const float log_sum = kept(math::log(kept(1 + others)));
  return {.loss = math::log1p(others) - gap, .pytorch = -rounded_to(format, gap - log_sum)};
}

}  // namespace

float rounded_to(HalfFormat format, float x) noexcept {
  if (std::isnan(x)) return x;
  return format == HalfFormat::bfloat16 ? without_last_bits(x, 16) : to_float16(x);
}

template <class T>
Status half_precision_loss(HalfFormat format, std::span<const T> logits, Shape shape, const Indices& target,
                           const Options<T>& options, HalfPrecisionLoss& result) noexcept {
  const IeeeArithmetic ieee;
  if (Status status = check_size(logits.size(), shape); !status.ok()) return status;
  if (Status status = check_loss_arguments(Target<T>{target}, options, shape); !status.ok()) return status;
  const auto refuse = [](Argument argument) { return Status{StatusCode::not_supported, argument}; };
  if (options.reduction == Reduction::none) return refuse(Argument::none);
  if (options.label_smoothing != 0) return refuse(Argument::label_smoothing);

  Sum losses, weights;
  CascadeSum sum(format), total_weight(format);
  std::int64_t counted = 0;
  for (std::int64_t i = 0; i < shape.samples(); ++i) {
    const std::int64_t t = target[i];
    if (t == options.ignore_index) continue;
    const float weight = options.weight.empty() ? 1 : rounded_to(format, static_cast<float>(options.weight[t]));
    const HalfPrecisionLoss sample = sample_loss(format, row(logits, shape, i), shape, t);
    losses += weight * sample.loss;
    weights += weight;
    sum.add(i, rounded_to(format, weight * static_cast<float>(sample.pytorch)));
    total_weight.add(i, weight);
    ++counted;
  }
  result = {.loss = losses, .pytorch = sum.total()};
  if (options.reduction == Reduction::mean) {
    const float divisor =
        options.weight.empty() ? rounded_to(format, static_cast<float>(counted)) : total_weight.total();
    result = {.loss = losses / weights, .pytorch = rounded_to(format, sum.total() / divisor)};
  }
  return {};
}

#define CELOSS_INSTANTIATE(T)                                                                                   \
  template Status half_precision_loss(HalfFormat, std::span<const T>, Shape, const Indices&, const Options<T>&, \
                                      HalfPrecisionLoss&) noexcept;
CELOSS_INSTANTIATE(float)
CELOSS_INSTANTIATE(double)
#undef CELOSS_INSTANTIATE

}  // namespace celoss
