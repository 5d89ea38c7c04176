#include "kernels.h"

namespace celoss {

bool is_supported(const Kernels& kernels) {
#ifdef CELOSS_AVX_KERNELS
  if (&kernels == &avx2_kernels) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (&kernels == &avx512_kernels) return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("fma");
#endif
  return &kernels == &baseline_kernels;
}

std::span<const Kernels* const> all_kernels() {
  static constexpr const Kernels* all[] = {
#ifdef CELOSS_AVX_KERNELS
      &avx512_kernels, &avx2_kernels,
#endif
      &baseline_kernels};
  return all;
}

const Kernels& kernels() {
  for (const Kernels* kernels : all_kernels()) {
    if (is_supported(*kernels)) return *kernels;
  }
  return baseline_kernels;
}

}  // namespace celoss
