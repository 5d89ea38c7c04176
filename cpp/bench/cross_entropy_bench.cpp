// How long cross_entropy takes, beside the loops that anybody would write: a plain one, and one of Eigen's vectors.
// Time per logit; what counts is the ratio within a run.
#include <benchmark/benchmark.h>

#include <Eigen/Core>
#include <cmath>
#include <cstdint>
#include <vector>

#include "celoss/celoss.h"

namespace {

struct Batch {
  celoss::Shape shape;
  std::vector<float> logits, grad;
  std::vector<std::int32_t> target;

  explicit Batch(const benchmark::State& state) : shape{.N = state.range(0), .C = state.range(1)} {
    logits.resize(shape.numel());
    grad.resize(shape.numel());
    celoss::rand<float>(0, logits);
    for (float& logit : logits) logit = 8 * logit - 4;
    for (std::int64_t n = 0; n < shape.N; ++n) target.push_back(static_cast<std::int32_t>(n * 7919 % shape.C));
  }
};

float celoss_loss(Batch& batch, bool has_grad) {
  float loss = 0;
  celoss::cross_entropy<float>(batch.logits, batch.shape, {.indices = batch.target}, {}, {&loss, 1},
                               has_grad ? std::span<float>(batch.grad) : std::span<float>());
  return loss;
}

float plain_loop(Batch& batch, bool has_grad) {
  const auto [N, C, D] = batch.shape;
  float total = 0;
  for (std::int64_t n = 0; n < N; ++n) {
    const float* x = batch.logits.data() + n * C;
    float max = x[0], sum = 0;
    for (std::int64_t c = 1; c < C; ++c) max = std::max(max, x[c]);
    for (std::int64_t c = 0; c < C; ++c) sum += std::exp(x[c] - max);
    total += std::log(sum) + max - x[batch.target[n]];
    if (!has_grad) continue;
    float* grad = batch.grad.data() + n * C;
    for (std::int64_t c = 0; c < C; ++c) grad[c] = std::exp(x[c] - max) / sum / static_cast<float>(N);
    grad[batch.target[n]] -= 1 / static_cast<float>(N);
  }
  return total / static_cast<float>(N);
}

float eigen(Batch& batch, bool has_grad) {
  const auto [N, C, D] = batch.shape;
  float total = 0;
  for (std::int64_t n = 0; n < N; ++n) {
    const Eigen::Map<const Eigen::ArrayXf> x(batch.logits.data() + n * C, C);
    Eigen::Map<Eigen::ArrayXf> grad(batch.grad.data() + n * C, C);
    const float max = x.maxCoeff();
    float sum;
    if (has_grad) {
      grad = (x - max).exp();
      sum = grad.sum();
      grad *= 1 / (sum * static_cast<float>(N));
      grad[batch.target[n]] -= 1 / static_cast<float>(N);
    } else {
      sum = (x - max).exp().sum();
    }
    total += std::log(sum) + max - x[batch.target[n]];
  }
  return total / static_cast<float>(N);
}

void run(benchmark::State& state, float (*loss)(Batch&, bool), bool has_grad) {
  Batch batch(state);
  for (auto _ : state) benchmark::DoNotOptimize(loss(batch, has_grad));
  state.counters["per_logit"] =
      benchmark::Counter(static_cast<double>(batch.shape.numel()),
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void shapes(benchmark::internal::Benchmark* benchmark) {
  for (const auto& [N, C] : std::vector<std::pair<int, int>>{
           {3, 3}, {32, 10}, {128, 1000}, {1024, 1000}, {64, 50257}, {16, 128256}, {4096, 10}, {65536, 10}}) {
    benchmark->Args({N, C});
  }
}

BENCHMARK_CAPTURE(run, celoss_forward, celoss_loss, false)->Apply(shapes);
BENCHMARK_CAPTURE(run, eigen_forward, eigen, false)->Apply(shapes);
BENCHMARK_CAPTURE(run, plain_loop_forward, plain_loop, false)->Apply(shapes);
BENCHMARK_CAPTURE(run, celoss_gradient, celoss_loss, true)->Apply(shapes);
BENCHMARK_CAPTURE(run, eigen_gradient, eigen, true)->Apply(shapes);
BENCHMARK_CAPTURE(run, plain_loop_gradient, plain_loop, true)->Apply(shapes);

}  // namespace

BENCHMARK_MAIN();
