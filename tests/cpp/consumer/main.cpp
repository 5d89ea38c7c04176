#include <celoss/celoss.h>

#include <array>
#include <cstdint>
#include <cstdio>

int main() {
  const std::array<double, 6> logits = {1, 2, 3, 3, 2, 1};
  const std::array<std::int32_t, 2> target = {2, 0};
  std::array<double, 1> loss{};
  const celoss::Status status = celoss::cross_entropy<double>(logits, {.N = 2, .C = 3}, {.indices = target}, {}, loss);
  std::printf("%s %.10f\n", celoss::code_name(status.code), loss[0]);
}
