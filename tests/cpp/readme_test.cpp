// The C++ examples of the READMEs print what their comments say.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "catch.h"

namespace {

/// What the comment behind the printf of the loss says.
std::string promised(const std::string& source) {
  std::ifstream file(source);
  const std::string code((std::istreambuf_iterator<char>(file)), {});
  const std::string printf = "loss[0]);  // ";
  const std::size_t comment = code.find(printf);
  if (comment == std::string::npos) return "nothing";
  const std::size_t begin = comment + printf.size();
  return code.substr(begin, code.find('\n', begin) + 1 - begin);
}

std::string printed(const std::string& program) {
  std::FILE* output = popen(program.c_str(), "r");
  REQUIRE(output != nullptr);
  std::string text;
  char part[64];
  while (std::fgets(part, sizeof part, output) != nullptr) text += part;
  CHECK(pclose(output) == 0);
  return text;
}

}  // namespace

TEST_CASE("the READMEs' examples print what their comments say", "[native]") {
  const std::string name = GENERATE("README", "cpp_README");
  const std::string example = CELOSS_EXAMPLES_DIR "/" + name;
  CHECK(printed("\"" + example + "\"") == promised(example + ".cpp"));
}
