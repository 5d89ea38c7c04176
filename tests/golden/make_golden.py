"""Makes the golden files beside it: what PyTorch says, and what is exact.

Run:    /usr/bin/python3 tests/golden/make_golden.py
Needs:  Debian 12's python3-torch (1.13.1, which calls itself 1.13.0a0) and python3-mpmath.
Running it again writes the same bytes: seeds are fixed, one thread, one set of CPU kernels.

PyTorch 2.14 makes another set of files, NAME_2.14.json: of all the cases those that it answers differently, beyond
rounding. No file means that there are none. To run it on Debian 12 (2.14.1, which calls itself 2.14.1+debian):

    debootstrap --variant=minbase sid ../sid
    chroot ../sid apt-get install --no-install-recommends python3-torch python3-mpmath
    cp -r tests/golden ../sid
    chroot ../sid python3 golden/make_golden.py
    cp ../sid/golden/*_2.14.json tests/golden

Every file is {"maker", "torch", "seed", "about", "cases"}; every case has a name. Arrays are flat, in row-major order
of "shape". Numbers are the shortest decimals of the float64 that equals the value (also for float32), and where
JSON has no number the strings "nan", "inf" and "-inf"; -0.0 is kept. A loss is a list, with one value per sample for
the reduction "none" and else with one value. Gradients are those of the loss, for "none" of the sum of the losses.
"exact" is the true result for the given input, computed with 60 digits and rounded once to float64; it is NaN or
infinite where PyTorch's definition makes it so (0 * inf), and not where PyTorch's float32 merely overflows on its way.
"terms", where it is there, says to two digits how large the largest term of each result is, for results whose terms
have both signs and cancel: soft targets' gradients, losses with negative weights or probabilities.

softmax.json        logits                          torch, exact: softmax, log_softmax; torch: log_of_softmax
                    and grad_probs (the gradient with respect to softmax's output) -> torch, exact: grad_logits
softmax_dim.json    logits, dim, grad_output -> torch, exact: softmax, log_softmax, softmax_backward,
                    log_softmax_backward; exact backwards are those of exact outputs rounded to dtype; terms
nll_loss.json       log_probs, target, reduction, ignore_index   -> torch, exact: loss, grad_log_probs
cross_entropy.json  logits, target, reduction, ignore_index      -> torch, exact: loss, grad_logits
                    Both, where they differ from PyTorch's defaults: weight, label_smoothing (cross_entropy),
                    probabilities in place of target (cross_entropy), grad_output (the upstream gradient of the loss,
                    a list as the loss is), terms. Names of the matrix are its options, then the number of dimensions
                    and the dtype: mean_weight_ignore_index_4d_float32.
note.json           logits, target, reduction, ignore_index      -> torch, exact, printed: plain and softmax_in_front,
                    each with the fields of cpp/include/celoss/lab/trace.h; printed is str() of torch's tensor
large.json          logits = scale * rand(seed) in dtype, target or probabilities_seed, weight_seed, label_smoothing;
                    weight and probabilities are rand(...) of their seeds -> torch, exact: loss, grad_logits at
                    "entries", and exact sum_of_squares: the sum of the squares of all entries of grad_logits
random.json         seed, dtype, shape -> data: torch.manual_seed(seed); torch.rand(shape)
errors.json         function, arguments (weight is of weight_dtype or input_dtype) -> type and message of PyTorch's
                    exception
calls.json          function, input, target, weight (each with dtype, shape, data), options -> answer of PyTorch, there and
                    back: loss and grad, or type and message of its exception
half_precision.json dtype, shape, seed, scale, target, weight -> torch: loss of scale * (rand(seed) - 0.5) in dtype, whose
                    targets are (step * i) mod C and, where ignored divides i, ignored; a value or PyTorch's exception
halves.json         dtype, bits -> value: the numbers that bits of float16 and bfloat16 are, as tensor.float() has them
printed.json        dtype, shape, data -> str: what print() shows of the tensor
formatted.json      value -> fixed, exponential: what f"{value:.nf}" and f"{value:.ne}" write, for n = 0, 1, 2, 3, 4
"""

import itertools
import json
import math
import os
import pathlib
import random

os.environ["ATEN_CPU_CAPABILITY"] = "avx2"  # the last digit of exp differs between the sets of kernels

import mpmath  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402

FOLDER = pathlib.Path(__file__).parent
IS_2_14 = torch.__version__.startswith("2.14")
SEED = 20230306
INF, NAN = float("inf"), float("nan")
DTYPES = {"float32": torch.float32, "float64": torch.float64, "int64": torch.int64}
NOTE_X = [[0.74594, 0.58806, 0.47946], [0.28940, 0.05678, 0.34387], [0.61236, 0.75584, 0.43084]]
NOTE_Y = [0, 1, 1]

mpmath.mp.dps = 60
torch.set_num_threads(1)
generator = torch.Generator().manual_seed(SEED)


# Numbers.


def to_float(value):
    """An mpmath number rounded once to float64: Python reads decimals correctly, subnormals too."""
    return float(mpmath.nstr(value, 50))


