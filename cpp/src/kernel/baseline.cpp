#include "instruction_set.h"

const celoss::Kernels celoss::baseline_kernels{"baseline", forward, scale};
