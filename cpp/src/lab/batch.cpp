#include "celoss/lab/batch.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "../check.h"
#include "../row.h"

namespace celoss {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

Status check_samples(std::span<const std::uint32_t> order, std::size_t samples) {
  for (const std::uint32_t sample : order) {
    if (sample >= samples) {
      return {StatusCode::size_mismatch, Argument::logits, static_cast<std::int64_t>(samples),
              std::int64_t{sample} + 1};
    }
  }
  return {};
}

}  // namespace

Status sort_worst_first(std::span<const float> losses, std::span<std::uint32_t> order) noexcept {
  if (Status status = check_samples(order, losses.size()); !status.ok()) return status;
  const auto is_before = [&](std::uint32_t a, std::uint32_t b) {
    const float x = losses[a], y = losses[b];
    if (std::isnan(x) || std::isnan(y)) return std::isnan(x) != std::isnan(y) ? std::isnan(x) : a < b;
    return x != y ? x > y : a < b;
  };
  std::make_heap(order.begin(), order.end(), is_before);  // small, and quick enough for what anybody scrolls through
  std::sort_heap(order.begin(), order.end(), is_before);
  return {};
}

void change_of_losses(std::span<const float> before, std::span<float> changes) noexcept {
  const IeeeArithmetic ieee;
  const auto loss = [](float value) { return std::isnan(value) ? std::numeric_limits<float>::infinity() : value; };
  const std::size_t samples = std::min(before.size(), changes.size());
  for (std::size_t i = 0; i < samples; ++i) {
    const float from = loss(before[i]), to = loss(changes[i]);
    changes[i] = from == to ? 0 : to - from;
  }
}

Status histogram(std::span<const float> losses, std::span<const std::uint32_t> order, double width,
                 std::span<std::uint32_t> counts) noexcept {
  const IeeeArithmetic ieee;
  if (counts.empty()) return check_output(0, 1);
  if (Status status = check_samples(order, losses.size()); !status.ok()) return status;
  std::fill(counts.begin(), counts.end(), 0u);
  const std::size_t last = counts.size() - 1;
  for (const std::uint32_t sample : order) {
    const double bin = losses[sample] / width;
    ++counts[bin < 0 ? 0 : bin < static_cast<double>(last) ? static_cast<std::size_t>(bin) : last];
  }
  return {};
}

double histogram_width(std::span<const float> losses, std::span<const std::uint32_t> order, int bins) noexcept {
  const IeeeArithmetic ieee;
  // One of a hundred may be far out.
  std::size_t skipped = 0;
  while (skipped < order.size() && !std::isfinite(losses[order[skipped]])) ++skipped;
  const std::size_t at = skipped + (order.size() - skipped) / 100;
  const double needed = at < order.size() ? losses[order[at]] / static_cast<double>(bins) : 0;
  if (!(needed > 1e-30)) return 0.1;
  double power = 1;
  while (power > needed) power /= 10;
  while (power * 10 <= needed) power *= 10;
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (power * factor >= needed) return power * factor;
  }
  return power * 10;
}

Status confusion(std::span<const std::int32_t> labels, std::span<const std::int32_t> predictions, std::int64_t C,
                 std::span<std::uint32_t> counts) noexcept {
  const auto size = static_cast<std::int64_t>(labels.size());
  if (Status status = check_values(predictions.size(), size, Argument::target); !status.ok()) return status;
  if (Status status = check_output(counts.size(), C * C); !status.ok()) return status;
  std::fill(counts.begin(), counts.end(), 0u);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const bool is_class = labels[i] >= 0 && labels[i] < C && predictions[i] >= 0 && predictions[i] < C;
    if (is_class) ++counts[labels[i] * C + predictions[i]];
  }
  return {};
}

template <class T>
Status columns_and_rest(std::span<const T> logits, std::span<const std::int32_t> classes,
                        std::span<double> output) noexcept {
  const IeeeArithmetic ieee;
  const auto C = static_cast<std::int64_t>(logits.size()), n = static_cast<std::int64_t>(classes.size());
  if (Status status = check_output(output.size(), n + 1); !status.ok()) return status;
  for (std::int64_t i = 0; i < n; ++i) {
    const bool is_class = classes[i] >= 0 && classes[i] < C;
    if (!is_class || std::find(classes.begin(), classes.begin() + i, classes[i]) != classes.begin() + i) {
      return {StatusCode::size_mismatch, Argument::target, classes[i], C};
    }
  }
  const auto is_rest = [&](std::int64_t c) {
    return std::find(classes.begin(), classes.end(), static_cast<std::int32_t>(c)) == classes.end();
  };
  double max = -infinity;
  for (std::int64_t c = 0; c < C; ++c) {
    if (is_rest(c) && !(logits[c] <= max)) max = logits[c];
    if (std::isnan(max)) break;
  }
  Sum others;  // less the 1 of one that is the largest
  bool is_first = true;
  for (std::int64_t c = 0; c < C && std::isfinite(max); ++c) {
    if (!is_rest(c)) continue;
    if (is_first && logits[c] == max) {
      is_first = false;
    } else {
      others += exp_of_gap(logits[c], max);
    }
  }
  for (std::int64_t i = 0; i < n; ++i) output[i] = logits[classes[i]];
  output[n] = std::isfinite(max) ? max + math::log1p(others) : max;
  return {};
}

template <class T>
Status largest_classes(std::span<const T> logits, std::int64_t C, std::span<const std::int32_t> wanted,
                       std::span<std::int32_t> classes) noexcept {
  const auto k = static_cast<std::int64_t>(classes.size());
  if (C < 1 || static_cast<std::int64_t>(logits.size()) % C != 0) {
    return {StatusCode::size_mismatch, Argument::logits, static_cast<std::int64_t>(logits.size()), C};
  }
  if (k > C) return check_output(classes.size(), C);
  std::size_t found = 0;
  const auto has = [&](std::int64_t c) {
    return std::find(classes.begin(), classes.begin() + found, c) != classes.begin() + found;
  };
  for (const std::int32_t c : wanted) {
    if (c < 0 || c >= C || has(c)) continue;
    if (found == classes.size()) return check_output(classes.size(), static_cast<std::int64_t>(found) + 1);
    classes[found++] = c;
  }
  // Row after row its largest that is not there yet.
  const std::int64_t rows = static_cast<std::int64_t>(logits.size()) / C;
  for (std::int64_t row = 0; found < classes.size(); row = row + 1 < rows ? row + 1 : 0) {
    std::int64_t best = -1;
    for (std::int64_t c = 0; c < C; ++c) {
      const bool is_larger = best < 0 || (rows > 0 && logits[row * C + c] > logits[row * C + best]);
      if (is_larger && !has(c)) best = c;
    }
    classes[found++] = static_cast<std::int32_t>(best);
  }
  for (std::size_t i = 1; i < classes.size(); ++i) {
    for (std::size_t j = i; j > 0 && classes[j] < classes[j - 1]; --j) std::swap(classes[j], classes[j - 1]);
  }
  return {};
}

#define CELOSS_INSTANTIATE(T)                                                                                      \
  template Status columns_and_rest(std::span<const T>, std::span<const std::int32_t>, std::span<double>) noexcept; \
  template Status largest_classes(std::span<const T>, std::int64_t, std::span<const std::int32_t>,                 \
                                  std::span<std::int32_t>) noexcept;
CELOSS_INSTANTIATE(float)
CELOSS_INSTANTIATE(double)
#undef CELOSS_INSTANTIATE

}  // namespace celoss
