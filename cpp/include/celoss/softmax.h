#pragma once

#include <span>

#include "celoss/shape.h"
#include "celoss/status.h"

namespace celoss {

/// Softmax over the classes, the middle axis of the shape: output_c = exp(input_c) / sum over j of exp(input_j).
/// The row maximum is subtracted first, so nothing overflows; float32 results keep their subnormals.
/// A row with a NaN or +inf, or with nothing but -inf, is NaN throughout, as in PyTorch.
/// input   (N, C, D)  in: logits
/// output  (N, C, D)  out: probabilities; each row sums to 1. May be the same memory as input.
/// Errors: size_mismatch, output_size_mismatch.
/// Source: torch.softmax, aten/src/ATen/native/SoftMax.cpp.
template <class T>
Status softmax(std::span<const T> input, Shape shape, std::span<T> output) noexcept;

/// The gradient of softmax: grad_input_c = output_c * (grad_output_c - sum over j of grad_output_j * output_j).
/// grad_output  (N, C, D)  in: gradient with respect to the probabilities
/// output       (N, C, D)  in: the probabilities that softmax returned; that its rows sum to 1 is relied on
/// grad_input   (N, C, D)  out: gradient with respect to the logits. May be the same memory as either input.
/// Errors: size_mismatch, output_size_mismatch.
/// Source: torch/csrc softmax_backward, aten/src/ATen/native/SoftMax.cpp.
template <class T>
Status softmax_backward(std::span<const T> grad_output, std::span<const T> output, Shape shape,
                        std::span<T> grad_input) noexcept;

/// Softmax as the textbook writes it, without subtracting the row maximum: exp overflows above 88.72 in float32
/// (709.78 in float64), and inf / inf is NaN. Here to show why nobody computes it this way; not in PyTorch.
/// Every step is rounded to T. Shapes and errors as in softmax.
template <class T>
Status naive_softmax(std::span<const T> input, Shape shape, std::span<T> output) noexcept;

/// The natural logarithm of every element: log(0) = -inf, NaN below 0.
/// log of softmax is the two-step way to log_softmax, and in float32 gives -inf where a probability is less than
/// half of the smallest subnormal: from a gap of 103.97 to the row maximum on.
/// input   (n)  in
/// output  (n)  out. May be the same memory as input.
/// Errors: output_size_mismatch.
/// Source: torch.log.
template <class T>
Status log(std::span<const T> input, std::span<T> output) noexcept;

/// The logarithm of softmax in one step: output_c = (input_c - m) - log(sum over j of exp(input_j - m)), m the row
/// maximum. The largest term of the sum is exactly 1 and is left to log1p, so a confident row keeps its digits.
/// Shapes and errors as in softmax.
/// Source: torch.log_softmax, aten/src/ATen/native/SoftMax.cpp.
template <class T>
Status log_softmax(std::span<const T> input, Shape shape, std::span<T> output) noexcept;

/// The gradient of log_softmax: grad_input_c = grad_output_c - exp(output_c) * sum over j of grad_output_j.
/// grad_output  (N, C, D)  in: gradient with respect to the log-probabilities
/// output       (N, C, D)  in: the log-probabilities that log_softmax returned
/// grad_input   (N, C, D)  out: gradient with respect to the logits. May be the same memory as either input.
/// Errors: size_mismatch, output_size_mismatch.
/// Source: torch/csrc log_softmax_backward, aten/src/ATen/native/SoftMax.cpp.
template <class T>
Status log_softmax_backward(std::span<const T> grad_output, std::span<const T> output, Shape shape,
                            std::span<T> grad_input) noexcept;

}  // namespace celoss
