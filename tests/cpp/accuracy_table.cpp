// One half of accuracy_table.py, which starts it: compares celoss and PyTorch with MPFR.
// On standard input, for every row of the table: a line with its name, N and C separated by tabs, and then as they are
// in memory float32 logits (N, C), int64 targets (N), and of PyTorch in float32 losses (N), log_softmax (N, C),
// softmax (N, C) and the gradient of the losses' sum (N, C). On standard output: rows of a Markdown table.
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "celoss/celoss.h"
#include "exact.h"

namespace {

struct Results {
  std::vector<float> losses, log_softmax, softmax, grad_logits;

  Results(std::int64_t N, std::int64_t C) : losses(N), log_softmax(N * C), softmax(log_softmax), grad_logits(softmax) {}
};

/// The worst errors in ulp of celoss and PyTorch.
struct Errors {
  double celoss = 0, torch = 0;

  void add(float of_celoss, float of_torch, const exact::Real& value) {
    celoss = std::max(celoss, exact::ulps(of_celoss, value));
    torch = std::max(torch, exact::ulps(of_torch, value));
  }
};

std::string text(double error) {
  char text[32];
  std::snprintf(text, sizeof text, error < 10 ? "%.1f" : error < 1e5 ? "%.0f" : "%.1e", error);
  return text;
}

std::ostream& operator<<(std::ostream& out, const Errors& errors) {
  return out << " | " << text(errors.celoss) << " / " << text(errors.torch);
}

template <class T>
void read(std::vector<T>& values) {
  std::cin.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(T)));
}

}  // namespace

int main() {
  std::string name, N_text, C_text;
  while (std::getline(std::cin, name, '\t') && std::getline(std::cin, N_text, '\t') && std::getline(std::cin, C_text)) {
    const std::int64_t N = std::stoll(N_text), C = std::stoll(C_text);
    std::vector<float> logits(N * C);
    std::vector<std::int64_t> target(N);
    Results torch(N, C), ours(N, C);
    read(logits), read(target);
    read(torch.losses), read(torch.log_softmax), read(torch.softmax), read(torch.grad_logits);
    if (!std::cin) return 1;

    const celoss::Shape shape{N, C};
    celoss::log_softmax<float>(logits, shape, ours.log_softmax);
    celoss::softmax<float>(logits, shape, ours.softmax);
    celoss::cross_entropy<float>(logits, shape, {.indices = target}, {.reduction = celoss::Reduction::none},
                                 ours.losses, ours.grad_logits);

    Errors losses, log_softmax, softmax, grad_logits;
    for (std::int64_t n = 0; n < N; ++n) {
      const exact::Row row(std::span<const float>(logits).subspan(n * C, C));
      losses.add(ours.losses[n], torch.losses[n], -row.log_prob(target[n]));
      for (std::int64_t c = 0; c < C; ++c) {
        const std::int64_t i = n * C + c;
        log_softmax.add(ours.log_softmax[i], torch.log_softmax[i], row.log_prob(c));
        softmax.add(ours.softmax[i], torch.softmax[i], row.prob(c));
        grad_logits.add(ours.grad_logits[i], torch.grad_logits[i],
                        c == target[n] ? -row.one_minus_prob(c) : row.prob(c));
      }
    }
    std::cout << "| " << name << " | " << N << " × " << C << losses << log_softmax << softmax << grad_logits << " |"
              << std::endl;
  }
}
