#include "celoss/nll_loss.h"

#include "reduce.h"

namespace celoss {

template <class T>
Status nll_loss(std::span<const T> log_probs, Shape shape, const Target<T>& target, const Options<T>& options,
                std::span<T> loss, std::span<T> grad_log_probs, std::span<const T> grad_output) noexcept {
  const IeeeArithmetic ieee;
  if (target.has_probabilities()) return {.code = StatusCode::not_supported, .argument = Argument::target};
  if (options.label_smoothing != 0) return {.code = StatusCode::not_supported, .argument = Argument::label_smoothing};
  const Status status = check_loss(log_probs, shape, target, options, loss, grad_log_probs, grad_output);
  if (!status.ok()) return status;

  Reducer<T> reducer(shape, target, options, loss, grad_output);
  for (std::int64_t i = 0; i < shape.samples(); ++i) {
    const std::int64_t t = target.indices[i];
    const bool ignored = t == options.ignore_index;
    reducer.add(i, ignored ? 0 : -class_weight(options, t) * row(log_probs, shape, i)[t]);
  }
  reducer.finish();

  for (T& grad : grad_log_probs) grad = 0;
  if (grad_log_probs.empty()) return {};
  for (std::int64_t i = 0; i < shape.samples(); ++i) {
    const std::int64_t t = target.indices[i];
    if (t == options.ignore_index) continue;
    row(grad_log_probs, shape, i)[t] = static_cast<T>(-class_weight(options, t) * reducer.grad(i));
  }
  return {};
}

template Status nll_loss(std::span<const float>, Shape, const Target<float>&, const Options<float>&, std::span<float>,
                         std::span<float>, std::span<const float>) noexcept;
template Status nll_loss(std::span<const double>, Shape, const Target<double>&, const Options<double>&,
                         std::span<double>, std::span<double>, std::span<const double>) noexcept;

}  // namespace celoss
