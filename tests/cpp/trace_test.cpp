#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "golden.h"

using celoss::Options;
using celoss::PipelineTrace;
using celoss::Reduction;
using celoss::Shape;
using celoss::Status;
using celoss::StatusCode;
using celoss::Target;
using celoss::Trace;

namespace {

/// The memory behind the spans of one pipeline, by field, filled with sevens.
template <class T>
struct Buffers {
  std::map<std::string, std::vector<T>> fields;
  std::vector<std::int64_t> prediction;

  Buffers(Shape shape, Reduction reduction) : prediction(shape.N, 7) {
    const std::int64_t losses = reduction == Reduction::none ? shape.N : 1;
    for (const char* name : {"shifted", "exp", "softmax", "log_of_softmax", "log_softmax", "grad_logits"}) {
      fields[name].assign(shape.N * shape.C, 7);
    }
    for (const char* name : {"row_max", "sum", "picked", "losses"}) fields[name].assign(shape.N, 7);
    fields["picked_sum"].assign(1, 7);
    for (const char* name : {"loss_by_hand", "nll_loss", "loss"}) fields[name].assign(losses, 7);
  }

  PipelineTrace<T> spans() {
    return {.row_max = fields["row_max"],
            .shifted = fields["shifted"],
            .exp = fields["exp"],
            .sum = fields["sum"],
            .softmax = fields["softmax"],
            .log_of_softmax = fields["log_of_softmax"],
            .log_softmax = fields["log_softmax"],
            .prediction = prediction,
            .picked = fields["picked"],
            .picked_sum = fields["picked_sum"],
            .loss_by_hand = fields["loss_by_hand"],
            .losses = fields["losses"],
            .nll_loss = fields["nll_loss"],
            .loss = fields["loss"],
            .grad_logits = fields["grad_logits"]};
  }

  bool untouched() const {
    const auto sevens = [](const auto& values) {
      return std::all_of(values.begin(), values.end(), [](auto value) { return value == 7; });
    };
    return sevens(prediction) &&
           std::all_of(fields.begin(), fields.end(), [&](const auto& field) { return sevens(field.second); });
  }
};

template <class T>
struct Result {
  Buffers<T> plain, softmax_in_front;
};

template <class T>
Result<T> trace_of(const std::vector<T>& x, Shape shape, const std::vector<std::int64_t>& target,
                   const Options<T>& options) {
  Result<T> result{{shape, options.reduction}, {shape, options.reduction}};
  const Target<T> indices{.indices = target};
  const Trace<T> out{result.plain.spans(), result.softmax_in_front.spans()};
  REQUIRE(celoss::trace<T>(x, shape, &indices, options, out).ok());
  return result;
}

}  // namespace

TEMPLATE_TEST_CASE("every intermediate of the note's example is exact in both pipelines", "", float, double) {
  using T = TestType;
  for (const golden::Json& golden : golden::cases_of<T>("note.json")) {
    INFO(golden["name"]);
    const Result<T> result = trace_of(golden::numbers<T>(golden["logits"]), golden::shape(golden),
                                      golden::integers(golden["target"]), golden::options<T>(golden));
    for (const auto& [pipeline, buffers] : {std::pair<std::string, const Buffers<T>&>{"plain", result.plain},
                                            {"softmax_in_front", result.softmax_in_front}}) {
      const golden::Json& exact = golden["exact"][pipeline];
      CHECK(buffers.prediction == golden::integers(exact["prediction"]));
      CHECK(buffers.prediction == golden::integers(golden["torch"][pipeline]["prediction"]));
      REQUIRE(exact.size() == buffers.fields.size() + 1);
      for (const auto& [field, values] : buffers.fields) {
        const std::vector<double> expected = golden::numbers<double>(exact[field]);
        REQUIRE(values.size() == expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
          CAPTURE(pipeline, field, i, values[i], expected[i]);
          // The two-step way and the second pipeline start from probabilities that are rounded, by an ulp of at most
          // eps; logarithms, differences and sums of three pass on up to three such errors and add their own.
          const double eps = std::numeric_limits<T>::epsilon();
          CHECK(std::abs(values[i] - expected[i]) <= 4 * eps * std::max(1.0, std::abs(expected[i])));
        }
      }
    }
  }
}

