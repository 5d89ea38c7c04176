#include "celoss/lab/trace.h"

#include <cmath>

#include "../reduce.h"
#include "celoss/cross_entropy.h"
#include "celoss/nll_loss.h"
#include "celoss/softmax.h"

namespace celoss {
namespace {

template <class T>
Status check_logits_part(const PipelineTrace<T>& out, Shape shape) {
  for (const std::span<T> span : {out.shifted, out.exp, out.softmax, out.log_of_softmax, out.log_softmax}) {
    if (Status status = check_output(span.size(), shape.numel()); !status.ok()) return status;
  }
  for (const std::size_t size : {out.row_max.size(), out.sum.size(), out.prediction.size()}) {
    if (Status status = check_output(size, shape.N); !status.ok()) return status;
  }
  return {};
}

template <class T>
Status check_target_part(const PipelineTrace<T>& out, Shape shape, const Options<T>& options) {
  for (const std::span<T> span : {out.picked, out.losses}) {
    if (Status status = check_output(span.size(), shape.N); !status.ok()) return status;
  }
  if (Status status = check_output(out.picked_sum.size(), 1); !status.ok()) return status;
  for (const std::span<T> span : {out.loss_by_hand, out.nll_loss, out.loss}) {
    if (Status status = check_output(span.size(), loss_numel(options, shape)); !status.ok()) return status;
  }
  return check_output(out.grad_logits.size(), shape.numel());
}

template <class T>
void fill_logits_part(std::span<const T> logits, Shape shape, const PipelineTrace<T>& out) {
  for (std::int64_t n = 0; n < shape.N; ++n) {
    const Row<const T> x = row(logits, shape, n);
    const LogSumExp lse = log_sum_exp(x, shape.C);
    out.row_max[n] = static_cast<T>(lse.max);
    out.sum[n] = static_cast<T>(shape.C == 0 ? 0 : lse.sum());
    out.prediction[n] = lse.argmax;
    for (std::int64_t c = 0; c < shape.C; ++c) {
      row(out.shifted, shape, n)[c] = static_cast<T>(x[c] - lse.max);
      row(out.exp, shape, n)[c] = static_cast<T>(exp_of_gap(x[c], lse.max));
    }
  }
  softmax(logits, shape, out.softmax);
  log(std::span<const T>(out.softmax), out.log_of_softmax);
  log_softmax(logits, shape, out.log_softmax);
}

/// The note's own lines: loss = x_log[range(len(x)), y]; loss = abs(sum(loss) / len(x)).
template <class T>
void fill_by_hand(Shape shape, const Target<T>& target, const Options<T>& options, const PipelineTrace<T>& out) {
  double sum = 0;
  for (std::int64_t n = 0; n < shape.N; ++n) {
    const std::int64_t t = target.indices[n];
    out.picked[n] = t == options.ignore_index ? T{0} : row(out.log_of_softmax, shape, n)[t];
    sum += out.picked[n];
  }
  out.picked_sum[0] = static_cast<T>(sum);
  if (options.reduction == Reduction::none) {
    for (std::int64_t n = 0; n < shape.N; ++n) out.loss_by_hand[n] = std::abs(out.picked[n]);
    return;
  }
  const double count = options.reduction == Reduction::mean ? mean_divisor(shape, target, options) : 1;
  out.loss_by_hand[0] = static_cast<T>(std::abs(sum / count));
}

template <class T>
void fill_target_part(std::span<const T> logits, Shape shape, const Target<T>& target, const Options<T>& options,
                      const PipelineTrace<T>& out) {
  fill_by_hand(shape, target, options, out);
  Options<T> per_sample = options;
  per_sample.reduction = Reduction::none;
  nll_loss(std::span<const T>(out.log_of_softmax), shape, target, options, out.nll_loss);
  cross_entropy(logits, shape, target, per_sample, out.losses);
  cross_entropy(logits, shape, target, options, out.loss, out.grad_logits);
}

}  // namespace

template <class T>
Status trace(std::span<const T> x, Shape shape, const Target<T>* target, const Options<T>& options,
             const Trace<T>& out) noexcept {
  const IeeeArithmetic ieee;
  const auto not_supported = [](Argument argument) {
    return Status{.code = StatusCode::not_supported, .argument = argument};
  };
  if (shape.D != 1) return not_supported(Argument::logits);
  if (!options.weight.empty()) return not_supported(Argument::weight);
  if (options.label_smoothing != 0) return not_supported(Argument::label_smoothing);
  if (target != nullptr && target->has_probabilities()) return not_supported(Argument::target);
  if (Status status = check_size(x.size(), shape); !status.ok()) return status;
  for (const PipelineTrace<T>* pipeline : {&out.plain, &out.softmax_in_front}) {
    if (Status status = check_logits_part(*pipeline, shape); !status.ok()) return status;
    if (target == nullptr) continue;
    if (Status status = check_loss_arguments(*target, options, shape); !status.ok()) return status;
    if (Status status = check_target_part(*pipeline, shape, options); !status.ok()) return status;
  }

  const std::span<const T> probs = out.plain.softmax;
  fill_logits_part(x, shape, out.plain);
  fill_logits_part(probs, shape, out.softmax_in_front);
  if (target == nullptr) return {};
  fill_target_part(x, shape, *target, options, out.plain);
  fill_target_part(probs, shape, *target, options, out.softmax_in_front);
  // The second pipeline's gradient is so far that of probs; back through the softmax in front to x.
  return softmax_backward(std::span<const T>(out.softmax_in_front.grad_logits), probs, shape,
                          out.softmax_in_front.grad_logits);
}

template Status trace(std::span<const float>, Shape, const Target<float>*, const Options<float>&,
                      const Trace<float>&) noexcept;
template Status trace(std::span<const double>, Shape, const Target<double>*, const Options<double>&,
                      const Trace<double>&) noexcept;

}  // namespace celoss
