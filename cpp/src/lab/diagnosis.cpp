#include "celoss/lab/diagnosis.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "../math.h"
#include "celoss/floors.h"

namespace celoss {
namespace {

/// Those that explain more come first; of one severity.
constexpr Rule order[] = {
    // PyTorch refuses the call: what is told first there, first.
    Rule::class_axis_last,
    Rule::channels_last,
    Rule::target_column,
    Rule::one_hot_target,
    Rule::float_target_single_sample,
    Rule::batch_mismatch,
    Rule::target_dtype,
    Rule::labels_from_one,
    Rule::padding_label,
    Rule::label_out_of_range,
    Rule::option_mismatch,
    Rule::logits_dtype,
    // The loss is no number, or no loss.
    Rule::nonfinite_logits,
    Rule::all_ignored,
    Rule::negative_loss,
    Rule::weighted_mean,
    // It is one that cannot fall as it should.
    Rule::one_class,
    Rule::softmax_in_front,
    Rule::softmax_over_batch,
    Rule::softmax_over_axis,
    Rule::class_axis_ambiguous,
    Rule::log_of_softmax_underflow,
    Rule::sigmoid_in_front,
    Rule::bounded_logits,
    Rule::relu_output,
    Rule::constant_rows,
    Rule::labels_from_one_silent,
    Rule::soft_target_sum,
    Rule::loss_accuracy_inconsistent,
    Rule::softmax_twice_in_front,
    Rule::smoothing_floor,
    Rule::at_chance,
    // Side notes.
    Rule::reduction_sum,
    Rule::log_base,
    Rule::log_probabilities,
    Rule::conflicting_labels,
    Rule::tiny_range,
    Rule::large_logits,
};

int rank(const Finding& finding) {
  const auto at = std::find(std::begin(order), std::end(order), finding.rule);
  // A floor that the loss is far above comes behind those that it is at.
  const Finding::Number* distance = finding.find(Measure::distance);
  const bool is_far = distance != nullptr && distance->kind == Finding::Kind::unknown;
  return static_cast<int>(finding.severity) * 100 + (is_far ? 50 : 0) + static_cast<int>(at - order);
}

/// How unlikely it is that sums are that near to 1 by chance, in powers of ten: sums of count numbers with that standard
/// deviation, each within tolerance.
double evidence_of(std::int64_t sums, double tolerance, double deviation, std::int64_t count) {
  const double chance = 2 * tolerance / (deviation * std::sqrt(static_cast<double>(count)));
  return chance < 1 ? -math::log(chance) / std::numbers::ln10 * static_cast<double>(sums) : 0;
}
constexpr double enough_evidence = 3;

/// A loss is at a mark, as far as anybody reads off a screen.
constexpr double at_mark = 0.02;
constexpr double good_accuracy = 0.9;
/// What a loss may lack of a bound and still be called at it.
constexpr double near_bound = 0.005;

double share(std::int64_t part, std::int64_t of) { return static_cast<double>(part) / static_cast<double>(of); }

/// Whether a share is above what chance gives by five standard deviations, and above least.
bool stands_out(std::int64_t part, std::int64_t of, double chance, double least) {
  const double spread = std::sqrt(chance * (1 - chance) / static_cast<double>(of));
  return share(part, of) >= std::max(least, chance + 5 * spread);
}

/// What no logits can have: a loss and an accuracy that contradict each other. Of class indices, without options.
void add_inconsistency(Diagnosis& result, const Question& question, std::int64_t C) {
  const auto& [is_known, loss, half_step] = question.loss;
  if (!is_known || !question.accuracy.is_known || question.label_smoothing > 0 || C < 2 || !(loss >= 0)) return;
  const double accuracy = question.accuracy.value;
  // 1, 1.0 and 100 % are exact.
  const bool are_all_right = accuracy == 1;
  const double error_rate = 1 - accuracy - (are_all_right ? 0 : question.accuracy.half_step);
  const double lower = least_loss(std::max(error_rate, 0.0)), upper = uniform_loss(C);
  const bool is_below = loss + half_step < lower, is_above = are_all_right && loss - half_step >= upper;
  if (!is_below && !is_above) return;
  result.add(Rule::loss_accuracy_inconsistent, Severity::warning)
      .add(Measure::loss, loss)
      .add(Measure::accuracy, accuracy)
      .add(Measure::lower, lower)
      .add_if(are_all_right, Measure::upper, upper);
}

/// The findings about a loss alone.
class LookUp {
 public:
  LookUp(const Question& question, Diagnosis& result)
      : question_(question), result_(result), loss_(question.loss.value), half_(question.loss.half_step) {}

  void run() {
    if (!question_.loss.is_known) return;
    if (!std::isfinite(loss_)) return see_no_number();
    if (loss_ < -std::max(1e-6, half_)) {
      result_.add(Rule::negative_loss, Severity::error)
          .add(Measure::loss, loss_)
          .add_unknown({Measure::mean_target_logit})
          .add_bool(Measure::is_nll, false);
      return;
    }
    const std::int64_t C = question_.classes;
    if (C == 0) return guess_classes();
    if (C == 1) {
      result_.add(Rule::one_class, Severity::warning).add_unknown({Measure::rows});
      return;
    }
    add_inconsistency(result_, question_, C);
    compare(C);
  }

 private:
  bool has_accuracy() const { return question_.accuracy.is_known; }
  bool is_good() const { return has_accuracy() && question_.accuracy.value >= good_accuracy; }
  bool is_bad() const { return has_accuracy() && !is_good(); }

