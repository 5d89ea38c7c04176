// What the modules' tables share. Arrays cross the border as addresses in the module's memory, which
// web/src/api/marshal.ts hands out; arguments are checked there, and nothing is computed here. What every module has, losses
// and softmaxes are plain exports, because Embind takes longer over a call than the core over a small loss.
#pragma once

#include <emscripten.h>

#include <cstddef>
#include <cstdint>
#include <span>

#include "celoss/shape.h"
#include "celoss/status.h"
#include "celoss/target.h"

namespace bindings {

using Address = std::uintptr_t;

template <class T>
std::span<T> span(Address address, std::size_t size) {
  return {reinterpret_cast<T*>(address), size};
}

/// An argument that may be left out: address 0.
template <class T>
std::span<T> optional_span(Address address, std::size_t size) {
  return span<T>(address, address == 0 ? 0 : size);
}

inline celoss::Shape shape_of(std::size_t N, std::size_t C, std::size_t D) {
  return {static_cast<std::int64_t>(N), static_cast<std::int64_t>(C), static_cast<std::int64_t>(D)};
}

/// The code of a status, 0 for ok; status_text and status_number (module.cpp) tell the rest.
int outcome(const celoss::Status& status);

/// Calls function(T()) with T as the type of the elements.
template <class Function>
int call(bool float64, Function function) {
  return outcome(float64 ? function(double()) : function(float()));
}

/// How the elements of a target are to be read.
enum TargetType { indices_int32, indices_int64, probabilities };

template <class T>
celoss::Target<T> target_of(int type, Address address, std::size_t size) {
  if (type == indices_int32) return {.indices = span<const std::int32_t>(address, size)};
  if (type == indices_int64) return {.indices = span<const std::int64_t>(address, size)};
  return {.probabilities = span<const T>(address, size)};
}

/// A JavaScript number does not hold 64 bits: ignore_index comes in halves.
inline std::int64_t int64_of(std::uint32_t low, std::int32_t high) { return std::int64_t{high} * 0x100000000 + low; }

}  // namespace bindings
