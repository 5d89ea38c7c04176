#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "golden.h"

using celoss::Shape;
using celoss::StatusCode;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();

template <class T>
std::vector<T> softmax_of(const std::vector<T>& x, Shape shape) {
  std::vector<T> result(x.size());
  REQUIRE(celoss::softmax<T>(x, shape, result).ok());
  return result;
}

template <class T>
std::vector<T> log_of(const std::vector<T>& x) {
  std::vector<T> result(x.size());
  REQUIRE(celoss::log<T>(x, result).ok());
  return result;
}

template <class T>
std::vector<T> log_softmax_of(const std::vector<T>& x, Shape shape) {
  std::vector<T> result(x.size());
  REQUIRE(celoss::log_softmax<T>(x, shape, result).ok());
  return result;
}

template <class T>
std::vector<T> naive_softmax_of(const std::vector<T>& x) {
  std::vector<T> result(x.size());
  REQUIRE(celoss::naive_softmax<T>(x, {.N = 1, .C = static_cast<std::int64_t>(x.size())}, result).ok());
  return result;
}

}  // namespace

TEMPLATE_TEST_CASE("softmax and log_softmax are exact, and PyTorch's for NaN and infinities", "", float, double) {
  using T = TestType;
  for (const golden::Json& golden : golden::cases_of<T>("softmax.json")) {
    INFO(golden["name"]);
    const std::vector<T> logits = golden::numbers<T>(golden["logits"]);
    const Shape shape = golden::shape(golden);
    golden::check(softmax_of(logits, shape), golden, "softmax", golden::tolerance<T>.elements);
    golden::check(log_softmax_of(logits, shape), golden, "log_softmax", golden::tolerance<T>.elements);
  }
}

TEMPLATE_TEST_CASE("softmax, log_softmax and their backward are exact along every dimension", "", float, double) {
  using T = TestType;
  for (const golden::Json& golden : golden::cases_of<T>("softmax_dim.json")) {
    INFO(golden["name"]);
    const Shape shape = golden::shape(golden, golden["dim"].get<std::size_t>());
    const std::vector<T> logits = golden::numbers<T>(golden["logits"]);
    const std::vector<T> grad_output = golden::numbers<T>(golden["grad_output"]);
    golden::check(softmax_of(logits, shape), golden, "softmax", golden::tolerance<T>.elements);
    golden::check(log_softmax_of(logits, shape), golden, "log_softmax", golden::tolerance<T>.elements);
    // From exact outputs, so that only the backward step is judged.
    std::vector<T> grad_input(logits.size());
    std::vector<T> output = golden::numbers<T>(golden["exact"]["softmax"]);
    REQUIRE(celoss::softmax_backward<T>(grad_output, output, shape, grad_input).ok());
    golden::check(grad_input, golden, "softmax_backward", golden::tolerance<T>.elements);
    output = golden::numbers<T>(golden["exact"]["log_softmax"]);
    REQUIRE(celoss::log_softmax_backward<T>(grad_output, output, shape, grad_input).ok());
    golden::check(grad_input, golden, "log_softmax_backward", golden::tolerance<T>.elements);
  }
}

TEMPLATE_TEST_CASE("log of softmax prints what PyTorch prints", "", float, double) {
  using T = TestType;
  for (const golden::Json& golden : golden::cases_of<T>("softmax.json")) {
    INFO(golden["name"]);
    const std::vector<T> logits = golden::numbers<T>(golden["logits"]);
    const std::vector<T> two_step = log_of(softmax_of(logits, golden::shape(golden)));
    const std::vector<double> torch = golden::numbers<double>(golden["torch"]["log_of_softmax"]);
    REQUIRE(two_step.size() == torch.size());
    for (std::size_t i = 0; i < torch.size(); ++i) {
      CAPTURE(i, two_step[i], torch[i]);
      if (!std::isfinite(torch[i])) {
        CHECK(golden::four_decimals(two_step[i]) == golden::four_decimals(torch[i]));
      } else {
        // The softmaxes differ by up to 3 ulp (ours by 1, PyTorch's by 2), their logarithms by as many eps.
        const double eps = std::numeric_limits<T>::epsilon();
        CHECK(std::abs(two_step[i] - torch[i]) <= 3 * eps + 2 * eps * std::abs(torch[i]));
      }
    }
  }
}

