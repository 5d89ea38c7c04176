#include "celoss/nll_loss.h"

#include "reduce.h"

namespace celoss {

template <class T>
Status nll_loss(std::span<const T> log_probs, Shape shape, const Target<T>& target, const Options<T>& options,
                std::span<T> loss, std::span<T> grad_log_probs) noexcept {
  if (Status status = check_loss(log_probs, shape, target, options, loss, grad_log_probs); !status.ok()) return status;

  reduce(shape, target, options, loss, [&](std::int64_t i, std::int64_t t) {
    return static_cast<double>(row(log_probs, shape, i)[t]);
  });

  if (grad_log_probs.empty()) return {};
  const double scale = sample_weight(target, options);
  for (T& grad : grad_log_probs) grad = 0;
  for (std::int64_t i = 0; i < shape.samples(); ++i) {
    const std::int64_t t = target.indices[i];
    if (t != options.ignore_index) row(grad_log_probs, shape, i)[t] = static_cast<T>(-scale);
  }
  return {};
}

template Status nll_loss(std::span<const float>, Shape, const Target<float>&, const Options<float>&, std::span<float>,
                         std::span<float>) noexcept;
template Status nll_loss(std::span<const double>, Shape, const Target<double>&, const Options<double>&,
                         std::span<double>, std::span<double>) noexcept;

}  // namespace celoss
