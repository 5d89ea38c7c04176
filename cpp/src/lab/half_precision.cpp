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

struct SampleLoss {
  double exact;
  float pytorch;  ///< -log_softmax, rounded to the format
};

template <class T>
SampleLoss sample_loss(HalfFormat format, bool classes_last, Row<const T> x, std::int64_t C, std::int64_t target) {
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
  const auto kept = [&](double value) {
    const auto value32 = static_cast<float>(value);
    return classes_last ? rounded_to(format, value32) : value32;
  };
  const float log_sum = kept(math::log(kept(1 + others)));
  return {.exact = math::log1p(others) - gap, .pytorch = -rounded_to(format, gap - log_sum)};
}

}  // namespace

float rounded_to(HalfFormat format, float x) noexcept {
  if (std::isnan(x)) return x;
  return format == HalfFormat::bfloat16 ? without_last_bits(x, 16) : to_float16(x);
}

void CascadeSum::add(std::int64_t i, float term) noexcept {
  levels_[0] = rounded_to(format_, levels_[0] + term);
  for (int level = 0; level + 1 < levels && (i >> (4 * level)) % 16 == 0; ++level) {
    levels_[level + 1] = rounded_to(format_, levels_[level + 1] + levels_[level]);
    levels_[level] = 0;
  }
}

float CascadeSum::total() const noexcept {
  float total = 0;
  for (const float level : levels_) total = rounded_to(format_, total + level);
  return total;
}

template <class T>
Status HalfPrecisionLoss::add(std::span<const T> logits, Shape shape, const Indices& target,
                              const Options<T>& options) noexcept {
  const IeeeArithmetic ieee;
  if (Status status = check_size(logits.size(), shape); !status.ok()) return status;
  if (Status status = check_loss_arguments(Target<T>{target}, options, shape); !status.ok()) return status;
  if (options.label_smoothing != 0) return {StatusCode::not_supported, Argument::label_smoothing};
  has_weight_ = !options.weight.empty();
  Sum losses, weights;
  for (std::int64_t sample = 0; sample < shape.samples(); ++sample, ++samples_) {
    const std::int64_t t = target[sample];
    if (t == options.ignore_index) continue;
    const float weight = has_weight_ ? rounded_to(format_, static_cast<float>(options.weight[t])) : 1;
    const SampleLoss loss = sample_loss(format_, classes_last_, row(logits, shape, sample), shape.C, t);
    losses += weight * loss.exact;
    weights += weight;
    sum_.add(samples_, rounded_to(format_, weight * loss.pytorch));
    total_weight_.add(samples_, weight);
    ++counted_;
  }
  losses_ += losses;
  weights_ += weights;
  return {};
}

double HalfPrecisionLoss::exact(Reduction reduction) const noexcept {
  return reduction == Reduction::mean ? losses_ / weights_ : losses_;
}

double HalfPrecisionLoss::pytorch(Reduction reduction) const noexcept {
  const float sum = sum_.total();
  if (reduction != Reduction::mean) return sum;
  const float counted = rounded_to(format_, static_cast<float>(counted_));
  return rounded_to(format_, sum / (has_weight_ ? total_weight_.total() : counted));
}

template Status HalfPrecisionLoss::add(std::span<const float>, Shape, const Indices&, const Options<float>&) noexcept;
template Status HalfPrecisionLoss::add(std::span<const double>, Shape, const Indices&, const Options<double>&) noexcept;

}  // namespace celoss
