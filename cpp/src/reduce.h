// From log-probabilities at the targets to a loss: what nll_loss and cross_entropy share.
#pragma once

#include <span>

#include "celoss/options.h"
#include "celoss/target.h"
#include "check.h"
#include "row.h"

namespace celoss {

/// Everything a loss function is checked for.
template <class T>
Status check_loss(std::span<const T> input, Shape shape, const Target<T>& target, const Options<T>& options,
                  std::span<T> loss, std::span<T> grad_input) {
  if (Status status = check_size(input.size(), shape); !status.ok()) return status;
  if (Status status = check_loss_arguments(target, options, shape); !status.ok()) return status;
  if (Status status = check_output(loss.size(), loss_numel(options, shape)); !status.ok()) return status;
  return grad_input.empty() ? Status{} : check_output(grad_input.size(), shape.numel());
}

/// How many samples the mean counts: those that are not ignored.
template <class T>
std::int64_t counted_samples(const Target<T>& target, const Options<T>& options) {
  std::int64_t count = 0;
  for (const std::int64_t t : target.indices) count += t != options.ignore_index;
  return count;
}

/// What each counted sample's loss is multiplied by on its way into the reduced loss.
/// Without counted samples it is never used, and any finite number will do.
template <class T>
double sample_weight(const Target<T>& target, const Options<T>& options) {
  if (options.reduction != Reduction::mean) return 1;
  const std::int64_t count = counted_samples(target, options);
  return count == 0 ? 1 : 1.0 / static_cast<double>(count);
}

/// Writes the loss, or with Reduction::none the losses. log_prob(i, t) is the log-probability of class t in sample i.
template <class T, class F>
void reduce(Shape shape, const Target<T>& target, const Options<T>& options, std::span<T> loss, F log_prob) {
  double total = 0;
  for (std::int64_t i = 0; i < shape.samples(); ++i) {
    const std::int64_t t = target.indices[i];
    const bool ignored = t == options.ignore_index;
    if (options.reduction == Reduction::none) {
      loss[i] = ignored ? T{0} : -rounded<T>(log_prob(i, t));
    } else if (!ignored) {
      total -= log_prob(i, t);
    }
  }
  if (options.reduction == Reduction::sum) loss[0] = static_cast<T>(total);
  if (options.reduction == Reduction::mean) {
    loss[0] = static_cast<T>(total / static_cast<double>(counted_samples(target, options)));  // 0 / 0 is NaN
  }
}

}  // namespace celoss
