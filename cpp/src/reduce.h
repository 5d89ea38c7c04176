// What nll_loss and cross_entropy share: their checks, the weights of their samples, and the way from losses to a loss.
#pragma once

#include <algorithm>
#include <limits>
#include <span>

#include "celoss/options.h"
#include "celoss/target.h"
#include "check.h"
#include "row.h"

namespace celoss {

/// Everything a loss function is checked for.
template <class T>
Status check_loss(std::span<const T> input, Shape shape, const Target<T>& target, const Options<T>& options,
                  std::span<T> loss, std::span<T> grad_input, std::span<const T> grad_output) {
  if (Status status = check_size(input.size(), shape); !status.ok()) return status;
  if (Status status = check_loss_arguments(target, options, shape); !status.ok()) return status;
  if (!grad_output.empty()) {
    const Status status = check_values(grad_output.size(), loss_numel(options, shape), Argument::grad_output);
    if (!status.ok()) return status;
  }
  if (Status status = check_output(loss.size(), loss_numel(options, shape)); !status.ok()) return status;
  return grad_input.empty() ? Status{} : check_output(grad_input.size(), shape.numel());
}

template <class T>
double class_weight(const Options<T>& options, std::int64_t c) {
  return options.weight.empty() ? 1 : options.weight[c];
}

/// How many samples are not ignored.
inline std::int64_t counted_samples(const Indices& indices, std::int64_t ignore_index) {
  return indices.visit([&]<class T>(std::span<const T> indices) {
    const T ignored = static_cast<T>(ignore_index);
    const auto count = static_cast<std::int64_t>(indices.size());
    return ignored == ignore_index ? count - std::count(indices.begin(), indices.end(), ignored) : count;
  });
}

/// What the mean divides by. 0, which makes it NaN, where there is nothing to take a mean of.
template <class T>
double mean_divisor(Shape shape, const Target<T>& target, const Options<T>& options) {
  if (target.has_probabilities()) return shape.numel() == 0 ? 0 : static_cast<double>(shape.samples());
  if (options.weight.empty()) return static_cast<double>(counted_samples(target.indices, options.ignore_index));
  Sum total_weight;
  bool has_weight = false;
  for (std::int64_t i = 0; i < shape.samples(); ++i) {
    const std::int64_t t = target.indices[i];
    if (t == options.ignore_index) continue;
    total_weight += options.weight[t];
    has_weight = has_weight || options.weight[t] != 0;
  }
  // A smoothed loss is the sum of two means in PyTorch, and that of the targets is 0 / 0 then.
  if (!has_weight && options.label_smoothing > 0) return std::numeric_limits<double>::quiet_NaN();
  return total_weight;
}

/// Whether reduced losses need no logarithm of each sum: the product of the sums has the sum of their logarithms.
template <class T>
bool has_product(const Target<T>& target, const Options<T>& options) {
  return options.reduction != Reduction::none && options.weight.empty() && options.label_smoothing == 0 &&
         !target.has_probabilities();
}

/// From the losses of the samples, in order, to what a call writes.
template <class T>
class Reducer {
 public:
  Reducer(Shape shape, const Target<T>& target, const Options<T>& options, std::span<T> loss,
          std::span<const T> grad_output)
      : reduction_(options.reduction),
        divisor_(reduction_ == Reduction::mean ? mean_divisor(shape, target, options) : 1),
        zero_(target.has_probabilities() ? -0.0 : 0.0),
        grad_((grad_output.empty() ? 1 : grad_output[0]) / divisor_),
        loss_(loss),
        grad_output_(grad_output) {}

  void add(std::int64_t sample, double loss) {
    if (reduction_ == Reduction::none) {
      loss_[sample] = static_cast<T>(loss);
    } else {
      total_ += loss;
    }
  }

  /// Adds log1p(others) - gap, the loss of a sample or of several, to reduced losses.
  void add_log(double others, double gap) {
    total_ += -gap;
    if (product_ * (1 + others) > 1e300) take_logarithm();
    product_ += others * (1 + product_);
  }

  /// The derivative of the loss with respect to a sample's own.
  double grad(std::int64_t sample) const {
    return reduction_ == Reduction::none && !grad_output_.empty() ? grad_output_[sample] : grad_;
  }

  void finish() {
    if (reduction_ == Reduction::none) return;
    take_logarithm();
    const double total = total_;
    loss_[0] = static_cast<T>((total == 0 ? zero_ : total) / divisor_);
  }

 private:
  void take_logarithm() {
    if (product_ != 0) total_ += math::log1p(product_);
    product_ = 0;
  }

  Reduction reduction_;
  double divisor_;
  double zero_;  // PyTorch changes the sign of the sum of class probabilities' losses, and not of others
  double grad_;
  std::span<T> loss_;
  std::span<const T> grad_output_;
  Sum total_;
  double product_ = 0;  // of the sums, less 1: a product near 1 keeps its digits
};

}  // namespace celoss
