// The diagnosis of a batch: all of diagnosis.wasm. A case is opened with what is known before the numbers are read, gets
// them in pieces, and is closed when nobody asks any more. Most of what crosses the border are rows of numbers, whose
// order stands here and in web/src/lab/diagnosis/findings.ts, and nowhere else.
#include "celoss/lab/diagnosis.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

#include "celoss/floors.h"
#include "celoss/lab/batch.h"
#include "celoss/lab/half_precision.h"
#include "celoss/lab/means.h"
#include "module.h"

namespace bindings {
namespace {

/// Memory for many numbers, from malloc: without exceptions new would end the module.
template <class T>
class Block {
 public:
  Block() = default;
  ~Block() { std::free(data_); }
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;

  bool allocate(std::size_t size) {
    data_ = static_cast<T*>(std::malloc(std::max<std::size_t>(size, 1) * sizeof(T)));
    size_ = data_ == nullptr ? 0 : size;
    return data_ != nullptr;
  }
  std::span<T> span() const { return {data_, size_}; }

 private:
  T* data_ = nullptr;
  std::size_t size_ = 0;
};

/// The numbers of a row, one after another.
class Numbers {
 public:
  explicit Numbers(Address address) : next_(reinterpret_cast<double*>(address)) {}

  double take() { return *next_++; }
  std::int64_t take_int() { return static_cast<std::int64_t>(take()); }
  bool take_bool() { return take() != 0; }
  void put(double value) { *next_++ = value; }
  Address address() const { return reinterpret_cast<Address>(next_); }

 private:
  double* next_;
};

/// The type of a tensor: dtype, whether it is stated, decimals, rank, sizes.
struct Tensor {
  static constexpr std::int64_t max_rank = 64;
  bool is_there = false;
  std::int64_t sizes[max_rank];
  celoss::TensorType type;
  int decimals = -1;

  void read(Numbers& numbers) {
    is_there = numbers.take_bool();
    if (!is_there) return;
    type.type = static_cast<celoss::ScalarType>(numbers.take_int());
    type.is_stated = numbers.take_bool();
    decimals = static_cast<int>(numbers.take_int());
    const auto rank = static_cast<std::size_t>(numbers.take_int());
    for (std::size_t i = 0; i < rank; ++i) sizes[i] = numbers.take_int();
    type.shape = {sizes, rank};
  }
  celoss::Precision precision() const { return celoss::precision_of(type.type, decimals); }
};

celoss::Reported reported(Numbers& numbers) {
  const bool is_known = numbers.take_bool();
  const double value = numbers.take();
  return {is_known, value, celoss::half_step_of(static_cast<int>(numbers.take_int()))};
}

struct Case {
  Tensor logits, target, weight;
  celoss::Question question;
  celoss::CallReading reading;
  celoss::Batch batch;
  Block<double> column_sums, first_row, weights;
  Block<std::uint32_t> label_counts;
  Block<celoss::Fingerprint> fingerprints;
  // Statistics hold the address of their batch, and this stays where it is.
  alignas(celoss::Statistics) std::byte memory[sizeof(celoss::Statistics)];

