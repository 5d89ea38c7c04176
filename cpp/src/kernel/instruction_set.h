// The kernels of kernels.h for one instruction set.
#pragma once

#include "long_row.h"
#include "rows_in_lanes.h"
#include "scale.h"

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
