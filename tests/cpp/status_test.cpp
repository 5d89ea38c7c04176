#include <limits>
#include <map>
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

template <class T>
void flatten(const golden::Json& values, std::vector<T>& result) {
  if (!values.is_array()) return result.push_back(values.get<T>());
  for (const golden::Json& value : values) flatten(value, result);
}

/// Nested lists of numbers as flat ones, with the sizes of the lists.
template <class T>
struct Nested {
  std::vector<T> values;
  std::vector<std::int64_t> shape;

  explicit Nested(const golden::Json& lists) {
    flatten(lists, values);
    for (const golden::Json* list = &lists; list->is_array(); list = &list->front()) {
      shape.push_back(std::ssize(*list));
      if (list->empty()) break;
    }
  }
};

/// The status of an error case, for input and target of shapes that go together or are off in the batch only.
template <class T>
Status status_of(const golden::Json& golden) {
  const golden::Json& arguments = golden["arguments"];
  const Nested<T> input(arguments["input"]);
  golden::LossArguments<T> in;
  in.input = input.values;
  const golden::Json sizes = {{"shape", input.shape}};
  in.shape = golden::shape(sizes);
  in.has_probabilities = arguments["target_dtype"] == arguments["input_dtype"];
  if (in.has_probabilities) {
    in.probabilities = Nested<T>(arguments["target"]).values;
  } else {
    in.indices = Nested<std::int64_t>(arguments["target"]).values;
  }
  if (arguments.contains("weight")) in.weight = Nested<T>(arguments["weight"]).values;
  if (arguments.contains("label_smoothing")) in.label_smoothing = golden::number(arguments["label_smoothing"]);
  in.reduction = golden::reduction(arguments.value("reduction", "mean"));
  in.ignore_index = arguments.value("ignore_index", -100);
  std::vector<T> loss(in.loss_size());
  const auto function = golden["function"] == "nll_loss" ? celoss::nll_loss<T> : celoss::cross_entropy<T>;
  return function(in.input, in.shape, in.target(), in.options(), loss, {}, {});
}

Status status_of(const golden::Json& golden) {
  return golden["arguments"]["input_dtype"] == "float64" ? status_of<double>(golden) : status_of<float>(golden);
}

}  // namespace

TEST_CASE("errors are told in PyTorch's words") {
  for (const std::string function : {"cross_entropy", "nll_loss"}) {
    for (const auto& [name, code] : std::map<std::string, StatusCode>{
             {"target_C", StatusCode::target_out_of_bounds},
             {"target_high", StatusCode::target_out_of_bounds},
             {"target_negative", StatusCode::target_out_of_bounds},
             {"target_first_of_two", StatusCode::target_out_of_bounds},
             {"target_int64_min", StatusCode::target_out_of_bounds},
             {"target_none", StatusCode::target_out_of_bounds},
             {"target_sum", StatusCode::target_out_of_bounds},
             {"target_minus_100_not_ignored", StatusCode::target_out_of_bounds},
             {"target_out_of_bounds_1d", StatusCode::target_out_of_bounds},
             {"target_out_of_bounds_3d", StatusCode::target_out_of_bounds},
             {"target_out_of_bounds_4d", StatusCode::target_out_of_bounds},
             {"target_out_of_bounds_float64", StatusCode::target_out_of_bounds},
             {"fewer_targets", StatusCode::batch_size_mismatch},
             {"more_targets", StatusCode::batch_size_mismatch},
             {"no_targets", StatusCode::batch_size_mismatch},
             {"no_classes", StatusCode::target_out_of_bounds},
             {"weight_too_short", StatusCode::weight_size_mismatch},
             {"weight_too_long", StatusCode::weight_size_mismatch},
             {"weight_of_one", StatusCode::weight_size_mismatch},
             {"weight_too_short_1d", StatusCode::weight_size_mismatch},
             {"weight_before_target", StatusCode::weight_size_mismatch},
             {"batch_before_weight", StatusCode::batch_size_mismatch},
         }) {
      const golden::Json& golden = golden::find("errors.json", function + "_" + name);
      INFO(golden["name"]);
      CHECK(status_of(golden).code == code);
      CHECK(message_of(status_of(golden)) == golden["message"]);
    }
  }
}

TEST_CASE("ignore_index with class probabilities is told in PyTorch's words") {
  for (const std::string name :
       {"ignore_index_0", "ignore_index_2", "ignore_index_above_C", "ignore_index_before_weight"}) {
    const golden::Json& golden = golden::find("errors.json", "cross_entropy_probabilities_" + name);
    INFO(golden["name"]);
    CHECK(status_of(golden).code == StatusCode::ignore_index_with_probabilities);
    CHECK(message_of(status_of(golden)) == golden["message"]);
  }
}

