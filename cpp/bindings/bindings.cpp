// The border to JavaScript: a flat table of names. Arrays cross it as addresses in the module's memory, which
// web/src/api/marshal.ts hands out; arguments are checked there, and nothing is computed here. Losses and softmaxes are
// plain exports, because Embind takes longer over a call than the core over a small loss; the rest is Embind's.
#include <emscripten.h>
#include <emscripten/bind.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "celoss/celoss.h"

namespace {

using Address = std::uintptr_t;

template <class T>
std::span<T> span(Address address, std::size_t size) {
  return {reinterpret_cast<T*>(address), size};
}

/// An argument that may be left out: address 0.
template <class T>
std::span<T> optional_span(Address address, std::size_t size) {
  return span<T>(address, address == 0 ? 0 : size);
}

celoss::Shape shape_of(std::size_t N, std::size_t C, std::size_t D) {
  return {static_cast<std::int64_t>(N), static_cast<std::int64_t>(C), static_cast<std::int64_t>(D)};
}

celoss::Status last_status;

/// Calls function(T()) with T as the type of the elements. Gives the code of its status, 0 for ok; the functions below
/// tell the rest.
template <class Function>
int call(bool float64, Function function) {
  last_status = float64 ? function(double()) : function(float());
  return static_cast<int>(last_status.code);
}

/// 0: the name of the code, 1: that of the argument, 2: the message; terminated strings.
Address status_text(int which) {
  static char text[160];
  if (which == 0) return reinterpret_cast<Address>(celoss::code_name(last_status.code));
  if (which == 1) return reinterpret_cast<Address>(celoss::argument_name(last_status.argument));
  celoss::message(last_status, text);
  return reinterpret_cast<Address>(text);
}

/// 0: got, 1: expected, 2: index. (The message has their last digits.)
double status_number(int which) {
  const std::int64_t numbers[] = {last_status.got, last_status.expected, last_status.index};
  return static_cast<double>(numbers[which]);
}

/// How the elements of a target are to be read.
enum TargetType { indices_int32, indices_int64, probabilities };

template <class T>
celoss::Target<T> target_of(int type, Address address, std::size_t size) {
  if (type == indices_int32) return {.indices = span<const std::int32_t>(address, size)};
  if (type == indices_int64) return {.indices = span<const std::int64_t>(address, size)};
  return {.probabilities = span<const T>(address, size)};
}

/// A JavaScript number does not hold 64 bits: ignore_index comes in halves.
std::int64_t int64_of(std::uint32_t low, std::int32_t high) { return std::int64_t{high} * 0x100000000 + low; }

}  // namespace

extern "C" {

/// Embind would name types in its errors with the C library's, which is 4 KB.
int siprintf(char* text, const char*, ...) {
  *text = '\0';
  return 0;
}

/// So many bytes of memory; 0: out of memory. Growing moves the memory: views taken before are dead then.
EMSCRIPTEN_KEEPALIVE Address allocate(std::size_t bytes) { return reinterpret_cast<Address>(std::malloc(bytes)); }

EMSCRIPTEN_KEEPALIVE void release(Address address) { std::free(reinterpret_cast<void*>(address)); }

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
EMSCRIPTEN_KEEPALIVE int row_wise(RowWise function, bool float64, Address input, Address grad_output, std::size_t N,
                                  std::size_t C, std::size_t D, Address output) {
  const celoss::Shape shape = shape_of(N, C, D);
  return call(float64, [&]<class T>(T) {
    const auto x = span<const T>(input, shape.numel());
    const auto grad = span<const T>(grad_output, shape.numel());
    const auto out = span<T>(output, shape.numel());
    switch (function) {
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

int sharpen(bool float64, Address input, std::size_t size, double sharpness, Address output) {
  return call(float64, [&]<class T>(T) {
    return celoss::sharpen(span<const T>(input, size), shape_of(1, size, 1), sharpness, span<T>(output, size));
  });
}

int raise_largest(bool float64, Address input, std::size_t size, double gap, Address output) {
  return call(float64, [&]<class T>(T) {
    return celoss::raise_largest(span<const T>(input, size), gap, span<T>(output, size));
  });
}

int rand_of(bool float64, double seed, Address output, std::size_t size) {
  return call(float64, [&]<class T>(T) {
    celoss::rand(static_cast<std::uint32_t>(seed), span<T>(output, size));
    return celoss::Status();
  });
}

int neg_log_curve(double p_min, std::size_t size, Address p, Address loss) {
  last_status = celoss::neg_log_curve(p_min, span<double>(p, size), span<double>(loss, size));
  return static_cast<int>(last_status.code);
}

/// A figure of floors.h.
template <double (*function)(std::int64_t) noexcept>
double of_classes(double C) {
  return function(static_cast<std::int64_t>(C));
}

/// Hands out a block piece by piece.
template <class T>
struct Block {
  T* next;

  std::span<T> operator()(std::size_t size) {
    const std::span<T> piece(next, size);
    next += size;
    return piece;
  }
};

/// The fields of a pipeline, one after another in their order.
template <class T>
celoss::PipelineTrace<T> pipeline(Block<T>& block, Block<std::int64_t>& predictions, std::size_t N, std::size_t numel,
                                  std::size_t losses) {
  return {.row_max = block(N),
          .shifted = block(numel),
          .exp = block(numel),
          .sum = block(N),
          .softmax = block(numel),
          .log_of_softmax = block(numel),
          .log_softmax = block(numel),
          .prediction = predictions(N),
          .picked = block(N),
          .picked_sum = block(1),
          .loss_by_hand = block(losses),
          .losses = block(N),
          .nll_loss = block(losses),
          .loss = block(losses),
          .grad_logits = block(numel)};
}

/// The plain pipeline in front of the other; target may be left out.
int trace(bool float64, Address logits, std::size_t N, std::size_t C, int target_type, Address target,
          std::size_t target_size, int reduction, std::uint32_t ignore_low, std::int32_t ignore_high,
          Address predictions, Address fields) {
  return call(float64, [&]<class T>(T) {
    const celoss::Options<T> options{.reduction = static_cast<celoss::Reduction>(reduction),
                                     .ignore_index = int64_of(ignore_low, ignore_high)};
    const std::size_t losses = options.reduction == celoss::Reduction::none ? N : 1;
    Block<std::int64_t> int64_block{reinterpret_cast<std::int64_t*>(predictions)};
    Block<T> block{reinterpret_cast<T*>(fields)};
    const auto plain = pipeline(block, int64_block, N, N * C, losses);
    const auto softmax_in_front = pipeline(block, int64_block, N, N * C, losses);
    const auto given = target_of<T>(target_type, target, target_size);
    return celoss::trace(span<const T>(logits, N * C), shape_of(N, C, 1), target == 0 ? nullptr : &given, options,
                         {plain, softmax_in_front});
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(celoss) {
  using emscripten::function;
  function("statusText", &status_text);
  function("statusNumber", &status_number);
  function("log", &log_of);
  function("trace", &trace);
  function("sharpen", &sharpen);
  function("raiseLargest", &raise_largest);
  function("rand", &rand_of);
  function("negLogCurve", &neg_log_curve);
  function("doubleSoftmaxFloor", &of_classes<celoss::double_softmax_floor>);
  function("doubleSoftmaxCeiling", &of_classes<celoss::double_softmax_ceiling>);
  function("uniformLoss", &of_classes<celoss::uniform_loss>);
}
