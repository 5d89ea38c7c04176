#pragma once

#include <cstdint>

#include "celoss/cxx20.h"

namespace celoss {

/// The shape of logits: (N, C, D), contiguous, element (n, c, d) at (n * C + c) * D + d.
/// N samples, C classes, D = d1 * ... * dK the product of the dimensions after the class (1 for plain (N, C)).
/// A single sample (C) is {1, C, 1}; softmax along any axis takes the product of the dimensions before it as N.
struct Shape {
  std::int64_t N = 1;
  std::int64_t C = 1;
  std::int64_t D = 1;

  /// Number of logits.
  constexpr std::int64_t numel() const { return N * C * D; }
  /// Number of samples, each with one target and one loss: N * D.
  constexpr std::int64_t samples() const { return N * D; }
};

}  // namespace celoss
