#include "kernel_impl.h"

const celoss::Kernels celoss::avx512_kernels{"avx512", forward, scale};
