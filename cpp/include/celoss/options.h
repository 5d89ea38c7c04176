#pragma once

#include <cstdint>
#include <span>

#include "celoss/cxx20.h"

namespace celoss {

/// What becomes of the losses of the single samples.
/// Source: torch/nn/_reduction.py.
enum class Reduction {
  none,  ///< they stay as they are: a loss per sample
  mean,  ///< their sum, divided by the weights of the targets that are not ignored, summed (1 each without weight; NaN
         ///< when there is none); for class probabilities divided by the number of samples, N * D
  sum,   ///< their sum
};

/// The options of torch.nn.CrossEntropyLoss and torch.nn.NLLLoss (which has no label_smoothing), with their defaults.
/// Source: torch/nn/modules/loss.py.
template <class T>
struct Options {
  Reduction reduction = Reduction::mean;
  /// A class index that says: leave this sample out. Its loss and its gradient are 0, and the mean does not count it.
  /// Class probabilities have none: there it must be negative.
  std::int64_t ignore_index = -100;
  /// A weight per class, (C), any real numbers; empty: all 1.
  std::span<const T> weight = {};
  /// How much of the target is spread evenly over all classes, 0 to 1: target_c becomes
  /// (1 - label_smoothing) target_c + label_smoothing / C. PyTorch lets negative numbers and NaN pass; here they are
  /// an error.
  double label_smoothing = 0;
};

}  // namespace celoss
