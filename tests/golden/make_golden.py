"""Makes the golden files beside it: what PyTorch says, and what is exact.

Run:    /usr/bin/python3 tests/golden/make_golden.py
Needs:  Debian 12's python3-torch (1.13.1, which calls itself 1.13.0a0) and python3-mpmath.
Running it again writes the same bytes: seeds are fixed, one thread, one set of CPU kernels.

Every file is {"maker", "torch", "seed", "about", "cases"}; every case has a name. Arrays are flat, in row-major order
of "shape". Numbers are the shortest decimals of the float64 that equals the value (also for float32), and where
JSON has no number the strings "nan", "inf" and "-inf"; -0.0 is kept. A loss is a list, with one value per sample for
the reduction "none" and else with one value. Gradients are those of the loss, for "none" of the sum of the losses.
"exact" is the true result for the given input, computed with 60 digits and rounded once to float64.

softmax.json        logits                          torch, exact: softmax, log_softmax; torch: log_of_softmax
                    and grad_probs (the gradient with respect to softmax's output) -> torch, exact: grad_logits
nll_loss.json       log_probs, target, reduction, ignore_index   -> torch, exact: loss, grad_log_probs
cross_entropy.json  logits, target, reduction, ignore_index      -> torch, exact: loss, grad_logits
note.json           logits, target, reduction, ignore_index      -> torch, exact, printed: plain and softmax_in_front,
                    each with the fields of cpp/include/celoss/trace.h; printed is str() of torch's tensor
large.json          logits = scale * rand(seed) in dtype; target -> torch, exact: loss, grad_logits at "entries",
                    and exact sum_of_squares: the sum of the squares of all entries of grad_logits
random.json         seed, dtype, shape -> data: torch.manual_seed(seed); torch.rand(shape)
errors.json         function, arguments -> type and message of PyTorch's exception
printed.json        dtype, shape, data -> str: what print() shows of the tensor
formatted.json      value -> fixed, exponential: what f"{value:.nf}" and f"{value:.ne}" write, for n = 0, 1, 2, 3, 4
"""

import json
import os
import pathlib
import random

os.environ["ATEN_CPU_CAPABILITY"] = "avx2"  # the last digit of exp differs between the sets of kernels

import mpmath  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402

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


def write(name, about, cases):
    names = [case["name"] for case in cases]
    assert len(set(names)) == len(names), sorted(n for n in names if names.count(n) > 1)
    head = {"maker": "tests/golden/make_golden.py", "torch": torch.__version__, "seed": SEED, "about": about}
    lines = [json.dumps(jsonable(case), allow_nan=False, ensure_ascii=False) for case in cases]
    text = json.dumps(head)[:-1] + ', "cases": [\n' + ",\n".join(lines) + "\n]}\n"
    (pathlib.Path(__file__).parent / name).write_text(text)
    print(f"{name}: {len(cases)} cases, {len(text)} bytes")


# The exact results. Rows and targets come as Python lists, one row per sample.


def rows_of(tensor):
    """(N, C, d...) as one row of exact numbers per sample, in the order of the targets."""
    if tensor.numel() == 0:
        return []
    rows = tensor.movedim(1, -1).reshape(-1, tensor.shape[1]).tolist()
    return [[mpmath.mpf(x) for x in row] for row in rows]


def flat_of(rows, shape):
    """The reverse of rows_of: a flat list in the order of (N, C, d...)."""
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
    less_one = lambda c: -mpmath.fsum(e for j, e in enumerate(exps) if j != c) / (1 + others)  # noqa: E731
    return probs, log_probs, less_one


def exact_reduce(losses, targets, reduction, ignore_index):
    counted = [loss for loss, t in zip(losses, targets) if t != ignore_index]
    if reduction == "none":
        return losses
    total = sum(counted, mpmath.mpf(0))
    if reduction == "sum":
        return [total]
    return [total / len(counted) if counted else mpmath.nan]


def weight_of(targets, reduction, ignore_index):
    """What a counted sample's loss is multiplied by in the loss."""
    count = sum(t != ignore_index for t in targets)
    return mpmath.mpf(1) / count if reduction == "mean" and count else mpmath.mpf(1)


def exact_cross_entropy(rows, targets, reduction, ignore_index):
    losses, grads = [], []
    weight = weight_of(targets, reduction, ignore_index)
    for row, t in zip(rows, targets):
        probs, log_probs, less_one = exact_softmax(row)
        if t == ignore_index:
            losses.append(mpmath.mpf(0))
            grads.append([0 * p for p in probs])
            continue
        losses.append(-log_probs[t])
        grads.append([weight * (less_one(c) if c == t else p) for c, p in enumerate(probs)])
    return exact_reduce(losses, targets, reduction, ignore_index), grads


def exact_nll_loss(rows, targets, reduction, ignore_index):
    losses, grads = [], []
    weight = weight_of(targets, reduction, ignore_index)
    for row, t in zip(rows, targets):
        losses.append(mpmath.mpf(0) if t == ignore_index else -row[t])
        grads.append([-weight if c == t and t != ignore_index else mpmath.mpf(0) for c in range(len(row))])
    return exact_reduce(losses, targets, reduction, ignore_index), grads


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


