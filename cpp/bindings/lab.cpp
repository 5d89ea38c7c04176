// What the page needs beside the losses: with them, all of lab.wasm.
#include <emscripten/bind.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "celoss/lab/figures.h"
#include "celoss/lab/random.h"
#include "celoss/lab/trace.h"
#include "module.h"

namespace bindings {
namespace {

/// A field of a trace: its name, and its sizes by their letters, where L is how many losses there are. In values or, if
/// it has class indices, in indices.
template <class T>
struct Field {
  std::string_view name, sizes;
  std::span<T> celoss::PipelineTrace<T>::*values;
  std::span<std::int64_t> celoss::PipelineTrace<T>::*indices = nullptr;
};

/// The fields of a pipeline in the order in which they lie one after another, first what the logits alone decide. It is
/// told nowhere else: web/src/lab/trace.ts asks for it.
template <class T, class Pipeline = celoss::PipelineTrace<T>>
constexpr Field<T> logits_fields[] = {
    {"row_max", "N", &Pipeline::row_max},
    {"shifted", "NC", &Pipeline::shifted},
    {"exp", "NC", &Pipeline::exp},
    {"sum", "N", &Pipeline::sum},
    {"softmax", "NC", &Pipeline::softmax},
    {"log_of_softmax", "NC", &Pipeline::log_of_softmax},
    {"log_softmax", "NC", &Pipeline::log_softmax},
    {"prediction", "N", nullptr, &Pipeline::prediction},
};
template <class T, class Pipeline = celoss::PipelineTrace<T>>
constexpr Field<T> target_fields[] = {
    {"picked", "N", &Pipeline::picked},
    {"picked_sum", "", &Pipeline::picked_sum},
    {"loss_by_hand", "L", &Pipeline::loss_by_hand},
    {"losses", "N", &Pipeline::losses},
    {"nll_loss", "L", &Pipeline::nll_loss},
    {"loss", "L", &Pipeline::loss},
    {"grad_logits", "NC", &Pipeline::grad_logits},
};

template <class T>
std::span<const Field<T>> fields(bool of_target) {
  if (of_target) return target_fields<T>;
  return logits_fields<T>;
}

/// Hands out the next piece of a block.
template <class T>
std::span<T> take(T*& block, std::size_t size) {
  const std::span<T> piece(block, size);
  block += size;
  return piece;
}

template <class T>
celoss::PipelineTrace<T> pipeline(T*& values, std::int64_t*& indices, std::size_t N, std::size_t C,
                                  std::size_t losses) {
  celoss::PipelineTrace<T> trace;
  for (const bool of_target : {false, true}) {
    for (const Field<T>& field : fields<T>(of_target)) {
      std::size_t size = 1;
      for (const char letter : field.sizes) size *= letter == 'N' ? N : letter == 'C' ? C : losses;
      if (field.indices != nullptr) {
        trace.*field.indices = take(indices, size);
      } else {
        trace.*field.values = take(values, size);
      }
    }
  }
  return trace;
}

/// The fields that the logits decide, or the targets, in their order: "row_max:N shifted:NC ... prediction:N:int64", a
/// terminated string.
Address trace_fields(bool of_target) {
  static char text[256];
  char* end = text;
  const auto append = [&](std::string_view words) { end = std::copy(words.begin(), words.end(), end); };
  for (const Field<float>& field : fields<float>(of_target)) {
    if (end != text) append(" ");
    append(field.name);
    append(":");
    append(field.sizes);
    if (field.indices != nullptr) append(":int64");
  }
  *end = '\0';
  return reinterpret_cast<Address>(text);
}

/// Both pipelines, the plain one in front: their class indices in indices, all else in values. target may be left out.
int trace(bool float64, Address logits, std::size_t N, std::size_t C, int target_type, Address target,
          std::size_t target_size, int reduction, std::uint32_t ignore_low, std::int32_t ignore_high, Address indices,
          Address values) {
  return call(float64, [&]<class T>(T) {
    const celoss::Options<T> options{.reduction = static_cast<celoss::Reduction>(reduction),
                                     .ignore_index = int64_of(ignore_low, ignore_high)};
    const std::size_t losses = options.reduction == celoss::Reduction::none ? N : 1;
    auto* next_index = reinterpret_cast<std::int64_t*>(indices);
    auto* next_value = reinterpret_cast<T*>(values);
    const auto plain = pipeline(next_value, next_index, N, C, losses);
    const auto softmax_in_front = pipeline(next_value, next_index, N, C, losses);
    const auto given = target_of<T>(target_type, target, target_size);
    return celoss::trace(span<const T>(logits, N * C), shape_of(N, C, 1), target == 0 ? nullptr : &given, options,
                         {plain, softmax_in_front});
  });
}

int sharpen(bool float64, Address input, std::size_t size, double sharpness, Address output) {
  return call(float64, [&]<class T>(T) {
    return celoss::sharpen(span<const T>(input, size), shape_of(1, size, 1), sharpness, span<T>(output, size));
  });
}

int raise_largest(bool float64, Address input, std::size_t size, double gap, Address output) {
  return call(float64, [&]<class T>(T) {
    return celoss::raise_largest(span<const T>(input, size), gap, span<T>(output, size));
  });
}

int rand_of(bool float64, double seed, Address output, std::size_t size) {
  return call(float64, [&]<class T>(T) {
    celoss::rand(static_cast<std::uint32_t>(seed), span<T>(output, size));
    return celoss::Status();
  });
}

int neg_log_curve(double p_min, std::size_t size, Address p, Address loss) {
  return outcome(celoss::neg_log_curve(p_min, span<double>(p, size), span<double>(loss, size)));
}

}  // namespace

EMSCRIPTEN_BINDINGS(lab) {
  using emscripten::function;
  function("traceFields", &trace_fields);
  function("trace", &trace);
  function("sharpen", &sharpen);
  function("raiseLargest", &raise_largest);
  function("rand", &rand_of);
  function("negLogCurve", &neg_log_curve);
}

}  // namespace bindings