TEST_CASE("every intermediate of the note's example shows the four decimals that PyTorch prints") {
  for (const std::string name : {"note_mean_float32", "note_sum_float32", "note_none_float32",
                                 "labels_from_1_mean_float32", "four_digits_mean_float32"}) {
    const golden::Json& golden = golden::find("note.json", name);
    const Result<float> result = trace_of(golden::numbers<float>(golden["logits"]), golden::shape(golden),
                                          golden::integers(golden["target"]), golden::options<float>(golden));
    for (const auto& [pipeline, buffers] : {std::pair<std::string, const Buffers<float>&>{"plain", result.plain},
                                            {"softmax_in_front", result.softmax_in_front}}) {
      for (const auto& [field, values] : buffers.fields) {
        const std::vector<double> torch = golden::numbers<double>(golden["torch"][pipeline][field]);
        const std::vector<double> exact = golden::numbers<double>(golden["exact"][pipeline][field]);
        REQUIRE(values.size() == torch.size());
        for (std::size_t i = 0; i < torch.size(); ++i) {
          // Not where the exact value all but ends in a 5 at the fifth decimal, like 1.05094999597: of the two float32
          // next to it the nearer one is above the 5 and PyTorch's is below.
          const double rest = std::abs(exact[i]) * 1e4 - std::floor(std::abs(exact[i]) * 1e4);
          if (std::abs(rest - 0.5) < 1e-3) continue;
          CAPTURE(name, pipeline, field, i);
          CHECK(golden::four_decimals(values[i]) == golden::four_decimals(torch[i]));
        }
      }
    }
  }
}

TEST_CASE("the note's example gives every digit that the note prints") {
  const golden::Json& golden = golden::find("note.json", "note_mean_float32");
  const Result<float> result = trace_of(golden::numbers<float>(golden["logits"]), golden::shape(golden),
                                        golden::integers(golden["target"]), golden::options<float>(golden));
  const auto shown = [](const std::vector<float>& values) {
    std::string text;
    for (const float value : values) text += golden::four_decimals(value) + " ";
    return text;
  };
  auto plain = result.plain.fields;
  CHECK(shown(golden::numbers<float>(golden["logits"])) ==
        "0.7459 0.5881 0.4795 0.2894 0.0568 0.3439 0.6124 0.7558 0.4308 ");
  CHECK(shown(plain["softmax"]) == "0.3817 0.3259 0.2924 0.3511 0.2782 0.3707 0.3346 0.3863 0.2791 ");
  const std::string log_probs = "-0.9632 -1.1211 -1.2297 -1.0468 -1.2794 -0.9923 -1.0947 -0.9512 -1.2762 ";
  CHECK(shown(plain["log_of_softmax"]) == log_probs);
  CHECK(shown(plain["log_softmax"]) == log_probs);
  CHECK(shown(plain["loss_by_hand"]) == "1.0646 ");
  CHECK(shown(plain["nll_loss"]) == "1.0646 ");
  CHECK(shown(plain["loss"]) == "1.0646 ");
  auto softmax_in_front = result.softmax_in_front.fields;
  CHECK(shown(softmax_in_front["loss"]) == "1.0840 ");
  CHECK(result.plain.prediction == std::vector<std::int64_t>{0, 2, 1});
}

TEST_CASE("the four digits that the note prints of its x give four later digits that are one off") {
  const auto fields_of = [](const char* name) {
    const golden::Json& golden = golden::find("note.json", name);
    return trace_of(golden::numbers<float>(golden["logits"]), golden::shape(golden), golden::integers(golden["target"]),
                    golden::options<float>(golden))
        .plain.fields;
  };
  auto note = fields_of("note_mean_float32"), four_digits = fields_of("four_digits_mean_float32");
  int off = 0;
  for (const char* field : {"softmax", "log_softmax", "loss"}) {
    for (std::size_t i = 0; i < note[field].size(); ++i) {
      off += golden::four_decimals(note[field][i]) != golden::four_decimals(four_digits[field][i]);
    }
  }
  CHECK(off == 4);
}

