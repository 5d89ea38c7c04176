#!/usr/bin/env bash
# Builds, serves and tests celoss. Without a command: installs what building needs, builds, serves.
set -euo pipefail
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")"
exec </dev/null # nothing here asks questions

commands=(
  "serve       install what building needs, build, serve the page on this machine"
  "build       install what building needs, build dist/: the library, index.html, site/, the element"
  "pack        build, and pack build/celoss-VERSION.tgz, the npm package"
  "card        make dist/card.png, the picture for links to the page; needs Chromium"
  "test        install what testing needs, run every suite below, count"
  "native      suite: the C++ tests"
  "asan        suite: the C++ tests under the address and undefined behaviour sanitizers"
  "wasm-tests  suite: the C++ tests as WebAssembly, in Node"
  "fuzz        suite: anything at all as input of the C++ library, for 20 seconds"
  "consumer    suite: a project elsewhere that finds the installed C++ library"
  "hostile     suite: projects whose flags change what arithmetic is, with the C++ library inside"
  "check       suite: format and lint of the C++ and the scripts; types, format and lint of the TypeScript"
  "unit        suite: the tests of the TypeScript modules"
  "size        suite: the sizes of dist/ against the committed ones"
  "e2e         suite: the story as a reader walks it, in Chromium, Firefox and WebKit"
  "package     suite: the npm package, installed elsewhere: in Node, to TypeScript, in a bundle, in every example"
  "lighthouse  suite: what Lighthouse finds: accessibility, best practices, SEO, layout shift"
  "arm64       the C++ tests for ARM64, cross-compiled and run by QEMU, without those that need MPFR; not part of test"
  "bench       time the library and the page's model; nothing is judged"
  "peers       time the library beside TensorFlow.js, ONNX Runtime and jax-js in Node, as a table"
  "peers-chromium  the same in Chromium"
  "batch       time how long a batch of 13 MB waits for its verdict in Chromium, and what memory it takes, as a table"
  "edit        time what a keystroke and a drag cost the page in Chromium, and count what they touch, as a table"
  "arrival     time how the page arrives on a slow machine, with Lighthouse's performance score, as a table"
  "heights     measure in Chromium how high frames are, and write it into README and examples"
  "accuracy    the errors of celoss and of PyTorch on the same inputs, as a table"
  "golden      remake the golden data with PyTorch"
  "help        print this list"
)
suites=(native asan wasm-tests fuzz consumer hostile check unit size e2e package lighthouse)
results=build/results # NAME.count: how many tests of a suite passed and failed; beside it the runner's own report

