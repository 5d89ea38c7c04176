#include "celoss/lab/statistics.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "../check.h"
#include "../math.h"
#include "../row.h"

namespace celoss {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
/// Entries of probabilities are exact at 0 and 1, whatever the softmax.
constexpr double entry_tolerance = 1e-6;

/// How far the sum of so many numbers, whose own sum is 1, may be off.
double sum_tolerance(const Precision& precision, std::int64_t count) {
  const auto n = static_cast<double>(count);
  if (precision.half_step == 0) return 2 * precision.unit + n * 0x1p-23;
  const double print = precision.half_step * std::min(n, 2 + 2.5 * std::sqrt(n));
  const double half_precision = precision.unit > 0x1p-24 ? 2 * precision.unit : 0;
  return print + std::max(1e-6, n * 0x1p-33) + half_precision;
}

double q_log_q(double q) { return q == 0 ? 0 : q * math::log(q); }

/// Whether a number is a multiple of 1 / steps, but for its rounding.
bool is_multiple(double value, int steps) {
  const double multiple = value * steps;
  return std::abs(multiple - std::floor(multiple + 0.5)) <= 1e-6 * std::abs(multiple);
}

/// What a row says by itself.
struct RowFacts {
  Range finite;
  double sum = 0, squares = 0;
  std::int64_t count = 0;  // of finite entries
  std::int64_t zeros = 0, ones = 0, near_zero = 0, low = 0, high = 0, high_size = 0;
  std::int64_t nan = 0, inf = 0, neg_inf = 0;
  std::uint64_t hash = 0xcbf29ce484222325;

  bool is_broken(std::int64_t C) const { return nan > 0 || inf > 0 || (C > 0 && neg_inf == C); }
  bool is_one_hot(std::int64_t C) const { return ones == 1 && zeros == C - 1; }
  bool is_finite(std::int64_t C) const { return count == C; }
};

std::uint64_t mixed(std::uint64_t hash, double value) {
  return (hash ^ __builtin_bit_cast(std::uint64_t, value + 0.0)) * 0x100000001b3;  // -0 is 0
}

}  // namespace

Precision precision_of(ScalarType type, int decimals) noexcept {
  const double unit = type == ScalarType::float16    ? 0x1p-11
                      : type == ScalarType::bfloat16 ? 0x1p-8
                      : type == ScalarType::float64  ? 0x1p-53
                                                     : 0x1p-24;
  return {half_step_of(decimals), unit};
}

double half_step_of(int decimals) noexcept {
  if (decimals < 0) return 0;
  double power = 1;
  for (int i = 0; i < std::min(decimals, 400); ++i) power *= 10;
  return 0.5 / power;
}

void Confidence::add(double probability, bool is_right) {
  if (!(probability >= 0)) return;
  const auto bin = static_cast<std::size_t>(probability * static_cast<double>(bins));
  ++counts[std::min(bin, bins - 1) + (is_right ? 0 : bins)];
  ++count;
  total += probability;
}

void Confidence::merge(const Confidence& other) {
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += other.counts[i];
  count += other.count;
  total += other.total;
}

double Statistics::tolerance_of(std::int64_t count) const { return sum_tolerance(batch_->logits, count); }
double Statistics::target_tolerance() const { return sum_tolerance(batch_->probabilities, batch_->shape.C); }

double Statistics::deviation_of_logits() const {
  if (finite == 0) return 0;
  const double mean = sum / static_cast<double>(finite);
  return std::sqrt(std::max(0.0, squares / static_cast<double>(finite) - mean * mean));
}

Statistics::Statistics(const Batch& batch, const StatisticsMemory& memory) noexcept : batch_(&batch), memory_(memory) {
  std::fill(memory.column_sums.begin(), memory.column_sums.end(), 0.0);
  std::fill(memory.label_counts.begin(), memory.label_counts.end(), 0u);
  std::fill(memory.fingerprints.begin(), memory.fingerprints.end(), Fingerprint{0, 0, -1});
}

namespace {

/// -log p of every class of a row, whatever makes its probabilities.
template <class T>
class Costs {
 public:
  /// Those of logits.
  Costs(Row<const T> x, const LogSumExp& lse) : x_(x), kind_(Kind::logits), max_(lse.max), log_sum_(lse.log_sum()) {}
  /// Those of probabilities.
  static Costs of_probabilities(Row<const T> x) { return {x, Kind::probabilities, 0}; }
  /// Those of the logits before a sigmoid: the odds x / (1 - x) are their exps.
  static Costs of_sigmoids(Row<const T> x, std::int64_t C) {
    double sum = 0;
    for (std::int64_t c = 0; c < C; ++c) sum += odds(x[c]);
    return {x, Kind::sigmoids, math::log(sum)};
  }

