#include "golden.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <limits>
#include <map>
#include <stdexcept>

namespace golden {

const Json& cases(const std::string& file) {
  static std::map<std::string, Json> files;
  if (!files.contains(file)) {
    std::ifstream stream(std::string(CELOSS_GOLDEN_DIR "/") + file);
    if (!stream) throw std::runtime_error("cannot open " + file);
    files[file] = Json::parse(stream)["cases"];
  }
  return files[file];
}

const Json& find(const std::string& file, const std::string& name) {
  for (const Json& golden : cases(file)) {
    if (golden["name"] == name) return golden;
  }
  throw std::runtime_error(file + " has no case " + name);
}

double number(const Json& value) {
  if (!value.is_string()) return value.get<double>();
  if (value == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (value == "inf") return std::numeric_limits<double>::infinity();
  if (value == "-inf") return -std::numeric_limits<double>::infinity();
  throw std::runtime_error("not a number: " + value.get<std::string>());
}

celoss::Shape shape(const Json& golden) {
  const std::vector<std::int64_t> sizes = integers(golden["shape"]);
  celoss::Shape result{.N = sizes.at(0), .C = sizes.at(1)};
  for (std::size_t i = 2; i < sizes.size(); ++i) result.D *= sizes[i];
  return result;
}

celoss::Reduction reduction(const std::string& name) {
  if (name == "none") return celoss::Reduction::none;
  if (name == "mean") return celoss::Reduction::mean;
  if (name == "sum") return celoss::Reduction::sum;
  throw std::runtime_error("no such reduction: " + name);
}

template <class T>
double ulps(T result, double exact) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const T rounded = static_cast<T>(exact);
  if (std::isnan(exact)) return std::isnan(result) ? 0 : infinity;
  if (std::isinf(rounded)) return result == rounded ? 0 : infinity;
  if (!std::isfinite(result)) return infinity;
  using limits = std::numeric_limits<T>;
  const int exponent = exact == 0 ? limits::min_exponent - 1 : std::max(std::ilogb(exact), limits::min_exponent - 1);
  return std::abs(static_cast<double>(result) - exact) / std::ldexp(1.0, exponent - (limits::digits - 1));
}

template <class T>
Tolerance tolerance(const std::vector<T>& logits, celoss::Shape shape) {
  if (std::is_same_v<T, float>) return {.loss = 1, .elements = 2};
  double gap = 0;
  for (std::int64_t i = 0; i < shape.samples(); ++i) {
    double least = std::numeric_limits<double>::infinity(), most = -least;
    for (std::int64_t c = 0; c < shape.C; ++c) {
      const double x = logits[(i / shape.D * shape.C + c) * shape.D + i % shape.D];
      if (!std::isfinite(x)) continue;
      least = std::min(least, x);
      most = std::max(most, x);
    }
    gap = std::max(gap, std::min(most - least, 746.0));
  }
  const double elements = 4 + gap + static_cast<double>(shape.C) / 2;
  return {.loss = elements + static_cast<double>(shape.samples()) / 2, .elements = elements};
}

template <class T>
void check(const std::vector<T>& results, const Json& exact, const Json& torch, double tolerance) {
  REQUIRE(results.size() == exact.size());
  REQUIRE(results.size() == torch.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    const double exact_value = number(exact[i]), torch_value = number(torch[i]);
    CAPTURE(i, results[i], exact_value, torch_value);
    CHECK(ulps(results[i], exact_value) <= tolerance);
    CHECK(std::isnan(results[i]) == std::isnan(torch_value));
    // PyTorch's float32 may overflow where the exact result does not.
    if (!std::isinf(torch_value)) CHECK(!std::isinf(results[i]));
    // An exact -0.0 is what is left of a negative number too small for float64.
    if (exact_value == 0 && !std::signbit(exact_value) && torch_value == 0) {
      CHECK(std::signbit(results[i]) == std::signbit(torch_value));
    }
  }
}

std::string four_decimals(double value) {
  if (std::isnan(value)) return "nan";
  char text[400];
  std::snprintf(text, sizeof text, "%.4f", value);
  return text;
}

template double ulps(float, double);
template double ulps(double, double);
template Tolerance tolerance(const std::vector<float>&, celoss::Shape);
template Tolerance tolerance(const std::vector<double>&, celoss::Shape);
template void check(const std::vector<float>&, const Json&, const Json&, double);
template void check(const std::vector<double>&, const Json&, const Json&, double);

}  // namespace golden