def jsonable(value):
    """Tensors and lists as flat or nested lists of JSON numbers and strings."""
    if isinstance(value, torch.Tensor):
        return jsonable(value.detach().reshape(-1).tolist())
    if isinstance(value, dict):
        return {key: jsonable(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [jsonable(entry) for entry in value]
    if isinstance(value, mpmath.mpf):
        return jsonable(to_float(value))
    if isinstance(value, float) and (value != value or value in (INF, -INF)):
        return str(value)
    return value


def is_same(ours, theirs):
    """Whether two results are the same up to rounding; exact ones up to that of mpmath's versions."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(is_same(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(is_same(a, b) for a, b in zip(ours, theirs))
    if isinstance(ours, float) and isinstance(theirs, float):
        return abs(ours - theirs) <= 1e-5 * max(1.0, abs(ours), abs(theirs))
    return ours == theirs


def write(name, about, cases):
    names = [case["name"] for case in cases]
    assert len(set(names)) == len(names), sorted(n for n in names if names.count(n) > 1)
    if IS_2_14:
        file = FOLDER / name
        before = {case["name"]: case for case in json.loads(file.read_text())["cases"]}
        cases = [case for case in cases if not is_same(jsonable(case), before[case["name"]])]
        name, about = f"{file.stem}_2.14.json", f"{about}: where PyTorch 2.14 answers differently"
        if not cases:
            (FOLDER / name).unlink(missing_ok=True)
            return
    head = {"maker": "tests/golden/make_golden.py", "torch": torch.__version__, "seed": SEED, "about": about}
    lines = [json.dumps(jsonable(case), allow_nan=False, ensure_ascii=False) for case in cases]
    text = json.dumps(head)[:-1] + ', "cases": [\n' + ",\n".join(lines) + "\n]}\n"
    (FOLDER / name).write_text(text)
    print(f"{name}: {len(cases)} cases, {len(text)} bytes")


# The exact results. Rows and targets come as Python lists, one row per sample.


def rows_of(tensor):
    """(N, C, d...) or (C) as one row of exact numbers per sample, in the order of the targets."""
    if tensor.dim() == 1:
        tensor = tensor[None]
    if tensor.numel() == 0:
        return [[]] * math.prod(tensor.shape[:1] + tensor.shape[2:])
    rows = tensor.movedim(1, -1).reshape(-1, tensor.shape[1]).tolist()
    return [[mpmath.mpf(x) for x in row] for row in rows]


def flat_of(rows, shape):
    """The reverse of rows_of: a flat list in the order of (N, C, d...)."""
    if len(shape) == 1:
        shape = [1, *shape]
    if 0 in shape:
        return []
    index = torch.arange(len(rows) * shape[1]).reshape([shape[0], *shape[2:], shape[1]]).movedim(-1, 1).reshape(-1)
    entries = [entry for row in rows for entry in row]
    return [entries[i] for i in index.tolist()]


def exact_softmax(row):
    """softmax and log_softmax of a row, and a function for softmax - 1 that keeps its digits."""
    if any(mpmath.isnan(x) or x == INF for x in row) or all(x == -INF for x in row):
        return [mpmath.nan] * len(row), [mpmath.nan] * len(row), lambda c: mpmath.nan
    first = row.index(max(row))
    exps = [mpmath.mpf(0) if x == -INF else mpmath.exp(x - row[first]) for x in row]
    others = mpmath.fsum(e for c, e in enumerate(exps) if c != first)
    probs = [e / (1 + others) for e in exps]
    log_probs = [-mpmath.inf if x == -INF else x - row[first] - mpmath.log1p(others) for x in row]
    less_one = lambda c: -(others if c == first else 1 + (others - exps[c])) / (1 + others)  # noqa: E731
    return probs, log_probs, less_one


def divide(a, b):
    """a / b as floating point has it: NaN for 0 / 0, and infinite for other numbers over 0."""
    if b != 0:
        return a / b
    return mpmath.nan if a == 0 else a * mpmath.inf


def size_of(values):
    """The size of the largest of values, to say how exact their sum can be; 0 where that is not a question."""
    sizes = [abs(v) for v in values]
    return max(sizes, default=mpmath.mpf(0)) if all(map(mpmath.isfinite, sizes)) else mpmath.mpf(0)


class Loss:
    """The options of a loss function, with PyTorch's defaults, and what is exact for them."""

    def __init__(self, reduction="mean", ignore_index=-100, weight=None, label_smoothing=0.0, grad_output=None):
        self.reduction, self.ignore_index, self.label_smoothing = reduction, ignore_index, label_smoothing
        self.weight, self.grad_output = weight, grad_output
        self.s = mpmath.mpf(label_smoothing)

    def torch(self):
        options = {"reduction": self.reduction, "ignore_index": self.ignore_index}
        if self.weight is not None:
            options["weight"] = self.weight
        return {**options, "label_smoothing": self.label_smoothing} if self.label_smoothing else options

    def weights(self, C):
        return [mpmath.mpf(1)] * C if self.weight is None else [mpmath.mpf(w) for w in self.weight.tolist()]

    def total_weight(self, targets, C):
        w = self.weights(C)
        return mpmath.fsum(w[t] for t in targets if t != self.ignore_index)

    def reduce(self, losses, divisor):
        if self.reduction == "none":
            return losses
        total = mpmath.fsum(losses)
        return [total if self.reduction == "sum" else divide(total, divisor)]

    def upstream(self, count, divisor):
        """The derivative of the loss with respect to the loss of each sample."""
        given = None if self.grad_output is None else [mpmath.mpf(g) for g in self.grad_output.reshape(-1).tolist()]
        if self.reduction == "none":
            return given or [mpmath.mpf(1)] * count
        return [divide(given[0] if given else mpmath.mpf(1), divisor if self.reduction == "mean" else 1)] * count

    def nll_loss(self, rows, targets, C):
        """loss, gradients, and the sizes of the terms of loss, if they cancel: targets are class indices."""
        w = self.weights(C)
        divisor = self.total_weight(targets, C)
        ignored = [t == self.ignore_index for t in targets]
        losses = [mpmath.mpf(0) if i else -row[t] * w[t] for row, t, i in zip(rows, targets, ignored)]
        upstream = self.upstream(len(targets), divisor)
        grads = [[mpmath.mpf(0)] * C for _ in targets]
        for grad, t, i, g in zip(grads, targets, ignored, upstream):
            if not i:
                grad[t] = -w[t] * g
        return self.reduce(losses, divisor), grads, self.sum_size(losses, divisor)

    def sum_size(self, terms, divisor):
        if self.reduction == "none" or not any(x < 0 for x in terms):
            return None
        return [abs(divide(size_of(terms), divisor if self.reduction == "mean" else 1))]

    def cross_entropy(self, rows, target, C, dtype="float64", probabilities=False):
        """loss, gradients, and the sizes of the terms of both: target has class indices or rows of probabilities."""
        softmaxes = [exact_softmax(row) for row in rows]
        log_probs = [log_probs for _, log_probs, _ in softmaxes]
        w, spread = self.weights(C), divide(self.s, mpmath.mpf(C))
        if probabilities:
            # target_c * weight_c of each sample, without a class to pick.
            q = [[(p * (1 - self.s) + spread if self.s else p) * w[c] for c, p in enumerate(row)] for row in target]
            ignored, divisor = [False] * len(rows), mpmath.mpf(len(rows) if C else 0)
            losses = [-mpmath.fsum(lp * x for lp, x in zip(*pair)) for pair in zip(log_probs, q)]
            loss = self.reduce(losses, divisor)
        else:
            ignored, divisor = [t == self.ignore_index for t in target], self.total_weight(target, C)
            loss, _, _ = self.nll_loss(log_probs, target, C)
            q = [[mpmath.mpf(0)] * C for _ in target]
            for row, t, i in zip(q, target, ignored):
                if not i:
                    row[t] = w[t] * (1 - self.s)
            if self.s:
                smooth = [mpmath.mpf(0) if i else -mpmath.fsum(lp * x for lp, x in zip(row, w))
                          for row, i in zip(log_probs, ignored)]  # fmt: skip
                loss = [(1 - self.s) * a + spread * b for a, b in zip(loss, self.reduce(smooth, divisor))]
                q = [[x + (0 if i else spread) * w[c] for c, x in enumerate(row)] for row, i in zip(q, ignored)]

        grads, grad_sizes = [], []
        soft = probabilities or bool(self.s)
        upstream = self.upstream(len(rows), divisor)
        for (probs, _, less_one), t, q_row, i, g in zip(softmaxes, target, q, ignored, upstream):
            grad, size = self.grad(probs, less_one, None if soft else t, q_row, mpmath.mpf(0) if i else g, dtype)
            grads.append(grad)
            grad_sizes.append(size)
        terms = {}
        if any(x < 0 for row in q for x in row):
            sizes = [size_of(lp * x for lp, x in zip(*pair) if x != 0) for pair in zip(log_probs, q)]
            if self.reduction != "none":
                sizes = [abs(divide(size_of(sizes), divisor if self.reduction == "mean" else 1))]
            terms["loss"] = sizes
        if soft:
            terms["grad_logits"] = grad_sizes
        return loss, grads, terms

    def grad(self, probs, less_one, t, q, g, dtype):
        """The gradient of g * -sum(q * log_softmax) of one sample, and the sizes of its terms; t: the only class."""
        if all(map(mpmath.isfinite, [g, *q])):
            with mpmath.workdps(700):  # enough for any float64 beside any other
                total = mpmath.fsum(q)
                rest = [total - x for x in q]
            grad = [g * (p * rest[c] + q[c] * less_one(c)) for c, p in enumerate(probs)]
            total_size = mpmath.fsum(map(abs, q))
            return grad, [abs(g) * size_of([p * total_size, x]) for p, x in zip(probs, q)]
        # As autograd computes it, with probabilities that may have become 0.
        grad_log_probs = [-g * x if t in (None, c) else mpmath.mpf(0) for c, x in enumerate(q)]
        total = mpmath.fsum(grad_log_probs)
        return [x - rounded(p, dtype) * total for x, p in zip(grad_log_probs, probs)], [mpmath.mpf(0)] * len(q)


def rounded(value, dtype):
    return mpmath.mpf(torch.tensor(to_float(value), dtype=DTYPES[dtype]).item())


def exact_softmax_backward(grad_rows, prob_rows):
    result = []
    for grad, probs in zip(grad_rows, prob_rows):
        dot = mpmath.fsum(g * p for g, p in zip(grad, probs))
        result.append([p * (g - dot) for g, p in zip(grad, probs)])
    return result


# Cases.


def tensor(rows, dtype):
    return torch.tensor(rows, dtype=DTYPES[dtype])


def normal(shape, dtype, scale=2.0):
    return (torch.randn(shape, generator=generator, dtype=torch.float64) * scale).to(DTYPES[dtype])


def labels(shape, ignore_index=None):
    """Random targets for logits of a shape; with an ignore_index, about every third of them is ignored."""
    target_shape = [shape[0], *shape[2:]]
    target = torch.randint(0, shape[1], target_shape, generator=generator)
    if ignore_index is not None:
        target[torch.rand(target_shape, generator=generator) < 0.35] = ignore_index
    return target


SHAPES = [(1, 1), (3, 1), (1, 2), (3, 3), (17, 3), (3, 10), (2, 3, 4), (2, 3, 2, 2), (2, 1, 3)]
EMPTY_SHAPES = [(0, 3), (0, 0), (0, 3, 2), (2, 3, 0)]
GAPS = [87, 88, 88.8, 100, 103, 103.9, 103.95, 103.97, 103.98, 104]

# name: (rows, targets), for float32 and float64
EXTREMES = {
    "plus_minus_1e4": ([[1e4, -1e4, 0.0], [-1e4, 1e4, 0.0], [-1e4, -1e4, -1e4 + 1]], [0, 0, 2]),
    "plus_minus_3e38": ([[3e38, -3e38, 0.0], [3e38, -3e38, 0.0], [3e38] * 3, [-3e38] * 3], [0, 1, 2, 0]),
    "all_equal": ([[0.0] * 3, [5.0] * 3, [-100.0] * 3, [0.1] * 3], [0, 1, 2, 0]),
    "minus_inf_in_row": ([[1.0, 2.0, -INF], [-INF, 0.0, -INF]], [0, 1]),
    "minus_inf_at_target": ([[1.0, 2.0, -INF], [0.5, 0.25, 0.125]], [2, 1]),
    "plus_inf_at_target": ([[INF, 0.0, 1.0], [1.0, 2.0, 3.0]], [0, 1]),
    "plus_inf_elsewhere": ([[INF, 0.0, 1.0], [1.0, 2.0, 3.0]], [1, 1]),
    "both_infinities": ([[INF, -INF, 1.0], [INF, INF, -INF]], [2, 0]),
    "nan_in_row": ([[NAN, 1.0, 2.0], [1.0, 2.0, 3.0]], [1, 2]),
    "nan_at_target": ([[1.0, 2.0, NAN], [1.0, 2.0, 3.0]], [2, 2]),
    "nan_and_plus_inf": ([[INF, 1.0, NAN], [NAN, INF, 1.0]], [0, 1]),
    "all_minus_inf": ([[-INF, -INF, -INF], [1.0, 2.0, 3.0]], [0, 1]),
    "nan_in_ignored_row": ([[NAN, 1.0, 2.0], [1.0, 2.0, 3.0], [INF, 0.0, 0.0], [-INF] * 3], [-100, 2, -100, -100]),
    "finite_ignored_row": ([[3.0, 1.0, 2.0], [1.0, 2.0, 3.0]], [-100, 2]),
    "one_class_minus_inf": ([[-INF], [7.0]], [0, 0]),
    "loss_1e-9": ([[20.7, 0.0, -3.0], [0.0, 21.5, 0.0]], [0, 1]),
    "loss_1e-30": ([[69.0, 0.0, 0.0], [69.5, 0.0, -1.0], [0.0, 0.0, 68.5]], [0, 0, 2]),
    "confident_and_wrong": ([[20.7, 0.0, -3.0], [0.0, 40.0, 0.0]], [1, 2]),
    "near_ties": ([[1.0, 1.0000001, 0.9999999], [30.0, 30.0, -50.0]], [1, 0]),
    "signed_zeros": ([[0.0, -0.0, 0.0], [-0.0, -0.0, -0.0]], [1, 2]),
    "ties_with_subnormals": ([[0.0, 0.0, -100.0], [0.0, 0.0, -103.5], [0.0, 0.0, -88.0]], [2, 2, 2]),
    "subnormal_logits": ([[1e-45, 0.0, -1e-45], [1e-40, -1e-40, 0.0]], [0, 1]),
}
EXTREMES.update({f"gap_{gap}": ([[float(gap), 0.0, 0.0]], [1]) for gap in GAPS})
# Only float64 can hold these.
EXTREMES_FLOAT64 = {
    "plus_minus_1e308": ([[1e308, -1e308, 0.0]], [1]),
    "1e308_without_overflow": ([[1e308, 1e308, 1e308], [0.0, 1e308, 5e307]], [0, 2]),
    "gap_709": ([[709.0, 0.0, 0.0], [740.0, 0.0, 0.0], [745.1, 0.0, 0.0], [745.2, 0.0, 0.0]], [0, 0, 0, 1]),
    "loss_1e-300": ([[691.0, 0.0, 0.0]], [0]),
}


def extremes():
    for name, (rows, targets) in EXTREMES.items():
        for dtype in ("float32", "float64"):
            yield f"{name}_{dtype}", dtype, tensor(rows, dtype), torch.tensor(targets)
    for name, (rows, targets) in EXTREMES_FLOAT64.items():
        yield f"{name}_float64", "float64", tensor(rows, "float64"), torch.tensor(targets)


def shape_name(shape):
    return "x".join(map(str, shape))


def inputs():
    """name, dtype, logits of all sizes and all extremes."""
    for dtype in ("float32", "float64"):
        for shape in SHAPES + EMPTY_SHAPES:
            yield f"{shape_name(shape)}_{dtype}", dtype, normal(shape, dtype)
    for name, dtype, logits, _ in extremes():
        yield name, dtype, logits


def softmax_case(name, dtype, logits):
    shape = list(logits.shape)
    exact = [exact_softmax(row) for row in rows_of(logits)]
    case = {"name": name, "dtype": dtype, "shape": shape, "logits": logits}
    x = logits.clone().requires_grad_()
    probs = torch.softmax(x, 1)
    case["torch"] = {
        "softmax": probs,
        "log_softmax": torch.log_softmax(logits, 1),
        "log_of_softmax": torch.log(torch.softmax(logits, 1)),
    }
    case["exact"] = {
        "softmax": flat_of([row[0] for row in exact], shape),
        "log_softmax": flat_of([row[1] for row in exact], shape),
    }
    if torch.isfinite(logits).all() and "gap" not in name:
        case["grad_probs"] = normal(shape, dtype, 1.0)
        probs.backward(case["grad_probs"])
        case["torch"]["grad_logits"] = x.grad
        grads = exact_softmax_backward(rows_of(case["grad_probs"]), [row[0] for row in exact])
        case["exact"]["grad_logits"] = flat_of(grads, shape)
    return case


def agree(torch_value, exact, dtype):
    """PyTorch and exact mean the same: both NaN, the same infinity, or numbers that are near to each other."""
    exact = rounded(exact, dtype)
    if not mpmath.isfinite(exact):
        return mpmath.isnan(exact) == (torch_value != torch_value) and (mpmath.isnan(exact) or torch_value == exact)
    tolerance = 1e-3 if dtype == "float32" else 1e-9
    return abs(torch_value - exact) <= tolerance * (1 + abs(exact))


def loss_case(name, dtype, input, target, loss, function, overflows=False):
    """A case of cross_entropy or nll_loss; overflows: PyTorch's intermediate results are too large for dtype."""
    shape = list(input.shape)
    C = shape[0] if len(shape) == 1 else shape[1]
    x = input.clone().requires_grad_()
    result = function(x, target, **loss.torch())
    result.backward(torch.ones_like(result) if loss.grad_output is None else loss.grad_output.reshape(result.shape))
    case = {"name": name, "dtype": dtype, "shape": shape}
    if function is F.cross_entropy:
        input_name, grad_name = "logits", "grad_logits"
        soft = target.is_floating_point()
        exact_target = rows_of(target) if soft else target.reshape(-1).tolist()
        exact_loss, exact_grad, terms = loss.cross_entropy(rows_of(input), exact_target, C, dtype, soft)
    else:
        input_name, grad_name = "log_probs", "grad_log_probs"
        exact_loss, exact_grad, sizes = loss.nll_loss(rows_of(input), target.reshape(-1).tolist(), C)
        terms = {"loss": sizes} if sizes else {}
    case[input_name] = input
    case["probabilities" if target.is_floating_point() else "target"] = target
    case |= {"reduction": loss.reduction, "ignore_index": loss.ignore_index}
    if loss.weight is not None:
        case["weight"] = loss.weight
    if loss.label_smoothing:
        case["label_smoothing"] = loss.label_smoothing
    if loss.grad_output is not None:
        case["grad_output"] = loss.grad_output
    if "grad_logits" in terms:
        terms["grad_logits"] = flat_of(terms["grad_logits"], shape)
    if terms:
        case["terms"] = {key: [float(f"{to_float(x):.2g}") for x in sizes] for key, sizes in terms.items()}
    case["torch"] = {"loss": result, grad_name: x.grad}
    case["exact"] = {"loss": exact_loss, grad_name: flat_of(exact_grad, shape)}
    for key in ("loss", grad_name):
        pairs = list(zip(case["torch"][key].detach().reshape(-1).tolist(), case["exact"][key], strict=True))
        assert overflows or all(agree(t, e, dtype) for t, e in pairs), (name, key, pairs)
    return case


def loss_cases(function):
    def prepared(logits):
        return logits if function is F.cross_entropy else torch.log_softmax(logits, 0 if logits.dim() == 1 else 1)

    def case(name, dtype, logits, target, overflows=False, **options):
        return loss_case(name, dtype, prepared(logits), target, Loss(**options), function, overflows)

    for dtype in ("float32", "float64"):
        for reduction in ("none", "mean", "sum"):
            suffix = f"{reduction}_{dtype}"
            for shape in SHAPES:
                logits = normal(shape, dtype)
                yield case(f"{shape_name(shape)}_{suffix}", dtype, logits, labels(shape), reduction=reduction)
            for shape in EMPTY_SHAPES:
                target = torch.zeros([shape[0], *shape[2:]], dtype=torch.int64)
                logits = torch.zeros(shape, dtype=DTYPES[dtype])
                yield case(f"empty_{shape_name(shape)}_{suffix}", dtype, logits, target, reduction=reduction)
            for ignore_index in (-100, 0, 2, 255, -1):
                for shape in ((5, 3), (2, 3, 2)):
                    name = f"{shape_name(shape)}_ignore_index_{ignore_index}_{suffix}"
                    logits = normal(shape, dtype)
                    target = labels(shape, ignore_index)
                    yield case(name, dtype, logits, target, reduction=reduction, ignore_index=ignore_index)
            for ignore_index in (-100, 1):
                logits = normal((3, 3), dtype)
                target = torch.full((3,), ignore_index)
                name = f"all_ignored_{ignore_index}_{suffix}"
                yield case(name, dtype, logits, target, reduction=reduction, ignore_index=ignore_index)
    for name, dtype, logits, target in extremes():
        for reduction in ("none", "mean"):
            if function is F.nll_loss and name.startswith("gap"):
                continue
            overflows = name.startswith(("plus_minus_3e38", "plus_minus_1e308"))
            yield case(f"{name}_{reduction}", dtype, logits, target, overflows, reduction=reduction)
    logits = tensor([[20.7, 0.0, -3.0], [1e4, -1e4, 0.0], [0.0, 0.0, 69.0]], "float32")
    for reduction in ("mean", "sum"):
        name = f"confident_and_far_off_{reduction}_float32"
        yield case(name, "float32", logits, torch.tensor([0, 1, 2]), reduction=reduction)
    yield from apart(matrix(function, case))
    yield from apart(weight_cases(function, case))
    yield from apart(grad_output_cases(function, case))
    yield from apart(no_sample_cases(function, case))
    if function is F.cross_entropy:
        yield from apart(option_extremes(case))


def apart(cases):
    """Cases with random numbers of their own, so that other cases stay as they are when these change."""
    state = generator.get_state()
    generator.manual_seed(SEED)
    yield from cases
    generator.set_state(state)


# The matrix: options x kinds of target x shapes x dtypes.

MATRIX_SHAPES = [(5,), (4, 3), (2, 4, 2), (2, 3, 2, 2), (2, 3, 2, 1, 2)]


def short(shape, dtype, scale=2.0):
    """normal(shape), in 64ths, which are short to write."""
    return (normal(shape, "float64", scale) * 64).round().to(DTYPES[dtype]) / 64


def target_like(shape, ignore_index=None):
    """Random class indices; with an ignore_index the first sample is ignored and about every third other one."""
    target = labels([1, *shape] if len(shape) == 1 else shape, ignore_index)
    if ignore_index is not None:
        target.view(-1)[0] = ignore_index
    return target[0] if len(shape) == 1 else target


def probabilities_like(shape, dtype):
    """Random class probabilities in 64ths; one sample has all of it in one class, as class indices have."""
    C = shape[0] if len(shape) == 1 else shape[1]
    samples = math.prod(shape) // C
    bounds = torch.sort(torch.randint(0, 65, [samples, C - 1], generator=generator)).values
    zeros = torch.zeros([samples, 1], dtype=torch.int64)
    rows = torch.diff(bounds, prepend=zeros, append=zeros + 64)
    if samples > 1:
        rows[0] = torch.tensor([64] + [0] * (C - 1))
    flat = flat_of(rows.tolist(), shape)
    return torch.tensor(flat, dtype=DTYPES[dtype]).reshape(shape) / 64


def weight_like(shape, dtype):
    C = shape[0] if len(shape) == 1 else shape[1]
    return torch.randint(8, 160, [C], generator=generator).to(DTYPES[dtype]) / 64


def matrix(function, case):
    ignore_indices = itertools.cycle([-100, 1, 0, -1, 2, -7])
    smoothings, kinds = (0.0,), ("indices",)
    if function is F.cross_entropy:
        smoothings, kinds = (0.0, 0.1, 1.0), ("indices", "probabilities")
    axes = (("none", "mean", "sum"), (False, True), (False, True), smoothings, kinds, MATRIX_SHAPES, DTYPES)
    for reduction, weighted, ignoring, label_smoothing, kind, shape, dtype in itertools.product(*axes):
        if dtype == "int64" or (kind == "probabilities" and ignoring):  # PyTorch refuses the latter
            continue
        options = {"reduction": reduction, "label_smoothing": label_smoothing}
        words = [reduction]
        if weighted:
            words.append("weight")
            options["weight"] = weight_like(shape, dtype)
        if ignoring:
            words.append("ignore_index")
            options["ignore_index"] = next(ignore_indices)
        if label_smoothing:
            words.append(f"label_smoothing_{label_smoothing:g}")
        if kind == "probabilities":
            words.append("probabilities")
            target = probabilities_like(shape, dtype)
        else:
            target = target_like(shape, options.get("ignore_index"))
        name = "_".join([*words, f"{len(shape)}d", dtype])
        yield case(name, dtype, short(shape, dtype), target, **options)


# name: (weight, does PyTorch's float32 overflow)
WEIGHTS = {
    "zeros": ([0.0, 0.0, 0.0], False),
    "zero_at_target": ([0.0, 1.0, 2.0], False),
    "minus_zero": ([-0.0, 1.0, 2.0], False),
    "negative": ([-1.5, 2.0, 0.5], False),
    "sum_0": ([1.0, -1.0, 2.0], False),
    "nan_at_target": ([NAN, 1.0, 1.0], False),
    "nan_elsewhere": ([1.0, 1.0, NAN], False),
    "inf_at_target": ([INF, 1.0, 1.0], False),
    "inf_elsewhere": ([1.0, 1.0, INF], False),
    "huge": ([3e38, 3e38, 1.0], True),
    "tiny": ([1e-38, 1e-45, 1e-40], False),
    "far_apart": ([1e-30, 1e30, 1.0], False),
}


def weight_cases(function, case):
    """Weights that are no weights, over samples of the classes 0 and 1 and an ignored one."""
    for (name, (weight, overflows)), dtype in itertools.product(WEIGHTS.items(), ("float32", "float64")):
        for reduction, label_smoothing in itertools.product(("none", "mean", "sum"), (0.0, 0.1)):
            if label_smoothing and (function is F.nll_loss or name == "sum_0"):
                continue
            options = {"reduction": reduction, "label_smoothing": label_smoothing, "weight": tensor(weight, dtype)}
            smoothed = "_label_smoothing_0.1" if label_smoothing else ""
            logits = tensor([[0.5, -1.25, 2.0], [1.0, 0.25, -0.5], [1.0, 2.0, 3.0]], dtype)
            # An ignored sample's gradient is 0, for which PyTorch with label_smoothing has 0 * weight.
            finite = all(map(math.isfinite, weight))
            target = torch.tensor([0, 1, -100 if finite or not label_smoothing else 0])
            yield case(f"weight_{name}_{reduction}{smoothed}_{dtype}", dtype, logits, target, overflows, **options)
    for reduction, dtype in itertools.product(("none", "mean", "sum"), ("float32", "float64")):
        # Confident rows: losses of 1e-9 and 1e-30 keep their digits under a weight.
        logits = tensor([[20.7, 0.0, -3.0], [0.0, 69.0, 0.0]], dtype)
        options = {"reduction": reduction, "weight": tensor([0.75, 3.0, 1.0], dtype)}
        yield case(f"weight_confident_{reduction}_{dtype}", dtype, logits, torch.tensor([0, 1]), **options)
        # Samples of one class only: a loss of 0, whatever its weight.
        for weight in (2.0, -2.0):
            options["weight"] = tensor([weight], dtype)
            name = f"weight_one_class_{weight:g}_{reduction}_{dtype}"
            yield case(name, dtype, tensor([[5.0], [-3.0]], dtype), torch.tensor([0, 0]), **options)


def grad_output_cases(function, case):
    """Upstream gradients: ordinary ones, and every special one at the first of two samples."""
    soft = function is F.cross_entropy
    kinds = ("indices", "label_smoothing_0.1", "probabilities", "weight") if soft else ("indices", "weight")
    for reduction, dtype, kind in itertools.product(("none", "mean", "sum"), ("float32", "float64"), kinds):
        for shape in ((4,), (4, 3), (2, 3, 2, 1)):
            options = {"reduction": reduction}
            samples = 1 if len(shape) == 1 else math.prod(shape[:1] + shape[2:])
            options["grad_output"] = short([samples if reduction == "none" else 1], dtype)
            if kind == "weight":
                options["weight"] = weight_like(shape, dtype)
            if kind.startswith("label_smoothing"):
                options["label_smoothing"] = 0.1
            target = probabilities_like(shape, dtype) if kind == "probabilities" else target_like(shape, -100)
            if len(shape) == 1 and kind != "probabilities":
                target = target_like(shape)
            name = f"grad_output_{reduction}_{kind}_{len(shape)}d_{dtype}"
            yield case(name, dtype, normal(shape, dtype), target, **options)
        for word, value in {"0": 0.0, "minus_0": -0.0, "inf": INF, "minus_inf": -INF, "nan": NAN}.items():
            options = {"reduction": reduction}
            options["grad_output"] = tensor([value, 1.5, 2.0] if reduction == "none" else [value], dtype)
            if kind == "weight":
                options["weight"] = tensor([0.5, 1.0, 0.0], dtype)
            if kind.startswith("label_smoothing"):
                options["label_smoothing"] = 0.1
            logits = tensor([[1.0, 2.0, -INF], [0.5, 2.0, 1.0], [3.0, 1.0, 2.0]], dtype)
            target = torch.tensor([0, 2, -100])
            if kind == "probabilities":
                target = tensor([[0.25, 0.75, 0.0], [0.0, 1.0, 0.0], [0.5, 0.25, 0.25]], dtype)
                logits[0, 2] = -1.0
            if kind.startswith("label_smoothing"):
                logits[0, 2] = -1.0
            yield case(f"grad_output_{word}_{reduction}_{kind}_{dtype}", dtype, logits, target, **options)


def no_sample_cases(function, case):
    """Neither samples nor classes, or samples that are all ignored, under every option."""
    soft = function is F.cross_entropy
    shapes = [(0, 3), (0, 0), (2, 0), (0,), (2, 3, 0), (0, 3, 2, 2), (2, 3), (3,)]
    for shape, reduction in itertools.product(shapes, ("none", "mean", "sum")):
        C = shape[0] if len(shape) == 1 else shape[1]
        logits = torch.zeros(shape)
        target = torch.full([] if len(shape) == 1 else [shape[0], *shape[2:]], -100)
        name = f"empty_{shape_name(shape)}" if 0 in shape else f"all_ignored_{shape_name(shape)}"
        weight = torch.ones(C)
        yield case(f"{name}_weight_{reduction}_float32", "float32", logits, target, reduction=reduction, weight=weight)
        if soft:
            for words, smoothing in {"label_smoothing_0.1": 0.1, "": 0.0}.items():
                options = {"reduction": reduction, "label_smoothing": smoothing}
                if words and C > 0:  # PyTorch has 0 * (label_smoothing / 0)
                    yield case(f"{name}_{words}_{reduction}_float32", "float32", logits, target, **options)
                words = f"probabilities_{words}".rstrip("_")
                if 0 in shape:
                    yield case(f"{name}_{words}_{reduction}_float32", "float32", logits, torch.zeros(shape), **options)


def option_extremes(case):
    """NaN, infinities, confident and far off rows, under label_smoothing and class probabilities."""
    wanted = ["plus_minus_1e4", "plus_minus_3e38", "all_equal", "minus_inf_in_row", "minus_inf_at_target",
              "plus_inf_elsewhere", "nan_in_row", "all_minus_inf", "nan_in_ignored_row", "finite_ignored_row",
              "one_class_minus_inf", "loss_1e-9", "loss_1e-30", "confident_and_wrong", "near_ties", "signed_zeros",
              "gap_88.8", "gap_104"]  # fmt: skip
    variants = [("label_smoothing_0.1", 0.1, None), ("label_smoothing_1", 1.0, None),
                ("weight_label_smoothing_0.1", 0.1, [0.5, 2.0, 0.0])]  # fmt: skip
    for name, dtype in itertools.product(wanted, ("float32", "float64")):
        rows, targets = EXTREMES[name]
        logits, target = tensor(rows, dtype), torch.tensor(targets)
        C = len(rows[0])
        for reduction, (words, smoothing, weight) in itertools.product(("none", "mean"), variants):
            options = {"reduction": reduction, "label_smoothing": smoothing}
            if weight is not None:
                options["weight"] = tensor(weight[:C], dtype)
            # 1 - label_smoothing = 0 times a loss that only float32 cannot hold.
            overflows = name == "plus_minus_3e38"
            yield case(f"{name}_{words}_{reduction}_{dtype}", dtype, logits, target, overflows, **options)
        one_hot = F.one_hot(target.clamp(min=0), C).to(DTYPES[dtype])
        mixed = torch.tensor(([0.25, 0.5, 0.25] if C == 3 else [1.0]) * len(rows), dtype=DTYPES[dtype])
        for words, probabilities in {"one_hot": one_hot, "mixed": mixed.reshape(logits.shape)}.items():
            options = {"reduction": "none", "weight": tensor([0.5, 2.0, 1.5][:C], dtype)}
            overflows = name == "plus_minus_3e38"
            yield case(f"{name}_{words}_none_{dtype}", dtype, logits, probabilities, overflows, reduction="none")
            yield case(f"{name}_{words}_weight_none_{dtype}", dtype, logits, probabilities, overflows, **options)
    rows = {
        "nan": [NAN, 0.0, 1.0], "inf": [INF, 0.0, 0.0], "minus_inf": [-INF, 0.0, 1.0], "zeros": [0.0, 0.0, 0.0],
        "minus_zeros": [-0.0, -0.0, -0.0], "negative": [0.5, -1.0, 1.5], "above_1": [3.0, 0.0, 40.0],
        "tiny": [1e-30, 1e-38, 0.0], "huge": [1e38, 1e-10, 0.0],
    }  # fmt: skip
    for (name, row), dtype in itertools.product(rows.items(), ("float32", "float64")):
        for reduction, smoothing in itertools.product(("none", "mean", "sum"), (0.0, 0.1)):
            words = f"probabilities_{name}_{reduction}" + ("_label_smoothing_0.1" if smoothing else "")
            logits, target = tensor([[1.0, 2.0, 3.0], [-0.5, 0.25, 0.0]], dtype), tensor([row, row], dtype)
            options = {"reduction": reduction, "label_smoothing": smoothing}
            yield case(f"{words}_{dtype}", dtype, logits, target, name == "huge", **options)


# softmax along every axis.

DIM_SHAPES = [(5,), (1,), (3, 4), (2, 3, 4), (2, 3, 2, 3)]

# name: (row of logits, row of upstream gradients)
DIM_EXTREMES = {
    "minus_inf": ([1.0, 2.0, -INF], [0.5, -1.0, 2.0]),
    "plus_inf": ([INF, 0.0, 1.0], [0.5, -1.0, 2.0]),
    "nan": ([NAN, 0.0, 1.0], [0.5, -1.0, 2.0]),
    "all_minus_inf": ([-INF, -INF, -INF], [0.5, -1.0, 2.0]),
    "plus_minus_3e38": ([3e38, -3e38, 0.0], [0.5, -1.0, 2.0]),
    "confident": ([69.0, 0.0, 0.0], [0.5, -1.0, 2.0]),
    "gap_95": ([95.0, 0.0, 1.0], [0.5, -1.0, 2.0]),
    "grad_0": ([1.0, 2.0, 3.0], [0.0, 0.0, 0.0]),
    "grad_inf": ([1.0, 2.0, 3.0], [INF, 0.0, 0.0]),
    "grad_inf_at_largest": ([1.0, 2.0, 3.0], [0.0, 0.0, INF]),
    "grad_nan": ([1.0, 2.0, 3.0], [0.0, NAN, 0.0]),
    "grad_inf_at_minus_inf": ([1.0, 2.0, -INF], [0.0, 0.0, INF]),
}


def dim_case(name, dtype, logits, dim, grad_output):
    shape = list(logits.shape)
    case = {"name": name, "dtype": dtype, "shape": shape, "dim": dim, "logits": logits, "grad_output": grad_output}
    rows = [[mpmath.mpf(x) for x in row] for row in logits.movedim(dim, -1).reshape(-1, shape[dim]).tolist()]
    grads = [[mpmath.mpf(x) for x in row] for row in grad_output.movedim(dim, -1).reshape(-1, shape[dim]).tolist()]

    def flat(result):
        index = torch.arange(logits.numel()).reshape(logits.movedim(dim, -1).shape).movedim(-1, dim).reshape(-1)
        entries = [entry for row in result for entry in row]
        return [entries[i] for i in index.tolist()]

    exact = {"softmax": [exact_softmax(row)[0] for row in rows], "log_softmax": [exact_softmax(row)[1] for row in rows]}
    given = {name: [[rounded(x, dtype) for x in row] for row in result] for name, result in exact.items()}
    sizes = {"softmax_backward": [], "log_softmax_backward": []}
    exact["softmax_backward"] = exact_softmax_backward(grads, given["softmax"])
    exact["log_softmax_backward"] = []
    for grad, p, log_p in zip(grads, given["softmax"], given["log_softmax"]):
        total, probs = mpmath.fsum(grad), [mpmath.exp(x) for x in log_p]
        if not mpmath.isfinite(total):
            probs = [rounded(x, dtype) for x in probs]
        exact["log_softmax_backward"].append([g - x * total for g, x in zip(grad, probs)])
        sizes["softmax_backward"].append([size_of(x * g for g in grad) for x in p])
        sizes["log_softmax_backward"].append([size_of([g, *(x * h for h in grad)]) for g, x in zip(grad, probs)])
    case["terms"] = {key: [float(f"{to_float(x):.2g}") for x in flat(rows)] for key, rows in sizes.items()}
    case["torch"] = {}
    for name in ("softmax", "log_softmax"):
        x = logits.clone().requires_grad_()
        result = getattr(torch, name)(x, dim)
        result.backward(grad_output)
        case["torch"] |= {name: result, f"{name}_backward": x.grad}
    case["exact"] = {name: flat(result) for name, result in exact.items()}
    for name, result in case["exact"].items():
        pairs = list(zip(case["torch"][name].detach().reshape(-1).tolist(), result, strict=True))
        assert "3e38" in case["name"] or all(agree(t, e, dtype) for t, e in pairs), (name, pairs)
    return case


def dim_cases():
    for dtype in ("float32", "float64"):
        for shape in DIM_SHAPES:
            for dim in range(len(shape)):
                name = f"{shape_name(shape)}_dim_{dim}_{dtype}"
                yield dim_case(name, dtype, short(shape, dtype), dim, short(shape, dtype, 1.0))
        for name, (row, grad) in DIM_EXTREMES.items():
            ordinary, ordinary_grad = [0.5, 0.25, -1.0], [1.0, 0.5, -0.25]
            for dim in (0, 1):
                logits, grad_output = tensor([row, ordinary], dtype), tensor([grad, ordinary_grad], dtype)
                if dim == 0:
                    logits, grad_output = logits.T.contiguous(), grad_output.T.contiguous()
                yield dim_case(f"{name}_dim_{dim}_{dtype}", dtype, logits, dim, grad_output)


# The note's example.


def torch_trace(x, target, reduction):
    """The fields of PipelineTrace for logits x, as PyTorch computes them; x may itself be a softmax."""
    row_max = x.max(1, keepdim=True).values
    shifted = x - row_max
    exp = torch.exp(shifted)
    log_of_softmax = torch.log(torch.softmax(x, 1))
    picked = log_of_softmax[range(len(x)), target]
    by_hand = {"mean": abs(sum(picked) / len(x)), "sum": abs(sum(picked)), "none": abs(picked)}[reduction]
    return {
        "row_max": row_max[:, 0],
        "shifted": shifted,
        "exp": exp,
        "sum": exp.sum(1),
        "softmax": torch.softmax(x, 1),
        "log_of_softmax": log_of_softmax,
        "log_softmax": torch.log_softmax(x, 1),
        "prediction": x.argmax(1),
        "picked": picked,
        "picked_sum": picked.sum(),
        "loss_by_hand": by_hand,
        "losses": F.cross_entropy(x, target, reduction="none"),
        "nll_loss": F.nll_loss(log_of_softmax, target, reduction=reduction),
        "loss": F.cross_entropy(x, target, reduction=reduction),
    }


def exact_trace(rows, targets, reduction):
    softmaxes = [exact_softmax(row) for row in rows]
    losses, _, _ = Loss("none").cross_entropy(rows, targets, 3)
    loss, grads, _ = Loss(reduction).cross_entropy(rows, targets, 3)
    exps = [[mpmath.exp(x - max(row)) for x in row] for row in rows]
    picked = [s[1][t] for s, t in zip(softmaxes, targets)]
    log_probs = [entry for s in softmaxes for entry in s[1]]
    total = mpmath.fsum(picked)
    by_hand = {"mean": [abs(total / len(rows))], "sum": [abs(total)], "none": [abs(p) for p in picked]}[reduction]
    return {
        "row_max": [max(row) for row in rows],
        "shifted": [x - max(row) for row in rows for x in row],
        "exp": [e for row in exps for e in row],
        "sum": [mpmath.fsum(row) for row in exps],
        "softmax": [p for s in softmaxes for p in s[0]],
        "log_of_softmax": log_probs,
        "log_softmax": log_probs,
        "prediction": [row.index(max(row)) for row in rows],
        "picked": picked,
        "picked_sum": [total],
        "loss_by_hand": by_hand,
        "losses": losses,
        "nll_loss": loss,
        "loss": loss,
    }, grads


def trace_case(name, rows, targets, dtype, reduction):
    target = torch.tensor(targets)
    case = {"name": name, "dtype": dtype, "shape": [len(rows), len(rows[0])], "logits": tensor(rows, dtype)}
    case.update({"target": targets, "reduction": reduction, "ignore_index": -100})
    case.update({"torch": {}, "exact": {}, "printed": {}})

    with torch.no_grad():
        case["torch"]["plain"] = torch_trace(case["logits"], target, reduction)
        case["torch"]["softmax_in_front"] = torch_trace(torch.softmax(case["logits"], 1), target, reduction)
    for pipeline, front in (("plain", lambda x: x), ("softmax_in_front", lambda x: torch.softmax(x, 1))):
        x = case["logits"].clone().requires_grad_()
        F.cross_entropy(front(x), target, reduction=reduction).sum().backward()
        case["torch"][pipeline]["grad_logits"] = x.grad
        case["printed"][pipeline] = {field: str(value) for field, value in case["torch"][pipeline].items()}

    exact_rows = rows_of(case["logits"])
    plain, grads = exact_trace(exact_rows, targets, reduction)
    case["exact"]["plain"] = {**plain, "grad_logits": [g for row in grads for g in row]}
    probs = [exact_softmax(row)[0] for row in exact_rows]
    in_front, grads = exact_trace(probs, targets, reduction)
    grads = exact_softmax_backward(grads, probs)
    case["exact"]["softmax_in_front"] = {**in_front, "grad_logits": [g for row in grads for g in row]}
    case["printed"]["logits"] = str(case["logits"])
    case["printed"]["target"] = str(target)
    return case


def note_cases():
    for dtype in ("float32", "float64"):
        for reduction in ("mean", "sum", "none"):
            yield trace_case(f"note_{reduction}_{dtype}", NOTE_X, NOTE_Y, dtype, reduction)
    # Valid for three classes and yet wrong: the labels start at 1.
    yield trace_case("labels_from_1_mean_float32", NOTE_X, [1, 2, 2], "float32", "mean")
    # The four digits that the note prints of its x. Four later digits come out one off.
    four_digits = [[round(x, 4) for x in row] for row in NOTE_X]
    yield trace_case("four_digits_mean_float32", four_digits, NOTE_Y, "float32", "mean")


# C as large as a language model's vocabulary.


def seeded(seed, shape, dtype):
    torch.manual_seed(seed)
    return torch.rand(shape, dtype=DTYPES[dtype])


def large_case(dtype, C, seed, scale, targets, probabilities_seed=None, weight_seed=None, label_smoothing=0.0):
    N = len(targets)
    logits = scale * seeded(seed, (N, C), dtype)
    target = torch.tensor(targets) if probabilities_seed is None else seeded(probabilities_seed, (N, C), dtype)
    weight = None if weight_seed is None else seeded(weight_seed, (C,), dtype)
    options = Loss(weight=weight, label_smoothing=label_smoothing)
    x = logits.clone().requires_grad_()
    loss = F.cross_entropy(x, target, **options.torch())
    loss.backward()
    soft = probabilities_seed is not None
    exact_target = rows_of(target) if soft else targets
    exact_loss, grads, terms = options.cross_entropy(rows_of(logits), exact_target, C, dtype, soft)
    flat = [g for row in grads for g in row]
    wanted = {0, 1, C // 2, C - 1, C, N * C - 1} | {n * C + t for n, t in enumerate(targets) if t >= 0}
    entries = sorted(i for i in wanted if i < N * C)
    extras = {"probabilities_seed": probabilities_seed, "weight_seed": weight_seed}
    if label_smoothing:
        extras["label_smoothing"] = label_smoothing
    if "grad_logits" in terms:
        sizes = [x for row in terms["grad_logits"] for x in row]
        extras["terms"] = {"grad_logits": [float(f"{to_float(sizes[i]):.2g}") for i in entries]}
    words = [key if key != "label_smoothing" else f"{key}_{label_smoothing:g}" for key in extras if extras[key]]
    words = [word.removesuffix("_seed") for word in words if word != "terms"]
    case = {
        "name": "_".join([f"C_{C}_scale_{scale}", *words, dtype]),
        "dtype": dtype,
        "shape": [N, C],
        "seed": seed,
        "scale": scale,
        "target": targets,
        "reduction": "mean",
        "ignore_index": -100,
        **{key: value for key, value in extras.items() if value is not None},
        "entries": entries,
        "torch": {"loss": [loss.item()], "grad_logits": x.grad.reshape(-1)[entries]},
        "exact": {
            "loss": exact_loss,
            "grad_logits": [flat[i] for i in entries],
            "sum_of_squares": [mpmath.fsum(g * g for g in flat)],
        },
    }
    if soft:
        del case["target"]
    return case


def random_cases():
    for seed in (0, 1, 7, 42, 2**32 - 1):
        for dtype in ("float32", "float64"):
            for shape in ((1,), (3, 3), (5, 2), (8, 10)):
                torch.manual_seed(seed)
                data = torch.rand(shape, dtype=DTYPES[dtype])
                name = f"seed_{seed}_{shape_name(shape)}_{dtype}"
                yield {"name": name, "seed": seed, "dtype": dtype, "shape": list(shape), "data": data}


# Errors.


def error_cases():
    zeros, ones = [[0.0] * 3] * 3, [1.0] * 3
    zeros_4d = [[[[0.0, 0.0]]] * 3] * 2

    def loss(name, function, input, target, input_dtype="float32", target_dtype="int64", **options):
        def call():
            x = torch.tensor(input, dtype=getattr(torch, input_dtype))
            y = torch.tensor(target, dtype=getattr(torch, target_dtype))
            tensors = {}
            if "weight" in options:
                dtype = getattr(torch, options.get("weight_dtype", input_dtype))
                tensors["weight"] = torch.tensor(options["weight"], dtype=dtype)
            values = {key: value for key, value in options.items() if key not in ("weight", "weight_dtype")}
            return getattr(F, function)(x, y, **tensors, **values)

        arguments = {"input": input, "input_dtype": input_dtype, "target": target, "target_dtype": target_dtype}
        return name, function, {**arguments, **options}, call

    def softmax(name, function, input, dim):
        call = lambda: getattr(torch, function)(torch.tensor(input), dim)  # noqa: E731
        return f"{function}_{name}", function, {"input": input, "dim": dim}, call

    def make(name, data):
        return name, "tensor", {"data": data}, lambda: torch.tensor(data)

    calls = [loss("note_labels_from_1", "cross_entropy", NOTE_X, [1, 2, 3])]
    for function in ("cross_entropy", "nll_loss"):
        calls += [
            loss(f"{function}_target_C", function, zeros, [1, 2, 3]),
            loss(f"{function}_target_high", function, zeros, [0, 1000000, 3]),
            loss(f"{function}_target_negative", function, zeros, [-1, 0, 0]),
            loss(f"{function}_target_first_of_two", function, zeros, [0, 5, -7]),
            loss(f"{function}_target_int64_min", function, zeros, [0, 0, -(2**63)]),
            loss(f"{function}_target_none", function, zeros, [0, 1, 3], reduction="none"),
            loss(f"{function}_target_sum", function, zeros, [0, 1, 3], reduction="sum"),
            loss(f"{function}_target_minus_100_not_ignored", function, zeros, [0, 1, -100], ignore_index=-1),
            loss(f"{function}_target_out_of_bounds_3d", function, [[[0.0, 0.0]] * 3] * 2, [[0, 1], [2, 3]]),
            loss(f"{function}_target_out_of_bounds_float64", function, zeros, [3, 0, 0], input_dtype="float64"),
            loss(f"{function}_fewer_targets", function, zeros, [1, 2]),
            loss(f"{function}_more_targets", function, zeros, [0, 1, 2, 0]),
            loss(f"{function}_no_targets", function, zeros, []),
            loss(f"{function}_no_classes", function, [[], [], []], [0, 0, 0]),
            loss(f"{function}_targets_2d", function, zeros, [[1], [2], [0]]),
            loss(f"{function}_targets_of_wrong_size_3d", function, [[[0.0, 0.0]] * 3] * 2, [[0, 1, 2], [0, 1, 2]]),
            loss(f"{function}_targets_of_wrong_batch_3d", function, [[[0.0, 0.0]] * 3] * 2, [[0, 1]]),
            loss(f"{function}_target_float32", function, zeros, [1.0, 2.0, 0.0], target_dtype="float32"),
            loss(f"{function}_target_int32", function, zeros, [1, 2, 0], target_dtype="int32"),
            loss(f"{function}_input_int64", function, [[0, 1, 2]], [0], input_dtype="int64"),
            loss(f"{function}_reduction_avg", function, zeros, [1, 2, 0], reduction="avg"),
            loss(f"{function}_scalar_input", function, 1.0, 0),
            loss(f"{function}_scalar_target", function, zeros, 0),
            loss(f"{function}_target_out_of_bounds_1d", function, [0.0] * 3, 3),
            loss(f"{function}_target_out_of_bounds_4d", function, zeros_4d, [[[0, 1]], [[3, 2]]]),
            loss(f"{function}_targets_of_1d", function, [0.0] * 3, [1, 2]),
            loss(f"{function}_one_target_of_1d", function, [0.0] * 3, [1]),
            loss(f"{function}_targets_of_wrong_rank_3d", function, [[[0.0, 0.0]] * 3] * 2, [0, 1]),
            loss(f"{function}_targets_of_wrong_rank_4d", function, zeros_4d, [[0, 1], [1, 2]]),
            loss(f"{function}_targets_of_wrong_size_4d", function, zeros_4d, [[[0, 1, 2]], [[1, 2, 0]]]),
            loss(f"{function}_targets_of_wrong_size_5d", function, [zeros_4d, zeros_4d], [[[[0]]], [[[1]]]]),
            loss(f"{function}_target_int32_3d", function, [[[0.0, 0.0]] * 3] * 2, [[0, 1], [2, 1]],
                 target_dtype="int32"),
            loss(f"{function}_weight_too_short", function, zeros, [0, 1, 2], weight=[1.0, 2.0]),
            loss(f"{function}_weight_too_long", function, zeros, [0, 1, 2], weight=[1.0, 2.0, 3.0, 4.0]),
            loss(f"{function}_weight_of_one", function, zeros, [0, 1, 2], weight=[1.0]),
            loss(f"{function}_weight_empty", function, zeros, [0, 1, 2], weight=[]),
            loss(f"{function}_weight_scalar", function, zeros, [0, 1, 2], weight=1.0),
            loss(f"{function}_weight_2d", function, zeros, [0, 1, 2], weight=[[1.0, 2.0, 3.0]]),
            loss(f"{function}_weight_too_short_1d", function, [0.0] * 3, 1, weight=[1.0, 2.0]),
            loss(f"{function}_weight_too_short_3d", function, [[[0.0, 0.0]] * 3] * 2, [[0, 1], [2, 1]],
                 weight=[1.0, 2.0]),
            loss(f"{function}_weight_too_short_4d", function, zeros_4d, [[[0, 1]], [[1, 2]]], weight=[1.0, 2.0]),
            loss(f"{function}_weight_float64", function, zeros, [0, 1, 2], weight=ones, weight_dtype="float64"),
            loss(f"{function}_weight_int64", function, zeros, [0, 1, 2], weight=[1, 1, 1], weight_dtype="int64"),
            # Where several arguments are wrong, the first of them in PyTorch's order.
            loss(f"{function}_weight_before_target", function, zeros, [0, 1, 9], weight=[1.0, 2.0]),
            loss(f"{function}_batch_before_weight", function, zeros, [0, 1], weight=[1.0, 2.0]),
            loss(f"{function}_weight_before_dtype", function, zeros, [0, 1, 2], target_dtype="int32", weight=[1.0]),
            loss(f"{function}_reduction_before_batch", function, zeros, [0, 1], reduction="avg"),
            loss(f"{function}_size_before_weight_3d", function, [[[0.0, 0.0]] * 3] * 2, [[0], [2]], weight=[1.0]),
            loss(f"{function}_weight_before_size_4d", function, zeros_4d, [[[0]], [[1]]], weight=[1.0]),
        ]
    calls += [
        loss("cross_entropy_label_smoothing_above_1", "cross_entropy", zeros, [0, 1, 2], label_smoothing=1.5),
        loss("cross_entropy_label_smoothing_100", "cross_entropy", zeros, [0, 1, 2], label_smoothing=100.0),
        loss("cross_entropy_label_smoothing_inf", "cross_entropy", zeros, [0, 1, 2], label_smoothing=INF),
        loss("cross_entropy_smoothing_before_batch", "cross_entropy", zeros, [0, 1], label_smoothing=2.0),
        loss("cross_entropy_smoothing_before_weight", "cross_entropy", zeros, [0, 1, 2], weight=[1.0],
             label_smoothing=2.0),
        loss("cross_entropy_smoothing_before_target", "cross_entropy", zeros, [0, 1, 9], label_smoothing=2.0),
    ]  # fmt: skip

    def soft(name, target=zeros, target_dtype="float32", **options):
        name = f"cross_entropy_probabilities_{name}"
        return loss(name, "cross_entropy", zeros, target, target_dtype=target_dtype, **options)

    calls += [
        soft("int64", [[0, 1, 0]] * 3, "int64"),
        soft("int32", [[0, 1, 0]] * 3, "int32"),
        soft("ignore_index_0", ignore_index=0),
        soft("ignore_index_2", ignore_index=2),
        soft("ignore_index_above_C", ignore_index=100),
        soft("weight_too_short", weight=[1.0, 2.0]),
        soft("weight_2d", weight=[[1.0, 2.0, 3.0]]),
        soft("label_smoothing_above_1", label_smoothing=1.5),
        soft("wrong_batch", [[0.0] * 3] * 2),
        soft("wrong_classes", [[0.0] * 2] * 3),
        soft("dtype_before_ignore_index", [[0, 1, 0]] * 3, "int64", ignore_index=0),
        soft("ignore_index_before_weight", ignore_index=0, weight=[1.0], label_smoothing=2.0),
        soft("weight_before_smoothing", weight=[1.0], label_smoothing=2.0),
    ]
    for function in ("softmax", "log_softmax"):
        calls += [
            softmax("dim_2", function, zeros, 2),
            softmax("dim_minus_3", function, zeros, -3),
            softmax("dim_1_of_scalar", function, 1.0, 1),
            softmax("int64", function, [[0, 1, 2]], 1),
            softmax("int64_dim_0", function, [[0, 1, 2], [0, 1, 2]], 0),
        ]
    calls += [
        make("tensor_ragged", [[1.0, 2.0], [3.0]]),
        make("tensor_ragged_longer", [[1.0], [2.0, 3.0]]),
        make("tensor_ragged_deep", [[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0]]]),
        make("tensor_ragged_middle", [[[1.0], [2.0]], [[3.0]]]),
        make("tensor_ragged_empty", [[1.0], []]),
        make("tensor_number_for_list", [[1.0, 2.0], 3.0]),
        make("tensor_list_for_number", [1.0, [2.0]]),
        make("tensor_string", [[1.0, "a"]]),
        make("tensor_null", [[1.0, None]]),
    ]
    for name, function, arguments, call in calls:
        try:
            call()
        except Exception as error:  # noqa: BLE001
            kind, message = type(error).__name__, str(error)
        else:
            assert IS_2_14, f"{name} raises nothing"
            kind, message = None, None
        yield {"name": name, "function": function, "arguments": arguments, "type": kind, "message": message}


# Numbers of 16 bits.


def halves_cases():
    numbers = random.Random(SEED)
    edges = [0, 1, 2, 0x3F, 0x7F, 0x80, 0x81, 0x200, 0x3FF, 0x400, 0x401, 0x3C00, 0x3F80, 0x7BFF, 0x7C00, 0x7C01, 0x7E00,
             0x7F7F, 0x7F80, 0x7F81, 0x7FC0, 0x7FFF]  # fmt: skip
    bits = [sign + edge for edge in edges for sign in (0, 0x8000)] + [numbers.randrange(2**16) for _ in range(80)]
    signed = torch.tensor([bit - 2**16 if bit >= 2**15 else bit for bit in bits], dtype=torch.int16)
    for dtype in ("float16", "bfloat16"):
        yield {"name": dtype, "dtype": dtype, "bits": bits, "value": signed.view(getattr(torch, dtype)).float()}


# Calls of all kinds, right and wrong.


def half_precision_cases():
    def case(dtype, shape, scale, reduction="mean", ignored=0, weight=None):
        seed, step = 10, 7
        samples = math.prod(shape) // shape[1]
        i = torch.arange(samples)
        target = (step * i) % shape[1]
        if ignored:
            target[i % ignored == 0] = -100
        logits = scale * (seeded(seed, shape, "float32") - 0.5)
        options = {"reduction": reduction}
        if weight is not None:
            options["weight"] = torch.tensor(weight).to(getattr(torch, dtype))
        words = [dtype, "x".join(map(str, shape)), f"scale_{scale:g}", reduction]
        words += [f"every_{ignored}_ignored"] * (ignored > 0) + ["weight"] * (weight is not None)
        try:
            y = target.reshape(shape[:1] + shape[2:])
            answer = {"loss": F.cross_entropy(logits.to(getattr(torch, dtype)), y, **options).item()}
        except RuntimeError as error:
            answer = {"message": str(error)}
        return {
            "name": "_".join(words),
            "dtype": dtype,
            "shape": shape,
            "seed": seed,
            "scale": scale,
            "step": step,
            "ignored": ignored,
            "reduction": reduction,
            **({} if weight is None else {"weight": weight}),
            "torch": answer,
        }

    for dtype in ("bfloat16", "float16"):
        for N in (1, 2, 15, 16, 17, 255, 256, 257, 1024, 1025, 4096, 4097, 32768, 65536):
            yield case(dtype, [N, 10], 0.0)
        for shape in ([3, 3], [64, 10], [1024, 10], [1000, 2], [16, 1000], [4, 5, 33], [2, 3, 9, 11]):
            for scale in (1.0, 8.0, 60.0):
                yield case(dtype, shape, scale)
            yield case(dtype, shape, 8.0, "sum")
            yield case(dtype, shape, 8.0, ignored=3)
            yield case(dtype, shape, 8.0, weight=[0.3 + 0.1 * (c % 7) for c in range(shape[1])], ignored=5)


def call_cases():
    numbers = random.Random(SEED)
    shapes = [(), (3,), (1,), (2, 3), (1, 3), (2, 1), (1, 1), (0, 3), (2, 0), (2, 3, 2), (1, 3, 2), (2, 3, 0),
              (0, 3, 2), (2, 3, 2, 2), (2, 3, 1, 2), (2, 3, 0, 2), (2, 3, 2, 1, 2)]  # fmt: skip

    def argument(dtype, shape, choices):
        data = [numbers.choice(choices) for _ in range(math.prod(shape))]
        return {"dtype": dtype, "shape": list(shape), "data": data}

    def tensor_of(given):
        dtype = getattr(torch, given["dtype"])
        return torch.tensor(given["data"], dtype=torch.float64).to(dtype).reshape(given["shape"])

    def target(shape, C):
        samples = shape[:1] + shape[2:] if len(shape) > 1 else ()
        wrong = [samples + (2,), samples[:-1], samples[:-1] + (4,), (3,), (1,), (2, 2)]
        # PyTorch reads beyond the sizes of a 0-d target.
        wrong = [shape for shape in wrong if shape or not samples]
        dtype = numbers.choice(["int64"] * 6 + ["float32"] * 3 + ["uint8"] * 2 + ["int32", "int16", "float64", "float16"])
        if numbers.random() < 0.25:
            return argument(numbers.choice(["float32", "float32", "float64", "int64", "bfloat16"]), shape, [0, 1])
        chosen = samples if numbers.random() < 0.7 else numbers.choice(wrong)
        classes = [*range(C)] * 8 or [0]
        return argument(dtype, chosen, [*classes, C] if numbers.random() < 0.2 else classes)

    for number in range(800):
        function = numbers.choice(["cross_entropy", "cross_entropy", "nll_loss"])
        shape = numbers.choice(shapes)
        C = (shape[1] if len(shape) > 1 else shape[0]) if shape else 1
        dtype = numbers.choice(["float32"] * 8 + ["float64", "float16", "bfloat16", "int64", "uint8"])
        if math.prod(shape) == 0:
            dtype = "float32"
        given = {"input": argument(dtype, shape, [-1, -0.5, 0, 0.25, 2, 3] if "float" in dtype else [0, 1, 2])}
        given["target"] = target(shape, C)
        options = {"reduction": numbers.choice(["mean", "mean", "none", "sum", "avg"] if number % 5 == 0 else ["mean", "none", "sum"])}
        if numbers.random() < 0.4:
            weight_dtype = numbers.choice([dtype] * 4 + ["float32", "float64", "int64"])
            weight_shape = numbers.choice([(C,)] * 5 + [(C + 1,), (C, 1), ()])
            given["weight"] = argument(weight_dtype, weight_shape, [1, 2] if "int" in weight_dtype else [0.5, 1, 2])
        if numbers.random() < 0.3:
            options["ignore_index"] = numbers.choice([0, 1, 255, -1])
        if function == "cross_entropy" and C > 0 and len(given.get("weight", {"shape": [C]})["shape"]) == 1:
            if numbers.random() < 0.3:
                options["label_smoothing"] = numbers.choice([0.125, 0.125, 1.0, 1.5])
        try:
            tensors = {name: tensor_of(argument) for name, argument in given.items()}
            x = tensors.pop("input")
            if x.is_floating_point():
                x.requires_grad_()
            loss = getattr(F, function)(x, tensors.pop("target"), **tensors, **options)
            loss.sum().backward()
            answer = {"loss": loss, "grad": x.grad}
        except Exception as error:  # noqa: BLE001
            answer = {"type": type(error).__name__, "message": str(error)}
        yield {"name": f"call_{number}", "function": function, **given, "options": options, "answer": answer}


# Printing.


def printed_cases():
    def case(name, data, dtype="float32", shape=None):
        value = torch.tensor(data, dtype=DTYPES[dtype])
        value = value if shape is None else value.reshape(shape)
        return {"name": name, "dtype": dtype, "shape": list(value.shape), "data": value, "str": str(value)}

    values = {
        "zero": 0.0, "minus_zero": -0.0, "one": 1.0, "minus_one": -1.0, "half": 0.5, "loss": 1.0646, "nan": NAN,
        "inf": INF, "minus_inf": -INF, "tie_down": 0.03125, "tie_up": 0.15625, "small": 9.9e-5, "smallest_fixed": 1e-4,
        "tiny": 1e-10, "subnormal": 1e-45, "large_integer": 123456.0, "integer_1e8": 1e8, "integer_above_1e8": 1.5e8,
        "huge": 3e38, "large_fraction": 123456.5, "negative_fraction": -2.71828, "loss_1e-9": 1e-9, "loss_1e-30": 1e-30,
    }  # fmt: skip
    for name, value in values.items():
        yield case(f"scalar_{name}", value)
        yield case(f"vector_of_one_{name}", [value])
    for name in ("zero", "one", "half", "loss", "nan", "tiny", "huge", "smallest_fixed"):
        yield case(f"scalar_{name}_float64", values[name], "float64")
    yield case("scalar_1e308_float64", 1e308, "float64")
    yield case("scalar_subnormal_float64", 5e-324, "float64")
    for value in (0, 1, -1, 123456789012, 2**62):
        yield case(f"scalar_{value}_int64", value, "int64")

    vectors = {
        "zeros": [0.0, 0.0, 0.0],
        "minus_zeros": [-0.0, 0.0],
        "minus_zero_and_fraction": [-0.0, 0.5],
        "integers": [1.0, 2.0, 3.0],
        "negative_integers": [-1.0, 20.0, -300.0],
        "integers_to_1000": [1.0, 1000.0],
        "integers_above_1000": [1.0, 1001.0],
        "integers_with_nan": [1.0, NAN, 3.0],
        "integers_with_inf": [1.0, INF, -INF],
        "integers_with_zero": [0.0, 5000.0],
        "wide_integers_with_inf": [-INF, 1000.0, 10000.0],
        "fractions_with_nan": [0.5, NAN, 0.25],
        "fractions_with_infs": [0.5, INF, -INF],
        "fractions_with_minus_inf": [-0.6931, -INF],
        "narrow_with_minus_inf": [0.5, -INF],
        "all_nan": [NAN, NAN],
        "nan_and_inf": [NAN, INF, -INF],
        "infs": [INF, INF],
        "nan_and_zero": [NAN, 0.0],
        "inf_and_zero": [-INF, 0.0, 1.0],
        "ties": [0.03125, 0.15625, 0.28125, 0.40625, -0.03125],
        "ties_of_five": [0.00005, 0.00015, 0.00025],
        "ratio_1000": [0.001, 1.0],
        "ratio_above_1000": [0.00099, 1.0],
        "below_1e-4": [0.00009, 0.00008],
        "sci_subnormals": [1.0, 1e-45],
        "sci_with_zero": [1e-10, 0.0],
        "sci_with_inf": [1e-10, INF, -INF],
        "sci_with_nan": [1e-10, NAN],
        "sci_three_digits_exponent": [1e-5, 1e38],
        "sci_negative": [-1e-10, 1.0],
        "sci_integers": [1.0, 2e8],
        "large_equal": [2e8, 2e8],
        "fractions_wide": [999.5, 1.5],
        "rounds_up": [0.99996, 9.99996],
        "rounds_to_integer": [1.00001, 2.0],
        "softmax_gap_100": [1.0, 3.7835e-44, 3.7835e-44],
        "log_gap_104": [0.0, -INF, -INF],
        "log_gap_88.8": [0.0, -88.8, -88.8],
        "losses": [0.9632, 1.2794, 0.9512],
        "losses_of_one_class": [-0.0, -0.0],
        "labels_like": [0.0, 1.0, 1.0],
    }
    for name, data in vectors.items():
        yield case(f"vector_{name}", data)
    for name in ("ties", "ties_of_five", "sci_negative", "integers_with_nan", "fractions_with_infs", "rounds_up"):
        yield case(f"vector_{name}_float64", vectors[name], "float64")
    yield case("vector_three_digit_exponents_float64", [1e-300, 1e300, -1.0], "float64")
    yield case("vector_int64", [0, 1, 1], "int64")
    yield case("vector_int64_wide", [0, -100, 12345678901], "int64")
    yield case("vector_int64_30", list(range(-10, 20)), "int64")
    for shape in ((0,), (0, 3), (3, 0), (2, 0, 3)):
        for dtype in DTYPES:
            yield case(f"empty_{shape_name(shape)}_{dtype}", [], dtype, shape)

    yield case("note_x", NOTE_X)
    yield case("note_x_float64", NOTE_X, "float64")
    yield case("matrix_integers", [[1.0, 2.0], [30.0, -4.0]])
    yield case("matrix_infs", [[0.0, -INF], [-INF, 0.0]])
    yield case("matrix_nan_row", [[NAN, NAN], [0.2689, 0.7311]])
    yield case("matrix_sci", [[1.0, 1e-20], [0.5, 0.25]])
    yield case("matrix_int64", [[0, 1], [10, -100]], "int64")
    yield case("matrix_of_one", [[0.5]])
    yield case("matrix_dtype_does_not_fit", [[1000.0 + i for i in range(7)]], "float64")
    for columns in range(1, 11):
        for dtype in ("float32", "float64"):
            data = normal((2, columns), dtype)
            yield case(f"matrix_2x{columns}_{dtype}", data.tolist(), dtype)
    for columns in (5, 6, 7, 10):
        data = normal((2, columns), "float32").double() * 10.0 ** torch.arange(columns)
        yield case(f"matrix_sci_2x{columns}", data.tolist())
    for count in (7, 8, 9, 10, 16, 40):
        yield case(f"vector_{count}_numbers", normal((count,), "float32").tolist())
        yield case(f"vector_{count}_in_0_1_float64", torch.rand(count, generator=generator).tolist(), "float64")
    yield case("vector_20_sci", (normal((20,), "float32").double() * 1e-7).tolist())
    yield case("matrix_8x10_rand", torch.rand(8, 10, generator=generator).tolist())
    yield case("matrix_3x20_numbers", normal((3, 20), "float32").tolist())
    yield case("tensor_2x3x4", normal((2, 3, 4), "float32").tolist())
    yield case("vector_1000_zeros", [0.0] * 1000)
    yield case("vector_1001_summarized", [0.5 * i for i in range(1001)])
    yield case("matrix_101x10_summarized", torch.arange(1010.0).reshape(101, 10).tolist())


def formatted_cases():
    def case(name, value):
        written = {style: [f"{value:.{n}{style[0]}}" for n in range(5)] for style in ("fixed", "exponential")}
        return {"name": name, "value": value, **written}

    values = (0.0, 1.0, 0.5, 1.5, 2.5, 8.5, 9.5, 99.5, 0.03125, 0.15625, 0.99996, 9.99995, 1.0646, 1 / 3, 1e-4, 5e-5,
              1e-7, 5e-324, 2.2250738585072014e-308, 123456.5, 1e15, 2.0**53 + 2, 1e20, 1e21, 1e22, 1.2345e300,
              1.7976931348623157e308)  # fmt: skip
    for value in values:
        yield case(repr(value), value)
        yield case(repr(-value), -value)
    numbers = random.Random(SEED)
    for n in range(5):  # an odd number over 2^(n+1) is a tie at n decimals
        for _ in range(6):
            value = (2 * numbers.randrange(4096) + 1) / 2 ** (n + 1)
            yield case(f"tie_at_{n}_{value!r}", value)
    for _ in range(20):
        value = numbers.uniform(-1, 1) * 10.0 ** numbers.randrange(-12, 12)
        yield case(f"random_{value!r}", value)


def main():
    write(
        "softmax.json",
        "softmax, log_softmax, log of softmax, and softmax backward, over dimension 1",
        [softmax_case(*arguments) for arguments in inputs()],
    )
    about = "softmax and log_softmax along any dimension, and their backward"
    write("softmax_dim.json", about, list(apart(dim_cases())))
    write("nll_loss.json", "torch.nn.functional.nll_loss", list(loss_cases(F.nll_loss)))
    write("cross_entropy.json", "torch.nn.functional.cross_entropy", list(loss_cases(F.cross_entropy)))
    write("note.json", "the note's example: every intermediate of both pipelines", list(note_cases()))
    write(
        "large.json",
        "cross_entropy of many classes; logits = scale * rand(seed)",
        [
            large_case("float32", 1000, 1, 8.0, [0, 999, 500]),
            large_case("float64", 1000, 1, 8.0, [0, 999, 500]),
            large_case("float32", 1000, 2, 100.0, [7, -100, 999]),
            large_case("float32", 50257, 3, 8.0, [11, 50256]),
            large_case("float32", 1000, 4, 30.0, [5, 6, 999], weight_seed=5),
            large_case("float32", 1000, 6, 8.0, [1, 2, 3], weight_seed=7, label_smoothing=0.1),
            large_case("float64", 1000, 6, 8.0, [1, 2, 3], weight_seed=7, label_smoothing=0.1),
            large_case("float32", 1000, 8, 8.0, [0, 0], probabilities_seed=9),
            large_case("float64", 1000, 8, 8.0, [0, 0], probabilities_seed=9, label_smoothing=0.1),
            large_case("float32", 50257, 3, 8.0, [11, 50256], label_smoothing=0.1),
        ],
    )
    write("random.json", "torch.manual_seed(seed); torch.rand(shape)", list(random_cases()))
    write("errors.json", "what PyTorch raises", list(error_cases()))
    write("calls.json", "cross_entropy and nll_loss of any arguments, right and wrong", list(call_cases()))
    about = "the loss of logits in half precision, in PyTorch's own arithmetic"
    write("half_precision.json", about, list(half_precision_cases()))
    write("halves.json", "what float16 and bfloat16 are in float32", list(halves_cases()))
    write("printed.json", "what print() shows of a tensor", list(printed_cases()))
    write("formatted.json", "how Python writes numbers", list(formatted_cases()))


main()
