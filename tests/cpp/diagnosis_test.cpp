// Each rule: where it fires, where it must not, and what it says.
#include <limits>
#include <numbers>
#include <string_view>

#include "celoss/celoss.h"
#include "celoss/floors.h"
#include "celoss/lab/diagnosis.h"
#include "diagnosing.h"

using namespace diagnosing;
using celoss::Measure;
using celoss::Rule;
using celoss::ScalarType;
using celoss::Severity;
using celoss::Word;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// A batch of some size that nothing is wrong with.
Call plain(std::uint64_t seed = 1, std::int64_t N = 40, std::int64_t C = 5, int steps = 60) {
  Random random(seed);
  return trained(random, N, C, steps, 3);
}

Call with_logits(Call call, std::vector<double> logits) {
  call.logits = std::move(logits);
  return call;
}

Call behind_softmax(std::uint64_t seed = 1) {
  const Call call = plain(seed);
  return with_logits(call, softmax(call.logits, 40, 5));
}

template <class F>
Call mapped(Call call, F f) {
  for (double& x : call.logits) x = f(x);
  return call;
}

/// The loss of a call as the library has it.
double loss_of(const Call& call, const std::vector<double>& logits) {
  double loss = 0;
  REQUIRE(celoss::cross_entropy<double>(logits, {.N = call.shape[0], .C = call.shape[1]}, {.indices = call.labels},
                                        {.reduction = call.reduction,
                                         .ignore_index = call.ignore_index,
                                         .weight = call.weight,
                                         .label_smoothing = call.label_smoothing},
                                        {&loss, 1})
              .ok());
  return loss;
}

bool same_numbers(const std::vector<float>& a, const std::vector<float>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

bool fires(const Call& call, Rule rule) { return diagnose(call).find(rule) != nullptr; }

}  // namespace

TEST_CASE("the loss is the library's, with every option") {
  for (int i = 0; i < 50; ++i) {
    Random random(i);
    Call call = plain(i, random.between(1, 30), random.between(2, 9), 10);
    if (random.chance(0.5)) call.label_smoothing = random.uniform();
    if (random.chance(0.5)) call.labels[0] = -100;
    if (random.chance(0.5)) {
      call.weight.resize(call.shape[1]);
      for (double& weight : call.weight) weight = random.uniform(0.1, 3);
    }
    call.reduction = random.chance(0.5) ? celoss::Reduction::mean : celoss::Reduction::sum;
    if (call.labels.size() == 1) continue;
    const celoss::Diagnosis diagnosis = diagnose(call);
    CAPTURE(i);
    CHECK(diagnosis.loss == Approx(loss_of(call, call.logits)).epsilon(1e-12));
  }
}

TEST_CASE("what is healthy is called so") {
  const celoss::Diagnosis diagnosis = diagnose(plain());
  CHECK(diagnosis.verdict == Rule::healthy);
  CHECK(text(diagnosis) == "");
}

TEST_CASE("softmax-in-front: probabilities, and the loss without it") {
  const Call call = behind_softmax();
  const celoss::Diagnosis diagnosis = diagnose(call);
  CHECK(diagnosis.verdict == Rule::softmax_in_front);
  const celoss::Finding& finding = *diagnosis.find(Rule::softmax_in_front);
  CHECK(finding.severity == Severity::warning);
  REQUIRE(finding.has_fixed_loss);
  CHECK(finding.fixed_loss == Approx(loss_of(call, plain().logits)).epsilon(1e-9));
  CHECK(number(diagnosis, Rule::softmax_in_front, Measure::floor) == Approx(std::log(1 + 4 / std::numbers::e)));
}

TEST_CASE("softmax-in-front: at four decimals, in float16 and bfloat16, with smoothing, as one slice of three") {
  for (const Form form : {Form::float32, Form::float16, Form::bfloat16, Form::printed}) {
    Call call = behind_softmax(3);
    bring(call, form, 4);
    CHECK(severity(diagnose(call), Rule::softmax_in_front) == Severity::warning);
    call.label_smoothing = 0.1;
    CHECK(severity(diagnose(call), Rule::softmax_in_front) == Severity::warning);
  }
}

TEST_CASE("softmax-in-front: one-hot rows, but not one of them") {
  const Call three = rows(3, 3, {1, 0, 0, 0, 1, 0, 0, 0, 1}, {0, 1, 2});
  CHECK(severity(diagnose(three), Rule::softmax_in_front) == Severity::warning);
  CHECK(number(diagnose(three), Rule::softmax_in_front, Measure::one_hot) == 1);
  CHECK(severity(diagnose(rows(1, 3, {0, 1, 0}, {1})), Rule::softmax_in_front) == Severity::info);
  // Fewer than one batch in 10^0 says nothing.
  const auto kind_of_evidence = [](const Call& call) {
    return diagnose(call).find(Rule::softmax_in_front)->find(Measure::evidence)->kind;
  };
  CHECK(kind_of_evidence(rows(1, 3, {0, 1, 0}, {1})) == celoss::Finding::Kind::unknown);
  CHECK(kind_of_evidence(three) == celoss::Finding::Kind::number);
}

