#include "celoss/lab/means.h"

#include <algorithm>

#include "../check.h"
#include "../row.h"

namespace celoss {
namespace {

class Groups {
 public:
  /// A group, with its own mean.
  void add(double loss, double divisor, double mean) {
    if (divisor == 0) {
      ++means_.empty_groups;
      return;
    }
    ++means_.groups;
    means_.least_divisor = means_.groups == 1 ? divisor : std::min(means_.least_divisor, divisor);
    means_.greatest_divisor = means_.groups == 1 ? divisor : std::max(means_.greatest_divisor, divisor);
    losses_ += loss;
    divisors_ += divisor;
    of_means_ += mean;
  }

  Means means() const {
    Means means = means_;
    means.divisor = divisors_;
    means.mean = losses_ / divisors_;
    means.mean_of_means = of_means_ / static_cast<double>(means.groups);
    return means;
  }

 private:
  Means means_;
  Sum losses_, divisors_, of_means_;
};

}  // namespace

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

  Groups groups;
  std::int64_t i = 0;
  for (const std::int64_t size : sizes) {
    Sum loss, divisor;
    for (const std::int64_t end = i + size; i < end; ++i) {
      loss += losses[i];
      divisor += weights[i];
    }
    groups.add(loss, divisor, loss / divisor);
  }
  result = groups.means();
  return {};
}

Status means_of_batches(std::span<const double> losses, std::span<const double> divisors, Means& result) noexcept {
  const IeeeArithmetic ieee;
  const auto batches = static_cast<std::int64_t>(losses.size());
  if (Status status = check_values(divisors.size(), batches, Argument::weight); !status.ok()) return status;
  Groups groups;
  for (std::int64_t i = 0; i < batches; ++i) groups.add(losses[i] * divisors[i], divisors[i], losses[i]);
  result = groups.means();
  return {};
}

}  // namespace celoss
