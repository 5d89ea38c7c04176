// Whatever the shapes, sizes, options and numbers, the loss functions and the softmax functions
// - read and write nothing outside their spans (AddressSanitizer) and do nothing undefined,
// - write nothing unless their status is ok, and else all of every output,
// - agree with themselves: the losses of Reduction::none sum up to that of Reduction::sum.
#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <type_traits>
#include <vector>

#include "celoss/celoss.h"

using celoss::Options;
using celoss::Reduction;
using celoss::Shape;
using celoss::Status;
using celoss::Target;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

/// Mostly what fits, now and then off by a little, rarely anything.
std::int64_t size(FuzzedDataProvider& data, std::int64_t right) {
  switch (data.ConsumeIntegralInRange(0, 63)) {
    case 0: return std::max<std::int64_t>(right + data.ConsumeIntegralInRange(-2, 2), 0);
    case 1: return data.ConsumeIntegralInRange(0, 64);
    default: return right;
  }
}

std::int64_t dimension(FuzzedDataProvider& data, std::int64_t max) {
  return data.ConsumeIntegralInRange(0, 63) == 0 ? data.ConsumeIntegral<std::int64_t>()
                                                 : data.ConsumeIntegralInRange<std::int64_t>(0, max);
}

/// How many values a shape asks for; what is too much for this test is left to the checks, as 0.
std::int64_t numel(Shape shape) {
  for (const std::int64_t size : {shape.N, shape.C, shape.D}) {
    if (size < 0 || size > 1000) return 0;
  }
  return shape.numel() > 100000 ? 0 : shape.numel();
}

/// Any bits at all, or numbers of everyday size.
template <class T>
std::vector<T> numbers(FuzzedDataProvider& data, std::int64_t count) {
  const bool is_everyday = data.ConsumeBool();
  std::vector<T> numbers(count);
  std::size_t unique = data.ConsumeIntegralInRange<std::size_t>(1, 64);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i >= unique) {
      numbers[i] = numbers[i - unique];
    } else if (is_everyday) {
      numbers[i] = static_cast<T>(data.ConsumeIntegral<std::int16_t>()) / 512;
    } else {
      using Bits = std::conditional_t<std::is_same_v<T, float>, std::uint32_t, std::uint64_t>;
      numbers[i] = __builtin_bit_cast(T, data.ConsumeIntegral<Bits>());
    }
  }
  return numbers;
}

template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

/// The same numbers, or NaN both.
template <class T>
bool same_numbers(const std::vector<T>& a, const std::vector<T>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!(a[i] == b[i]) && !(std::isnan(a[i]) && std::isnan(b[i]))) return false;
  }
  return a.size() == b.size();
}

/// Calls call(first, second) for two outputs: if its status is ok, all that it writes does not depend on what was there
/// before, and else it is untouched.
template <class T, class F>
Status check_outputs(std::vector<T>& first, std::vector<T>& second, F call) {
  const std::vector<T> ones(first.size(), 1), more_ones(second.size(), 1);
  first = ones, second = more_ones;
  const Status status = call(first, second);
  if (!status.ok()) {
    require(same_bits(first, ones) && same_bits(second, more_ones));
    char text[160];
    require(celoss::message(status, text) > 0);
    return status;
  }
  std::vector<T> other_first(first.size(), 2), other_second(second.size(), 2);
  require(call(other_first, other_second).ok());
  require(same_numbers(first, other_first) && same_numbers(second, other_second));
  return status;
}

template <class T>
void check_sum(const std::vector<T>& losses, T sum) {
  double total = 0, size = 0;
  for (const T loss : losses) total += loss, size += std::abs(loss);
  if (!std::isfinite(size) || size > std::numeric_limits<T>::max()) return;
  const double ulps = 4 + static_cast<double>(losses.size());
  const double ulp = std::numeric_limits<T>::epsilon() * size + std::numeric_limits<T>::denorm_min();
  require(std::abs(total - sum) <= ulps * ulp);
}

