// False alarms: none in 10,000 healthy batches of many kinds. And none is missed where a softmax is in front.
#include <numbers>

#include "celoss/floors.h"
#include "diagnosing.h"

using namespace diagnosing;
using celoss::Rule;
using celoss::Severity;

namespace {

std::int64_t some_classes(Random& random) {
  return random.chance(0.1) ? random.between(50, 1000) : random.between(2, 20);
}

/// So many samples that a batch stays small.
std::int64_t some_samples(Random& random, std::int64_t C) {
  return random.between(1, std::clamp<std::int64_t>(2000 / C, 2, 100));
}

std::vector<std::int64_t> some_labels(Random& random, std::int64_t N, std::int64_t C) {
  std::vector<std::int64_t> labels(N);
  const bool is_imbalanced = random.chance(0.3), is_one = random.chance(0.05), has_no_zero = random.chance(0.1);
  const std::int64_t one = random.below(C);
  for (std::int64_t& label : labels) {
    label = is_one ? one : is_imbalanced && random.chance(0.9) ? 0 : random.below(C);
    if (has_no_zero && label == 0) label = 1;  // padding, as it often is
  }
  return labels;
}

Call random_logits(Random& random, std::int64_t N, std::int64_t C) {
  const double scale = random.pick({1e-3, 0.01, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0});
  const double offset = random.chance(0.2) ? 10 * random.normal() : 0;
  Call call = rows(N, C, std::vector<double>(N * C), some_labels(random, N, C));
  for (double& x : call.logits) x = offset + scale * random.normal();
  return call;
}

/// Numbers of other distributions, by chance in [0, 1], or [-1, 1], or whole.
Call by_chance(Random& random, std::int64_t N, std::int64_t C) {
  Call call = rows(N, C, std::vector<double>(N * C), some_labels(random, N, C));
  const int kind = static_cast<int>(random.below(6));
  const double high = random.uniform(0.05, 1), whole = random.pick({1.0, 2.0, 5.0});
  for (double& x : call.logits) {
    const double u = random.uniform();
    x = kind == 0   ? u
        : kind == 1 ? 2 * u - 1
        : kind == 2 ? high * u
        : kind == 3 ? std::nearbyint(whole * random.normal())
        : kind == 4 ? std::nearbyint(20 * u) / 20
                    : std::sqrt(u);
  }
  return call;
}

/// Rows that sum to 1, but not as probabilities do.
Call sums_of_one(Random& random, std::int64_t N, std::int64_t C) {
  Call call = random_logits(random, N, C);
  for (double& x : call.logits) x += 0.3 * random.normal();
  for (std::int64_t n = 0; n < N; ++n) {
    double sum = 0;
    for (std::int64_t c = 0; c < C; ++c) sum += call.logits[n * C + c];
    for (std::int64_t c = 0; c < C; ++c) call.logits[n * C + c] += (1 - sum) / static_cast<double>(C);
    call.logits[n * C] += 2;
    call.logits[n * C + 1] -= 2;
  }
  return call;
}

/// A language model's: what it has learnt of a token is the same wherever it stands. (N, C, T), with padding.
Call tokens(Random& random) {
  const std::int64_t N = random.between(1, 4), T = random.between(2, 12), C = random.between(3, 40);
  const double scale = random.pick({0.1, 1.0, 5.0});
  std::vector<double> table(C * C);
  for (double& x : table) x = scale * random.normal();
  Call call;
  call.shape = {N, C, T};
  call.target_shape = {N, T};
  call.logits.resize(N * C * T);
  call.labels.resize(N * T);
  for (std::int64_t n = 0; n < N; ++n) {
    for (std::int64_t t = 0; t < T; ++t) {
      const std::int64_t token = random.below(C);
      for (std::int64_t c = 0; c < C; ++c) call.logits[(n * C + c) * T + t] = table[token * C + c];
      call.labels[n * T + t] = t > T / 2 && random.chance(0.5) ? -100 : random.below(C);
    }
  }
  call.labels[0] = 0;
  return call;
}

Call segmentation(Random& random) {
  const std::int64_t N = random.between(1, 2), C = random.between(2, 8), H = random.between(2, 8),
                     W = random.between(2, 8);
  Call call;
  call.shape = {N, C, H, W};
  call.target_shape = {N, H, W};
  call.logits.resize(N * C * H * W);
  call.labels.resize(N * H * W);
  const double scale = random.pick({0.2, 2.0, 8.0});
  for (double& x : call.logits) x = scale * random.normal();
  for (std::int64_t& label : call.labels) label = random.chance(0.1) ? 255 : random.below(C);
  call.ignore_index = 255;
  call.labels[0] = 0;
  return call;
}

Call soft(Random& random, std::int64_t N, std::int64_t C) {
  Call call = random_logits(random, N, C);
  std::vector<double> teacher(N * C);
  for (double& x : teacher) x = random.pick({0.5, 3.0, 10.0}) * random.normal();
  call.probabilities = softmax(teacher, N, C);
  call.target_shape = call.shape;
  const Form form = random.pick({Form::float32, Form::float64, Form::float16, Form::bfloat16, Form::printed});
  const int decimals = static_cast<int>(random.between(2, 6));
  bring(call.probabilities, form, decimals);
  call.target_dtype = form == Form::float16    ? celoss::ScalarType::float16
                      : form == Form::bfloat16 ? celoss::ScalarType::bfloat16
                      : form == Form::float64  ? celoss::ScalarType::float64
                                               : celoss::ScalarType::float32;
  call.target_decimals = form == Form::printed ? decimals : -1;
  return call;
}

Call masked(Random& random, std::int64_t N, std::int64_t C) {
  Call call = random_logits(random, N, C);
  for (std::int64_t n = 0; n < N; ++n) {
    for (std::int64_t c = 0; c < C; ++c) {
      if (c != call.labels[n] && random.chance(0.3)) call.logits[n * C + c] = -std::numeric_limits<double>::infinity();
    }
  }
  return call;
}

/// The head of a network as it may begin: all zero, or with nothing but its bias.
Call zero_head(Random& random, std::int64_t N, std::int64_t C) {
  return rows(N, C, std::vector<double>(N * C), some_labels(random, N, C));
}

Call healthy(Random& random, int kind) {
  const std::int64_t C = some_classes(random), N = kind % 12 == 10 ? 1 : some_samples(random, C);
  switch (kind % 12) {
    case 0: return trained(random, N, std::min<std::int64_t>(C, 30), 0, 3);
    case 1: return trained(random, N, std::min<std::int64_t>(C, 10), 5, 3);
    case 2: return trained(random, N, std::min<std::int64_t>(C, 6), 60, 5);
    case 3: return random_logits(random, N, C);
    case 4: return by_chance(random, N, C);
    case 5: return sums_of_one(random, N, C);
    case 6: return tokens(random);
    case 7: return segmentation(random);
    case 8: return soft(random, N, C);
    case 9: return masked(random, N, C);
    case 10: return random.chance(0.5) ? by_chance(random, 1, C) : random_logits(random, 1, C);
    default: return zero_head(random, N, C);
  }
}

/// What is so, by its definition, of a batch that chance made.
bool truly_holds(const celoss::Finding& finding, const Call& call) {
  const std::int64_t C = call.shape[1];
  return finding.rule == Rule::one_class && C == 1;
}

}  // namespace