TEST_CASE("labels that start at 1 and stay below C give a wrong loss and no error") {
  const golden::Json& golden = golden::find("note.json", "labels_from_1_mean_float32");
  CHECK(golden::integers(golden["target"]) == std::vector<std::int64_t>{1, 2, 2});
  auto fields = trace_of(golden::numbers<float>(golden["logits"]), golden::shape(golden),
                         golden::integers(golden["target"]), golden::options<float>(golden))
                    .plain.fields;
  CHECK(golden::four_decimals(fields["loss"][0]) == "1.1299");
}

TEMPLATE_TEST_CASE("each field is what the public function of its name gives", "", float, double) {
  using T = TestType;
  for (const golden::Json& golden : golden::cases_of<T>("cross_entropy.json")) {
    const Shape shape = golden::shape(golden);
    if (golden["shape"].size() != 2 || !golden::is_plain(golden)) continue;
    INFO(golden["name"]);
    const std::vector<T> x = golden::numbers<T>(golden["logits"]);
    const std::vector<std::int64_t> target = golden::integers(golden["target"]);
    const Options<T> options = golden::options<T>(golden);
    Options<T> none = options;
    none.reduction = Reduction::none;
    Result<T> result = trace_of(x, shape, target, options);

    std::vector<T> logits = x;
    for (Buffers<T>* buffers : {&result.plain, &result.softmax_in_front}) {
      auto& fields = buffers->fields;
      const bool in_front = buffers == &result.softmax_in_front;
      CAPTURE(in_front);
      std::vector<T> probs(logits.size()), values(logits.size()), grad(logits.size()), losses(shape.N);
      std::vector<T> loss(fields["loss"].size());
      REQUIRE(celoss::softmax<T>(logits, shape, probs).ok());
      CHECK(golden::identical(fields["softmax"], probs));
      REQUIRE(celoss::log<T>(probs, values).ok());
      CHECK(golden::identical(fields["log_of_softmax"], values));
      REQUIRE(celoss::nll_loss<T>(values, shape, {.indices = target}, options, loss).ok());
      CHECK(golden::identical(fields["nll_loss"], loss));
      for (std::int64_t n = 0; n < shape.N; ++n) {
        const std::int64_t t = target[n];
        losses[n] = t == options.ignore_index ? T{0} : values[n * shape.C + t];
      }
      CHECK(golden::identical(fields["picked"], losses));
      REQUIRE(celoss::log_softmax<T>(logits, shape, values).ok());
      CHECK(golden::identical(fields["log_softmax"], values));
      REQUIRE(celoss::cross_entropy<T>(logits, shape, {.indices = target}, none, losses).ok());
      CHECK(golden::identical(fields["losses"], losses));
      REQUIRE(celoss::cross_entropy<T>(logits, shape, {.indices = target}, options, loss, grad).ok());
      CHECK(golden::identical(fields["loss"], loss));
      if (in_front) REQUIRE(celoss::softmax_backward<T>(grad, logits, shape, grad).ok());
      CHECK(golden::identical(fields["grad_logits"], grad));
      logits = probs;
    }
  }
}

TEMPLATE_TEST_CASE("the parts of softmax make it up", "", float, double) {
  using T = TestType;
  const Shape shape{.N = 4, .C = 3};
  const T inf = std::numeric_limits<T>::infinity(), nan = std::numeric_limits<T>::quiet_NaN();
  const std::vector<T> x = {1, 3, 3, inf, 0, 1, -inf, -inf, -inf, 2, nan, 5};
  Buffers<T> plain = trace_of<T>(x, shape, {0, 1, 2, 0}, {}).plain;
  CHECK(plain.prediction == std::vector<std::int64_t>{1, 0, 0, 1});
  CHECK(golden::identical(plain.fields["row_max"], {3, inf, -inf, nan}));
  CHECK(golden::identical(plain.fields["shifted"], {-2, 0, 0, nan, -inf, -inf, nan, nan, nan, nan, nan, nan}));
  const T e = static_cast<T>(0.1353352832366127);
  CHECK(golden::identical(plain.fields["exp"], {e, 1, 1, nan, 0, 0, nan, nan, nan, nan, nan, nan}));
  CHECK(golden::identical(plain.fields["sum"], {static_cast<T>(2.1353352832366127), nan, nan, nan}));
}

