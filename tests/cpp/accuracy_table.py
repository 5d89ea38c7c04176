"""Prints the README's table of errors: celoss and PyTorch on the same float32 inputs, against MPFR.

Usage: accuracy_table.py path/to/celoss_accuracy (built from accuracy_table.cpp, which says what goes between the two)
"""

import subprocess
import sys

import torch
import torch.nn.functional as F


def confident(N, C, gap):
    """Rows that are sure of their targets: all other logits are about gap below."""
    logits = 0.1 * torch.randn(N, C)
    target = torch.randint(C, (N,))
    logits[torch.arange(N), target] += gap
    return logits, target


def cases():
    yield "random", torch.randn(4096, 10), torch.randint(10, (4096,))
    yield "random", torch.randn(4096, 1000), torch.randint(1000, (4096,))
    yield "random", torch.randn(8, 128256), torch.randint(128256, (8,))
    yield "random, times 10", 10 * torch.randn(1024, 100), torch.randint(100, (1024,))
    yield "random, around 5000", 5000 + torch.randn(1024, 100), torch.randint(100, (1024,))
    for loss, gap in ("1e-3", 9.2), ("1e-9", 23.0), ("1e-30", 71.4):
        yield f"sure of the target, losses of {loss}", *confident(1024, 10, gap)
    logits, target = confident(1024, 10, 23.0)
    yield "sure of another class", logits, (target + 1) % 10


def main():
    torch.manual_seed(0)
    process = subprocess.Popen([sys.argv[1]], stdin=subprocess.PIPE)
    print("| logits | N × C | loss | log_softmax | softmax | gradient |")
    print("| --- | --- | --- | --- | --- | --- |", flush=True)
    for name, logits, target in cases():
        logits.requires_grad_()
        losses = F.cross_entropy(logits, target, reduction="none")
        losses.sum().backward()
        process.stdin.write(f"{name}\t{len(logits)}\t{logits.shape[1]}\n".encode())
        for tensor in logits, target, losses, F.log_softmax(logits, 1), F.softmax(logits, 1), logits.grad:
            process.stdin.write(tensor.detach().numpy().tobytes())
    process.stdin.close()
    sys.exit(process.wait())


if __name__ == "__main__":
    main()