def loss_case(name, dtype, input, target, reduction, ignore_index, function):
    shape = list(input.shape)
    x = input.clone().requires_grad_()
    loss = function(x, target, reduction=reduction, ignore_index=ignore_index)
    loss.sum().backward()
    exact = exact_cross_entropy if function is F.cross_entropy else exact_nll_loss
    input_name, grad_name = (
        ("logits", "grad_logits") if function is F.cross_entropy else ("log_probs", "grad_log_probs")
    )
    exact_loss, exact_grad = exact(rows_of(input), target.reshape(-1).tolist(), reduction, ignore_index)
    return {
        "name": name,
        "dtype": dtype,
        "shape": shape,
        input_name: input,
        "target": target,
        "reduction": reduction,
        "ignore_index": ignore_index,
        "torch": {"loss": loss, grad_name: x.grad},
        "exact": {"loss": exact_loss, grad_name: flat_of(exact_grad, shape)},
    }


def loss_cases(function):
    def prepared(logits):
        return logits if function is F.cross_entropy else torch.log_softmax(logits, 1)

    for dtype in ("float32", "float64"):
        for reduction in ("none", "mean", "sum"):
            suffix = f"{reduction}_{dtype}"
            for shape in SHAPES:
                logits = normal(shape, dtype)
                name = f"{shape_name(shape)}_{suffix}"
                yield loss_case(name, dtype, prepared(logits), labels(shape), reduction, -100, function)
            for shape in EMPTY_SHAPES:
                target = torch.zeros([shape[0], *shape[2:]], dtype=torch.int64)
                logits = torch.zeros(shape, dtype=DTYPES[dtype])
                yield loss_case(f"empty_{shape_name(shape)}_{suffix}", dtype, logits, target, reduction, -100, function)
            for ignore_index in (-100, 0, 2, 255, -1):
                for shape in ((5, 3), (2, 3, 2)):
                    name = f"{shape_name(shape)}_ignore_index_{ignore_index}_{suffix}"
                    logits = normal(shape, dtype)
                    target = labels(shape, ignore_index)
                    yield loss_case(name, dtype, prepared(logits), target, reduction, ignore_index, function)
            for ignore_index in (-100, 1):
                logits = normal((3, 3), dtype)
                target = torch.full((3,), ignore_index)
                name = f"all_ignored_{ignore_index}_{suffix}"
                yield loss_case(name, dtype, prepared(logits), target, reduction, ignore_index, function)
    for name, dtype, logits, target in extremes():
        for reduction in ("none", "mean"):
            if function is F.nll_loss and name.startswith("gap"):
                continue
            yield loss_case(f"{name}_{reduction}", dtype, prepared(logits), target, reduction, -100, function)
    logits = tensor([[20.7, 0.0, -3.0], [1e4, -1e4, 0.0], [0.0, 0.0, 69.0]], "float32")
    for reduction in ("mean", "sum"):
        name = f"confident_and_far_off_{reduction}_float32"
        yield loss_case(name, "float32", prepared(logits), torch.tensor([0, 1, 2]), reduction, -100, function)


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
    losses, _ = exact_cross_entropy(rows, targets, "none", -100)
    loss, grads = exact_cross_entropy(rows, targets, reduction, -100)
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


def large_case(dtype, C, seed, scale, targets):
    torch.manual_seed(seed)
    N = len(targets)
    logits = scale * torch.rand(N, C, dtype=DTYPES[dtype])
    x = logits.clone().requires_grad_()
    loss = F.cross_entropy(x, torch.tensor(targets))
    loss.backward()
    exact_loss, grads = exact_cross_entropy(rows_of(logits), targets, "mean", -100)
    flat = [g for row in grads for g in row]
    wanted = {0, 1, C // 2, C - 1, C, N * C - 1} | {n * C + t for n, t in enumerate(targets) if t >= 0}
    entries = sorted(i for i in wanted if i < N * C)
    return {
        "name": f"C_{C}_scale_{scale}_{dtype}",
        "dtype": dtype,
        "shape": [N, C],
        "seed": seed,
        "scale": scale,
        "target": targets,
        "reduction": "mean",
        "ignore_index": -100,
        "entries": entries,
        "torch": {"loss": [loss.item()], "grad_logits": x.grad.reshape(-1)[entries]},
        "exact": {
            "loss": exact_loss,
            "grad_logits": [flat[i] for i in entries],
            "sum_of_squares": [mpmath.fsum(g * g for g in flat)],
        },
    }


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
    zeros = [[0.0] * 3] * 3

    def loss(name, function, input, target, input_dtype="float32", target_dtype="int64", **options):
        def call():
            x = torch.tensor(input, dtype=getattr(torch, input_dtype))
            y = torch.tensor(target, dtype=getattr(torch, target_dtype))
            return getattr(F, function)(x, y, **options)

        arguments = {"input": input, "input_dtype": input_dtype, "target": target, "target_dtype": target_dtype}
        return name, function, {**arguments, **options}, call

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
            raise AssertionError(f"{name} raises nothing")
        yield {"name": name, "function": function, "arguments": arguments, "type": kind, "message": message}


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
        ],
    )
    write("random.json", "torch.manual_seed(seed); torch.rand(shape)", list(random_cases()))
    write("errors.json", "what PyTorch raises", list(error_cases()))
    write("printed.json", "what print() shows of a tensor", list(printed_cases()))
    write("formatted.json", "how Python writes numbers", list(formatted_cases()))


main()
