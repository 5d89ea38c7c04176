#include <cstdio>
#include <string>

#include "catch.h"

TEST_CASE("the README's example prints what its comment says", "[native]") {
  std::FILE* output = popen("\"" CELOSS_README_EXAMPLE "\"", "r");
  REQUIRE(output != nullptr);
  char line[16] = {};
  const char* printed = std::fgets(line, sizeof line, output);
  CHECK(pclose(output) == 0);
  REQUIRE(printed != nullptr);
  CHECK(std::string(line) == "1.0646\n");
}