  Finding& add(Rule rule, std::int64_t C, double floor) {
    return result_.add(rule, Severity::info)
        .add(Measure::classes, static_cast<double>(C))
        .add(Measure::loss, loss_)
        .add(Measure::floor, floor)
        .add_if(is_at(floor), Measure::distance, loss_ - floor)
        .add_if(has_accuracy(), Measure::accuracy, question_.accuracy.value);
  }

  Finding& add_softmax(std::int64_t C, double floor) {
    return add(Rule::softmax_in_front, C, floor)
        .add(Measure::ceiling, floor + 1)
        .add_unknown({Measure::row_sum_error, Measure::tolerance, Measure::evidence, Measure::one_hot});
  }

  bool is_at(double mark) const { return std::abs(loss_ - mark) <= at_mark; }

  void see_no_number() {
    result_.add(Rule::nonfinite_logits, Severity::info)
        .add(Measure::loss, loss_)
        .add_unknown({Measure::nan, Measure::inf, Measure::neg_inf, Measure::at_target, Measure::whole_rows,
                      Measure::ignored_rows})
        .possible(Word::logits);
    if (!std::isnan(loss_)) return;
    result_.add(Rule::all_ignored, Severity::info).add_unknown({Measure::ignore_index}).possible(Word::labels);
  }

  void compare(std::int64_t C) {
    const double e = question_.label_smoothing, chance = uniform_loss(C);
    const double floor = e > 0 ? double_softmax_smoothing_floor(C, e) : double_softmax_floor(C);
    const double wrong = has_accuracy() && e == 0 ? 1 - question_.accuracy.value : 0;
    // A wrong prediction behind a softmax has at most as much at its label as elsewhere, a half.
    const double least_wrong = math::log(2 + static_cast<double>(C - 2) * 0.60653065971263342);  // e^-1/2
    const double least = floor + std::max(wrong - question_.accuracy.half_step, 0.0) * (least_wrong - floor);
    const double lack = least - loss_ - half_;
    const bool is_at_chance =
        is_at(chance) && (!has_accuracy() || question_.accuracy.value <= 1.5 / static_cast<double>(C));
    // Nearly all predictions are right, and the loss is where a softmax in front would have it.
    const bool is_behind =
        e == 0 && is_good() && (wrong < 0.0201 || is_at(chance)) && loss_ > floor && loss_ - half_ < chance + wrong;
    // One that is sure of everything and wrong in some of it: all of these cost 1 more.
    const bool is_at_floor = (is_at(floor) || is_at(floor + wrong)) && lack <= at_mark && !is_at_chance;
    if (is_at_floor || is_behind) {
      Finding& finding = add_softmax(C, floor);
      if (is_good() && is_at(floor) && lack <= near_bound) {
        finding.severity = Severity::warning;
      } else {
        finding.possible(has_accuracy() ? Word::logits : Word::accuracy);
      }
    }
    const double twice = softmaxes_floor(C, 2), bounded = bounded_floor(C, 2);
    if (e == 0 && is_at(twice) && !is_bad() && !is_at(chance)) {
      add(Rule::softmax_twice_in_front, C, twice)
          .add_unknown({Measure::ratio})
          .possible(is_good() ? Word::logits : Word::accuracy);
    }
    if (e == 0 && is_at(bounded) && !is_bad()) {
      add(Rule::bounded_logits, C, bounded)
          .add_unknown({Measure::high, Measure::min, Measure::max})
          .possible(is_good() ? Word::logits : Word::accuracy);
    }
    const double smoothing = e > 0 ? e : 0.1, smoothed = smoothing_floor(C, smoothing);
    if (is_at(smoothed) && (e > 0 || is_good())) {
      Finding& finding = add(Rule::smoothing_floor, C, smoothed).add(Measure::label_smoothing, smoothing);
      if (e == 0) finding.possible(Word::code);
    }
    if (is_at_chance) add_chance(C);
  }

  Finding& add_chance(std::int64_t C) {
    const double chance = uniform_loss(C);
    return result_.add(Rule::at_chance, Severity::info)
        .add(Measure::classes, static_cast<double>(C))
        .add(Measure::loss, loss_)
        .add(Measure::uniform_loss, chance)
        .add(Measure::distance, loss_ - chance)
        .add_if(has_accuracy(), Measure::accuracy, question_.accuracy.value);
  }

  /// Of marks that move with the number of classes: the nearest, if no other is as near as what was printed allows.
  template <class F>
  std::int64_t classes_of(double guess, F mark) const {
    const double rounded = std::floor(guess + 0.5);
    if (!(rounded >= 2) || rounded > 1e6) return 0;
    const auto C = static_cast<std::int64_t>(rounded);
    const double nearness = std::max(half_, 0.0005);
    return std::abs(loss_ - mark(C)) <= nearness && mark(C + 1) - mark(C) > 8 * nearness ? C : 0;
  }

  void guess_classes() {
    const double exp = math::exp(loss_);
    const std::int64_t behind = classes_of(1 + std::numbers::e * (exp - 1), double_softmax_floor);
    const std::int64_t chance = classes_of(exp, uniform_loss);
    if (behind > 0 && !is_bad()) {
      add_softmax(behind, double_softmax_floor(behind)).possible(Word::classes);
    }
    if (chance > 0 && !is_good()) add_chance(chance).possible(Word::classes);
    if (loss_ >= 0 && loss_ <= 1e-6) {
      result_.add(Rule::one_class, Severity::info).add_unknown({Measure::rows}).possible(Word::classes);
    }
  }

