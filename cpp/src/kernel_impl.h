// The kernels of kernel.h for one instruction set, in vectors of as many floats as it has. Each kernel_*.cpp includes
// this once and is compiled with flags of its own; so nothing here may leave the file: everything is in an unnamed
// namespace, and the standard library's inline functions are not used, of which the linker keeps only one copy.
#pragma once

#include <cstdint>
#include <cstring>

#if defined(__AVX512F__) && !defined(__clang__)
// GCC 12's own header has it.
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#if defined(__SSE2__)
#include <immintrin.h>
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

#include "kernel.h"

namespace celoss {
namespace {

#if defined(__AVX512F__)
constexpr int lanes = 16;
#elif defined(__AVX2__)
constexpr int lanes = 8;
#else
constexpr int lanes = 4;
#endif
using Floats [[gnu::vector_size(4 * lanes)]] = float;
using Ints [[gnu::vector_size(4 * lanes)]] = std::int32_t;
using Doubles [[gnu::vector_size(4 * lanes)]] = double;  // half as many
using Floats4 [[gnu::vector_size(16)]] = float;

template <class Vector = Floats, class T>
Vector load(const T* data) {
  Vector vector;
  std::memcpy(&vector, data, sizeof vector);
  return vector;
}

template <class T, class Vector>
void store(T* data, Vector vector) {
  std::memcpy(data, &vector, sizeof vector);
}

// What compilers make several instructions of when it is written with the vectors' operators.

/// The first half of x in float64.
Doubles widen_low(Floats x) {
#if defined(__AVX512F__)
  return _mm512_cvtps_pd(_mm512_castps512_ps256(x));
#elif defined(__AVX2__)
  return _mm256_cvtps_pd(_mm256_castps256_ps128(x));
#elif defined(__SSE2__)
  return _mm_cvtps_pd(x);
#else
  return __builtin_convertvector(__builtin_shufflevector(x, x, 0, 1), Doubles);
#endif
}

/// The second half of x in float64.
Doubles widen_high(Floats x) {
#if defined(__AVX512F__)
  return _mm512_cvtps_pd(_mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(x), 1)));
#elif defined(__AVX2__)
  return _mm256_cvtps_pd(_mm256_extractf128_ps(x, 1));
#elif defined(__SSE2__)
  return _mm_cvtps_pd(_mm_movehl_ps(x, x));
#elif defined(__wasm_simd128__)
  return widen_low(wasm_i32x4_shuffle(x, x, 2, 3, 2, 3));
#else
  return __builtin_convertvector(__builtin_shufflevector(x, x, 2, 3), Doubles);
#endif
}

/// The larger one; x where either is NaN.
Floats max_or(Floats y, Floats x) {
#if defined(__wasm_simd128__)
  return wasm_f32x4_pmax(x, y);
#else
  return y > x ? y : x;
#endif
}

constexpr float infinity = __builtin_inff();
constexpr double nan = __builtin_nan("");

// ---- exp ----
// exp(x) = 2^n * exp(f) with n = round(x / ln 2), f = x - n * ln 2, exp(f) = 1 + f + f^2 * R(f). In a row it is taken
// relative to 2^n of the row's maximum, not to the maximum: x - max would be rounded.
// 2^n, 2^n * f and 2^n * f^2 * R(f) stay apart until they are in float64: the first two are exact but for the rounding
// of f, and the third is small. So a single exp has a relative error below 3e-8. The first is never added in float32:
// 1 + 2^-24 would lose as much as all the rest.

constexpr float log2_e = 1.44269504f;
// The high part has 12 bits: its product with n is exact, and so is the difference to x.
constexpr float ln2_high = 2839.0f / 4096, ln2_low = 3.19461832987e-5f;
constexpr double ln2_rest = 0.69314718055994530942 - 2839.0 / 4096;
/// Added to a number below 2^22, this leaves it as an integer in the low bits.
constexpr float rounder = 0x1.8p23f;
/// Exps are 2^32 times as large: then those near 2^-150 of the largest still have all their bits.
constexpr float top_exponent = 32;
/// From the exponent of the maximum down to the one that stands for 0: smaller exps are 0.
constexpr float exponent_range = 127 + top_exponent;
/// The largest size of a maximum.
constexpr float max_size = 1000;