TEST_CASE("softmax-in-front: not for rows that sum to 1 with entries outside [0, 1]") {
  CHECK_FALSE(fires(rows(2, 3, {1.5, -0.7, 0.2, -0.4, 1.1, 0.3}, {0, 1}), Rule::softmax_in_front));
}

TEST_CASE("softmax-in-front: a hint only where the decimals are too few") {
  Call call = rows(2, 3, {0.2, 0.3, 0.5, 0.6, 0.1, 0.3}, {2, 0});
  call.decimals = 1;
  CHECK(severity(diagnose(call), Rule::softmax_in_front).value_or(Severity::info) == Severity::info);
}

TEST_CASE("softmax-in-front: the loss is between the floor and the ceiling, whatever the labels") {
  for (int i = 0; i < 100; ++i) {
    Call call = behind_softmax(i);
    const celoss::Diagnosis diagnosis = diagnose(call);
    CHECK(diagnosis.loss >= number(diagnosis, Rule::softmax_in_front, Measure::floor) - 1e-12);
    CHECK(diagnosis.loss <= number(diagnosis, Rule::softmax_in_front, Measure::ceiling) + 1e-12);
  }
}

TEST_CASE("softmax-twice-in-front: allowed by two of them, not by one that is sure") {
  const Call once = behind_softmax();
  const Call twice = with_logits(once, softmax(once.logits, 40, 5));
  CHECK(severity(diagnose(twice), Rule::softmax_twice_in_front) == Severity::info);
  CHECK_FALSE(fires(once, Rule::softmax_twice_in_front));
}

TEST_CASE("softmax-over-batch: columns that sum to 1, not rows") {
  const Call call = plain();
  const Call over_batch = with_logits(call, softmax(call.logits, 1, 40, 5));
  CHECK(diagnose(over_batch).verdict == Rule::softmax_over_batch);
  CHECK_FALSE(fires(call, Rule::softmax_over_batch));
  CHECK_FALSE(fires(behind_softmax(), Rule::softmax_over_batch));
}

TEST_CASE(
    "softmax-over-axis: lines along the last axis that sum to 1, where the classes are not; with soft targets too") {
  const auto image = [](std::uint64_t seed) {
    Random random(seed);
    Call call;
    call.shape = {2, 4, 6, 5};
    for (int i = 0; i < 2 * 4 * 6 * 5; ++i) call.logits.push_back(2 * random.normal());
    call.target_shape = {2, 6, 5};
    for (int i = 0; i < 2 * 6 * 5; ++i) call.labels.push_back(random.below(4));
    return call;
  };
  const auto softmax_over_last = [](std::vector<double>& numbers, std::size_t last) {
    for (std::size_t i = 0; i < numbers.size(); i += last) {
      double sum = 0;
      for (std::size_t j = i; j < i + last; ++j) sum += numbers[j] = std::exp(numbers[j]);
      for (std::size_t j = i; j < i + last; ++j) numbers[j] = static_cast<float>(numbers[j] / sum);
    }
  };
  for (int i = 0; i < 20; ++i) {
    Call call = image(i);
    CHECK_FALSE(fires(call, Rule::softmax_over_axis));
    softmax_over_last(call.logits, 5);
    CHECK(diagnose(call).verdict == Rule::softmax_over_axis);
    CHECK(number(diagnose(call), Rule::softmax_over_axis, Measure::columns) == 48);
    call.piece = 1, call.parts = 2;
    CHECK(diagnose(call).verdict == Rule::softmax_over_axis);
    call.labels[3] = -100;
    CHECK(diagnose(call).verdict == Rule::softmax_over_axis);
    call.logits[7] = 0.5;
    CHECK_FALSE(fires(call, Rule::softmax_over_axis));
  }
  // Classes last, logits and targets: PyTorch says nothing.
  Call soft = image(1);
  softmax_over_last(soft.logits, 5);
  soft.target_shape = soft.shape, soft.target_dtype = celoss::ScalarType::float32, soft.labels.clear();
  soft.probabilities = image(2).logits;
  softmax_over_last(soft.probabilities, 5);
  CHECK(diagnose(soft).verdict == Rule::softmax_over_axis);
  // Along the classes it is the usual one.
  CHECK_FALSE(fires(behind_softmax(), Rule::softmax_over_axis));
}

