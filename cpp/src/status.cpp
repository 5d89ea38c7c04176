#include "celoss/status.h"

#include <cstdint>
#include <iterator>
#include <string_view>

namespace celoss {
namespace {

/// Appends to a terminated string as far as there is room. (snprintf would be a third of the WebAssembly module.)
class Writer {
 public:
  explicit Writer(std::span<char> text) : text_(text) {
    if (!text_.empty()) text_[0] = '\0';
  }

  std::size_t length() const { return length_; }

  Writer& operator<<(std::string_view words) {
    for (const char letter : words) {
      if (length_ + 1 >= text_.size()) break;
      text_[length_++] = letter;
      text_[length_] = '\0';
    }
    return *this;
  }

  Writer& operator<<(std::int64_t number) {
    // (std::to_chars would bring tables: half a KB of WebAssembly.)
    char digits[20];  // as many as the lowest int64 has, with its sign
    char* first = std::end(digits);
    std::uint64_t rest = static_cast<std::uint64_t>(number);
    if (number < 0) rest = 0 - rest;
    do *--first = static_cast<char>('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (number < 0) *--first = '-';
    return *this << std::string_view(first, static_cast<std::size_t>(std::end(digits) - first));
  }

 private:
  std::span<char> text_;
  std::size_t length_ = 0;
};

}  // namespace

const char* code_name(StatusCode code) noexcept {
  switch (code) {
    case StatusCode::ok: return "ok";
    case StatusCode::target_out_of_bounds: return "target_out_of_bounds";
    case StatusCode::batch_size_mismatch: return "batch_size_mismatch";
    case StatusCode::size_mismatch: return "size_mismatch";
    case StatusCode::output_size_mismatch: return "output_size_mismatch";
    case StatusCode::weight_size_mismatch: return "weight_size_mismatch";
    case StatusCode::label_smoothing_out_of_range: return "label_smoothing_out_of_range";
    case StatusCode::ignore_index_with_probabilities: return "ignore_index_with_probabilities";
    case StatusCode::not_supported: return "not_supported";
  }
  return "unknown";
}

const char* argument_name(Argument argument) noexcept {
  switch (argument) {
    case Argument::none: return "none";
    case Argument::logits: return "logits";
    case Argument::target: return "target";
    case Argument::weight: return "weight";
    case Argument::ignore_index: return "ignore_index";
    case Argument::label_smoothing: return "label_smoothing";
    case Argument::grad_output: return "grad_output";
    case Argument::output: return "output";
  }
  return "unknown";
}

std::size_t message(const Status& status, std::span<char> text) noexcept {
  Writer out(text);
  switch (status.code) {
    case StatusCode::ok: out << "ok"; break;
    case StatusCode::target_out_of_bounds: out << "Target " << status.got << " is out of bounds."; break;
    case StatusCode::batch_size_mismatch:
      out << "Expected input batch_size (" << status.expected << ") to match target batch_size (" << status.got << ").";
      break;
    case StatusCode::size_mismatch:
      out << argument_name(status.argument) << ": got " << status.got << " values, expected " << status.expected
          << " for this shape.";
      break;
    case StatusCode::output_size_mismatch:
      out << argument_name(status.argument) << ": got room for " << status.got << " values, expected "
          << status.expected << ".";
      break;
    case StatusCode::weight_size_mismatch:
      out << "weight tensor should be defined either for all " << status.expected
          << " classes or no classes but got weight tensor of shape: [" << status.got << "]";
      break;
    case StatusCode::label_smoothing_out_of_range: out << "label_smoothing must be between 0.0 and 1.0."; break;
    case StatusCode::ignore_index_with_probabilities:
      out << "ignore_index is not supported for floating point target";
      break;
    case StatusCode::not_supported: out << argument_name(status.argument) << ": not supported by this function."; break;
  }
  return out.length();
}

}  // namespace celoss
