#include "celoss/cross_entropy.h"

#include <algorithm>
#include <array>
#include <type_traits>

#include "kernel.h"
#include "reduce.h"

namespace celoss {
namespace {

/// One call, after its arguments have been checked.
template <class T>
struct Call {
  std::span<const T> logits;
  Shape shape;
  const Target<T>& target;
  const Options<T>& options;
  std::span<T> grad_logits;
};

/// The target of one sample as weights of its classes: the loss is -sum over c of (*this)[c] * log_softmax(x)_c.
template <class T>
class SampleTarget {
 public:
  SampleTarget(const Call<T>& call, std::int64_t sample)
      : weight_(call.options.weight),
        hot_(1 - call.options.label_smoothing),
        spread_(call.options.label_smoothing / static_cast<double>(call.shape.C)) {
    if (call.target.has_probabilities()) {
      probabilities_ = row(call.target.probabilities, call.shape, sample);
    } else {
      t_ = call.target.indices[sample];
      is_ignored_ = t_ == call.options.ignore_index;
    }
  }

  bool is_ignored() const { return is_ignored_; }

  /// A class index names one class, and leaves out the others unless it is smoothed.
  bool is_index(std::int64_t c) const { return c == t_; }
  bool leaves_out(std::int64_t c) const { return is_class() && c != t_; }

  double operator[](std::int64_t c) const {
    if (leaves_out(c)) return 0;
    const double q = probabilities_.data != nullptr ? hot_ * probabilities_[c] + spread_
                     : c == t_                      ? hot_ + spread_
                                                    : spread_;
    return weighted(q, c);
  }

  /// sum over c of (*this)[c] * f(c). A class that a class index leaves out does not count, not even as 0 * inf.
  template <class F>
  double sum(std::int64_t C, F f) const {
    if (is_class()) return weighted(1, t_) * f(t_);
    RowTotal<T> sum{};
    for (std::int64_t c = 0; c < C; ++c) sum += (*this)[c] * f(c);
    // In PyTorch nll_loss is one of the terms even when its factor 1 - label_smoothing is 0, and 0 * inf is NaN.
    if (t_ >= 0 && hot_ == 0) sum += weighted(0, t_) * f(t_);
    return sum;
  }

 private:
  bool is_class() const { return probabilities_.data == nullptr && spread_ == 0; }
  double weighted(double q, std::int64_t c) const { return weight_.empty() ? q : q * weight_[c]; }

  std::span<const T> weight_;
  double hot_, spread_;
  Row<const T> probabilities_{};
  std::int64_t t_ = -1;
  bool is_ignored_ = false;
};

/// What a row that does not count gets: 0, and NaN where its probabilities are NaN, as in PyTorch.
template <class T>
void ignored_grad(Row<T> grad, std::int64_t C, const LogSumExp& lse) {
  for (std::int64_t c = 0; c < C; ++c) grad[c] = static_cast<T>(0 * lse.sum());
}

/// Up to so many classes, exps are kept for the gradient.
constexpr std::int64_t few_classes = 64;

/// The gradient of one row, from that of its loss. exps: null, or what log_sum_exp left there.
template <class T>
void exact_grad(Row<const T> x, const double* exps, const SampleTarget<T>& target, const LogSumExp& lse,
                double grad_loss, Row<T> grad, std::int64_t C) {
  const double total = target.sum(C, [](std::int64_t) { return 1; });
  const double scale = grad_loss / lse.sum();
  // Where nothing is finite, or everything 0, only PyTorch's own order of operations has its NaN and -0.
  const bool in_order = !std::isfinite(grad_loss * total) || grad_loss * total == 0;
  const double grad_sum = in_order ? 0 + target.sum(C, [&](std::int64_t) { return -grad_loss; }) : 0;
  for (std::int64_t c = 0; c < C; ++c) {
    const double exp = exps != nullptr ? exps[c] : c == lse.argmax ? 1 : exp_of_gap(x[c], lse.max);
    if (in_order) {
      const double grad_log_prob = target.leaves_out(c) ? 0 : -target[c] * grad_loss;
      const double result = grad_log_prob - static_cast<T>(exp / lse.sum()) * grad_sum;
      grad[c] = target.is_index(c) ? static_cast<T>(result) : rounded<T>(result);
      continue;
    }
    // exp_c * total - target_c * sum, where what both products share, target_c * exp_c, is left out of both: near a
    // probability of 1 nothing else would be left of the digits.
    const double others = c == lse.argmax ? lse.others : 1 + (lse.others - exp);
    grad[c] = rounded<T>(scale * (exp * (total - target[c]) - target[c] * others));
  }
}

/// Adds the loss of one sample and writes, if wanted, its gradient.
template <class T>
void exact_sample(const Call<T>& call, std::int64_t sample, Reducer<T>& reducer) {
  const std::int64_t C = call.shape.C;
  const Row<const T> x = row(call.logits, call.shape, sample);
  const SampleTarget<T> target(call, sample);
  const bool has_grad = !call.grad_logits.empty();
  if (target.is_ignored()) {
    if (has_grad) ignored_grad(row(call.grad_logits, call.shape, sample), C, log_sum_exp(x, C));
    return reducer.add(sample, 0);
  }
  std::array<double, few_classes> memory;
  double* const exps = has_grad && C <= few_classes ? memory.data() : nullptr;
  const LogSumExp lse = log_sum_exp(x, C, exps);
  // In float32 what a product loses does not show.
  if (std::is_same_v<T, float> && has_product(call.target, call.options)) {
    reducer.add_log(lse.others, x[call.target.indices[sample]] - lse.max);
  } else {
    const double log_sum = lse.log_sum();
    reducer.add(sample, -target.sum(C, [&](std::int64_t c) { return (x[c] - lse.max) - log_sum; }));
  }
  if (has_grad) exact_grad(x, exps, target, lse, reducer.grad(sample), row(call.grad_logits, call.shape, sample), C);
}

/// Every sample in float64: the way of float64, of soft targets and of few logits.
template <class T>
void exact(const Call<T>& call, Reducer<T>& reducer) {
  // Without classes there may be any number of samples, with losses of 0.
  if (call.shape.numel() == 0 && call.options.reduction != Reduction::none) return;
  for (std::int64_t i = 0; i < call.shape.samples(); ++i) exact_sample(call, i, reducer);
}

/// Up to here a call of the kernels would cost more than it saves, and results are the same on every machine.
constexpr std::int64_t few_logits = 128;

/// The way of many float32 logits with class indices: sums by SIMD kernels, the rest in float64.
class Fast {
 public:
  Fast(const Call<float>& call, Reducer<float>& reducer) : call_(call), reducer_(reducer) {}