TEST_CASE("sigmoid-in-front: and the loss without it") {
  const Call call = mapped(plain(), [](double x) { return 2 * x; });
  const Call behind = mapped(call, [](double x) { return 1 / (1 + std::exp(-x)); });
  const celoss::Diagnosis diagnosis = diagnose(behind);
  CHECK(diagnosis.verdict == Rule::sigmoid_in_front);
  REQUIRE(diagnosis.find(Rule::sigmoid_in_front)->has_fixed_loss);
  CHECK(diagnosis.find(Rule::sigmoid_in_front)->fixed_loss == Approx(loss_of(call, call.logits)).epsilon(1e-6));
}

TEST_CASE("bounded-logits: behind a tanh, not where numbers are small by chance") {
  const Call behind = mapped(plain(), [](double x) { return std::tanh(x); });
  CHECK(diagnose(behind).verdict == Rule::bounded_logits);
  CHECK(severity(diagnose(mapped(plain(), [](double x) { return x / 100; })), Rule::bounded_logits) == Severity::info);
}

TEST_CASE("relu-output: many zeros and nothing below") {
  const Call behind = mapped(plain(), [](double x) { return std::max(x, 0.0); });
  CHECK(diagnose(behind).verdict == Rule::relu_output);
  CHECK_FALSE(fires(plain(), Rule::relu_output));
  CHECK_FALSE(fires(mapped(plain(), [](double) { return 0.0; }), Rule::relu_output));
  // Of nearly nothing but zeros, a few above prove nothing.
  for (const int above : {1, 4, 5}) {
    int n = 0;
    const Call few = mapped(plain(), [&](double) { return n++ < above ? 0.5 + n : 0.0; });
    CHECK(fires(few, Rule::relu_output) == (above == 5));
  }
}

TEST_CASE("log-probabilities are worth a note, and healthy") {
  const Call call = plain();
  const Call behind = with_logits(call, [&] {
    std::vector<double> p = softmax(call.logits, 40, 5);
    for (double& x : p) x = std::log(x);
    return p;
  }());
  const celoss::Diagnosis diagnosis = diagnose(behind);
  CHECK(text(diagnosis) == "log-probabilities info");
  CHECK(diagnosis.verdict == Rule::healthy);
  CHECK(diagnosis.loss == Approx(diagnose(call).loss).epsilon(1e-9));
}

TEST_CASE("labels-from-one: with PyTorch's words and the loss of y - 1") {
  Call call = plain(2, 60);
  const double right = diagnose(call).loss;
  for (std::int64_t& label : call.labels) ++label;
  const celoss::Diagnosis diagnosis = diagnose(call);
  CHECK(diagnosis.verdict == Rule::labels_from_one);
  CHECK_FALSE(diagnosis.has_loss);
  CHECK(diagnosis.find(Rule::labels_from_one)->fixed_loss == Approx(right));
  char words[160];
  celoss::message(diagnosis.label_error, words);
  CHECK(std::string_view(words) == "Target 5 is out of bounds.");
  CHECK(call.labels[diagnosis.label_error.index] == 5);
}

TEST_CASE("padding-label: -1 or 255, and the loss without them") {
  for (const std::int64_t padding : {-1, 255, -100}) {
    Call call = plain(2, 60);
    call.labels[7] = call.labels[9] = -7;
    call.ignore_index = -7;
    const double right = diagnose(call).loss;
    call.labels[7] = call.labels[9] = padding;
    const celoss::Diagnosis diagnosis = diagnose(call);
    CHECK(diagnosis.verdict == Rule::padding_label);
    CHECK(diagnosis.find(Rule::padding_label)->fixed_loss == Approx(right));
    CHECK(number(diagnosis, Rule::padding_label, Measure::first) == 7);
    call.ignore_index = padding;
    CHECK(diagnose(call).verdict == Rule::healthy);
  }
}

TEST_CASE("label-out-of-range: a class too many, or ids") {
  Call call = plain(2, 60);
  call.labels[3] = 5;
  call.labels[4] = 0;
  CHECK(diagnose(call).verdict == Rule::label_out_of_range);
  call.labels[3] = 1234567;
  CHECK(diagnose(call).verdict == Rule::label_out_of_range);
  CHECK(number(diagnose(call), Rule::label_out_of_range, Measure::label) == 1234567);
}

TEST_CASE("labels-from-one-silent: proved where the network is right one class lower, else possible") {
  Call call = plain(5, 120, 5, 200);
  for (std::int64_t& label : call.labels) label = label == 4 ? 3 : label;
  Call shifted = call;
  for (std::int64_t& label : shifted.labels) ++label;
  CHECK(severity(diagnose(shifted), Rule::labels_from_one_silent) == Severity::warning);
  // Too few for a warning, and yet the answer, if nearly all of them say so.
  const Call few = rows(9, 3, {9, 0, 0, 0, 9, 0, 9, 0, 0, 0, 9, 0, 9, 0, 0, 0, 9, 0, 9, 0, 0, 0, 9, 0, 9, 0, 0},
                        {1, 2, 1, 2, 1, 2, 1, 2, 1});
  CHECK(severity(diagnose(few), Rule::labels_from_one_silent) == Severity::info);
  CHECK(diagnose(few).verdict == Rule::labels_from_one_silent);
  Call absent = call;
  for (std::int64_t& label : absent.labels) label = std::max<std::int64_t>(label, 1);
  CHECK(severity(diagnose(absent), Rule::labels_from_one_silent) == Severity::info);
  CHECK(diagnose(absent).verdict == Rule::healthy);
  CHECK_FALSE(fires(call, Rule::labels_from_one_silent));
}

