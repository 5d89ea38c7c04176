#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "celoss/cxx20.h"

namespace celoss {

enum class StatusCode {
  ok,
  /// A target is neither a class (0 to C - 1) nor ignore_index. got: the target; expected: C; index: its sample.
  target_out_of_bounds,
  /// As many targets as samples are needed. got: number of targets; expected: number of samples.
  batch_size_mismatch,
  /// The sizes of a shape are negative, or their product is not the number of values given (logits, class
  /// probabilities, an upstream gradient).
  /// got: number of values; expected: N * C * D.
  size_mismatch,
  /// An output span has the wrong length. got: its length; expected: the length needed.
  output_size_mismatch,
  /// There is a weight per class, or none. got: number of weights; expected: C.
  weight_size_mismatch,
  /// label_smoothing is below 0, above 1 or NaN.
  label_smoothing_out_of_range,
  /// Class probabilities with an ignore_index that could be a class. got: ignore_index.
  ignore_index_with_probabilities,
  /// The function does not take this option, kind of target or shape; argument names it.
  not_supported,
};

/// Which argument a Status speaks of.
enum class Argument { none, logits, target, weight, ignore_index, label_smoothing, output, grad_output };

/// The outcome of a call: a code and the numbers for its message. Nothing is written to any output unless
/// the code is ok.
struct Status {
  StatusCode code = StatusCode::ok;
  Argument argument = Argument::none;
  std::int64_t got = 0;
  std::int64_t expected = 0;
  std::int64_t index = -1;

  constexpr bool ok() const { return code == StatusCode::ok; }
};

/// The name of a code, as it is spelled above.
const char* code_name(StatusCode code) noexcept;

/// The name of an argument, as it is spelled above.
const char* argument_name(Argument argument) noexcept;

/// Writes the message of a status, in PyTorch's words (2.14) where it has words ("Target 3 is out of bounds."),
/// as a terminated string into text and returns its length. 160 characters hold every message; a shorter text is cut.
std::size_t message(const Status& status, std::span<char> text) noexcept;

}  // namespace celoss
