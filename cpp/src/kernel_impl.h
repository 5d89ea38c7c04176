// The kernels of kernel.h for one instruction set.
#pragma once

#include "simd_row.h"
#include "simd_rows.h"
#include "simd_scale.h"

namespace celoss {
namespace {

void forward(const float* logits, Shape shape, std::int64_t first, std::int64_t count, Rows& rows, float* exps) {
  if (shape.D > 1 || shape.C <= max_columns) return sum_rows(logits, shape, first, count, rows, exps);
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t offset = (first + i) * shape.C;
    sum_row(logits + offset, shape.C, rows, i, exps == nullptr ? nullptr : exps + offset);
  }
}

}  // namespace
}  // namespace celoss
