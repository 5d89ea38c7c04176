// What the headers need of the language, said in words.
#pragma once

#if __cplusplus <= 201703L
#error "celoss needs C++20: -std=c++20, or in CMake link celoss::celoss, which asks for it"
#endif