TEST_CASE("there is no false alarm in 10,000 healthy batches") {
  constexpr int batches = 10000;
  int alarms = 0;
  for (int i = 0; i < batches; ++i) {
    Random random(i);
    Call call = healthy(random, i);
    const Form form =
        random.pick({Form::float32, Form::float64, Form::float16, Form::bfloat16, Form::printed, Form::printed});
    bring(call, form, static_cast<int>(random.between(1, 8)));
    if (random.chance(0.1)) call.label_smoothing = 0.1;
    if (call.label_smoothing > 0 && i % 12 == 9) call.label_smoothing = 0;  // a mask under smoothing is infinite
    if (random.chance(0.1) && i % 12 != 8) {
      call.weight.resize(call.shape[1]);
      for (double& weight : call.weight) weight = random.uniform(0.5, 3);
    }
    const celoss::Diagnosis diagnosis = diagnose(call);
    for (const celoss::Finding& finding : diagnosis.findings()) {
      if (finding.severity == Severity::info || truly_holds(finding, call)) continue;
      ++alarms;
      CAPTURE(i, call.shape, static_cast<int>(form), call.decimals, text(diagnosis));
      CHECK(finding.rule == Rule::healthy);
    }
  }
  CHECK(alarms == 0);
}

TEST_CASE("two numbers that sum to 1 are no softmax") {
  for (int i = 0; i < 1000; ++i) {
    Random random(i);
    const double p = random.uniform();
    Call call = rows(1, 2, {p, 1 - p}, {random.below(2)});
    bring(call, random.pick({Form::float32, Form::float64, Form::float16, Form::printed}),
          static_cast<int>(random.between(1, 8)));
    CAPTURE(i, p);
    CHECK(severity(diagnose(call), Rule::softmax_in_front).value_or(Severity::info) == Severity::info);
  }
}

