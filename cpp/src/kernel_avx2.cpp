#include "kernel_impl.h"

const celoss::Kernels celoss::avx2_kernels{"avx2", forward, scale};