  const Question& question_;
  Diagnosis& result_;
  const double loss_, half_;
};

/// The findings about the numbers of a batch.
class Doctor {
 public:
  Doctor(const CallReading& reading, const Statistics& statistics, const Question& question)
      : reading_(reading), s_(statistics), batch_(statistics.batch()), question_(question) {}

  Diagnosis run() {
    take_loss();
    for (const Finding& finding : reading_.findings()) add_reading(finding);
    if (s_.samples > 0 && C() > 0) {
      see_activations();
      see_numbers();
      see_labels();
      see_targets();
      see_options();
      see_model();
    } else if (!reading_.is_refused) {
      see_nothing();
    }
    see_reported();
    list_unchecked();
    result_.finish(false);
    return result_;
  }

 private:
  std::int64_t C() const { return batch_.shape.C; }
  double rows() const { return static_cast<double>(s_.samples); }
  bool has_indices() const { return batch_.target == TargetKind::indices; }
  bool has_probabilities() const { return batch_.target == TargetKind::probabilities; }
  bool has_labels() const { return s_.labelled > 0; }
  bool is_plain() const { return batch_.weight.empty() && batch_.label_smoothing == 0; }
  Finding& add(Rule rule, Severity severity) { return result_.add(rule, severity); }
  Finding& add_rows(Rule rule, Severity severity) { return add(rule, severity).add(Measure::rows, rows()); }
  bool has(Rule rule) const { return result_.find(rule) != nullptr; }

  double reduced(const LossSum& sum) const { return question_.reduction == Reduction::sum ? sum.total : sum.mean(); }

  void take_loss() {
    if (batch_.target == TargetKind::none) return;
    result_.divisor = s_.loss.divisor;
    result_.accuracy = has_labels() ? share(s_.correct, s_.labelled) : 0;
    // Labels that are no class have no loss: what the others have is the loss after a fix.
    if (s_.wrong.count > 0) return;
    result_.has_loss = true;
    result_.loss = reduced(s_.loss);
    result_.plus_minus = question_.reduction == Reduction::sum ? s_.rounding : s_.rounding / s_.loss.divisor;
    if (!(result_.plus_minus >= 0)) result_.plus_minus = 0;
  }

  /// A finding of the shapes, with the loss of how they are read.
  void add_reading(const Finding& finding) {
    Finding& added = result_.add(finding);
    const bool is_one_hot = finding.rule == Rule::one_hot_target && has_probabilities();
    const bool are_indices = is_one_hot && s_.one_hot_targets == s_.samples && has_labels();
    if (finding.rule == Rule::one_hot_target) {
      added.add_if(is_one_hot, Measure::rows, rows()).add_if(are_indices, Measure::index_loss, reduced(s_.as_indices));
    }
    const double loss = are_indices ? reduced(s_.as_indices) : result_.loss;
    added.fixed(finding.severity == Severity::error && result_.has_loss && std::isfinite(loss), loss);
  }

  // ---- What stands in front of the loss ----

  void see_activations() {
    if (C() < 2) {
      add_rows(Rule::one_class, Severity::warning);
      return;
    }
    const bool rows_sum = s_.probability_rows == s_.samples && !s_.has_nonfinite();
    if (rows_sum) {
      see_softmax();
    } else if (!see_softmax_over_batch() && !see_softmax_over_axis() && !see_log_probabilities()) {
      see_sigmoid();
      see_bounded();
      see_relu();
    }
  }

  void see_softmax() {
    const bool one_hot = s_.one_hot_rows == s_.samples;
    const bool exact_one_hot = one_hot && batch_.logits.half_step == 0;
    // Of what a print has rounded to 0 and 1, the steps say nothing.
    double tolerance = one_hot ? s_.row_tolerance() : chance_tolerance(s_.row_tolerance());
    if (s_.row_sum_error > s_.row_tolerance()) {
      tolerance += batch_.logits.half_step * share(s_.zeros, s_.samples) / 2;  // what the zeros of a print may hide
    }
    double evidence = evidence_of(s_.samples, tolerance, s_.deviation_of_logits(), C());
    bool is_enough = evidence >= enough_evidence && (s_.samples >= 2 || (C() >= 3 && !one_hot));
    if (exact_one_hot) {
      // Of rows of zeros and ones, C in 2^C have one 1.
      const double classes = static_cast<double>(C());
      evidence = rows() * (classes * std::numbers::ln2 - math::log(classes)) / std::numbers::ln10;
      is_enough = s_.samples >= 2 && evidence >= (C() == 2 ? 1.2 : 0.8);
    }
    if (!is_enough && evidence < 0.3 && !exact_one_hot) return;
    Finding& finding = add_rows(Rule::softmax_in_front, Severity::warning)
                           .add(Measure::classes, static_cast<double>(C()))
                           .add(Measure::floor, front_floor())
                           .add(Measure::ceiling, double_softmax_ceiling(C()))
                           .add(Measure::row_sum_error, s_.row_sum_error)
                           .add(Measure::tolerance, s_.row_tolerance())
                           .add_if(evidence >= 1, Measure::evidence, evidence)
                           .add_bool(Measure::one_hot, one_hot);
    if (!is_enough) {
      finding.possible(s_.samples < 2 || exact_one_hot ? Word::more_rows : Word::more_decimals);
      return;
    }
    const double fixed = reduced(s_.as_probabilities);
    finding.fixed(result_.has_loss && s_.as_probabilities.divisor == s_.loss.divisor && std::isfinite(fixed), fixed);
    see_softmax_twice(one_hot);
  }