/// What makes exps relative to 2^n of a maximum.
template <class Vector>
struct Reference {
  Vector n;
  Vector rounder;  ///< leaves n - this->n as the exponent of a float that is shifted into place
  Vector limit;    ///< where exp is 0

  explicit Reference(Vector max) {
    n = (max * log2_e + celoss::rounder) - celoss::rounder;
    rounder = celoss::rounder + (exponent_range - n);
    limit = (n - exponent_range) * 0.69314718f;
  }
  template <class Scalar>
  explicit Reference(const Reference<Scalar>& other)
      : n(Vector{} + other.n), rounder(Vector{} + other.rounder), limit(Vector{} + other.limit) {}
};

/// exp(x) in its three parts; rest has yet to be multiplied by rest_scale: that saves an instruction where the value is
/// not wanted. R is minimax for the relative error of exp, 3e-9 for |f| < ln 2 / 2.
template <bool wanted>
struct Exp {
  static constexpr double leading = 0.0013814593690691824;
  static constexpr double rest_scale = wanted ? 1 : leading;
  static constexpr float coefficient(double c) { return static_cast<float>(c / rest_scale); }
  static constexpr float r0 = coefficient(0.499999934464695), r1 = coefficient(0.16666520611995803),
                         r2 = coefficient(0.04166838827732323), r3 = coefficient(0.00836871927243642),
                         r4 = coefficient(leading);

  Floats power, linear, rest;

  Exp(Floats x, const Reference<Floats>& reference) {
    x = max_or(reference.limit, x);
    const Floats shifted = x * log2_e + reference.rounder;
    const Floats n = shifted - reference.rounder;
    const Floats f = (x - n * ln2_high) - n * ln2_low;
    const Floats f2 = f * f;
    const Floats r = f2 * (f2 * r4 + (f * r3 + r2)) + (f * r1 + r0);
    power = reinterpret_cast<Floats>(reinterpret_cast<Ints>(shifted) << 23);
    linear = power * f;
    rest = power * (f2 * r);
  }

  /// If it is wanted.
  Floats value() const { return power + (linear + rest); }
};

/// A sum in every lane.
struct Sums {
  Doubles low{}, high{};

  void add(Floats x, double scale = 1) {
    low += widen_low(x) * scale;
    high += widen_high(x) * scale;
  }
};

/// few: how many linear parts are added before they go to float64, for equal ones are all rounded the same way. One for
/// short rows, where the few classes that make up a sum would else meet in one addition.
template <bool wanted, std::int64_t few>
[[gnu::noinline]] void add_exps(const float* x, std::int64_t vectors, std::int64_t stride,
                                const Reference<Floats>& reference, Sums& sums, float* exps) {
  constexpr std::int64_t turn = 4;
  Sums total = sums;
  Floats rest{};
  const auto add = [&](std::int64_t count) {
    Floats linear{};
    for (std::int64_t i = 0; i < count; ++i) {
      const Exp<wanted> exp(load(x + i * stride), reference);
      total.add(exp.power);
      linear += exp.linear;
      rest += exp.rest;
      if constexpr (wanted) store(exps + i * stride, exp.value());
      if (few == 1 || i == count - 1) {
        total.add(linear);
        linear = Floats{};
      }
    }
    x += count * stride;
    exps += wanted ? count * stride : 0;
  };
  for (; vectors >= turn; vectors -= turn) {
    add(turn);
    if (vectors % (4 * turn) < turn) {
      total.add(rest, Exp<wanted>::rest_scale);
      rest = Floats{};
    }
  }
  add(vectors);
  total.add(rest, Exp<wanted>::rest_scale);
  sums = total;
}

/// Adds the exps of vectors that lie stride apart. exps, unless null, gets them.
template <std::int64_t few>
void add_exps(const float* x, std::int64_t vectors, std::int64_t stride, const Reference<Floats>& reference, Sums& sums,
              float* exps) {
  exps == nullptr ? add_exps<false, few>(x, vectors, stride, reference, sums, exps)
                  : add_exps<true, few>(x, vectors, stride, reference, sums, exps);
}

