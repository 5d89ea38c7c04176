// The two ways to the losses and gradients of a call of cross_entropy.
#pragma once

#include <cstdint>
#include <span>

#include "celoss/options.h"
#include "celoss/shape.h"
#include "celoss/target.h"
#include "reduce.h"

namespace celoss {

/// One call, after its arguments have been checked.
template <class T>
struct Call {
  std::span<const T> logits;
  Shape shape;
  const Target<T>& target;
  const Options<T>& options;
  std::span<T> grad_logits;
};

/// The way of float64, of soft targets and of few logits: in float64, for count samples from the first on.
template <class T>
void exact(const Call<T>& call, std::int64_t first, std::int64_t count, Reducer<T>& reducer);

/// The way of many float32 logits with class indices that are not smoothed: sums by SIMD kernels, the rest in float64.
/// All samples; rows that are not for the kernels go the exact way.
void fast(const Call<float>& call, Reducer<float>& reducer);

}  // namespace celoss
