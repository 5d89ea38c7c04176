#pragma once

#include <cstdint>
#include <span>

#include "celoss/cxx20.h"

namespace celoss {

// The least losses that cross_entropy can reach, whatever the network learns. C >= 1.

/// The least loss that cross_entropy can reach when its input has gone through a softmax already:
/// L0 = ln(1 + (C - 1) / e), at one-hot probabilities on the targets. 0.5514 for C = 3.
/// Because probabilities lie in [0, 1], no two differ by more than 1. C >= 1.
double double_softmax_floor(std::int64_t C) noexcept;

/// The greatest loss under the same condition: ln(e + C - 1), which is L0 + 1 exactly. 1.5514 for C = 3.
double double_softmax_ceiling(std::int64_t C) noexcept;

/// The greatest probability that the second of two softmaxes gives to anything: e^-L0 = e / (e + C - 1). 0.5761 for C = 3.
double double_softmax_probability(std::int64_t C) noexcept;

/// The loss of a network that gives every class the same score: ln C. A sample whose prediction is right has a
/// loss below it, whatever the pipeline. 1.0986 for C = 3.
double uniform_loss(std::int64_t C) noexcept;

/// The least loss behind so many softmaxes (>= 0): 0, double_softmax_floor, 0.8711 for two and C = 3, and so on up to
/// ln C. Each hands on a gap of at most (e^gap - 1) / (e^gap + C - 1) between the target and the others.
double softmaxes_floor(std::int64_t C, int softmaxes) noexcept;

/// The least and the greatest loss where no two logits of a row differ by more than width >= 0: behind a sigmoid 1,
/// behind a tanh or of cosines 2. ln(1 + (C - 1) e^-width), ln(1 + (C - 1) e^width).
double bounded_floor(std::int64_t C, double width) noexcept;
double bounded_ceiling(std::int64_t C, double width) noexcept;

/// The least loss of class indices under label_smoothing (0 to 1): the entropy of (1 - e + e / C, e / C, ...), reached
/// where the target's logit is ln(1 + C (1 - e) / e) above the others. 0.2911 for C = 3 and 0.1.
double smoothing_floor(std::int64_t C, double label_smoothing) noexcept;

/// The same behind a softmax, where that gap is at most 1.
double double_softmax_smoothing_floor(std::int64_t C, double label_smoothing) noexcept;

/// The least mean loss of a batch with so many samples of each class, under label_smoothing and weights.
/// counts  (C)
/// weight  (C)  none negative; empty: all 1
/// The mean divides by the weights of the labels, as cross_entropy does. NaN where those sum to 0.
double batch_floor(std::span<const std::uint32_t> counts, std::span<const double> weight,
                   double label_smoothing) noexcept;

/// The least loss of a target of class probabilities, S ln S - sum of t ln t with S their sum, which is S times the
/// entropy of t / S: k ln k for k ones. -inf where one is negative: nothing is below which the loss stays.
/// t  (C)
double target_floor(std::span<const double> t) noexcept;

/// The least mean loss where all samples have the same logits: the entropy of the labels, which come that often.
/// counts  (C)
double label_entropy(std::span<const std::uint32_t> counts) noexcept;

/// The least loss that goes with an error rate (0 to 1), of any logits and class indices: a wrong prediction costs more
/// than ln 2.
double least_loss(double error_rate) noexcept;

}  // namespace celoss