TEST_CASE("log of softmax is -inf in float32 from a gap of 103.98 on, and not yet at 103.97") {
  const auto two_step = [](float gap) { return log_of(softmax_of<float>({gap, 0, 0}, {.N = 1, .C = 3})); };
  CHECK(golden::four_decimals(two_step(87)[1]) == "-87.0000");
  CHECK(golden::four_decimals(two_step(88)[1]) == "-88.0000");
  CHECK(golden::four_decimals(two_step(100)[1]) == "-99.9831");
  CHECK(golden::four_decimals(two_step(103)[1]) == "-103.2789");
  CHECK(golden::four_decimals(two_step(103.97f)[1]) == "-103.2789");
  CHECK(two_step(103.98f)[1] == -inf);
  CHECK(two_step(104)[1] == -inf);
  CHECK(log_softmax_of<float>({104, 0, 0}, {.N = 1, .C = 3})[1] == -104);
}

TEMPLATE_TEST_CASE("each row of softmax sums to 1", "", float, double) {
  using T = TestType;
  for (const golden::Json& golden : golden::cases_of<T>("softmax.json")) {
    const Shape shape = golden::shape(golden);
    const std::vector<T> probs = softmax_of(golden::numbers<T>(golden["logits"]), shape);
    if (probs.empty() || std::any_of(probs.begin(), probs.end(), [](T p) { return std::isnan(p); })) continue;
    INFO(golden["name"]);
    for (std::int64_t i = 0; i < shape.samples(); ++i) {
      double sum = 0;
      for (std::int64_t c = 0; c < shape.C; ++c) sum += probs[(i / shape.D * shape.C + c) * shape.D + i % shape.D];
      CHECK(std::abs(sum - 1) <= std::numeric_limits<T>::epsilon() * static_cast<double>(shape.C));
    }
  }
}

TEMPLATE_TEST_CASE("softmax_backward is exact", "", float, double) {
  using T = TestType;
  int compared = 0;
  for (const golden::Json& golden : golden::cases_of<T>("softmax.json")) {
    if (!golden.contains("grad_probs")) continue;
    INFO(golden["name"]);
    const Shape shape = golden::shape(golden);
    const std::vector<T> logits = golden::numbers<T>(golden["logits"]);
    const std::vector<T> probs = softmax_of(logits, shape);
    const std::vector<T> grad_probs = golden::numbers<T>(golden["grad_probs"]);
    const std::vector<double> exact = golden::numbers<double>(golden["exact"]["grad_logits"]);
    std::vector<T> grad_logits(logits.size());
    REQUIRE(celoss::softmax_backward<T>(grad_probs, probs, shape, grad_logits).ok());
    // Differences of gradients cancel, so the error is one of the largest of them times the probability; and
    // the probabilities given have an error of their own.
    T largest = 0;
    for (const T grad : grad_probs) largest = std::max(largest, std::abs(grad));
    const double unit = std::numeric_limits<T>::epsilon() * static_cast<double>(largest);
    for (std::size_t i = 0; i < exact.size(); ++i) {
      CAPTURE(i, grad_logits[i], exact[i], probs[i]);
      const double allowed = (2 + golden::tolerance<T>.elements) * unit * static_cast<double>(probs[i]);
      CHECK(std::abs(grad_logits[i] - exact[i]) <= allowed + std::numeric_limits<T>::denorm_min());
      ++compared;
    }
  }
  CHECK(compared > 100);
}

TEST_CASE("softmax_backward keeps the digits of a confident row") {
  // probs = (1, q), gradients (a, b): -q (b - a) and q (b - a), though 1 - 1 loses q.
  const std::vector<float> probs = {1, 1e-12f}, grad_probs = {-0.1f, 0.4f};
  std::vector<float> grad_logits(2);
  REQUIRE(celoss::softmax_backward<float>(grad_probs, probs, {.N = 1, .C = 2}, grad_logits).ok());
  const double product = static_cast<double>(probs[1]) * (static_cast<double>(grad_probs[1]) - grad_probs[0]);
  CHECK(golden::ulps(grad_logits[0], -product) <= 1);
  CHECK(golden::ulps(grad_logits[1], product) <= 1);
}

TEST_CASE("log_softmax_backward keeps the digits of a confident row") {
  // log_probs = (-q, log q), gradients (a, b): a - (1 - q)(a + b) = -b + q (a + b), and with b = 0: q a.
  const std::vector<float> log_probs = {-1e-12f, -27.631021f}, grad_log_probs = {-0.1f, 0};
  std::vector<float> grad_logits(2);
  REQUIRE(celoss::log_softmax_backward<float>(grad_log_probs, log_probs, {.N = 1, .C = 2}, grad_logits).ok());
  const double q = -std::expm1(static_cast<double>(log_probs[0]));
  CHECK(golden::ulps(grad_logits[0], q * grad_log_probs[0]) <= 2);
  CHECK(golden::ulps(grad_logits[1], -std::exp(static_cast<double>(log_probs[1])) * grad_log_probs[0]) <= 2);
}

