#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>

#include "celoss/lab/call.h"
#include "celoss/shape.h"
#include "celoss/status.h"
#include "celoss/target.h"

namespace celoss {

/// How exact numbers are as they were brought.
struct Precision {
  /// Half of the last decimal of a print; 0: not rounded so.
  double half_step = 0;
  /// The relative rounding error of their dtype: 2^-24 for float32, 2^-11 for float16, 2^-8 for bfloat16.
  double unit = 0x1p-24;
};

/// What a dtype and the decimals of a print say; decimals below 0: not rounded so.
Precision precision_of(ScalarType type, int decimals) noexcept;

/// Half of the last of so many decimals; 0 for decimals below 0.
double half_step_of(int decimals) noexcept;

/// Beyond this gap to its row's log_sum_exp the softmax of a logit is 0, and its log -inf: in float32, or in float64.
constexpr double underflow_limit(const Precision& precision) { return precision.unit < 0x1p-24 ? 745.13 : 103.97; }

/// A batch, as it is read piece by piece.
struct Batch {
  Shape shape;
  TargetKind target = TargetKind::none;
  /// Where the last axis might as well be the classes; then pieces are whole in D.
  bool is_ambiguous = false;
  /// The size of the last axis, where it is not the classes; else 0.
  std::int64_t last = 0;
  Precision logits, probabilities;
  std::int64_t ignore_index = -100;
  /// (C); empty: all 1.
  std::span<const double> weight;
  double label_smoothing = 0;
};

/// A row that was met, to be found again.
struct Fingerprint {
  std::uint64_t hash;
  std::int64_t label;
  std::int64_t sample;  ///< -1: none yet
};

/// What a batch needs memory for, beside a few numbers. The caller owns it; Statistics write it.
struct StatisticsMemory {
  std::span<double> column_sums;          ///< (C, D), or empty: they are not looked at
  std::span<std::uint32_t> label_counts;  ///< (C)
  std::span<double> first_row;            ///< (C)
  std::span<Fingerprint> fingerprints;    ///< a power of two, or empty: equal rows are not looked for
};

/// Samples n0 to n0 + n - 1 of N, and of each the places d0 to d0 + d - 1 of D.
template <class T>
struct Piece {
  std::int64_t n0 = 0, n = 0, d0 = 0, d = 0;
  std::span<const T> logits;  ///< (n, C, d)
  Target<T> target;           ///< (n, d), or (n, C, d); not read where the batch has none
  // What becomes of the samples; each empty, or (n, d).
  std::span<float> losses;              ///< out: the loss, 0 where it is ignored, NaN where the label is no class
  std::span<std::int32_t> predictions;  ///< out: the (first) class with the largest logit; NaN is the largest
  std::span<float> confidences;         ///< out: its probability
  std::span<std::int32_t> labels;       ///< out: the label; of probabilities the (first) class with the most
};

/// The smallest and the largest of some numbers.
struct Range {
  double min = std::numeric_limits<double>::infinity(), max = -std::numeric_limits<double>::infinity();

  void add(double value) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  void merge(const Range& other) {
    if (!other.empty()) add(other.min), add(other.max);
  }
  bool empty() const { return min > max; }
};

/// The first sample at which something was seen, and how often it was.
struct Seen {
  std::int64_t count = 0, first = -1;

  void add(std::int64_t sample) {
    if (first < 0 || sample < first) first = sample;
    ++count;
  }
  void merge(const Seen& other) {
    count += other.count;
    if (other.first >= 0 && (first < 0 || other.first < first)) first = other.first;
  }
};

/// A mean of losses on its way.
struct LossSum {
  double total = 0, divisor = 0;

  void add(double loss, double weight) { total += loss, divisor += weight; }
  void merge(const LossSum& other) { total += other.total, divisor += other.divisor; }
  double mean() const { return total / divisor; }
};

/// How sure predictions are, those that are right and those that are wrong; of labels that are classes.
struct Confidence {
  static constexpr std::size_t bins = 20;
  /// How many of those that are right have a probability in [i, i + 1) / bins, and behind these of those that are wrong; a
  /// probability of 1 is in the last.
  std::array<std::uint32_t, 2 * bins> counts{};
  std::int64_t count = 0;
  double total = 0;  ///< the sum of these probabilities

  /// NaN is passed over.
  void add(double probability, bool is_right);
  void merge(const Confidence& other);
  /// NaN: of none.
  double mean() const { return total / static_cast<double>(count); }
};

/// Everything that is known of a batch after its numbers have been read once. "Samples" are those that are not ignored:
/// of what is ignored only that it is there counts, and NaN in it.
class Statistics {
 public:
  /// The memory is emptied. batch must stay.
  Statistics(const Batch& batch, const StatisticsMemory& memory) noexcept;

  /// Reads a piece. Pieces may come in any order.
  /// Errors: size_mismatch (logits, probabilities), batch_size_mismatch (labels), output_size_mismatch.
  template <class T>
  Status add(const Piece<T>& piece) noexcept;

