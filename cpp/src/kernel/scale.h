// exps times the factors of their rows.
#pragma once

#include "rows_in_lanes.h"

namespace celoss {
namespace {

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

void scale_row(float* exps, std::int64_t C, double factor) {
  std::int64_t c = 0;
  if (Factors<Floats>::is_possible(factor)) {
    c = scale_vectors<Floats>(exps, c, C, factor);
    if (lanes > 4) c = scale_vectors<Floats4>(exps, c, C, factor);
  }
  for (; c < C; ++c) exps[c] = scaled(exps[c], factor);
}

/// Rows in lanes, class by class.
void scale_columns(float* exps, std::int64_t stride, std::int64_t classes, std::int64_t rows, const double* factors) {
  bool are_possible = true;
  for (std::int64_t i = 0; i < rows; ++i) are_possible &= Factors<Floats>::is_possible(factors[i]);
  const std::int64_t whole = are_possible ? rows / lanes * lanes : 0;
  for (std::int64_t i = 0; i < whole; i += lanes) {
    const Factors<Floats> lanes_factors(factors + i);
    float* e = exps + i;
    for (std::int64_t c = 0; c < classes; ++c, e += stride) store(e, lanes_factors.times(load(e)));
  }
  for (std::int64_t i = whole; i < rows; ++i) {
    for (std::int64_t c = 0; c < classes; ++c) exps[c * stride + i] = scaled(exps[c * stride + i], factors[i]);
  }
}

void scale(Rows& rows, Shape shape, std::int64_t first, std::int64_t count, const double* factors, float* exps) {
  if (shape.C <= max_columns) {
    scale_columns(rows.exps[0], max_rows, shape.C, count, factors);
    store_columns(rows.exps, shape, first, count, 0, shape.C, exps);
  } else if (shape.D > 1) {
    for_each_run(shape, first, count,
                 [&](Run run) { scale_columns(exps + run.offset, shape.D, shape.C, run.size, factors + run.row); });
  } else {
    for (std::int64_t i = 0; i < count; ++i) scale_row(exps + (first + i) * shape.C, shape.C, factors[i]);
  }
}

}  // namespace
}  // namespace celoss
