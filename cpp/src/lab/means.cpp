#include "celoss/lab/means.h"

#include <algorithm>
#include <limits>

#include "../check.h"
#include "../row.h"

namespace celoss {

Status means_of_groups(std::span<const double> losses, std::span<const double> weights,
                       std::span<const std::int64_t> sizes, Means& result) noexcept {
  const IeeeArithmetic ieee;
  const auto n = static_cast<std::int64_t>(losses.size());
  if (Status status = check_values(weights.size(), n, Argument::weight); !status.ok()) return status;
  std::int64_t elements = 0;
  for (const std::int64_t size : sizes) {
    if (size < 0) return {.code = StatusCode::size_mismatch, .got = size};
    elements += std::min(size, n + 1);  // more than n is too much already
  }
  if (elements != n) return check_size(losses.size(), {elements, 1, 1});

  Means means{.least_divisor = std::numeric_limits<double>::infinity()};
  Sum all, divisors, of_means;
  std::int64_t i = 0;
  for (const std::int64_t size : sizes) {
    Sum loss, divisor;
    for (const std::int64_t end = i + size; i < end; ++i) {
      loss += losses[i];
      divisor += weights[i];
    }
    if (divisor == 0) {
      ++means.empty_groups;
      continue;
    }
    ++means.groups;
    means.least_divisor = std::min<double>(means.least_divisor, divisor);
    means.greatest_divisor = std::max<double>(means.greatest_divisor, divisor);
    all += loss;
    divisors += divisor;
    of_means += loss / divisor;
  }
  if (means.groups == 0) means.least_divisor = 0;
  means.divisor = divisors;
  means.mean = all / divisors;
  means.mean_of_means = of_means / static_cast<double>(means.groups);
  result = means;
  return {};
}

}  // namespace celoss
