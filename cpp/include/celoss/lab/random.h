#pragma once

#include <cstdint>
#include <span>

#include "celoss/cxx20.h"

namespace celoss {

/// The numbers of torch.manual_seed(seed); torch.rand(n) on the CPU, bit for bit: uniform in [0, 1), from the
/// Mersenne Twister, 24 bits each for float32 and 53 for float64.
/// output  (n)  out
/// Source: aten/src/ATen/core/MT19937RNGEngine.h, DistributionsHelper.h (uniform_real_distribution).
template <class T>
void rand(std::uint32_t seed, std::span<T> output) noexcept;

}  // namespace celoss
