"""PyTorch's cross_entropy, one thread: nanoseconds per logit, as Markdown."""

import platform
import statistics
import time

import torch
from torch.nn.functional import cross_entropy

SHAPES = [(3, 3), (32, 10), (128, 1000), (1024, 1000), (64, 50257), (16, 128256), (4096, 10), (65536, 10)]
ROUNDS = 7
BATCH = 0.02  # seconds


def timed(run, calls):
    """Seconds of a call."""
    start = time.perf_counter()
    for _ in range(calls):
        run()
    return (time.perf_counter() - start) / calls


def calls_in_batch(run):
    """How many calls fill a batch."""
    calls = 1
    while calls * timed(run, calls) < BATCH:
        calls *= 2
    return calls


def row(N, C):
    generator = torch.Generator().manual_seed(0)
    logits = torch.rand(N, C, generator=generator) * 8 - 4
    target = torch.randint(C, (N,), generator=generator)
    leaf = logits.clone().requires_grad_()

    def forward():
        return cross_entropy(logits, target).item()

    def gradient():
        leaf.grad = None
        loss = cross_entropy(leaf, target)
        loss.backward()
        return loss.item()

    runs = [(run, calls_in_batch(run)) for run in (forward, gradient)]
    rounds = [[timed(*run) / (N * C) * 1e9 for run in runs] for _ in range(ROUNDS)]
    return [statistics.median(times) for times in zip(*rounds)]


def processor():
    try:
        with open("/proc/cpuinfo") as lines:
            return next(line.split(": ")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


def main():
    torch.set_num_threads(1)
    print(f"PyTorch {torch.__version__}, one thread, {processor()}; ns per logit\n")
    print("| N x C | forward | forward and gradient |\n| --- | ---: | ---: |")
    for N, C in SHAPES:
        forward, gradient = row(N, C)
        print(f"| {N} x {C} | {forward:.3g} | {gradient:.3g} |")


main()