  std::size_t samples() const { return static_cast<std::size_t>(batch.shape.samples()); }
  celoss::Statistics& statistics() { return *std::launder(reinterpret_cast<celoss::Statistics*>(memory)); }
};

Case& case_of(Address address) { return *reinterpret_cast<Case*>(address); }

void put(const celoss::Means& means, Address output) {
  Numbers numbers(output);
  numbers.put(means.mean);
  numbers.put(means.mean_of_means);
  numbers.put(means.divisor);
  numbers.put(static_cast<double>(means.groups));
  numbers.put(static_cast<double>(means.empty_groups));
  numbers.put(means.least_divisor);
  numbers.put(means.greatest_divisor);
}

/// Sums of more columns than this are not kept.
constexpr std::int64_t max_columns = 1 << 20;
/// Rows beyond are not compared with each other.
constexpr std::size_t max_fingerprints = 1 << 16;

}  // namespace

extern "C" {

/// A case of: reduction, ignore_index, label_smoothing, class axis (-1: not said), loss and accuracy (known, value,
/// decimals), classes, logits, target, weight. Returns its address, or 0: out of memory.
EMSCRIPTEN_KEEPALIVE Address open_case(Address request) {
  void* const memory = std::malloc(sizeof(Case));
  if (memory == nullptr) return 0;
  Case& opened = *new (memory) Case();
  Numbers numbers(request);
  opened.question.reduction = static_cast<celoss::Reduction>(numbers.take_int());
  celoss::CallTypes call;
  call.ignore_index = opened.batch.ignore_index = numbers.take_int();
  call.label_smoothing = opened.question.label_smoothing = numbers.take();
  call.class_axis = static_cast<int>(numbers.take_int());
  opened.question.loss = reported(numbers);
  opened.question.accuracy = reported(numbers);
  opened.question.classes = numbers.take_int();
  for (Tensor* tensor : {&opened.logits, &opened.target, &opened.weight}) tensor->read(numbers);
  if (opened.logits.is_there) {
    call.logits = opened.logits.type;
    if (opened.target.is_there) call.target = &opened.target.type;
    if (opened.weight.is_there) call.weight = &opened.weight.type;
    opened.reading = celoss::read_call(call);
  }
  return reinterpret_cast<Address>(&opened);
}

/// How it is read: N, C, D, the class axis, the kind of target, whether pieces must be whole, whether the weight counts.
EMSCRIPTEN_KEEPALIVE void plan(Address address, Address output) {
  const celoss::CallReading& reading = case_of(address).reading;
  Numbers numbers(output);
  numbers.put(static_cast<double>(reading.shape.N));
  numbers.put(static_cast<double>(reading.shape.C));
  numbers.put(static_cast<double>(reading.shape.D));
  numbers.put(reading.class_axis);
  numbers.put(static_cast<int>(reading.target));
  numbers.put(reading.is_ambiguous ? 1 : 0);
  numbers.put(reading.has_weight ? 1 : 0);
}

/// Gets ready for the numbers. weight: (C) in float64, or 0. has_target: what is called a target can be read as one.
/// false: out of memory.
EMSCRIPTEN_KEEPALIVE bool start(Address address, Address weight, bool has_target) {
  Case& opened = case_of(address);
  const celoss::CallReading& reading = opened.reading;
  const auto& [N, C, D] = reading.shape;
  celoss::Batch& batch = opened.batch;
  batch.shape = reading.shape;
  batch.target = has_target ? reading.target : celoss::TargetKind::none;
  batch.is_ambiguous = reading.is_ambiguous;
  batch.last = reading.last;
  batch.logits = opened.logits.precision();
  batch.probabilities = opened.target.precision();
  const double smoothing = opened.question.label_smoothing;
  batch.label_smoothing = smoothing >= 0 && smoothing <= 1 ? smoothing : 0;
  const bool has_columns = N > 1 && C * D <= max_columns;
  std::size_t fingerprints = 2;
  while (fingerprints < max_fingerprints && fingerprints < 2 * static_cast<std::size_t>(N * D)) fingerprints *= 2;
  const bool is_allocated = opened.column_sums.allocate(has_columns ? C * D : 0) && opened.first_row.allocate(C) &&
                            opened.label_counts.allocate(C) && opened.fingerprints.allocate(fingerprints) &&
                            opened.weights.allocate(weight == 0 ? 0 : C);
  if (!is_allocated) return false;
  const auto weights = optional_span<const double>(weight, C);
  std::copy(weights.begin(), weights.end(), opened.weights.span().begin());
  batch.weight = opened.weights.span();
  new (opened.memory) celoss::Statistics(batch, {.column_sums = opened.column_sums.span(),
                                                 .label_counts = opened.label_counts.span(),
                                                 .first_row = opened.first_row.span(),
                                                 .fingerprints = opened.fingerprints.span()});
  return true;
}

/// Reads a piece, in float64. target: of that type (TargetType), or 0. losses and labels (0 without a target), predictions
/// and confidences are those of the whole batch.
EMSCRIPTEN_KEEPALIVE int add_piece(Address address, std::size_t n0, std::size_t n, std::size_t d0, std::size_t d,
                                   Address logits, int target_type, Address target, Address predictions,
                                   Address confidences, Address losses, Address labels) {
  Case& opened = case_of(address);
  const celoss::Batch& batch = opened.batch;
  const std::size_t samples = n * d, first = n0 * batch.shape.D + d0, numel = samples * batch.shape.C;
  const auto part = [&]<class T>(T, Address of_all) {
    return optional_span<T>(of_all == 0 ? 0 : of_all + first * sizeof(T), samples);
  };
  celoss::Piece<double> piece{.n0 = static_cast<std::int64_t>(n0),
                              .n = static_cast<std::int64_t>(n),
                              .d0 = static_cast<std::int64_t>(d0),
                              .d = static_cast<std::int64_t>(d),
                              .logits = span<const double>(logits, numel),
                              .losses = part(float(), losses),
                              .predictions = part(std::int32_t(), predictions),
                              .confidences = part(float(), confidences),
                              .labels = part(std::int32_t(), labels)};
  if (target != 0)
    piece.target = target_of<double>(target_type, target, target_type == probabilities ? numel : samples);
  return outcome(opened.statistics().add(piece));
}

/// Judges. output: whether there is a loss, it, how far it may be off, its divisor, the accuracy; the verdict; whether a
/// label is out of bounds (status_text has PyTorch's words then); how many words are unchecked, these; how many
/// findings, and of each: rule, severity, whether a fixed loss is known, it, how many numbers, and of each: measure, kind,
/// value. was_started: numbers were read.
EMSCRIPTEN_KEEPALIVE void judge(Address address, bool was_started, Address output) {
  Case& opened = case_of(address);
  const celoss::Diagnosis diagnosis = was_started ? diagnose(opened.reading, opened.statistics(), opened.question)
                                      : opened.logits.is_there ? celoss::diagnose(opened.reading)
                                                               : celoss::look_up(opened.question);
  outcome(diagnosis.label_error);
  Numbers numbers(output);
  numbers.put(diagnosis.has_loss ? 1 : 0);
  numbers.put(diagnosis.loss);
  numbers.put(diagnosis.plus_minus);
  numbers.put(diagnosis.divisor);
  numbers.put(diagnosis.accuracy);
  numbers.put(static_cast<int>(diagnosis.verdict));
  numbers.put(diagnosis.label_error.ok() ? 0 : 1);
  numbers.put(static_cast<double>(diagnosis.unchecked().size()));
  for (const celoss::Word word : diagnosis.unchecked()) numbers.put(static_cast<int>(word));
  numbers.put(static_cast<double>(diagnosis.findings().size()));
  for (const celoss::Finding& finding : diagnosis.findings()) {
    numbers.put(static_cast<int>(finding.rule));
    numbers.put(static_cast<int>(finding.severity));
    numbers.put(finding.has_fixed_loss ? 1 : 0);
    numbers.put(finding.fixed_loss);
    numbers.put(finding.size());
    for (int i = 0; i < finding.size(); ++i) {
      numbers.put(static_cast<int>(finding[i].measure));
      numbers.put(static_cast<int>(finding[i].kind));
      numbers.put(finding[i].value);
    }
  }
}

/// output: the mean of the predictions' probabilities, then how many of those that are right, and of those that are wrong,
/// have one in each bin.
EMSCRIPTEN_KEEPALIVE void confidence(Address address, Address output) {
  const celoss::Confidence& confidence = case_of(address).statistics().confidence;
  Numbers numbers(output);
  numbers.put(confidence.mean());
  for (const std::uint32_t count : confidence.counts) numbers.put(count);
}

EMSCRIPTEN_KEEPALIVE void close_case(Address address) {
  case_of(address).~Case();
  std::free(reinterpret_cast<void*>(address));
}

EMSCRIPTEN_KEEPALIVE int sort_worst_first(Address losses, std::size_t samples, Address order, std::size_t size) {
  return outcome(celoss::sort_worst_first(span<const float>(losses, samples), span<std::uint32_t>(order, size)));
}

/// changes: the losses after, in whose place they come.
EMSCRIPTEN_KEEPALIVE void change_of_losses(Address before, Address changes, std::size_t samples) {
  celoss::change_of_losses(span<const float>(before, samples), span<float>(changes, samples));
}

EMSCRIPTEN_KEEPALIVE double histogram_width(Address losses, std::size_t samples, Address order, std::size_t size,
                                            int bins) {
  return celoss::histogram_width(span<const float>(losses, samples), span<const std::uint32_t>(order, size), bins);
}

EMSCRIPTEN_KEEPALIVE int histogram(Address losses, std::size_t samples, Address order, std::size_t size, double width,
                                   Address counts, std::size_t bins) {
  return outcome(celoss::histogram(span<const float>(losses, samples), span<const std::uint32_t>(order, size), width,
                                   span<std::uint32_t>(counts, bins)));
}

EMSCRIPTEN_KEEPALIVE int confusion(Address labels, Address predictions, std::size_t samples, std::size_t C,
                                   Address counts) {
  return outcome(celoss::confusion(span<const std::int32_t>(labels, samples),
                                   span<const std::int32_t>(predictions, samples), static_cast<std::int64_t>(C),
                                   span<std::uint32_t>(counts, C * C)));
}

EMSCRIPTEN_KEEPALIVE int largest_classes(Address logits, std::size_t rows, std::size_t C, Address wanted,
                                         std::size_t size, Address classes, std::size_t count) {
  return outcome(celoss::largest_classes(span<const double>(logits, rows * C), static_cast<std::int64_t>(C),
                                         span<const std::int32_t>(wanted, size), span<std::int32_t>(classes, count)));
}

EMSCRIPTEN_KEEPALIVE int columns_and_rest(Address logits, std::size_t C, Address classes, std::size_t count,
                                          Address output) {
  return outcome(celoss::columns_and_rest(span<const double>(logits, C), span<const std::int32_t>(classes, count),
                                          span<double>(output, count + 1)));
}

/// A sum of losses in half precision; format: 0 float16, 1 bfloat16. Returns its address, or 0: out of memory.
EMSCRIPTEN_KEEPALIVE Address open_half(int format, bool classes_last) {
  void* const memory = std::malloc(sizeof(celoss::HalfPrecisionLoss));
  if (memory == nullptr) return 0;
  return reinterpret_cast<Address>(
      new (memory) celoss::HalfPrecisionLoss(static_cast<celoss::HalfFormat>(format), classes_last));
}

/// The next samples, in float64. labels: of that type (TargetType); weight: (C) in float64, or 0.
EMSCRIPTEN_KEEPALIVE int add_to_half(Address half, std::size_t n, std::size_t C, std::size_t d, Address logits,
                                     int label_type, Address labels, double ignore_index, Address weight) {
  const auto target = target_of<double>(label_type, labels, n * d);
  const celoss::Options<double> options{.ignore_index = static_cast<std::int64_t>(ignore_index),
                                        .weight = optional_span<const double>(weight, C)};
  return outcome(reinterpret_cast<celoss::HalfPrecisionLoss*>(half)->add<double>(
      span<const double>(logits, n * C * d), shape_of(n, C, d), target.indices, options));
}

/// full: the loss of the logits as they were brought. output: exact, pytorch, how far that is from full.
EMSCRIPTEN_KEEPALIVE void half_losses(Address half, int reduction, double full, Address output) {
  const auto& loss = *reinterpret_cast<const celoss::HalfPrecisionLoss*>(half);
  const double pytorch = loss.pytorch(static_cast<celoss::Reduction>(reduction));
  Numbers numbers(output);
  numbers.put(loss.exact(static_cast<celoss::Reduction>(reduction)));
  numbers.put(pytorch);
  numbers.put(pytorch - full);
}

EMSCRIPTEN_KEEPALIVE void close_half(Address half) { std::free(reinterpret_cast<void*>(half)); }

/// The means of groups of losses, which have sizes in int64. output: as Means has them.
EMSCRIPTEN_KEEPALIVE int means_of_groups(Address losses, Address weights, std::size_t size, Address sizes,
                                         std::size_t groups, Address output) {
  celoss::Means means;
  const int code = outcome(celoss::means_of_groups(span<const double>(losses, size), span<const double>(weights, size),
                                                   span<const std::int64_t>(sizes, groups), means));
  put(means, output);
  return code;
}

/// The means of batches, of which each has its mean and its divisor. output: as Means has them.
EMSCRIPTEN_KEEPALIVE int means_of_batches(Address losses, Address divisors, std::size_t batches, Address output) {
  celoss::Means means;
  const int code = outcome(
      celoss::means_of_batches(span<const double>(losses, batches), span<const double>(divisors, batches), means));
  put(means, output);
  return code;
}

/// ln C (which 0), and behind a softmax the floor (1) and the greatest probability (2).
EMSCRIPTEN_KEEPALIVE double mark(int which, double C) {
  const auto classes = static_cast<std::int64_t>(C);
  return which == 0   ? celoss::uniform_loss(classes)
         : which == 1 ? celoss::double_softmax_floor(classes)
                      : celoss::double_softmax_probability(classes);
}

}  // extern "C"
}  // namespace bindings
