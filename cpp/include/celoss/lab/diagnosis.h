#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "celoss/lab/call.h"
#include "celoss/lab/finding.h"
#include "celoss/lab/statistics.h"
#include "celoss/options.h"
#include "celoss/status.h"

namespace celoss {

/// A number that somebody read off a screen.
struct Reported {
  bool is_known = false;
  double value = 0;
  double half_step = 0;  ///< half of its last decimal
};

/// What is asked about a batch, or about a loss alone.
struct Question {
  Reduction reduction = Reduction::mean;
  double label_smoothing = 0;
  Reported loss;
  Reported accuracy;         ///< a fraction from 0 to 1
  std::int64_t classes = 0;  ///< of a loss alone; 0: not known
};

/// What the numbers say. Nothing here is text: rules, measures and words have names (finding.h).
class Diagnosis {
 public:
  // The loss of the batch as PyTorch would give it, or as it is read where PyTorch refuses the call.
  bool has_loss = false;
  double loss = 0;
  double plus_minus = 0;  ///< how far the decimals of the print may move it
  double divisor = 0;     ///< of the mean
  double accuracy = 0;
  /// PyTorch raises this: a label that is no class.
  Status label_error;
  /// The finding that explains most.
  Rule verdict = Rule::healthy;

  /// The most telling first.
  std::span<const Finding> findings() const { return {findings_.data(), static_cast<std::size_t>(size_)}; }
  const Finding* find(Rule rule) const;
  /// What could not be checked.
  std::span<const Word> unchecked() const { return {unchecked_.data(), static_cast<std::size_t>(unchecked_size_)}; }

  Finding& add(Rule rule, Severity severity) { return add(Finding(rule, severity)); }
  Finding& add(const Finding& finding);
  void add_unchecked(Word word);
  /// Orders the findings and picks the verdict.
  void finish(bool is_look_up);

 private:
  static constexpr int max_findings = 32, max_unchecked = 12;
  std::array<Finding, max_findings> findings_;
  int size_ = 0;
  std::array<Word, max_unchecked> unchecked_{};
  int unchecked_size_ = 0;
};

/// The findings about a call: those of its shapes and dtypes, and those of its numbers, read in the way that reading
/// says. A warning or an error is only what the numbers prove; what they allow is info, and has Measure::possible.
Diagnosis diagnose(const CallReading& reading, const Statistics& statistics, const Question& question) noexcept;

/// The findings about a call whose numbers cannot be read in any way.
Diagnosis diagnose(const CallReading& reading) noexcept;

/// What a loss alone says, with the number of classes and the accuracy where they are known: which floor it stands on.
Diagnosis look_up(const Question& question) noexcept;

}  // namespace celoss