TEST_CASE("no softmax in front is missed where the evidence is enough") {
  int enough = 0;
  for (int i = 0; i < 3000; ++i) {
    Random random(i);
    const std::int64_t C = random.chance(0.2) ? random.between(20, 1000) : random.between(2, 20);
    const std::int64_t N = some_samples(random, C);
    const int steps = random.pick({0, 5, 40});
    Call call = C <= 20 ? trained(random, N, C, steps, 3) : random_logits(random, N, C);
    call.logits = softmax(call.logits, N, C);
    const Form form =
        random.pick({Form::float32, Form::float64, Form::float16, Form::bfloat16, Form::printed, Form::printed});
    const int decimals = random.chance(0.5) ? 4 : static_cast<int>(random.between(1, 8));
    bring(call, form, decimals);

    const auto classes = static_cast<double>(C), count = static_cast<double>(N * C);
    const double unit = form == Form::float16 ? 0x1p-11 : form == Form::bfloat16 ? 0x1p-8 : 0x1p-24;
    const double tolerance =
        form == Form::printed ? celoss::half_step_of(decimals) * std::min(classes, 2 + 2.5 * std::sqrt(classes)) + 1e-6
                              : 2 * unit + classes * 0x1p-23;
    double sum = 0, squares = 0;
    for (const double x : call.logits) sum += x, squares += x * x;
    const double deviation = std::sqrt(std::max(0.0, squares / count - sum / count * sum / count));
    const double evidence =
        static_cast<double>(N) * -std::log10(std::min(1.0, 2 * tolerance / (deviation * std::sqrt(classes))));
    bool is_one = true;  // that rows sum to, as far as these tolerances go
    for (std::int64_t n = 0; n < N; ++n) {
      double row = 0;
      for (std::int64_t c = 0; c < C; ++c) row += call.logits[n * C + c];
      is_one = is_one && std::abs(row - 1) <= tolerance;
    }
    const auto is_end = [](double x) { return x == 0 || x == 1; };
    const bool is_one_hot = std::all_of(call.logits.begin(), call.logits.end(), is_end);
    if (!is_one || evidence < 3 || (N == 1 && (C == 2 || is_one_hot))) continue;
    ++enough;
    const celoss::Diagnosis diagnosis = diagnose(call);
    CAPTURE(i, N, C, static_cast<int>(form), call.decimals, evidence, text(diagnosis));
    CHECK(severity(diagnosis, Rule::softmax_in_front) == Severity::warning);
  }
  CHECK(enough > 1500);
}
