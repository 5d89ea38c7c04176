#include <cstdint>
#include <cstdio>

std::uint64_t results(float& loss);

int main() {
  float loss;
  const std::uint64_t hash = results(loss);
  std::printf("%.4f %016llx\n", loss, static_cast<unsigned long long>(hash));
}
