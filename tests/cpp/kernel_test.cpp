// The SIMD kernels of every instruction set this machine has, against float64.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <random>
#include <vector>

#include "../../cpp/src/kernel/kernels.h"
#include "catch.h"

using celoss::Kernels;
using celoss::Rows;
using celoss::Shape;

namespace {

constexpr float inf = std::numeric_limits<float>::infinity();
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
constexpr float guard = -12345;

/// Largest relative error of Rows::others.
double others_error(std::int64_t C, std::int64_t D = 1) { return C <= 64 || D > 1 ? 3e-8 : 6e-8; }

/// Largest error of exps * factor in units in the last place.
constexpr double scaled_error = 2;

std::vector<const Kernels*> supported_kernels() {
  std::vector<const Kernels*> result;
  for (const Kernels* kernels : celoss::all_kernels()) {
    if (is_supported(*kernels)) result.push_back(kernels);
  }
  return result;
}

double others_of(std::int64_t C) { return static_cast<double>(C - 1); }

double ulps(float got, double want) {
  int exponent;
  std::frexp(want, &exponent);
  return std::abs(got - want) / std::ldexp(1, std::max(exponent - 24, -149));
}

/// What a row should come to, in float64.
struct Expected {
  float max = -inf;
  std::int64_t argmax = 0;
  double others = 0;
};

/// Logits (N, C, D) with guards around them, not aligned to anything.
class Data {
 public:
  explicit Data(Shape shape, float value = 0) : shape(shape), values_(shape.numel() + 2 * margin, guard) {
    std::fill(begin(), begin() + shape.numel(), value);
  }

  float* begin() { return values_.data() + margin; }
  float& at(std::int64_t sample, std::int64_t c) {
    return begin()[(sample / shape.D * shape.C + c) * shape.D + sample % shape.D];
  }

  Expected expected(std::int64_t sample) {
    Expected result;
    for (std::int64_t c = 0; c < shape.C; ++c) {
      if (at(sample, c) > result.max) result.max = at(sample, c), result.argmax = c;
    }
    for (std::int64_t c = 0; c < shape.C; ++c) {
      if (c != result.argmax) result.others += std::exp(static_cast<double>(at(sample, c)) - result.max);
    }
    return result;
  }

  bool has_guards() const {
    return std::all_of(values_.begin(), values_.begin() + margin, [](float x) { return x == guard; }) &&
           std::all_of(values_.end() - margin, values_.end(), [](float x) { return x == guard; });
  }

  const Shape shape;

