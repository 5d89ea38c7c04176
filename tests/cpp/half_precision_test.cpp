#include <limits>

#include "celoss/lab/half_precision.h"
#include "celoss/lab/random.h"
#include "golden.h"

namespace {

constexpr float inf = std::numeric_limits<float>::infinity();

celoss::HalfFormat format(const std::string& dtype) {
  return dtype == "float16" ? celoss::HalfFormat::float16 : celoss::HalfFormat::bfloat16;
}

/// The batch that a case of half_precision.json describes.
struct Batch {
  explicit Batch(const golden::Json& golden)
      : format(::format(golden["dtype"])),
        rank(golden["shape"].size()),
        shape(golden::shape(golden)),
        logits(shape.numel()),
        target(shape.samples()),
        options{.reduction = golden::reduction(golden["reduction"])} {
    celoss::rand<float>(golden["seed"], logits);
    for (float& x : logits) x = golden["scale"].get<float>() * (x - 0.5f);
    const std::int64_t step = golden["step"], ignored = golden["ignored"];
    for (std::int64_t i = 0; i < shape.samples(); ++i) {
      target[i] = ignored > 0 && i % ignored == 0 ? -100 : step * i % shape.C;
    }
    if (golden.contains("weight")) options.weight = weight = golden::numbers<float>(golden["weight"]);
  }

  /// The loss of the batch, which comes in so many pieces of whole rows.
  celoss::HalfPrecisionLoss loss(std::int64_t pieces = 1) const {
    celoss::HalfPrecisionLoss loss(format, rank == 2);
    for (std::int64_t piece = 0; piece < pieces; ++piece) {
      const std::int64_t first = shape.N * piece / pieces, rows = shape.N * (piece + 1) / pieces - first;
      const std::int64_t numel = shape.C * shape.D;
      REQUIRE(loss.add<float>(std::span(logits).subspan(first * numel, rows * numel), {rows, shape.C, shape.D},
                              std::span(target).subspan(first * shape.D, rows * shape.D), options)
                  .ok());
    }
    return loss;
  }

  celoss::HalfFormat format;
  std::size_t rank;
  celoss::Shape shape;
  std::vector<float> logits;
  std::vector<std::int64_t> target;
  std::vector<float> weight;
  celoss::Options<float> options;
};

}  // namespace

TEST_CASE("half precision: the loss is PyTorch's, to the bit") {
  for (const golden::Json& golden : golden::current_cases("half_precision.json")) {
    INFO(golden["name"]);
    const double expected = golden::number(golden["torch"]["loss"]);
    const Batch batch(golden);
    for (const std::int64_t pieces : {1, 3}) {
      const double loss = batch.loss(pieces).pytorch(batch.options.reduction);
      CHECK((loss == expected || (std::isnan(loss) && std::isnan(expected))));
    }
  }
}

TEST_CASE("half precision: what the format of the logits costs is cross_entropy of the rounded ones") {
  for (const golden::Json& golden : golden::current_cases("half_precision.json")) {
    INFO(golden["name"]);
    Batch batch(golden);
    const double loss = batch.loss().exact(batch.options.reduction);
    for (float& x : batch.logits) x = celoss::rounded_to(batch.format, x);
    for (float& w : batch.weight) w = celoss::rounded_to(batch.format, w);
    batch.options.weight = batch.weight;
    float exact;
    REQUIRE(celoss::cross_entropy<float>(batch.logits, batch.shape, {batch.target}, batch.options, {&exact, 1}).ok());
    CHECK(std::abs(loss / exact - 1) <= std::numeric_limits<float>::epsilon());
  }
}

TEST_CASE("half precision: numbers are rounded to the nearest, to even in between") {
  using enum celoss::HalfFormat;
  CHECK(celoss::rounded_to(bfloat16, 1 + 0x1p-8f) == 1);
  CHECK(celoss::rounded_to(bfloat16, 1 + 0x1.8p-7f) == 1 + 0x1p-6f);
  CHECK(celoss::rounded_to(bfloat16, 3.4e38f) == inf);
  CHECK(celoss::rounded_to(float16, 1 + 0x1p-11f) == 1);
  CHECK(celoss::rounded_to(float16, 1 + 0x1.8p-10f) == 1 + 0x1p-9f);
  CHECK(celoss::rounded_to(float16, 65519.f) == 65504);
  CHECK(celoss::rounded_to(float16, -65520.f) == -inf);
  CHECK(celoss::rounded_to(float16, 0x1p-25f) == 0);
  CHECK(celoss::rounded_to(float16, 0x1.8p-25f) == 0x1p-24f);
  CHECK(std::signbit(celoss::rounded_to(float16, -0x1p-30f)));
  for (const celoss::HalfFormat format : {float16, bfloat16}) {
    CHECK(celoss::rounded_to(format, -inf) == -inf);
    CHECK(std::isnan(celoss::rounded_to(format, std::numeric_limits<float>::quiet_NaN())));
  }
}

TEST_CASE("half precision: every number of a format stays as it is") {
  for (const golden::Json& golden : golden::cases("halves.json")) {
    INFO(golden["name"]);
    for (const float value : golden::numbers<float>(golden["value"])) {
      if (std::isnan(value)) continue;
      const float rounded = celoss::rounded_to(format(golden["dtype"]), value);
      CHECK((rounded == value && std::signbit(rounded) == std::signbit(value)));
    }
  }
}

TEST_CASE("half precision: no samples have no mean, and 0 as their sum") {
  const std::vector<float> logits = {1, 2};
  const std::vector<std::int64_t> ignored = {-100};
  celoss::HalfPrecisionLoss loss(celoss::HalfFormat::bfloat16, true);
  REQUIRE(loss.add<float>(logits, {1, 2, 1}, ignored, {}).ok());
  CHECK(std::isnan(loss.exact(celoss::Reduction::mean)));
  CHECK(std::isnan(loss.pytorch(celoss::Reduction::mean)));
  CHECK(loss.exact(celoss::Reduction::sum) == 0);
  CHECK(loss.pytorch(celoss::Reduction::sum) == 0);
}

TEST_CASE("half precision: refuses what cross_entropy refuses, and smoothing") {
  using celoss::StatusCode;
  const std::vector<float> logits = {1, 2, 3, 4};
  const std::vector<std::int64_t> target = {0, 2};
  const auto code = [&](celoss::Shape shape, std::span<const std::int64_t> target, celoss::Options<float> options) {
    celoss::HalfPrecisionLoss loss(celoss::HalfFormat::float16, true);
    return loss.add<float>(logits, shape, target, options).code;
  };
  CHECK(code({2, 2, 1}, target, {}) == StatusCode::target_out_of_bounds);
  CHECK(code({2, 3, 1}, target, {}) == StatusCode::size_mismatch);
  CHECK(code({4, 1, 1}, target, {}) == StatusCode::batch_size_mismatch);
  CHECK(code({1, 4, 1}, {&target[0], 1}, {.weight = {logits.data(), 3}}) == StatusCode::weight_size_mismatch);
  CHECK(code({1, 4, 1}, {&target[0], 1}, {.label_smoothing = 0.1}) == StatusCode::not_supported);
}
