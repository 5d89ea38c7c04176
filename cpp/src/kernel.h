// The fast way to the sums of many float32 rows: SIMD kernels, picked for the machine that runs them.
#pragma once

#include <cstdint>
#include <span>

#include "celoss/shape.h"

namespace celoss {

/// What a row of logits x comes to.
struct RowSum {
  float max;            ///< the largest logit
  std::int64_t argmax;  ///< its first class
  double others;        ///< sum of exp(x_j - max) over the other classes; NaN: not for this kernel, see forward
  double top;           ///< exps at argmax: exps_c / (top * (1 + others)) is the probability of class c
};

/// The kernels of one instruction set. Samples are rows number first to first + count - 1 of (N, C, D) data, counted as
/// in row(), count at most max_rows; C >= 1.
struct Kernels {
  static constexpr std::int64_t max_rows = 32;

  const char* name;

  /// Sums of rows. exps, unless null, gets exp(x_c) times a power of two of each row, (N, C, D) as the logits, and may be
  /// the same memory.
  /// Rows with a NaN, an infinite maximum or one beyond 1000 in size have others = NaN, and rows near them may too; of
  /// these, those without a NaN keep their memory.
  /// The relative error of others is below 4e-8 where C <= 64 or D > 1, else below 6e-8, as measured. Exps below 2^-150 of
  /// the largest may be 0. C must be below 2^31.
  void (*forward)(const float* logits, Shape shape, std::int64_t first, std::int64_t count, RowSum* sums, float* exps);

  /// exps_c = exps_c * factor of the row, for rows that are finite. Probabilities made so are within 2 ulp, whatever the
  /// factor.
  void (*scale)(float* exps, Shape shape, std::int64_t first, std::int64_t count, const double* factors);
};

/// The best kernels for this machine.
const Kernels& kernels();

/// One for each instruction set; not every build has all.
extern const Kernels baseline_kernels, avx2_kernels, avx512_kernels;

/// Those that were built, the best first, and whether this machine can run them.
std::span<const Kernels* const> all_kernels();
bool is_supported(const Kernels& kernels);

}  // namespace celoss