 private:
  static constexpr std::int64_t margin = 67;  // more than a vector, and odd
  std::vector<float> values_;
};

using Random = std::mt19937;

double random_below(unsigned n, Random& random) { return static_cast<double>(random() % n); }

/// Random rows: spread out or close together, high or low, now and then with ties and entries that do not count.
Data random_logits(Shape shape, Random& random) {
  Data data(shape);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform;
  for (std::int64_t i = 0; i < shape.samples(); ++i) {
    const double center = 60 * uniform(random) - 30, deviation = std::exp(5 * uniform(random) - 2);
    const bool is_coarse = random() % 4 == 0;
    for (std::int64_t c = 0; c < shape.C; ++c) {
      const double x = center + deviation * normal(random);
      data.at(i, c) = static_cast<float>(is_coarse ? std::round(x) : x);
      if (is_coarse && random() % 16 == 0) data.at(i, c) = -inf;
    }
    if (data.expected(i).max == -inf) data.at(i, 0) = 0;
  }
  return data;
}

/// Calls forward and scale for rows first to first + count - 1, and checks all they give.
void check_rows(const Kernels& kernels, Data& logits, std::int64_t first, std::int64_t count, Random& random) {
  const Shape shape = logits.shape;
  INFO(kernels.name << ", N = " << shape.N << ", C = " << shape.C << ", D = " << shape.D << ", first = " << first
                    << ", count = " << count);
  Data exps(shape, guard);
  Rows rows, rows_with_exps;
  kernels.forward(logits.begin(), shape, first, count, rows, nullptr);
  kernels.forward(logits.begin(), shape, first, count, rows_with_exps, exps.begin());

  Data in_place = logits;
  Rows rows_in_place;
  kernels.forward(in_place.begin(), shape, first, count, rows_in_place, in_place.begin());

  double factors[Rows::max_rows], upstream[Rows::max_rows];
  std::vector<Expected> expected;
  for (std::int64_t i = 0; i < count; ++i) {
    expected.push_back(logits.expected(first + i));
    const double others = expected[i].others;
    for (const Rows* sums : {&rows, &rows_with_exps}) {
      CHECK(sums->max[i] == expected[i].max);
      // What is 2^-150 of the largest need not be there.
      CHECK(std::abs(sums->others[i] - others) <= others_error(shape.C, shape.D) * others + 1e-45);
    }
    CHECK(rows_in_place.others[i] == rows_with_exps.others[i]);
    upstream[i] = std::exp2(random_below(40, random) - 30) * (1 + std::exp(-random_below(9, random)));
    factors[i] = upstream[i] / (rows_with_exps.top[i] * (1 + rows_with_exps.others[i]));
  }
  kernels.scale(rows_with_exps, shape, first, count, factors, exps.begin());
  kernels.scale(rows_in_place, shape, first, count, factors, in_place.begin());

  bool is_same_in_place = true, is_outside_kept = true;
  double worst = 0;
  for (std::int64_t i = 0; i < shape.samples(); ++i) {
    for (std::int64_t c = 0; c < shape.C; ++c) {
      if (i < first || i >= first + count) {
        is_outside_kept = is_outside_kept && exps.at(i, c) == guard && in_place.at(i, c) == logits.at(i, c);
        continue;
      }
      const auto [max, argmax, others] = expected[i - first];
      const double exp = std::exp(static_cast<double>(logits.at(i, c)) - max);
      worst = std::max(worst, ulps(exps.at(i, c), upstream[i - first] * exp / (1 + others)));
      is_same_in_place = is_same_in_place && exps.at(i, c) == in_place.at(i, c);
    }
  }
  CHECK(worst < scaled_error);
  CHECK(is_same_in_place);
  CHECK(is_outside_kept);
  CHECK(exps.has_guards());
  CHECK(in_place.has_guards());
}

/// Calls f with the kernels, and one row of C entries.
template <class F>
void for_each_kernel_and_size(F f) {
  for (const Kernels* kernels : supported_kernels()) {
    for (const std::int64_t C : {2, 5, 64, 65, 129, 1000, 3000, 5000}) {
      INFO(kernels->name << ", C = " << C);
      f(*kernels, C);
    }
  }
}

/// What a row alone comes to.
struct RowSum {
  float max;
  double others, top;
};

RowSum sum_of(const Kernels& kernels, Data& row, float* exps = nullptr) {
  Rows rows;
  kernels.forward(row.begin(), row.shape, 0, 1, rows, exps);
  if (exps != nullptr && !std::isnan(rows.others[0]) && row.shape.C <= Rows::max_columns) {
    for (std::int64_t c = 0; c < row.shape.C; ++c) exps[c] = rows.exps[c][0];
  }
  return {rows.max[0], rows.others[0], rows.top[0]};
}

/// exps times a factor for all rows.
void scale_all(const Kernels& kernels, Data& exps, double factor) {
  const Shape shape = exps.shape;
  Rows rows;
  for (std::int64_t i = 0; i < shape.samples(); ++i) {
    for (std::int64_t c = 0; shape.C <= Rows::max_columns && c < shape.C; ++c) rows.exps[c][i] = exps.at(i, c);
  }
  const std::vector<double> factors(Rows::max_rows, factor);
  kernels.scale(rows, shape, 0, shape.samples(), factors.data(), exps.begin());
}

}  // namespace

TEST_CASE("the kernels that are tested here are named, and those that this machine lacks") {
  for (const bool supported : {true, false}) {
    std::fputs(supported ? "Kernels tested here:" : "; not, as this machine lacks them:", stderr);
    int count = 0;
    for (const Kernels* kernels : celoss::all_kernels()) {
      if (is_supported(*kernels) == supported) std::fprintf(stderr, " %s", kernels->name), ++count;
    }
    if (count == 0) std::fputs(" none", stderr);
    if (supported) CHECK(count > 0);
  }
  std::fputs("\n", stderr);
}

