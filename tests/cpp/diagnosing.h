// Batches for the tests of the diagnosis, and what it says of them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catch.h"
#include "celoss/lab/diagnosis.h"

namespace diagnosing {

/// Random numbers made of integers alone (SplitMix64), the same everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t bits() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  /// In [0, 1).
  double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
  double uniform(double from, double to) { return from + (to - from) * uniform(); }
  std::int64_t below(std::int64_t n) { return static_cast<std::int64_t>(bits() % static_cast<std::uint64_t>(n)); }
  std::int64_t between(std::int64_t from, std::int64_t to) { return from + below(to - from + 1); }
  bool chance(double p) { return uniform() < p; }
  double normal() {
    double sum = 0;  // of twelve: near enough, and the same everywhere
    for (int i = 0; i < 12; ++i) sum += uniform();
    return sum - 6;
  }
  template <class T>
  T pick(std::initializer_list<T> values) {
    return values.begin()[below(static_cast<std::int64_t>(values.size()))];
  }

 private:
  std::uint64_t state_;
};

/// A call, with everything that can be known of it.
struct Call {
  std::vector<std::int64_t> shape;
  std::vector<double> logits;
  std::vector<std::int64_t> target_shape;
  std::vector<std::int64_t> labels;
  std::vector<double> probabilities;
  bool has_target = true;
  std::vector<double> weight;
  celoss::ScalarType dtype = celoss::ScalarType::float32, target_dtype = celoss::ScalarType::int64;
  bool is_stated = true;
  int decimals = -1, target_decimals = -1;
  std::int64_t ignore_index = -100;
  double label_smoothing = 0;
  int class_axis = -1;
  celoss::Reduction reduction = celoss::Reduction::mean;
  celoss::Reported loss, accuracy;
  std::int64_t piece = 0;  ///< of so many samples along N; 0: all
  std::int64_t parts = 1;  ///< read by so many, and merged
};

/// N rows of C, with labels.
inline Call rows(std::int64_t N, std::int64_t C, std::vector<double> logits, std::vector<std::int64_t> labels) {
  Call call;
  call.shape = {N, C};
  call.logits = std::move(logits);
  call.target_shape = {static_cast<std::int64_t>(labels.size())};
  call.labels = std::move(labels);
  return call;
}

inline celoss::Reported reported(double value, int decimals = 4) {
  return {true, value, celoss::half_step_of(decimals)};
}

/// What a batch needs memory for.
struct Reader {
  Reader(const celoss::Batch& batch)
      : columns(batch.shape.N > 1 ? batch.shape.C * batch.shape.D : 0),
        counts(batch.shape.C),
        first(batch.shape.C),
        prints(256),
        statistics(batch, {columns, counts, first, prints}) {}

  std::vector<double> columns;
  std::vector<std::uint32_t> counts;
  std::vector<double> first;
  std::vector<celoss::Fingerprint> prints;
  celoss::Statistics statistics;
};

/// Beside a diagnosis what the samples came to.
struct Diagnosed {
  celoss::Diagnosis diagnosis;
  celoss::CallReading reading;
  celoss::Confidence confidence;
  std::vector<float> losses, confidences;
  std::vector<std::int32_t> predictions, labels;
};

