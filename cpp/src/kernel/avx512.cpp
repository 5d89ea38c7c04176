#include "instruction_set.h"

const celoss::Kernels celoss::avx512_kernels{"avx512", forward, scale};
