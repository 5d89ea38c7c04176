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

namespace {

const Json* look_for(const Json& cases, const std::string& name) {
  for (const Json& golden : cases) {
    if (golden["name"] == name) return &golden;
  }
  return nullptr;
}

}  // namespace

const Json& find(const std::string& file, const std::string& name) {
  const Json* const golden = look_for(cases(file), name);
  if (golden == nullptr) throw std::runtime_error(file + " has no case " + name);
  return *golden;
}

std::vector<Json> current_cases(const std::string& file) {
  const Json& changed = cases(file.substr(0, file.find('.')) + "_2.14.json");
  std::vector<Json> result;
  for (const Json& golden : cases(file)) {
    const Json* const now = look_for(changed, golden["name"]);
    result.push_back(now == nullptr ? golden : *now);
  }
  return result;
}

double number(const Json& value) {
  if (!value.is_string()) return value.get<double>();
  if (value == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (value == "inf") return std::numeric_limits<double>::infinity();
  if (value == "-inf") return -std::numeric_limits<double>::infinity();
  throw std::runtime_error("not a number: " + value.get<std::string>());
}

celoss::Shape shape(const Json& golden) { return shape(golden, golden["shape"].size() == 1 ? 0 : 1); }

celoss::Shape shape(const Json& golden, std::size_t dim) {
  const std::vector<std::int64_t> sizes = integers(golden["shape"]);
  celoss::Shape result{.N = 1, .C = sizes.at(dim), .D = 1};
  for (std::size_t i = 0; i < dim; ++i) result.N *= sizes[i];
  for (std::size_t i = dim + 1; i < sizes.size(); ++i) result.D *= sizes[i];
  return result;
}

bool is_plain(const Json& golden) {
  return golden.contains("target") && !golden.contains("weight") && !golden.contains("label_smoothing") &&
         !golden.contains("grad_output");
}

celoss::Reduction reduction(const std::string& name) {
  if (name == "none") return celoss::Reduction::none;
  if (name == "mean") return celoss::Reduction::mean;
  if (name == "sum") return celoss::Reduction::sum;
  throw std::runtime_error("no such reduction: " + name);
}

template <class T>
double ulps(T result, double exact, double term) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const T rounded = static_cast<T>(exact);
  if (std::isnan(exact)) return std::isnan(result) ? 0 : infinity;
  if (std::isinf(rounded)) return result == rounded ? 0 : infinity;
  if (!std::isfinite(result)) return infinity;
  using limits = std::numeric_limits<T>;
  const double size = std::max(std::abs(exact), term);
  const int exponent = size == 0 ? limits::min_exponent - 1 : std::max(std::ilogb(size), limits::min_exponent - 1);
  return std::abs(static_cast<double>(result) - exact) / std::ldexp(1.0, exponent - (limits::digits - 1));
}

template <class T>
void check(const std::vector<T>& results, const Json& golden, const std::string& field, double tolerance,
           double exact_scale) {
  const std::vector<double> exact = numbers<double>(golden["exact"][field]);
  const std::vector<double> torch = numbers<double>(golden["torch"][field]);
  const std::vector<double> terms = golden.contains("terms") && golden["terms"].contains(field)
                                        ? numbers<double>(golden["terms"][field])
                                        : std::vector<double>(exact.size());
  // With soft targets PyTorch's zeros have the signs that its order of summation happens to give them.
  const bool is_grad = field != "loss";
  const bool has_signs = !golden.contains("label_smoothing") && !(golden.contains("probabilities") && is_grad);
  REQUIRE(results.size() == exact.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    const double error = ulps(results[i], exact_scale * exact[i], exact_scale * terms[i]);
    // An exact -0.0 is what is left of a negative number too small for float64.
    const bool is_zero = has_signs && exact[i] == 0 && !std::signbit(exact[i]) && torch[i] == 0;
    const bool is_sign_right = !is_zero || std::signbit(results[i]) == std::signbit(torch[i]);
    if (error <= tolerance && is_sign_right) continue;  // a million times faster than CHECK
    CAPTURE(field, i, results[i], exact_scale * exact[i], torch[i], terms[i]);
    CHECK(error <= tolerance);
    CHECK(is_sign_right);
  }
}

std::string four_decimals(double value) {
  if (std::isnan(value)) return "nan";
  char text[400];
  std::snprintf(text, sizeof text, "%.4f", value);
  return text;
}

template double ulps(float, double, double);
template double ulps(double, double, double);
template void check(const std::vector<float>&, const Json&, const std::string&, double, double);
template void check(const std::vector<double>&, const Json&, const std::string&, double, double);

}  // namespace golden
