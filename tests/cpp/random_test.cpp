#include <vector>

#include "golden.h"

TEMPLATE_TEST_CASE("rand is PyTorch's, bit for bit", "", float, double) {
  using T = TestType;
  for (const golden::Json& golden : golden::cases_of<T>("random.json")) {
    INFO(golden["name"]);
    const std::vector<T> data = golden::numbers<T>(golden["data"]);
    std::vector<T> output(data.size());
    celoss::rand<T>(golden["seed"], output);
    CHECK(output == data);
  }
}

TEMPLATE_TEST_CASE("rand lies in [0, 1) and depends on nothing but the seed", "", float, double) {
  using T = TestType;
  std::vector<T> first(10000), second(10000);
  celoss::rand<T>(5, first);
  celoss::rand<T>(5, second);
  CHECK(first == second);
  double sum = 0;
  bool inside = true;
  for (const T value : first) {
    inside = inside && value >= 0 && value < 1;
    sum += value;
  }
  CHECK(inside);
  // The mean of 10000 has a standard deviation of 0.0029.
  CHECK(sum / 10000 > 0.48);
  CHECK(sum / 10000 < 0.52);
  celoss::rand<T>(6, second);
  CHECK(first != second);
}