main() {
  local command=${1:-serve} entry
  if ! found em++ && [ -n "${EMSDK:-}" ]; then PATH=$PATH:$EMSDK/upstream/emscripten; fi
  for entry in "${commands[@]}"; do
    if [ "${entry%% *}" = "$command" ] && [ $# -le 1 ]; then
      "command_${command//-/_}"
      return
    fi
  done
  command_help >&2
  return 2
}

command_help() {
  echo "usage: ./build.sh [command]     without a command: serve"
  printf '  %s\n' "${commands[@]}"
}

# ---- Building ----

command_build() {
  if [ -n "${CELOSS_IS_BUILT:-}" ]; then return; fi # by the run of all suites
  need cmake ninja-build g++ emscripten
  build_wasm celoss_modules -DCELOSS_BUILD_TESTS=OFF
  install_packages web
  (
    cd web
    for part in lib page site element cli; do npm run --silent "build:$part"; done
  )
  # Where the code to embed looks for it that the site gives.
  cp dist/cross-entropy-demo.js dist/cross-entropy-demo-*.js dist/site
  if [ -n "${CELOSS_ADDRESS:-}" ]; then make_card; fi
}

command_card() {
  command_build
  if [ -z "${CELOSS_ADDRESS:-}" ]; then make_card; fi # else the build has made it
}

make_card() {
  need chromium fonts-noto-cjk
  node web/card/card.mjs dist/card.png dist/site/card.png
  echo dist/card.png
}

# celoss-VERSION.tgz, as npm would publish it: the package.json of web/ without what only building needs.
command_pack() {
  command_build
  rm -rf build/package build/celoss-*.tgz
  mkdir -p build/package
  cp -r dist README.md LICENSE web/package.json build/package
  cp web/node_modules/lit/LICENSE build/package/LICENSE.lit # Lit is in the element and in the page
  cp web/node_modules/fflate/LICENSE build/package/LICENSE.fflate
  cp web/node_modules/@tanstack/lit-virtual/LICENSE build/package/LICENSE.lit-virtual
  (
    cd build/package
    npm pkg delete private scripts devDependencies
    npm pack --silent --pack-destination ..
  )
}

command_serve() {
  command_build
  exec node web/serve.mjs
}

command_arm64() {
  need cmake ninja-build g++-aarch64-linux-gnu qemu-user-static "${test_libraries[@]}"
  build arm64 celoss_tests -DCMAKE_BUILD_TYPE=Release -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=aarch64 \
    -DCMAKE_CXX_COMPILER=aarch64-linux-gnu-g++
  echo "Without accuracy_test.cpp and math_test.cpp, for which there is no MPFR for ARM64 here, and readme_test.cpp"
  run_catch arm64 qemu-aarch64-static -L /usr/aarch64-linux-gnu build/arm64/celoss_tests
}

command_bench() {
  need libbenchmark-dev libeigen3-dev
  build bench celoss_bench -DCMAKE_BUILD_TYPE=Release -DCELOSS_BUILD_BENCH=ON -DCELOSS_BUILD_TESTS=OFF
  build/bench/celoss_bench
  command_build
  install_packages tests
  (cd tests && npm run --silent bench)
}

command_peers() {
  command_build
  install_packages tests/bench/peers
  node tests/bench/peers/node.js
}

command_peers_chromium() {
  want chromium
  command_build
  install_packages tests
  install_packages tests/bench/peers
  node tests/bench/peers/chromium.js
}

command_batch() {
  want chromium
  command_build
  install_packages tests
  npm --prefix tests run --silent batch
}

command_edit() {
  want chromium
  command_build
  install_packages tests
  npm --prefix tests run --silent edit
}

command_heights() {
  want chromium fonts-noto-cjk
  command_build
  install_packages tests
  npm --prefix tests run --silent heights
}

command_arrival() {
  want chromium
  command_build
  install_packages tests
  install_packages tests/lighthouse
  npm --prefix tests/lighthouse run --silent arrival
}

command_accuracy() {
  need cmake ninja-build g++ "${test_libraries[@]}" libmpfr-dev "${python_libraries[@]}"
  build native celoss_accuracy -DCMAKE_BUILD_TYPE=Release
  "$(python_with torch numpy)" tests/cpp/accuracy_table.py build/native/celoss_accuracy
}

command_golden() {
  need python3-torch python3-mpmath
  "$(python_with torch mpmath)" tests/golden/make_golden.py
}

build() { # folder under build/, target, flags for cmake
  local folder=$1 target=$2
  shift 2
  configure "$folder" "$@"
  cmake --build "build/$folder" --target "$target"
}

configure() { # folder under build/, flags for cmake
  local folder=build/$1
  shift
  # A build folder does not survive a move of the checkout.
  if ! grep -qsxF "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "$folder/CMakeCache.txt"; then rm -rf "$folder"; fi
  cmake -S . -B "$folder" -G Ninja --log-level=NOTICE "$@"
}

build_wasm() { # target, flags for cmake
  local target=$1 emscripten
  shift
  emscripten=$(emscripten_root)
  # Debian's Emscripten needs Debian's acorn, which a Node from elsewhere does not look for.
  if [ "$emscripten" = /usr/share/emscripten ]; then local -x NODE_PATH=/usr/share/nodejs; fi
  build wasm "$target" -DCMAKE_BUILD_TYPE=Release \
    "-DCMAKE_TOOLCHAIN_FILE=$emscripten/cmake/Modules/Platform/Emscripten.cmake" "$@"
}

install_packages() { # a folder with a package.json; does nothing while the lock is the one that was installed last
  local lock=$1/package-lock.json installed=$1/node_modules/.installed-lock.json
  need_node
  if cmp -s "$lock" "$installed"; then return; fi
  (cd "$1" && npm ci --no-audit --no-fund)
  cp "$lock" "$installed"
}

# ---- Testing ----

# Every suite runs by itself, so that one that fails or crashes does not stop the others.
command_test() {
  want cmake ninja-build g++ emscripten "${test_libraries[@]}" libmpfr-dev clang libclang-rt-14-dev \
    clang-format clang-tidy shellcheck "${python_libraries[@]}" "${browsers[@]}"
  rm -rf "$results"
  mkdir -p "$results"
  # Once for all suites; where it fails, each that needs it says so.
  if "$BASH" build.sh build; then export CELOSS_IS_BUILT=yes; fi
  local suite status passed failed all_passed=0 all_failed=0 summary=""
  for suite in "${suites[@]}"; do
    printf '\n== %s\n' "$suite"
    echo "0 1" >"$results/$suite.count" # stays if the suite does not get as far as counting
    status=0
    "$BASH" build.sh "$suite" || status=1
    read -r passed failed <"$results/$suite.count"
    if [ "$failed" -eq 0 ]; then failed=$status; fi
    summary+=$(printf '%-12s%d passed, %d failed' "$suite" "$passed" "$failed")$'\n'
    all_passed=$((all_passed + passed))
    all_failed=$((all_failed + failed))
  done
  printf '\n%s\n%d passed, %d failed\n' "$summary" "$all_passed" "$all_failed"
  [ "$all_failed" -eq 0 ]
}

test_libraries=(catch2 nlohmann-json3-dev)
python_libraries=(python3-torch python3-numpy) # what the page exports is read back by them
browsers=(chromium firefox-esr webkit2gtk-driver xvfb fonts-noto-cjk fonts-stix)

command_native() {
  need cmake ninja-build g++
  want "${test_libraries[@]}" libmpfr-dev
  build native celoss_tests -DCMAKE_BUILD_TYPE=Release
  run_catch native build/native/celoss_tests
}

command_asan() {
  need cmake ninja-build g++
  want "${test_libraries[@]}" libmpfr-dev
  build asan celoss_tests -DCMAKE_BUILD_TYPE=Debug -DCELOSS_SANITIZE=ON
  run_catch asan build/asan/celoss_tests
}

command_wasm_tests() {
  need cmake ninja-build g++ emscripten
  want "${test_libraries[@]}"
  need_node
  build_wasm celoss_tests -DCELOSS_BUILD_TESTS=ON
  run_catch wasm-tests node build/wasm/celoss_tests.js
}

command_fuzz() {
  need cmake ninja-build g++
  want clang libclang-rt-14-dev
  local name passed=0 failed=0
  build fuzz celoss_fuzz -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_BUILD_TYPE=RelWithDebInfo \
    -DCELOSS_SANITIZE=ON -DCELOSS_FUZZ=ON -DCELOSS_BUILD_TESTS=OFF
  for name in cross_entropy diagnosis; do
    mkdir -p "build/fuzz/corpus/$name" # what it finds; the committed corpus stays as it is
    if "build/fuzz/${name}_fuzz" -max_total_time=10 -timeout=5 -max_len=256 -len_control=0 -verbosity=0 \
      -artifact_prefix=build/fuzz/ "build/fuzz/corpus/$name" "tests/fuzz/corpus/$name"; then
      passed=$((passed + 1))
    else
      failed=$((failed + 1))
    fi
  done
  count fuzz 0 "$passed $failed"
}

command_consumer() {
  need cmake ninja-build g++
  local folder passed=0
  folder=$(mktemp -d) # nothing of this checkout can be found from there
  build native celoss -DCMAKE_BUILD_TYPE=Release
  cmake --install build/native --prefix "$folder/installed" >/dev/null
  mv "$folder/installed" "$folder/moved" # as from a package: what is installed does not know where it lies
  cp -r tests/cpp/consumer "$folder/source"
  cmake -S "$folder/source" -B "$folder/build" -G Ninja --log-level=NOTICE "-DCMAKE_PREFIX_PATH=$folder/moved"
  cmake --build "$folder/build"
  # ln(1 + exp(-1) + exp(-2)), twice
  if [ "$("$folder/build/consumer")" = "ok 0.4076059644" ]; then passed=1; fi
  rm -rf "$folder"
  count consumer 0 "$passed $((1 - passed))"
}

command_hostile() {
  need cmake ninja-build g++ clang
  local status=0
  mkdir -p "$results"
  tests/cpp/hostile/hostile.sh | tee "$results/hostile.txt" || status=$?
  count hostile "$status" "$(tail -n 1 "$results/hostile.txt" | grep -x '[0-9]* [0-9]*')"
}

command_check() {
  need cmake ninja-build g++ clang-format clang-tidy shellcheck
  install_packages web
  install_packages tests
  local folder passed=0 failed=0
  for folder in web tests; do
    if (cd "$folder" && npm run --silent check); then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  done
  if check_cpp_format; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  if lint_cpp; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  if shellcheck build.sh .ci/run tests/cpp/hostile/hostile.sh; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  count check 0 "$passed $failed"
}

check_cpp_format() {
  find cpp tests/cpp tests/fuzz '(' -name '*.cpp' -o -name '*.h' ')' -exec clang-format --dry-run --Werror {} +
}

lint_cpp() { # the core only: what tests do wrong they find themselves
  configure lint -DCELOSS_BUILD_TESTS=OFF -DCMAKE_EXPORT_COMPILE_COMMANDS=ON || return 1
  run-clang-tidy -quiet -p build/lint >build/lint/report.txt 2>/dev/null || { cat build/lint/report.txt && return 1; }
}

command_unit() {
  want "${python_libraries[@]}" chromium fonts-noto-cjk
  command_build
  run_in tests unit
}

command_size() {
  command_build
  run_in tests size
}

command_e2e() {
  want "${browsers[@]}"
  command_build
  run_in tests e2e
}

command_package() {
  want "${browsers[@]}"
  command_pack
  run_in tests package
}

command_lighthouse() {
  want chromium
  command_build
  run_in tests/lighthouse lighthouse
}

run_catch() { # suite, the command that runs it
  local suite=$1 report=$results/$1.xml status=0
  shift
  mkdir -p "$results"
  rm -f "$report"
  "$@" --reporter xml --out "$report" || status=$?
  if [ "$status" -ne 0 ]; then "$@" || true; fi # again, for people to read
  local totals='s/.*<OverallResultsCases successes="\([0-9]*\)" failures="\([0-9]*\)".*/\1 \2/p'
  count "$suite" "$status" "$(sed -n "$totals" "$report" | tail -n 1)"
}

run_in() { # folder, suite and script in its package.json
  local suite=$2 report=$results/$2.json status=0
  install_packages "$1"
  mkdir -p "$results"
  rm -f "$report"
  (cd "$1" && npm run --silent "$suite") || status=$?
  count "$suite" "$status" "$(node tests/count.mjs "$report")"
}

count() { # suite, exit status of its runner, "passed failed"
  if [ -z "$3" ]; then echo "$1: crashed before it could count" && return 1; fi
  mkdir -p "$results"
  echo "$3" >"$results/$1.count"
  echo "$1: ${3% *} passed, ${3#* } failed"
  case $3 in
    "0 "*) return 1 ;; # also when no test ran
    *" 0") return "$2" ;;
    *) return 1 ;;
  esac
}