inline Diagnosed read(const Call& call) {
  const celoss::TensorType target{call.target_shape, call.target_dtype, call.is_stated};
  const std::vector<std::int64_t> weight_shape = {static_cast<std::int64_t>(call.weight.size())};
  const celoss::TensorType weight{weight_shape, call.dtype, call.is_stated};
  Diagnosed result;
  result.reading = celoss::read_call({.logits = {call.shape, call.dtype, call.is_stated},
                                      .target = call.has_target ? &target : nullptr,
                                      .weight = call.weight.empty() ? nullptr : &weight,
                                      .ignore_index = call.ignore_index,
                                      .label_smoothing = call.label_smoothing,
                                      .class_axis = call.class_axis});
  const celoss::Batch batch{.shape = result.reading.shape,
                            .target = result.reading.target,
                            .is_ambiguous = result.reading.is_ambiguous,
                            .last = result.reading.last,
                            .logits = celoss::precision_of(call.dtype, call.decimals),
                            .probabilities = celoss::precision_of(call.target_dtype, call.target_decimals),
                            .ignore_index = call.ignore_index,
                            .weight = result.reading.has_weight ? std::span(call.weight) : std::span<const double>(),
                            .label_smoothing = call.label_smoothing};
  const auto& [N, C, D] = batch.shape;
  const std::size_t samples = N * D;
  result.losses.resize(batch.target == celoss::TargetKind::none ? 0 : samples);
  result.labels.resize(result.losses.size());
  result.predictions.resize(samples);
  result.confidences.resize(samples);
  std::vector<Reader*> readers;
  for (std::int64_t i = 0; i < call.parts; ++i) readers.push_back(new Reader(batch));
  const std::int64_t size = call.piece > 0 ? call.piece : std::max<std::int64_t>(N, 1);
  std::int64_t number = 0;
  for (std::int64_t n0 = 0; n0 < N; n0 += size, ++number) {
    const std::int64_t n = std::min(size, N - n0);
    celoss::Piece<double> piece;
    piece.n0 = n0, piece.n = n, piece.d = D;
    piece.logits = std::span(call.logits).subspan(n0 * C * D, n * C * D);
    if (batch.target == celoss::TargetKind::indices) {
      piece.target.indices = std::span(call.labels).subspan(n0 * D, n * D);
    } else if (batch.target == celoss::TargetKind::probabilities) {
      piece.target.probabilities = std::span(call.probabilities).subspan(n0 * C * D, n * C * D);
    }
    const std::int64_t sample0 = n0 * D, samples_here = n * D;  // clang 14 takes no binding into a lambda
    const auto part = [&](auto& all) { return std::span(all).subspan(sample0, samples_here); };
    if (batch.target != celoss::TargetKind::none)
      piece.losses = part(result.losses), piece.labels = part(result.labels);
    piece.predictions = part(result.predictions);
    piece.confidences = part(result.confidences);
    REQUIRE(readers[number % call.parts]->statistics.add(piece).ok());
  }
  for (std::int64_t i = 1; i < call.parts; ++i) readers[0]->statistics.merge(readers[i]->statistics);
  result.diagnosis = celoss::diagnose(result.reading, readers[0]->statistics,
                                      {.reduction = call.reduction,
                                       .label_smoothing = call.label_smoothing,
                                       .loss = call.loss,
                                       .accuracy = call.accuracy});
  result.confidence = readers[0]->statistics.confidence;
  for (const Reader* reader : readers) delete reader;
  return result;
}

inline celoss::Diagnosis diagnose(const Call& call) { return read(call).diagnosis; }

/// The findings, as "softmax-in-front warning, at-chance info".
inline std::string text(const celoss::Diagnosis& diagnosis) {
  std::string text;
  for (const celoss::Finding& finding : diagnosis.findings()) {
    if (!text.empty()) text += ", ";
    text += celoss::rule_name(finding.rule);
    text += finding.severity == celoss::Severity::error     ? " error"
            : finding.severity == celoss::Severity::warning ? " warning"
                                                            : " info";
  }
  return text;
}

/// The severity of a rule; nothing: it was not found.
inline std::optional<celoss::Severity> severity(const celoss::Diagnosis& diagnosis, celoss::Rule rule) {
  const celoss::Finding* finding = diagnosis.find(rule);
  return finding == nullptr ? std::nullopt : std::optional(finding->severity);
}

/// A number of a finding; NaN: there is none.
inline double number(const celoss::Diagnosis& diagnosis, celoss::Rule rule, celoss::Measure measure) {
  const celoss::Finding* finding = diagnosis.find(rule);
  const celoss::Finding::Number* number = finding == nullptr ? nullptr : finding->find(measure);
  return number == nullptr || number->kind == celoss::Finding::Kind::unknown ? std::nan("") : number->value;
}

// ---- How numbers come ----

