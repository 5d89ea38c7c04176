#include <algorithm>
#include <array>
#include <cmath>

#include "cross_entropy_ways.h"
#include "kernel/kernels.h"

namespace celoss {
namespace {

class Fast {
 public:
  Fast(const Call<float>& call, Reducer<float>& reducer) : call_(call), reducer_(reducer) {}

  void run() {
    // Long rows one by one, so that they are still in the cache when the gradient is scaled.
    const std::int64_t rows = call_.shape.D == 1 && call_.shape.C > 1024 ? 1 : max_rows;
    for (std::int64_t first = 0; first < call_.shape.samples(); first += rows) {
      block(first, std::min(rows, call_.shape.samples() - first));
    }
  }

 private:
  static constexpr std::int64_t max_rows = Rows::max_rows;

  enum class State : std::int8_t {
    counted,
    ignored,  ///< by ignore_index
    done,     ///< the exact way
  };

  void block(std::int64_t first, std::int64_t count) {
    const auto& [logits, shape, target, options, grad_logits] = call_;
    const bool has_grad = !grad_logits.empty();
    // Read before the kernel writes: grad_logits may be the memory of the logits.
    bool all_counted = true;
    states_.fill(State::counted);
    for (std::int64_t i = 0; i < count; ++i) {
      targets_[i] = target.indices[first + i];
      const bool ignored = targets_[i] == options.ignore_index;
      if (ignored) {
        states_[i] = State::ignored;
        targets_[i] = 0;  // whose exp is read, and not used
        reducer_.add(first + i, 0);
      }
      all_counted = all_counted && !ignored;
      picked_[i] = ignored ? 0 : row(logits, shape, first + i)[targets_[i]];
    }
    if (has_grad && !read_factors(first, count)) return exact(call_, first, count, reducer_);

    kernel_.forward(logits.data(), shape, first, count, rows_, has_grad ? grad_logits.data() : nullptr);
    bool has_nan = false;
    for (std::int64_t i = 0; i < count; ++i) has_nan |= std::isnan(rows_.others[i]);
    if (has_nan) {
      // If nothing has been written to grad_logits, the neighbours of the rows with NaN may as well be exact.
      if (Rows::keep_exps(shape)) return exact(call_, first, count, reducer_);
      for (std::int64_t i = 0; i < count; ++i) {
        if (!std::isnan(rows_.others[i])) continue;
        exact(call_, first + i, 1, reducer_);
        states_[i] = State::done;
        factors_[i] = rows_.top[i] = 1;  // scale leaves it as it is
      }
      all_counted = false;
    }
    for (std::int64_t i = 0; !all_counted && i < count; ++i) {
      if (states_[i] != State::counted) picked_[i] = rows_.max[i], rows_.others[i] = 0;  // adds nothing to a product
    }
    add_losses(first, count);
    if (has_grad) write_grads(first, count);
  }

  /// The factors of the gradients, each yet to be divided by the sum of its row. Whether all are finite.
  bool read_factors(std::int64_t first, std::int64_t count) {
    bool is_finite = true;
    for (std::int64_t i = 0; i < count; ++i) {
      const bool counted = states_[i] == State::counted;
      factors_[i] = counted ? class_weight(call_.options, targets_[i]) * reducer_.grad(first + i) : 0;
      is_finite &= std::isfinite(factors_[i]);
    }
    return is_finite;
  }

  /// The loss is log1p(others) - gap, where the gap is that of the logit at the target to the maximum.
  void add_losses(std::int64_t first, std::int64_t count) {
    const auto gap = [&](std::int64_t i) { return static_cast<double>(picked_[i]) - rows_.max[i]; };
    if (!has_product(call_.target, call_.options)) {
      for (std::int64_t i = 0; i < count; ++i) {
        if (states_[i] != State::counted) continue;
        const double weight = class_weight(call_.options, targets_[i]);
        reducer_.add(first + i, -(weight * (gap(i) - math::log1p(rows_.others[i]))));
      }
      return;
    }
    // Products without their leading 1; by halves, so that none waits for the one before. That of a block is below
    // (2^31)^32, for a sum is below 2^31, the number of its classes.
    std::array<double, max_rows> gaps, products;
    for (std::int64_t i = 0; i < count; ++i) {
      gaps[i] = gap(i);
      products[i] = rows_.others[i];
    }
    for (std::int64_t i = count; i < max_rows; ++i) gaps[i] = products[i] = 0;
    for (std::int64_t half = max_rows / 2; half > 0; half /= 2) {
      for (std::int64_t i = 0; i < half; ++i) {
        gaps[i] += gaps[i + half];
        products[i] += products[i + half] * (1 + products[i]);
      }
    }
    reducer_.add_log(products[0], gaps[0]);
  }

  void write_grads(std::int64_t first, std::int64_t count) {
    const auto& [logits, shape, target, options, grad_logits] = call_;
    // At the target p - 1 is what it is, minus the sum of the others: they alone count where the target is the largest.
    std::array<double, max_rows> exps;
    std::array<float, max_rows> grads;
    for (std::int64_t i = 0; i < count; ++i) {
      const float exp = rows_.exp(shape, first, i, targets_[i], grad_logits.data());
      exps[i] = picked_[i] == rows_.max[i] ? rows_.top[i] : exp;
    }
    for (std::int64_t i = 0; i < count; ++i) {
      const double others = rows_.top[i] * rows_.others[i];
      factors_[i] /= rows_.top[i] + others;
      const double grad = -factors_[i] * (others + (rows_.top[i] - exps[i]));
      grads[i] = static_cast<float>(grad) + (factors_[i] == 0 ? -0.0f : 0.0f);
    }
    kernel_.scale(rows_, shape, first, count, factors_.data(), grad_logits.data());
    for (std::int64_t i = 0; i < count; ++i) {
      if (states_[i] == State::counted) row(grad_logits, shape, first + i)[targets_[i]] = grads[i];
    }
  }

  const Call<float>& call_;
  Reducer<float>& reducer_;
  const Kernels& kernel_ = kernels();
  Rows rows_;
  std::array<State, max_rows> states_;
  std::array<std::int64_t, max_rows> targets_;
  std::array<float, max_rows> picked_;  // logits at the targets
  std::array<double, max_rows> factors_;
};

}  // namespace

void fast(const Call<float>& call, Reducer<float>& reducer) { Fast(call, reducer).run(); }

}  // namespace celoss
