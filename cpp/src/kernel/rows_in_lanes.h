// Rows side by side, a row in a lane.
#pragma once

#include "exp.h"
#include "kernels.h"

namespace celoss {
namespace {

constexpr std::int64_t max_rows = Rows::max_rows, max_columns = Rows::max_columns;

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
                                    std::int64_t c, std::int64_t size, Rows::Columns& columns) {
  if (shape.D == 1) return copy_transposed(logits + first * shape.C + c, shape.C, count, size, columns[0], max_rows);
  for_each_run(shape, first, count, [&](Run run) {
    copy_classes(logits + run.offset + c * shape.D, shape.D, size, run.size, columns[0] + run.row, max_rows);
  });
}

[[gnu::noinline]] void store_columns(const Rows::Columns& columns, Shape shape, std::int64_t first, std::int64_t count,
                                     std::int64_t c, std::int64_t size, float* exps) {
  if (shape.D == 1) return copy_transposed(columns[0], max_rows, size, count, exps + first * shape.C + c, shape.C);
  for_each_run(shape, first, count, [&](Run run) {
    copy_classes(columns[0] + run.row, max_rows, size, run.size, exps + run.offset + c * shape.D, shape.D);
  });
}

/// Adds the exps of some classes of a vector of rows, but for those of the maximum, and counts them. If they are
/// wanted, the exps take the place of the logits.
template <bool wanted>
[[gnu::noinline]] void add_classes(float* x, std::int64_t classes, Floats max, Sums& sums, Ints& others) {
  const Reference<Floats> reference(max);
  [[maybe_unused]] const Floats top = Exp<true>(max, reference).value();
  constexpr std::int64_t turn = 4;
  Sums total = sums;
  Ints counted = others;
  // By turns, for V8 keeps what goes from turn to turn on the stack. Exps go to float64 one by one: few classes may
  // make up a sum, and what an addition in float32 lost would show. It does not of the small rests.
  const auto add = [&](std::int64_t count) {
    Floats rest{};
    for (std::int64_t i = 0; i < count; ++i, x += max_rows) {
      const Floats logits = load(x);
      const Ints is_other = logits != max;
      const Exp<true> exp(logits, reference, is_other);
      counted -= is_other;
      total.add(exp.rounded());
      rest += exp.lost();
      if constexpr (wanted) store(x, exp.value() + only_where(~is_other, top));
    }
    total.add(rest);
  };
  for (; classes >= turn; classes -= turn) add(turn);
  for (; classes > 0; --classes) add(1);
  sums = total;
  others = counted;
}

void sum_rows(const float* logits, Shape shape, std::int64_t first, std::int64_t count, Rows& rows, float* exps) {
  const bool are_columns = shape.C <= max_columns;
  const std::int64_t whole = (count + lanes - 1) / lanes * lanes;  // with lanes that have no row
  if (count < whole) std::memset(rows.exps, 0, (are_columns ? shape.C : max_columns) * sizeof rows.exps[0]);
  const auto for_each_part = [&](auto f) {
    for (std::int64_t c = 0; c < shape.C; c += max_columns) f(c, shape.C - c < max_columns ? shape.C - c : max_columns);
  };

  for (std::int64_t row = 0; row < whole; row += lanes) store(rows.max + row, Floats{} - infinity);
  for_each_part([&](std::int64_t begin, std::int64_t size) {
    load_columns(logits, shape, first, count, begin, size, rows.exps);
    for (std::int64_t row = 0; row < whole; row += lanes) {
      Floats max = load(rows.max + row);
      for (std::int64_t c = 0; c < size; ++c) max = max_or(load(&rows.exps[c][row]), max);
      store(rows.max + row, max);
    }
  });
  if (exps != nullptr && !are_columns) {
    bool are_regular = true;
    for (std::int64_t row = 0; row < count; ++row) are_regular &= is_regular(rows.max[row]);
    if (!are_regular) {
      for (std::int64_t row = 0; row < count; ++row) rows.others[row] = nan;
      return;
    }
  }

  Sums sums[max_rows / lanes];
  Ints others[max_rows / lanes]{};
  const auto add = exps == nullptr ? add_classes<false> : add_classes<true>;
  for_each_part([&](std::int64_t begin, std::int64_t size) {
    if (!are_columns) load_columns(logits, shape, first, count, begin, size, rows.exps);
    for (std::int64_t row = 0; row < whole; row += lanes) {
      add(&rows.exps[0][row], size, load(rows.max + row), sums[row / lanes], others[row / lanes]);
    }
    if (exps != nullptr && !are_columns) store_columns(rows.exps, shape, first, count, begin, size, exps);
  });

  for (std::int64_t row = 0; row < whole; row += lanes) {
    const Floats max = load(rows.max + row), n = Reference<Floats>(max).n;
    const Doubles low = top_exp<Doubles>(widen_low(max), widen_low(n));
    const Doubles high = top_exp<Doubles>(widen_high(max), widen_high(n));
    store(rows.top + row, low);
    store(rows.top + row + lanes / 2, high);
    // The maxima but for one, and NaN for rows that are not regular.
    const Floats more = __builtin_convertvector(static_cast<std::int32_t>(shape.C - 1) - others[row / lanes], Floats);
    const Ints regular = (max >= -max_size) & (max <= max_size);
    const Floats rest = reinterpret_cast<Floats>(reinterpret_cast<Ints>(more) | ~regular);
    store(rows.others + row, widen_low(rest) + sums[row / lanes].low / low);
    store(rows.others + row + lanes / 2, widen_high(rest) + sums[row / lanes].high / high);
  }
}

}  // namespace
}  // namespace celoss
