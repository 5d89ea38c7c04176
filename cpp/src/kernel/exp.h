// exp in vectors.
// exp(x) = 2^n * exp(f) with n = round(x / ln 2), f = x - n * ln 2, exp(f) = 1 + f + f^2 * R(f). In a row it is taken
// relative to 2^n of the row's maximum, not to the maximum: x - max would be rounded.
#pragma once

#include "vectors.h"

namespace celoss {
namespace {

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

/// exp(x) in three parts: power + linear + rest.
/// power is 2^n and exact, and so is linear, 2^n * (x - n * ln2_high), if it is to be: the whole is then off by less
/// than 2e-8, else by 3e-8, which saves 4 to 8 % of the time of long rows. rest is less than 1/8 of power. R is minimax
/// for the relative error of exp, 3e-9 for |f| < ln 2 / 2.
template <bool is_linear_exact>
struct Exp {
  Floats power, linear, rest;

  /// keep: where exp is not to be 0.
  Exp(Floats x, const Reference<Floats>& reference, Ints keep = Ints{} - 1) {
    constexpr float r0 = 0.499999934464695f, r1 = 0.16666520611995803f, r2 = 0.04166838827732323f,
                    r3 = 0.00836871927243642f, r4 = 0.0013814593690691824f;
    x = max_or(reference.limit, x);
    const Floats shifted = x * log2_e + reference.rounder;
    const Floats n = shifted - reference.rounder;
    const Floats high = x - n * ln2_high, low = n * ln2_low;
    const Floats f = high - low;
    const Floats f2 = f * f;
    const Floats r = f2 * (f2 * r4 + (f * r3 + r2)) + (f * r1 + r0);
    power = reinterpret_cast<Floats>((reinterpret_cast<Ints>(shifted) << 23) & keep);
    linear = power * (is_linear_exact ? high : f);
    rest = power * (is_linear_exact ? f2 * r - low : f2 * r);
  }

  /// The same in two parts: all but the rest, rounded, and the rest with what that has lost.
  Floats rounded() const { return power + linear; }
  Floats lost() const { return rest + (linear - (rounded() - power)); }

  Floats value() const { return rounded() + lost(); }
};

/// exp(x) / 2^n * 2^32 in float64 for n = round(x / ln 2), by the polynomial that is off least: by 2e-9 of it.
template <class Vector>
Vector top_exp(Vector x, Vector n) {
  const Vector f = (x - n * ln2_high) - n * ln2_rest;
  const Vector high = 0.04166823789396416 + f * (0.008374981019549955 + f * 0.0013836646271557795);
  const Vector low = 1.0000000367561155 + f * (0.4999999198533194 + f * (0.16666418207835346 + f * high));
  return 0x1p32 * (1.0000000005630076 + f * low);
}

bool is_regular(float max) { return max >= -max_size && max <= max_size; }

}  // namespace
}  // namespace celoss
