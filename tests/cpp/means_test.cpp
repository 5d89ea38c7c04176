#include <cmath>
#include <vector>

#include "catch.h"
#include "celoss/lab/means.h"

namespace {

celoss::Means means(std::vector<double> losses, std::vector<double> weights, std::vector<std::int64_t> sizes) {
  celoss::Means means;
  REQUIRE(celoss::means_of_groups(losses, weights, sizes, means).ok());
  return means;
}

}  // namespace

TEST_CASE("means: groups of as many elements have the mean of all as the mean of their means") {
  const auto result = means({1, 2, 3, 6}, {1, 1, 1, 1}, {2, 2});
  CHECK(result.mean == 3);
  CHECK(result.mean_of_means == 3);
  CHECK(result.divisor == 4);
  CHECK(result.least_divisor == 2);
  CHECK(result.greatest_divisor == 2);
}

TEST_CASE("means: a short group weighs as much as a long one in the mean of means") {
  // A row of three and one of which two are padding.
  const auto result = means({1, 1, 1, 5, 0, 0}, {1, 1, 1, 1, 0, 0}, {3, 3});
  CHECK(result.mean == 2);
  CHECK(result.mean_of_means == 3);
  CHECK(result.divisor == 4);
  CHECK(result.least_divisor == 1);
  CHECK(result.greatest_divisor == 3);
}

TEST_CASE("means: weights of classes divide, in groups as in all") {
  const auto result = means({2, 6, 4}, {0.5, 1.5, 1}, {2, 1});
  CHECK(result.mean == 4);
  CHECK(result.mean_of_means == 4);
}

TEST_CASE("means: a group in which nothing counts is left out, and said") {
  const auto result = means({0, 0, 3}, {0, 0, 1}, {2, 1});
  CHECK(result.mean == 3);
  CHECK(result.mean_of_means == 3);
  CHECK(result.groups == 1);
  CHECK(result.empty_groups == 1);
}

TEST_CASE("means: nothing at all has no mean") {
  for (const auto& result : {means({}, {}, {}), means({0, 0}, {0, 0}, {1, 1})}) {
    CHECK(std::isnan(result.mean));
    CHECK(std::isnan(result.mean_of_means));
    CHECK(result.least_divisor == 0);
  }
}

TEST_CASE("means: a NaN or infinite loss stays one") {
  const auto result = means({1, INFINITY, NAN}, {1, 1, 1}, {2, 1});
  CHECK(std::isnan(result.mean));
  CHECK(std::isnan(result.mean_of_means));
  CHECK(means({1, INFINITY}, {1, 1}, {1, 1}).mean_of_means == INFINITY);
}

TEST_CASE("means: of batches it is enough to know their means and divisors") {
  celoss::Means result;
  const std::vector<double> losses = {1, 5, NAN}, divisors = {3, 1, 0};
  REQUIRE(celoss::means_of_batches(losses, divisors, result).ok());
  CHECK(result.mean == 2);
  CHECK(result.mean_of_means == 3);
  CHECK(result.divisor == 4);
  CHECK(result.groups == 2);
  CHECK(result.empty_groups == 1);
  CHECK(celoss::means_of_batches(losses, {divisors.data(), 2}, result).code == celoss::StatusCode::size_mismatch);
}

TEST_CASE("means: refuses what does not go together") {
  using celoss::StatusCode;
  const auto status = [](std::vector<double> losses, std::vector<double> weights, std::vector<std::int64_t> sizes) {
    celoss::Means means;
    return celoss::means_of_groups(losses, weights, sizes, means);
  };
  CHECK(status({1, 2}, {1}, {2}).code == StatusCode::size_mismatch);
  CHECK(status({1, 2}, {1, 1}, {1}).code == StatusCode::size_mismatch);
  CHECK(status({1, 2}, {1, 1}, {3, -1}).code == StatusCode::size_mismatch);
  CHECK(status({1, 2}, {1, 1}, {INT64_MAX, INT64_MAX, INT64_MAX}).code == StatusCode::size_mismatch);
}
