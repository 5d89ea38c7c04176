#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

#include "celoss/cxx20.h"

namespace celoss {

/// Class indices, in the integers that the caller has them in: int64, as in PyTorch, or int32.
class Indices {
 public:
  constexpr Indices() = default;

  template <class Range>
    requires(std::constructible_from<std::span<const std::int64_t>, const Range&>)
  constexpr Indices(const Range& indices) : Indices(std::span<const std::int64_t>(indices)) {}

  template <class Range>
    requires(std::constructible_from<std::span<const std::int32_t>, const Range&>)
  constexpr Indices(const Range& indices) : Indices(std::span<const std::int32_t>(indices)) {}

  constexpr Indices(std::span<const std::int64_t> indices) : int64_(indices.data()), size_(indices.size()) {}
  constexpr Indices(std::span<const std::int32_t> indices) : int32_(indices.data()), size_(indices.size()) {}

  constexpr std::size_t size() const { return size_; }
  constexpr std::int64_t operator[](std::size_t i) const { return int32_ == nullptr ? int64_[i] : int32_[i]; }

  /// f(indices) for the span of the integers that there are.
  template <class F>
  constexpr auto visit(F f) const {
    return int32_ == nullptr ? f(std::span(int64_, size_)) : f(std::span(int32_, size_));
  }

 private:
  const std::int64_t* int64_ = nullptr;
  const std::int32_t* int32_ = nullptr;
  std::size_t size_ = 0;
};

/// What the logits are compared with: class indices, or class probabilities.
template <class T>
struct Target {
  /// (N, D): the right class of each sample, 0 to C - 1 or ignore_index. Labels start at 0.
  Indices indices = {};
  /// (N, C, D): a probability per class and sample; any real numbers, they need not sum to 1. Where this span has an
  /// address, it is the target and indices is not read.
  std::span<const T> probabilities = {};

  constexpr bool has_probabilities() const { return probabilities.data() != nullptr; }
};

}  // namespace celoss