/// exp(x) / 2^n * 2^32 in float64 for n = round(x / ln 2).
template <class Vector>
Vector top_exp(Vector x, Vector n) {
  const Vector f = (x - n * ln2_high) - n * ln2_rest;
  const Vector series = 1 / 120.0 + f * (1 / 720.0 + f * (1 / 5040.0 + f * (1 / 40320.0)));
  return 0x1p32 * (1 + f * (1 + f * (1 / 2.0 + f * (1 / 6.0 + f * (1 / 24.0 + f * series)))));
}

bool is_regular(float max) { return max >= -max_size && max <= max_size; }

// ---- One row whose entries lie side by side, as vectors ----

constexpr std::int64_t group = 4 * lanes;
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
  Max result{max[0], groups[0]};
  for (int lane = 1; lane < lanes; ++lane) {
    if (max[lane] > result.value || (max[lane] == result.value && groups[lane] < result.index)) {
      result = {max[lane], groups[lane]};
    }
  }
  result.index = begin(result.index);
  for (std::int64_t i = 0; i < group - 1 && x[result.index] != result.value; ++i) ++result.index;
  return result;
}

/// The sum of the exps of size entries without the one at left_out, unless that is -1. exps, unless null, gets them,
/// with 0 at left_out.
double sum_exps(const float* x, std::int64_t size, std::int64_t left_out, const Reference<float>& reference,
                float* exps) {
  const Reference<Floats> lanes_reference(reference);
  Sums sums;
  const auto add_vectors = [&](std::int64_t begin, std::int64_t end) {
    float* to = exps == nullptr ? nullptr : exps + begin;
    add_exps<4>(x + begin, (end - begin) / lanes, lanes, lanes_reference, sums, to);
  };
  const std::int64_t whole = size / lanes * lanes;  // the end of the whole vectors
  const std::int64_t hole = left_out < 0 || left_out >= whole ? whole : left_out / lanes * lanes;
  add_vectors(0, hole);
  if (hole < whole) add_vectors(hole + lanes, whole);
  // The vector with the hole, and the last entries. In place of what is not summed is -inf, whose exp is 0.
  float rest[2 * lanes];
  store(rest, hole < whole ? load(x + hole) : Floats{} - infinity);
  store(rest + lanes, Floats{} - infinity);
  for (std::int64_t i = whole; i < size; ++i) rest[lanes + i - whole] = x[i];
  if (left_out >= 0) rest[left_out < whole ? left_out - hole : lanes + left_out - whole] = -infinity;
  add_exps<4>(rest, 2, lanes, lanes_reference, sums, exps == nullptr ? nullptr : rest);
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

RowSum sum_row(const float* x, std::int64_t C, float* exps) {
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
    if (!is_regular(found.value)) return {found.value, found.index, nan, 0};
    set_max(found);
  }
  for (std::int64_t begin = 0, end; begin < C; begin = end) {
    end = C - begin < 2 * block ? C : begin + block;
    if (exps == nullptr) {
      const Max found = find_max(x + begin, end - begin);
      if (found.value > max.value) set_max({found.value, begin + found.index});
    }
    const std::int64_t left_out = begin <= max.index && max.index < end ? max.index - begin : -1;
    others += sum_exps(x + begin, end - begin, left_out, reference, exps == nullptr ? nullptr : exps + begin);
  }
  const double top = top_exp<double>(max.value, reference.n);
  if (exps != nullptr) exps[max.index] = static_cast<float>(top);
  return {max.value, max.index, is_regular(max.value) ? others / top : nan, top};
}

// ---- Rows side by side, a row in a lane ----

constexpr std::int64_t max_rows = Kernels::max_rows;
constexpr std::int64_t max_columns = 64;

/// Classes of max_rows rows, class by class.
using Columns = float[max_columns][max_rows];

/// Rows that follow one another in memory, d next to d.
struct Run {
  std::int64_t offset;  ///< of class 0
  std::int64_t row, size;
};