  double operator[](std::int64_t c) const {
    if (kind_ == Kind::logits) return (max_ - x_[c]) + log_sum_;
    return log_sum_ - math::log(kind_ == Kind::sigmoids ? odds(x_[c]) : x_[c]);
  }

 private:
  enum class Kind : std::uint8_t { logits, probabilities, sigmoids };

  Costs(Row<const T> x, Kind kind, double log_sum) : x_(x), kind_(kind), max_(0), log_sum_(log_sum) {}
  static double odds(double x) { return x / (1 - x); }

  Row<const T> x_;
  Kind kind_;
  double max_, log_sum_;
};

}  // namespace

/// One piece on its way into the statistics.
template <class T>
class Statistics::Reading {
 public:
  Reading(Statistics& statistics, const Piece<T>& piece)
      : s_(statistics), batch_(statistics.batch()), piece_(piece), shape_{piece.n, batch_.shape.C, piece.d} {}

  void run() {
    for (std::int64_t i = 0; i < shape_.samples(); ++i) {
      const Row<const T> x = row(piece_.logits, shape_, i);
      read(i, x, log_sum_exp(x, C()));
    }
    read_lines();
  }

 private:
  std::int64_t C() const { return shape_.C; }

  /// How far the numbers along the last axis are from a sum of 1.
  void read_lines() {
    // (A piece that begins within a line comes behind one that ends there, whose lines are missing from the count.)
    if (batch_.last < 2 || piece_.d % batch_.last != 0) return;
    double sum = -1;
    std::int64_t left = batch_.last;
    for (const T value : piece_.logits) {
      sum += value;
      if (--left > 0) continue;
      s_.line_sum_error = std::max(s_.line_sum_error, std::abs(sum));
      ++s_.lines;
      sum = -1, left = batch_.last;
    }
  }

  /// The number of a sample in the whole batch.
  std::int64_t sample_of(std::int64_t i) const {
    return (piece_.n0 + i / shape_.D) * batch_.shape.D + piece_.d0 + i % shape_.D;
  }

  double weight(std::int64_t c) const { return batch_.weight.empty() ? 1 : batch_.weight[c]; }

  RowFacts scan(Row<const T> x, std::int64_t i) {
    RowFacts facts;
    const std::span<double> columns = s_.memory_.column_sums;
    double* column = columns.empty() ? nullptr : columns.data() + piece_.d0 + i % shape_.D;
    const double near = 3 * batch_.logits.half_step;
    for (std::int64_t c = 0; c < C(); ++c) {
      const double value = x[c];
      facts.hash = mixed(facts.hash, value);
      if (column != nullptr) column[c * batch_.shape.D] += value;
      if (!(std::abs(value) < infinity)) {
        ++(std::isnan(value) ? facts.nan : value > 0 ? facts.inf : facts.neg_inf);
        continue;
      }
      ++facts.count;
      facts.sum += value;
      facts.squares += value * value;
      facts.finite.add(value);
      facts.zeros += value == 0;
      facts.ones += value == 1;
      facts.near_zero += value > 0 && value <= near;
      facts.low += value < 0.05;
      facts.high += value > 0.95;
      facts.high_size += std::abs(value) > 0.95;
      while (s_.lattice <= max_lattice && std::floor(value * (1 << s_.lattice)) != value * (1 << s_.lattice)) {
        ++s_.lattice;
      }
      while (s_.decimal_steps > 0 && !is_multiple(value, s_.decimal_steps)) {
        s_.decimal_steps = s_.decimal_steps == 10 ? 20 : s_.decimal_steps == 20 ? 100 : 0;
      }
    }
    return facts;
  }

  void read(std::int64_t i, Row<const T> x, const LogSumExp& lse) {
    const std::int64_t sample = sample_of(i);
    const RowFacts facts = scan(x, i);
    ++s_.all_samples;
    if (!piece_.predictions.empty()) piece_.predictions[i] = static_cast<std::int32_t>(lse.argmax);
    if (!piece_.confidences.empty()) piece_.confidences[i] = static_cast<float>(1 / lse.sum());
    const bool has_indices = batch_.target == TargetKind::indices;
    if (has_indices) set_label(i, piece_.target.indices[i]);
    if (has_indices && piece_.target.indices[i] == batch_.ignore_index) {
      s_.broken_ignored_rows += facts.is_broken(C());
      return set_loss(i, 0);
    }
    add_row(sample, x, facts, lse);
    const Costs<T> costs(x, lse);
    if (has_indices) {
      read_label(i, sample, x, facts, lse, costs);
    } else if (batch_.target == TargetKind::probabilities) {
      read_probabilities(i, sample, x, facts, lse, costs);
    }
    if (batch_.is_ambiguous && has_indices) read_other_axis(i);
  }

