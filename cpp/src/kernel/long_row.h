// One row whose entries lie side by side, as vectors.
#pragma once

#include "exp.h"
#include "kernels.h"

namespace celoss {
namespace {

constexpr std::int64_t group = std::int64_t{4} * lanes;
constexpr std::int64_t block = 1024;  // stays in the nearest cache between its maximum and its sum

struct Max {
  float value;
  std::int64_t index;
};

/// The largest of size >= group entries, and where it is first. NaN is passed over; without another number it is -inf.
[[gnu::noinline]] Max find_max(const float* x, std::int64_t size) {
  Floats max = Floats{} - infinity;
  Ints groups{};  // where it is
  const std::int32_t last = static_cast<std::int32_t>((size - 1) / group);
  const auto begin = [&](std::int64_t g) { return g < last ? g * group : size - group; };
  for (std::int32_t g = 0; g <= last; ++g) {
    const float* entries = x + begin(g);
    Floats larger = load(entries);
    for (std::int64_t i = lanes; i < group; i += lanes) larger = max_or(load(entries + i), larger);
    const Ints candidate = (Ints{} + g) & (larger > max);
    groups = candidate > groups ? candidate : groups;
    max = max_or(larger, max);
  }
  // The lanes without a branch, which would often be mispredicted.
  Max result{-infinity, last};
  for (int lane = 0; lane < lanes; ++lane) result.value = max[lane] > result.value ? max[lane] : result.value;
  for (int lane = 0; lane < lanes; ++lane) {
    const std::int64_t index = max[lane] == result.value ? groups[lane] : last;
    result.index = index < result.index ? index : result.index;
  }
  result.index = begin(result.index);
  for (std::int64_t i = 0; i < group - 1 && x[result.index] != result.value; ++i) ++result.index;
  return result;
}

/// The maximum of a block that is yet to come, taken while one before it is summed: then it costs next to nothing.
struct Ahead {
  std::int64_t distance;  ///< from an entry to the one that is looked at; 0: nothing is yet to come
  Floats max = Floats{} - infinity;

