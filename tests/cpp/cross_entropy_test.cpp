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

namespace {

template <class T>
struct Result {
  std::vector<T> loss, grad_logits;
};

template <class T>
Result<T> cross_entropy_of(const std::vector<T>& logits, Shape shape, const std::vector<std::int64_t>& target,
                           const Options<T>& options) {
  const std::int64_t count = options.reduction == Reduction::none ? shape.samples() : 1;
  Result<T> result{std::vector<T>(count), std::vector<T>(logits.size())};
  REQUIRE(celoss::cross_entropy<T>(logits, shape, {.indices = target}, options, result.loss, result.grad_logits).ok());
  return result;
}

template <class T>
Result<T> run(const golden::Json& golden) {
  return cross_entropy_of(golden::numbers<T>(golden["logits"]), golden::shape(golden),
                          golden::integers(golden["target"]), golden::options<T>(golden));
}

}  // namespace

TEMPLATE_TEST_CASE("cross_entropy is exact, and PyTorch's for NaN and infinities", "", float, double) {
  using T = TestType;
  for (const golden::Json& golden : golden::cases_of<T>("cross_entropy.json")) {
    INFO(golden["name"]);
    const Result<T> result = run<T>(golden);
    const auto [loss, elements] = golden::tolerance(golden::numbers<T>(golden["logits"]), golden::shape(golden));
    golden::check(result.loss, golden["exact"]["loss"], golden["torch"]["loss"], loss);
    golden::check(result.grad_logits, golden["exact"]["grad_logits"], golden["torch"]["grad_logits"], elements);
  }
}

TEST_CASE("float32 losses and gradients are at least as near to exact as PyTorch's") {
  double worst_loss = 0, worst_torch_loss = 0, worst_grad = 0, worst_torch_grad = 0;
  const auto worsen = [](double& worst, double error) {
    if (std::isfinite(error)) worst = std::max(worst, error);
  };
  for (const golden::Json& golden : golden::cases_of<float>("cross_entropy.json")) {
    INFO(golden["name"]);
    const Result<float> result = run<float>(golden);
    const auto compare = [&](const std::vector<float>& ours, const char* field, double& worst, double& worst_torch) {
      const std::vector<double> exact = golden::numbers<double>(golden["exact"][field]);
      const std::vector<float> torch = golden::numbers<float>(golden["torch"][field]);
      for (std::size_t i = 0; i < exact.size(); ++i) {
        CAPTURE(field, i, ours[i], exact[i], torch[i]);
        // Half an ulp is the one rounding at the end.
        CHECK(golden::ulps(ours[i], exact[i]) <= std::max(golden::ulps(torch[i], exact[i]), 0.501));
        worsen(worst, golden::ulps(ours[i], exact[i]));
        worsen(worst_torch, golden::ulps(torch[i], exact[i]));
      }
    };
    compare(result.loss, "loss", worst_loss, worst_torch_loss);
    compare(result.grad_logits, "grad_logits", worst_grad, worst_torch_grad);
  }
  INFO("errors in ulp: loss " << worst_loss << ", PyTorch's " << worst_torch_loss << "; gradient " << worst_grad
                              << ", PyTorch's " << worst_torch_grad);
  // PyTorch's 0 for a loss of 1e-30 is off by all 2^23 ulp of its first digit, and more.
  CHECK(worst_torch_loss > 8e6);
  CHECK(worst_torch_grad > 8e6);
  CHECK(worst_loss < 0.501);
  CHECK(worst_grad < 0.501);
}

TEMPLATE_TEST_CASE("a confident row keeps the digits of its loss, where PyTorch prints 0", "", float, double) {
  using T = TestType;
  const std::string name = std::string("loss_1e-30_") + golden::dtype<T> + "_none";
  const golden::Json& golden = golden::find("cross_entropy.json", name);
  const std::vector<T> loss = run<T>(golden).loss;
  for (const T value : loss) {
    CHECK(value > T(1e-31));
    CHECK(value < T(1e-29));
  }
  for (const double torch : golden::numbers<double>(golden["torch"]["loss"])) CHECK(torch == 0);
}

