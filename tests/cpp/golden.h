// The golden files of tests/golden and how results are compared with them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>
#include <vector>

#include "catch.h"
#include "celoss/celoss.h"

namespace golden {

using Json = nlohmann::json;

/// The cases of a golden file, such as "softmax.json".
const Json& cases(const std::string& file);

/// The case of a golden file that has this name.
const Json& find(const std::string& file, const std::string& name);

/// The cases of a golden file as PyTorch 2.14 answers them: the library's answers where the two versions differ.
std::vector<Json> current_cases(const std::string& file);

/// A number, which may be one of the strings "nan", "inf" and "-inf".
double number(const Json& value);

/// (N, C, d1, ..., dK) or (C) as (N, C, D).
celoss::Shape shape(const Json& golden);

/// Any shape as (N, C, D), with dimension dim as the classes.
celoss::Shape shape(const Json& golden, std::size_t dim);

celoss::Reduction reduction(const std::string& name);

template <class T>
constexpr const char* dtype = std::is_same_v<T, float> ? "float32" : "float64";

/// The cases of a golden file whose dtype is T.
template <class T>
std::vector<Json> cases_of(const std::string& file) {
  std::vector<Json> result;
  for (const Json& golden : cases(file)) {
    if (golden["dtype"] == dtype<T>) result.push_back(golden);
  }
  return result;
}

template <class T>
std::vector<T> numbers(const Json& values) {
  std::vector<T> result;
  for (const Json& value : values) result.push_back(static_cast<T>(number(value)));
  return result;
}

inline std::vector<std::int64_t> integers(const Json& values) { return values.get<std::vector<std::int64_t>>(); }

template <class T>
celoss::Options<T> options(const Json& golden) {
  return {.reduction = reduction(golden["reduction"]), .ignore_index = golden["ignore_index"]};
}

/// Whether a loss case has class indices and nothing but the options that the trace takes too.
bool is_plain(const Json& golden);

/// What a loss function is called with.
template <class T>
struct LossArguments {
  std::vector<T> input;  ///< logits or log_probs
  celoss::Shape shape;
  bool has_probabilities = false;
  std::vector<std::int64_t> indices;
  std::vector<T> probabilities;
  std::vector<T> weight;
  std::vector<T> grad_output;
  double label_smoothing = 0;
  celoss::Reduction reduction = celoss::Reduction::mean;
  std::int64_t ignore_index = -100;

  LossArguments() = default;

  explicit LossArguments(const Json& golden)
      : input(numbers<T>(golden.contains("logits") ? golden["logits"] : golden["log_probs"])),
        shape(golden::shape(golden)),
        has_probabilities(golden.contains("probabilities")),
        label_smoothing(golden.value("label_smoothing", 0.0)),
        reduction(golden::reduction(golden["reduction"])),
        ignore_index(golden["ignore_index"]) {
    if (has_probabilities) {
      probabilities = numbers<T>(golden["probabilities"]);
    } else {
      indices = integers(golden["target"]);
    }
    if (golden.contains("weight")) weight = numbers<T>(golden["weight"]);
    if (golden.contains("grad_output")) grad_output = numbers<T>(golden["grad_output"]);
  }

  celoss::Options<T> options() const {
    return {.reduction = reduction, .ignore_index = ignore_index, .weight = weight, .label_smoothing = label_smoothing};
  }

  celoss::Target<T> target() const {
    if (!has_probabilities) return {.indices = indices};
    static const T somewhere{};  // an empty vector may have no address
    return {.probabilities = {probabilities.empty() ? &somewhere : probabilities.data(), probabilities.size()}};
  }

  std::int64_t loss_size() const { return reduction == celoss::Reduction::none ? shape.samples() : 1; }
};

/// What a loss function gives.
template <class T>
struct LossResult {
  std::vector<T> loss, grad;
};

/// celoss::cross_entropy or celoss::nll_loss.
template <class T>
using LossFunction = celoss::Status (*)(std::span<const T>, celoss::Shape, const celoss::Target<T>&,
                                        const celoss::Options<T>&, std::span<T>, std::span<T>,
                                        std::span<const T>) noexcept;

template <class T>
LossResult<T> run(LossFunction<T> function, const LossArguments<T>& in) {
  LossResult<T> result{std::vector<T>(in.loss_size()), std::vector<T>(in.input.size())};
  REQUIRE(function(in.input, in.shape, in.target(), in.options(), result.loss, result.grad, in.grad_output).ok());
  return result;
}

/// The same number, the same zero, or both NaN.
template <class T>
bool identical(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](T x, T y) {
    return std::isnan(x) ? std::isnan(y) : x == y && std::signbit(x) == std::signbit(y);
  });
}

/// How far a result is from the exact value, in units in the last place of T at that value, or at the size of the
/// largest of its terms if they cancel. 0 where both are NaN or the same infinity (also by overflow of T), and infinity
/// where only one of them is.
template <class T>
double ulps(T result, double exact, double term = 0);

/// How far results in T may be from exact ones, in ulp: DESIGN's "float32 losses within 1 ulp of exact, the rest within
/// 2", and for float64, in which all is computed, 4.
struct Tolerance {
  double loss;      ///< losses
  double elements;  ///< softmax, log_softmax and gradients
};
template <class T>
constexpr Tolerance tolerance = std::is_same_v<T, float> ? Tolerance{1, 2} : Tolerance{4, 4};

/// Checks results of a case, in the golden field, against exact ones, and for signs of zero against PyTorch's (not with
/// soft targets). That exact and PyTorch's results are NaN or infinite in the same places the generator sees to.
/// exact_scale: what exact results are multiplied by.
template <class T>
void check(const std::vector<T>& results, const Json& golden, const std::string& field, double tolerance,
           double exact_scale = 1);

/// A number as PyTorch prints it in fixed notation: four decimals.
std::string four_decimals(double value);

}  // namespace golden
