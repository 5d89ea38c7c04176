#pragma once

#include <cstdint>
#include <span>

#include "celoss/shape.h"
#include "celoss/status.h"

namespace celoss {

/// What a page shows of the samples of a batch, whose losses, predictions and confidences Statistics::add has written.

/// The samples in the order of their losses, the worst first: NaN, then the largest. Equal ones stay as they come.
/// losses  (n)  in
/// order   (n)  in: numbers of samples, as many as are to be ordered; out: in order
/// Errors: size_mismatch (a number that is none of a sample).
Status sort_worst_first(std::span<const float> losses, std::span<std::uint32_t> order) noexcept;

/// The change of each loss of the same samples, after - before. A loss that is NaN is to this an infinite one; what is the
/// same on both sides has not changed.
/// before   (n)  in
/// changes  (n)  in: the losses after; out; what one of them has more is left alone
void change_of_losses(std::span<const float> before, std::span<float> changes) noexcept;

/// How many losses lie in [i, i + 1) * width. What is below 0 is in the first bin, what is above all or NaN in the last.
/// losses  (n)     in
/// order   (m)     in: the samples that count
/// counts  (bins)  out; at least one
/// width           > 0
/// Errors: output_size_mismatch, size_mismatch.
Status histogram(std::span<const float> losses, std::span<const std::uint32_t> order, double width,
                 std::span<std::uint32_t> counts) noexcept;

/// A width for bins of a histogram, so that round numbers lie between them (1, 2 or 5 times a power of ten), and nearly
/// all finite losses in them.
/// losses  (n)  in
/// order   (m)  in: the samples that count, the worst first
double histogram_width(std::span<const float> losses, std::span<const std::uint32_t> order, int bins) noexcept;

/// How often label y was taken for class c.
/// labels, predictions  (n)     in: what is no class is passed over
/// counts               (C, C)  out: at y * C + c
/// Errors: size_mismatch, output_size_mismatch.
Status confusion(std::span<const std::int32_t> labels, std::span<const std::int32_t> predictions, std::int64_t C,
                 std::span<std::uint32_t> counts) noexcept;

/// A row of logits as a few of its columns and, behind them, the log_sum_exp of all others: its softmax is the row's
/// own at these classes, and so is the loss of each. -inf where nothing is left.
/// logits   (C)      in
/// classes  (n)      in: different ones, 0 to C - 1
/// output   (n + 1)  out
/// Errors: size_mismatch (a class twice, or none), output_size_mismatch.
template <class T>
Status columns_and_rest(std::span<const T> logits, std::span<const std::int32_t> classes,
                        std::span<double> output) noexcept;

/// The classes with the largest logits, in order of their numbers, and among them those that must be there.
/// logits   (n, C)  in: the classes are those that are largest in any row
/// wanted   (m)     in: classes that must be among them; others than 0 to C - 1 are passed over
/// classes  (k)     out: at most C; k at least as many as differ in wanted
/// Errors: size_mismatch, output_size_mismatch.
template <class T>
Status largest_classes(std::span<const T> logits, std::int64_t C, std::span<const std::int32_t> wanted,
                       std::span<std::int32_t> classes) noexcept;

}  // namespace celoss
