#pragma once

#include <span>

#include "celoss/shape.h"
#include "celoss/status.h"

namespace celoss {

/// What figures draw beside the loss itself.

/// Points of the curve loss = -ln p, from (p_min, -ln p_min) to (1, 0), evenly spaced in the loss, so that the steep
/// end is as smooth as the flat one.
/// p     (n)  out: probabilities, ascending
/// loss  (n)  out: -ln p, descending
/// p_min      0 < p_min < 1; n >= 2
/// Errors: output_size_mismatch (n < 2, or p and loss differ in length).
Status neg_log_curve(double p_min, std::span<double> p, std::span<double> loss) noexcept;

/// Pulls the logits of every row apart: output = sharpness * input. 0 makes all classes equal, 1 changes nothing,
/// more makes the network surer of what it already predicts (sharpness is 1 / temperature).
/// input, output  (N, C, D)
/// Errors: size_mismatch, output_size_mismatch.
template <class T>
Status sharpen(std::span<const T> input, Shape shape, double sharpness, std::span<T> output) noexcept;

/// Raises the largest logit of a row until it is at least gap above every other one.
/// input   (C)  in: one row
/// output  (C)  out: the row with its (first) largest entry raised, or as it is where the gap is wide enough
/// Errors: output_size_mismatch.
template <class T>
Status raise_largest(std::span<const T> input, double gap, std::span<T> output) noexcept;

}  // namespace celoss
