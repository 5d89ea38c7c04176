// The same bits on every machine: hashes of results, which the native tests and those in WebAssembly both compare with
// the constants here. A changed hash that was meant is in the failure's message.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <type_traits>
#include <vector>

#include "../../cpp/src/math.h"
#include "catch.h"
#include "celoss/celoss.h"

using celoss::Options;
using celoss::Reduction;
using celoss::Shape;
using celoss::Target;

namespace {

/// FNV-1a of the bits of numbers. NaN counts as one number: machines differ in its sign and payload.
class Hash {
 public:
  void add(float value) { add_bits(std::isnan(value) ? 0x7fc00000 : __builtin_bit_cast(std::uint32_t, value)); }
  void add(double value) {
    const auto bits = std::isnan(value) ? 0x7ff8000000000000 : __builtin_bit_cast(std::uint64_t, value);
    add_bits(static_cast<std::uint32_t>(bits));
    add_bits(static_cast<std::uint32_t>(bits >> 32));
  }
  void add(std::int64_t value) { add(static_cast<double>(value)); }
  template <class Range>
  void add_all(const Range& values) {
    for (const auto value : values) add(value);
    count_ += values.size();
  }

  std::size_t count() const { return count_; }
  std::string text() const {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash_));
    return text;
  }

 private:
  void add_bits(std::uint32_t bits) {
    for (int shift = 0; shift < 32; shift += 8) hash_ = (hash_ ^ ((bits >> shift) & 0xff)) * 0x100000001b3;
  }

  std::uint64_t hash_ = 0xcbf29ce484222325;
  std::size_t count_ = 0;
};

/// Random numbers made of integers alone (SplitMix64).
class Random {
 public:
  std::uint64_t bits() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  /// 0 to n - 1.
  std::int64_t below(std::int64_t n) { return static_cast<std::int64_t>(bits() % static_cast<std::uint64_t>(n)); }
  /// Evenly spread over -2^exponent to 2^exponent, in steps of 2^-23 of it.
  double number(int exponent) { return std::ldexp(static_cast<double>(below(1 << 24) - (1 << 23)), exponent - 23); }

 private:
  std::uint64_t state_ = 0;
};

/// The hash of f at a million numbers: one half any bits at all, the other of everyday size.
template <class F>
std::string hash_of(F f) {
  Random random;
  Hash hash;
  for (int i = 0; i < 500000; ++i) {
    hash.add(f(__builtin_bit_cast(double, random.bits())));
    hash.add(f(random.number(static_cast<int>(random.below(14)) - 3)));
  }
  return hash.text();
}

template <class T>
std::vector<T> numbers(Random& random, std::int64_t count, int exponent) {
  std::vector<T> numbers(count);
  for (T& x : numbers) x = static_cast<T>(random.number(exponent));
  return numbers;
}

/// Logits with gaps up to 2^12, where exp is 0, and now and then a special value.
template <class T>
std::vector<T> random_logits(Random& random, std::int64_t count) {
  std::vector<T> logits = numbers<T>(random, count, static_cast<int>(random.below(15)) - 4);
  const std::array<T, 7> specials{INFINITY, -INFINITY, NAN, T(-0.0), T(1e30), T(1e-40), logits[0]};
  for (T& x : logits) {
    if (random.below(300) == 0) x = specials[random.below(specials.size())];
  }
  return logits;
}

/// A random call of the loss functions, with at most 120 logits. Without options it is one that trace takes too.
template <class T>
struct Call {
  Shape shape;
  std::vector<T> logits, weight, probabilities, grad_output;
  std::vector<std::int64_t> indices;
  Options<T> options;

  explicit Call(Random& random, bool with_options) {
    shape = {1 + random.below(5), 1 + random.below(12), with_options ? 1 + random.below(2) : 1};
    logits = random_logits<T>(random, shape.numel());
    options.reduction = static_cast<Reduction>(random.below(3));
    options.ignore_index = random.below(4) == 0 ? 0 : -100;
    for (std::int64_t i = 0; i < shape.samples(); ++i) indices.push_back(random.below(shape.C));
    if (!with_options) return;
    if (random.below(2) == 0) grad_output = numbers<T>(random, losses(), 1);
    if (random.below(2) == 0) options.weight = weight = numbers<T>(random, shape.C, 1);
    if (random.below(2) == 0) options.label_smoothing = std::abs(random.number(0));
    if (options.ignore_index < 0 && random.below(2) == 0) probabilities = numbers<T>(random, shape.numel(), 0);
  }
  Call(const Call&) = delete;

  Target<T> target() const { return {.indices = indices, .probabilities = probabilities}; }
  std::int64_t losses() const { return options.reduction == Reduction::none ? shape.samples() : 1; }
};

/// The hash of what f(call, hash) adds in random calls, until they are a million numbers.
template <class T, class F>
std::string hash_of_calls(bool with_options, F f) {
  Random random;
  Hash hash;
  while (hash.count() < 1000000) f(Call<T>(random, with_options), hash);
  return hash.text();
}

/// Room for the trace of one pipeline.
template <class T>
class PipelineBuffers {
 public:
  explicit PipelineBuffers(const Call<T>& call)
      : N_(call.shape.N), numel_(call.shape.numel()), losses_(call.losses()), prediction_(N_) {}

