// The golden files of tests/golden and how results are compared with them.
#pragma once

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

/// A number, which may be one of the strings "nan", "inf" and "-inf".
double number(const Json& value);

/// (N, C, d1, ..., dK) as (N, C, D).
celoss::Shape shape(const Json& golden);

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

/// How far a result is from the exact value, in units in the last place of T at that value. 0 where both are NaN or
/// the same infinity (also by overflow of T), and infinity where only one of them is.
template <class T>
double ulps(T result, double exact);

/// How far results in T may be from exact ones, in ulp.
struct Tolerance {
  double loss;      ///< losses
  double elements;  ///< softmax, log_softmax and gradients
};

/// float32: 1 ulp for losses and 2 ulp for the rest, as DESIGN says; everything is computed in float64 and rounded.
/// float64: a few ulp for the functions, and
///   - gap: x - max is rounded, by up to half an ulp of the gap between them, and exp makes a relative error of that:
///     gap / 2 ulp, twice that next to a power of two. Beyond 746 exp is 0 whatever the gap is;
///   - C / 2 and N * D / 2: half an ulp per term of the sum over classes and samples.
template <class T>
Tolerance tolerance(const std::vector<T>& logits, celoss::Shape shape);

/// Checks results against exact ones, and for NaN, infinities and signs of zero against PyTorch's.
template <class T>
void check(const std::vector<T>& results, const Json& exact, const Json& torch, double tolerance);

/// A number as PyTorch prints it in fixed notation: four decimals.
std::string four_decimals(double value);

}  // namespace golden
