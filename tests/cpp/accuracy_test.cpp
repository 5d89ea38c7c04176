// The accuracy that the headers promise, against MPFR.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include "catch.h"
#include "celoss/celoss.h"
#include "exact.h"

using celoss::Options;
using celoss::Reduction;
using celoss::Shape;
using celoss::Target;
using exact::Real;

namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr bool is_slow = true;
#else
constexpr bool is_slow = false;
#endif

template <class T>
struct Case {
  Shape shape;
  std::vector<T> logits;
  std::vector<std::int64_t> indices;
  Options<T> options = {.reduction = Reduction::none};
  std::vector<T> weight = {}, probabilities = {}, grad_output = {};

  std::int64_t losses() const { return options.reduction == Reduction::none ? shape.samples() : 1; }
  std::int64_t at(std::int64_t sample, std::int64_t c) const {
    return (sample / shape.D * shape.C + c) * shape.D + sample % shape.D;
  }
  bool is_soft() const { return !probabilities.empty() || options.label_smoothing != 0; }
};

/// Errors in ulp: the largest of each kind.
struct Errors {
  double loss = 0, grad = 0, softmax = 0, log_softmax = 0;
};

void worsen(double& worst, double error) { worst = std::max(worst, error); }

/// An exact number, and the size of the largest term it was made of where terms of both signs cancel, else 0.
struct Sum {
  Real value, size;

  void add(const Real& term) {
    value += term;
    size = std::max(size, abs(term));
    has_both_signs_ = has_both_signs_ || (is_negative_ && Real(0) < term) || (is_positive_ && term < Real(0));
    is_negative_ = is_negative_ || term < Real(0);
    is_positive_ = is_positive_ || Real(0) < term;
  }
  Real cancelled_size() const { return has_both_signs_ ? size : Real(0); }

 private:
  bool has_both_signs_ = false, is_negative_ = false, is_positive_ = false;
};

/// What one sample weighs its classes by: a_c = w_c q_c.
template <class T>
std::vector<Real> class_factors(const Case<T>& call, std::int64_t sample) {
  std::vector<Real> factors;
  const Real smoothing(call.options.label_smoothing);
  for (std::int64_t c = 0; c < call.shape.C; ++c) {
    const Real q(call.probabilities.empty() ? static_cast<T>(c == call.indices[sample])
                                            : call.probabilities[call.at(sample, c)]);
    const Real w(call.weight.empty() ? 1 : call.weight[c]);
    factors.push_back(w * ((Real(1) - smoothing) * q + smoothing / Real(static_cast<double>(call.shape.C))));
  }
  return factors;
}

/// Calls cross_entropy (with and without its gradient), softmax and log_softmax, and computes all of it by definition.
template <class T>
Errors errors_of(Case<T> call) {
  const auto& [N, C, D] = call.shape;
  call.options.weight = call.weight;
  std::vector<T> loss(call.losses()), loss_alone(loss), grad(call.logits.size()), probs(grad), log_probs(grad);
  const Target<T> target{.indices = call.indices, .probabilities = call.probabilities};
  REQUIRE(celoss::cross_entropy<T>(call.logits, call.shape, target, call.options, loss, grad, call.grad_output).ok());
  REQUIRE(celoss::cross_entropy<T>(call.logits, call.shape, target, call.options, loss_alone).ok());
  REQUIRE(celoss::softmax<T>(call.logits, call.shape, probs).ok());
  REQUIRE(celoss::log_softmax<T>(call.logits, call.shape, log_probs).ok());

  const auto ignored = [&](std::int64_t i) {
    return call.probabilities.empty() && call.indices[i] == call.options.ignore_index;
  };
  Real divisor = 1;
  if (call.options.reduction == Reduction::mean) {
    divisor = call.probabilities.empty() ? 0 : static_cast<double>(call.shape.samples());
    for (std::int64_t i = 0; i < call.shape.samples() && call.probabilities.empty(); ++i) {
      if (!ignored(i)) divisor += Real(call.weight.empty() ? 1 : call.weight[call.indices[i]]);
    }
  }

  Errors errors;
  Sum total;
  std::vector<T> x(C);
  for (std::int64_t i = 0; i < call.shape.samples(); ++i) {
    for (std::int64_t c = 0; c < C; ++c) x[c] = call.logits[call.at(i, c)];
    const exact::Row row{std::span<const T>(x)};
    for (std::int64_t c = 0; c < C; ++c) {
      worsen(errors.softmax, exact::ulps(probs[call.at(i, c)], row.prob(c)));
      worsen(errors.log_softmax, exact::ulps(log_probs[call.at(i, c)], row.log_prob(c)));
    }
    if (ignored(i)) {
      if (call.options.reduction == Reduction::none) CHECK(loss[i] == 0);
      for (std::int64_t c = 0; c < C; ++c) worsen(errors.grad, exact::ulps(grad[call.at(i, c)], 0));
      continue;
    }

    const std::vector<Real> factors = class_factors(call, i);
    Sum sample;
    Real W, W_size;
    for (std::int64_t c = 0; c < C; ++c) {
      sample.add(-factors[c] * row.log_prob(c));
      W += factors[c];
      W_size += abs(factors[c]);
    }
    if (call.options.reduction == Reduction::none) {
      for (const T result : {loss[i], loss_alone[i]}) {
        worsen(errors.loss, exact::ulps(result, sample.value, sample.cancelled_size()));
      }
    }
    total.add(sample.value);
    total.size = std::max(total.size, sample.cancelled_size());

    Real scale = Real(1) / divisor;
    if (!call.grad_output.empty()) scale *= Real(call.grad_output[call.losses() == 1 ? 0 : i]);
    for (std::int64_t c = 0; c < C; ++c) {
      // p_c W - a_c, without losing what is left of it near p_c = 1.
      const Real value = row.prob(c) * (W - factors[c]) - row.one_minus_prob(c) * factors[c];
      const Real size = call.is_soft() ? std::max(row.prob(c) * W_size, abs(factors[c])) : Real(0);
      worsen(errors.grad, exact::ulps(grad[call.at(i, c)], value * scale, abs(size * scale)));
    }
  }
  if (call.options.reduction != Reduction::none) {
    const Real size = call.weight.empty() && call.probabilities.empty() ? Real(0) : total.cancelled_size();
    for (const T result : {loss[0], loss_alone[0]}) {
      worsen(errors.loss, exact::ulps(result, total.value / divisor, abs(size / divisor)));
    }
  }
  return errors;
}