template <class T>
void fuzz_losses(FuzzedDataProvider& data, Shape shape) {
  const std::int64_t samples = numel({shape.N, 1, shape.D});
  const bool has_probabilities = data.ConsumeBool(), has_int32 = data.ConsumeBool(), has_grad = data.ConsumeBool();
  Options<T> options;
  options.reduction = data.PickValueInArray({Reduction::none, Reduction::mean, Reduction::sum});
  if (data.ConsumeBool()) options.ignore_index = data.ConsumeIntegralInRange<std::int64_t>(-2, 2);
  if (data.ConsumeBool()) options.label_smoothing = data.ConsumeIntegralInRange(-1, 11) / 10.0;
  const std::int64_t losses = options.reduction == Reduction::none ? samples : 1;

  std::vector<std::int64_t> indices(has_probabilities ? 0 : size(data, samples));
  for (std::int64_t& index : indices) {
    index = data.ConsumeIntegralInRange(0, 255) == 0
                ? data.ConsumeIntegral<std::int64_t>()
                : data.ConsumeIntegral<std::uint8_t>() % std::max<std::int64_t>(shape.C, 1);
  }
  const std::vector<std::int32_t> int32(indices.begin(), indices.end());
  const std::vector<T> probabilities = numbers<T>(data, has_probabilities ? size(data, numel(shape)) : 0);
  const std::vector<T> weight = numbers<T>(data, data.ConsumeBool() ? size(data, numel({1, shape.C, 1})) : 0);
  const std::vector<T> grad_output = numbers<T>(data, data.ConsumeBool() ? size(data, losses) : 0);
  options.weight = weight;
  Target<T> target{.probabilities = probabilities};
  target.indices = has_int32 ? celoss::Indices(int32) : celoss::Indices(indices);

  std::vector<T> loss(size(data, losses)), grad(has_grad ? size(data, numel(shape)) : 0);
  const std::vector<T> logits = numbers<T>(data, size(data, numel(shape)));
  check_outputs(loss, grad, [&](std::vector<T>& loss, std::vector<T>& grad) {
    return celoss::nll_loss<T>(logits, shape, target, options, loss, grad, grad_output);
  });
  const Status status = check_outputs(loss, grad, [&](std::vector<T>& loss, std::vector<T>& grad) {
    return celoss::cross_entropy<T>(logits, shape, target, options, loss, grad, grad_output);
  });
  if (!status.ok()) return;

  if (!grad.empty()) {
    std::vector<T> in_place = logits;
    require(celoss::cross_entropy<T>(in_place, shape, target, options, loss, in_place, grad_output).ok());
    require(same_numbers(in_place, grad));
  }
  std::vector<T> sum(1);
  loss.resize(samples);
  options.reduction = Reduction::none;
  require(celoss::cross_entropy<T>(logits, shape, target, options, loss).ok());
  options.reduction = Reduction::sum;
  require(celoss::cross_entropy<T>(logits, shape, target, options, sum).ok());
  check_sum(loss, sum[0]);
}

template <class T>
void fuzz_softmax(FuzzedDataProvider& data, Shape shape) {
  std::vector<T> output(size(data, numel(shape))), none;
  const std::vector<T> input = numbers<T>(data, size(data, numel(shape)));
  const std::vector<T> grad_output = numbers<T>(data, size(data, numel(shape)));
  const auto check = [&](auto function) {
    check_outputs(output, none, [&](std::vector<T>& output, std::vector<T>&) { return function(output); });
  };
  check([&](std::vector<T>& output) { return celoss::softmax<T>(input, shape, output); });
  check([&](std::vector<T>& output) { return celoss::log_softmax<T>(input, shape, output); });
  check([&](std::vector<T>& output) { return celoss::naive_softmax<T>(input, shape, output); });
  check([&](std::vector<T>& output) { return celoss::log<T>(input, output); });
  check([&](std::vector<T>& output) { return celoss::softmax_backward<T>(grad_output, input, shape, output); });
  check([&](std::vector<T>& output) { return celoss::log_softmax_backward<T>(grad_output, input, shape, output); });
}

template <class T>
void fuzz(FuzzedDataProvider& data) {
  const Shape shape{dimension(data, 20), dimension(data, data.ConsumeBool() ? 12 : 150), dimension(data, 3)};
  data.ConsumeBool() ? fuzz_losses<T>(data, shape) : fuzz_softmax<T>(data, shape);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  FuzzedDataProvider data(bytes, size);
  data.ConsumeBool() ? fuzz<float>(data) : fuzz<double>(data);
  return 0;
}