  /// The floor behind a softmax, for these options.
  double front_floor() const {
    const bool is_smoothed = batch_.label_smoothing > 0 && batch_.label_smoothing <= 1;
    return is_smoothed ? double_softmax_smoothing_floor(C(), batch_.label_smoothing) : double_softmax_floor(C());
  }

  /// Numbers that are all multiples of the same step meet 1 more often than others.
  double chance_tolerance(double tolerance) const {
    if (s_.decimal_steps > 0) tolerance = std::max(tolerance, 0.5 / s_.decimal_steps);
    const bool is_binary = batch_.logits.half_step == 0 && s_.lattice <= Statistics::max_lattice;
    return is_binary ? std::max(tolerance, 0.5 / (1 << s_.lattice)) : tolerance;
  }

  void see_softmax_twice(bool one_hot) {
    if (one_hot || s_.logits.min <= 0) return;
    const double e = std::numbers::e, classes = static_cast<double>(C()), half = batch_.logits.half_step;
    const double slack = 4 * batch_.logits.unit + 2 * half / s_.logits.min;
    const double most = e / (e + classes - 1), least = 1 / (e + classes - 1);
    if (s_.row_ratio > e * (1 + slack) || s_.logits.max > most * (1 + slack) || s_.logits.min < least * (1 - slack))
      return;
    add_rows(Rule::softmax_twice_in_front, Severity::info)
        .add(Measure::classes, classes)
        .add(Measure::floor, softmaxes_floor(C(), 2))
        .add(Measure::ratio, s_.row_ratio)
        .possible(Word::code);
  }

  bool see_softmax_over_batch() {
    const std::span<const double> sums = s_.memory().column_sums;
    double error = 0;
    for (const double sum : sums) error = std::max(error, std::abs(sum - 1));
    return see_softmax_over(Rule::softmax_over_batch, static_cast<std::int64_t>(sums.size()), error, batch_.shape.N);
  }

  bool see_softmax_over_axis() {
    return s_.lines * batch_.last == s_.all_samples * C() &&
           see_softmax_over(Rule::softmax_over_axis, s_.lines, s_.line_sum_error, batch_.last);
  }

  /// So many sums of count numbers each are 1.
  bool see_softmax_over(Rule rule, std::int64_t sums, double error, std::int64_t count) {
    const double tolerance = s_.tolerance_of(count);
    if (count < 2 || sums < 2 || !s_.in_unit_interval() || !(error <= tolerance)) return false;
    const double evidence = evidence_of(sums, chance_tolerance(tolerance), s_.deviation_of_logits(), count);
    if (evidence < enough_evidence) return false;
    add(rule, Severity::warning)
        .add(Measure::columns, static_cast<double>(sums))
        .add(Measure::classes, static_cast<double>(C()))
        .add(Measure::column_sum_error, error)
        .add(Measure::tolerance, tolerance)
        .add(Measure::evidence, evidence);
    return true;
  }

  bool see_log_probabilities() {
    const double classes = static_cast<double>(C());
    const double tolerance = batch_.logits.half_step + 1e-6 + 2 * batch_.logits.unit * (1 + math::log(classes));
    if (s_.logits.max > tolerance || !(s_.log_sum_exp_error <= tolerance)) return false;
    if (evidence_of(s_.samples, tolerance, 1, 1) < enough_evidence) return false;
    add_rows(Rule::log_probabilities, Severity::info)
        .add(Measure::log_sum_exp_error, s_.log_sum_exp_error)
        .add(Measure::tolerance, tolerance);
    return true;
  }

  static constexpr std::int64_t few_numbers = 12;
  /// Numbers so coarse are no sigmoid's.
  bool is_coarse() const { return s_.lattice <= 2; }

  void see_sigmoid() {
    if (!s_.in_unit_interval() || s_.finite < few_numbers || is_coarse()) return;
    const std::int64_t ends = s_.low + s_.high;
    // Uniform numbers have 10 % at the ends, and up to 15 % where they come in steps of 0.05.
    const bool is_proved =
        s_.high >= 5 && s_.low >= 5 && stands_out(ends, s_.finite, 0.15, 0.2) && share(s_.zeros, s_.finite) < 0.25;
    Finding& finding = add_rows(Rule::sigmoid_in_front, Severity::warning)
                           .add(Measure::classes, static_cast<double>(C()))
                           .add(Measure::floor, bounded_floor(C(), 1))
                           .add(Measure::ceiling, bounded_ceiling(C(), 1))
                           .add(Measure::low, share(s_.low, s_.finite))
                           .add(Measure::high, share(s_.high, s_.finite))
                           .add(Measure::min, s_.logits.min)
                           .add(Measure::max, s_.logits.max);
    const double fixed = reduced(s_.as_sigmoids);
    finding.fixed(result_.has_loss && s_.as_sigmoids.divisor == s_.loss.divisor && std::isfinite(fixed), fixed);
    if (!is_proved) finding.possible(Word::code);
  }