  celoss::PipelineTrace<T> trace() {
    return {.row_max = span(N_),
            .shifted = span(numel_),
            .exp = span(numel_),
            .sum = span(N_),
            .softmax = span(numel_),
            .log_of_softmax = span(numel_),
            .log_softmax = span(numel_),
            .prediction = prediction_,
            .picked = span(N_),
            .picked_sum = span(1),
            .loss_by_hand = span(losses_),
            .losses = span(N_),
            .nll_loss = span(losses_),
            .loss = span(losses_),
            .grad_logits = span(numel_)};
  }

  void add_to(Hash& hash) const {
    for (const std::vector<T>& values : values_) hash.add_all(values);
    hash.add_all(prediction_);
  }

 private:
  std::span<T> span(std::int64_t size) { return values_.emplace_back(size); }

  std::int64_t N_, numel_, losses_;
  std::vector<std::int64_t> prediction_;
  std::vector<std::vector<T>> values_;
};

template <class T>
constexpr int dtype = std::is_same_v<T, float> ? 0 : 1;

using Hashes = std::array<std::string, 2>;  // of float32 and float64

}  // namespace

TEST_CASE("exp, log and log1p have the same bits on every machine") {
  namespace math = celoss::math;
  CHECK(hash_of([](double x) { return math::exp(x); }) == "4d8c20e6cddddf97");
  CHECK(hash_of([](double x) { return math::exp(x, x * 0x1p-54); }) == "020b756f7989ef59");
  CHECK(hash_of([](double x) { return math::log(x); }) == "67a59291c4125400");
  CHECK(hash_of([](double x) { return math::log1p(x); }) == "5e8ed2297bee7db0");
}

TEMPLATE_TEST_CASE("softmax and log_softmax have the same bits on every machine", "", float, double) {
  using T = TestType;
  const std::string hash = hash_of_calls<T>(false, [](const Call<T>& call, Hash& hash) {
    std::vector<T> probs(call.logits.size()), log_probs(probs), textbook(probs), logs(probs), grad(probs);
    celoss::softmax<T>(call.logits, call.shape, probs);
    celoss::log_softmax<T>(call.logits, call.shape, log_probs);
    celoss::naive_softmax<T>(call.logits, call.shape, textbook);
    celoss::log<T>(probs, logs);
    for (const std::vector<T>& values : {probs, log_probs, textbook, logs}) hash.add_all(values);
    celoss::softmax_backward<T>(call.logits, probs, call.shape, grad);
    hash.add_all(grad);
    celoss::log_softmax_backward<T>(call.logits, log_probs, call.shape, grad);
    hash.add_all(grad);
  });
  CHECK(hash == Hashes{"e831cdb97f6ebacd", "3df54cfbf10cae85"}[dtype<T>]);
}

TEMPLATE_TEST_CASE("the losses of few logits have the same bits on every machine", "", float, double) {
  using T = TestType;
  const std::string hash = hash_of_calls<T>(true, [](const Call<T>& call, Hash& hash) {
    std::vector<T> loss(call.losses()), grad(call.logits.size());
    celoss::cross_entropy<T>(call.logits, call.shape, call.target(), call.options, loss, grad, call.grad_output);
    hash.add_all(loss);
    hash.add_all(grad);
    if (call.target().has_probabilities() || call.options.label_smoothing != 0) return;
    celoss::nll_loss<T>(call.logits, call.shape, call.target(), call.options, loss, grad, call.grad_output);
    hash.add_all(loss);
    hash.add_all(grad);
  });
  CHECK(hash == Hashes{"7347c38dc27ea956", "73b19b6aee334798"}[dtype<T>]);
}

TEMPLATE_TEST_CASE("traces have the same bits on every machine", "", float, double) {
  using T = TestType;
  const std::string hash = hash_of_calls<T>(false, [](const Call<T>& call, Hash& hash) {
    PipelineBuffers<T> plain(call), softmax_in_front(call);
    const Target<T> target = call.target();
    celoss::trace<T>(call.logits, call.shape, &target, call.options, {plain.trace(), softmax_in_front.trace()});
    plain.add_to(hash);
    softmax_in_front.add_to(hash);
  });
  CHECK(hash == Hashes{"68be690f2d157083", "4f4d5588f617f4c0"}[dtype<T>]);
}

TEST_CASE("the curve, the floors and the random numbers have the same bits on every machine") {
  Hash hash;
  std::vector<double> p(1000), loss(1000);
  for (const double p_min : {0.5, 0.01, 1e-9}) {
    REQUIRE(celoss::neg_log_curve(p_min, p, loss).ok());
    hash.add_all(p);
    hash.add_all(loss);
  }
  for (std::int64_t C = 1; C < 1000; ++C) {
    hash.add(celoss::double_softmax_floor(C));
    hash.add(celoss::double_softmax_ceiling(C));
    hash.add(celoss::uniform_loss(C));
  }
  celoss::rand<double>(1, p);
  hash.add_all(p);
  CHECK(hash.text() == "021e4e171a64fb8c");
}
