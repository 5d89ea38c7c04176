// The fast way to the sums of many float32 rows: SIMD kernels, picked for the machine that runs them.
#pragma once

#include <cstdint>
#include <span>

#include "celoss/shape.h"

namespace celoss {

/// Rows of logits x that are worked on together, and what they come to.
struct Rows {
  static constexpr std::int64_t max_rows = 32;
  /// Up to so many classes, exps stay here.
  static constexpr std::int64_t max_columns = 64;
  using Columns = float[max_columns][max_rows];
  /// Whether forward leaves the exps of such rows here, and the memory of exps as it was.
  static bool keep_exps(Shape shape) { return shape.C <= max_columns; }

  float max[max_rows];      ///< the largest logit
  double others[max_rows];  ///< sum of exp(x_j - max) over the other classes; NaN: not for this kernel, see forward
  double top[max_rows];     ///< exps_c / (top * (1 + others)) is the probability of class c
  Columns exps;             ///< class by class

  /// exps_c of row number row of these, wherever forward has left it; first and elsewhere as forward had them.
  float exp(Shape shape, std::int64_t first, std::int64_t row, std::int64_t c, const float* elsewhere) const {
    if (keep_exps(shape)) return exps[c][row];
    const std::int64_t sample = first + row;
    if (shape.D == 1) return elsewhere[sample * shape.C + c];
    return elsewhere[(sample / shape.D * shape.C + c) * shape.D + sample % shape.D];
  }
};

/// The kernels of one instruction set. Samples are rows number first to first + count - 1 of (N, C, D) data, counted as
/// in row(), count at most max_rows; C >= 1.
struct Kernels {
  const char* name;

  /// Sums of rows. Unless exps is null, exp(x_c) times a power of two of each row is left for scale and Rows::exp: in
  /// rows up to max_columns classes, else in exps, (N, C, D) as the logits, which may be the same memory.
  /// Rows with a NaN, an infinite maximum or one beyond 1000 in size have others = NaN, and rows near them may too; of
  /// these, those without a NaN keep their memory.
  /// The relative error of others is below 3e-8 where C <= 64 or D > 1, else below 6e-8, as measured. Exps below
  /// 2^-150 of the largest may be 0. C must be below 2^31.
  void (*forward)(const float* logits, Shape shape, std::int64_t first, std::int64_t count, Rows& rows, float* exps);

  /// exps_c = exps_c * factor of the row, for rows that are finite; from where forward left them. Probabilities made so
  /// are within 2 ulp, whatever the factor.
  void (*scale)(Rows& rows, Shape shape, std::int64_t first, std::int64_t count, const double* factors, float* exps);
};

/// The best kernels for this machine.
const Kernels& kernels();

/// One for each instruction set; not every build has all.
extern const Kernels baseline_kernels, avx2_kernels, avx512_kernels;

/// Those that were built, the best first, and whether this machine can run them.
std::span<const Kernels* const> all_kernels();
bool is_supported(const Kernels& kernels);

}  // namespace celoss
