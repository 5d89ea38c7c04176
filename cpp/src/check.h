// What a call is checked for before it reads or writes anything.
#pragma once

#include <span>

#include "celoss/options.h"
#include "celoss/shape.h"
#include "celoss/status.h"
#include "celoss/target.h"
#include "ieee.h"

namespace celoss {

/// The number of values that a shape asks for, or -1 if it is negative somewhere or more than 2^62.
std::int64_t checked_numel(Shape shape);

/// size values given for shape.
Status check_size(std::size_t size, Shape shape);

/// size values given for an argument that has as many as expected.
Status check_values(std::size_t size, std::int64_t expected, Argument argument);

/// size places given for expected results.
Status check_output(std::size_t size, std::int64_t expected);

/// Options and targets that the loss functions take; samples is N * D.
template <class T>
Status check_loss_arguments(const Target<T>& target, const Options<T>& options, Shape shape);

/// The shape of a loss: one value, or one per sample.
template <class T>
std::int64_t loss_numel(const Options<T>& options, Shape shape) {
  return options.reduction == Reduction::none ? shape.samples() : 1;
}

}  // namespace celoss
