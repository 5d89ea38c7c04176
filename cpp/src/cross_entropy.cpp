#include "celoss/cross_entropy.h"

#include "reduce.h"

namespace celoss {

template <class T>
Status cross_entropy(std::span<const T> logits, Shape shape, const Target<T>& target, const Options<T>& options,
                     std::span<T> loss, std::span<T> grad_logits) noexcept {
  if (Status status = check_loss(logits, shape, target, options, loss, grad_logits); !status.ok()) return status;

  reduce(shape, target, options, loss, [&](std::int64_t i, std::int64_t t) {
    const Row<const T> x = row(logits, shape, i);
    return log_sum_exp(x, shape.C).log_prob(x[t]);
  });

  if (grad_logits.empty()) return {};
  const double scale = sample_weight(target, options);
  for (std::int64_t i = 0; i < shape.samples(); ++i) {
    const std::int64_t t = target.indices[i];
    const Row<const T> x = row(logits, shape, i);
    const Row<T> grad = row(grad_logits, shape, i);
    const LogSumExp lse = log_sum_exp(x, shape.C);
    for (std::int64_t c = 0; c < shape.C; ++c) {
      // 0 times the probability, not 0: an ignored row of NaN has a gradient of NaN, as in PyTorch.
      grad[c] = rounded<T>(t == options.ignore_index ? 0 * lse.prob_minus_target(x[c], c, -1)
                                                     : scale * lse.prob_minus_target(x[c], c, t));
    }
  }
  return {};
}

template Status cross_entropy(std::span<const float>, Shape, const Target<float>&, const Options<float>&,
                              std::span<float>, std::span<float>) noexcept;
template Status cross_entropy(std::span<const double>, Shape, const Target<double>&, const Options<double>&,
                              std::span<double>, std::span<double>) noexcept;

}  // namespace celoss
