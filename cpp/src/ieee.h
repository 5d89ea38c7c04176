// What exactness rests on: arithmetic as IEEE 754 has it, when the core is compiled and while it runs.
#pragma once

#include <cfloat>
#include <cstdint>

#if defined(__FAST_MATH__) || __FINITE_MATH_ONLY__ || defined(__ASSOCIATIVE_MATH__) || defined(__RECIPROCAL_MATH__) || \
    defined(__NO_SIGNED_ZEROS__)
#error "celoss would be wrong under -ffast-math: compile its sources with -fno-fast-math behind all other flags"
#endif
#if FLT_EVAL_METHOD != 0
#error "celoss would be wrong where float64 is computed in other precision: on x86 use -msse2 -mfpmath=sse"
#endif
static_assert(sizeof(1.0) == sizeof(double), "celoss would be wrong under -fsingle-precision-constant");

namespace celoss {

/// While it lives, results are rounded to nearest and subnormal numbers are numbers. Other modes are a whole program's:
/// linking with -ffast-math makes it take subnormal numbers for 0. Every public function that computes has one.
class IeeeArithmetic {
 public:
  IeeeArithmetic() : before_(read()) {
    if ((before_ & others) != 0) write(before_ & ~others);
  }
  ~IeeeArithmetic() {
    if ((before_ & others) != 0) write(before_);
  }
  IeeeArithmetic(const IeeeArithmetic&) = delete;
  IeeeArithmetic& operator=(const IeeeArithmetic&) = delete;

 private:
  // (Compilers do not know that arithmetic depends on the mode, but no memory is read or written across a write of it.)
#if defined(__SSE2__)
  using Register = std::uint32_t;
  static constexpr Register others = 1U << 15 | 1U << 6 | 3U << 13;  // flush to zero, denormals are zeros, rounding
  static Register read() {
    Register mode;
    asm volatile("stmxcsr %0" : "=m"(mode));
    return mode;
  }
  static void write(Register mode) { asm volatile("ldmxcsr %0" : : "m"(mode) : "memory"); }
#elif defined(__aarch64__)
  using Register = std::uint64_t;
  // Results flushed to zero, operands flushed to zero (FIZ, with FEAT_AFP), rounding.
  static constexpr Register others = 1U << 24 | 1U | 3U << 22;
  static Register read() {
    Register mode;
    asm volatile("mrs %0, fpcr" : "=r"(mode));
    return mode;
  }
  static void write(Register mode) { asm volatile("msr fpcr, %0" : : "r"(mode) : "memory"); }
#else  // WebAssembly has no modes
  using Register = std::uint32_t;
  static constexpr Register others = 0;
  static Register read() { return 0; }
  static void write(Register) {}
#endif

  const Register before_;
};

}  // namespace celoss