  void see_bounded() {
    const bool is_bounded = s_.logits.min >= -1 - 1e-6 && s_.logits.max <= 1 + 1e-6 && !s_.has_nonfinite();
    if (!is_bounded || !(s_.logits.min < 0 && s_.logits.max > 0) || s_.finite < few_numbers || is_coarse()) return;
    // Uniform numbers have 5 % at the ends.
    const bool is_proved = s_.high_size >= 5 && stands_out(s_.high_size, s_.finite, 0.05, 0.1);
    Finding& finding = add_rows(Rule::bounded_logits, Severity::warning)
                           .add(Measure::classes, static_cast<double>(C()))
                           .add(Measure::floor, bounded_floor(C(), 2))
                           .add(Measure::high, share(s_.high_size, s_.finite))
                           .add(Measure::min, s_.logits.min)
                           .add(Measure::max, s_.logits.max);
    if (!is_proved) finding.possible(Word::code);
  }

  void see_relu() {
    const bool has_zeros = s_.finite >= few_numbers && s_.zeros >= 5 && share(s_.zeros, s_.finite) >= 0.25;
    if (s_.has_nonfinite() || s_.logits.min < 0 || !has_zeros || s_.finite - s_.zeros < 5 || s_.all_whole()) return;
    // What a print has rounded to 0 has as much beside it.
    if (s_.logits.max <= 20 * batch_.logits.half_step || s_.zeros < 4 * s_.near_zero) return;
    add_rows(Rule::relu_output, Severity::warning)
        .add(Measure::zero_rows, static_cast<double>(s_.zero_rows))
        .add(Measure::zeros, share(s_.zeros, s_.finite))
        .add(Measure::max, s_.logits.max)
        .add(Measure::uniform_loss, uniform_loss(C()));
  }

  // ---- Numbers ----

  void see_numbers() {
    Seen seen = s_.broken_rows;
    seen.merge(s_.infinite_losses);
    if (seen.count > 0 || s_.broken_ignored_rows > 0) {
      // Rows that are ignored leave the loss alone, and put NaN into the gradient.
      add(Rule::nonfinite_logits, seen.count > 0 ? Severity::error : Severity::warning)
          .add_if(seen.count > 0, Measure::first, static_cast<double>(seen.first))
          .add(Measure::rows, static_cast<double>(seen.count))
          .add(Measure::nan, static_cast<double>(s_.nan))
          .add(Measure::inf, static_cast<double>(s_.inf))
          .add(Measure::neg_inf, static_cast<double>(s_.neg_inf))
          .add(Measure::at_target, static_cast<double>(s_.infinite_losses.count))
          .add(Measure::whole_rows, static_cast<double>(s_.whole_rows))
          .add(Measure::ignored_rows, static_cast<double>(s_.broken_ignored_rows));
    }
    const double size = std::max(std::abs(s_.logits.min), std::abs(s_.logits.max));
    constexpr double limit = 1e7;
    if (!s_.logits.empty() && size > limit && batch_.logits.unit >= 0x1p-24) {
      add_rows(Rule::large_logits, Severity::info).add(Measure::max, size).add(Measure::limit, limit);
    }
    // log(softmax(x)), or exp(x) without a shift, may be what lost the loss.
    const bool is_lost = question_.loss.is_known && !std::isfinite(question_.loss.value) && has_finite_loss();
    if (s_.underflows.count == 0 && !(is_lost && s_.logits.max > 88.72)) return;
    add(Rule::log_of_softmax_underflow, is_lost ? Severity::warning : Severity::info)
        .add_if(s_.underflows.count > 0, Measure::first, static_cast<double>(s_.underflows.first))
        .add(Measure::rows, static_cast<double>(s_.underflows.count))
        .add(Measure::gap, s_.target_gap)
        .add(Measure::limit, underflow_limit(batch_.logits))
        .fixed(is_lost, result_.loss);
  }

  bool has_finite_loss() const { return result_.has_loss && s_.samples > 0 && std::isfinite(result_.loss); }

  // ---- Labels ----

  std::int64_t classes_seen() const {
    const std::span<const std::uint32_t> counts = s_.memory().label_counts;
    return std::count_if(counts.begin(), counts.end(), [](std::uint32_t count) { return count > 0; });
  }

  static bool is_padding(std::int64_t label) { return label < 0 || label == 255 || label == 65535; }

  void see_labels() {
    if (!has_indices()) return;
    if (s_.wrong.count > 0) {
      see_wrong_labels();
    } else {
      see_labels_from_one_silent();
    }
    if (s_.conflicts.count > 0 && !is_constant()) {
      add(Rule::conflicting_labels, Severity::info)
          .add(Measure::first, static_cast<double>(s_.conflict_with))
          .add(Measure::second, static_cast<double>(s_.conflicts.first))
          .add(Measure::rows, static_cast<double>(s_.conflicts.count));
    }
  }

