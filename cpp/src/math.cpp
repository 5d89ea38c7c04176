// log and log1p are methods and coefficients of FreeBSD's msun (e_log.c, s_log1p.c), which asks for this notice:
//
// Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
// Developed at SunPro, a Sun Microsystems, Inc. business.
// Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
// preserved.
#include "math.h"

#include <cstdint>
#include <limits>

namespace celoss::math {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// ln 2 in two parts; the first is short enough that its product with an exponent is exact.
constexpr double ln2_high = 0x1.62e42fee00000p-1;
constexpr double ln2_low = 0x1.a39ef35793c76p-33;

// (std::bit_cast is not in the C++ library of Emscripten 3.1.6.)
std::int64_t bits(double x) { return __builtin_bit_cast(std::int64_t, x); }
double from_bits(std::int64_t bits) { return __builtin_bit_cast(double, bits); }

/// 2^(i / 16) = powers[i] * (1 + powers_low[i]).
constexpr double powers[16] = {
    0x1.0000000000000p+0, 0x1.0b5586cf9890fp+0, 0x1.172b83c7d517bp+0, 0x1.2387a6e756238p+0,
    0x1.306fe0a31b715p+0, 0x1.3dea64c123422p+0, 0x1.4bfdad5362a27p+0, 0x1.5ab07dd485429p+0,
    0x1.6a09e667f3bcdp+0, 0x1.7a11473eb0187p+0, 0x1.8ace5422aa0dbp+0, 0x1.9c49182a3f090p+0,
    0x1.ae89f995ad3adp+0, 0x1.c199bdd85529cp+0, 0x1.d5818dcfba487p+0, 0x1.ea4afa2a490dap+0,
};
constexpr float powers_low[16] = {
    0x0.000000p+0f,  0x1.79aa66p-54f, -0x1.01b15ep-55f, 0x1.68efdep-54f,  0x1.34d754p-55f, 0x1.59f48ap-55f,
    0x1.690cecp-56f, 0x1.063e1ep-54f, -0x1.3b3efcp-54f, -0x1.b32dccp-56f, 0x1.db72fcp-55f, 0x1.1affc2p-56f,
    0x1.c1a77ap-55f, 0x1.36eae4p-56f, 0x1.4a385ap-56f,  -0x1.ff7128p-55f,
};

/// 2^k for -1022 <= k <= 1023.
double power_of_two(std::int64_t k) { return from_bits((k + 1023) << 52); }

/// A number as 2^k * (1 + f) with sqrt(1/2) < 1 + f < sqrt(2).
struct Split {
  double k, f;
};

/// For positive, finite and normal x.
Split split(double x) {
  constexpr std::int64_t sqrt_half = 0x3fe6a09e667f3bcd;
  const std::int64_t k = (bits(x) - sqrt_half) >> 52;
  return {static_cast<double>(k), from_bits(bits(x) - (k << 52)) - 1};
}

/// log(2^k * (1 + f)) + correction.
/// With s = f / (2 + f), log(1 + f) = log(1 + s) - log(1 - s) = 2 s + s R(s^2), and 2 s = f - f^2 / 2 + s f^2 / 2: its
/// largest term is exact.
double log_of(Split x, double correction) {
  const auto [k, f] = x;
  const double s = f / (2 + f);
  const double z = s * s, w = z * z;
  const double odd =
      z * (0x1.5555555555593p-1 + w * (0x1.2492494229359p-2 + w * (0x1.7466496cb03dep-3 + w * 0x1.2f112df3e5244p-3)));
  const double even = w * (0x1.999999997fa04p-2 + w * (0x1.c71c51d8e78afp-3 + w * 0x1.39a09d078c69fp-3));
  const double half_square = 0.5 * f * f;
  return k * ln2_high - ((half_square - (s * (half_square + (odd + even)) + (k * ln2_low + correction))) - f);
}

}  // namespace

// The method: P. T. P. Tang, Table-driven implementation of the exponential function in IEEE floating-point arithmetic
// (1989). The polynomial was made for this interval by Remez's algorithm.
double exp(double x, double x_low) {
  const bool usual = x > -700 && x < 700;
  if (!usual) {
    if (!(x < 710)) return x > 0 ? inf : x;
    if (x < -746) return 0;
  }

  // x + x_low = n ln 2 / 16 + r. Adding 1.5 * 2^52 rounds to an integer and leaves it in the low bits.
  constexpr double inverse_step = 16 * 0x1.71547652b82fep+0, rounder = 0x1.8p52;
  const double shifted = x * inverse_step + rounder;
  const std::int64_t n = bits(shifted) - bits(rounder);
  const double steps = shifted - rounder;
  const double r = (x - steps * (ln2_high / 16)) - (steps * (ln2_low / 16) - x_low);

  // exp(r) = 1 + r + r^2 / 2 + r^3 p(r), with the polynomial of degree 3 that is off least: by 2^-56 of exp(r).
  const double r2 = r * r;
  const double even = 0.5 + r2 * (0x1.555555552aae1p-5 + r2 * 0x1.6c17965274f89p-10);
  const double odd = 0x1.555555548f23cp-3 + r2 * 0x1.11123afa33042p-7;
  const double exp_r_minus_1 = powers_low[n & 15] + (r + r2 * (even + r * odd));

  const double power = powers[n & 15];
  const std::int64_t k = n >> 4;
  if (usual) {
    const double scale = from_bits(bits(power) + (k << 52));
    return scale + scale * exp_r_minus_1;
  }
  // In two steps: 2^k alone may overflow, and may be 0 where the result is subnormal.
  const std::int64_t half = k >> 1;
  return (power + power * exp_r_minus_1) * power_of_two(half) * power_of_two(k - half);
}

double log(double x) {
  if (!(x > 0)) return x == 0 ? -inf : nan;
  if (x == inf) return x;
  if (x >= std::numeric_limits<double>::min()) return log_of(split(x), 0);
  Split scaled = split(x * 0x1p54);
  scaled.k -= 54;
  return log_of(scaled, 0);
}

double log1p(double x) {
  if (!(x > -1)) return x == -1 ? -inf : nan;
  const double sum = 1 + x;
  if (sum == 1 || x == inf) return x;
  const Split parts = split(sum);
  if (parts.k == 0) return log_of({0, x}, 0);
  const double rounding = x < 1 ? x - (sum - 1) : 1 - (sum - x);
  return log_of(parts, rounding / sum);
}

}  // namespace celoss::math
