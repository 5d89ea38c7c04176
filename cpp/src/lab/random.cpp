#include "celoss/lab/random.h"

#include <random>
#include <type_traits>

#include "../ieee.h"

namespace celoss {

template <class T>
void rand(std::uint32_t seed, std::span<T> output) noexcept {
  std::mt19937 engine(seed);
  for (T& value : output) {
    if constexpr (std::is_same_v<T, float>) {
      value = static_cast<float>(engine() & ((1u << 24) - 1)) * 0x1p-24f;
    } else {
      const std::uint64_t high = engine(), low = engine();
      value = static_cast<double>((high << 32 | low) & ((std::uint64_t{1} << 53) - 1)) * 0x1p-53;
    }
  }
}

template void rand(std::uint32_t, std::span<float>) noexcept;
template void rand(std::uint32_t, std::span<double>) noexcept;

}  // namespace celoss