TEST_CASE("label_smoothing above 1 is told in PyTorch's words, without the number") {
  for (const std::string name :
       {"label_smoothing_above_1", "label_smoothing_100", "label_smoothing_inf", "smoothing_before_batch",
        "smoothing_before_weight", "smoothing_before_target", "probabilities_label_smoothing_above_1"}) {
    const golden::Json& golden = golden::find("errors.json", "cross_entropy_" + name);
    INFO(golden["name"]);
    CHECK(status_of(golden).code == StatusCode::label_smoothing_out_of_range);
    const std::string torch_message = golden["message"];
    CHECK(message_of(status_of(golden)) == torch_message.substr(0, torch_message.find(" Got: ")));
  }
}

TEST_CASE("a weight of the wrong size is told in the same words for every kind of target and shape") {
  for (const std::string name : {"weight_too_short_3d", "weight_too_short_4d", "probabilities_weight_too_short"}) {
    const golden::Json& golden = golden::find("errors.json", "cross_entropy_" + name);
    INFO(golden["name"]);
    CHECK(status_of(golden).code == StatusCode::weight_size_mismatch);
    CHECK(message_of(status_of(golden)) == golden::find("errors.json", "cross_entropy_weight_too_short")["message"]);
  }
  const golden::Json& both = golden::find("errors.json", "cross_entropy_probabilities_weight_before_smoothing");
  CHECK(status_of(both).code == StatusCode::weight_size_mismatch);
}

TEST_CASE("the note's labels 1, 2, 3 are out of bounds") {
  const golden::Json& golden = golden::find("errors.json", "note_labels_from_1");
  CHECK(message_of(status_of(golden)) == golden["message"]);
  CHECK(golden["message"] == "Target 3 is out of bounds.");
}

TEST_CASE("what PyTorch has no words for is told with its numbers") {
  CHECK(message_of({}) == "ok");
  CHECK(message_of({.code = StatusCode::size_mismatch, .argument = Argument::logits, .got = 5, .expected = 6}) ==
        "logits: got 5 values, expected 6 for this shape.");
  CHECK(message_of({.code = StatusCode::output_size_mismatch, .argument = Argument::output, .got = 1, .expected = 3}) ==
        "output: got room for 1 values, expected 3.");
  CHECK(message_of({.code = StatusCode::size_mismatch, .argument = Argument::target, .got = 5, .expected = 6}) ==
        "target: got 5 values, expected 6 for this shape.");
  CHECK(message_of({.code = StatusCode::size_mismatch, .argument = Argument::grad_output, .got = 2, .expected = 1}) ==
        "grad_output: got 2 values, expected 1 for this shape.");
  CHECK(message_of({.code = StatusCode::not_supported, .argument = Argument::label_smoothing}) ==
        "label_smoothing: not supported by this function.");
  CHECK(message_of({.code = StatusCode::not_supported, .argument = Argument::target}) ==
        "target: not supported by this function.");
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
        StatusCode::output_size_mismatch, StatusCode::weight_size_mismatch, StatusCode::label_smoothing_out_of_range,
        StatusCode::ignore_index_with_probabilities, StatusCode::not_supported}) {
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
  CHECK(std::string(celoss::code_name(StatusCode::weight_size_mismatch)) == "weight_size_mismatch");
  CHECK(std::string(celoss::code_name(StatusCode::label_smoothing_out_of_range)) == "label_smoothing_out_of_range");
  CHECK(std::string(celoss::code_name(StatusCode::ignore_index_with_probabilities)) ==
        "ignore_index_with_probabilities");
  CHECK(std::string(celoss::code_name(StatusCode::not_supported)) == "not_supported");
  CHECK(std::string(celoss::argument_name(Argument::none)) == "none");
  CHECK(std::string(celoss::argument_name(Argument::logits)) == "logits");
  CHECK(std::string(celoss::argument_name(Argument::target)) == "target");
  CHECK(std::string(celoss::argument_name(Argument::weight)) == "weight");
  CHECK(std::string(celoss::argument_name(Argument::ignore_index)) == "ignore_index");
  CHECK(std::string(celoss::argument_name(Argument::label_smoothing)) == "label_smoothing");
  CHECK(std::string(celoss::argument_name(Argument::output)) == "output");
  CHECK(std::string(celoss::argument_name(Argument::grad_output)) == "grad_output");
}