TEST_CASE("shapes and dtypes that PyTorch refuses, and how they are meant") {
  const auto rule_of = [](std::vector<std::int64_t> x, std::vector<std::int64_t> y,
                          ScalarType type = ScalarType::int64) {
    const celoss::TensorType target{y, type};
    return celoss::read_call({.logits = {x}, .target = &target});
  };
  const auto first = [](const celoss::CallReading& reading) {
    return reading.findings().empty() ? Rule::healthy : reading.findings()[0].rule;
  };
  const auto same = [](celoss::Shape a, celoss::Shape b) { return a.N == b.N && a.C == b.C && a.D == b.D; };
  CHECK(first(rule_of({8, 3}, {8})) == Rule::healthy);
  CHECK(first(rule_of({8, 3, 4, 5}, {8, 4, 5})) == Rule::healthy);
  CHECK(first(rule_of({3}, {})) == Rule::healthy);
  CHECK(first(rule_of({8, 3}, {8, 1})) == Rule::target_column);
  CHECK(first(rule_of({8, 3}, {7})) == Rule::batch_mismatch);
  CHECK(first(rule_of({3, 8}, {8})) == Rule::batch_mismatch);
  CHECK(rule_of({3, 8}, {8}).class_axis == 0);
  CHECK(first(rule_of({8, 6, 3}, {8, 6})) == Rule::class_axis_last);
  CHECK(same(rule_of({8, 6, 3}, {8, 6}).shape, {48, 3, 1}));
  CHECK(first(rule_of({2, 4, 5, 3}, {2, 4, 5})) == Rule::channels_last);
  CHECK(first(rule_of({2, 3, 4, 5}, {2, 1, 4, 5})) == Rule::target_column);
  CHECK(rule_of({8, 6, 6}, {8, 6}).is_ambiguous);
  CHECK(first(rule_of({8, 3}, {8, 3})) == Rule::one_hot_target);
  CHECK(first(rule_of({8, 3}, {8, 3}, ScalarType::float32)) == Rule::healthy);
  CHECK(first(rule_of({8, 3}, {8, 4})) == Rule::one_hot_target);
  CHECK(first(rule_of({3}, {3}, ScalarType::float32)) == Rule::float_target_single_sample);
  CHECK(first(rule_of({8, 3}, {8}, ScalarType::float32)) == Rule::target_dtype);
  CHECK(first(rule_of({8, 3}, {8}, ScalarType::int32)) == Rule::target_dtype);
  CHECK(first(rule_of({8, 3}, {8}, ScalarType::uint8)) == Rule::healthy);
  CHECK(first(rule_of({8, 3, 2}, {8, 2}, ScalarType::uint8)) == Rule::target_dtype);
  CHECK(first(rule_of({2, 6, 3}, {12})) == Rule::batch_mismatch);
  CHECK(rule_of({2, 6, 3}, {12}).class_axis == 2);
}

TEST_CASE("what is refused has the loss of how it is meant") {
  Call call = plain();
  const double right = diagnose(call).loss;
  call.target_shape = {40, 1};
  CHECK(diagnose(call).find(Rule::target_column)->fixed_loss == Approx(right));
  call.target_shape = {40};
  call.target_dtype = ScalarType::float32;
  CHECK(diagnose(call).find(Rule::target_dtype)->fixed_loss == Approx(right));
  call.target_dtype = ScalarType::int64;
  call.shape = {4, 10, 5};
  call.target_shape = {4, 10};
  CHECK(diagnose(call).find(Rule::class_axis_last)->fixed_loss == Approx(right));
}

TEST_CASE("class-axis-ambiguous: proved where the other axis is much better") {
  Call call = plain(1, 20, 5, 200);
  call.shape = {4, 5, 5};
  call.target_shape = {4, 5};
  const celoss::Diagnosis wrong = diagnose(call);
  CHECK(severity(wrong, Rule::class_axis_ambiguous) == Severity::warning);
  CHECK(wrong.find(Rule::class_axis_ambiguous)->fixed_loss == Approx(diagnose(plain(1, 20, 5, 200)).loss));
  Call turned = call;
  for (std::int64_t n = 0; n < 4; ++n) {
    for (std::int64_t a = 0; a < 5; ++a) {
      for (std::int64_t b = 0; b < 5; ++b) turned.logits[(n * 5 + b) * 5 + a] = call.logits[(n * 5 + a) * 5 + b];
    }
  }
  CHECK(severity(diagnose(turned), Rule::class_axis_ambiguous) == Severity::info);
}

