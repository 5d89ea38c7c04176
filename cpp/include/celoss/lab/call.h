#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "celoss/lab/finding.h"
#include "celoss/shape.h"

namespace celoss {

/// The types of numbers that tensors come in, as PyTorch has them.
enum class ScalarType : std::uint8_t {
  float16,
  bfloat16,
  float32,
  float64,
  int8,
  uint8,
  int16,
  uint16,
  int32,
  uint32,
  int64,
  uint64,
  boolean,
};

constexpr bool is_floating(ScalarType type) { return type <= ScalarType::float64; }

/// What is known of a tensor before its numbers are read.
struct TensorType {
  std::span<const std::int64_t> shape;
  ScalarType type = ScalarType::float32;
  /// It is known to be of that type; else whole numbers stand for labels and for logits alike.
  bool is_stated = true;
};

/// The arguments of cross_entropy, without their numbers; null: not there.
struct CallTypes {
  TensorType logits;
  const TensorType* target = nullptr;
  const TensorType* weight = nullptr;
  std::int64_t ignore_index = -100;
  double label_smoothing = 0;
  /// The axis of the classes, where somebody says so; -1: PyTorch's.
  int class_axis = -1;
};

enum class TargetKind : std::uint8_t {
  none,           ///< there is none, or none that fits in any way
  indices,        ///< a label per sample
  probabilities,  ///< a number per logit
};

/// How a call is to be read, which is how PyTorch reads it where it does, and else how it seems to be meant.
struct CallReading {
  /// The logits around the axis of the classes: sample s is target number s in memory order.
  Shape shape{0, 0, 1};
  int class_axis = 0;
  TargetKind target = TargetKind::none;
  /// PyTorch refuses the call.
  bool is_refused = false;
  /// Where the last axis might as well be the classes, and PyTorch takes another: logits (N, K, K), labels (N, K).
  bool is_ambiguous = false;
  /// The size of the last axis, where it is not the classes; else 0.
  std::int64_t last = 0;
  /// Which axis it is was not said, and no target tells.
  bool is_axis_guessed = false;
  /// The weight counts.
  bool has_weight = false;

  std::span<const Finding> findings() const { return {findings_.data(), static_cast<std::size_t>(size_)}; }
  Finding& add(Rule rule, Severity severity) {
    is_refused = is_refused || severity == Severity::error;
    return findings_[size_ < max_findings - 1 ? size_++ : size_ - 1] = Finding(rule, severity);
  }

 private:
  static constexpr int max_findings = 6;
  std::array<Finding, max_findings> findings_;
  int size_ = 0;
};

/// What shapes and dtypes tell: which of them PyTorch 2.14 refuses or silently takes for something else. Shapes have no
/// negative sizes.
CallReading read_call(const CallTypes& call) noexcept;

}  // namespace celoss
