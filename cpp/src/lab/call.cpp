#include "celoss/lab/call.h"

#include <algorithm>

namespace celoss {
namespace {

using Sizes = std::span<const std::int64_t>;

std::int64_t product(Sizes sizes) {
  std::int64_t product = 1;
  for (const std::int64_t size : sizes) product *= size;
  return product;
}

/// A shape without one of its axes.
struct Without {
  Sizes sizes;
  std::size_t axis;

  std::size_t size() const { return sizes.size() - 1; }
  std::int64_t operator[](std::size_t i) const { return sizes[i < axis ? i : i + 1]; }
};

template <class A, class B>
bool same_sizes(const A& a, const B& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

/// Whether y is those sizes with one more axis of size 1, which is not the first.
bool has_extra_axis(Sizes y, const Without& sizes) {
  for (std::size_t i = 1; i < y.size(); ++i) {
    if (y[i] == 1 && same_sizes(Without{y, i}, sizes)) return true;
  }
  return false;
}

class Reader {
 public:
  explicit Reader(const CallTypes& call) : call_(call), x_(call.logits.shape) {}

  CallReading read() {
    const int rank = static_cast<int>(x_.size());
    axis_ = call_.class_axis >= 0 ? std::min(call_.class_axis, rank - 1) : rank == 1 ? 0 : 1;
    if (rank == 0) {
      if (call_.target != nullptr) {
        result_.add(Rule::batch_mismatch, Severity::error)
            .add_unknown({Measure::input_batch, Measure::target_batch, Measure::transposed});
      }
      return result_;
    }
    if (!is_floating(call_.logits.type) && call_.logits.is_stated) result_.add(Rule::logits_dtype, Severity::error);
    if (call_.target == nullptr) {
      result_.is_axis_guessed = rank > 2 && call_.class_axis < 0;
    } else if (same_sizes(call_.target->shape, x_)) {
      read_probabilities();
    } else {
      read_indices();
    }
    result_.class_axis = axis_;
    result_.last = axis_ + 1 < rank ? x_.back() : 0;
    result_.shape = {product(x_.first(axis_)), x_[axis_], product(x_.subspan(axis_ + 1))};
    read_options();
    return result_;
  }

 private:
  void read_probabilities() {
    const TensorType& target = *call_.target;
    const bool is_float = is_floating(target.type);
    const Severity severity = is_float ? Severity::info : Severity::error;
    if (x_.size() == 1) {
      result_.add(Rule::float_target_single_sample, severity).add(Measure::classes, static_cast<double>(x_[0]));
    } else if (!is_float && x_[axis_] == 1) {
      result_.add(Rule::target_column, severity);  // labels, of logits of one class
      return;
    } else if (!is_float) {
      result_.add(Rule::one_hot_target, severity);
    }
    result_.target = TargetKind::probabilities;
  }

  void read_indices() {
    const Sizes y = call_.target->shape;
    const std::size_t rank = x_.size(), last = rank - 1;
    const bool is_said = call_.class_axis >= 0;
    if (rank == 1) {
      if (!y.empty()) add_mismatch(1, y[0], false);
      if (product(y) != 1) return;
    } else if (same_sizes(y, Without{x_, axis()})) {
      result_.is_ambiguous = !is_said && rank > 2 && same_sizes(y, Without{x_, last});
    } else if (!is_said && rank > 2 && same_sizes(y, Without{x_, last})) {
      add_axis_last();
    } else if (has_extra_axis(y, {x_, axis()})) {
      result_.add(Rule::target_column, Severity::error);
    } else if (!is_said && rank > 2 && has_extra_axis(y, {x_, last})) {
      result_.add(Rule::target_column, Severity::error);
      add_axis_last();
    } else if (rank == 2 && y.size() == 2 && y[0] == x_[0] && y[1] > 1) {
      result_.add(Rule::one_hot_target, Severity::error);  // of another width
      return;
    } else if (!is_said && rank == 2 && y.size() == 1 && y[0] == x_[1]) {
      add_mismatch(x_[0], y[0], true);
      axis_ = 0;
    } else if (!is_said && !y.empty() && product(y) == product(x_.first(last))) {
      add_mismatch(x_[0], y[0], false);  // flattened: (N, T, C) with (N T), (N T, C) with (N, T)
      axis_ = static_cast<int>(last);
    } else {
      add_mismatch(x_[0], y.empty() ? 0 : y[0], false);
      return;
    }
    read_labels_type();
  }

  /// PyTorch takes int64; uint8 as long as it has a row per sample.
  void read_labels_type() {
    const auto& [shape, type, is_stated] = *call_.target;
    result_.target = TargetKind::indices;
    const bool is_taken = is_floating(type) ? false
                          : !is_stated      ? true
                                       : type == ScalarType::int64 || (type == ScalarType::uint8 && x_.size() <= 2);
    if (!is_taken) result_.add(Rule::target_dtype, Severity::error);
  }

  void add_axis_last() {
    axis_ = static_cast<int>(x_.size()) - 1;
    result_.add(x_.size() == 4 ? Rule::channels_last : Rule::class_axis_last, Severity::error)
        .add(Measure::axis, axis_);
  }

  void add_mismatch(std::int64_t input, std::int64_t target, bool is_transposed) {
    result_.add(Rule::batch_mismatch, Severity::error)
        .add(Measure::input_batch, static_cast<double>(input))
        .add(Measure::target_batch, static_cast<double>(target))
        .add_bool(Measure::transposed, is_transposed);
  }

  void read_options() {
    const auto mismatch = [&](Word option) {
      result_.add(Rule::option_mismatch, Severity::error).add_word(Measure::option, option);
    };
    const bool has_probabilities = result_.target == TargetKind::probabilities;
    if (call_.weight != nullptr) {
      const auto& [shape, type, is_stated] = *call_.weight;
      const bool fits = shape.size() == 1 && shape[0] == x_[axis_];
      const bool is_type_taken = has_probabilities || !is_stated || !call_.logits.is_stated ||
                                 !is_floating(call_.logits.type) || type == call_.logits.type;
      if (!fits || (!is_type_taken && call_.target != nullptr)) mismatch(Word::weight);
      result_.has_weight = fits;
    }
    if (has_probabilities && call_.ignore_index >= 0) mismatch(Word::ignore_index);
    if (!(call_.label_smoothing >= 0 && call_.label_smoothing <= 1)) mismatch(Word::label_smoothing);
  }

  std::size_t axis() const { return static_cast<std::size_t>(axis_); }

  const CallTypes& call_;
  const Sizes x_;
  int axis_ = 0;
  CallReading result_;
};

}  // namespace

CallReading read_call(const CallTypes& call) noexcept { return Reader(call).read(); }

}  // namespace celoss
