// Other modes of arithmetic, which a program may be in when it calls, change no bit of any result.
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "catch.h"
#include "celoss/celoss.h"

#if defined(__SSE2__) || defined(__aarch64__)

namespace {

#if defined(__SSE2__)
constexpr std::uint64_t flush_to_zero = 1 << 15 | 1 << 6, upward = 2 << 13, toward_zero = 3 << 13;

std::uint64_t mode() {
  std::uint32_t mode;
  asm volatile("stmxcsr %0" : "=m"(mode));
  return mode & ~std::uint32_t{0x3f};  // without what has happened so far
}

void set_mode(std::uint64_t mode) {
  const auto low = static_cast<std::uint32_t>(mode);
  asm volatile("ldmxcsr %0" : : "m"(low) : "memory");
}
#else
constexpr std::uint64_t flush_to_zero = 1 << 24, upward = 1 << 22, toward_zero = 3 << 22;

std::uint64_t mode() {
  std::uint64_t mode;
  asm volatile("mrs %0, fpcr" : "=r"(mode));
  return mode;
}

void set_mode(std::uint64_t mode) { asm volatile("msr fpcr, %0" : : "r"(mode) : "memory"); }
#endif

/// The bytes of results.
class Results {
 public:
  template <class T>
  std::span<T> room(std::size_t size) {
    buffers_.emplace_back(size * sizeof(T));
    return {reinterpret_cast<T*>(buffers_.back().data()), size};
  }
  bool operator==(const Results&) const = default;

 private:
  std::vector<std::vector<unsigned char>> buffers_;
};

/// Rows with gaps of 0 to 110, which leave subnormal probabilities, and with subnormal logits.
template <class T>
std::vector<T> logits_of(celoss::Shape shape, T smallest) {
  std::vector<T> logits(shape.numel());
  for (std::int64_t i = 0; i < shape.numel(); ++i)
    logits[i] = i % 5 == 0 ? 3 * smallest : static_cast<T>(-(i * 7 % 111));
  return logits;
}

/// Every function that computes, of numbers that are or become subnormal.
template <class T>
Results compute(celoss::Shape shape, const std::vector<T>& logits, const std::vector<T>& grad_output,
                const std::vector<std::int64_t>& labels, const std::vector<T>& weight) {
  using Span = std::span<const T>;
  Results results;
  const auto room = [&](std::int64_t size) { return results.room<T>(size); };
  const celoss::Target<T> target{.indices = labels};
  const celoss::Options<T> options{.weight = weight};
  const std::int64_t all = shape.numel();

  celoss::cross_entropy<T>(logits, shape, target, {}, room(1), room(all));
  celoss::cross_entropy<T>(logits, shape, target, options, room(1), room(all), Span(&grad_output[0], 1));
  celoss::cross_entropy<T>(logits, shape, {.probabilities = grad_output}, {.label_smoothing = 0.1}, room(1), room(all));
  celoss::nll_loss<T>(logits, shape, target, options, room(1), room(all), Span(&grad_output[0], 1));
  const std::span<T> softmax = room(all), log_softmax = room(all);
  celoss::softmax<T>(logits, shape, softmax);
  celoss::log_softmax<T>(logits, shape, log_softmax);
  celoss::softmax_backward<T>(grad_output, softmax, shape, room(all));
  celoss::log_softmax_backward<T>(grad_output, log_softmax, shape, room(all));
  celoss::naive_softmax<T>(logits, shape, room(all));
  celoss::log<T>(grad_output, room(all));
  celoss::sharpen<T>(logits, shape, 0.7, room(all));
  celoss::raise_largest<T>(logits, 1e-45, room(all));
  celoss::neg_log_curve(0.013, results.room<double>(10), results.room<double>(10));
  const std::span<double> floors = results.room<double>(3);
  floors[0] = celoss::double_softmax_floor(7);
  floors[1] = celoss::double_softmax_ceiling(7);
  floors[2] = celoss::uniform_loss(7);
  celoss::rand<T>(5, room(9));
  return results;
}

template <class T>
void check(celoss::Shape shape) {
  const T smallest = std::numeric_limits<T>::denorm_min();
  const std::vector<T> logits = logits_of(shape, smallest), weight(shape.C, 5 * smallest);
  std::vector<T> grad_output(shape.numel());
  std::vector<std::int64_t> labels(shape.N);
  for (std::int64_t i = 0; i < shape.numel(); ++i) grad_output[i] = static_cast<T>(i % 9 + 1) * 1000 * smallest;
  for (std::int64_t n = 0; n < shape.N; ++n) labels[n] = n % shape.C;
  const auto results = [&] { return compute<T>(shape, logits, grad_output, labels, weight); };

  const std::uint64_t usual = mode();
  const Results expected = results();
  for (const std::uint64_t other : {flush_to_zero, upward, toward_zero, flush_to_zero | upward}) {
    set_mode(usual | other);
    const Results got = results();
    const std::uint64_t left = mode();
    set_mode(usual);
    CHECK(got == expected);
    CHECK(left == (usual | other));
  }
}

}  // namespace

TEST_CASE("subnormal numbers and roundings are the same in a program that flushes them or rounds otherwise") {
  check<float>({4, 5, 1});
  check<float>({40, 100, 1});  // the kernels
  check<double>({4, 5, 1});
}

#endif