  void see_wrong_labels() {
    result_.label_error = {.code = StatusCode::target_out_of_bounds,
                           .argument = Argument::target,
                           .got = s_.wrong_first_label,
                           .expected = C(),
                           .index = s_.wrong.first};
    const Statistics::WrongLabel *padding = nullptr, *next = nullptr;
    std::int64_t known = 0, paddings = 0;
    for (const Statistics::WrongLabel& wrong : s_.wrong_labels) {
      if (wrong.seen.count == 0) continue;
      known += wrong.seen.count;
      if (is_padding(wrong.label)) padding = &wrong, ++paddings;
      if (wrong.label == C()) next = &wrong;
    }
    const bool has_padding = paddings == 1;
    const std::int64_t others = s_.wrong.count - (has_padding ? padding->seen.count : 0);
    const bool has_next = next != nullptr && known == s_.wrong.count && next->seen.count == others;
    const bool has_zero = s_.memory().label_counts[0] > 0;
    const bool has_one = (C() > 1 && s_.memory().label_counts[1] > 0) || (C() == 1 && next != nullptr);
    const double shifted = reduced(s_.shifted), kept = reduced(s_.loss);
    const bool can_shift = s_.shifted_labels == s_.samples - (has_padding ? padding->seen.count : 0);
    const auto add_wrong = [&](Rule rule, const Seen& seen, std::int64_t label, Severity severity) -> Finding& {
      return add(rule, severity)
          .add(Measure::first, static_cast<double>(seen.first))
          .add(Measure::rows, static_cast<double>(seen.count))
          .add(Measure::label, static_cast<double>(label))
          .add(Measure::classes, static_cast<double>(C()));
    };
    const auto add_range = [&](Finding& finding) -> Finding& {
      return finding.add(Measure::min, s_.labels.min).add(Measure::max, s_.labels.max);
    };
    const bool is_from_one = has_next && !has_zero && C() > 1;
    if (others > 0) {
      const std::int64_t label = has_next ? C() : s_.wrong_first_label;
      const Seen& seen = has_next ? next->seen : s_.wrong;
      if (is_from_one && has_one) {
        add_range(add_wrong(Rule::labels_from_one, seen, label, Severity::error))
            .fixed(can_shift && std::isfinite(shifted), shifted);
      } else {
        add_range(add_wrong(Rule::label_out_of_range, seen, label, Severity::error));
        if (is_from_one) {
          add_range(add_wrong(Rule::labels_from_one, seen, label, Severity::info))
              .fixed(can_shift && std::isfinite(shifted), shifted)
              .possible(Word::labels);
        }
      }
    }
    if (has_padding) {
      const bool is_shifted = others > 0 && is_from_one && can_shift;
      const double fixed = is_shifted ? shifted : kept;
      add_wrong(Rule::padding_label, padding->seen, padding->label, Severity::error)
          .fixed((others == 0 || is_shifted) && has_labels() && std::isfinite(fixed), fixed);
    }
  }

  void see_labels_from_one_silent() {
    const std::span<const std::uint32_t> counts = s_.memory().label_counts;
    if (C() < 3 || counts[0] > 0 || batch_.ignore_index == 0 || s_.labelled < 3 * C()) return;
    const std::int64_t seen = classes_seen();
    const double accuracy = share(s_.correct, s_.labelled), shifted = share(s_.shifted_correct, s_.labelled);
    // The network itself says so: its predictions are right one class lower, more often than those of one that says
    // always the same.
    const double most = share(*std::max_element(counts.begin(), counts.end()), s_.labelled);
    const bool is_better = shifted >= std::max(accuracy, most) + 0.2 && s_.shifted.mean() < s_.loss.mean();
    const bool is_proved = is_better && seen == C() - 1 && s_.labelled >= 12 * C();
    Finding& finding = add_rows(Rule::labels_from_one_silent, Severity::warning)
                           .add(Measure::classes, static_cast<double>(C()))
                           .add(Measure::seen, static_cast<double>(seen))
                           .add(Measure::shifted_loss, reduced(s_.shifted))
                           .add(Measure::accuracy, accuracy)
                           .add(Measure::shifted_accuracy, shifted);
    if (is_proved) {
      finding.fixed(std::isfinite(s_.shifted.mean()), reduced(s_.shifted));
    } else {
      finding.possible(Word::labels);
      // Too few labels for a warning; what nearly all of them say is not healthy.
      if (is_better && shifted >= accuracy + 0.8) result_.verdict = finding.rule;
    }
  }

  // ---- Targets that are probabilities, and the axis ----

  void see_targets() {
    if (has_probabilities()) see_soft_targets();
    if (!batch_.is_ambiguous || !has_labels() || !has_indices()) return;
    const double loss = s_.loss.mean(), other = s_.other_axis.mean();
    if (!std::isfinite(loss) || !std::isfinite(other)) return;
    // A few labels may fit the other axis by chance.
    const double chance = uniform_loss(C());
    const bool is_proved =
        other < std::min(loss - 0.2, chance) && (s_.labelled >= 30 || (s_.labelled >= 6 && other < chance / 2));
    Finding& finding = add(Rule::class_axis_ambiguous, Severity::warning)
                           .add(Measure::loss, reduced(s_.loss))
                           .add(Measure::other_loss, reduced(s_.other_axis))
                           .add(Measure::axis, 1)
                           .add(Measure::other_axis, -1)
                           .add(Measure::uniform_loss, uniform_loss(C()));
    if (is_proved) {
      finding.fixed(true, reduced(s_.other_axis));
    } else {
      finding.possible(Word::code);
    }
  }