TEMPLATE_TEST_CASE("the loss by hand is the sum of the picked, without its sign", "", float, double) {
  using T = TestType;
  const std::vector<T> x = {1, 2, 3, 3, 2, 1};
  auto mean = trace_of<T>(x, {.N = 2, .C = 3}, {2, -100}, {}).plain.fields;
  auto sum = trace_of<T>(x, {.N = 2, .C = 3}, {2, 1}, {.reduction = Reduction::sum}).plain.fields;
  CHECK(mean["picked"][1] == 0);
  CHECK(mean["loss_by_hand"][0] == -mean["picked"][0]);
  CHECK(sum["picked_sum"][0] == sum["picked"][0] + sum["picked"][1]);
  CHECK(sum["loss_by_hand"][0] == -sum["picked_sum"][0]);
  auto none = trace_of<T>(x, {.N = 2, .C = 3}, {2, -100}, {.reduction = Reduction::none}).plain.fields;
  CHECK(golden::identical(none["loss_by_hand"], {-none["picked"][0], 0}));
  CHECK(std::isnan(trace_of<T>(x, {.N = 2, .C = 3}, {-100, -100}, {}).plain.fields["loss_by_hand"][0]));
}

TEST_CASE("the gradients of both pipelines equal central finite differences") {
  // Step 1e-5 in float64: the truncation is of the order 1e-10, the rounding of 1e-11.
  constexpr double step = 1e-5, tolerance = 1e-9;
  const Shape shape{.N = 3, .C = 3};
  const std::vector<double> x = {0.74594, 0.58806, 0.47946, 0.28940, 0.05678, 0.34387, 0.61236, 0.75584, 0.43084};
  for (const std::vector<std::int64_t>& target : {std::vector<std::int64_t>{0, 1, 1}, {2, -100, 0}}) {
    for (const Reduction reduction : {Reduction::none, Reduction::mean, Reduction::sum}) {
      const Options<double> options{.reduction = reduction};
      Result<double> result = trace_of(x, shape, target, options);
      for (std::size_t i = 0; i < x.size(); ++i) {
        std::vector<double> up = x, down = x;
        up[i] += step;
        down[i] -= step;
        Result<double> above = trace_of(up, shape, target, options), below = trace_of(down, shape, target, options);
        const auto difference = [&](Buffers<double>& more, Buffers<double>& less) {
          double sum = 0;
          for (const double loss : more.fields["loss"]) sum += loss;
          for (const double loss : less.fields["loss"]) sum -= loss;
          return sum / (2 * step);
        };
        CAPTURE(static_cast<int>(reduction), i);
        CHECK(std::abs(difference(above.plain, below.plain) - result.plain.fields["grad_logits"][i]) <= tolerance);
        CHECK(std::abs(difference(above.softmax_in_front, below.softmax_in_front) -
                       result.softmax_in_front.fields["grad_logits"][i]) <= tolerance);
      }
    }
  }
}

TEMPLATE_TEST_CASE("without a target only what the logits decide is filled", "", float, double) {
  using T = TestType;
  const Shape shape{.N = 2, .C = 3};
  const std::vector<T> x = {1, 2, 3, 3, 2, 1};
  Result<T> full = trace_of<T>(x, shape, {0, 1}, {});
  Result<T> result{{shape, Reduction::mean}, {shape, Reduction::mean}};
  for (Buffers<T>* buffers : {&result.plain, &result.softmax_in_front}) {
    for (const char* field : {"picked", "picked_sum", "loss_by_hand", "losses", "nll_loss", "loss", "grad_logits"}) {
      buffers->fields[field].clear();
    }
  }
  const Trace<T> out{result.plain.spans(), result.softmax_in_front.spans()};
  REQUIRE(celoss::trace<T>(x, shape, nullptr, {}, out).ok());
  for (const char* field : {"row_max", "shifted", "exp", "sum", "softmax", "log_of_softmax", "log_softmax"}) {
    CHECK(result.plain.fields[field] == full.plain.fields[field]);
    CHECK(result.softmax_in_front.fields[field] == full.softmax_in_front.fields[field]);
  }
  CHECK(result.plain.prediction == std::vector<std::int64_t>{2, 0});
}

