// One sample's view of (N, C, D) data, and the sum over classes that softmax, log_softmax and the losses share.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <type_traits>

#include "celoss/shape.h"
#include "math.h"

namespace celoss {

/// The C entries of one sample, D apart.
template <class T>
struct Row {
  T* data;
  std::int64_t stride;

  T& operator[](std::int64_t c) const { return data[c * stride]; }
};

/// Row number sample (0 to N * D - 1) of (N, C, D) data.
template <class T>
Row<T> row(std::span<T> data, Shape shape, std::int64_t sample) {
  // Without the division, which takes as long as a short row.
  if (shape.D == 1 || shape.C == 0) return {data.data() + sample * shape.C, 1};
  const std::int64_t n = sample / shape.D, d = sample % shape.D;
  return {data.data() + n * shape.C * shape.D + d, shape.D};
}

/// Rounded to T, where a negative value too small for T is 0 and not -0, as in PyTorch, which never had it.
template <class T>
T rounded(double value) {
  return static_cast<T>(value) + T{0};
}

/// A sum in float64 that carries what its roundings lose.
/// Source: Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, 1974.
class Sum {
 public:
  Sum& operator+=(double term) {
    const double sum = sum_ + term;
    lost_ += std::abs(sum_) >= std::abs(term) ? (sum_ - sum) + term : (term - sum) + sum_;
    sum_ = sum;
    return *this;
  }

  operator double() const { return std::isfinite(sum_) ? sum_ + lost_ : sum_; }

 private:
  double sum_ = 0, lost_ = 0;
};

/// Sums along a row. Float32 entries are summed in float64, where what roundings lose does not show.
template <class T>
using RowTotal = std::conditional_t<std::is_same_v<T, float>, double, Sum>;

/// exp(x - max), for x <= max. The difference of two float64 is rounded, which at a gap of 700 would cost hundreds of
/// ulp.
template <class T>
double exp_of_gap(T x, double max) {
  const double gap = x - max;
  if constexpr (std::is_same_v<T, double>) {
    const double max_less = x - gap;  // max as the difference sees it
    if (std::isfinite(gap)) return math::exp(gap, (x - (gap + max_less)) - (max - max_less));
  }
  return math::exp(gap);
}

/// log(sum over j of exp(x_j)) in the form that keeps its digits: max + log1p(others).
struct LogSumExp {
  double max;           ///< the largest logit; NaN if there is one
  std::int64_t argmax;  ///< its first class; -1 without classes
  double others;        ///< sum of exp(x_j - max) over the other classes; NaN where max is not finite

  double sum() const { return 1 + others; }
  /// log(sum()), which is also the loss where the largest logit is at the target.
  double log_sum() const { return math::log1p(others); }
};

/// exps, unless null, gets exp(x_c - max) of every class where max is finite.
template <class T>
LogSumExp log_sum_exp(Row<const T> x, std::int64_t C, double* exps = nullptr) {
  if (C == 0) return {0, -1, 0};
  std::int64_t argmax = 0;
  T max = x[0];
  for (std::int64_t c = 1; c < C; ++c) {
    if (!(x[c] <= max) && !std::isnan(max)) max = x[argmax = c];  // NaN is the largest
  }
  // 0 for a finite maximum; NaN for NaN and for both infinities, and then for everything made from it, as in PyTorch.
  RowTotal<T> others{};
  others += max - max;
  for (std::int64_t c = 0; c < C; ++c) {
    const double exp = c == argmax ? 1 : exp_of_gap(x[c], max);
    if (c != argmax) others += exp;
    if (exps != nullptr) exps[c] = exp;
  }
  return {max, argmax, others};
}

}  // namespace celoss