TEST_CASE("one-hot-target: integers as large as the logits") {
  Call call = plain();
  const double right = diagnose(call).loss;
  call.target_shape = call.shape;
  call.probabilities.assign(200, 0);
  for (std::int64_t n = 0; n < 40; ++n) call.probabilities[n * 5 + call.labels[n]] = 1;
  const celoss::Diagnosis diagnosis = diagnose(call);
  CHECK(diagnosis.verdict == Rule::one_hot_target);
  CHECK(diagnosis.find(Rule::one_hot_target)->fixed_loss == Approx(right));
  call.target_dtype = ScalarType::float32;
  CHECK(diagnose(call).verdict == Rule::healthy);
}

TEST_CASE("soft-target-sum: several ones, or no probabilities at all; not targets that are rounded") {
  Call call = plain();
  call.target_shape = call.shape;
  call.target_dtype = ScalarType::float32;
  call.probabilities = softmax(call.logits, 40, 5);
  CHECK_FALSE(fires(call, Rule::soft_target_sum));
  Call printed = call;
  bring(printed.probabilities, Form::printed, 2);
  printed.target_decimals = 2;
  CHECK_FALSE(fires(printed, Rule::soft_target_sum));
  Call hot = call;
  for (double& t : hot.probabilities) t = t > 0.1 ? 1 : 0;
  CHECK(severity(diagnose(hot), Rule::soft_target_sum) == Severity::warning);
  CHECK(number(diagnose(hot), Rule::soft_target_sum, Measure::k_hot) == 1);
  Call negative = call;
  negative.probabilities[0] -= 1, negative.probabilities[1] += 1;
  CHECK(severity(diagnose(negative), Rule::soft_target_sum) == Severity::warning);
}

TEST_CASE("one-class: a loss that is 0 from the beginning") {
  CHECK(diagnose(rows(4, 1, {1, 2, 3, -1}, {0, 0, 0, 0})).verdict == Rule::one_class);
}

TEST_CASE("weighted-mean: what it divides by, and NaN where that is 0") {
  Call call = plain();
  call.weight = {1, 2, 3, 4, 5};
  double divisor = 0;
  for (const std::int64_t label : call.labels) divisor += call.weight[label];
  CHECK(number(diagnose(call), Rule::weighted_mean, Measure::divisor) == divisor);
  CHECK(severity(diagnose(call), Rule::weighted_mean) == Severity::info);
  call.weight = {0, 0, 0, 0, 0};
  CHECK(diagnose(call).verdict == Rule::weighted_mean);
  call.weight = {1, 2};
  CHECK(diagnose(call).verdict == Rule::option_mismatch);
}

TEST_CASE("all-ignored: NaN for the mean, 0 for the sum") {
  Call call = plain();
  std::fill(call.labels.begin(), call.labels.end(), -100);
  CHECK(diagnose(call).verdict == Rule::all_ignored);
  CHECK(std::isnan(diagnose(call).loss));
  call.reduction = celoss::Reduction::sum;
  CHECK(diagnose(call).verdict == Rule::healthy);
  CHECK(diagnose(call).loss == 0);
  CHECK(diagnose(rows(0, 5, {}, {})).verdict == Rule::all_ignored);
}

TEST_CASE("smoothing-floor: what is left of the loss") {
  Call call = mapped(plain(1, 40, 5, 300), [](double x) { return 3 * x; });
  call.label_smoothing = 0.1;
  const celoss::Diagnosis diagnosis = diagnose(call);
  const double floor = number(diagnosis, Rule::smoothing_floor, Measure::floor);
  CHECK(floor == Approx(celoss::smoothing_floor(5, 0.1)));
  CHECK(number(diagnosis, Rule::smoothing_floor, Measure::distance) == Approx(diagnosis.loss - floor));
  CHECK(diagnosis.loss >= floor);
}

TEST_CASE("nonfinite-logits: NaN, +inf, -inf at a target or in a whole row; not a mask") {
  Call mask = plain();
  mask.logits[(mask.labels[0] + 1) % 5] = -infinity;
  CHECK_FALSE(fires(mask, Rule::nonfinite_logits));
  Call target = plain();
  target.logits[3 * 5 + target.labels[3]] = -infinity;
  CHECK(diagnose(target).verdict == Rule::nonfinite_logits);
  CHECK(number(diagnose(target), Rule::nonfinite_logits, Measure::first) == 3);
  CHECK(number(diagnose(target), Rule::nonfinite_logits, Measure::at_target) == 1);
  for (const double x : {std::nan(""), infinity}) {
    Call call = plain();
    call.logits[17] = x;
    CHECK(diagnose(call).verdict == Rule::nonfinite_logits);
    CHECK(std::isnan(diagnose(call).loss));
    call.labels[3] = -100;
    CHECK(severity(diagnose(call), Rule::nonfinite_logits) == Severity::warning);
    CHECK(std::isfinite(diagnose(call).loss));
  }
  Call row = plain();
  std::fill(row.logits.begin(), row.logits.begin() + 5, -infinity);
  CHECK(number(diagnose(row), Rule::nonfinite_logits, Measure::whole_rows) == 1);
}

