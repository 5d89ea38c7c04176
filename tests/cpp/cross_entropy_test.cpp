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

namespace {

/// cross_entropy of a golden case, or of other arguments.
template <class T>
golden::LossResult<T> run(const golden::LossArguments<T>& arguments) {
  return golden::run<T>(celoss::cross_entropy<T>, arguments);
}

template <class T>
golden::LossResult<T> run(const golden::Json& golden) {
  return run(golden::LossArguments<T>(golden));
}

/// count copies of the samples of a call, one after the other.
template <class T>
golden::LossArguments<T> repeated(const golden::LossArguments<T>& once, std::int64_t count) {
  golden::LossArguments<T> result = once;
  const auto append = [](auto& values, const auto& more) { values.insert(values.end(), more.begin(), more.end()); };
  for (std::int64_t i = 1; i < count; ++i) {
    append(result.input, once.input);
    append(result.indices, once.indices);
    if (once.reduction == Reduction::none) append(result.grad_output, once.grad_output);
  }
  result.shape.N *= count;
  return result;
}

/// Copy number i of the results for repeated arguments.
template <class T>
std::vector<T> copy_of(const std::vector<T>& values, std::int64_t i, std::size_t size) {
  return {values.begin() + i * static_cast<std::ptrdiff_t>(size),
          values.begin() + (i + 1) * static_cast<std::ptrdiff_t>(size)};
}

/// Every combination of what a target and the options can be, for logits (2, 3, 2).
template <class T>
std::vector<golden::LossArguments<T>> combinations() {
  std::vector<golden::LossArguments<T>> result;
  for (const Reduction reduction : {Reduction::none, Reduction::mean, Reduction::sum}) {
    for (const bool has_probabilities : {false, true}) {
      for (const bool has_weight : {false, true}) {
        for (const double label_smoothing : {0.0, 0.1, 1.0}) {
          golden::LossArguments<T> arguments;
          arguments.input = {T(0.3), T(-1.2), T(2.0),  T(0.1), T(-0.7), T(0.9),
                             T(1.5), T(0.0),  T(-2.2), T(0.4), T(0.8),  T(-0.3)};
          arguments.shape = {.N = 2, .C = 3, .D = 2};
          arguments.has_probabilities = has_probabilities;
          arguments.indices = {2, -100, 0, 1};
          if (has_probabilities) {
            arguments.indices.clear();
            arguments.probabilities = {T(0.2), 0, T(0.5), 1, T(0.3), 0, T(0.1), T(0.6), T(0.9), T(0.2), 0, T(0.2)};
          }
          if (has_weight) arguments.weight = {T(0.5), T(2), T(1.25)};
          arguments.grad_output = {T(0.75)};
          if (reduction == Reduction::none) arguments.grad_output = {T(0.75), T(-2), T(1), T(0.5)};
          arguments.label_smoothing = label_smoothing;
          arguments.reduction = reduction;
          result.push_back(arguments);
        }
      }
    }
  }
  return result;
}

}  // namespace

TEMPLATE_TEST_CASE("cross_entropy is exact, and PyTorch's for NaN, infinities and signs of zero", "", float, double) {
  using T = TestType;
  for (const golden::Json& golden : golden::cases_of<T>("cross_entropy.json")) {
    INFO(golden["name"]);
    const auto [loss, grad_logits] = run<T>(golden);
    golden::check(loss, golden, "loss", golden::tolerance<T>.loss);
    golden::check(grad_logits, golden, "grad_logits", golden::tolerance<T>.elements);
  }
}

TEST_CASE("cross_entropy is as exact for many logits, where its SIMD kernels do the work") {
  std::int64_t compared = 0;
  for (const golden::Json& golden : golden::cases_of<float>("cross_entropy.json")) {
    const golden::LossArguments<float> once(golden);
    if (once.input.empty() || once.has_probabilities) continue;
    INFO(golden["name"]);
    // A power of two, so that the exact results scale exactly.
    std::int64_t count = 2;
    while (count * once.shape.numel() < 1024) count *= 2;
    const auto [loss, grad_logits] = run(repeated(once, count));
    const double sum_scale = once.reduction == Reduction::sum ? static_cast<double>(count) : 1;
    const double grad_scale = once.reduction == Reduction::mean ? 1 / static_cast<double>(count) : 1;
    for (std::int64_t i = 0; i < count; ++i) {
      CAPTURE(i, count);
      const bool is_reduced = once.reduction != Reduction::none;
      const std::vector<float> loss_i = is_reduced ? loss : copy_of(loss, i, golden["exact"]["loss"].size());
      golden::check(loss_i, golden, "loss", 1, sum_scale);
      golden::check(copy_of(grad_logits, i, once.input.size()), golden, "grad_logits", 2, grad_scale);
      ++compared;
    }
  }
  CHECK(compared > 10000);
}

