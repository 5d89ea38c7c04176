// Vectors of as many floats as an instruction set has, in GCC's and Clang's vector types. Each instruction set's file
// includes this with flags of its own; so nothing here may leave the file: everything is in an unnamed namespace, and the
// standard library's inline functions are not used, of which the linker keeps only one copy.
#pragma once

#include <cstdint>
#include <cstring>

#include "../ieee.h"

#if defined(__AVX512F__) && !defined(__clang__)
// GCC 12's own header has it.
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#if defined(__SSE2__)
#include <immintrin.h>
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

namespace celoss {
namespace {

#if defined(__AVX512F__)
constexpr int lanes = 16;
#elif defined(__AVX2__)
constexpr int lanes = 8;
#else
constexpr int lanes = 4;
#endif
using Floats [[gnu::vector_size(4 * lanes)]] = float;
using Ints [[gnu::vector_size(4 * lanes)]] = std::int32_t;
using Doubles [[gnu::vector_size(4 * lanes)]] = double;  // half as many
using Longs [[gnu::vector_size(4 * lanes)]] = std::uint64_t;
using Floats4 [[gnu::vector_size(16)]] = float;

constexpr float infinity = __builtin_inff();
constexpr double nan = __builtin_nan("");

template <class Vector = Floats, class T>
Vector load(const T* data) {
  Vector vector;
  std::memcpy(&vector, data, sizeof vector);
  return vector;
}

template <class T, class Vector>
void store(T* data, Vector vector) {
  std::memcpy(data, &vector, sizeof vector);
}

// What compilers make several instructions of when it is written with the vectors' operators.

/// The first half of x in float64.
Doubles widen_low(Floats x) {
#if defined(__AVX512F__)
  return _mm512_cvtps_pd(_mm512_castps512_ps256(x));
#elif defined(__AVX2__)
  return _mm256_cvtps_pd(_mm256_castps256_ps128(x));
#elif defined(__SSE2__)
  return _mm_cvtps_pd(x);
#else
  return __builtin_convertvector(__builtin_shufflevector(x, x, 0, 1), Doubles);
#endif
}

/// The second half of x in float64.
Doubles widen_high(Floats x) {
#if defined(__AVX512F__)
  return _mm512_cvtps_pd(_mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(x), 1)));
#elif defined(__AVX2__)
  return _mm256_cvtps_pd(_mm256_extractf128_ps(x, 1));
#elif defined(__SSE2__)
  return _mm_cvtps_pd(_mm_movehl_ps(x, x));
#elif defined(__wasm_simd128__)
  return widen_low(wasm_i32x4_shuffle(x, x, 2, 3, 2, 3));
#else
  return __builtin_convertvector(__builtin_shufflevector(x, x, 2, 3), Doubles);
#endif
}

/// The larger one; x where either is NaN.
Floats max_or(Floats y, Floats x) {
#if defined(__wasm_simd128__)
  return wasm_f32x4_pmax(x, y);
#else
  return y > x ? y : x;
#endif
}

/// x where a comparison holds, else 0.
Floats only_where(Ints holds, Floats x) { return reinterpret_cast<Floats>(reinterpret_cast<Ints>(x) & holds); }

/// A sum in every lane, in float64.
struct Sums {
  Doubles low{}, high{};

  void add(Floats x) {
    low += widen_low(x);
    high += widen_high(x);
  }
};

}  // namespace
}  // namespace celoss