TEST_CASE("the best kernels that run here are picked") {
  REQUIRE(!supported_kernels().empty());
  CHECK(&celoss::kernels() == supported_kernels().front());
}

TEST_CASE("kernels sum and scale rows of every length") {
  Random random(1);
  for (const Kernels* kernels : supported_kernels()) {
    for (std::int64_t C = 1; C <= 3100; C += C < 70 ? 1 : C < 1000 ? 29 : C < 1060 ? 7 : 341) {
      const std::int64_t count = 1 + static_cast<std::int64_t>(random() % (C < 200 ? Rows::max_rows : 3));
      Data logits = random_logits({.N = count + 2, .C = C}, random);
      check_rows(*kernels, logits, 1, count, random);
    }
  }
}

TEST_CASE("kernels sum and scale classes that lie apart") {
  Random random(2);
  for (const Kernels* kernels : supported_kernels()) {
    for (const std::int64_t D : {2, 3, 7, 16, 31, 32, 33, 100}) {
      for (const std::int64_t C : {1, 2, 3, 10, 63, 64, 65, 200}) {
        Data logits = random_logits({.N = 70 / D + 1, .C = C, .D = D}, random);
        const std::int64_t samples = logits.shape.samples();
        const std::int64_t first = static_cast<std::int64_t>(random() % samples);
        check_rows(*kernels, logits, first, std::min(Rows::max_rows, samples - first), random);
      }
    }
  }
}

TEST_CASE("kernels take any number of rows up to the largest") {
  Random random(3);
  for (const Kernels* kernels : supported_kernels()) {
    for (std::int64_t count = 1; count <= Rows::max_rows; ++count) {
      for (const Shape shape : {Shape{count, 10, 1}, Shape{1, 6, count}, Shape{3, 4, count}}) {
        Data logits = random_logits(shape, random);
        check_rows(*kernels, logits, shape.samples() - count, count, random);
      }
    }
  }
}

TEST_CASE("kernels keep to their accuracy over many random rows") {
  Random random(4);
  for (const Kernels* kernels : supported_kernels()) {
    for (const Shape shape : {Shape{4096, 3, 1}, Shape{1024, 50, 1}, Shape{64, 1000, 1}}) {
      Data logits = random_logits(shape, random);
      for (std::int64_t first = 0; first < shape.N; first += Rows::max_rows) {
        Rows rows;
        kernels->forward(logits.begin(), shape, first, Rows::max_rows, rows, nullptr);
        double worst = 0;
        for (std::int64_t i = 0; i < Rows::max_rows; ++i) {
          const double others = logits.expected(first + i).others;
          if (others > 1e-37) worst = std::max(worst, std::abs(rows.others[i] / others - 1));
        }
        CHECK(worst < others_error(shape.C));
      }
    }
  }
}

TEST_CASE("kernels find the largest wherever it comes in a long row") {
  constexpr std::int64_t C = 5000, block = 1024;
  const auto check = [](const Kernels& kernels, Data& row) {
    const Expected expected = row.expected(0);
    const RowSum sum = sum_of(kernels, row);
    return sum.max == expected.max && std::abs(sum.others / expected.others - 1) < others_error(C);
  };
  for (const Kernels* kernels : supported_kernels()) {
    INFO(kernels->name);
    Random random(5);
    std::int64_t wrong = 0;
    for (std::int64_t c = 0; c + block < C; ++c) {
      // The second is looked for while the first is left out.
      Data row = random_logits({.N = 1, .C = C}, random);
      row.at(0, c) = 100;
      row.at(0, c + block) = 101;
      wrong += !check(*kernels, row);
    }
    CHECK(wrong == 0);
    for (const float step : {0.1f, -0.1f}) {
      Data row = random_logits({.N = 1, .C = C}, random);
      for (std::int64_t c = 0; c < C; ++c) row.at(0, c) = step * static_cast<float>(c);
      CHECK(check(*kernels, row));
    }
  }
}

