// main for WebAssembly and other machines: for these the host's Catch2 library cannot be linked, only its header (of
// version 2) be compiled.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

int main(int argc, char* argv[]) { return Catch::Session().run(argc, argv); }
