// The border to JavaScript: a flat table of names. Arrays cross it as addresses in the module's memory, in one block
// that scratch hands out; web/src/api/marshal.ts lays inputs and outputs out in it, copies in, calls and copies out.
// Arguments are checked there; nothing is computed here.
#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <span>
#include <string>

#include "celoss/celoss.h"

namespace {

using Address = std::uintptr_t;

template <class T>
std::span<T> span(Address address, std::int64_t size) {
  return {reinterpret_cast<T*>(address), static_cast<std::size_t>(size)};
}

/// An output that may be unwanted: address 0.
template <class T>
std::span<T> optional_span(Address address, std::int64_t size) {
  return address == 0 ? std::span<T>() : span<T>(address, size);
}

/// The one block that all calls share: at least that many bytes, until the next call of scratch; 0: out of memory.
/// It only ever grows, so there is nothing to free. Growing may move the memory: views taken before are dead then.
/// Even no bytes have an address.
Address scratch(double bytes) {
  static void* block = nullptr;
  static double capacity = 0;
  if (block == nullptr || bytes > capacity) {
    std::free(block);
    capacity = std::max(bytes, 1.0);
    block = capacity <= std::numeric_limits<std::size_t>::max() ? std::malloc(static_cast<std::size_t>(capacity)) : nullptr;
  }
  return reinterpret_cast<Address>(block);
}

/// A view of the module's memory, as a Uint8Array.
emscripten::val memory(Address address, std::size_t bytes) {
  return emscripten::val(emscripten::typed_memory_view(bytes, reinterpret_cast<const std::uint8_t*>(address)));
}

/// A celoss::Status in JavaScript's types. The message holds got and expected to the last digit.
struct Outcome {
  std::string code;
  std::string message = {}, argument = {};
  double got = 0, expected = 0, index = -1;
};

Outcome outcome(const celoss::Status& status) {
  if (status.ok()) return {celoss::code_name(status.code)};
  char text[160];
  return {celoss::code_name(status.code),
          {text, celoss::message(status, text)},
          celoss::argument_name(status.argument),
          static_cast<double>(status.got),
          static_cast<double>(status.expected),
          static_cast<double>(status.index)};
}

/// softmax and its kin: (N, C) to (N, C).
template <class T, celoss::Status (*function)(std::span<const T>, celoss::Shape, std::span<T>) noexcept>
Outcome row_wise(Address input, std::size_t N, std::size_t C, Address output) {
  const celoss::Shape shape{.N = N, .C = C};
  return outcome(function(span<const T>(input, shape.numel()), shape, span<T>(output, shape.numel())));
}

template <class T>
Outcome log(Address input, std::size_t size, Address output) {
  return outcome(celoss::log(span<const T>(input, size), span<T>(output, size)));
}

template <class T>
Outcome sharpen(Address input, std::size_t N, std::size_t C, double sharpness, Address output) {
  const celoss::Shape shape{.N = N, .C = C};
  return outcome(celoss::sharpen(span<const T>(input, shape.numel()), shape, sharpness, span<T>(output, shape.numel())));
}

template <class T>
Outcome raise_largest(Address input, std::size_t C, double gap, Address output) {
  return outcome(celoss::raise_largest(span<const T>(input, C), gap, span<T>(output, C)));
}

template <class T>
Outcome rand(double seed, Address output, std::size_t size) {
  celoss::rand(static_cast<std::uint32_t>(seed), span<T>(output, size));
  return outcome({});
}

Outcome neg_log_curve(double p_min, std::size_t size, Address p, Address loss) {
  return outcome(celoss::neg_log_curve(p_min, span<double>(p, size), span<double>(loss, size)));
}

/// A figure of floors.h.
template <double (*function)(std::int64_t) noexcept>
double of_classes(double C) {
  return function(static_cast<std::int64_t>(C));
}

/// What the loss functions and the trace read.
struct LossArguments {
  Address input;  // (N, C)
  std::size_t N, C;
  Address target;  // (target_size) int64; the trace takes 0: no targets
  std::size_t target_size;
  celoss::Reduction reduction;
  Address ignore_index;  // (1) int64
};

template <class T>
struct CoreArguments {
  std::span<const T> input;
  celoss::Shape shape;
  celoss::Target<T> target;
  celoss::Options<T> options;

  explicit CoreArguments(const LossArguments& from)
      : shape{.N = from.N, .C = from.C},
        target{.indices = span<const std::int64_t>(from.target, from.target_size)},
        options{.reduction = from.reduction, .ignore_index = span<const std::int64_t>(from.ignore_index, 1)[0]} {
    input = span<const T>(from.input, shape.numel());
  }

