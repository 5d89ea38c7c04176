#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>

#include "celoss/cxx20.h"

namespace celoss {

/// What can be wrong with a batch, or worth to know. Their names are public and never change their meaning;
/// web/src/lab/diagnosis/types.ts lists the numbers of each.
enum class Rule : std::uint8_t {
  softmax_in_front,
  softmax_twice_in_front,
  softmax_over_batch,
  softmax_over_axis,
  sigmoid_in_front,
  bounded_logits,
  relu_output,
  log_probabilities,
  negative_loss,
  keras_from_logits,
  labels_from_one,
  label_out_of_range,
  padding_label,
  labels_from_one_silent,
  device_side_assert,
  logits_dtype,
  target_dtype,
  one_hot_target,
  soft_target_sum,
  target_column,
  batch_mismatch,
  class_axis_last,
  class_axis_ambiguous,
  channels_last,
  float_target_single_sample,
  one_class,
  weighted_mean,
  all_ignored,
  smoothing_floor,
  reduction_sum,
  log_base,
  log_of_softmax_underflow,
  nonfinite_logits,
  half_precision,
  large_logits,
  at_chance,
  constant_rows,
  conflicting_labels,
  tiny_range,
  loss_accuracy_inconsistent,
  healthy,
  mean_of_means,
  option_mismatch,
};
constexpr int rules = static_cast<int>(Rule::option_mismatch) + 1;

enum class Severity : std::uint8_t { error, warning, info };

/// A number that proves a finding, or says where it is.
enum class Measure : std::uint8_t {
  // Where.
  rows,
  columns,
  first,
  second,
  // Proof.
  classes,
  loss,
  accuracy,
  floor,
  ceiling,
  distance,
  uniform_loss,
  tolerance,
  evidence,
  row_sum_error,
  column_sum_error,
  one_hot,
  ratio,
  low,
  high,
  min,
  max,
  zeros,
  zero_rows,
  log_sum_exp_error,
  mean_target_logit,
  is_nll,
  label,
  seen,
  shifted_loss,
  shifted_accuracy,
  index_loss,
  sum,
  k_hot,
  input_batch,
  target_batch,
  transposed,
  axis,
  other_axis,
  other_loss,
  divisor,
  unweighted_loss,
  ignore_index,
  label_smoothing,
  mean,
  factor,
  natural,
  base,
  gap,
  limit,
  nan,
  inf,
  neg_inf,
  at_target,
  whole_rows,
  ignored_rows,
  deviation,
  range,
  lower,
  upper,
  option,
  possible,
  settled_by,
};
constexpr int measures = static_cast<int>(Measure::settled_by) + 1;

/// Whether a measure says where: how many rows, which are the first.
constexpr bool is_where(Measure measure) { return measure < Measure::classes || measure == Measure::zero_rows; }

/// What a finding names, or a diagnosis could not check.
enum class Word : std::uint8_t {
  // What would settle a finding that is only possible.
  logits,
  labels,
  more_rows,
  more_decimals,
  accuracy,
  classes,
  code,
  // Options.
  weight,
  ignore_index,
  label_smoothing,
  // What could not be checked.
  reported_loss,
  reported_accuracy,
  column_sums,
  class_axis,
  evaluation_mode,
  data_leakage,
};
constexpr int words = static_cast<int>(Word::data_leakage) + 1;

/// Their names: softmax-in-front, row_sum_error, more-rows.
const char* rule_name(Rule rule) noexcept;
const char* measure_name(Measure measure) noexcept;
const char* word_name(Word word) noexcept;

/// A rule that applies.
class Finding {
 public:
  enum class Kind : std::uint8_t { number, boolean, word, unknown };
  struct Number {
    Measure measure;
    Kind kind;
    double value;
  };

  Finding() = default;
  Finding(Rule rule, Severity severity) : rule(rule), severity(severity) {}

  Rule rule = Rule::healthy;
  Severity severity = Severity::info;
  /// The loss after the fix.
  bool has_fixed_loss = false;
  double fixed_loss = 0;

  Finding& add(Measure measure, double value) { return add(measure, Kind::number, value); }
  Finding& add_bool(Measure measure, bool value) { return add(measure, Kind::boolean, value ? 1 : 0); }
  Finding& add_word(Measure measure, Word value) { return add(measure, Kind::word, static_cast<int>(value)); }
  Finding& add_if(bool is_known, Measure measure, double value) {
    return add(measure, is_known ? Kind::number : Kind::unknown, is_known ? value : 0);
  }
  Finding& add_unknown(std::initializer_list<Measure> measures) {
    for (const Measure measure : measures) add(measure, Kind::unknown, 0);
    return *this;
  }
  Finding& fixed(bool is_known, double loss) {
    has_fixed_loss = is_known;
    fixed_loss = is_known ? loss : 0;
    return *this;
  }
  /// It is allowed by the numbers, and not proved; this would.
  Finding& possible(Word settled_by) {
    severity = Severity::info;
    return add_bool(Measure::possible, true).add_word(Measure::settled_by, settled_by);
  }

  int size() const { return size_; }
  const Number& operator[](int i) const { return numbers_[i]; }
  /// The number of that name; null: there is none.
  const Number* find(Measure measure) const {
    for (int i = 0; i < size_; ++i) {
      if (numbers_[i].measure == measure) return &numbers_[i];
    }
    return nullptr;
  }

 private:
  Finding& add(Measure measure, Kind kind, double value) {
    if (size_ < max_numbers) numbers_[size_++] = {measure, kind, value};
    return *this;
  }

  static constexpr int max_numbers = 14;
  std::array<Number, max_numbers> numbers_;
  int size_ = 0;
};

}  // namespace celoss
