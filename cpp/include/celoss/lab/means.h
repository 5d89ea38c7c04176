#pragma once

#include <cstdint>
#include <span>

#include "celoss/status.h"

namespace celoss {

/// The mean of all elements, and the mean of the means of their groups: of the rows of a batch with padding, or of the
/// batches whose gradients are accumulated. They differ where groups count differently many.
struct Means {
  double mean = 0;                ///< sum of all losses / divisor; NaN where nothing counts
  double mean_of_means = 0;       ///< of the groups in which something counts; NaN where there is none
  double divisor = 0;             ///< the weights of all elements that count, summed; 1 each without weights
  std::int64_t groups = 0;        ///< in which something counts
  std::int64_t empty_groups = 0;  ///< whose own mean is NaN in PyTorch, and with it the mean of the means
  double least_divisor = 0, greatest_divisor = 0;  ///< of a group in which something counts
};

/// losses   (n)  in: the loss of each element, weighted; 0 where it is ignored
/// weights  (n)  in: what each adds to the divisor: the weight of its class, or 1; 0 where it is ignored
/// sizes    (groups)  in: how many elements each group has, one after another
/// Errors: size_mismatch (weights and losses, or the groups' sizes and losses, do not go together).
Status means_of_groups(std::span<const double> losses, std::span<const double> weights,
                       std::span<const std::int64_t> sizes, Means& result) noexcept;

/// The same of batches of which only their means are known.
/// losses    (batches)  in: the mean of each; not read where its divisor is 0
/// divisors  (batches)  in: what each was divided by
/// Errors: size_mismatch.
Status means_of_batches(std::span<const double> losses, std::span<const double> divisors, Means& result) noexcept;

}  // namespace celoss
