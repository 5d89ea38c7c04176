#include "check.h"

namespace celoss {

std::int64_t checked_numel(Shape shape) {
  // Nearly always so, and without divisions, which take as long as an exp.
  if (static_cast<std::uint64_t>(shape.N | shape.C | shape.D) < (1 << 20)) return shape.numel();
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

Status check_size(std::size_t size, Shape shape) { return check_values(size, checked_numel(shape), Argument::logits); }

Status check_values(std::size_t size, std::int64_t expected, Argument argument) {
  if (static_cast<std::int64_t>(size) == expected) return {};
  return {.code = StatusCode::size_mismatch,
          .argument = argument,
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

namespace {

Status check_label_smoothing(double label_smoothing) {
  if (label_smoothing >= 0 && label_smoothing <= 1) return {};
  return {.code = StatusCode::label_smoothing_out_of_range, .argument = Argument::label_smoothing};
}

Status check_weight(std::size_t size, Shape shape) {
  const auto count = static_cast<std::int64_t>(size);
  if (count == 0 || count == shape.C) return {};
  return {.code = StatusCode::weight_size_mismatch, .argument = Argument::weight, .got = count, .expected = shape.C};
}

Status check_indices(const Indices& indices, std::int64_t ignore_index, Shape shape) {
  const auto C = static_cast<std::uint64_t>(shape.C);
  const auto is_wrong = [&](std::int64_t t) { return t != ignore_index && static_cast<std::uint64_t>(t) >= C; };
  // All of them first, without a branch that would keep compilers from vectors.
  const bool are_right = indices.visit([&](auto indices) {
    bool any_wrong = false;
    for (const auto t : indices) any_wrong |= is_wrong(t);
    return !any_wrong;
  });
  if (are_right) return {};
  std::size_t i = 0;
  while (!is_wrong(indices[i])) ++i;
  return {.code = StatusCode::target_out_of_bounds,
          .argument = Argument::target,
          .got = indices[i],
          .expected = shape.C,
          .index = static_cast<std::int64_t>(i)};
}

}  // namespace

// In PyTorch's order, so that of several errors it is the same one that is told.
template <class T>
Status check_loss_arguments(const Target<T>& target, const Options<T>& options, Shape shape) {
  if (target.has_probabilities()) {
    if (options.ignore_index >= 0) {
      return {.code = StatusCode::ignore_index_with_probabilities,
              .argument = Argument::ignore_index,
              .got = options.ignore_index};
    }
    const Status size = check_values(target.probabilities.size(), shape.numel(), Argument::target);
    if (!size.ok()) return size;
    if (Status status = check_weight(options.weight.size(), shape); !status.ok()) return status;
    return check_label_smoothing(options.label_smoothing);
  }
  if (Status status = check_label_smoothing(options.label_smoothing); !status.ok()) return status;
  const auto count = static_cast<std::int64_t>(target.indices.size());
  if (count != shape.samples()) {
    return {.code = StatusCode::batch_size_mismatch,
            .argument = Argument::target,
            .got = count,
            .expected = shape.samples()};
  }
  if (Status status = check_weight(options.weight.size(), shape); !status.ok()) return status;
  return check_indices(target.indices, options.ignore_index, shape);
}

template Status check_loss_arguments(const Target<float>&, const Options<float>&, Shape);
template Status check_loss_arguments(const Target<double>&, const Options<double>&, Shape);

}  // namespace celoss
