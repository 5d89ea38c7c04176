#pragma once

#include <cstdint>
#include <span>

namespace celoss {

/// What the logits are compared with: class indices or class probabilities, the other span stays empty.
template <class T>
struct Target {
  /// (N, D): the right class of each sample, 0 to C - 1 or ignore_index. Labels start at 0.
  std::span<const std::int64_t> indices = {};
  /// (N, C, D): a probability per class. StatusCode::not_supported for now.
  std::span<const T> probabilities = {};
};

}  // namespace celoss