# ---- What has to be installed ----
# Things are named by their Debian packages, and looked for by what those bring, wherever it came from.

found() { command -v "$1" >/dev/null; }

found_one_of() {
  local name
  for name in "$@"; do if found "$name"; then return; fi; done
  return 1
}

found_header() {
  printf '#if !__has_include(<%s>)\n#error\n#endif\n' "$1" | c++ -E -x c++ - >/dev/null 2>&1
}

is_installed() {
  case $1 in
    ninja-build) found ninja ;;
    emscripten) found em++ ;;
    catch2) found_header catch2/catch_all.hpp || found_header catch2/catch.hpp ;;
    nlohmann-json3-dev) found_header nlohmann/json.hpp ;;
    clang) found clang++ ;;
    g++-aarch64-linux-gnu) found aarch64-linux-gnu-g++ ;;
    qemu-user-static) found qemu-aarch64-static ;;
    libclang-rt-14-dev) clang_can_fuzz ;;
    libmpfr-dev) found_header mpfr.h ;;
    libeigen3-dev) found_header eigen3/Eigen/Core ;;
    libbenchmark-dev) found_header benchmark/benchmark.h ;;
    python3-torch) python_with torch >/dev/null ;;
    python3-numpy) python_with torch numpy >/dev/null ;;
    python3-mpmath) python_with torch mpmath >/dev/null ;;
    chromium) found_one_of chromium chromium-browser google-chrome ;;
    firefox-esr) found_one_of firefox-esr firefox ;;
    webkit2gtk-driver) found WebKitWebDriver ;;
    xvfb) found Xvfb ;;
    fonts-noto-cjk) [ -n "$(fc-list :lang=zh 2>/dev/null)" ] ;;
    fonts-stix) [[ "$(fc-list 2>/dev/null)" == *STIX* ]] ;;
    *) found "$1" ;;
  esac
}

