// The losses, softmax and its kin, the floors: all of celoss.wasm, and part of lab.wasm.
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

/// (log is a name of the C library's.)
EMSCRIPTEN_KEEPALIVE int log_of(bool float64, Address input, std::size_t size, Address output) {
  return call(float64, [&]<class T>(T) { return celoss::log(span<const T>(input, size), span<T>(output, size)); });
}

/// The figures of floors.h.
EMSCRIPTEN_KEEPALIVE double double_softmax_floor(double C) {
  return celoss::double_softmax_floor(static_cast<std::int64_t>(C));
}

EMSCRIPTEN_KEEPALIVE double double_softmax_ceiling(double C) {
  return celoss::double_softmax_ceiling(static_cast<std::int64_t>(C));
}

EMSCRIPTEN_KEEPALIVE double uniform_loss(double C) { return celoss::uniform_loss(static_cast<std::int64_t>(C)); }

}  // extern "C"
}  // namespace bindings