/// The bounds of cross_entropy.h and softmax.h. Measured where float64 does the work, in ulp: losses, gradients and
/// log_softmax 0.50 in float32 and softmax 1.46 (its exps are rounded, as PyTorch's); 2.0, 3.7, 2.1 and 2.8 in float64,
/// where with soft targets losses are off by up to 6.4 and gradients by 4.7.
template <class T>
void check(const std::string& name, const Case<T>& call) {
  constexpr bool is_float = std::is_same_v<T, float>;
  const double soft = call.is_soft() ? 2 : 1;  // the products of weights and soft targets are rounded in float64
  const Errors errors = errors_of(call);
  INFO(name << ", N " << call.shape.N << ", C " << call.shape.C << ", D " << call.shape.D);
  CHECK(errors.loss <= (is_float ? 1 : 4 * soft));
  CHECK(errors.grad <= (is_float ? 2 : 4 * soft));
  CHECK(errors.softmax <= (is_float ? 2 : 4));
  CHECK(errors.log_softmax <= (is_float ? 2 : 4));
}

class Random {
 public:
  double normal() { return normal_(engine_); }
  std::int64_t below(std::int64_t n) { return static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(n)); }

 private:
  std::mt19937_64 engine_{1};
  std::normal_distribution<double> normal_;
};

/// Logits that x(sample, class) gives, with random targets.
template <class T>
Case<T> make_case(Shape shape, Random& random, const std::function<double(std::int64_t, std::int64_t)>& x) {
  Case<T> call{.shape = shape, .logits = std::vector<T>(shape.numel()), .indices = {}};
  for (std::int64_t i = 0; i < shape.samples(); ++i) {
    call.indices.push_back(random.below(shape.C));
    for (std::int64_t c = 0; c < shape.C; ++c) call.logits[call.at(i, c)] = static_cast<T>(x(i, c));
  }
  return call;
}

/// Shapes on both sides of the 128 logits up to which float32 takes the scalar way.
std::vector<Shape> small_shapes() {
  return {{1, 1, 1},   {5, 2, 1},   {64, 2, 1}, {70, 3, 1}, {1, 3, 2},
          {12, 10, 1}, {40, 10, 1}, {9, 17, 2}, {2, 33, 3}, {7, 100, 1}};
}

}  // namespace

TEMPLATE_TEST_CASE("random rows of every size are exact", "", float, double) {
  using T = TestType;
  Random random;
  std::vector<Shape> shapes = small_shapes();
  for (const Shape shape : {Shape{3, 1000, 1}, {2, 4096, 1}, {1, 50257, 1}, {33, 10, 33}, {100, 4, 31}, {70, 32, 7}}) {
    shapes.push_back(shape);
  }
  if (!is_slow) shapes.insert(shapes.end(), {{4096, 10, 1}, {1, 128256, 1}});
  for (const Shape shape : shapes) {
    for (const double spread : {1.0, 10.0, 30.0}) {
      if (spread > 1 && shape.numel() > 20000) continue;
      const auto call = make_case<T>(shape, random, [&](auto, auto) { return spread * random.normal(); });
      check("normal times " + std::to_string(spread), call);
    }
  }
}