  void run() {
    // Long rows one by one, so that they are still in the cache when the gradient is scaled.
    const std::int64_t rows = call_.shape.D == 1 && call_.shape.C > 1024 ? 1 : max_rows;
    for (std::int64_t first = 0; first < call_.shape.samples(); first += rows) {
      block(first, std::min(rows, call_.shape.samples() - first));
    }
  }

 private:
  static constexpr std::int64_t max_rows = Rows::max_rows;

  void block(std::int64_t first, std::int64_t count) {
    const auto& [logits, shape, target, options, grad_logits] = call_;
    const bool has_grad = !grad_logits.empty();
    // Read before the kernel writes: grad_logits may be the memory of the logits.
    bool all_count = true;
    for (std::int64_t i = 0; i < count; ++i) {
      targets_[i] = target.indices[first + i];
      const bool ignored = targets_[i] == options.ignore_index;
      if (ignored) {
        targets_[i] = none;
        reducer_.add(first + i, 0);
      }
      all_count = all_count && !ignored;
      picked_[i] = ignored ? 0 : row(logits, shape, first + i)[targets_[i]];
    }
    if (has_grad && !read_factors(first, count)) return exact_rows(first, count);

    kernel_.forward(logits.data(), shape, first, count, rows_, has_grad ? grad_logits.data() : nullptr);
    bool has_nan = false;
    for (std::int64_t i = 0; i < count; ++i) has_nan |= std::isnan(rows_.others[i]);
    if (has_nan) {
      // Nothing has been written of rows that stay in rows_, and their neighbours may as well be exact.
      if (shape.C <= Rows::max_columns) return exact_rows(first, count);
      for (std::int64_t i = 0; i < count; ++i) {
        if (!std::isnan(rows_.others[i])) continue;
        exact_rows(first + i, 1);
        targets_[i] = none;
        factors_[i] = rows_.top[i] = 1;
      }
      all_count = false;
    }
    for (std::int64_t i = 0; !all_count && i < count; ++i) {
      if (targets_[i] == none) picked_[i] = rows_.max[i], rows_.others[i] = 0;  // a loss of 0
    }
    add_losses(first, count);
    if (has_grad) write_grads(first, count);
  }

  void exact_rows(std::int64_t first, std::int64_t count) {
    for (std::int64_t i = first; i < first + count; ++i) exact_sample(call_, i, reducer_);
  }

