#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "catch.h"
#include "celoss/cross_entropy.h"
#include "celoss/lab/batch.h"

using celoss::StatusCode;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
const float nan_value = std::numeric_limits<float>::quiet_NaN();

}  // namespace

TEST_CASE("samples are sorted by their losses, NaN first, equal ones as they come") {
  const std::vector<float> losses = {1, nan_value, 3, 1, infinity, 0, 3};
  std::vector<std::uint32_t> order = {0, 1, 2, 3, 4, 5, 6};
  REQUIRE(celoss::sort_worst_first(losses, order).ok());
  CHECK(order == std::vector<std::uint32_t>{1, 4, 2, 6, 0, 3, 5});
  std::vector<std::uint32_t> some = {5, 2};
  REQUIRE(celoss::sort_worst_first(losses, some).ok());
  CHECK(some == std::vector<std::uint32_t>{2, 5});
  std::vector<std::uint32_t> wrong = {7};
  CHECK(celoss::sort_worst_first(losses, wrong).code == StatusCode::size_mismatch);
}

TEST_CASE("changes of losses: NaN is as bad as infinity, and what is the same has not changed") {
  const std::vector<float> before = {2, 1, nan_value, infinity, 0.5, 1, nan_value};
  const std::vector<float> after = {0.5, 1, 1, infinity, nan_value, 1.25, infinity};
  std::vector<float> changes = after;
  celoss::change_of_losses(before, changes);
  CHECK(changes == std::vector<float>{-1.5, 0, -infinity, 0, infinity, 0.25, 0});
  changes = after;
  celoss::change_of_losses({before.data(), 1}, changes);
  CHECK(changes[0] == -1.5);
  CHECK(changes[2] == 1);
}

TEST_CASE("a histogram counts every sample once; its bins are round and hold nearly all") {
  std::vector<float> losses(1000);
  for (std::size_t i = 0; i < losses.size(); ++i) losses[i] = static_cast<float>(i) / 250;
  losses[3] = 1000;
  std::vector<std::uint32_t> order(losses.size());
  std::iota(order.begin(), order.end(), 0u);
  REQUIRE(celoss::sort_worst_first(losses, order).ok());
  const double width = celoss::histogram_width(losses, order, 40);
  CHECK(width == 0.1);
  std::vector<std::uint32_t> counts(40);
  REQUIRE(celoss::histogram(losses, order, width, counts).ok());
  CHECK(std::accumulate(counts.begin(), counts.end(), 0u) == 1000);
  CHECK(counts[0] == 24);  // without the one far out
  CHECK(counts[39] == 26);
  CHECK(celoss::histogram_width(losses, {}, 40) > 0);
  CHECK(celoss::histogram(losses, order, width, {}).code == StatusCode::output_size_mismatch);
}

TEST_CASE("confusion counts labels against predictions, and passes over what is no class") {
  const std::vector<std::int32_t> labels = {0, 1, 1, -100, 2, 255}, predictions = {0, 0, 1, 1, 2, 2};
  std::vector<std::uint32_t> counts(9);
  REQUIRE(celoss::confusion(labels, predictions, 3, counts).ok());
  CHECK(counts == std::vector<std::uint32_t>{1, 0, 0, 1, 1, 0, 0, 0, 1});
  CHECK(celoss::confusion(labels, predictions, 2, counts).code == StatusCode::output_size_mismatch);
}

TEST_CASE("with a column for the rest, the loss is the row's own") {
  std::vector<double> x(1000);
  for (std::size_t c = 0; c < x.size(); ++c) x[c] = 5 * std::sin(static_cast<double>(c * c));
  for (const std::int32_t target : {0, 17, 999}) {
    std::vector<std::int32_t> classes(7);
    const std::vector<std::int32_t> wanted = {target};
    REQUIRE(celoss::largest_classes<double>(x, 1000, wanted, classes).ok());
    CHECK(std::is_sorted(classes.begin(), classes.end()));
    const auto at = std::find(classes.begin(), classes.end(), target);
    REQUIRE(at != classes.end());
    std::vector<double> few(8);
    REQUIRE(celoss::columns_and_rest<double>(x, classes, few).ok());
    const std::vector<std::int64_t> y = {target}, y_few = {at - classes.begin()};
    double loss = 0, loss_few = 0;
    REQUIRE(celoss::cross_entropy<double>(x, {1, 1000, 1}, {.indices = y}, {}, {&loss, 1}).ok());
    REQUIRE(celoss::cross_entropy<double>(few, {1, 8, 1}, {.indices = y_few}, {}, {&loss_few, 1}).ok());
    CHECK(loss_few == Approx(loss).epsilon(1e-13));
  }
}

TEST_CASE("the rest of nothing is -inf, of NaN it is NaN, and no class counts twice") {
  const std::vector<double> x = {1, 2, 3};
  std::vector<double> out(4), two(3);
  REQUIRE(celoss::columns_and_rest<double>(x, std::vector<std::int32_t>{0, 1, 2}, out).ok());
  CHECK(out[3] == -std::numeric_limits<double>::infinity());
  const std::vector<double> nan = {1, 2, std::nan("")};
  REQUIRE(celoss::columns_and_rest<double>(nan, std::vector<std::int32_t>{0, 1}, two).ok());
  CHECK(std::isnan(two[2]));
  CHECK(celoss::columns_and_rest<double>(x, std::vector<std::int32_t>{0, 0}, two).code == StatusCode::size_mismatch);
  CHECK(celoss::columns_and_rest<double>(x, std::vector<std::int32_t>{0, 3}, two).code == StatusCode::size_mismatch);
}

TEST_CASE("the largest classes of several rows come from each in turn") {
  const std::vector<double> x = {9, 0, 1, 2, 3, 0, 8, 1, 2, 3};
  std::vector<std::int32_t> classes(2), all(5), none(6);
  REQUIRE(celoss::largest_classes<double>(x, 5, {}, classes).ok());
  CHECK(classes == std::vector<std::int32_t>{0, 1});
  REQUIRE(celoss::largest_classes<double>(x, 5, {}, all).ok());
  CHECK(all == std::vector<std::int32_t>{0, 1, 2, 3, 4});
  CHECK(celoss::largest_classes<double>(x, 5, {}, none).code == StatusCode::output_size_mismatch);
  CHECK(celoss::largest_classes<double>(x, 5, std::vector<std::int32_t>{1, 2, 3}, classes).code ==
        StatusCode::output_size_mismatch);
}