TEST_CASE("constant-rows: a network that does not look; not zeros, one sample, or what is rounded") {
  Call call = plain();
  for (std::size_t i = 0; i < call.logits.size(); ++i)
    call.logits[i] = std::sin(static_cast<double>(i % 5)) + 0.125 * static_cast<double>(i / 5 % 4);
  const celoss::Diagnosis diagnosis = diagnose(call);
  CHECK(diagnosis.verdict == Rule::constant_rows);
  CHECK(diagnosis.loss >= number(diagnosis, Rule::constant_rows, Measure::floor));
  CHECK(severity(diagnose(mapped(call, [](double) { return 0.0; })), Rule::constant_rows) == Severity::info);
  CHECK_FALSE(fires(rows(1, 3, {1, 2, 3}, {1}), Rule::constant_rows));
}

TEST_CASE("conflicting-labels: the same logits, another label") {
  Call call = plain();
  for (int c = 0; c < 5; ++c) call.logits[20 * 5 + c] = call.logits[c];
  call.labels[20] = (call.labels[0] + 1) % 5;
  CHECK(severity(diagnose(call), Rule::conflicting_labels) == Severity::info);
  CHECK(number(diagnose(call), Rule::conflicting_labels, Measure::second) == 20);
  call.labels[20] = call.labels[0];
  CHECK_FALSE(fires(call, Rule::conflicting_labels));
}

TEST_CASE("at-chance, tiny-range and large-logits are notes") {
  const Call timid = mapped(plain(), [](double x) { return x / 1000; });
  CHECK(diagnose(timid).verdict == (diagnose(timid).accuracy <= 0.3 ? Rule::at_chance : Rule::healthy));
  CHECK(severity(diagnose(timid), Rule::tiny_range) == Severity::info);
  Random random(1);
  Call zero = rows(40, 5, std::vector<double>(200), plain().labels);
  CHECK(diagnose(zero).verdict == Rule::at_chance);
  CHECK(severity(diagnose(mapped(plain(), [](double x) { return x + 2e7; })), Rule::large_logits) == Severity::info);
}

TEST_CASE("log-of-softmax-underflow: a note, and what explains a loss that was inf") {
  Call call = plain();
  call.logits[call.labels[0]] -= 300;
  CHECK(severity(diagnose(call), Rule::log_of_softmax_underflow) == Severity::info);
  call.loss = reported(infinity);
  CHECK(diagnose(call).verdict == Rule::log_of_softmax_underflow);
  CHECK(diagnose(call).find(Rule::log_of_softmax_underflow)->fixed_loss == Approx(diagnose(call).loss));
}

TEST_CASE("what the training printed: sums, steps, other logarithms, and losses below 0") {
  Call call = plain();
  const double loss = diagnose(call).loss;
  call.loss = reported(loss);
  CHECK(text(diagnose(call)) == "");
  call.loss = reported(40 * loss);
  CHECK(number(diagnose(call), Rule::reduction_sum, Measure::factor) == 40);
  call.loss = reported(loss / 8, 6);
  CHECK(number(diagnose(call), Rule::reduction_sum, Measure::factor) == 0.125);
  call.loss = reported(loss / std::numbers::ln2);
  CHECK(number(diagnose(call), Rule::log_base, Measure::base) == 2);
  double sum = 0;
  for (std::int64_t n = 0; n < 40; ++n) sum += call.logits[n * 5 + call.labels[n]];
  call.loss = reported(-sum / 40);
  CHECK(diagnose(call).verdict == Rule::negative_loss);
  CHECK(number(diagnose(call), Rule::negative_loss, Measure::is_nll) == 1);
  CHECK(diagnose(call).find(Rule::negative_loss)->fixed_loss == Approx(loss));
  call.loss = reported(-1e-8, 10);
  CHECK_FALSE(fires(call, Rule::negative_loss));
}

