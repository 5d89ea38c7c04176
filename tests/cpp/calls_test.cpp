// Calls of all kinds, right and wrong, as far as C++ has them: what PyTorch 2.14 answers is what the library answers.
#include <string>

#include "golden.h"

namespace {

using golden::Json;

std::int64_t product(const Json& shape) {
  std::int64_t result = 1;
  for (const Json& size : shape) result *= size.get<std::int64_t>();
  return result;
}

bool has_probabilities(const Json& call) {
  return call["function"] == "cross_entropy" && call["target"]["shape"] == call["input"]["shape"];
}

/// Whether C++ can say it: numbers of one type T, labels of int64, targets that are told from others by their count.
template <class T>
bool is_sayable(const Json& call) {
  const auto is_of = [&](const Json& tensor) { return tensor["dtype"] == golden::dtype<T>; };
  const Json& shape = call["input"]["shape"];
  if (!is_of(call["input"]) || shape.empty() || call["options"]["reduction"] == "avg") return false;
  if (call.contains("weight") && !(is_of(call["weight"]) && call["weight"]["shape"].size() == 1)) return false;
  if (has_probabilities(call)) return is_of(call["target"]);
  Json samples = shape;
  samples.erase(shape.size() > 1 ? 1 : 0);
  return call["target"]["dtype"] == "int64" &&
         (call["target"]["shape"] == samples || product(call["target"]["shape"]) != product(samples));
}

template <class T>
golden::LossArguments<T> arguments_of(const Json& call) {
  golden::LossArguments<T> in;
  in.input = golden::numbers<T>(call["input"]["data"]);
  in.shape = golden::shape(call["input"]);
  in.has_probabilities = has_probabilities(call);
  const Json& target = call["target"]["data"];
  if (in.has_probabilities) {
    in.probabilities = golden::numbers<T>(target);
  } else {
    in.indices = golden::integers(target);
  }
  if (call.contains("weight")) in.weight = golden::numbers<T>(call["weight"]["data"]);
  in.reduction = golden::reduction(call["options"]["reduction"]);
  in.label_smoothing = call["options"].value("label_smoothing", 0.0);
  in.ignore_index = call["options"].value("ignore_index", -100);
  return in;
}

/// Where C++ has fewer words than PyTorch: targets are counted, and numbers of label_smoothing are not told.
std::string in_fewer_words(std::string message, const golden::Json& call) {
  const std::string prefix = "cross_entropy: ";
  if (message.starts_with(prefix)) message = message.substr(prefix.size());
  if (message.starts_with("label_smoothing")) return message.substr(0, message.find(" Got: "));
  const std::string short_words = "weight tensor should be defined either for all or no classes";
  if (message == short_words) {
    return "weight tensor should be defined either for all " + call["input"]["shape"][1].dump() +
           " classes or no classes but got weight tensor of shape: [" + call["weight"]["shape"][0].dump() + "]";
  }
  const bool is_of_target = message.starts_with("Target ") || message.starts_with("ignore_index");
  return is_of_target || message.starts_with("weight") ? message : "Expected input batch_size";
}

template <class T>
void check_close(const std::vector<T>& results, const Json& expected) {
  const std::vector<double> values = golden::numbers<double>(expected);
  REQUIRE(results.size() == values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isfinite(values[i])) {
      CHECK(std::abs(results[i] - values[i]) <= 1e-5 * std::max(1.0, std::abs(values[i])));
    } else {
      CHECK((std::isnan(values[i]) ? std::isnan(results[i]) : results[i] == values[i]));
    }
  }
}

template <class T>
int check_calls() {
  int count = 0;
  for (const Json& call : golden::current_cases("calls.json")) {
    if (!is_sayable<T>(call)) continue;
    INFO(call);
    const golden::LossArguments<T> in = arguments_of<T>(call);
    const auto function = call["function"] == "nll_loss" ? celoss::nll_loss<T> : celoss::cross_entropy<T>;
    std::vector<T> loss(in.loss_size());
    std::vector<T> grad(in.input.size());
    const celoss::Status status = function(in.input, in.shape, in.target(), in.options(), loss, grad, {});
    const Json& answer = call["answer"];
    if (answer.contains("loss")) {
      REQUIRE(status.ok());
      check_close(loss, answer["loss"]);
      check_close(grad, answer["grad"]);
    } else {
      std::vector<char> text(160);
      celoss::message(status, text);
      const std::string expected = in_fewer_words(answer["message"], call);
      CHECK(std::string(text.data()).substr(0, expected.size()) == expected);
    }
    ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("calls of all kinds are answered as by PyTorch 2.14") {
  CHECK(check_calls<float>() > 150);
  CHECK(check_calls<double>() > 5);
}