TEST_CASE("kernels add many equal exps without a drift") {
  for_each_kernel_and_size([](const Kernels& kernels, std::int64_t C) {
    for (const float x : {-0.3f, -1.7f, -9.1f}) {
      Data row({.C = C}, x);
      row.at(0, C / 2) = 0;
      const double others = std::exp(static_cast<double>(x)) * others_of(C);
      CHECK(std::abs(sum_of(kernels, row).others / others - 1) < others_error(C));
    }
  });
}

TEST_CASE("kernels leave out the first of several largest entries") {
  for_each_kernel_and_size([](const Kernels& kernels, std::int64_t C) {
    Data row({.C = C}, 1.5f);
    const RowSum equal = sum_of(kernels, row);
    CHECK(std::abs(equal.others / others_of(C) - 1) < others_error(C));

    for (std::int64_t c = 0; c < C; ++c) row.at(0, c) = -inf;
    row.at(0, C - 1) = row.at(0, C / 2) = 7;
    const RowSum two = sum_of(kernels, row);
    CHECK(std::abs(two.others - (C / 2 == C - 1 ? 0 : 1)) < others_error(C));
  });
}

TEST_CASE("kernels sum rows whose maximum rises or falls from block to block") {
  Random random(5);
  for (const Kernels* kernels : supported_kernels()) {
    for (const double slope : {0.001, -0.001, 0.1, -0.1, 0.38, -0.38}) {
      Data row({.C = 5000});
      for (std::int64_t c = 0; c < 5000; ++c) row.at(0, c) = static_cast<float>(slope * static_cast<double>(c - 2500));
      check_rows(*kernels, row, 0, 1, random);
    }
  }
}

TEST_CASE("kernels take entries far below the maximum for what they are") {
  for_each_kernel_and_size([](const Kernels& kernels, std::int64_t C) {
    for (const float low : {-90.f, -103.f, -200.f, -999.f, -1001.f, -1e9f, -3e38f, -inf}) {
      // The maximum last: the blocks before it have a low one.
      Data row({.C = C}, low);
      row.at(0, C - 1) = -3.5f;
      Data exps({.C = C});
      const RowSum sum = sum_of(kernels, row), sum_with_exps = sum_of(kernels, row, exps.begin());
      const double others = others_of(C) * std::exp(low + 3.5);
      CHECK(sum.max == -3.5f);
      CHECK(std::abs(sum.others - others) <= others_error(C) * others + 1e-45);
      CHECK(std::abs(sum_with_exps.others - others) <= others_error(C) * others + 1e-45);
      CHECK(ulps(exps.at(0, C - 1), sum_with_exps.top) < 1);
      if (low <= -1e9f) CHECK(sum.others == 0);
      if (low <= -200) {
        CHECK(sum_with_exps.others == 0);
        CHECK(std::count(exps.begin(), exps.begin() + C, 0.f) == C - 1);
      }
    }
  });
}

TEST_CASE("kernels take maxima up to 1000 in size") {
  for_each_kernel_and_size([](const Kernels& kernels, std::int64_t C) {
    for (const float max : {-1000.f, 1000.f}) {
      Data row({.C = C}, max - 1.25f);
      row.at(0, 0) = max;
      CHECK(std::abs(sum_of(kernels, row).others / (std::exp(-1.25) * others_of(C)) - 1) < others_error(C));
    }
  });
}

TEST_CASE("kernels refuse rows with NaN, wherever it is") {
  for_each_kernel_and_size([](const Kernels& kernels, std::int64_t C) {
    for (const float x : {0.f, 1000.f, -2e9f, -inf}) {
      for (std::int64_t c = 0; c < C; c += C < 200 ? 1 : 37) {
        Data row({.C = C}, x);
        row.at(0, c == C - 1 ? 0 : C - 1) = 3;
        row.at(0, c) = not_a_number;
        Data exps({.C = C});
        CHECK(std::isnan(sum_of(kernels, row).others));
        CHECK(std::isnan(sum_of(kernels, row, exps.begin()).others));
      }
    }
  });
}

