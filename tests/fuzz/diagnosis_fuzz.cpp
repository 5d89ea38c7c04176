// Whatever the shapes, dtypes, labels, options, numbers and pieces, the diagnosis
// - reads and writes nothing outside its memory (AddressSanitizer) and does nothing undefined,
// - says the same of pieces as of the whole,
// - never has an accuracy outside [0, 1], a severity of a possible finding above info, or a fixed loss that is no number.
#include <fuzzer/FuzzedDataProvider.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "celoss/lab/batch.h"
#include "celoss/lab/diagnosis.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

std::vector<std::int64_t> some_shape(FuzzedDataProvider& data) {
  std::vector<std::int64_t> shape(data.ConsumeIntegralInRange(0, 4));
  for (std::int64_t& size : shape) size = data.ConsumeIntegralInRange(0, 6);
  return shape;
}

std::vector<double> numbers(FuzzedDataProvider& data, std::int64_t count) {
  const int kind = data.ConsumeIntegralInRange(0, 3);
  std::vector<double> numbers(count);
  for (double& number : numbers) {
    const double unit = data.ConsumeIntegral<std::uint8_t>() / 255.0;
    number = kind == 0   ? unit
             : kind == 1 ? std::nearbyint(8 * unit - 4)
             : kind == 2 ? 20 * unit - 10
                         : __builtin_bit_cast(double, data.ConsumeIntegral<std::uint64_t>());
  }
  return numbers;
}

struct Reader {
  explicit Reader(const celoss::Batch& batch)
      : columns(batch.shape.N > 1 ? batch.shape.C * batch.shape.D : 0),
        counts(batch.shape.C),
        first(batch.shape.C),
        prints(8),
        statistics(batch, {columns, counts, first, prints}) {}

  std::vector<double> columns;
  std::vector<std::uint32_t> counts;
  std::vector<double> first;
  std::vector<celoss::Fingerprint> prints;
  celoss::Statistics statistics;
};

void check(const celoss::Diagnosis& diagnosis) {
  require(diagnosis.accuracy >= 0 && diagnosis.accuracy <= 1);
  for (const celoss::Finding& finding : diagnosis.findings()) {
    if (finding.find(celoss::Measure::possible) != nullptr) require(finding.severity == celoss::Severity::info);
    if (finding.has_fixed_loss) require(std::isfinite(finding.fixed_loss));
  }
}

void fuzz_batch(FuzzedDataProvider& data) {
  const auto some_type = [&] { return static_cast<celoss::ScalarType>(data.ConsumeIntegralInRange(0, 12)); };
  const std::vector<std::int64_t> x_shape = some_shape(data);
  std::vector<std::int64_t> y_shape = some_shape(data), w_shape = {data.ConsumeIntegralInRange<std::int64_t>(0, 6)};
  if (data.ConsumeBool()) {
    y_shape = x_shape;
    if (y_shape.size() > 1)
      y_shape.erase(y_shape.begin() + data.ConsumeIntegralInRange<int>(1, static_cast<int>(y_shape.size()) - 1));
  }
  const celoss::TensorType target{y_shape, some_type(), data.ConsumeBool()};
  const celoss::TensorType weight{w_shape, some_type(), data.ConsumeBool()};
  celoss::CallTypes call;
  call.logits = {x_shape, some_type(), data.ConsumeBool()};
  if (data.ConsumeBool()) call.target = &target;
  if (data.ConsumeBool()) call.weight = &weight;
  call.ignore_index = data.ConsumeIntegralInRange(-2, 6);
  call.label_smoothing = data.ConsumeIntegralInRange(-1, 11) / 10.0;
  call.class_axis = data.ConsumeIntegralInRange(-1, 4);
  const celoss::CallReading reading = celoss::read_call(call);

  celoss::Batch batch;
  batch.shape = reading.shape;
  batch.target = reading.target;
  batch.is_ambiguous = reading.is_ambiguous;
  batch.logits = celoss::precision_of(call.logits.type, data.ConsumeIntegralInRange(-1, 8));
  batch.probabilities = celoss::precision_of(target.type, data.ConsumeIntegralInRange(-1, 8));
  batch.ignore_index = call.ignore_index;
  batch.label_smoothing = call.label_smoothing >= 0 && call.label_smoothing <= 1 ? call.label_smoothing : 0;
  const std::vector<double> weights = numbers(data, reading.has_weight ? batch.shape.C : 0);
  batch.weight = weights;
  const std::int64_t N = batch.shape.N, C = batch.shape.C, D = batch.shape.D;
  const std::vector<double> logits = numbers(data, N * C * D);
  const std::vector<double> probabilities = numbers(data, N * C * D);
  std::vector<std::int64_t> labels(N * D);
  for (std::int64_t& label : labels) label = data.ConsumeIntegralInRange<std::int64_t>(-2, 8);

  celoss::Question question;
  question.label_smoothing = batch.label_smoothing;
  question.loss = {data.ConsumeBool(), data.ConsumeFloatingPoint<double>(), 0.00005};
  question.accuracy = {data.ConsumeBool(), data.ConsumeIntegralInRange(0, 10) / 10.0, 0.05};
  std::vector<float> losses(batch.target == celoss::TargetKind::none ? 0 : N * D);
  const auto read = [&](std::int64_t size) {
    Reader reader(batch), other(batch);
    for (std::int64_t n0 = 0; n0 < N; n0 += size) {
      const std::int64_t n = std::min(size, N - n0);
      celoss::Piece<double> piece;
      piece.n0 = n0, piece.n = n, piece.d = D;
      piece.logits = std::span(logits).subspan(n0 * C * D, n * C * D);
      if (batch.target == celoss::TargetKind::indices) piece.target.indices = std::span(labels).subspan(n0 * D, n * D);
      if (batch.target == celoss::TargetKind::probabilities) {
        piece.target.probabilities = std::span(probabilities).subspan(n0 * C * D, n * C * D);
      }
      if (!losses.empty()) piece.losses = std::span(losses).subspan(n0 * D, n * D);
      require((n0 == 0 ? reader : other).statistics.add(piece).ok());
    }
    reader.statistics.merge(other.statistics);
    return celoss::diagnose(reading, reader.statistics, question);
  };
  const celoss::Diagnosis whole = read(std::max<std::int64_t>(N, 1)), parts = read(1);
  check(whole);
  check(parts);
  require(whole.has_loss == parts.has_loss && whole.label_error.index == parts.label_error.index);

  std::vector<std::uint32_t> order(losses.size()), counts(5);
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
  require(celoss::sort_worst_first(losses, order).ok());
  for (std::size_t i = 1; i < order.size(); ++i) require(!(losses[order[i - 1]] < losses[order[i]]));
  require(celoss::histogram(losses, order, celoss::histogram_width(losses, order, 5), counts).ok());
}

void fuzz_look_up(FuzzedDataProvider& data) {
  celoss::Question question;
  question.loss = {true, data.ConsumeFloatingPoint<double>(), 0};
  question.accuracy = {data.ConsumeBool(), data.ConsumeFloatingPointInRange(0.0, 1.0), 0};
  question.classes = data.ConsumeIntegralInRange<std::int64_t>(0, 100000);
  question.label_smoothing = data.ConsumeIntegralInRange(0, 10) / 10.0;
  check(celoss::look_up(question));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  FuzzedDataProvider data(bytes, size);
  data.ConsumeIntegralInRange(0, 7) > 0 ? fuzz_batch(data) : fuzz_look_up(data);
  return 0;
}