  /// The factors of the gradients, each yet to be divided by the sum of its row. Whether all are finite.
  bool read_factors(std::int64_t first, std::int64_t count) {
    bool is_finite = true;
    for (std::int64_t i = 0; i < count; ++i) {
      factors_[i] = targets_[i] == none ? 0 : class_weight(call_.options, targets_[i]) * reducer_.grad(first + i);
      is_finite &= std::isfinite(factors_[i]);
    }
    return is_finite;
  }

  /// The loss is log1p(others) - gap, where the gap is that of the logit at the target to the maximum.
  void add_losses(std::int64_t first, std::int64_t count) {
    const auto gap = [&](std::int64_t i) { return static_cast<double>(picked_[i]) - rows_.max[i]; };
    if (!has_product(call_.target, call_.options)) {
      for (std::int64_t i = 0; i < count; ++i) {
        if (targets_[i] == none) continue;
        const double weight = class_weight(call_.options, targets_[i]);
        reducer_.add(first + i, -(weight * (gap(i) - math::log1p(rows_.others[i]))));
      }
      return;
    }
    // Products without their leading 1; by halves, so that none waits for the one before. That of a block is below
    // (2^31)^32, for a sum is below 2^31, the number of its classes.
    std::array<double, max_rows> gaps, products;
    for (std::int64_t i = 0; i < count; ++i) {
      gaps[i] = gap(i);
      products[i] = rows_.others[i];
    }
    for (std::int64_t i = count; i < max_rows; ++i) gaps[i] = products[i] = 0;
    for (std::int64_t half = max_rows / 2; half > 0; half /= 2) {
      for (std::int64_t i = 0; i < half; ++i) {
        gaps[i] += gaps[i + half];
        products[i] += products[i + half] * (1 + products[i]);
      }
    }
    reducer_.add_log(products[0], gaps[0]);
  }

  void write_grads(std::int64_t first, std::int64_t count) {
    const auto& [logits, shape, target, options, grad_logits] = call_;
    // At the target p - 1 is what it is, minus the sum of the others: they alone count where the target is the largest.
    std::array<double, max_rows> exps;
    std::array<float, max_rows> grads;
    for (std::int64_t i = 0; i < count; ++i) {
      const std::int64_t t = targets_[i] == none ? 0 : targets_[i];
      const float exp = shape.C <= Rows::max_columns ? rows_.exps[t][i] : row(grad_logits, shape, first + i)[t];
      exps[i] = picked_[i] == rows_.max[i] ? rows_.top[i] : exp;
    }
    for (std::int64_t i = 0; i < count; ++i) {
      const double others = rows_.top[i] * rows_.others[i];
      factors_[i] /= rows_.top[i] + others;
      const double grad = -factors_[i] * (others + (rows_.top[i] - exps[i]));
      grads[i] = static_cast<float>(grad) + (factors_[i] == 0 ? -0.0f : 0.0f);
    }
    kernel_.scale(rows_, shape, first, count, factors_.data(), grad_logits.data());
    for (std::int64_t i = 0; i < count; ++i) {
      if (targets_[i] != none) row(grad_logits, shape, first + i)[targets_[i]] = grads[i];
    }
  }

  const Call<float>& call_;
  Reducer<float>& reducer_;
  const Kernels& kernel_ = kernels();
  Rows rows_;
  static constexpr std::int64_t none = -1;
  std::array<std::int64_t, max_rows> targets_;  // none: ignored, or left to exact_rows
  std::array<float, max_rows> picked_;          // logits at the targets
  std::array<double, max_rows> factors_;
};

}  // namespace

template <class T>
Status cross_entropy(std::span<const T> logits, Shape shape, const Target<T>& target, const Options<T>& options,
                     std::span<T> loss, std::span<T> grad_logits, std::span<const T> grad_output) noexcept {
  const IeeeArithmetic ieee;
  const Status status = check_loss(logits, shape, target, options, loss, grad_logits, grad_output);
  if (!status.ok()) return status;

  const Call<T> call{logits, shape, target, options, grad_logits};
  Reducer<T> reducer(shape, target, options, loss, grad_output);
  if constexpr (std::is_same_v<T, float>) {
    const bool many = shape.numel() > few_logits && !target.has_probabilities() && options.label_smoothing == 0;
    many ? Fast(call, reducer).run() : exact(call, reducer);
  } else {
    exact(call, reducer);
  }
  reducer.finish();
  return {};
}

template Status cross_entropy(std::span<const float>, Shape, const Target<float>&, const Options<float>&,
                              std::span<float>, std::span<float>, std::span<const float>) noexcept;
template Status cross_entropy(std::span<const double>, Shape, const Target<double>&, const Options<double>&,
                              std::span<double>, std::span<double>, std::span<const double>) noexcept;

}  // namespace celoss
