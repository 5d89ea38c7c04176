#!/usr/bin/env bash
# celoss in projects whose flags would make it wrong: it is right all the same, or does not compile and says why.
# Prints what was tried, and last "passed failed".
set -euo pipefail
shopt -s globstar
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
passed=0 failed=0

check() { # what was tried; 0 if it went well
  if [ "$2" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)) && echo "FAILED  $1"; fi
}

# What a project with such flags prints.
printed() { # flags for cmake
  rm -rf "$folder/build"
  cmake -S tests/cpp/hostile -B "$folder/build" -G Ninja --log-level=NOTICE -DCMAKE_BUILD_TYPE=Release \
    "-DCELOSS_DIRECTORY=$PWD" "$@" >"$folder/log"
  if cmake --build "$folder/build" >>"$folder/log"; then "$folder/build/hostile"; else tail -n 30 "$folder/log" >&2; fi
}

expected=$(printed)
case $expected in "1.0646 "*) check "no flags" 0 ;; *) check "no flags: $expected" 1 ;; esac

same() { # what; flags for cmake
  local what=$1 got
  shift
  got=$(printed "$@")
  if [ "$got" = "$expected" ]; then check "$what" 0; else check "$what: $got instead of $expected" 1; fi
}

# (Linking with -ffast-math also makes the program flush subnormal numbers.)
same "-ffast-math, a shared celoss" -DCMAKE_CXX_FLAGS=-ffast-math -DBUILD_SHARED_LIBS=ON
same "-Ofast, and contraction" -DCMAKE_CXX_FLAGS_RELEASE=-Ofast \
  "-DHOSTILE_OPTIONS=-march=native;-ffp-contract=off;-ffp-contract=fast"
same "single flags" \
  "-DCMAKE_CXX_FLAGS=-fassociative-math -fno-signed-zeros -fno-trapping-math -freciprocal-math -ffinite-math-only" \
  -DHOSTILE_OPTIONS=-fsingle-precision-constant
same "clang's -ffp-model=fast" -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_CXX_FLAGS=-ffp-model=fast

refused() { # what; words of the error; the compiler's arguments
  local what=$1 words=$2 status=1
  shift 2
  if ! g++ -fsyntax-only -std=c++20 -Icpp/include "$@" 2>"$folder/log" && grep -q -e "#error" -e "static assertion" \
    "$folder/log" && grep -q -e "$words" "$folder/log"; then status=0; fi
  check "$what is refused in words" "$status"
}

# Flags that come behind celoss's own.
for source in cpp/src/**/*.cpp; do
  case $source in # no arithmetic of floating-point numbers
    cpp/src/status.cpp | cpp/src/kernel/kernels.cpp | cpp/src/lab/call.cpp | cpp/src/lab/finding.cpp) continue ;;
  esac
  refused "$source with -ffast-math" "-fno-fast-math" -ffast-math "$source"
done
for flags in -ffinite-math-only -freciprocal-math "-fassociative-math -fno-signed-zeros -fno-trapping-math"; do
  # shellcheck disable=SC2086 # several flags
  refused "$flags" "-fno-fast-math" $flags cpp/src/math.cpp
done
refused -fsingle-precision-constant "-fsingle-precision-constant" -fsingle-precision-constant cpp/src/math.cpp
if [ "$(uname -m)" = x86_64 ]; then refused -mfpmath=387 "other precision" -mfpmath=387 cpp/src/math.cpp; fi

for header in cpp/include/**/*.h; do
  case $header in */cxx20.h | */floors.h) continue ;; esac
  refused "${header#cpp/include/} as C++17" "needs C++20" -std=c++17 -x c++ "$header"
done
status=0
g++ -fsyntax-only -std=c++20 -Wall -Wextra -Werror -ffast-math -Icpp/include tests/cpp/hostile/results.cpp || status=1
check "the headers compile with -ffast-math" "$status"

echo "$passed $failed"