TEST_CASE("what the training printed stays unchecked where it is not the batch's") {
  const auto is_unchecked = [](const Call& call, Word word) {
    const celoss::Diagnosis diagnosis = diagnose(call);
    const std::span<const Word> unchecked = diagnosis.unchecked();
    return std::count(unchecked.begin(), unchecked.end(), word) > 0;
  };
  Call call = plain();
  const celoss::Diagnosis diagnosis = diagnose(call);
  for (const double loss : {diagnosis.loss, 40 * diagnosis.loss, -1.0}) {
    call.loss = reported(loss);
    CHECK_FALSE(is_unchecked(call, Word::reported_loss));
  }
  for (const double loss : {diagnosis.loss + 1.2345, std::nan("")}) {
    call.loss = reported(loss);
    CHECK(is_unchecked(call, Word::reported_loss));
  }
  call.accuracy = reported(rounded_to_decimals(diagnosis.accuracy, 2), 2);
  CHECK_FALSE(is_unchecked(call, Word::reported_accuracy));
  call.accuracy = reported(0.2, 2);
  CHECK(is_unchecked(call, Word::reported_accuracy));
}

TEST_CASE("loss-accuracy-inconsistent: bounds that no logits pass") {
  const auto look_up = [](double loss, double accuracy, int decimals, std::int64_t C) {
    return celoss::look_up({.loss = reported(loss), .accuracy = reported(accuracy, decimals), .classes = C});
  };
  CHECK(severity(look_up(1.2, 1, 0, 3), Rule::loss_accuracy_inconsistent) == Severity::warning);
  CHECK(severity(look_up(0.1, 0.5, 1, 3), Rule::loss_accuracy_inconsistent) == Severity::warning);
  CHECK_FALSE(look_up(0.05, 0.9, 1, 3).find(Rule::loss_accuracy_inconsistent));
  CHECK_FALSE(look_up(1.0, 1, 0, 3).find(Rule::loss_accuracy_inconsistent));
  for (int i = 0; i < 200; ++i) {
    const celoss::Diagnosis diagnosis = diagnose(plain(i, 20, 4, i % 50));
    CHECK_FALSE(look_up(diagnosis.loss, rounded_to_decimals(diagnosis.accuracy, 2), 2, 4)
                    .find(Rule::loss_accuracy_inconsistent));
  }
}

TEST_CASE("a loss alone: the floors it may stand on") {
  const auto verdict = [](double loss, std::int64_t C, std::optional<double> accuracy = {}) {
    celoss::Question question;
    question.loss = reported(loss), question.classes = C;
    if (accuracy) question.accuracy = reported(*accuracy, 2);
    return celoss::look_up(question);
  };
  CHECK(severity(verdict(1.4612, 10, 0.99), Rule::softmax_in_front) == Severity::warning);
  CHECK(severity(verdict(0.55, 3, 1.0), Rule::softmax_in_front) == Severity::warning);
  CHECK(severity(verdict(1.4612, 10), Rule::softmax_in_front) == Severity::info);
  CHECK(verdict(1.4612, 10).verdict == Rule::softmax_in_front);
  CHECK(verdict(2.3612, 10, 0.1).verdict == Rule::softmax_in_front);
  CHECK(verdict(2.3026, 10, 0.1).verdict == Rule::at_chance);
  CHECK(verdict(2.1716, 10, 0.95).find(Rule::softmax_twice_in_front));
  CHECK(verdict(0.7966, 10, 0.95).find(Rule::bounded_logits));
  CHECK(verdict(0.5003, 10, 0.99).verdict == Rule::smoothing_floor);
  CHECK(number(verdict(0.5514, 0), Rule::softmax_in_front, Measure::classes) == 3);
  CHECK(number(verdict(0.7437, 0), Rule::softmax_in_front, Measure::classes) == 4);
  CHECK(number(verdict(2.3026, 0), Rule::at_chance, Measure::classes) == 10);
  CHECK(verdict(0.02, 10, 0.99).verdict == Rule::healthy);
  CHECK(verdict(-0.5, 10).verdict == Rule::negative_loss);
  CHECK(verdict(std::nan(""), 10).verdict == Rule::nonfinite_logits);
  CHECK(verdict(0, 1).verdict == Rule::one_class);
  // A wrong prediction behind a softmax costs more than a right one.
  for (const auto& [loss, accuracy] : {std::pair{0.31, 0.9}, {0.30, 0.95}, {0.33, 0.92}, {0.36, 0.95}, {0.40, 0.91}}) {
    CAPTURE(loss);
    CHECK(severity(verdict(loss, 2, accuracy), Rule::softmax_in_front).value_or(Severity::info) == Severity::info);
  }
  CHECK_FALSE(verdict(0.31, 2, 0.9).find(Rule::softmax_in_front));
  CHECK_FALSE(verdict(1.4612, 10, 0.3).find(Rule::softmax_in_front));
  // Only of a loss at the floor itself the distance is told.
  const auto has_distance = [&](const celoss::Diagnosis& diagnosis) {
    return diagnosis.find(Rule::softmax_in_front)->find(Measure::distance)->kind == celoss::Finding::Kind::number;
  };
  CHECK(has_distance(verdict(1.4612, 10, 0.99)));
  CHECK_FALSE(has_distance(verdict(0.40, 2, 0.91)));
  // A floor that is met comes before one that is far below.
  CHECK(verdict(0.8711, 3, 0.99).verdict == Rule::softmax_twice_in_front);
  CHECK(verdict(0.9211, 3, 0.99).verdict == Rule::softmax_in_front);
  // ln C, and the predictions are right.
  CHECK(severity(verdict(2.3026, 10, 0.99), Rule::softmax_in_front) == Severity::info);
  CHECK(verdict(2.3026, 10, 0.99).verdict == Rule::softmax_in_front);
  CHECK(verdict(2.3026, 10, 0.5).verdict == Rule::healthy);
  CHECK_FALSE(verdict(2.31, 10, 1).find(Rule::softmax_in_front));
}