TEST_CASE("float32 losses and gradients are at least as near to exact as PyTorch's") {
  double worst_loss = 0, worst_torch_loss = 0, worst_grad = 0, worst_torch_grad = 0;
  const auto worsen = [](double& worst, double error) {
    if (std::isfinite(error)) worst = std::max(worst, error);
  };
  for (const golden::Json& golden : golden::cases_of<float>("cross_entropy.json")) {
    INFO(golden["name"]);
    const auto [loss, grad_logits] = run<float>(golden);
    const auto compare = [&](const std::vector<float>& ours, const char* field, double& worst, double& worst_torch) {
      const std::vector<double> exact = golden::numbers<double>(golden["exact"][field]);
      const std::vector<float> torch = golden::numbers<float>(golden["torch"][field]);
      std::vector<double> terms(exact.size());
      if (golden.contains("terms") && golden["terms"].contains(field)) {
        terms = golden::numbers<double>(golden["terms"][field]);
      }
      for (std::size_t i = 0; i < exact.size(); ++i) {
        const double error = golden::ulps(ours[i], exact[i], terms[i]);
        const double torch_error = golden::ulps(torch[i], exact[i], terms[i]);
        CAPTURE(field, i, ours[i], exact[i], torch[i], terms[i]);
        // Half an ulp is the one rounding at the end.
        CHECK(error <= std::max(torch_error, 0.501));
        worsen(worst, error);
        worsen(worst_torch, torch_error);
      }
    };
    compare(loss, "loss", worst_loss, worst_torch_loss);
    compare(grad_logits, "grad_logits", worst_grad, worst_torch_grad);
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
    golden::LossArguments<T> arguments;
    arguments.shape = golden::shape(golden);
    const auto rand = [](const golden::Json& seed, std::int64_t size) {
      std::vector<T> values(size);
      celoss::rand<T>(seed, values);
      return values;
    };
    arguments.input = rand(golden["seed"], arguments.shape.numel());
    for (T& logit : arguments.input) logit *= golden["scale"].get<T>();
    arguments.has_probabilities = golden.contains("probabilities_seed");
    if (arguments.has_probabilities) {
      arguments.probabilities = rand(golden["probabilities_seed"], arguments.shape.numel());
    } else {
      arguments.indices = golden::integers(golden["target"]);
    }
    if (golden.contains("weight_seed")) arguments.weight = rand(golden["weight_seed"], arguments.shape.C);
    arguments.label_smoothing = golden.value("label_smoothing", 0.0);
    const auto [loss, grad_logits] = run(arguments);
    golden::check(loss, golden, "loss", golden::tolerance<T>.loss);

    const double tolerance = golden::tolerance<T>.elements;
    std::vector<T> entries;
    for (const std::int64_t i : golden::integers(golden["entries"])) entries.push_back(grad_logits.at(i));
    golden::check(entries, golden, "grad_logits", tolerance);

    double sum_of_squares = 0;
    for (const T grad : grad_logits) sum_of_squares += static_cast<double>(grad) * grad;
    // Entries that are all off by as much in the same direction, squared, and the rounding of their sum.
    const double exact = golden::number(golden["exact"]["sum_of_squares"][0]);
    const double rounding = std::numeric_limits<double>::epsilon() * static_cast<double>(grad_logits.size()) / 2;
    CHECK(std::abs(sum_of_squares / exact - 1) <= 2 * tolerance * std::numeric_limits<T>::epsilon() + rounding);
  }
}

