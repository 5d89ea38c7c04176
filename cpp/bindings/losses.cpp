// The losses, softmax and its kin, the floors: all of celoss.wasm, and part of lab.wasm.
#include <emscripten/bind.h>

#include <cstddef>
#include <cstdint>

#include "celoss/cross_entropy.h"
#include "celoss/floors.h"
#include "celoss/nll_loss.h"
#include "celoss/softmax.h"
#include "module.h"

namespace bindings {
extern "C" {

/// cross_entropy, or nll_loss. weight, grad_input and grad_output may be left out.
EMSCRIPTEN_KEEPALIVE int loss(bool cross_entropy, bool float64, Address input, std::size_t N, std::size_t C,
                              std::size_t D, int target_type, Address target, std::size_t target_size, int reduction,
                              Address weight, std::uint32_t ignore_low, std::int32_t ignore_high,
                              double label_smoothing, Address loss, Address grad_input, Address grad_output) {
  const celoss::Shape shape = shape_of(N, C, D);
  return call(float64, [&]<class T>(T) {
    const celoss::Options<T> options{.reduction = static_cast<celoss::Reduction>(reduction),
                                     .ignore_index = int64_of(ignore_low, ignore_high),
                                     .weight = optional_span<const T>(weight, C),
                                     .label_smoothing = label_smoothing};
    const std::size_t losses = options.reduction == celoss::Reduction::none ? shape.samples() : 1;
    const auto function = cross_entropy ? celoss::cross_entropy<T> : celoss::nll_loss<T>;
    return function(span<const T>(input, shape.numel()), shape, target_of<T>(target_type, target, target_size), options,
                    span<T>(loss, losses), optional_span<T>(grad_input, shape.numel()),
                    optional_span<const T>(grad_output, losses));
  });
}

enum RowWise { softmax, log_softmax, naive_softmax, softmax_backward, log_softmax_backward };

/// One of the functions along an axis; grad_output is for the backward ones.
EMSCRIPTEN_KEEPALIVE int row_wise(RowWise which, bool float64, Address input, Address grad_output, std::size_t N,
                                  std::size_t C, std::size_t D, Address output) {
  const celoss::Shape shape = shape_of(N, C, D);
  return call(float64, [&]<class T>(T) {
    const auto x = span<const T>(input, shape.numel());
    const auto grad = span<const T>(grad_output, shape.numel());
    const auto out = span<T>(output, shape.numel());
    switch (which) {
      case softmax: return celoss::softmax(x, shape, out);
      case log_softmax: return celoss::log_softmax(x, shape, out);
      case naive_softmax: return celoss::naive_softmax(x, shape, out);
      case softmax_backward: return celoss::softmax_backward(grad, x, shape, out);
      case log_softmax_backward: return celoss::log_softmax_backward(grad, x, shape, out);
    }
    return celoss::Status();
  });
}

}  // extern "C"

namespace {

int log_of(bool float64, Address input, std::size_t size, Address output) {
  return call(float64, [&]<class T>(T) { return celoss::log(span<const T>(input, size), span<T>(output, size)); });
}

/// A figure of floors.h.
template <double (*function)(std::int64_t) noexcept>
double of_classes(double C) {
  return function(static_cast<std::int64_t>(C));
}

}  // namespace

EMSCRIPTEN_BINDINGS(losses) {
  using emscripten::function;
  function("log", &log_of);
  function("doubleSoftmaxFloor", &of_classes<celoss::double_softmax_floor>);
  function("doubleSoftmaxCeiling", &of_classes<celoss::double_softmax_ceiling>);
  function("uniformLoss", &of_classes<celoss::uniform_loss>);
}

}  // namespace bindings
