#include "celoss/floors.h"

#include <algorithm>
#include <limits>
#include <numbers>

#include "math.h"

namespace celoss {
namespace {

/// q ln q, 0 at 0.
double q_log_q(double q) { return q == 0 ? 0 : q * math::log(q); }

/// ln(1 + (C - 1) e^-gap): the loss of a target whose logit is that much above all others, which are the same.
double loss_of_gap(std::int64_t C, double gap) { return math::log1p(static_cast<double>(C - 1) * math::exp(-gap)); }

}  // namespace

double double_softmax_floor(std::int64_t C) noexcept {
  const IeeeArithmetic ieee;
  return math::log1p(static_cast<double>(C - 1) / std::numbers::e);
}

double double_softmax_ceiling(std::int64_t C) noexcept {
  const IeeeArithmetic ieee;
  return math::log(std::numbers::e + static_cast<double>(C - 1));
}

double double_softmax_probability(std::int64_t C) noexcept {
  return std::numbers::e / (std::numbers::e + static_cast<double>(C - 1));
}

double uniform_loss(std::int64_t C) noexcept {
  const IeeeArithmetic ieee;
  return math::log(static_cast<double>(C));
}

double softmaxes_floor(std::int64_t C, int softmaxes) noexcept {
  const IeeeArithmetic ieee;
  if (softmaxes <= 0) return 0;
  double gap = 1;
  for (int i = 1; i < softmaxes; ++i) {
    const double exp = math::exp(gap);
    gap = (exp - 1) / (exp + static_cast<double>(C - 1));
  }
  return loss_of_gap(C, gap);
}

double bounded_floor(std::int64_t C, double width) noexcept {
  const IeeeArithmetic ieee;
  return loss_of_gap(C, width);
}

double bounded_ceiling(std::int64_t C, double width) noexcept {
  const IeeeArithmetic ieee;
  return loss_of_gap(C, -width);
}

double smoothing_floor(std::int64_t C, double label_smoothing) noexcept {
  const IeeeArithmetic ieee;
  const double other = label_smoothing / static_cast<double>(C);
  return -q_log_q(1 - label_smoothing + other) - static_cast<double>(C - 1) * q_log_q(other);
}

double double_softmax_smoothing_floor(std::int64_t C, double label_smoothing) noexcept {
  const IeeeArithmetic ieee;
  const double classes = static_cast<double>(C);
  const double best_gap = label_smoothing == 0 ? 1 : math::log1p(classes * (1 - label_smoothing) / label_smoothing);
  const double gap = std::min(best_gap, 1.0);
  return loss_of_gap(C, gap) + label_smoothing * (classes - 1) * gap / classes;
}

double batch_floor(std::span<const std::uint32_t> counts, std::span<const double> weight,
                   double label_smoothing) noexcept {
  const IeeeArithmetic ieee;
  const double hot = 1 - label_smoothing, spread = label_smoothing / static_cast<double>(counts.size());
  const auto weight_of = [&](std::size_t c) { return weight.empty() ? 1 : weight[c]; };
  double sum = 0, q_log_qs = 0;  // of what smoothing gives every class
  for (std::size_t c = 0; c < counts.size(); ++c) {
    sum += spread * weight_of(c);
    q_log_qs += q_log_q(spread * weight_of(c));
  }
  double total = 0, divisor = 0;
  for (std::size_t c = 0; c < counts.size(); ++c) {
    if (counts[c] == 0) continue;
    const double q = (hot + spread) * weight_of(c), other = spread * weight_of(c);
    total += counts[c] * (q_log_q(sum - other + q) - (q_log_qs - q_log_q(other) + q_log_q(q)));
    divisor += counts[c] * weight_of(c);
  }
  return total / divisor;
}

double target_floor(std::span<const double> t) noexcept {
  const IeeeArithmetic ieee;
  double sum = 0, q_log_qs = 0;
  for (const double q : t) {
    if (q < 0) return -std::numeric_limits<double>::infinity();
    sum += q;
    q_log_qs += q_log_q(q);
  }
  return q_log_q(sum) - q_log_qs;
}

double label_entropy(std::span<const std::uint32_t> counts) noexcept {
  const IeeeArithmetic ieee;
  double sum = 0, q_log_qs = 0;
  for (const std::uint32_t count : counts) {
    sum += count;
    q_log_qs += q_log_q(count);
  }
  return sum == 0 ? 0 : math::log(sum) - q_log_qs / sum;
}

double least_loss(double error_rate) noexcept { return error_rate * std::numbers::ln2; }

}  // namespace celoss
