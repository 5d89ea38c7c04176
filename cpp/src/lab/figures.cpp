#include "celoss/lab/figures.h"

#include <cmath>
#include <limits>

#include "../check.h"
#include "../math.h"
#include "../row.h"

namespace celoss {

Status neg_log_curve(double p_min, std::span<double> p, std::span<double> loss) noexcept {
  const IeeeArithmetic ieee;
  if (p.size() < 2) return check_output(p.size(), 2);
  if (Status status = check_output(loss.size(), static_cast<std::int64_t>(p.size())); !status.ok()) return status;
  const double steepest = -math::log(p_min);
  const std::size_t last = p.size() - 1;
  for (std::size_t i = 0; i <= last; ++i) {
    loss[i] = steepest * static_cast<double>(last - i) / static_cast<double>(last);
    p[i] = math::exp(-loss[i]);
  }
  return {};
}

template <class T>
Status sharpen(std::span<const T> input, Shape shape, double sharpness, std::span<T> output) noexcept {
  const IeeeArithmetic ieee;
  if (Status status = check_size(input.size(), shape); !status.ok()) return status;
  if (Status status = check_output(output.size(), shape.numel()); !status.ok()) return status;
  for (std::size_t i = 0; i < input.size(); ++i) output[i] = static_cast<T>(sharpness * input[i]);
  return {};
}

template <class T>
Status raise_largest(std::span<const T> input, double gap, std::span<T> output) noexcept {
  const IeeeArithmetic ieee;
  const auto C = static_cast<std::int64_t>(input.size());
  if (Status status = check_output(output.size(), C); !status.ok()) return status;
  const std::int64_t argmax = log_sum_exp(Row<const T>{input.data(), 1}, C).argmax;
  double second = -std::numeric_limits<double>::infinity();
  for (std::int64_t c = 0; c < C; ++c) {
    output[c] = input[c];
    if (c != argmax && input[c] > second) second = input[c];
  }
  if (argmax >= 0 && input[argmax] - second < gap) {
    output[argmax] = static_cast<T>(second + gap);
    // The rounding may have left it just below.
    if (output[argmax] - second < gap) {
      output[argmax] = std::nextafter(output[argmax], std::numeric_limits<T>::infinity());
    }
  }
  return {};
}

#define CELOSS_INSTANTIATE(T)                                                        \
  template Status sharpen(std::span<const T>, Shape, double, std::span<T>) noexcept; \
  template Status raise_largest(std::span<const T>, double, std::span<T>) noexcept;
CELOSS_INSTANTIATE(float)
CELOSS_INSTANTIATE(double)
#undef CELOSS_INSTANTIATE

}  // namespace celoss