  float value() const {
    float value = -infinity;
    for (int lane = 0; lane < lanes; ++lane) value = max[lane] > value ? max[lane] : value;
    return value;
  }
};

/// Adds the exps of vectors to sums. exps, if they are wanted, gets them; else it looks ahead.
template <bool wanted>
[[gnu::noinline]] void add_exps(const float* x, std::int64_t vectors, const Reference<Floats>& reference, Sums& sums,
                                Ahead& ahead, float* exps) {
  constexpr std::int64_t turn = 4;
  Sums total = sums;
  Floats rests{}, max = ahead.max;
  const std::int64_t distance = ahead.distance;
  const auto add = [&](std::int64_t count) {
    Floats linear[turn]{};
    for (std::int64_t i = 0; i < count; ++i, x += lanes) {
      const Exp<false> exp(load(x), reference);
      if constexpr (!wanted) max = max_or(load(x + distance), max);
      total.add(exp.power);
      linear[i] = exp.linear;
      rests += exp.rest;
      if constexpr (wanted) store(exps + i * lanes, exp.power + (exp.linear + exp.rest));
    }
    exps += wanted ? count * lanes : 0;
    // In pairs: the sum of equal ones is exact then.
    total.add((linear[0] + linear[1]) + (linear[2] + linear[3]));
  };
  for (; vectors >= turn; vectors -= turn) {
    add(turn);
    if (vectors % (4 * turn) < turn) {
      total.add(rests);
      rests = Floats{};
    }
  }
  for (; vectors > 0; --vectors) add(1);
  total.add(rests);
  sums = total;
  ahead.max = max;
}

/// The sum of the exps of size entries without the one at left_out, unless that is -1. exps, unless null, gets them,
/// with 0 at left_out.
double sum_exps(const float* x, std::int64_t size, std::int64_t left_out, const Reference<float>& reference,
                Ahead& ahead, float* exps) {
  const Reference<Floats> lanes_reference(reference);
  const auto add = exps == nullptr ? add_exps<false> : add_exps<true>;
  Sums sums;
  const auto add_vectors = [&](std::int64_t begin, std::int64_t end) {
    float* to = exps == nullptr ? nullptr : exps + begin;
    add(x + begin, (end - begin) / lanes, lanes_reference, sums, ahead, to);
  };
  const std::int64_t whole = size / lanes * lanes;  // the end of the whole vectors
  const std::int64_t hole = left_out < 0 || left_out >= whole ? whole : left_out / lanes * lanes;
  add_vectors(0, hole);
  if (hole < whole) {
    ahead.max = max_or(load(x + hole + ahead.distance), ahead.max);
    add_vectors(hole + lanes, whole);
  }
  // The vector with the hole, and the last entries. In place of what is not summed is -inf, whose exp is 0.
  float rest[2 * lanes];
  store(rest, hole < whole ? load(x + hole) : Floats{} - infinity);
  store(rest + lanes, Floats{} - infinity);
  for (std::int64_t i = whole; i < size; ++i) rest[lanes + i - whole] = x[i];
  if (left_out >= 0) rest[left_out < whole ? left_out - hole : lanes + left_out - whole] = -infinity;
  Ahead nothing{0};
  add(rest, 2, lanes_reference, sums, nothing, rest);
  if (exps != nullptr) {
    if (hole < whole) store(exps + hole, load(rest));
    for (std::int64_t i = whole; i < size; ++i) exps[i] = rest[lanes + i - whole];
  }
  double sum = 0;
  for (int i = 0; i < lanes / 2; ++i) sum += sums.low[i] + sums.high[i];
  return sum;
}

/// 2^exponent for an exponent <= 0; 0 if that is too small.
double power_of_two(float exponent) {
  const std::int64_t bits = exponent < -1022 ? 0 : (static_cast<std::int64_t>(exponent) + 1023) << 52;
  double power;
  std::memcpy(&power, &bits, sizeof power);
  return power;
}

/// Row number row of rows; exps, unless null, gets its exps.
void sum_row(const float* x, std::int64_t C, Rows& rows, std::int64_t row, float* exps) {
  // The maximum so far; with exps it is needed before the first of them is written. While there is no regular one, the
  // exps near -max_size are summed, for NaN to be seen.
  Max max{-infinity, -1};
  Reference<float> reference(-max_size);
  double others = 0;
  const auto set_max = [&](Max next) {
    const Reference<float> next_reference(next.value < -max_size ? -max_size : next.value);
    others *= power_of_two(reference.n - next_reference.n);
    if (max.value > reference.limit) {
      const float n = Reference<float>(max.value).n;
      others += top_exp<double>(max.value, n) * power_of_two(n - next_reference.n);
    }
    max = next;
    reference = next_reference;
  };
  if (exps != nullptr) {
    const Max found = find_max(x, C);
    if (!is_regular(found.value)) {
      rows.others[row] = nan;
      return;
    }
    set_max(found);
  }
  bool may_have_max = exps == nullptr;  // the block that comes
  for (std::int64_t begin = 0, end; begin < C; begin = end) {
    end = C - begin < 2 * block ? C : begin + block;
    if (may_have_max) {
      const Max found = find_max(x + begin, end - begin);
      if (found.value > max.value) set_max({found.value, begin + found.index});
    }
    const std::int64_t left_out = begin <= max.index && max.index < end ? max.index - begin : -1;
    // Not to the last block, which may be longer.
    Ahead ahead{C - end < 2 * block ? 0 : block};
    others += sum_exps(x + begin, end - begin, left_out, reference, ahead, exps == nullptr ? nullptr : exps + begin);
    may_have_max = exps == nullptr && (ahead.distance == 0 || ahead.value() > max.value);
  }
  const double top = top_exp<double>(max.value, reference.n);
  if (exps != nullptr) exps[max.index] = static_cast<float>(top);
  rows.max[row] = max.value;
  rows.top[row] = top;
  rows.others[row] = is_regular(max.value) ? others / top : nan;
}

}  // namespace
}  // namespace celoss
