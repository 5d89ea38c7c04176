// What every module has: memory, and the status of the last call.
#include "module.h"

#include <cstdlib>

namespace bindings {
namespace {

celoss::Status last_status;

}  // namespace

int outcome(const celoss::Status& status) {
  last_status = status;
  return static_cast<int>(status.code);
}

extern "C" {

/// Embind would name types in its errors with the C library's, which is 4 KB.
int siprintf(char* text, const char*, ...) {
  *text = '\0';
  return 0;
}

/// So many bytes of memory; 0: out of memory. Growing moves the memory: views taken before are dead then.
EMSCRIPTEN_KEEPALIVE Address allocate(std::size_t bytes) { return reinterpret_cast<Address>(std::malloc(bytes)); }

EMSCRIPTEN_KEEPALIVE void release(Address address) { std::free(reinterpret_cast<void*>(address)); }

/// 0: the name of the code, 1: that of the argument, 2: the message; terminated strings.
EMSCRIPTEN_KEEPALIVE Address status_text(int which) {
  static char text[160];
  if (which == 0) return reinterpret_cast<Address>(celoss::code_name(last_status.code));
  if (which == 1) return reinterpret_cast<Address>(celoss::argument_name(last_status.argument));
  celoss::message(last_status, text);
  return reinterpret_cast<Address>(text);
}

/// 0: got, 1: expected, 2: index. (The message has their last digits.)
EMSCRIPTEN_KEEPALIVE double status_number(int which) {
  const std::int64_t numbers[] = {last_status.got, last_status.expected, last_status.index};
  return static_cast<double>(numbers[which]);
}

}  // extern "C"
}  // namespace bindings