  void see_soft_targets() {
    if (s_.wrong_sums.count > 0) {
      add(Rule::soft_target_sum, Severity::warning)
          .add(Measure::first, static_cast<double>(s_.wrong_sums.first))
          .add(Measure::rows, static_cast<double>(s_.wrong_sums.count))
          .add(Measure::sum, s_.wrong_first_sum)
          .add(Measure::min, s_.target_entries.min)
          .add(Measure::max, s_.target_entries.max)
          .add(Measure::tolerance, s_.target_tolerance())
          .add_bool(Measure::k_hot,
                    s_.k_hot_targets > 0 && s_.k_hot_targets + s_.one_hot_targets + s_.empty_targets == s_.samples);
    }
    const bool is_one_hot = s_.one_hot_targets == s_.samples;
    if (is_one_hot && !batch_.weight.empty() && !has(Rule::one_hot_target)) {
      add_rows(Rule::one_hot_target, Severity::info).add(Measure::index_loss, reduced(s_.as_indices));
    }
  }

  // ---- Options ----

  void see_options() {
    if (!has_labels()) return;
    if (!batch_.weight.empty() && has_indices() && question_.reduction == Reduction::mean) {
      const bool is_number = s_.loss.divisor != 0;
      add(Rule::weighted_mean, is_number ? Severity::info : Severity::error)
          .add(Measure::rows, static_cast<double>(s_.labelled))
          .add(Measure::divisor, s_.loss.divisor)
          .add(Measure::unweighted_loss, s_.losses / static_cast<double>(s_.labelled));
    }
    see_floor();
  }

  /// The floor that the targets themselves set.
  void see_floor() {
    if (s_.wrong.count > 0 || !std::isfinite(s_.loss.total)) return;
    double floor;
    if (has_probabilities()) {
      floor = s_.targets_floor / s_.loss.divisor;
    } else if (batch_.label_smoothing > 0) {
      floor = batch_floor(s_.memory().label_counts, batch_.weight, batch_.label_smoothing);
    } else {
      return;
    }
    if (!std::isfinite(floor) || !(floor > 1e-6)) return;
    const double factor = question_.reduction == Reduction::sum ? s_.loss.divisor : 1;
    add(Rule::smoothing_floor, Severity::info)
        .add(Measure::rows, static_cast<double>(s_.labelled))
        .add(Measure::loss, result_.loss)
        .add(Measure::floor, floor * factor)
        .add(Measure::distance, result_.loss - floor * factor)
        .add(Measure::label_smoothing, batch_.label_smoothing);
  }

  /// No sample is left.
  void see_nothing() {
    if (C() == 0 && s_.all_samples > 0) return;
    if (s_.broken_ignored_rows > 0) see_numbers();
    const bool is_nan = question_.reduction == Reduction::mean && batch_.target != TargetKind::none;
    add(Rule::all_ignored, is_nan ? Severity::error : Severity::info)
        .add(Measure::rows, static_cast<double>(s_.all_samples))
        .add_if(has_indices(), Measure::ignore_index, static_cast<double>(batch_.ignore_index));
  }

  // ---- The model ----

  bool is_constant() const {
    const double size = std::max(std::abs(s_.logits.min), std::abs(s_.logits.max));
    return C() > 1 && s_.samples >= 2 && !s_.has_nonfinite() && s_.deviation <= 4e-6 * size;
  }

  void see_model() {
    const std::span<const std::uint32_t> counts = s_.memory().label_counts;
    const std::int64_t seen = classes_seen();
    const double half = batch_.logits.half_step;
    if (is_constant() && s_.samples >= 4 && seen >= 2) {
      // Not where rounding may have made them equal.
      const double size = std::max(std::abs(s_.logits.min), std::abs(s_.logits.max));
      const double rounding = half + (batch_.logits.unit > 0x1p-24 ? 2 * batch_.logits.unit * size : 0);
      const bool is_seen = s_.row_range > std::max(200 * rounding, 1e-3);
      const bool is_zero = s_.logits.min == 0 && s_.logits.max == 0;
      if (is_seen || is_zero) {
        add_rows(Rule::constant_rows, is_seen ? Severity::warning : Severity::info)
            .add(Measure::deviation, s_.deviation)
            .add(Measure::tolerance, 4e-6 * std::max(std::abs(s_.logits.min), std::abs(s_.logits.max)))
            .add(Measure::range, s_.row_range)
            .add_if(is_plain(), Measure::floor, label_entropy(counts));
      }
    }
    if (C() > 1 && !s_.has_nonfinite() && s_.row_range < 0.1) {
      add_rows(Rule::tiny_range, Severity::info).add(Measure::range, s_.row_range);
    }
    const double mean = s_.loss.mean(), chance = uniform_loss(C());
    if (result_.has_loss && C() > 1 && std::abs(mean - chance) < at_mark &&
        result_.accuracy <= 1.5 / static_cast<double>(C())) {
      add_rows(Rule::at_chance, Severity::info)
          .add(Measure::loss, mean)
          .add(Measure::uniform_loss, chance)
          .add(Measure::distance, mean - chance)
          .add(Measure::accuracy, result_.accuracy);
    }
  }

  // ---- What the training printed ----

  void see_reported() {
    const Reported& loss = question_.loss;
    if (!loss.is_known) return;
    const bool is_computed = has_finite_loss();
    if (batch_.target == TargetKind::none && C() > 0) {
      Question question = question_;
      question.classes = C();
      return LookUp(question, result_).run();
    }
    if (is_plain() && has_indices()) add_inconsistency(result_, question_, C());
    if (loss.value < -std::max(1e-6, loss.half_step) && !has_probabilities()) {
      const double mean_logit = s_.target_logits / s_.loss.divisor;
      const bool is_nll = is_computed && is_near(loss.value, -mean_logit);
      add(Rule::negative_loss, Severity::error)
          .add(Measure::loss, loss.value)
          .add_if(is_computed, Measure::mean_target_logit, mean_logit)
          .add_bool(Measure::is_nll, is_nll)
          .fixed(is_computed, result_.loss);
      return;
    }
    if (!is_computed) return;
    if (std::isfinite(loss.value)) see_relation(loss.value);
  }

