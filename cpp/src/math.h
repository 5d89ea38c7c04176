// exp, log and log1p with the same bits on every machine: plain float64 arithmetic without the C library, which has
// its own digits on every platform, and without fused multiply-adds (CMakeLists.txt turns contraction off).
#pragma once

#include "ieee.h"

namespace celoss::math {

/// exp(x + x_low), where x_low is what rounding left of x: half an ulp of it at most. Off by up to 0.66 ulp, and by
/// 0.80 where the result is subnormal, as measured.
/// exp(0) = 1, exp(-inf) = 0, exp(inf) = inf, exp(NaN) = NaN, the last three whatever x_low is.
double exp(double x, double x_low = 0);

/// The natural logarithm, off by up to 0.86 ulp as measured. log(1) = 0, log(0) = log(-0) = -inf, log(inf) = inf; NaN
/// for NaN and below 0.
double log(double x);

/// log(1 + x), off by up to 0.86 ulp as measured. log1p(x) = x for tiny x, also for -0 and subnormal numbers;
/// log1p(-1) = -inf, log1p(inf) = inf; NaN for NaN and below -1.
double log1p(double x);

}  // namespace celoss::math
