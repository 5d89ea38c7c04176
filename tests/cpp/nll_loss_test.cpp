#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "golden.h"

using celoss::Argument;
using celoss::Options;
using celoss::Reduction;
using celoss::Shape;
using celoss::StatusCode;

TEMPLATE_TEST_CASE("nll_loss is exact, and PyTorch's for NaN, infinities and signs of zero", "", float, double) {
  using T = TestType;
  for (const golden::Json& golden : golden::cases_of<T>("nll_loss.json")) {
    INFO(golden["name"]);
    const auto [loss, grad] = golden::run<T>(celoss::nll_loss<T>, golden::LossArguments<T>(golden));
    golden::check(loss, golden, "loss", 1);
    golden::check(grad, golden, "grad_log_probs", golden::tolerance<T>.elements);
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

TEMPLATE_TEST_CASE("nll_loss may write its gradient over its input, and leave it out", "", float, double) {
  using T = TestType;
  for (const golden::Json& golden : golden::cases_of<T>("nll_loss.json")) {
    INFO(golden["name"]);
    const golden::LossArguments<T> in(golden);
    const auto [expected_loss, expected_grad] = golden::run<T>(celoss::nll_loss<T>, in);
    std::vector<T> memory = in.input, loss(expected_loss.size());
    REQUIRE(celoss::nll_loss<T>(memory, in.shape, in.target(), in.options(), loss).ok());
    CHECK(golden::identical(loss, expected_loss));
    REQUIRE(celoss::nll_loss<T>(memory, in.shape, in.target(), in.options(), loss, memory, in.grad_output).ok());
    CHECK(golden::identical(loss, expected_loss));
    CHECK(golden::identical(memory, expected_grad));
  }
}

TEMPLATE_TEST_CASE("nll_loss takes class indices in int32", "", float, double) {
  using T = TestType;
  for (const golden::Json& golden : golden::cases_of<T>("nll_loss.json")) {
    INFO(golden["name"]);
    const golden::LossArguments<T> in(golden);
    const std::vector<std::int32_t> indices(in.indices.begin(), in.indices.end());
    const auto [expected_loss, expected_grad] = golden::run<T>(celoss::nll_loss<T>, in);
    std::vector<T> loss(expected_loss.size()), grad(expected_grad.size());
    REQUIRE(
        celoss::nll_loss<T>(in.input, in.shape, {.indices = indices}, in.options(), loss, grad, in.grad_output).ok());
    CHECK(golden::identical(loss, expected_loss));
    CHECK(golden::identical(grad, expected_grad));
  }
}

TEST_CASE("the gradient of nll_loss equals central finite differences") {
  // The loss is linear: the differences are rounded, by 1e-16 / step, and nothing else.
  constexpr double step = 1e-3, tolerance = 1e-12;
  golden::LossArguments<double> in;
  in.input = {-0.3, -1.2, -2.0, -0.1, -0.7, -0.9, -1.5, -0.4, -2.2, -0.4, -0.8, -0.3};
  in.shape = {.N = 2, .C = 3, .D = 2};
  in.indices = {2, -100, 0, 1};
  in.weight = {0.5, 2, 1.25};
  for (const Reduction reduction : {Reduction::none, Reduction::mean, Reduction::sum}) {
    in.reduction = reduction;
    in.grad_output = reduction == Reduction::none ? std::vector<double>{0.75, -2, 1, 0.5} : std::vector<double>{0.75};
    const std::vector<double> grad = golden::run<double>(celoss::nll_loss<double>, in).grad;
    for (std::size_t i = 0; i < in.input.size(); ++i) {
      const auto loss_at = [&](double shift) {
        golden::LossArguments<double> moved = in;
        moved.input[i] += shift;
        const std::vector<double> loss = golden::run<double>(celoss::nll_loss<double>, moved).loss;
        return std::inner_product(loss.begin(), loss.end(), in.grad_output.begin(), 0.0);
      };
      CAPTURE(static_cast<int>(reduction), i);
      CHECK(std::abs((loss_at(step) - loss_at(-step)) / (2 * step) - grad[i]) <= tolerance);
    }
  }
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
  status = call(target, {.weight = input});
  CHECK(status.code == StatusCode::weight_size_mismatch);
  CHECK(status.argument == Argument::weight);
  CHECK(status.got == 6);
  CHECK(status.expected == 3);
  CHECK(call(target, {.label_smoothing = 0.1}).code == StatusCode::not_supported);
  CHECK(call(target, {.label_smoothing = 0.1}).argument == Argument::label_smoothing);
  status = celoss::nll_loss<T>(input, shape, {.probabilities = probabilities}, {}, loss, grad);
  CHECK(status.code == StatusCode::not_supported);
  CHECK(status.argument == Argument::target);
  status = celoss::nll_loss<T>(input, shape, {.indices = target}, {}, loss, grad, losses);
  CHECK(status.code == StatusCode::size_mismatch);
  CHECK(status.argument == Argument::grad_output);
  CHECK(status.got == 2);
  CHECK(status.expected == 1);
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