TEMPLATE_TEST_CASE("cross_entropy is nll_loss of log_softmax", "", float, double) {
  using T = TestType;
  for (const golden::Json& golden : golden::cases_of<T>("cross_entropy.json")) {
    if (golden["reduction"] != "none" || !golden::is_plain(golden)) continue;
    INFO(golden["name"]);
    golden::LossArguments<T> arguments(golden);
    const std::vector<T> direct = run(arguments).loss;
    REQUIRE(celoss::log_softmax<T>(arguments.input, arguments.shape, arguments.input).ok());
    CHECK(golden::identical(golden::run<T>(celoss::nll_loss<T>, arguments).loss, direct));
  }
}

TEMPLATE_TEST_CASE("class indices in int32 give the same bits as in int64", "", float, double) {
  using T = TestType;
  for (const golden::Json& golden : golden::cases_of<T>("cross_entropy.json")) {
    const golden::LossArguments<T> arguments(golden);
    if (arguments.indices.empty()) continue;
    INFO(golden["name"]);
    const std::vector<std::int32_t> indices(arguments.indices.begin(), arguments.indices.end());
    const auto [loss, grad] = run(arguments);
    std::vector<T> int32_loss(loss.size()), int32_grad(grad.size());
    REQUIRE(celoss::cross_entropy<T>(arguments.input, arguments.shape, {.indices = indices}, arguments.options(),
                                     int32_loss, int32_grad, arguments.grad_output)
                .ok());
    CHECK(golden::identical(int32_loss, loss));
    CHECK(golden::identical(int32_grad, grad));
  }
}

TEMPLATE_TEST_CASE("class indices are the class probabilities 1 and 0", "", float, double) {
  using T = TestType;
  for (golden::LossArguments<T> arguments : combinations<T>()) {
    // The divisors of the means differ, and probabilities ignore nothing.
    if (arguments.has_probabilities || arguments.reduction == Reduction::mean) continue;
    arguments.indices[1] = 0;
    CAPTURE(static_cast<int>(arguments.reduction), arguments.label_smoothing, arguments.weight);
    const auto [loss, grad] = run(arguments);
    const auto [N, C, D] = arguments.shape;
    arguments.probabilities.assign(arguments.input.size(), 0);
    for (std::int64_t i = 0; i < N * D; ++i) {
      arguments.probabilities[(i / D * C + arguments.indices[i]) * D + i % D] = 1;
    }
    arguments.has_probabilities = true;
    const auto [soft_loss, soft_grad] = run(arguments);
    for (std::size_t i = 0; i < loss.size(); ++i) CHECK(golden::ulps(soft_loss[i], loss[i]) <= 2);
    // Gradients of soft targets: in ulp of their terms, which are of the size of weights and upstream gradients, 4.
    for (std::size_t i = 0; i < grad.size(); ++i) CHECK(golden::ulps(soft_grad[i], grad[i], 4) <= 2);
  }
}

TEST_CASE("the gradient of cross_entropy equals central finite differences") {
  // Step 1e-5 in float64: the truncation is of the order 1e-10, the rounding of 1e-11.
  constexpr double step = 1e-5, tolerance = 2e-9;
  for (const golden::LossArguments<double>& arguments : combinations<double>()) {
    CAPTURE(static_cast<int>(arguments.reduction), arguments.has_probabilities, arguments.label_smoothing,
            arguments.weight);
    const std::vector<double> grad_logits = run(arguments).grad;
    for (std::size_t i = 0; i < arguments.input.size(); ++i) {
      const auto loss_at = [&](double shift) {
        golden::LossArguments<double> moved = arguments;
        moved.input[i] += shift;
        const std::vector<double> loss = run(moved).loss;
        return std::inner_product(loss.begin(), loss.end(), arguments.grad_output.begin(), 0.0);
      };
      CAPTURE(i);
      CHECK(std::abs((loss_at(step) - loss_at(-step)) / (2 * step) - grad_logits[i]) <= tolerance);
    }
  }
}

TEMPLATE_TEST_CASE("an upstream gradient of 1 is none", "", float, double) {
  using T = TestType;
  for (golden::LossArguments<T> arguments : combinations<T>()) {
    arguments.grad_output.assign(arguments.loss_size(), 1);
    const std::vector<T> expected = run(arguments).grad;
    arguments.grad_output.clear();
    CHECK(golden::identical(run(arguments).grad, expected));
  }
}