/// Calls f for the runs that count rows are made of.
template <class F>
void for_each_run(Shape shape, std::int64_t first, std::int64_t count, F f) {
  std::int64_t n = first / shape.D, d = first % shape.D;
  for (std::int64_t row = 0; row < count; ++n, d = 0) {
    const std::int64_t size = shape.D - d < count - row ? shape.D - d : count - row;
    f(Run{n * shape.C * shape.D + d, row, size});
    row += size;
  }
}

void transpose(Floats4 (&x)[4]) {
  const Floats4 a = __builtin_shufflevector(x[0], x[1], 0, 4, 1, 5);
  const Floats4 b = __builtin_shufflevector(x[0], x[1], 2, 6, 3, 7);
  const Floats4 c = __builtin_shufflevector(x[2], x[3], 0, 4, 1, 5);
  const Floats4 d = __builtin_shufflevector(x[2], x[3], 2, 6, 3, 7);
  x[0] = __builtin_shufflevector(a, c, 0, 1, 4, 5);
  x[1] = __builtin_shufflevector(a, c, 2, 3, 6, 7);
  x[2] = __builtin_shufflevector(b, d, 0, 1, 4, 5);
  x[3] = __builtin_shufflevector(b, d, 2, 3, 6, 7);
}

/// Copies the first columns of from, a column every from_stride, to the rows of to, a row every to_stride.
[[gnu::noinline]] void copy_transposed(const float* from, std::int64_t from_stride, std::int64_t rows,
                                       std::int64_t columns, float* to, std::int64_t to_stride) {
  // In squares of 4 x 4; the last ones overlap the ones before.
  if (rows < 4 || columns < 4) {
    for (std::int64_t i = 0; i < rows; ++i) {
      for (std::int64_t j = 0; j < columns; ++j) to[j * to_stride + i] = from[i * from_stride + j];
    }
    return;
  }
  for (std::int64_t i = 0; i < rows; i += 4) {
    if (i > rows - 4) i = rows - 4;
    for (std::int64_t j = 0; j < columns; j += 4) {
      if (j > columns - 4) j = columns - 4;
      Floats4 x[4];
      for (int k = 0; k < 4; ++k) x[k] = load<Floats4>(from + (i + k) * from_stride + j);
      transpose(x);
      for (int k = 0; k < 4; ++k) store(to + (j + k) * to_stride + i, x[k]);
    }
  }
}

void copy_classes(const float* from, std::int64_t from_stride, std::int64_t classes, std::int64_t size, float* to,
                  std::int64_t to_stride) {
  for (std::int64_t c = 0; c < classes; ++c, from += from_stride, to += to_stride) {
    if (size == max_rows) {
      std::memcpy(to, from, max_rows * sizeof(float));
    } else {
      for (std::int64_t i = 0; i < size; ++i) to[i] = from[i];
    }
  }
}

/// Classes from c on.
[[gnu::noinline]] void load_columns(const float* logits, Shape shape, std::int64_t first, std::int64_t count,
                                    std::int64_t c, std::int64_t size, Columns& columns) {
  if (shape.D == 1) return copy_transposed(logits + first * shape.C + c, shape.C, count, size, columns[0], max_rows);
  for_each_run(shape, first, count, [&](Run run) {
    copy_classes(logits + run.offset + c * shape.D, shape.D, size, run.size, columns[0] + run.row, max_rows);
  });
}

[[gnu::noinline]] void store_columns(const Columns& columns, Shape shape, std::int64_t first, std::int64_t count,
                                     std::int64_t c, std::int64_t size, float* exps) {
  if (shape.D == 1) return copy_transposed(columns[0], max_rows, size, count, exps + first * shape.C + c, shape.C);
  for_each_run(shape, first, count, [&](Run run) {
    copy_classes(columns[0] + run.row, max_rows, size, run.size, exps + run.offset + c * shape.D, shape.D);
  });
}

