#include "celoss/floors.h"

#include <numbers>

#include "math.h"

namespace celoss {

double double_softmax_floor(std::int64_t C) noexcept {
  const IeeeArithmetic ieee;
  return math::log1p(static_cast<double>(C - 1) / std::numbers::e);
}

double double_softmax_ceiling(std::int64_t C) noexcept {
  const IeeeArithmetic ieee;
  return math::log(std::numbers::e + static_cast<double>(C - 1));
}

double uniform_loss(std::int64_t C) noexcept {
  const IeeeArithmetic ieee;
  return math::log(static_cast<double>(C));
}

}  // namespace celoss
