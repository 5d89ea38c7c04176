// main for WebAssembly and other machines, for which the host's Catch2 library cannot be linked, only its header (of version 2).
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

int main(int argc, char* argv[]) { return Catch::Session().run(argc, argv); }