TEST_CASE("softmax_backward and log_softmax_backward equal central finite differences") {
  // Step 1e-5 in float64: the truncation is of the order 1e-10, the rounding of 1e-11.
  constexpr double step = 1e-5, tolerance = 1e-9;
  const Shape shape{.N = 2, .C = 3, .D = 2};
  const std::vector<double> logits = {0.3, -1.2, 2.0, 0.1, -0.7, 0.9, 1.5, 0.0, -2.2, 0.4, 0.8, -0.3};
  const std::vector<double> grad_output = {1.0, -0.5, 0.2, 0.7, -1.3, 0.4, 0.6, -0.9, 0.1, 1.1, -0.2, 0.3};
  const auto check = [&](const auto& function, const std::vector<double>& grad_logits) {
    for (std::size_t i = 0; i < logits.size(); ++i) {
      const auto weighted = [&](double shift) {
        std::vector<double> moved = logits;
        moved[i] += shift;
        const std::vector<double> output = function(moved, shape);
        return std::inner_product(output.begin(), output.end(), grad_output.begin(), 0.0);
      };
      CHECK(std::abs((weighted(step) - weighted(-step)) / (2 * step) - grad_logits[i]) <= tolerance);
    }
  };
  std::vector<double> grad_logits(logits.size());
  REQUIRE(celoss::softmax_backward<double>(grad_output, softmax_of(logits, shape), shape, grad_logits).ok());
  check(softmax_of<double>, grad_logits);
  REQUIRE(celoss::log_softmax_backward<double>(grad_output, log_softmax_of(logits, shape), shape, grad_logits).ok());
  check(log_softmax_of<double>, grad_logits);
}

TEST_CASE("naive_softmax overflows above 88.72 in float32 and above 709.78 in float64") {
  CHECK(naive_softmax_of<float>({88.72f, 0})[0] == 1);
  CHECK(std::isnan(naive_softmax_of<float>({88.73f, 0})[0]));
  CHECK(naive_softmax_of<float>({88.73f, 0})[1] == 0);
  CHECK(naive_softmax_of<double>({709.78, 0})[0] == 1);
  CHECK(std::isnan(naive_softmax_of<double>({709.79, 0})[0]));
  CHECK(std::isnan(naive_softmax_of<float>({-200, -200})[0]));
  // The sum overflows though its terms do not.
  CHECK(naive_softmax_of<float>({88.5f, 88.5f})[0] == 0);
}

TEMPLATE_TEST_CASE("naive_softmax is softmax where nothing overflows", "", float, double) {
  using T = TestType;
  const golden::Json& golden = golden::find("note.json", std::string("note_mean_") + golden::dtype<T>);
  const std::vector<T> logits = golden::numbers<T>(golden["logits"]);
  std::vector<T> naive(logits.size());
  REQUIRE(celoss::naive_softmax<T>(logits, golden::shape(golden), naive).ok());
  const std::vector<double> exact = golden::numbers<double>(golden["exact"]["plain"]["softmax"]);
  // Each of exp, the sum of three and the quotient is rounded to T: (1 + 3 + 1) / 2 ulp, of at most twice the size.
  for (std::size_t i = 0; i < exact.size(); ++i) CHECK(golden::ulps(naive[i], exact[i]) <= 5);
}

TEMPLATE_TEST_CASE("log is PyTorch's at 0, below 0 and at infinity", "", float, double) {
  using T = TestType;
  const std::vector<T> result = log_of<T>({0, static_cast<T>(-0.0), -1, 1, static_cast<T>(inf), static_cast<T>(-inf)});
  CHECK(result[0] == -inf);
  CHECK(result[1] == -inf);
  CHECK(std::isnan(result[2]));
  CHECK(result[3] == 0);
  CHECK(result[4] == inf);
  CHECK(std::isnan(result[5]));
  CHECK(log_of<T>({}).empty());
  CHECK(golden::ulps(log_of<T>({std::numeric_limits<T>::denorm_min()})[0],
                     std::is_same_v<T, float> ? -103.27892990343184 : -744.4400719213812) <= 1);
}

