#include <string>
#include <vector>

#include "golden.h"

using celoss::Argument;
using celoss::Status;
using celoss::StatusCode;

namespace {

std::string message_of(const Status& status) {
  std::vector<char> text(160, '#');
  const std::size_t length = celoss::message(status, text);
  REQUIRE(length < text.size());
  CHECK(text[length] == '\0');
  return {text.data(), length};
}

/// Nested lists of numbers as flat ones.
template <class T>
void flatten(const golden::Json& values, std::vector<T>& result) {
  if (!values.is_array()) return result.push_back(values.get<T>());
  for (const golden::Json& value : values) flatten(value, result);
}

/// The status of an error case, for logits (N, C) or (N, C, D) and targets (N) or (N, D).
template <class T>
Status status_of(const golden::Json& golden) {
  const golden::Json& arguments = golden["arguments"];
  const golden::Json& input = arguments["input"];
  celoss::Shape shape{.N = std::ssize(input), .C = std::ssize(input[0])};
  if (shape.C > 0 && input[0][0].is_array()) shape.D = std::ssize(input[0][0]);
  std::vector<T> values;
  std::vector<std::int64_t> target;
  flatten(input, values);
  flatten(arguments["target"], target);
  const celoss::Options<T> options{.reduction = golden::reduction(arguments.value("reduction", "mean")),
                                   .ignore_index = arguments.value("ignore_index", -100)};
  std::vector<T> loss(options.reduction == celoss::Reduction::none ? shape.samples() : 1);
  const auto function = golden["function"] == "nll_loss" ? celoss::nll_loss<T> : celoss::cross_entropy<T>;
  return function(values, shape, {.indices = target}, options, loss, {});
}

}  // namespace

TEST_CASE("errors are told in PyTorch's words") {
  for (const std::string function : {"cross_entropy", "nll_loss"}) {
    for (const std::string name :
         {"target_C", "target_high", "target_negative", "target_first_of_two", "target_int64_min", "target_none",
          "target_sum", "target_minus_100_not_ignored", "target_out_of_bounds_3d", "target_out_of_bounds_float64",
          "fewer_targets", "more_targets", "no_targets", "no_classes"}) {
      const golden::Json& golden = golden::find("errors.json", function + "_" + name);
      INFO(golden["name"]);
      const bool is_float64 = golden["arguments"]["input_dtype"] == "float64";
      const Status status = is_float64 ? status_of<double>(golden) : status_of<float>(golden);
      CHECK(status.code == (golden["type"] == "IndexError" ? StatusCode::target_out_of_bounds
                                                           : StatusCode::batch_size_mismatch));
      CHECK(message_of(status) == golden["message"]);
    }
  }
}

TEST_CASE("the note's labels 1, 2, 3 are out of bounds") {
  const golden::Json& golden = golden::find("errors.json", "note_labels_from_1");
  CHECK(message_of(status_of<float>(golden)) == golden["message"]);
  CHECK(golden["message"] == "Target 3 is out of bounds.");
}

TEST_CASE("what PyTorch has no words for is told with its numbers") {
  CHECK(message_of({}) == "ok");
  CHECK(message_of({.code = StatusCode::size_mismatch, .argument = Argument::logits, .got = 5, .expected = 6}) ==
        "logits: got 5 values, expected 6 for this shape.");
  CHECK(message_of({.code = StatusCode::output_size_mismatch, .argument = Argument::output, .got = 1, .expected = 3}) ==
        "output: got room for 1 values, expected 3.");
  CHECK(message_of({.code = StatusCode::not_supported, .argument = Argument::weight}) ==
        "weight is not yet supported.");
  CHECK(message_of({.code = StatusCode::not_supported, .argument = Argument::label_smoothing}) ==
        "label_smoothing is not yet supported.");
  CHECK(message_of({.code = StatusCode::not_supported, .argument = Argument::target}) ==
        "class probabilities as target are not yet supported.");
}

TEST_CASE("a message is cut where its text ends, and terminated") {
  const Status status{.code = StatusCode::target_out_of_bounds, .argument = Argument::target, .got = 3, .expected = 3};
  std::vector<char> text(7, '#');
  CHECK(celoss::message(status, std::span<char>(text).first(6)) == 5);
  CHECK(std::string(text.data()) == "Targe");
  CHECK(text[6] == '#');
  CHECK(celoss::message(status, std::span<char>(text).first(1)) == 0);
  CHECK(text[0] == '\0');
  CHECK(celoss::message(status, {}) == 0);
}

TEST_CASE("the longest message fits into 160 characters") {
  const std::int64_t longest = std::numeric_limits<std::int64_t>::min();
  for (const StatusCode code :
       {StatusCode::target_out_of_bounds, StatusCode::batch_size_mismatch, StatusCode::size_mismatch,
        StatusCode::output_size_mismatch, StatusCode::not_supported}) {
    const Status status{.code = code, .argument = Argument::label_smoothing, .got = longest, .expected = longest};
    CHECK(message_of(status).size() < 160);
  }
}

TEST_CASE("codes and arguments are named as they are spelled") {
  CHECK(std::string(celoss::code_name(StatusCode::ok)) == "ok");
  CHECK(std::string(celoss::code_name(StatusCode::target_out_of_bounds)) == "target_out_of_bounds");
  CHECK(std::string(celoss::code_name(StatusCode::batch_size_mismatch)) == "batch_size_mismatch");
  CHECK(std::string(celoss::code_name(StatusCode::size_mismatch)) == "size_mismatch");
  CHECK(std::string(celoss::code_name(StatusCode::output_size_mismatch)) == "output_size_mismatch");
  CHECK(std::string(celoss::code_name(StatusCode::not_supported)) == "not_supported");
  CHECK(std::string(celoss::argument_name(Argument::none)) == "none");
  CHECK(std::string(celoss::argument_name(Argument::logits)) == "logits");
  CHECK(std::string(celoss::argument_name(Argument::target)) == "target");
  CHECK(std::string(celoss::argument_name(Argument::weight)) == "weight");
  CHECK(std::string(celoss::argument_name(Argument::label_smoothing)) == "label_smoothing");
  CHECK(std::string(celoss::argument_name(Argument::output)) == "output");
}