TEMPLATE_TEST_CASE("cross_entropy of 1000 and of 50257 classes", "", float, double) {
  using T = TestType;
  for (const golden::Json& golden : golden::cases_of<T>("large.json")) {
    INFO(golden["name"]);
    const Shape shape = golden::shape(golden);
    std::vector<T> logits(shape.numel());
    celoss::rand<T>(golden["seed"], logits);
    for (T& logit : logits) logit *= golden["scale"].get<T>();
    const Result<T> result =
        cross_entropy_of(logits, shape, golden::integers(golden["target"]), golden::options<T>(golden));
    const auto [loss, elements] = golden::tolerance(logits, shape);
    golden::check(result.loss, golden["exact"]["loss"], golden["torch"]["loss"], loss);

    std::vector<T> entries;
    for (const std::int64_t i : golden::integers(golden["entries"])) entries.push_back(result.grad_logits.at(i));
    golden::check(entries, golden["exact"]["grad_logits"], golden["torch"]["grad_logits"], elements);

    double sum_of_squares = 0;
    for (const T grad : result.grad_logits) sum_of_squares += static_cast<double>(grad) * grad;
    // Entries that are all off by as much in the same direction, squared.
    const double exact = golden::number(golden["exact"]["sum_of_squares"][0]);
    CHECK(std::abs(sum_of_squares / exact - 1) <= 2 * elements * std::numeric_limits<T>::epsilon());
  }
}

TEMPLATE_TEST_CASE("cross_entropy is nll_loss of log_softmax", "", float, double) {
  using T = TestType;
  for (const golden::Json& golden : golden::cases_of<T>("cross_entropy.json")) {
    if (golden["reduction"] != "none") continue;
    INFO(golden["name"]);
    const Shape shape = golden::shape(golden);
    const std::vector<std::int64_t> target = golden::integers(golden["target"]);
    std::vector<T> log_probs = golden::numbers<T>(golden["logits"]), losses(shape.samples());
    REQUIRE(celoss::log_softmax<T>(log_probs, shape, log_probs).ok());
    REQUIRE(celoss::nll_loss<T>(log_probs, shape, {.indices = target}, golden::options<T>(golden), losses).ok());
    const std::vector<T> direct = run<T>(golden).loss;
    for (std::size_t i = 0; i < losses.size(); ++i) {
      CHECK(((losses[i] == direct[i]) || (std::isnan(losses[i]) && std::isnan(direct[i]))));
    }
  }
}

TEST_CASE("the gradient of cross_entropy equals central finite differences") {
  // Step 1e-5 in float64: the truncation is of the order 1e-10, the rounding of 1e-11.
  constexpr double step = 1e-5, tolerance = 1e-9;
  const Shape shape{.N = 2, .C = 3, .D = 2};
  const std::vector<double> logits = {0.3, -1.2, 2.0, 0.1, -0.7, 0.9, 1.5, 0.0, -2.2, 0.4, 0.8, -0.3};
  const std::vector<std::int64_t> target = {2, -100, 0, 1};
  for (const Reduction reduction : {Reduction::none, Reduction::mean, Reduction::sum}) {
    const Options<double> options{.reduction = reduction};
    const std::vector<double> grad_logits = cross_entropy_of(logits, shape, target, options).grad_logits;
    for (std::size_t i = 0; i < logits.size(); ++i) {
      const auto loss_at = [&](double shift) {
        std::vector<double> moved = logits;
        moved[i] += shift;
        double sum = 0;
        for (const double loss : cross_entropy_of(moved, shape, target, options).loss) sum += loss;
        return sum;
      };
      CAPTURE(static_cast<int>(reduction), i);
      CHECK(std::abs((loss_at(step) - loss_at(-step)) / (2 * step) - grad_logits[i]) <= tolerance);
    }
  }
}

TEMPLATE_TEST_CASE("the gradient is optional and may be written over the logits", "", float, double) {
  using T = TestType;
  for (const golden::Json& golden : golden::cases_of<T>("cross_entropy.json")) {
    INFO(golden["name"]);
    const Result<T> expected = run<T>(golden);
    const Shape shape = golden::shape(golden);
    const std::vector<std::int64_t> target = golden::integers(golden["target"]);
    const Options<T> options = golden::options<T>(golden);
    const auto same = [](const std::vector<T>& a, const std::vector<T>& b) {
      return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                        [](T x, T y) { return x == y || (std::isnan(x) && std::isnan(y)); });
    };
    std::vector<T> memory = golden::numbers<T>(golden["logits"]), loss(expected.loss.size());
    REQUIRE(celoss::cross_entropy<T>(memory, shape, {.indices = target}, options, loss).ok());
    CHECK(same(loss, expected.loss));
    REQUIRE(celoss::cross_entropy<T>(memory, shape, {.indices = target}, options, loss, memory).ok());
    CHECK(same(loss, expected.loss));
    CHECK(same(memory, expected.grad_logits));
  }
}

