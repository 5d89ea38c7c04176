"""What print() shows of tensors, arrays and tables, with the numbers that they hold: prints.json.

Run with PyTorch 1.13.1, NumPy 1.24.2 and pandas 1.5.3 (Debian 12): python3 golden/make_prints.py
"""
import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import torch

torch.manual_seed(0)
cases = []


def tensor(value, dtype=None):
    value = value.detach() if isinstance(value, torch.Tensor) else torch.as_tensor(np.ascontiguousarray(value))
    number = lambda x: x if isinstance(x, (bool, int)) else float(x)
    finite = lambda x: x if math.isfinite(x) else str(x)
    name = dtype or str(value.dtype).replace("torch.", "")
    return {"dtype": name, "shape": list(value.shape), "values": [finite(number(x)) for x in value.flatten().tolist()]}


def case(name, text, *values):
    cases.append({"name": name, "text": text, "tensors": [v if isinstance(v, dict) else tensor(v) for v in values]})


def shown(*values):
    return " ".join(str(value) for value in values)


shapes = [(3,), (1, 2), (3, 3), (2, 10), (8, 10), (2, 3, 4), (2, 2, 3, 2), (5, 1), (0,), (0, 3)]
floats = {
    "plain": lambda x: x,
    "large": lambda x: x * 1000,
    "tiny": lambda x: x * 1e-6,
    "mixed": lambda x: x * 10 ** torch.linspace(-6, 3, max(x.numel(), 1)).reshape(x.shape) if x.numel() else x,
    "whole": lambda x: x.round(),
    "huge": lambda x: x * 1e12,
    "infinite": lambda x: torch.where(x > 1, torch.full_like(x, math.inf), torch.where(x < -1, -math.inf * torch.ones_like(x), x)),
    "nan": lambda x: torch.where(x > 1, torch.full_like(x, math.nan), x),
}
for shape in shapes:
    for kind, change in floats.items():
        x = change(torch.randn(shape) * 2)
        case(f"torch {kind} {shape}", str(x), x)
        case(f"torch {kind} {shape} tolist", str(x.tolist()), tensor(x, "float32") if x.numel() else tensor(torch.zeros(shape[:1] if shape[0] == 0 else shape)))
        if x.numel():
            case(f"numpy {kind} {shape} str", str(x.numpy()), tensor(x, "float32"))
            case(f"numpy {kind} {shape} repr", repr(x.numpy()), x)
            case(f"numpy {kind} {shape} double", repr(x.double().numpy()), tensor(x.double(), "float64"))
    for dtype in (torch.float64, torch.float16, torch.bfloat16):
        x = (torch.randn(shape) * 2).to(dtype)
        case(f"torch {dtype} {shape}", str(x), x)
    for dtype in (torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8):
        x = torch.randint(0, 100, shape).to(dtype)
        if x.numel() or dtype != torch.int64:
            case(f"torch {dtype} {shape}", str(x), x)
    x = torch.randn(shape) > 0
    if x.numel():
        case(f"torch bool {shape}", str(x), x)
        case(f"numpy bool {shape}", repr(x.numpy()), x)

x = torch.randn(3, 4, requires_grad=True)
y = torch.randint(0, 4, (3,))
case("gradient", str(x * 1), x)
case("softmax", str(x.softmax(1)), x.softmax(1))
case("parameter", str(torch.nn.Parameter(x.detach())), x)
case("a leaf", str(x), x)
case("x and y", shown(x, y), x, y)
case("x and y, a line each", f"{x}\n{y}", x, y)
case("x and y as NumPy", shown(x.detach().numpy(), y.numpy()), tensor(x, "float32"), y)
case("x and y as lists", shown(x.tolist(), y.tolist()), tensor(x, "float32"), y)
case("x and y, square, as lists", shown(x.tolist()[:1] * 4, (y.tolist() * 2)[:4]), tensor(torch.cat([x[:1]] * 4), "float32"), torch.tensor((y.tolist() * 2)[:4]))
case("a tuple", str((x, y)), x, y)
case("a list of both", str([x, y]), x, y)
case("a dict", str({"logits": x, "labels": y}), x, y)
case("JSON", json.dumps({"logits": x.tolist(), "labels": y.tolist()}, indent=2), tensor(x, "float32"), y)
case("the loss", str(torch.nn.functional.cross_entropy(x, y)), torch.nn.functional.cross_entropy(x, y))
case("max", str(x.max(1)), *x.max(1))
case("named", f"logits: {x}\nlabels: {y}", x, y)
case("a session", f">>> x\n{x}\n>>> print(y)\n{y}", x, y)
case("a notebook", f"In [1]: x\nOut[1]: {x}\n\nIn [2]: y\nOut[2]: {y}", x, y)
case("markdown", f"```python\nx = {x}\n```", x)
for width in (20, 40, 200):
    torch.set_printoptions(linewidth=width)
    np.set_printoptions(linewidth=width)
    wide = torch.randn(3, 30)
    case(f"torch in lines of {width}", str(wide), wide)
    case(f"numpy in lines of {width}", str(wide.numpy()), tensor(wide, "float32"))
np.set_printoptions(linewidth=75)
torch.set_printoptions(linewidth=80, precision=8)
case("torch with 8 decimals", str(x), x)
torch.set_printoptions(linewidth=80, precision=2, sci_mode=True)
case("torch with 2 decimals, as mantissas", str(x), x)
torch.set_printoptions(profile="default")
large = torch.randn(40, 30)
torch.set_printoptions(profile="full")
case("torch in full", str(large), large)
torch.set_printoptions(profile="default")

frame = pd.DataFrame(x.detach().numpy())
case("pandas", str(frame), tensor(x, "float32"))
case("pandas CSV", frame.to_csv(index=False, header=False), tensor(x, "float32"))
case("pandas CSV with header and index", frame.to_csv(), tensor(x, "float32"))
case("pandas TSV with header and index", frame.to_csv(sep="\t"), tensor(x, "float32"))
case("pandas CSV with labels", frame.assign(label=y.numpy()).to_csv(), tensor(x, "float32"), y)
case("pandas CSV with names", frame.set_axis(list("abcd"), axis=1).to_csv(index=False), tensor(x, "float32"))
case("pandas, decimal commas", frame.to_csv(index=False, sep="\t", decimal=",", header=list("abcd")), tensor(x, "float32"))
series = pd.Series(y.numpy())
case("a series", str(series), y)

out = Path(__file__).with_name("prints.json")
made_by = f"make_prints.py, PyTorch {torch.__version__}, NumPy {np.__version__}, pandas {pd.__version__}"
lines = ",\n".join(f"  {json.dumps(c)}" for c in cases)
out.write_text(f'{{ "made_by": {json.dumps(made_by)}, "cases": [\n{lines}\n] }}\n')
print(len(cases), "cases")
