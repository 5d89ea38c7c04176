#include "kernel_impl.h"

const celoss::Kernels celoss::baseline_kernels{"baseline", forward, scale};
