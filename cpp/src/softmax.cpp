#include "celoss/softmax.h"

#include "check.h"
#include "row.h"

namespace celoss {
namespace {

/// Calls f(input row, output row) for every sample, after checking sizes.
template <class T, class F>
Status for_each_row(std::span<const T> input, Shape shape, std::span<T> output, F f) {
  const IeeeArithmetic ieee;
  if (Status status = check_size(input.size(), shape); !status.ok()) return status;
  if (Status status = check_output(output.size(), shape.numel()); !status.ok()) return status;
  if (input.empty()) return {};  // of no classes there can be 2^62 rows
  for (std::int64_t i = 0; i < shape.samples(); ++i) f(row(input, shape, i), row(output, shape, i));
  return {};
}

/// exp(x) - 1 with all its digits.
/// Source: Kahan, in Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition, section 1.14.1.
double less_one(double x) {
  const double exp = math::exp(x);
  return exp == 1 ? x : (exp - 1) * x / math::log(exp);
}

}  // namespace

template <class T>
Status softmax(std::span<const T> input, Shape shape, std::span<T> output) noexcept {
  return for_each_row(input, shape, output, [&](Row<const T> x, Row<T> p) {
    const LogSumExp lse = log_sum_exp(x, shape.C);
    // exp is rounded to T before the division, as torch does it: this decides the last subnormal.
    for (std::int64_t c = 0; c < shape.C; ++c) {
      p[c] = static_cast<T>(static_cast<T>(exp_of_gap(x[c], lse.max)) / lse.sum());
    }
  });
}

template <class T>
Status softmax_backward(std::span<const T> grad_output, std::span<const T> output, Shape shape,
                        std::span<T> grad_input) noexcept {
  if (Status status = check_size(output.size(), shape); !status.ok()) return status;
  return for_each_row(grad_output, shape, grad_input, [&](Row<const T> grad, Row<T> result) {
    const Row<const T> p{output.data() + (grad.data - grad_output.data()), grad.stride};
    // What all classes share has no effect. The likeliest class's gradient is taken off first: near a probability of 1
    // the differences to it are what counts, and they keep their digits.
    double shared = 0, largest = -1;
    for (std::int64_t c = 0; c < shape.C; ++c) {
      if (p[c] > largest) largest = p[c], shared = grad[c];
    }
    if (!std::isfinite(shared)) shared = 0;
    Sum weighted;
    for (std::int64_t c = 0; c < shape.C; ++c) weighted += (grad[c] - shared) * p[c];
    for (std::int64_t c = 0; c < shape.C; ++c) {
      result[c] = static_cast<T>(p[c] * ((grad[c] - shared) - weighted));
    }
  });
}

template <class T>
Status naive_softmax(std::span<const T> input, Shape shape, std::span<T> output) noexcept {
  return for_each_row(input, shape, output, [&](Row<const T> x, Row<T> p) {
    T sum = 0;
    for (std::int64_t c = 0; c < shape.C; ++c) sum += static_cast<T>(math::exp(x[c]));
    for (std::int64_t c = 0; c < shape.C; ++c) p[c] = static_cast<T>(math::exp(x[c])) / sum;
  });
}

template <class T>
Status log(std::span<const T> input, std::span<T> output) noexcept {
  const IeeeArithmetic ieee;
  if (Status status = check_output(output.size(), static_cast<std::int64_t>(input.size())); !status.ok()) return status;
  for (std::size_t i = 0; i < input.size(); ++i) output[i] = static_cast<T>(math::log(input[i]));
  return {};
}

template <class T>
Status log_softmax(std::span<const T> input, Shape shape, std::span<T> output) noexcept {
  return for_each_row(input, shape, output, [&](Row<const T> x, Row<T> log_prob) {
    const LogSumExp lse = log_sum_exp(x, shape.C);
    const double log_sum = lse.log_sum();
    for (std::int64_t c = 0; c < shape.C; ++c) log_prob[c] = rounded<T>((x[c] - lse.max) - log_sum);
  });
}

template <class T>
Status log_softmax_backward(std::span<const T> grad_output, std::span<const T> output, Shape shape,
                            std::span<T> grad_input) noexcept {
  if (Status status = check_size(output.size(), shape); !status.ok()) return status;
  return for_each_row(grad_output, shape, grad_input, [&](Row<const T> grad, Row<T> result) {
    const Row<const T> log_prob{output.data() + (grad.data - grad_output.data()), grad.stride};
    Sum total;
    for (std::int64_t c = 0; c < shape.C; ++c) total += grad[c];
    for (std::int64_t c = 0; c < shape.C; ++c) {
      // Near a probability of 1 what grad and total share is taken off first: nothing else would be left of the digits.
      const double g = grad[c], sum = total;
      result[c] = static_cast<T>(log_prob[c] > -0.5 && std::isfinite(sum) ? (g - sum) - less_one(log_prob[c]) * sum
                                                                          : g - math::exp(log_prob[c]) * sum);
    }
  });
}

#define CELOSS_INSTANTIATE(T)                                                                             \
  template Status softmax(std::span<const T>, Shape, std::span<T>) noexcept;                              \
  template Status softmax_backward(std::span<const T>, std::span<const T>, Shape, std::span<T>) noexcept; \
  template Status naive_softmax(std::span<const T>, Shape, std::span<T>) noexcept;                        \
  template Status log(std::span<const T>, std::span<T>) noexcept;                                         \
  template Status log_softmax(std::span<const T>, Shape, std::span<T>) noexcept;                          \
  template Status log_softmax_backward(std::span<const T>, std::span<const T>, Shape, std::span<T>) noexcept;
CELOSS_INSTANTIATE(float)
CELOSS_INSTANTIATE(double)
#undef CELOSS_INSTANTIATE

}  // namespace celoss
