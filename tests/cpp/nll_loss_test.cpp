#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "golden.h"

using celoss::Argument;
using celoss::Options;
using celoss::Reduction;
using celoss::Shape;
using celoss::StatusCode;
using celoss::Target;

TEMPLATE_TEST_CASE("nll_loss is exact, and PyTorch's for NaN and infinities", "", float, double) {
  using T = TestType;
  for (const golden::Json& golden : golden::cases_of<T>("nll_loss.json")) {
    INFO(golden["name"]);
    const std::vector<T> log_probs = golden::numbers<T>(golden["log_probs"]);
    const std::vector<std::int64_t> target = golden::integers(golden["target"]);
    std::vector<T> loss(golden["exact"]["loss"].size()), grad_log_probs(log_probs.size());
    REQUIRE(celoss::nll_loss<T>(log_probs, golden::shape(golden), {.indices = target}, golden::options<T>(golden), loss,
                                grad_log_probs)
                .ok());
    // One rounding in float32; in float64 the sum of up to 17 losses.
    const double tolerance = std::is_same_v<T, float> ? 1 : 9;
    golden::check(loss, golden["exact"]["loss"], golden["torch"]["loss"], tolerance);
    golden::check(grad_log_probs, golden["exact"]["grad_log_probs"], golden["torch"]["grad_log_probs"], 1);
  }
}

TEMPLATE_TEST_CASE("nll_loss takes no logarithm and no absolute value", "", float, double) {
  using T = TestType;
  const std::vector<T> log_probs = {T(0.5), T(-2)};
  const std::vector<std::int64_t> target = {0};
  T loss = 0;
  REQUIRE(celoss::nll_loss<T>(log_probs, {.N = 1, .C = 2}, {.indices = target}, {}, {&loss, 1}).ok());
  CHECK(loss == T(-0.5));
}

TEMPLATE_TEST_CASE("nll_loss may write its gradient over its input", "", float, double) {
  using T = TestType;
  std::vector<T> memory = {-1, -2, -3, -4};
  const std::vector<std::int64_t> target = {1, 0};
  T loss = 0;
  REQUIRE(celoss::nll_loss<T>(memory, {.N = 2, .C = 2}, {.indices = target}, {}, {&loss, 1}, memory).ok());
  CHECK(loss == T(2.5));
  CHECK(memory == std::vector<T>{0, T(-0.5), T(-0.5), 0});
}

TEMPLATE_TEST_CASE("nll_loss refuses what it cannot take and writes nothing", "", float, double) {
  using T = TestType;
  const std::vector<T> input(6, T(-0.5)), probabilities(6, T(0.5));
  const std::vector<std::int64_t> target = {0, 2};
  const Shape shape{.N = 2, .C = 3};
  std::vector<T> loss(1, 7), losses(2, 7), grad(6, 7), short_grad(5, 7);

  const auto call = [&](const std::vector<std::int64_t>& indices, const Options<T>& options = {}) {
    return celoss::nll_loss<T>(input, shape, {.indices = indices}, options, loss, grad);
  };
  celoss::Status status = call({0, 3});
  CHECK(status.code == StatusCode::target_out_of_bounds);
  CHECK(status.argument == Argument::target);
  CHECK(status.got == 3);
  CHECK(status.expected == 3);
  CHECK(status.index == 1);
  CHECK(call({-1, 0}).index == 0);
  CHECK(call({0, std::numeric_limits<std::int64_t>::max()}).code == StatusCode::target_out_of_bounds);
  CHECK(call({0, std::numeric_limits<std::int64_t>::min()}).code == StatusCode::target_out_of_bounds);
  CHECK(call({0, -100}, {.ignore_index = 5}).got == -100);
  CHECK(call({0}).code == StatusCode::batch_size_mismatch);
  CHECK(call({0, 1, 2}).got == 3);
  CHECK(call({0, 1, 2}).expected == 2);
  CHECK(call(target, {.weight = input}).argument == Argument::weight);
  CHECK(call(target, {.weight = input}).code == StatusCode::not_supported);
  CHECK(call(target, {.label_smoothing = 0.1}).argument == Argument::label_smoothing);
  CHECK(celoss::nll_loss<T>(input, shape, {.probabilities = probabilities}, {}, loss, grad).code ==
        StatusCode::not_supported);
  CHECK(celoss::nll_loss<T>(input, {.N = 2, .C = 4}, {.indices = target}, {}, loss, grad).code ==
        StatusCode::size_mismatch);
  CHECK(celoss::nll_loss<T>(input, shape, {.indices = target}, {}, losses, grad).code ==
        StatusCode::output_size_mismatch);
  const Options<T> none{.reduction = Reduction::none};
  CHECK(celoss::nll_loss<T>(input, shape, {.indices = target}, none, loss, grad).expected == 2);
  CHECK(celoss::nll_loss<T>(input, shape, {.indices = target}, {}, loss, short_grad).got == 5);
  for (const std::vector<T>& untouched : {loss, losses, grad, short_grad}) {
    CHECK(std::count(untouched.begin(), untouched.end(), T(7)) == std::ssize(untouched));
  }
}