TEMPLATE_TEST_CASE("softmax functions may work in place", "", float, double) {
  using T = TestType;
  const Shape shape{.N = 2, .C = 3, .D = 2};
  const std::vector<T> input = {T(0.3), T(-1.2), 2, T(0.1), T(-0.7), T(0.9), T(1.5), 0, -2, T(0.4), T(0.8), T(-0.3)};
  const std::vector<T> probs = softmax_of(input, shape);
  std::vector<T> expected(input.size());

  std::vector<T> in_place = input;
  REQUIRE(celoss::softmax<T>(in_place, shape, in_place).ok());
  CHECK(in_place == probs);

  in_place = input;
  REQUIRE(celoss::naive_softmax<T>(input, shape, expected).ok());
  REQUIRE(celoss::naive_softmax<T>(in_place, shape, in_place).ok());
  CHECK(in_place == expected);

  in_place = input;
  REQUIRE(celoss::log_softmax<T>(in_place, shape, in_place).ok());
  CHECK(in_place == log_softmax_of(input, shape));

  in_place = probs;
  REQUIRE(celoss::log<T>(in_place, in_place).ok());
  CHECK(in_place == log_of(probs));

  REQUIRE(celoss::softmax_backward<T>(input, probs, shape, expected).ok());
  in_place = input;
  REQUIRE(celoss::softmax_backward<T>(in_place, probs, shape, in_place).ok());
  CHECK(in_place == expected);
  in_place = probs;
  REQUIRE(celoss::softmax_backward<T>(input, in_place, shape, in_place).ok());
  CHECK(in_place == expected);

  const std::vector<T> log_probs = log_softmax_of(input, shape);
  REQUIRE(celoss::log_softmax_backward<T>(input, log_probs, shape, expected).ok());
  in_place = input;
  REQUIRE(celoss::log_softmax_backward<T>(in_place, log_probs, shape, in_place).ok());
  CHECK(in_place == expected);
  in_place = log_probs;
  REQUIRE(celoss::log_softmax_backward<T>(input, in_place, shape, in_place).ok());
  CHECK(in_place == expected);
}

TEMPLATE_TEST_CASE("softmax functions refuse wrong sizes and write nothing", "", float, double) {
  using T = TestType;
  const std::vector<T> six(6, T(0.5)), five(5, T(0.5));
  std::vector<T> output(6, 7), short_output(5, 7), long_output(7, 7);
  const Shape shape{.N = 2, .C = 3};
  const auto check = [](celoss::Status status, StatusCode code, std::int64_t got, std::int64_t expected) {
    CHECK(status.code == code);
    CHECK(status.got == got);
    CHECK(status.expected == expected);
  };
  using Function = celoss::Status (*)(std::span<const T>, Shape, std::span<T>) noexcept;
  const Function functions[] = {celoss::softmax<T>, celoss::naive_softmax<T>, celoss::log_softmax<T>};
  for (const Function function : functions) {
    check(function(five, shape, output), StatusCode::size_mismatch, 5, 6);
    check(function(six, {.N = 2, .C = 3, .D = 2}, output), StatusCode::size_mismatch, 6, 12);
    check(function(six, {.N = -2, .C = -3}, output), StatusCode::size_mismatch, 6, -1);
    check(function(six, {.N = std::int64_t{1} << 62, .C = 4, .D = 0}, output), StatusCode::size_mismatch, 6, -1);
    check(function({}, {.N = std::int64_t{1} << 62, .C = 4, .D = 0}, {}), StatusCode::size_mismatch, 0, -1);
    check(function(six, shape, short_output), StatusCode::output_size_mismatch, 5, 6);
    check(function(six, shape, long_output), StatusCode::output_size_mismatch, 7, 6);
  }
  for (const auto backward : {celoss::softmax_backward<T>, celoss::log_softmax_backward<T>}) {
    check(backward(five, six, shape, output), StatusCode::size_mismatch, 5, 6);
    check(backward(six, five, shape, output), StatusCode::size_mismatch, 5, 6);
    check(backward(six, six, {.N = -2, .C = -3}, output), StatusCode::size_mismatch, 6, -1);
    check(backward(six, six, shape, short_output), StatusCode::output_size_mismatch, 5, 6);
  }
  check(celoss::log<T>(six, short_output), StatusCode::output_size_mismatch, 5, 6);
  for (const std::vector<T>& untouched : {output, short_output, long_output}) {
    CHECK(std::count(untouched.begin(), untouched.end(), T(7)) == std::ssize(untouched));
  }
}
