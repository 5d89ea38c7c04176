#pragma once

#include <cstdint>

namespace celoss {

/// The least loss that cross_entropy can reach when its input has gone through a softmax already:
/// L0 = ln(1 + (C - 1) / e), at one-hot probabilities on the targets. 0.5514 for C = 3.
/// Because probabilities lie in [0, 1], no two differ by more than 1. C >= 1.
double double_softmax_floor(std::int64_t C) noexcept;

/// The greatest loss under the same condition: ln(e + C - 1), which is L0 + 1 exactly. 1.5514 for C = 3.
double double_softmax_ceiling(std::int64_t C) noexcept;

/// The loss of a network that gives every class the same score: ln C. A sample whose prediction is right has a
/// loss below it, whatever the pipeline. 1.0986 for C = 3.
double uniform_loss(std::int64_t C) noexcept;

}  // namespace celoss