TEMPLATE_TEST_CASE("no samples and no classes have a trace", "", float, double) {
  using T = TestType;
  Result<T> result = trace_of<T>({}, {.N = 0, .C = 3}, {}, {});
  CHECK(std::isnan(result.plain.fields["loss"][0]));
  CHECK(std::isnan(result.plain.fields["loss_by_hand"][0]));
  CHECK(result.plain.fields["picked_sum"][0] == 0);
  result = trace_of<T>({}, {.N = 2, .C = 0}, {-100, -100}, {.reduction = Reduction::sum});
  CHECK(result.plain.fields["loss"][0] == 0);
  CHECK(result.plain.fields["sum"] == std::vector<T>{0, 0});
  CHECK(result.plain.prediction == std::vector<std::int64_t>{-1, -1});
}

TEMPLATE_TEST_CASE("trace refuses a span of the wrong length and writes nothing", "", float, double) {
  using T = TestType;
  const Shape shape{.N = 2, .C = 3};
  const std::vector<T> x(6, 1);
  const std::vector<std::int64_t> labels = {0, 1};
  const Target<T> target{.indices = labels};
  const Buffers<T> template_buffers(shape, Reduction::mean);
  const auto refuses = [&](Result<T>& result) {
    const Trace<T> out{result.plain.spans(), result.softmax_in_front.spans()};
    const Status status = celoss::trace<T>(x, shape, &target, {}, out);
    CHECK(status.code == StatusCode::output_size_mismatch);
    CHECK(result.plain.untouched());
    CHECK(result.softmax_in_front.untouched());
    return status;
  };
  for (const bool in_front : {false, true}) {
    for (const auto& [field, values] : template_buffers.fields) {
      for (const int change : {-1, 1}) {
        CAPTURE(in_front, field, change);
        Result<T> result{{shape, Reduction::mean}, {shape, Reduction::mean}};
        std::vector<T>& changed = (in_front ? result.softmax_in_front : result.plain).fields[field];
        changed.resize(changed.size() + change, 7);
        const Status status = refuses(result);
        CHECK(status.got == std::ssize(changed));
        CHECK(status.expected == std::ssize(values));
      }
    }
    Result<T> result{{shape, Reduction::mean}, {shape, Reduction::mean}};
    (in_front ? result.softmax_in_front : result.plain).prediction.pop_back();
    refuses(result);
  }
}

TEMPLATE_TEST_CASE("trace refuses what it cannot take and writes nothing", "", float, double) {
  using T = TestType;
  const Shape shape{.N = 2, .C = 3};
  const std::vector<T> x(6, 1);
  Result<T> result{{shape, Reduction::mean}, {shape, Reduction::mean}};
  const auto call = [&](Shape given, const std::vector<std::int64_t>& labels, const Options<T>& options = {}) {
    const Target<T> target{.indices = labels};
    const Trace<T> out{result.plain.spans(), result.softmax_in_front.spans()};
    return celoss::trace<T>(x, given, &target, options, out).code;
  };
  CHECK(call(shape, {0, 3}) == StatusCode::target_out_of_bounds);
  CHECK(call(shape, {0}) == StatusCode::batch_size_mismatch);
  CHECK(call({.N = 2, .C = 2}, {0, 1}) == StatusCode::size_mismatch);
  CHECK(call({.N = 1, .C = 3, .D = 2}, {0, 1}) == StatusCode::not_supported);
  CHECK(call(shape, {0, 1}, {.weight = x}) == StatusCode::not_supported);
  CHECK(call(shape, {0, 1}, {.label_smoothing = 0.1}) == StatusCode::not_supported);
  CHECK(call(shape, {0, 1}, {.reduction = Reduction::none}) == StatusCode::output_size_mismatch);
  const Target<T> soft{.probabilities = x};
  const Status status = celoss::trace<T>(x, shape, &soft, {}, {result.plain.spans(), result.softmax_in_front.spans()});
  CHECK(status.code == StatusCode::not_supported);
  CHECK(status.argument == celoss::Argument::target);
  CHECK(result.plain.untouched());
  CHECK(result.softmax_in_front.untouched());
}