  bool is_near(double reported, double computed) const {
    return std::abs(reported - computed) <=
           question_.loss.half_step + result_.plus_minus + 1e-4 * std::abs(computed) + 1e-7;
  }

  /// The loss in other words.
  void see_relation(double reported) {
    const double mean = s_.loss.mean();
    if (is_near(reported, result_.loss) || is_near(reported, mean) || !(mean > 0)) return;
    const auto add_factor = [&](double factor) {
      add(Rule::reduction_sum, Severity::info)
          .add(Measure::loss, reported)
          .add(Measure::mean, mean)
          .add(Measure::factor, factor);
    };
    if (is_near(reported, s_.loss.total)) return add_factor(s_.loss.divisor);
    for (const double base : {2.0, 10.0}) {
      if (!is_near(reported, mean / math::log(base))) continue;
      add(Rule::log_base, Severity::info)
          .add(Measure::loss, reported)
          .add(Measure::natural, mean)
          .add(Measure::base, base);
      return;
    }
    for (int steps = 2; steps <= 64; steps *= 2) {
      if (is_near(reported, mean / steps) && question_.loss.half_step < 0.01 * reported) return add_factor(1.0 / steps);
    }
  }

  /// Whether the loss that was printed is not the batch's, and no finding says why.
  bool is_loss_contradicted() const {
    const double loss = question_.loss.value;
    if (!result_.has_loss || is_near(loss, result_.loss) || is_near(loss, s_.loss.mean())) return false;
    if (!std::isfinite(loss)) return has_finite_loss() && !has(Rule::log_of_softmax_underflow);
    return !has(Rule::reduction_sum) && !has(Rule::log_base) && !has(Rule::negative_loss);
  }

  bool is_accuracy_contradicted() const {
    // A whole decimal, for those that cut it off; 1 is no fewer than 1.00.
    const double step = 2 * std::min(question_.accuracy.half_step, 0.005);
    return result_.has_loss && std::abs(question_.accuracy.value - result_.accuracy) > step + 1e-9;
  }

  void list_unchecked() {
    if (batch_.target == TargetKind::none) result_.add_unchecked(Word::labels);
    if (reading_.is_axis_guessed) result_.add_unchecked(Word::class_axis);
    if (s_.memory().column_sums.empty() && batch_.shape.N > 1) result_.add_unchecked(Word::column_sums);
    if (!question_.loss.is_known || is_loss_contradicted()) result_.add_unchecked(Word::reported_loss);
    if (!question_.accuracy.is_known || is_accuracy_contradicted()) result_.add_unchecked(Word::reported_accuracy);
    result_.add_unchecked(Word::evaluation_mode);
    result_.add_unchecked(Word::data_leakage);
  }

  const CallReading& reading_;
  const Statistics& s_;
  const Batch& batch_;
  const Question& question_;
  Diagnosis result_;
};

}  // namespace

const Finding* Diagnosis::find(Rule rule) const {
  for (const Finding& finding : findings()) {
    if (finding.rule == rule) return &finding;
  }
  return nullptr;
}

Finding& Diagnosis::add(const Finding& finding) {
  if (size_ < max_findings) ++size_;
  return findings_[size_ - 1] = finding;
}

void Diagnosis::add_unchecked(Word word) {
  if (unchecked_size_ < max_unchecked) unchecked_[unchecked_size_++] = word;
}

void Diagnosis::finish(bool is_look_up) {
  // By insertion: they are few, and those of a rank stay in order.
  for (int i = 1; i < size_; ++i) {
    for (int j = i; j > 0 && rank(findings_[j]) < rank(findings_[j - 1]); --j)
      std::swap(findings_[j], findings_[j - 1]);
  }
  for (const Finding& finding : findings()) {
    const Finding::Number* distance = finding.find(Measure::distance);
    const Finding::Number* floor = finding.find(Measure::floor);
    const bool is_answer = finding.severity != Severity::info || is_look_up || finding.rule == Rule::at_chance ||
                           (finding.rule == Rule::smoothing_floor && distance->value < 0.5 * floor->value);
    if (!is_answer) continue;
    verdict = finding.rule;
    return;
  }
}

Diagnosis diagnose(const CallReading& reading, const Statistics& statistics, const Question& question) noexcept {
  const IeeeArithmetic ieee;
  return Doctor(reading, statistics, question).run();
}

Diagnosis diagnose(const CallReading& reading) noexcept {
  Diagnosis result;
  for (const Finding& finding : reading.findings()) result.add(finding);
  result.add_unchecked(Word::logits);
  result.add_unchecked(Word::labels);
  result.finish(false);
  return result;
}

Diagnosis look_up(const Question& question) noexcept {
  const IeeeArithmetic ieee;
  Diagnosis result;
  LookUp(question, result).run();
  result.add_unchecked(Word::logits);
  result.add_unchecked(Word::labels);
  if (question.classes == 0) result.add_unchecked(Word::classes);
  if (!question.accuracy.is_known) result.add_unchecked(Word::reported_accuracy);
  result.finish(true);
  return result;
}

}  // namespace celoss