TEST_CASE("confidence: every prediction with a label that is a class counts once, right or wrong, at its probability") {
  Call call = plain(4, 200, 5, 20);
  call.labels[0] = -100, call.labels[1] = 7, call.logits[10] = std::nan("");  // ignored, no class, a row without one
  const Diagnosed whole = read(call);
  celoss::Confidence counted;
  double sum = 0;
  std::int64_t right = 0;
  for (std::size_t i = 3; i < 200; ++i) {
    const bool is_right = whole.predictions[i] == whole.labels[i];
    const int bin = std::min(static_cast<int>(whole.confidences[i] * 20), 19);
    ++counted.counts[bin + (is_right ? 0 : 20)];
    sum += whole.confidences[i];
    right += is_right;
  }
  CHECK(whole.confidence.counts == counted.counts);
  CHECK(whole.confidence.count == 197);
  CHECK(right > 0);
  CHECK(whole.confidence.mean() == Approx(sum / 197));
  celoss::Confidence ends;
  for (const double p : {0.0, 1.0, 0.05, std::nan("")}) ends.add(p, true);
  CHECK(ends.counts[0] == 1);
  CHECK(ends.counts[1] == 1);
  CHECK(ends.counts[19] == 1);
  CHECK(ends.count == 3);
  CHECK(std::isnan(celoss::Confidence().mean()));

  for (int parts = 1; parts < 4; ++parts) {
    call.piece = 7, call.parts = parts;
    const Diagnosed merged = read(call);
    CHECK(merged.confidence.counts == counted.counts);
    CHECK(merged.confidence.mean() == Approx(sum / 197));
  }
}

TEST_CASE("confidence: behind a softmax no prediction has more than e / (e + C - 1)") {
  for (int i = 0; i < 20; ++i) {
    const Call call = behind_softmax(i);
    const double most = celoss::double_softmax_probability(call.shape[1]);
    const celoss::Confidence confidence = read(call).confidence;
    CHECK(confidence.mean() <= most + 1e-6);
    for (std::size_t bin = 0; bin < celoss::Confidence::bins; ++bin) {
      if (static_cast<double>(bin) > (most + 1e-6) * static_cast<double>(celoss::Confidence::bins))
        CHECK(confidence.counts[bin] + confidence.counts[bin + 20] == 0);
    }
  }
}

TEST_CASE("pieces of any size, and parts that are merged, say the same") {
  for (int i = 0; i < 60; ++i) {
    Random random(i);
    Call call = i % 3 == 0 ? behind_softmax(i) : plain(i, random.between(3, 40), 5, 20);
    if (i % 3 == 2) call.labels[2] = random.pick({-1, 5, 77});
    if (i % 4 == 1) call.logits[6] = std::nan("");
    const Diagnosed whole = read(call);
    call.piece = random.between(1, 7);
    call.parts = random.between(1, 4);
    const Diagnosed parts = read(call);
    CAPTURE(i);
    CHECK(text(parts.diagnosis) == text(whole.diagnosis));
    CHECK(parts.diagnosis.verdict == whole.diagnosis.verdict);
    CHECK(same_numbers(parts.losses, whole.losses));
    for (const celoss::Finding& finding : whole.diagnosis.findings()) {
      for (int k = 0; k < finding.size(); ++k) {
        const double value = number(parts.diagnosis, finding.rule, finding[k].measure);
        if (std::isfinite(finding[k].value)) CHECK(value == Approx(finding[k].value).epsilon(1e-9).margin(1e-12));
      }
    }
  }
}

TEST_CASE("names are all there and all different") {
  std::vector<std::string> names;
  for (int i = 0; i < celoss::rules; ++i) names.push_back(celoss::rule_name(static_cast<Rule>(i)));
  CHECK(names.front() == "softmax-in-front");
  CHECK(names.back() == "option-mismatch");
  std::sort(names.begin(), names.end());
  CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
  CHECK(celoss::measure_name(Measure::settled_by) == std::string("settled_by"));
  CHECK(celoss::word_name(Word::data_leakage) == std::string("data-leakage"));
}
