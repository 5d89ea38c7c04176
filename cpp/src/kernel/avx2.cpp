#include "instruction_set.h"

const celoss::Kernels celoss::avx2_kernels{"avx2", forward, scale};
