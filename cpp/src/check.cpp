#include "check.h"

namespace celoss {

std::int64_t checked_numel(Shape shape) {
  constexpr std::int64_t limit = std::int64_t{1} << 62;
  std::int64_t product = 1;
  bool empty = false;
  for (const std::int64_t size : {shape.N, shape.C, shape.D}) {
    if (size < 0) return -1;
    if (size == 0) {
      empty = true;
    } else if (product > limit / size) {
      return -1;
    } else {
      product *= size;
    }
  }
  return empty ? 0 : product;
}

Status check_size(std::size_t size, Shape shape) {
  const std::int64_t expected = checked_numel(shape);
  if (expected >= 0 && static_cast<std::int64_t>(size) == expected) return {};
  return {.code = StatusCode::size_mismatch,
          .argument = Argument::logits,
          .got = static_cast<std::int64_t>(size),
          .expected = expected};
}

Status check_output(std::size_t size, std::int64_t expected) {
  if (static_cast<std::int64_t>(size) == expected) return {};
  return {.code = StatusCode::output_size_mismatch,
          .argument = Argument::output,
          .got = static_cast<std::int64_t>(size),
          .expected = expected};
}

template <class T>
Status check_loss_arguments(const Target<T>& target, const Options<T>& options, Shape shape) {
  const auto not_supported = [](Argument argument) {
    return Status{.code = StatusCode::not_supported, .argument = argument};
  };
  if (!options.weight.empty()) return not_supported(Argument::weight);
  if (options.label_smoothing != 0) return not_supported(Argument::label_smoothing);
  if (!target.probabilities.empty()) return not_supported(Argument::target);

  const auto count = static_cast<std::int64_t>(target.indices.size());
  if (count != shape.samples()) {
    return {.code = StatusCode::batch_size_mismatch,
            .argument = Argument::target,
            .got = count,
            .expected = shape.samples()};
  }
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t t = target.indices[i];
    if (t != options.ignore_index && (t < 0 || t >= shape.C)) {
      return {.code = StatusCode::target_out_of_bounds,
              .argument = Argument::target,
              .got = t,
              .expected = shape.C,
              .index = i};
    }
  }
  return {};
}

template Status check_loss_arguments(const Target<float>&, const Options<float>&, Shape);
template Status check_loss_arguments(const Target<double>&, const Options<double>&, Shape);

}  // namespace celoss