  std::int64_t loss_size() const { return options.reduction == celoss::Reduction::none ? shape.samples() : 1; }
};

/// nll_loss and cross_entropy; grad 0: not wanted.
template <class T, celoss::Status (*function)(std::span<const T>, celoss::Shape, const celoss::Target<T>&,
                                              const celoss::Options<T>&, std::span<T>, std::span<T>) noexcept>
Outcome loss(const LossArguments& from, Address loss, Address grad) {
  const CoreArguments<T> args(from);
  return outcome(function(args.input, args.shape, args.target, args.options, span<T>(loss, args.loss_size()),
                          optional_span<T>(grad, args.shape.numel())));
}

/// Where the fields of a celoss::PipelineTrace go.
struct PipelineAddresses {
  Address row_max, shifted, exp, sum, softmax, log_of_softmax, log_softmax, prediction;
  Address picked, picked_sum, loss_by_hand, losses, nll_loss, loss, grad_logits;
};

template <class T>
celoss::PipelineTrace<T> pipeline(const PipelineAddresses& at, const CoreArguments<T>& args) {
  const std::int64_t N = args.shape.N, numel = args.shape.numel(), loss_size = args.loss_size();
  return {.row_max = span<T>(at.row_max, N),
          .shifted = span<T>(at.shifted, numel),
          .exp = span<T>(at.exp, numel),
          .sum = span<T>(at.sum, N),
          .softmax = span<T>(at.softmax, numel),
          .log_of_softmax = span<T>(at.log_of_softmax, numel),
          .log_softmax = span<T>(at.log_softmax, numel),
          .prediction = span<std::int64_t>(at.prediction, N),
          .picked = span<T>(at.picked, N),
          .picked_sum = span<T>(at.picked_sum, 1),
          .loss_by_hand = span<T>(at.loss_by_hand, loss_size),
          .losses = span<T>(at.losses, N),
          .nll_loss = span<T>(at.nll_loss, loss_size),
          .loss = span<T>(at.loss, loss_size),
          .grad_logits = span<T>(at.grad_logits, numel)};
}

template <class T>
Outcome trace(const LossArguments& from, const PipelineAddresses& plain, const PipelineAddresses& softmax_in_front) {
  const CoreArguments<T> args(from);
  return outcome(celoss::trace(args.input, args.shape, from.target == 0 ? nullptr : &args.target, args.options,
                               {.plain = pipeline(plain, args), .softmax_in_front = pipeline(softmax_in_front, args)}));
}

}  // namespace

EMSCRIPTEN_BINDINGS(celoss) {
  using emscripten::function;

  function("scratch", &scratch);
  function("memory", &memory);

  emscripten::value_object<Outcome>("Outcome")
      .field("code", &Outcome::code)
      .field("message", &Outcome::message)
      .field("argument", &Outcome::argument)
      .field("got", &Outcome::got)
      .field("expected", &Outcome::expected)
      .field("index", &Outcome::index);

  emscripten::enum_<celoss::Reduction>("Reduction")
      .value("none", celoss::Reduction::none)
      .value("mean", celoss::Reduction::mean)
      .value("sum", celoss::Reduction::sum);

  emscripten::value_object<LossArguments>("LossArguments")
      .field("input", &LossArguments::input)
      .field("N", &LossArguments::N)
      .field("C", &LossArguments::C)
      .field("target", &LossArguments::target)
      .field("targetSize", &LossArguments::target_size)
      .field("reduction", &LossArguments::reduction)
      .field("ignoreIndex", &LossArguments::ignore_index);

  emscripten::value_object<PipelineAddresses>("PipelineAddresses")
      .field("rowMax", &PipelineAddresses::row_max)
      .field("shifted", &PipelineAddresses::shifted)
      .field("exp", &PipelineAddresses::exp)
      .field("sum", &PipelineAddresses::sum)
      .field("softmax", &PipelineAddresses::softmax)
      .field("logOfSoftmax", &PipelineAddresses::log_of_softmax)
      .field("logSoftmax", &PipelineAddresses::log_softmax)
      .field("prediction", &PipelineAddresses::prediction)
      .field("picked", &PipelineAddresses::picked)
      .field("pickedSum", &PipelineAddresses::picked_sum)
      .field("lossByHand", &PipelineAddresses::loss_by_hand)
      .field("losses", &PipelineAddresses::losses)
      .field("nllLoss", &PipelineAddresses::nll_loss)
      .field("loss", &PipelineAddresses::loss)
      .field("gradLogits", &PipelineAddresses::grad_logits);

  function("softmax_float32", &row_wise<float, celoss::softmax>);
  function("softmax_float64", &row_wise<double, celoss::softmax>);
  function("naiveSoftmax_float32", &row_wise<float, celoss::naive_softmax>);
  function("naiveSoftmax_float64", &row_wise<double, celoss::naive_softmax>);
  function("logSoftmax_float32", &row_wise<float, celoss::log_softmax>);
  function("logSoftmax_float64", &row_wise<double, celoss::log_softmax>);
  function("log_float32", &log<float>);
  function("log_float64", &log<double>);
  function("sharpen_float32", &sharpen<float>);
  function("sharpen_float64", &sharpen<double>);
  function("raiseLargest_float32", &raise_largest<float>);
  function("raiseLargest_float64", &raise_largest<double>);
  function("rand_float32", &rand<float>);
  function("rand_float64", &rand<double>);
  function("nllLoss_float32", &loss<float, celoss::nll_loss>);
  function("nllLoss_float64", &loss<double, celoss::nll_loss>);
  function("crossEntropy_float32", &loss<float, celoss::cross_entropy>);
  function("crossEntropy_float64", &loss<double, celoss::cross_entropy>);
  function("trace_float32", &trace<float>);
  function("trace_float64", &trace<double>);
  function("negLogCurve", &neg_log_curve);
  function("doubleSoftmaxFloor", &of_classes<celoss::double_softmax_floor>);
  function("doubleSoftmaxCeiling", &of_classes<celoss::double_softmax_ceiling>);
  function("uniformLoss", &of_classes<celoss::uniform_loss>);
}
