// One sample's view of (N, C, D) data, and the sum over classes that softmax and log_softmax share.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>

#include "celoss/shape.h"

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
  const std::int64_t n = sample / shape.D, d = sample % shape.D;
  return {data.data() + n * shape.C * shape.D + d, shape.D};
}

/// Rounded to T, where a negative value too small for T is 0 and not -0, as in PyTorch, which never had it.
template <class T>
T rounded(double value) {
  return static_cast<T>(value) + T{0};
}

/// log(sum over j of exp(x_j)) in the form that keeps its digits: max + log1p(others).
struct LogSumExp {
  double max;           ///< the largest logit; NaN if there is one
  std::int64_t argmax;  ///< its first class; -1 without classes
  double others;        ///< sum of exp(x_j - max) over the other classes; NaN where max is not finite

  double sum() const { return 1 + others; }

  /// log_softmax of logit x.
  double log_prob(double x) const { return (x - max) - std::log1p(others); }

  /// softmax of class c with logit x, less 1 where c is the target: the gradient of the loss. Near a target of
  /// probability 1 the difference is taken as minus the sum of the other probabilities, which has its digits.
  double prob_minus_target(double x, std::int64_t c, std::int64_t target) const {
    const double exp = c == argmax ? 1 : std::exp(x - max);
    if (c != target) return exp / sum();
    return (0 - (c == argmax ? others : 1 + (others - exp))) / sum();  // 0 - 0: not -0, as in PyTorch
  }
};

template <class T>
LogSumExp log_sum_exp(Row<const T> x, std::int64_t C) {
  if (C == 0) return {0, -1, 0};
  LogSumExp result{x[0], 0, 0};
  for (std::int64_t c = 1; c < C; ++c) {
    if (x[c] > result.max || (std::isnan(x[c]) && !std::isnan(result.max))) {
      result.max = x[c];
      result.argmax = c;
    }
  }
  // 0 for a finite maximum; NaN for NaN and for both infinities, and then for everything made from it, as in PyTorch.
  result.others = result.max - result.max;
  for (std::int64_t c = 0; c < C; ++c) {
    if (c != result.argmax) result.others += std::exp(x[c] - result.max);
  }
  return result;
}

}  // namespace celoss
