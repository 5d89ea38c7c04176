#include <cmath>
#include <numbers>
#include <vector>

#include "golden.h"

TEST_CASE("the floor of a softmax in front is 0.5514 for three classes, ln 3 is 1.0986, the ceiling 1.5514") {
  CHECK(golden::four_decimals(celoss::double_softmax_floor(3)) == "0.5514");
  CHECK(golden::four_decimals(celoss::uniform_loss(3)) == "1.0986");
  CHECK(golden::four_decimals(celoss::double_softmax_ceiling(3)) == "1.5514");
}

TEST_CASE("floors have all their digits") {
  // ln(1 + (C - 1) / e) by 60-digit arithmetic.
  CHECK(celoss::double_softmax_floor(1) == 0);
  CHECK(golden::ulps(celoss::double_softmax_floor(2), 0.31326168751822283) <= 1);
  CHECK(golden::ulps(celoss::double_softmax_floor(3), 0.5514447139320511) <= 1);
  CHECK(golden::ulps(celoss::double_softmax_floor(50257), 9.8249393090180995) <= 1);
  CHECK(golden::ulps(celoss::double_softmax_ceiling(3), 1.5514447139320511) <= 1);
  CHECK(golden::ulps(celoss::uniform_loss(3), 1.0986122886681098) <= 1);
  CHECK(celoss::uniform_loss(1) == 0);
}

TEST_CASE("the ceiling is the floor plus 1, and ln C lies between them") {
  for (const std::int64_t C : {1, 2, 3, 10, 1000, 50257}) {
    const double floor = celoss::double_softmax_floor(C), ceiling = celoss::double_softmax_ceiling(C);
    CHECK(golden::ulps(ceiling, floor + 1) <= 2);
    CHECK(floor <= celoss::uniform_loss(C));
    CHECK(celoss::uniform_loss(C) < ceiling);
  }
}

TEST_CASE("cross_entropy of one-hot probabilities reaches the floor when right and the ceiling when wrong") {
  for (const std::int64_t C : {2, 3, 10}) {
    std::vector<double> probs(C);
    probs[0] = 1;
    const auto loss_at = [&](std::int64_t t) {
      const std::vector<std::int64_t> target = {t};
      double loss = 0;
      REQUIRE(celoss::cross_entropy<double>(probs, {.N = 1, .C = C}, {.indices = target}, {}, {&loss, 1}).ok());
      return loss;
    };
    CHECK(golden::ulps(loss_at(0), celoss::double_softmax_floor(C)) <= 4);
    CHECK(golden::ulps(loss_at(C - 1), celoss::double_softmax_ceiling(C)) <= 4);
  }
}