  /// Takes over what others, with memory of their own, know of other pieces of the same batch. The findings are those of
  /// one that has read everything, but for how far rows differ from the first (constant_rows), which may be found larger.
  void merge(const Statistics& other) noexcept;

  const Batch& batch() const { return *batch_; }
  const StatisticsMemory& memory() const { return memory_; }

  // Rows.
  std::int64_t all_samples = 0;  ///< ignored ones too
  std::int64_t samples = 0;
  Range logits;  ///< of finite ones
  double sum = 0, squares = 0;
  std::int64_t finite = 0;
  std::int64_t zeros = 0;                         ///< exact ones
  std::int64_t near_zero = 0;                     ///< the smallest positive number that the decimals can show
  std::int64_t low = 0, high = 0, high_size = 0;  ///< below 0.05, above 0.95, in absolute value above 0.95
  int lattice = 0;  ///< all are multiples of 2^-lattice; more than max_lattice: of none that counts
  static constexpr int max_lattice = 8;
  int decimal_steps = 10;  ///< all are multiples of 1 / 10, 1 / 20 or 1 / 100; 0: of none of these
  double row_range = 0;    ///< the largest max - min of a row
  std::int64_t zero_rows = 0;
  // Of rows as probabilities.
  std::int64_t probability_rows =
      0;                     ///< in [0, 1], with a sum of 1 within row_tolerance(), and what a print has rounded to 0
  double row_sum_error = 0;  ///< the largest of these
  double row_ratio = 0;      ///< their largest max / min
  std::int64_t one_hot_rows = 0;
  double log_sum_exp_error = 0;  ///< the largest |log sum exp| of a row
  double deviation = 0;          ///< of a row from the first, up to a shift
  std::int64_t lines = 0;        ///< along the last axis, of pieces that are whole in it
  double line_sum_error = 0;     ///< the largest of these, from 1; NaN is passed over
  Seen underflows;               ///< samples whose log(softmax) at the target is -inf in float32 (or float64)
  double target_gap = 0;         ///< the largest, of finite ones, from a target to its row's maximum
  // What is not finite.
  std::int64_t nan = 0, inf = 0, neg_inf = 0;
  Seen broken_rows;             ///< with NaN or inf, or nothing but -inf
  std::int64_t whole_rows = 0;  ///< of -inf
  std::int64_t broken_ignored_rows = 0;
  Seen infinite_losses;  ///< -inf at the target, or under smoothing anywhere
  // Labels.
  Range labels;  ///< not ignored
  struct WrongLabel {
    std::int64_t label = 0;
    Seen seen;
  };
  std::array<WrongLabel, 4> wrong_labels;  ///< that are no class, each other one
  Seen wrong;                              ///< all of them
  std::int64_t wrong_first_label = 0;
  Seen conflicts;                   ///< rows that are the same as one before with another label
  std::int64_t conflict_with = -1;  ///< of the first of these
  // Losses; NaN where a logit is.
  LossSum loss;         ///< with the labels that are classes
  double losses = 0;    ///< the same without weights
  double rounding = 0;  ///< how far rounded logits may be off in loss.total
  std::int64_t labelled = 0, correct = 0;
  Confidence confidence;
  LossSum shifted;  ///< with y - 1
  std::int64_t shifted_labels = 0, shifted_correct = 0;
  LossSum as_probabilities;  ///< if the rows are probabilities: of -log p
  LossSum as_sigmoids;       ///< if the entries are: of the logits before
  double target_logits = 0;  ///< sum of the logits at targets
  LossSum other_axis;        ///< along the last axis, of an ambiguous batch
  // Targets that are probabilities.
  Range target_sums, target_entries;
  Seen wrong_sums;  ///< rows with a sum that is not 1, or an entry outside [0, 1]
  double wrong_first_sum = 0;
  std::int64_t empty_targets = 0;                       ///< rows of zeros
  std::int64_t one_hot_targets = 0, k_hot_targets = 0;  ///< rows of zeros and a 1, and several
  LossSum as_indices;                                   ///< of the classes with the 1
  double targets_floor = 0;                             ///< sum of the least losses

  /// How far the sum of a row of probabilities may be from 1: what rounding, then and now, can do.
  double row_tolerance() const { return tolerance_of(batch_->shape.C); }
  /// The same of so many probabilities.
  double tolerance_of(std::int64_t count) const;
  double target_tolerance() const;
  /// The standard deviation of all finite logits.
  double deviation_of_logits() const;
  bool in_unit_interval() const { return logits.min >= -1e-6 && logits.max <= 1 + 1e-6 && !has_nonfinite(); }
  bool has_nonfinite() const { return nan + inf + neg_inf > 0; }
  bool all_whole() const { return lattice == 0; }

 private:
  template <class T>
  class Reading;

  void add_wrong_label(std::int64_t label, std::int64_t sample);
  void add_wrong_label(std::int64_t label, const Seen& seen);
  void find_conflict(const Fingerprint& row);
  void merge_first_row(const Statistics& other);

  const Batch* batch_;
  StatisticsMemory memory_;
  std::int64_t first_sample_ = -1;  ///< whose row is first_row
};

}  // namespace celoss
