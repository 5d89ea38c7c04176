#include <array>
#include <cmath>
#include <type_traits>

#include "cross_entropy_ways.h"

namespace celoss {
namespace {

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

}  // namespace

template <class T>
void exact(const Call<T>& call, std::int64_t first, std::int64_t count, Reducer<T>& reducer) {
  for (std::int64_t i = first; i < first + count; ++i) exact_sample(call, i, reducer);
}

template void exact(const Call<float>&, std::int64_t, std::int64_t, Reducer<float>&);
template void exact(const Call<double>&, std::int64_t, std::int64_t, Reducer<double>&);

}  // namespace celoss
