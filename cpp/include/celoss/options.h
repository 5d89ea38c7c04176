#pragma once

#include <cstdint>
#include <span>

namespace celoss {

/// What becomes of the losses of the single samples.
/// Source: torch/nn/_reduction.py.
enum class Reduction {
  none,  ///< they stay as they are: a loss per sample
  mean,  ///< their sum, divided by the number of samples that are not ignored (NaN when there is none)
  sum,   ///< their sum
};

/// The options of torch.nn.CrossEntropyLoss and torch.nn.NLLLoss, with their defaults.
/// Source: torch/nn/modules/loss.py.
template <class T>
struct Options {
  Reduction reduction = Reduction::mean;
  /// A target that says: leave this sample out. Its loss and its gradient are 0, and the mean does not count it.
  std::int64_t ignore_index = -100;
  /// A weight per class, (C); empty: all 1. Anything else is StatusCode::not_supported for now.
  std::span<const T> weight = {};
  /// How much of the target is spread over all classes, 0 to 1. Anything but 0 is StatusCode::not_supported for now.
  double label_smoothing = 0;
};

}  // namespace celoss