void sum_rows(const float* logits, Shape shape, std::int64_t first, std::int64_t count, RowSum* sums, float* exps) {
  const std::int64_t rows = (count + lanes - 1) / lanes * lanes;
  Columns columns;
  if (count < rows) std::memset(columns, 0, sizeof columns);  // for the lanes without a row
  const auto for_each_part = [&](auto f) {
    for (std::int64_t c = 0; c < shape.C; c += max_columns) f(c, shape.C - c < max_columns ? shape.C - c : max_columns);
  };

  float max[max_rows];
  std::int32_t argmax[max_rows]{};
  double top[max_rows];
  for (std::int64_t row = 0; row < rows; ++row) max[row] = -infinity;
  for_each_part([&](std::int64_t begin, std::int64_t size) {
    load_columns(logits, shape, first, count, begin, size, columns);
    for (std::int64_t row = 0; row < rows; row += lanes) {
      Floats m = load(max + row);
      Ints index = load<Ints>(argmax + row), c = Ints{} + static_cast<std::int32_t>(begin);
      for (std::int64_t i = 0; i < size; ++i, c += 1) {
        const Floats x = load(&columns[i][row]);
        const Ints candidate = c & (x > m);
        index = candidate > index ? candidate : index;
        m = max_or(x, m);
      }
      store(max + row, m);
      store(argmax + row, index);
    }
  });
  bool are_regular = true;
  for (std::int64_t row = 0; row < count; ++row) are_regular &= is_regular(max[row]);
  if (exps != nullptr && !are_regular) {
    for (std::int64_t row = 0; row < count; ++row) sums[row] = {max[row], argmax[row], nan, 0};
    return;
  }
  for (std::int64_t row = 0; row < rows; row += lanes) {
    const Floats m = load(max + row), n = Reference<Floats>(m).n;
    store(top + row, top_exp<Doubles>(widen_low(m), widen_low(n)));
    store(top + row + lanes / 2, top_exp<Doubles>(widen_high(m), widen_high(n)));
  }

  Sums others[max_rows / lanes];
  const auto for_each_max = [&](std::int64_t begin, std::int64_t size, auto f) {
    for (std::int64_t row = 0; row < count; ++row) {
      const std::int64_t c = argmax[row] - begin;
      if (c >= 0 && c < size) f(columns[c][row], row);
    }
  };
  for_each_part([&](std::int64_t begin, std::int64_t size) {
    if (shape.C > max_columns) load_columns(logits, shape, first, count, begin, size, columns);
    for_each_max(begin, size, [&](float& entry, std::int64_t) { entry = -infinity; });
    for (std::int64_t row = 0; row < rows; row += lanes) {
      const Reference<Floats> reference(load(max + row));
      float* entries = &columns[0][row];
      add_exps<1>(entries, size, max_rows, reference, others[row / lanes], exps == nullptr ? nullptr : entries);
    }
    if (exps == nullptr) return;
    for_each_max(begin, size, [&](float& entry, std::int64_t row) { entry = static_cast<float>(top[row]); });
    store_columns(columns, shape, first, count, begin, size, exps);
  });

  double ratio[max_rows];
  for (std::int64_t row = 0; row < rows; row += lanes) {
    const Sums& sum = others[row / lanes];
    store(ratio + row, sum.low / load<Doubles>(top + row));
    store(ratio + row + lanes / 2, sum.high / load<Doubles>(top + row + lanes / 2));
  }
  for (std::int64_t row = 0; row < count; ++row) {
    sums[row] = {max[row], argmax[row], is_regular(max[row]) ? ratio[row] : nan, top[row]};
  }
}

// ---- The interface ----

void forward(const float* logits, Shape shape, std::int64_t first, std::int64_t count, RowSum* sums, float* exps) {
  if (shape.D > 1 || shape.C <= max_columns) return sum_rows(logits, shape, first, count, sums, exps);
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t offset = (first + i) * shape.C;
    sums[i] = sum_row(logits + offset, shape.C, exps == nullptr ? nullptr : exps + offset);
  }
}

// Products are 0, not -0, where they are too small: therefore + 0.

#if defined(__FMA__)
/// A factor for every lane in two parts: the product with the larger one is not rounded.
template <class Vector>
struct Factors {
  Vector high, low;