TEMPLATE_TEST_CASE("rows where few classes make up the sum are exact", "", float, double) {
  using T = TestType;
  Random random;
  for (const Shape shape : {Shape{3000, 3, 1}, {3000, 4, 1}, {500, 4, 7}, {300, 32, 1}, {50, 32, 7}}) {
    for (const double spread : {10.0, 30.0}) {
      Case<T> call = make_case<T>(shape, random, [&](auto, auto) { return spread * random.normal(); });
      for (std::int64_t i = 0; i < shape.samples(); ++i) {
        for (std::int64_t c = 0; c < shape.C; ++c) {
          if (call.logits[call.at(i, c)] > call.logits[call.at(i, call.indices[i])]) call.indices[i] = c;
        }
      }
      check("normal times " + std::to_string(spread), call);
    }
  }
}

TEMPLATE_TEST_CASE("confident rows are exact", "", float, double) {
  using T = TestType;
  Random random;
  for (const Shape shape : small_shapes()) {
    // Losses of 1e-9, 1e-30 and 1e-40 where the target is the largest; every other row's target is another class.
    for (const double gap : {20.7, 69.1, 92.1, 100.0, 103.5, 700.0}) {
      Case<T> call = make_case<T>(shape, random, [&](std::int64_t i, std::int64_t c) {
        return (c == i % shape.C ? gap : 0.1 * random.normal()) + 3;
      });
      for (std::int64_t i = 0; i < shape.samples(); i += 2) call.indices[i] = i % shape.C;
      check("gap of " + std::to_string(gap), call);
    }
  }
}

TEMPLATE_TEST_CASE("ties and logits of any size are exact", "", float, double) {
  using T = TestType;
  Random random;
  for (const Shape shape : small_shapes()) {
    check("ties", make_case<T>(shape, random, [&](auto, auto) { return 5; }));
    check("some largest",
          make_case<T>(shape, random, [&](auto, std::int64_t c) { return c % 3 == 0 ? 40 : random.normal(); }));
    check("steps", make_case<T>(shape, random, [&](auto, std::int64_t c) { return -1.1 * static_cast<double>(c); }));
    for (const double offset : {900.0, -900.0, 5000.0, -5000.0, 1e30, -1e30}) {
      check("around " + std::to_string(offset),
            make_case<T>(shape, random, [&](auto, auto) { return offset + random.normal(); }));
      check("one of " + std::to_string(offset),
            make_case<T>(shape, random, [&](auto, std::int64_t c) { return (c == 1 ? offset : 0) + random.normal(); }));
    }
    check("huge", make_case<T>(shape, random, [&](auto, auto) { return 1e30 * random.normal(); }));
    check("subnormal", make_case<T>(shape, random, [&](auto, auto) { return 1e-43 * random.normal(); }));
  }
}

TEMPLATE_TEST_CASE("losses with options are exact", "", float, double) {
  using T = TestType;
  Random random;
  for (const Shape shape : small_shapes()) {
    for (const Reduction reduction : {Reduction::none, Reduction::mean, Reduction::sum}) {
      for (int options = 0; options < 16; ++options) {
        const double spread = options % 3 == 0 ? 30 : 1;
        Case<T> call = make_case<T>(shape, random, [&](auto, auto) { return spread * random.normal(); });
        call.options.reduction = reduction;
        if (options & 1) {
          for (std::int64_t c = 0; c < shape.C; ++c) call.weight.push_back(static_cast<T>(std::abs(random.normal())));
        }
        if (options & 2) {
          for (std::int64_t i = 0; i < call.losses(); ++i) call.grad_output.push_back(static_cast<T>(random.normal()));
        }
        if (options & 4) call.options.label_smoothing = 0.1;
        if (options & 8) {
          for (std::int64_t i = 0; i < shape.numel(); ++i) {
            call.probabilities.push_back(static_cast<T>(std::abs(random.normal())));
          }
        } else {
          call.options.ignore_index = call.indices[0];
          call.indices.back() = shape.C - 1;
          if (call.options.ignore_index == shape.C - 1) call.options.ignore_index = -100;  // not all are ignored
        }
        check("reduction " + std::to_string(static_cast<int>(reduction)) + ", options " + std::to_string(options),
              call);
      }
    }
  }
}

TEMPLATE_TEST_CASE("losses with negative numbers are exact to their largest term", "", float, double) {
  using T = TestType;
  Random random;
  for (const Shape shape : small_shapes()) {
    for (const Reduction reduction : {Reduction::none, Reduction::mean, Reduction::sum}) {
      for (const bool has_probabilities : {false, true}) {
        Case<T> call = make_case<T>(shape, random, [&](auto, auto) { return 3 * random.normal(); });
        call.options.reduction = reduction;
        for (std::int64_t c = 0; c < shape.C; ++c) call.weight.push_back(static_cast<T>(random.normal()));
        for (std::int64_t i = 0; has_probabilities && i < shape.numel(); ++i) {
          call.probabilities.push_back(static_cast<T>(random.normal()));
        }
        check(has_probabilities ? "probabilities" : "indices", call);
      }
    }
  }
}