  void set_loss(std::int64_t i, double loss) {
    if (!piece_.losses.empty()) piece_.losses[i] = static_cast<float>(loss);
  }

  void set_label(std::int64_t i, std::int64_t label) {
    constexpr std::int64_t least = std::numeric_limits<std::int32_t>::min(),
                           most = std::numeric_limits<std::int32_t>::max();
    if (!piece_.labels.empty()) piece_.labels[i] = static_cast<std::int32_t>(std::clamp(label, least, most));
  }

  /// What the logits alone say.
  void add_row(std::int64_t sample, Row<const T> x, const RowFacts& facts, const LogSumExp& lse) {
    ++s_.samples;
    s_.sum += facts.sum;
    s_.squares += facts.squares;
    s_.finite += facts.count;
    s_.zeros += facts.zeros;
    s_.near_zero += facts.near_zero;
    s_.low += facts.low;
    s_.high += facts.high;
    s_.high_size += facts.high_size;
    s_.nan += facts.nan;
    s_.inf += facts.inf;
    s_.neg_inf += facts.neg_inf;
    s_.zero_rows += facts.zeros == C();
    s_.whole_rows += C() > 0 && facts.neg_inf == C();
    if (facts.is_broken(C())) s_.broken_rows.add(sample);
    s_.logits.merge(facts.finite);
    if (!facts.finite.empty()) s_.row_range = std::max(s_.row_range, facts.finite.max - facts.finite.min);

    is_probability_ = facts.is_finite(C()) && facts.finite.min >= -entry_tolerance &&
                      facts.finite.max <= 1 + entry_tolerance && facts.sum - 1 <= tolerance_ &&
                      1 - facts.sum <= tolerance_ + batch_.logits.half_step * static_cast<double>(facts.zeros);
    if (is_probability_) {
      ++s_.probability_rows;
      s_.one_hot_rows += facts.is_one_hot(C());
      s_.row_sum_error = std::max(s_.row_sum_error, std::abs(facts.sum - 1));
      s_.row_ratio = std::max(s_.row_ratio, facts.finite.min <= 0 ? infinity : facts.finite.max / facts.finite.min);
    }
    const double log_sum_exp = std::abs(lse.max + lse.log_sum());
    s_.log_sum_exp_error = log_sum_exp <= s_.log_sum_exp_error ? s_.log_sum_exp_error
                           : std::isnan(log_sum_exp)           ? infinity
                                                               : log_sum_exp;
    compare_with_first(sample, x, facts);
  }

  /// How far the row is from the first one, up to a shift; not to the end where that is far.
  void compare_with_first(std::int64_t sample, Row<const T> x, const RowFacts& facts) {
    const std::span<double> first = s_.memory_.first_row;
    if (s_.first_sample_ < 0) {
      s_.first_sample_ = sample;
      for (std::int64_t c = 0; c < C(); ++c) first[c] = x[c];
      return;
    }
    if (s_.deviation == infinity) return;
    double shift = not_a_number, deviation = 0;
    for (std::int64_t c = 0; c < C() && deviation < infinity; ++c) {
      const double difference = x[c] - first[c];
      if (std::isnan(difference) && x[c] == first[c]) continue;  // -inf both
      if (std::isnan(shift)) shift = difference;
      const double off = std::abs(difference - shift);
      if (!(off <= 1e-4 * (1 + std::abs(facts.finite.max) + std::abs(facts.finite.min)))) deviation = infinity;
      deviation = std::max(deviation, off);
    }
    s_.deviation = std::max(s_.deviation, deviation);
  }