TEMPLATE_TEST_CASE("the gradient is optional and may be written over the logits", "", float, double) {
  using T = TestType;
  for (const golden::Json& golden : golden::cases_of<T>("cross_entropy.json")) {
    INFO(golden["name"]);
    const golden::LossArguments<T> once(golden);
    const bool is_empty = once.input.empty();
    for (const auto& in : {once, is_empty || once.has_probabilities ? once : repeated(once, 256)}) {
      const auto [expected_loss, expected_grad] = run(in);
      std::vector<T> memory = in.input, loss(expected_loss.size());
      REQUIRE(celoss::cross_entropy<T>(memory, in.shape, in.target(), in.options(), loss).ok());
      // A loss by itself may be added up in another order than one with its gradient.
      for (std::size_t i = 0; i < loss.size(); ++i) CHECK(golden::ulps(loss[i], expected_loss[i]) <= 1);
      REQUIRE(celoss::cross_entropy<T>(memory, in.shape, in.target(), in.options(), loss, memory, in.grad_output).ok());
      CHECK(golden::identical(loss, expected_loss));
      CHECK(golden::identical(memory, expected_grad));
    }
  }
}

TEMPLATE_TEST_CASE("cross_entropy refuses what it cannot take and writes nothing", "", float, double) {
  using T = TestType;
  const std::vector<T> input(6, T(0.5)), five(5, T(0.5)), three(3, T(0.5)), two(2, T(0.5));
  const std::vector<std::int64_t> target = {0, 2};
  const Shape shape{.N = 2, .C = 3};
  std::vector<T> loss(1, 7), losses(2, 7), grad(6, 7), short_grad(5, 7);
  const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  const Options<T> none{.reduction = Reduction::none};

  const auto call = [&](const std::vector<std::int64_t>& indices, const Options<T>& options = {}) {
    return celoss::cross_entropy<T>(input, shape, {.indices = indices}, options, loss, grad);
  };
  const auto soft = [&](std::span<const T> probabilities, const Options<T>& options = {}) {
    return celoss::cross_entropy<T>(input, shape, {.probabilities = probabilities}, options, loss, grad);
  };

  SECTION("targets") {
    const celoss::Status status = call({0, 3});
    CHECK(status.code == StatusCode::target_out_of_bounds);
    CHECK(status.argument == Argument::target);
    CHECK(status.got == 3);
    CHECK(status.expected == 3);
    CHECK(status.index == 1);
    CHECK(call({-1, 5}).index == 0);
    CHECK(call({0, std::numeric_limits<std::int64_t>::max()}).code == StatusCode::target_out_of_bounds);
    CHECK(call({0, std::numeric_limits<std::int64_t>::min()}).code == StatusCode::target_out_of_bounds);
    // 2 in the lower 32 bits.
    CHECK(call({0, (std::int64_t{1} << 32) + 2}).got == (std::int64_t{1} << 32) + 2);
    CHECK(call({0, -100}, {.ignore_index = 5}).got == -100);
    CHECK(call({0, 3}, {.label_smoothing = 0.1}).code == StatusCode::target_out_of_bounds);
    CHECK(call({}).code == StatusCode::batch_size_mismatch);
    CHECK(call({0}).code == StatusCode::batch_size_mismatch);
    CHECK(call({0, 1, 2}).got == 3);
    CHECK(call({0, 1, 2}).expected == 2);
    const std::vector<std::int32_t> int32 = {0, 3};
    CHECK(celoss::cross_entropy<T>(input, shape, {.indices = int32}, {}, loss, grad).got == 3);
    CHECK(soft(five).code == StatusCode::size_mismatch);
    CHECK(soft(five).argument == Argument::target);
    CHECK(soft(five).got == 5);
    CHECK(soft(five).expected == 6);
  }
  SECTION("weights") {
    const celoss::Status status = call(target, {.weight = two});
    CHECK(status.code == StatusCode::weight_size_mismatch);
    CHECK(status.argument == Argument::weight);
    CHECK(status.got == 2);
    CHECK(status.expected == 3);
    CHECK(call(target, {.weight = input}).got == 6);
    CHECK(soft(input, {.weight = two}).code == StatusCode::weight_size_mismatch);
  }
  SECTION("label_smoothing: below 0 and NaN too, which PyTorch takes as 0") {
    for (const double label_smoothing : {1.5, -0.1, -1e-300, 1.0000001, nan, inf, -inf}) {
      CAPTURE(label_smoothing);
      const Options<T> options{.label_smoothing = label_smoothing};
      CHECK(call(target, options).code == StatusCode::label_smoothing_out_of_range);
      CHECK(call(target, options).argument == Argument::label_smoothing);
      CHECK(soft(input, options).code == StatusCode::label_smoothing_out_of_range);
    }
  }
  SECTION("ignore_index with probabilities") {
    const celoss::Status status = soft(input, {.ignore_index = 2});
    CHECK(status.code == StatusCode::ignore_index_with_probabilities);
    CHECK(status.argument == Argument::ignore_index);
    CHECK(status.got == 2);
    CHECK(soft(input, {.ignore_index = 0}).code == StatusCode::ignore_index_with_probabilities);
    CHECK(soft(input, {.ignore_index = 100}).code == StatusCode::ignore_index_with_probabilities);
  }
  SECTION("shapes") {
    celoss::Status status = celoss::cross_entropy<T>(five, shape, {.indices = target}, {}, loss, grad);
    CHECK(status.code == StatusCode::size_mismatch);
    CHECK(status.argument == Argument::logits);
    CHECK(celoss::cross_entropy<T>(input, {.N = -2, .C = -3}, {.indices = target}, {}, loss, grad).expected == -1);
    CHECK(celoss::cross_entropy<T>(input, {.N = 2, .C = 0}, {.indices = target}, {}, loss, grad).expected == 0);
    CHECK(celoss::cross_entropy<T>({}, {.N = 2, .C = 0}, {.indices = target}, {}, loss, grad).code ==
          StatusCode::target_out_of_bounds);
  }
  SECTION("upstream gradients") {
    celoss::Status status = celoss::cross_entropy<T>(input, shape, {.indices = target}, {}, loss, grad, two);
    CHECK(status.code == StatusCode::size_mismatch);
    CHECK(status.argument == Argument::grad_output);
    CHECK(status.got == 2);
    CHECK(status.expected == 1);
    status = celoss::cross_entropy<T>(input, shape, {.indices = target}, none, losses, grad, three);
    CHECK(status.got == 3);
    CHECK(status.expected == 2);
  }
  SECTION("outputs") {
    const celoss::Status status = celoss::cross_entropy<T>(input, shape, {.indices = target}, {}, losses, grad);
    CHECK(status.code == StatusCode::output_size_mismatch);
    CHECK(status.argument == Argument::output);
    CHECK(celoss::cross_entropy<T>(input, shape, {.indices = target}, {}, {}, grad).got == 0);
    CHECK(celoss::cross_entropy<T>(input, shape, {.indices = target}, none, loss, grad).expected == 2);
    CHECK(celoss::cross_entropy<T>(input, shape, {.indices = target}, {}, loss, short_grad).got == 5);
  }
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

TEST_CASE("without classes there is nothing to smooth: a loss is 0, where PyTorch has 0 * (label_smoothing / 0)") {
  const std::vector<std::int64_t> target = {-100, -100};
  float loss = 7;
  const Options<float> options{.reduction = Reduction::sum, .label_smoothing = 0.1};
  REQUIRE(celoss::cross_entropy<float>({}, {.N = 2, .C = 0}, {.indices = target}, options, {&loss, 1}).ok());
  CHECK(loss == 0);
}

TEST_CASE("an ignored sample has no gradient, whatever the weights, where PyTorch has 0 * weight with smoothing") {
  golden::LossArguments<float> arguments;
  arguments.input = {1, 2};
  arguments.shape = {.N = 1, .C = 2};
  arguments.indices = {-100};
  arguments.weight = {std::numeric_limits<float>::infinity(), 1};
  arguments.label_smoothing = 0.1;
  arguments.reduction = Reduction::sum;
  CHECK(run(arguments).grad == std::vector<float>{0, 0});
}

TEST_CASE("ignored samples get losses of 0, whatever was there") {
  for (const std::int64_t C : {3, 100}) {
    const std::vector<float> logits(64 * C, 1);
    const std::vector<std::int64_t> target(64, -100);
    std::vector<float> losses(64, 7);
    const Options<float> options{.reduction = Reduction::none};
    REQUIRE(cross_entropy<float>(logits, {.N = 64, .C = C}, {.indices = target}, options, losses).ok());
    CHECK(losses == std::vector<float>(64, 0));
  }
}