/// Rounded to so many bits, as float16 and bfloat16 are.
inline double rounded_to_bits(double value, int bits) {
  if (value == 0 || !std::isfinite(value)) return value;
  int exponent;
  const double mantissa = std::frexp(value, &exponent);
  return std::ldexp(std::nearbyint(std::ldexp(mantissa, bits)), exponent - bits);
}

inline double rounded_to_decimals(double value, int decimals) {
  const double power = std::pow(10.0, decimals);
  return std::isfinite(value) ? std::nearbyint(value * power) / power : value;
}

enum class Form { float32, float64, float16, bfloat16, printed };

/// Numbers in a form; decimals where they are printed.
inline void bring(std::vector<double>& numbers, Form form, int decimals) {
  for (double& number : numbers) {
    number = form == Form::float32    ? static_cast<double>(static_cast<float>(number))
             : form == Form::float16  ? rounded_to_bits(number, 11)
             : form == Form::bfloat16 ? rounded_to_bits(number, 8)
             : form == Form::printed  ? rounded_to_decimals(static_cast<double>(static_cast<float>(number)), decimals)
                                      : number;
  }
}

inline void bring(Call& call, Form form, int decimals) {
  bring(call.logits, form, decimals);
  call.dtype = form == Form::float16    ? celoss::ScalarType::float16
               : form == Form::bfloat16 ? celoss::ScalarType::bfloat16
               : form == Form::float64  ? celoss::ScalarType::float64
                                        : celoss::ScalarType::float32;
  call.decimals = form == Form::printed ? decimals : -1;
}

inline std::vector<double> softmax(const std::vector<double>& x, std::int64_t N, std::int64_t C, std::int64_t D = 1) {
  std::vector<double> p(x.size());
  for (std::int64_t n = 0; n < N; ++n) {
    for (std::int64_t d = 0; d < D; ++d) {
      const auto at = [&](std::int64_t c) { return (n * C + c) * D + d; };
      double max = x[at(0)], sum = 0;
      for (std::int64_t c = 1; c < C; ++c) max = std::max(max, x[at(c)]);
      for (std::int64_t c = 0; c < C; ++c) sum += std::exp(x[at(c)] - max);
      for (std::int64_t c = 0; c < C; ++c) p[at(c)] = std::exp(x[at(c)] - max) / sum;
    }
  }
  return p;
}

// ---- Networks ----

/// A linear network on blobs, trained by so many steps of gradient descent: its logits, and the labels.
inline Call trained(Random& random, std::int64_t N, std::int64_t C, int steps, double separation) {
  const std::int64_t F = random.between(2, 6);
  std::vector<double> centres(C * F), inputs(N * F), weights(C * F), biases(C), logits(N * C);
  std::vector<std::int64_t> labels(N);
  for (double& centre : centres) centre = separation * random.normal();
  for (double& weight : weights) weight = random.uniform(-1, 1) / std::sqrt(static_cast<double>(F));
  for (double& bias : biases) bias = random.uniform(-1, 1) / std::sqrt(static_cast<double>(F));
  for (std::int64_t n = 0; n < N; ++n) {
    labels[n] = random.below(C);
    for (std::int64_t f = 0; f < F; ++f) inputs[n * F + f] = centres[labels[n] * F + f] + random.normal();
  }
  for (int step = 0; step <= steps; ++step) {
    for (std::int64_t n = 0; n < N; ++n) {
      for (std::int64_t c = 0; c < C; ++c) {
        double sum = biases[c];
        for (std::int64_t f = 0; f < F; ++f) sum += weights[c * F + f] * inputs[n * F + f];
        logits[n * C + c] = sum;
      }
    }
    if (step == steps) break;
    const std::vector<double> p = softmax(logits, N, C);
    const double rate = 0.5 / static_cast<double>(N);
    for (std::int64_t n = 0; n < N; ++n) {
      for (std::int64_t c = 0; c < C; ++c) {
        const double grad = rate * (p[n * C + c] - (c == labels[n] ? 1 : 0));
        for (std::int64_t f = 0; f < F; ++f) weights[c * F + f] -= grad * inputs[n * F + f];
        biases[c] -= grad;
      }
    }
  }
  return rows(N, C, logits, labels);
}

}  // namespace diagnosing