  /// The loss of a sample: the costs, as its target weighs them. label: that, or -1: t is the target.
  double loss_of(const Costs<T>& costs, std::int64_t label, Row<const T> t, bool is_weighted = true) const {
    const double e = batch_.label_smoothing, spread = e / static_cast<double>(C());
    const auto weight_of = [&](std::int64_t c) { return is_weighted ? weight(c) : 1; };
    if (label >= 0 && e == 0) return weight_of(label) * costs[label];
    double total = label >= 0 ? (1 - e) * weight_of(label) * costs[label] : 0;
    for (std::int64_t c = 0; c < C(); ++c) {
      total += (label >= 0 ? spread : (1 - e) * t[c] + spread) * weight_of(c) * costs[c];
    }
    return total;
  }
  double loss_of(const Costs<T>& costs, std::int64_t label) const { return loss_of(costs, label, {nullptr, 0}); }

  void read_label(std::int64_t i, std::int64_t sample, Row<const T> x, const RowFacts& facts, const LogSumExp& lse,
                  const Costs<T>& costs) {
    const std::int64_t label = piece_.target.indices[i];
    s_.labels.add(static_cast<double>(label));
    if (label >= 1 && label <= C()) {
      s_.shifted.add(loss_of(costs, label - 1), weight(label - 1));
      ++s_.shifted_labels;
      s_.shifted_correct += lse.argmax == label - 1;
    }
    if (label < 0 || label >= C()) {
      s_.add_wrong_label(label, sample);
      return set_loss(i, not_a_number);
    }
    add_loss(i, lse, label, loss_of(costs, label), weight(label));
    s_.losses += batch_.weight.empty() ? 0 : loss_of(costs, label, {nullptr, 0}, false);
    ++s_.memory_.label_counts[label];
    s_.target_logits += weight(label) * x[label];
    add_fixes(x, label, {nullptr, 0}, weight(label));

    const bool is_infinite = x[label] == -infinity || (batch_.label_smoothing > 0 && facts.neg_inf > 0);
    if (is_infinite && !facts.is_broken(C())) s_.infinite_losses.add(sample);
    const double gap = lse.max - x[label];
    if (gap < infinity) {
      s_.target_gap = std::max(s_.target_gap, gap);
      if (costs[label] > underflow_limit(batch_.logits)) s_.underflows.add(sample);
    }
    // The gradient with respect to the logits, in absolute values, is 2 (1 - p) at most.
    if (batch_.logits.half_step > 0) {
      const double others = 1 - math::exp(-costs[label]), e = batch_.label_smoothing;
      s_.rounding += 2 * batch_.logits.half_step * ((1 - e) * weight(label) * others + e * mean_weight_);
    }
    if (!facts.is_broken(C())) s_.find_conflict({facts.hash, label, sample});
  }

  void read_probabilities(std::int64_t i, std::int64_t sample, Row<const T> x, const RowFacts& facts,
                          const LogSumExp& lse, const Costs<T>& costs) {
    const Row<const T> t = row(piece_.target.probabilities, shape_, i);
    const double hot = 1 - batch_.label_smoothing, spread = batch_.label_smoothing / static_cast<double>(C());
    double sum = 0, q_sum = 0, q_log_qs = 0, rounding = 0;
    bool is_negative = false;
    Range entries;
    std::int64_t zeros = 0, ones = 0, argmax = 0;
    for (std::int64_t c = 0; c < C(); ++c) {
      const double entry = t[c], q = weight(c) * (hot * entry + spread);
      entries.add(entry);
      sum += entry;
      zeros += entry == 0;
      ones += entry == 1;
      if (t[c] > t[argmax]) argmax = c;
      is_negative |= !(q >= 0);
      q_sum += q;
      q_log_qs += is_negative ? 0 : q_log_q(q);
      if (batch_.probabilities.half_step > 0) rounding += weight(c) * costs[c];
    }
    set_label(i, argmax);
    add_loss(i, lse, argmax, loss_of(costs, -1, t), 1);
    s_.rounding += 2 * batch_.logits.half_step * q_sum + batch_.probabilities.half_step * rounding;
    s_.targets_floor += is_negative ? -infinity : q_log_q(q_sum) - q_log_qs;
    if (facts.neg_inf > 0 && !facts.is_broken(C())) s_.infinite_losses.add(sample);
    add_fixes(x, -1, t, 1);

    s_.target_sums.add(sum);
    s_.target_entries.merge(entries);
    if (zeros == C()) {
      ++s_.empty_targets;
      return;
    }
    if (ones + zeros == C()) {
      ++(ones == 1 ? s_.one_hot_targets : s_.k_hot_targets);
      if (ones == 1) s_.as_indices.add(loss_of(costs, argmax), weight(argmax));
    }
    const bool is_unit = entries.min >= -entry_tolerance && entries.max <= 1 + entry_tolerance;
    if (!is_unit || !(std::abs(sum - 1) <= target_tolerance_)) {
      const std::int64_t first = s_.wrong_sums.first;
      s_.wrong_sums.add(sample);
      if (s_.wrong_sums.first != first) s_.wrong_first_sum = sum;
    }
  }