clang_can_fuzz() {
  echo 'extern "C" int LLVMFuzzerTestOneInput(const char*, unsigned long) { return 0; }' |
    clang++ -x c++ - -fsanitize=fuzzer -o /dev/null 2>/dev/null
}

# Installs what is missing, with apt where there is apt and a way to be root, and names what is missing still.
want() {
  local package missing=() available=()
  for package in "$@"; do if ! is_installed "$package"; then missing+=("$package"); fi; done
  if [ ${#missing[@]} -eq 0 ]; then return; fi
  if found apt-get && { [ "$(id -u)" -eq 0 ] || found sudo; }; then
    echo "Installing ${missing[*]}"
    as_root apt-get -qq update || true
    for package in "${missing[@]}"; do
      if apt-cache show "$package" >/dev/null 2>&1; then available+=("$package"); fi
    done
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends "${available[@]}" || true
  fi
  for package in "${missing[@]}"; do
    if ! is_installed "$package"; then echo "Missing: $package. On Debian: sudo apt-get install $package" >&2; fi
  done
}

need() { # as want, and stops if something is missing still
  local package
  want "$@"
  for package in "$@"; do is_installed "$package"; done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# Vite needs Node 20.19. npm must be 11: npm 9 leaves out the native parts of what a lock file names, without a word.
# Where the machine's own are older, npm fetches both into build/tools.
need_node() {
  PATH=$PWD/build/tools/node_modules/.bin:$PATH
  if node_is_new && npm_is_new; then return; fi
  need npm
  local tools=(npm@11)
  if ! node_is_new; then tools+=("node-$(machine)@24"); fi
  echo "Fetching ${tools[*]} into build/tools"
  mkdir -p build/tools
  npm install --prefix build/tools --no-audit --no-fund "${tools[@]}" || true
  hash -r
  if node_is_new && npm_is_new; then return; fi
  echo "Missing: Node.js 20.19 or newer with npm 11 or newer, see https://nodejs.org" >&2
  return 1
}

machine() { # as npm's packages of Node are named: linux-x64, linux-arm64, darwin-arm64
  uname -sm | tr '[:upper:] ' '[:lower:]-' | sed 's/x86_64/x64/; s/aarch64/arm64/'
}

node_is_new() {
  local major minor
  found node && IFS=. read -r major minor _ <<<"$(node --version | tr -d v)" &&
    { [ "$major" -gt 22 ] || [ "$major.$((minor >= 12))" = 22.1 ] || [ "$major.$((minor >= 19))" = 20.1 ]; }
}

npm_is_new() {
  found npm && [ "$(npm --version 2>/dev/null | cut -d . -f 1)" -ge 11 ]
}

emscripten_root() { # em-config knows it, but not every emsdk has one
  em-config EMSCRIPTEN_ROOT 2>/dev/null || dirname "$(readlink -f "$(command -v em++)")"
}

python_with() { # modules; prints the Python that has them all
  local python
  for python in python3 /usr/bin/python3; do
    if "$python" -c 'import sys; [__import__(module) for module in sys.argv[1:]]' "$@" 2>/dev/null; then
      echo "$python" && return
    fi
  done
  return 1
}

main "$@"
