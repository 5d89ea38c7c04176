// celoss: torch.nn.CrossEntropyLoss, small and exact. This header includes all of it.
//
// Every function is noexcept, allocates nothing, prints nothing and keeps no state: inputs are read-only
// spans, outputs are spans that the caller owns, and what can go wrong comes back as a Status (status.h).
// T is float or double: PyTorch's float32 and float64.
#pragma once

#include "celoss/cross_entropy.h"
#include "celoss/floors.h"
#include "celoss/lab/figures.h"
#include "celoss/lab/random.h"
#include "celoss/lab/trace.h"
#include "celoss/nll_loss.h"
#include "celoss/options.h"
#include "celoss/shape.h"
#include "celoss/softmax.h"
#include "celoss/status.h"
#include "celoss/target.h"
