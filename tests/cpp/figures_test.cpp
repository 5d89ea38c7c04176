#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "golden.h"

using celoss::StatusCode;

TEST_CASE("neg_log_curve goes from (p_min, -ln p_min) to (1, 0), evenly spaced in the loss") {
  std::vector<double> p(101), loss(101);
  REQUIRE(celoss::neg_log_curve(1e-4, p, loss).ok());
  CHECK(golden::ulps(loss[0], 9.210340371976182) <= 1);
  // exp makes a relative error of the rounding of its argument: half an ulp of 9.2 is 8 of 1.
  CHECK(golden::ulps(p[0], 1e-4) <= 16);
  CHECK(p[100] == 1);
  CHECK(loss[100] == 0);
  for (std::size_t i = 0; i < p.size(); ++i) {
    CHECK(std::abs(loss[i] + std::log(p[i])) < 1e-14);
    CHECK(std::abs(loss[i] - loss[0] * static_cast<double>(100 - i) / 100) < 1e-14);
    if (i > 0) CHECK(p[i] > p[i - 1]);
  }
}

TEST_CASE("neg_log_curve needs two points and as many losses as probabilities") {
  std::vector<double> one(1, 7), two(2, 7), three(3, 7);
  CHECK(celoss::neg_log_curve(0.1, one, one).code == StatusCode::output_size_mismatch);
  CHECK(celoss::neg_log_curve(0.1, one, one).expected == 2);
  CHECK(celoss::neg_log_curve(0.1, {}, {}).code == StatusCode::output_size_mismatch);
  CHECK(celoss::neg_log_curve(0.1, two, three).got == 3);
  CHECK(two == std::vector<double>{7, 7});
  CHECK(three == std::vector<double>{7, 7, 7});
  REQUIRE(celoss::neg_log_curve(0.5, two, one).code == StatusCode::output_size_mismatch);
}

TEMPLATE_TEST_CASE("sharpen multiplies every logit", "", float, double) {
  using T = TestType;
  const std::vector<T> input = {1, -2, T(0.5), 0, T(1e30), 3};
  std::vector<T> output(6);
  REQUIRE(celoss::sharpen<T>(input, {.N = 2, .C = 3}, 2, output).ok());
  CHECK(output == std::vector<T>{2, -4, 1, 0, T(2e30), 6});
  REQUIRE(celoss::sharpen<T>(input, {.N = 2, .C = 3}, 1, output).ok());
  CHECK(output == input);
  REQUIRE(celoss::sharpen<T>(input, {.N = 2, .C = 3}, 0, output).ok());
  CHECK(output == std::vector<T>(6));
}

TEMPLATE_TEST_CASE("sharpen refuses wrong sizes and writes nothing", "", float, double) {
  using T = TestType;
  const std::vector<T> input(6, 1);
  std::vector<T> output(6, 7), short_output(5, 7);
  CHECK(celoss::sharpen<T>(input, {.N = 2, .C = 4}, 2, output).code == StatusCode::size_mismatch);
  CHECK(celoss::sharpen<T>(input, {.N = 2, .C = 3}, 2, short_output).code == StatusCode::output_size_mismatch);
  CHECK(output == std::vector<T>(6, 7));
  CHECK(short_output == std::vector<T>(5, 7));
}

TEMPLATE_TEST_CASE("raise_largest raises the first largest logit to the gap and leaves the others", "", float, double) {
  using T = TestType;
  const auto raised = [](const std::vector<T>& input, double gap) {
    std::vector<T> output(input.size());
    REQUIRE(celoss::raise_largest<T>(input, gap, output).ok());
    return output;
  };
  CHECK(raised({1, 2, 3}, 10) == std::vector<T>{1, 2, 12});
  CHECK(raised({3, 3, 1}, 10) == std::vector<T>{13, 3, 1});
  CHECK(raised({-5, -7, -6}, 2) == std::vector<T>{-4, -7, -6});
  CHECK(raised({1, 2, 30}, 10) == std::vector<T>{1, 2, 30});
  CHECK(raised({1}, 10) == std::vector<T>{1});
  CHECK(raised({}, 10).empty());
  const T inf = std::numeric_limits<T>::infinity();
  CHECK(raised({inf, 1}, 10) == std::vector<T>{inf, 1});
  CHECK(raised({-inf, -inf}, 10) == std::vector<T>{-inf, -inf});
  CHECK(std::isnan(raised({1, std::numeric_limits<T>::quiet_NaN()}, 10)[1]));
}

TEMPLATE_TEST_CASE("raise_largest reaches the gap whatever is rounded", "", float, double) {
  using T = TestType;
  std::vector<T> input(2), output(2);
  for (int i = 0; i < 200; ++i) {
    input = {T(0.7459) + T(i) / 7, T(0.5881) + T(i) / 7};
    REQUIRE(celoss::raise_largest<T>(input, 104.1, output).ok());
    CAPTURE(i);
    CHECK(static_cast<double>(output[0]) - static_cast<double>(output[1]) >= 104.1);
    CHECK(output[0] - output[1] < T(104.2));
  }
}

TEST_CASE("raise_largest leads log of softmax to -inf, and log_softmax not") {
  std::vector<float> row = {0.7459f, 0.5881f, 0.4795f}, probs(3), two_step(3), one_step(3);
  REQUIRE(celoss::raise_largest<float>(row, 104, row).ok());
  REQUIRE(celoss::softmax<float>(row, {.N = 1, .C = 3}, probs).ok());
  REQUIRE(celoss::log<float>(probs, two_step).ok());
  REQUIRE(celoss::log_softmax<float>(row, {.N = 1, .C = 3}, one_step).ok());
  CHECK(std::isinf(two_step[1]));
  CHECK(golden::four_decimals(one_step[1]) == "-104.0000");
}

TEMPLATE_TEST_CASE("raise_largest refuses an output of another length and writes nothing", "", float, double) {
  using T = TestType;
  const std::vector<T> input = {1, 2, 3};
  std::vector<T> output(2, 7);
  CHECK(celoss::raise_largest<T>(input, 5, output).code == StatusCode::output_size_mismatch);
  CHECK(output == std::vector<T>{7, 7});
}