  void add_loss(std::int64_t i, const LogSumExp& lse, std::int64_t label, double loss, double weight) {
    set_loss(i, loss);
    s_.loss.add(loss, weight);
    ++s_.labelled;
    s_.correct += lse.argmax == label;
    s_.confidence.add(1 / lse.sum(), lse.argmax == label);
  }

  /// The losses of what would come in without a layer in front, as long as it looks as if there were one.
  void add_fixes(Row<const T> x, std::int64_t label, Row<const T> t, double weight) {
    if (s_.probability_rows == s_.samples) {
      s_.as_probabilities.add(loss_of(Costs<T>::of_probabilities(x), label, t), weight);
    }
    if (!is_probability_ && s_.in_unit_interval()) {
      s_.as_sigmoids.add(loss_of(Costs<T>::of_sigmoids(x, C()), label, t), weight);
    }
  }

  /// The same label for the row that begins where the i-th of the last axis does.
  void read_other_axis(std::int64_t i) {
    const std::int64_t label = piece_.target.indices[i];
    if (label < 0 || label >= C()) return;
    const Row<const T> x{piece_.logits.data() + i * C(), 1};
    s_.other_axis.add(loss_of(Costs<T>(x, log_sum_exp(x, C())), label), weight(label));
  }

  double weights() const {
    double sum = 0;
    for (std::int64_t c = 0; c < C(); ++c) sum += weight(c);
    return sum;
  }

  Statistics& s_;
  const Batch& batch_;
  const Piece<T>& piece_;
  const Shape shape_;
  const double tolerance_ = s_.row_tolerance(), target_tolerance_ = s_.target_tolerance();
  const double mean_weight_ = weights() / static_cast<double>(batch_.shape.C);
  bool is_probability_ = false;
};

template <class T>
Status Statistics::add(const Piece<T>& piece) noexcept {
  const IeeeArithmetic ieee;
  const Shape shape{piece.n, batch_->shape.C, piece.d};
  if (Status status = check_size(piece.logits.size(), shape); !status.ok()) return status;
  const std::int64_t samples = shape.samples();
  if (batch_->target == TargetKind::probabilities) {
    const Status status = check_values(piece.target.probabilities.size(), shape.numel(), Argument::target);
    if (!status.ok()) return status;
  } else if (batch_->target == TargetKind::indices) {
    const auto size = static_cast<std::int64_t>(piece.target.indices.size());
    if (size != samples) {
      return {StatusCode::batch_size_mismatch, Argument::target, size, samples};
    }
  }
  for (const std::size_t size :
       {piece.losses.size(), piece.predictions.size(), piece.confidences.size(), piece.labels.size()}) {
    if (size != 0) {
      if (Status status = check_output(size, samples); !status.ok()) return status;
    }
  }
  if (batch_->is_ambiguous && piece.d != batch_->shape.D) {
    return {StatusCode::size_mismatch, Argument::logits, piece.d, batch_->shape.D};
  }
  if (batch_->shape.C > 0) Reading<T>(*this, piece).run();
  return {};
}

void Statistics::add_wrong_label(std::int64_t label, std::int64_t sample) {
  const std::int64_t first = wrong.first;
  wrong.add(sample);
  if (wrong.first != first) wrong_first_label = label;
  add_wrong_label(label, {.count = 1, .first = sample});
}

void Statistics::add_wrong_label(std::int64_t label, const Seen& seen) {
  for (WrongLabel& known : wrong_labels) {
    if (known.seen.count > 0 && known.label != label) continue;
    known.label = label;
    return known.seen.merge(seen);
  }
}

void Statistics::find_conflict(const Fingerprint& row) {
  const std::size_t size = memory_.fingerprints.size();
  if (size == 0) return;
  std::size_t at = (row.hash ^ row.hash >> 32) % size;
  constexpr int tries = 16;  // where the table is full, rows are not kept
  for (int i = 0; i < tries; ++i, at = (at + 1) % size) {
    Fingerprint& known = memory_.fingerprints[at];
    if (known.sample < 0) {
      known = row;
      return;
    }
    if (known.hash != row.hash) continue;
    if (known.label != row.label) {
      const std::int64_t first = conflicts.first;
      conflicts.add(row.sample);
      if (conflicts.first != first) conflict_with = known.sample;
    }
    return;
  }
}