TEMPLATE_TEST_CASE("cross_entropy refuses what it cannot take and writes nothing", "", float, double) {
  using T = TestType;
  const std::vector<T> input(6, T(0.5)), five(5, T(0.5));
  const std::vector<std::int64_t> target = {0, 2};
  const Shape shape{.N = 2, .C = 3};
  std::vector<T> loss(1, 7), losses(2, 7), grad(6, 7), short_grad(5, 7);

  const auto call = [&](const std::vector<std::int64_t>& indices, const Options<T>& options = {}) {
    return celoss::cross_entropy<T>(input, shape, {.indices = indices}, options, loss, grad);
  };
  celoss::Status status = call({0, 3});
  CHECK(status.code == StatusCode::target_out_of_bounds);
  CHECK(status.argument == Argument::target);
  CHECK(status.got == 3);
  CHECK(status.expected == 3);
  CHECK(status.index == 1);
  CHECK(call({-1, 5}).index == 0);
  CHECK(call({0, std::numeric_limits<std::int64_t>::max()}).code == StatusCode::target_out_of_bounds);
  CHECK(call({0, std::numeric_limits<std::int64_t>::min()}).code == StatusCode::target_out_of_bounds);
  CHECK(call({0, -100}, {.ignore_index = 5}).got == -100);
  CHECK(call({}).code == StatusCode::batch_size_mismatch);
  CHECK(call({0}).code == StatusCode::batch_size_mismatch);
  CHECK(call({0, 1, 2}).got == 3);
  CHECK(call({0, 1, 2}).expected == 2);
  CHECK(call(target, {.weight = input}).argument == Argument::weight);
  CHECK(call(target, {.weight = input}).code == StatusCode::not_supported);
  CHECK(call(target, {.label_smoothing = 0.1}).argument == Argument::label_smoothing);
  CHECK(call(target, {.label_smoothing = std::numeric_limits<double>::quiet_NaN()}).code == StatusCode::not_supported);
  const auto with_probabilities = celoss::cross_entropy<T>(input, shape, {.probabilities = input}, {}, loss, grad);
  CHECK(with_probabilities.code == StatusCode::not_supported);
  CHECK(with_probabilities.argument == Argument::target);
  status = celoss::cross_entropy<T>(five, shape, {.indices = target}, {}, loss, grad);
  CHECK(status.code == StatusCode::size_mismatch);
  CHECK(status.argument == Argument::logits);
  CHECK(celoss::cross_entropy<T>(input, {.N = -2, .C = -3}, {.indices = target}, {}, loss, grad).expected == -1);
  CHECK(celoss::cross_entropy<T>(input, {.N = 2, .C = 0}, {.indices = target}, {}, loss, grad).expected == 0);
  CHECK(celoss::cross_entropy<T>({}, {.N = 2, .C = 0}, {.indices = target}, {}, loss, grad).code ==
        StatusCode::target_out_of_bounds);
  status = celoss::cross_entropy<T>(input, shape, {.indices = target}, {}, losses, grad);
  CHECK(status.code == StatusCode::output_size_mismatch);
  CHECK(status.argument == Argument::output);
  CHECK(celoss::cross_entropy<T>(input, shape, {.indices = target}, {}, {}, grad).got == 0);
  const Options<T> none{.reduction = Reduction::none};
  CHECK(celoss::cross_entropy<T>(input, shape, {.indices = target}, none, loss, grad).expected == 2);
  CHECK(celoss::cross_entropy<T>(input, shape, {.indices = target}, {}, loss, short_grad).got == 5);
  for (const std::vector<T>& untouched : {loss, losses, grad, short_grad}) {
    CHECK(std::count(untouched.begin(), untouched.end(), T(7)) == std::ssize(untouched));
  }
}

TEST_CASE("samples without classes can be ignored, as in PyTorch") {
  const std::vector<std::int64_t> target = {-100, -100};
  float loss = 0;
  REQUIRE(celoss::cross_entropy<float>({}, {.N = 2, .C = 0}, {.indices = target}, {}, {&loss, 1}).ok());
  CHECK(std::isnan(loss));
}
