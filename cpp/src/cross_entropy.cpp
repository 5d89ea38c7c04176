#include "celoss/cross_entropy.h"

#include <type_traits>

#include "cross_entropy_ways.h"

namespace celoss {
namespace {

/// Up to here a call of the kernels would cost more than it saves, and results are the same on every machine.
constexpr std::int64_t few_logits = 128;

template <class T>
bool is_fast(const Call<T>& call) {
  return std::is_same_v<T, float> && call.shape.numel() > few_logits && !call.target.has_probabilities() &&
         call.options.label_smoothing == 0;
}

}  // namespace

template <class T>
Status cross_entropy(std::span<const T> logits, Shape shape, const Target<T>& target, const Options<T>& options,
                     std::span<T> loss, std::span<T> grad_logits, std::span<const T> grad_output) noexcept {
  const IeeeArithmetic ieee;
  const Status status = check_loss(logits, shape, target, options, loss, grad_logits, grad_output);
  if (!status.ok()) return status;

  const Call<T> call{logits, shape, target, options, grad_logits};
  Reducer<T> reducer(shape, target, options, loss, grad_output);
  if (is_fast(call)) {
    if constexpr (std::is_same_v<T, float>) fast(call, reducer);
  } else if (shape.numel() > 0 || options.reduction == Reduction::none) {
    exact(call, 0, shape.samples(), reducer);
  }  // else there may be any number of samples, of no classes, with losses of 0
  reducer.finish();
  return {};
}

template Status cross_entropy(std::span<const float>, Shape, const Target<float>&, const Options<float>&,
                              std::span<float>, std::span<float>, std::span<const float>) noexcept;
template Status cross_entropy(std::span<const double>, Shape, const Target<double>&, const Options<double>&,
                              std::span<double>, std::span<double>, std::span<const double>) noexcept;

}  // namespace celoss