TEST_CASE("kernels refuse rows with an infinite or too large maximum, and leave them as they are") {
  for_each_kernel_and_size([](const Kernels& kernels, std::int64_t C) {
    for (const float max : {inf, -inf, 1000.5f, -1000.5f, 1e38f, -1e38f}) {
      for (const std::int64_t c : {std::int64_t{0}, C - 1}) {
        Data row({.C = C}, std::min(max, 0.f) - 2);
        row.at(0, c) = max;
        Data exps = row;
        CHECK(std::isnan(sum_of(kernels, row).others));
        CHECK(std::isnan(sum_of(kernels, exps, exps.begin()).others));
        CHECK(std::equal(row.begin(), row.begin() + C, exps.begin()));
      }
    }
  });
}

TEST_CASE("a refused row does no harm to the rows of other calls, or to its neighbours' memory") {
  for (const Kernels* kernels : supported_kernels()) {
    for (const Shape shape : {Shape{40, 10, 1}, Shape{2, 10, 20}, Shape{40, 100, 1}}) {
      INFO(kernels->name << ", C = " << shape.C << ", D = " << shape.D);
      Random random(6);
      Data logits = random_logits(shape, random);
      logits.at(5, 3) = inf;
      Data exps = logits;
      Rows rows;
      kernels->forward(exps.begin(), shape, 0, Rows::max_rows, rows, exps.begin());
      CHECK(std::isnan(rows.others[5]));
      for (std::int64_t i = 0; i < Rows::max_rows; ++i) {
        if (!std::isnan(rows.others[i])) continue;
        for (std::int64_t c = 0; c < shape.C; ++c) CHECK(exps.at(i, c) == logits.at(i, c));
      }
    }
  }
}

TEST_CASE("scale is right to an ulp, whatever the factor and the size of the product") {
  Random random(7);
  for (const Kernels* kernels : supported_kernels()) {
    for (const Shape shape : {Shape{4, 3, 1}, Shape{4, 100, 1}, Shape{1, 3, 32}, Shape{1, 70, 32}}) {
      for (const double factor :
           {0.0, -0.0, -1.0, 1 / 3.0, 1e-9, -1e-30, 1e-38, 1e-45, 1e-60, -1e-200, 1e20, 1e45, 1e200}) {
        INFO(kernels->name << ", C = " << shape.C << ", D = " << shape.D << ", factor " << factor);
        Data exps(shape), before(shape);
        for (std::int64_t i = 0; i < shape.numel(); ++i) {
          const double mantissa = 1 + random_below(1 << 23, random) / (1 << 23);
          before.begin()[i] = static_cast<float>(mantissa * std::exp2(32 - random_below(150, random)));
          if (random() % 8 == 0) before.begin()[i] = 0;
        }
        std::copy(before.begin(), before.begin() + shape.numel(), exps.begin());
        scale_all(*kernels, exps, factor);
        double worst = 0;
        for (std::int64_t i = 0; i < shape.numel(); ++i) {
          const double want = before.begin()[i] * factor;
          if (exps.begin()[i] == 0) CHECK(!std::signbit(exps.begin()[i]));
          if (std::abs(want) > std::numeric_limits<float>::max()) {
            CHECK(exps.begin()[i] == (want < 0 ? -inf : inf));
          } else {
            worst = std::max(worst, ulps(exps.begin()[i], want));
          }
        }
        CHECK(worst < 1.1);
        CHECK(exps.has_guards());
      }
    }
  }
}

TEST_CASE("scale uses the digits of a factor that float32 has not") {
  Random random(8);
  for (const Kernels* kernels : supported_kernels()) {
    for (const Shape shape : {Shape{1, 8000, 1}, Shape{1, 250, 32}}) {
      INFO(kernels->name << ", D = " << shape.D);
      Data exps(shape), before(shape);
      for (std::int64_t i = 0; i < shape.numel(); ++i) {
        before.begin()[i] = exps.begin()[i] = static_cast<float>(1 + random_below(1 << 23, random) / (1 << 23));
      }
      scale_all(*kernels, exps, 1 / 3.0);
      double sum = 0;  // errors of both signs
      for (std::int64_t i = 0; i < shape.numel(); ++i) sum += exps.begin()[i] - before.begin()[i] / 3.0;
      // The factor as a float32 is 1e-8 too large.
      CHECK(std::abs(sum / static_cast<double>(shape.numel())) < 1e-9);
    }
  }
}