void Statistics::merge(const Statistics& other) noexcept {
  const IeeeArithmetic ieee;
  all_samples += other.all_samples;
  samples += other.samples;
  logits.merge(other.logits);
  sum += other.sum;
  squares += other.squares;
  finite += other.finite;
  zeros += other.zeros;
  near_zero += other.near_zero;
  low += other.low;
  high += other.high;
  high_size += other.high_size;
  lattice = std::max(lattice, other.lattice);
  const auto finer = [](int a, int b) { return a == 0 || b == 0 ? 0 : std::max(a, b); };
  decimal_steps = finer(decimal_steps, other.decimal_steps);
  row_range = std::max(row_range, other.row_range);
  zero_rows += other.zero_rows;
  probability_rows += other.probability_rows;
  row_sum_error = std::max(row_sum_error, other.row_sum_error);
  row_ratio = std::max(row_ratio, other.row_ratio);
  one_hot_rows += other.one_hot_rows;
  log_sum_exp_error = std::max(log_sum_exp_error, other.log_sum_exp_error);
  merge_first_row(other);
  lines += other.lines;
  line_sum_error = std::max(line_sum_error, other.line_sum_error);
  underflows.merge(other.underflows);
  target_gap = std::max(target_gap, other.target_gap);
  nan += other.nan;
  inf += other.inf;
  neg_inf += other.neg_inf;
  broken_rows.merge(other.broken_rows);
  whole_rows += other.whole_rows;
  broken_ignored_rows += other.broken_ignored_rows;
  infinite_losses.merge(other.infinite_losses);
  labels.merge(other.labels);
  for (const WrongLabel& known : other.wrong_labels) {
    if (known.seen.count > 0) add_wrong_label(known.label, known.seen);
  }
  const auto merge_first = [](Seen& seen, auto& number, const Seen& others, auto other_number) {
    const std::int64_t first = seen.first;
    seen.merge(others);
    if (seen.first != first) number = other_number;
  };
  merge_first(wrong, wrong_first_label, other.wrong, other.wrong_first_label);
  merge_first(wrong_sums, wrong_first_sum, other.wrong_sums, other.wrong_first_sum);
  merge_first(conflicts, conflict_with, other.conflicts, other.conflict_with);
  loss.merge(other.loss);
  losses += other.losses;
  rounding += other.rounding;
  labelled += other.labelled;
  correct += other.correct;
  confidence.merge(other.confidence);
  shifted.merge(other.shifted);
  shifted_labels += other.shifted_labels;
  shifted_correct += other.shifted_correct;
  as_probabilities.merge(other.as_probabilities);
  as_sigmoids.merge(other.as_sigmoids);
  target_logits += other.target_logits;
  other_axis.merge(other.other_axis);
  target_sums.merge(other.target_sums);
  target_entries.merge(other.target_entries);
  empty_targets += other.empty_targets;
  one_hot_targets += other.one_hot_targets;
  k_hot_targets += other.k_hot_targets;
  as_indices.merge(other.as_indices);
  targets_floor += other.targets_floor;
  for (std::size_t i = 0; i < memory_.column_sums.size(); ++i) memory_.column_sums[i] += other.memory_.column_sums[i];
  for (std::size_t i = 0; i < memory_.label_counts.size(); ++i)
    memory_.label_counts[i] += other.memory_.label_counts[i];
  for (const Fingerprint& row : other.memory_.fingerprints) {
    if (row.sample >= 0) find_conflict(row);
  }
}

void Statistics::merge_first_row(const Statistics& other) {
  if (other.first_sample_ < 0) return;
  const std::span<double> first = memory_.first_row, others = other.memory_.first_row;
  double apart = 0, shift = not_a_number;
  if (first_sample_ < 0) {
    std::copy(others.begin(), others.end(), first.begin());
    first_sample_ = other.first_sample_;
  }
  for (std::size_t c = 0; c < first.size(); ++c) {
    const double difference = others[c] - first[c];
    if (std::isnan(difference) && others[c] == first[c]) continue;
    if (std::isnan(shift)) shift = difference;
    const double off = std::abs(difference - shift);
    apart = off <= apart ? apart : std::isnan(off) ? infinity : off;
  }
  deviation = std::max(deviation, other.deviation + apart);
}

template Status Statistics::add(const Piece<float>&) noexcept;
template Status Statistics::add(const Piece<double>&) noexcept;

}  // namespace celoss
