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
  CHECK(golden::ulps(celoss::double_softmax_probability(3), 0.5761168847658291) <= 1);
  CHECK(celoss::double_softmax_probability(1) == 1);
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

namespace {

/// The least of f over any logits, by gradient descent on numeric gradients from where they are.
template <class F>
double least(std::vector<double> x, F f, int steps = 4000, double rate = 0.5) {
  double best = f(x);
  for (int step = 0; step < steps; ++step) {
    const double here = f(x);
    std::vector<double> next = x;
    for (std::size_t i = 0; i < x.size(); ++i) {
      std::vector<double> moved = x;
      moved[i] += 1e-6;
      next[i] -= rate * (f(moved) - here) / 1e-6;
    }
    x = next;
    best = std::min(best, f(x));
  }
  return best;
}

std::vector<double> softmax_of(const std::vector<double>& x) {
  std::vector<double> p(x.size());
  REQUIRE(celoss::softmax<double>(x, {1, static_cast<std::int64_t>(x.size()), 1}, p).ok());
  return p;
}

double loss_of(const std::vector<double>& x, double label_smoothing = 0, std::span<const double> weight = {}) {
  const std::vector<std::int64_t> y = {0};
  double loss = 0;
  REQUIRE(celoss::cross_entropy<double>(x, {1, static_cast<std::int64_t>(x.size()), 1}, {.indices = y},
                                        {.weight = weight, .label_smoothing = label_smoothing}, {&loss, 1})
              .ok());
  return loss;
}

}  // namespace

TEST_CASE("the floor behind softmaxes is what the surest network reaches") {
  for (const std::int64_t C : {2, 3, 10}) {
    std::vector<double> x(C);
    x[0] = 800;
    for (int softmaxes = 1; softmaxes < 5; ++softmaxes) {
      x = softmax_of(x);
      CHECK(celoss::softmaxes_floor(C, softmaxes) == Approx(loss_of(x)).epsilon(1e-12));
    }
    CHECK(celoss::softmaxes_floor(C, 0) == 0);
    CHECK(celoss::softmaxes_floor(C, 1) == Approx(celoss::double_softmax_floor(C)).epsilon(1e-14));
    CHECK(celoss::softmaxes_floor(C, 60) == Approx(celoss::uniform_loss(C)).epsilon(1e-9));
  }
  CHECK(golden::four_decimals(celoss::softmaxes_floor(3, 2)) == "0.8711");
}

TEST_CASE("the floor of bounded logits is that of the corners, and so is the ceiling") {
  for (const double width : {1.0, 2.0}) {
    std::vector<double> x = {width, 0, 0, 0}, wrong = {0, width, width, width};
    CHECK(celoss::bounded_floor(4, width) == Approx(loss_of(x)).epsilon(1e-14));
    CHECK(celoss::bounded_ceiling(4, width) == Approx(loss_of(wrong)).epsilon(1e-14));
  }
  CHECK(golden::four_decimals(celoss::bounded_floor(10, 2)) == "0.7966");
  CHECK(golden::four_decimals(celoss::bounded_ceiling(3, 1)) == "1.8620");
}

TEST_CASE("the floor under label_smoothing is what optimisation finds, with a softmax in front too") {
  for (const std::int64_t C : {2, 3, 5}) {
    for (const double e : {0.1, 0.5, 0.9}) {
      const std::vector<double> start(C);
      const double plain = least(start, [&](const std::vector<double>& x) { return loss_of(x, e); });
      CHECK(celoss::smoothing_floor(C, e) == Approx(plain).epsilon(1e-4));
      // Among probabilities the best has one for the target, and the same for all others.
      double behind = 1e300;
      for (double gap = 0; gap <= 1; gap += 1e-4) {
        std::vector<double> p(C, (1 - (gap + (1 - gap) / static_cast<double>(C))) / static_cast<double>(C - 1));
        p[0] = gap + (1 - gap) / static_cast<double>(C);
        behind = std::min(behind, loss_of(p, e));
      }
      CHECK(celoss::double_softmax_smoothing_floor(C, e) == Approx(behind).epsilon(1e-6));
    }
    CHECK(celoss::smoothing_floor(C, 0) == 0);
    CHECK(celoss::double_softmax_smoothing_floor(C, 0) == Approx(celoss::double_softmax_floor(C)).epsilon(1e-14));
  }
  CHECK(golden::four_decimals(celoss::smoothing_floor(3, 0.1)) == "0.2911");
}

TEST_CASE("the floor of a batch under weights and label_smoothing is what optimisation finds") {
  const std::vector<double> weight = {0.5, 2, 3};
  const std::vector<std::uint32_t> one = {1, 0, 0}, some = {3, 0, 2};
  const double found = least({0, 0, 0}, [&](const std::vector<double>& x) { return loss_of(x, 0.2, weight); });
  CHECK(celoss::batch_floor(one, weight, 0.2) == Approx(found).epsilon(1e-4));
  const std::vector<std::uint32_t> other = {0, 0, 1};
  const double mean =
      (3 * 0.5 * celoss::batch_floor(one, weight, 0.2) + 2 * 3 * celoss::batch_floor(other, weight, 0.2)) /
      (3 * 0.5 + 2 * 3);
  CHECK(celoss::batch_floor(some, weight, 0.2) == Approx(mean).epsilon(1e-12));
  CHECK(celoss::batch_floor(some, {}, 0.1) == Approx(celoss::smoothing_floor(3, 0.1)).epsilon(1e-12));
  CHECK(celoss::batch_floor(some, weight, 0) == Approx(0).margin(1e-12));
}

TEST_CASE("the floor of a target is that of its own logarithm as logits") {
  const std::vector<double> t = {0.2, 0.5, 1.3};
  const std::vector<double> x = {std::log(0.2), std::log(0.5), std::log(1.3)};
  double loss = 0;
  REQUIRE(celoss::cross_entropy<double>(x, {1, 3, 1}, {.probabilities = t}, {}, {&loss, 1}).ok());
  CHECK(celoss::target_floor(t) == Approx(loss).epsilon(1e-13));
  CHECK(celoss::target_floor(std::vector<double>{1, 1, 0}) == Approx(2 * std::numbers::ln2));
  CHECK(std::isinf(celoss::target_floor(std::vector<double>{1, -0.1})));
}

TEST_CASE("the same logits for all cost the entropy of the labels at least") {
  const std::vector<std::uint32_t> counts = {3, 1, 0};
  CHECK(celoss::label_entropy(counts) == Approx(-0.75 * std::log(0.75) - 0.25 * std::log(0.25)));
  CHECK(celoss::label_entropy(std::vector<std::uint32_t>{5, 0}) == Approx(0).margin(1e-15));
  CHECK(celoss::least_loss(0.5) == Approx(std::numbers::ln2 / 2));
}