  Factors() = default;
  explicit Factors(double factor) : high(Vector{} + static_cast<float>(factor)), low(Vector{} + low_part(factor)) {}
  explicit Factors(const double* factors) {
    for (std::size_t lane = 0; lane < sizeof(Vector) / sizeof(float); ++lane) {
      high[lane] = static_cast<float>(factors[lane]);
      low[lane] = low_part(factors[lane]);
    }
  }

  static float low_part(double factor) { return static_cast<float>(factor - static_cast<float>(factor)); }
  /// Neither part may be too small or too large.
  static bool is_possible(double factor) {
    const double size = factor < 0 ? -factor : factor;
    return size == 0 || (size >= 0x1p-118 && size <= 0x1p118);
  }
  Vector times(Vector x) const { return x * high + x * low + 0.0f; }
};
#else
Floats4 narrow(Doubles low, Doubles high) {
#if defined(__SSE2__)
  return _mm_movelh_ps(_mm_cvtpd_ps(low), _mm_cvtpd_ps(high));
#elif defined(__wasm_simd128__)
  return wasm_i32x4_shuffle(wasm_f32x4_demote_f64x2_zero(low), wasm_f32x4_demote_f64x2_zero(high), 0, 1, 4, 5);
#else
  using Floats2 [[gnu::vector_size(8)]] = float;
  return __builtin_shufflevector(__builtin_convertvector(low, Floats2), __builtin_convertvector(high, Floats2), 0, 1, 2,
                                 3);
#endif
}

/// A factor for every lane in float64.
template <class Vector>
struct Factors {
  Doubles low, high;

  Factors() = default;
  explicit Factors(double factor) : low(Doubles{} + factor), high(low) {}
  explicit Factors(const double* factors) : low(load<Doubles>(factors)), high(load<Doubles>(factors + lanes / 2)) {}

  static bool is_possible(double) { return true; }
  Vector times(Vector x) const { return narrow(widen_low(x) * low, widen_high(x) * high) + 0.0f; }
};
#endif

float scaled(float x, double factor) { return static_cast<float>(x * factor) + 0.0f; }

/// Scales whole vectors from exps[c] on; the first exp that is left.
template <class Vector>
std::int64_t scale_vectors(float* exps, std::int64_t c, std::int64_t C, double factor) {
  constexpr std::int64_t size = sizeof(Vector) / sizeof(float);
  if (c + size > C) return c;
  const Factors<Vector> factors(factor);
  for (; c + size <= C; c += size) store(exps + c, factors.times(load<Vector>(exps + c)));
  return c;
}

void scale(float* exps, Shape shape, std::int64_t first, std::int64_t count, const double* factors) {
  bool are_possible = true;
  for (std::int64_t i = 0; i < count; ++i) are_possible &= Factors<Floats>::is_possible(factors[i]);
  if (shape.D == 1) {
    float* e = exps + first * shape.C;
    for (std::int64_t i = 0; i < count; ++i, e += shape.C) {
      std::int64_t c = are_possible ? scale_vectors<Floats>(e, 0, shape.C, factors[i]) : 0;
      if (are_possible && lanes > 4) c = scale_vectors<Floats4>(e, c, shape.C, factors[i]);
      for (; c < shape.C; ++c) e[c] = scaled(e[c], factors[i]);
    }
    return;
  }
  for_each_run(shape, first, count, [&](Run run) {
    float* e = exps + run.offset;
    const double* factor = factors + run.row;
    const std::int64_t whole = are_possible ? run.size / lanes * lanes : 0;
    Factors<Floats> lanes_factors[max_rows / lanes];
    for (std::int64_t i = 0; i < whole; i += lanes) lanes_factors[i / lanes] = Factors<Floats>(factor + i);
    for (std::int64_t c = 0; c < shape.C; ++c, e += shape.D) {
      for (std::int64_t i = 0; i < whole; i += lanes) store(e + i, lanes_factors[i / lanes].times(load(e + i)));
      for (std::int64_t i = whole; i < run.size; ++i) e[i] = scaled(e[i], factor[i]);
    }
  });
}

}  // namespace
}  // namespace celoss
