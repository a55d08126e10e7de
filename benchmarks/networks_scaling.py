"""How the time of building and counting grows with the layers, and what convolution costs beside its peers.

Run it as ``python benchmarks/networks_scaling.py``. Every figure is a ratio of two things that are run side
by side in this process, one after the other in turns, after their results were found equal; the median of
the ratios of the turns is shown. CPU time is measured. What is divided by:

- a layer of 250 layers, where growth is asked for: 1.0 at every size is a straight line;
- Python's own work of making as many frozen dataclasses of eight fields, so that a layer has a price that is
  that of no particular machine;
- ``scipy.signal.correlate2d`` and ``torch.nn.functional.conv2d`` on one thread, where they are installed;
- a scan of all quadruples by NumPy.
"""

from __future__ import annotations

import gc
import importlib.util
import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from nnutils import (
    BatchNorm2d,
    Conv2d,
    Flatten,
    Linear,
    MaxPool2d,
    Network,
    ReLU,
    Residual,
    count,
    solve_conv,
)
from nnutils.networks import Layer
from nnutils.networks.solver import ConvSettings
from nnutils.numerics import conv2d, conv2d_by_definition

SIZES = (250, 1_000, 4_000, 10_000)
SINGLE_CHANNEL = ((32, 3), (64, 3), (128, 5), (256, 11), (512, 3))
ALEXNET = (  # input shape, output channels, kernel size, stride, padding, groups
    ((3, 227, 227), 96, 11, 4, 0, 1),
    ((96, 27, 27), 256, 5, 1, 2, 2),
    ((256, 13, 13), 384, 3, 1, 1, 1),
    ((384, 13, 13), 384, 3, 1, 1, 2),
    ((384, 13, 13), 256, 3, 1, 1, 2),
)
GRIDS = (  # input, output, kernel sizes, strides, paddings, dilations
    (32, 16, range(2, 9), range(1, 4), range(4), range(1, 2)),
    (64, 32, range(1, 12), range(1, 5), range(8), range(1, 3)),
    (224, 55, range(1, 32), range(1, 9), range(31), range(1, 5)),
    (224, 55, range(1, 64), range(1, 17), range(64), range(1, 9)),
)
TURNS = 9


@dataclass(frozen=True)
class Eight:
    """What Python takes to make one small object that never changes."""

    a: int
    b: int
    c: int = 1
    d: int = 0
    e: int = 1
    f: int = 1
    g: bool = True
    h: str | None = None


def convolutions(n: int) -> list[Layer]:
    return [Conv2d(8, 3, padding=1) for _ in range(n)]


def mixed(n: int) -> list[Layer]:
    kinds: list[Callable[[], Layer]] = [
        lambda: Conv2d(8, 3, padding=1, bias=False),
        BatchNorm2d,
        ReLU,
        lambda: MaxPool2d(3, stride=1, padding=1),
        lambda: Residual([Conv2d(8, 1)]),
    ]
    # A block with a layer inside it is two of the layers that are counted.
    return [kinds[i % 5]() for i in range(n * 5 // 6 - 2)] + [Flatten(), Linear(10)]


def parameters(layers: list[Layer]) -> int:
    return int(count(Network((8, 16, 16), layers)).total["parameters"])


def derived(layers: list[Layer]) -> int:
    """Build, count, and ask for every derivation: of all sizes, and of all counts."""
    network = Network((8, 16, 16), layers)
    counts = count(network)
    sizes = sum(size.leaves for step in network.steps for size in step.output_sizes)
    return sizes + sum(one.connections.leaves for one in counts.values()) + counts.total.weights.leaves


def seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def ratio(run: Callable[[], object], beside: Callable[[], object], turns: int = TURNS) -> tuple[float, float]:
    """Return the median ratio of a run to what runs beside it, and the run's median time in seconds."""
    run(), beside()
    pairs = [(seconds(run), seconds(beside)) for _ in range(turns)]
    return statistics.median(a / max(b, 1e-9) for a, b in pairs), statistics.median(a for a, _ in pairs)


def dataclasses(n: int) -> list[Eight]:
    return [Eight(1, 2) for _ in range(n)]


def made(kind: Callable[[int], list[Layer]], n: int) -> int:
    return parameters(kind(n))


def scaling(sizes: tuple[int, ...]) -> None:
    for kind in (convolutions, mixed):
        print(
            f"\n{kind.__name__}: one layer, beside one layer of {SIZES[0]}, and beside one frozen dataclass"
        )
        heads = f"{'made, built and counted':>34}  {'built and counted':>26}  {'with derivations':>18}"
        print(f"{'layers':>8}  {heads}")
        small = kind(SIZES[0])
        for n in sizes:
            turns, layers = TURNS if n <= 1_000 else 3, kind(n)
            whole, time_taken = ratio(partial(made, kind, n), partial(dataclasses, n), turns)
            grown = ratio(partial(parameters, layers), partial(parameters, small), turns)[0] * SIZES[0] / n
            built = ratio(partial(parameters, layers), partial(dataclasses, n), turns)[0]
            told = ratio(partial(derived, layers), partial(derived, small), 1)[0] * SIZES[0] / n
            print(
                f"{n:8,}  {1e6 * time_taken / n:9.1f} µs, {whole:6.1f} dataclasses"
                f"  {grown:6.2f}, {built:6.1f} dataclasses  {told:18.2f}"
            )


def by_us(x: Any, weight: Any, settings: tuple[Any, ...] = ()) -> Any:
    return conv2d(x, weight, *settings)


def single_channel() -> None:
    from scipy import signal

    print("\nconv2d, one channel, beside scipy.signal.correlate2d")
    random = np.random.default_rng(0)
    for side, k in SINGLE_CHANNEL:
        x, w = random.normal(size=(side, side)), random.normal(size=(k, k))
        ours, theirs = partial(by_us, x[None], w[None, None]), partial(signal.correlate2d, x, w, "valid")
        assert np.allclose(ours()[0], theirs())
        print(f"{side:4} x {side}, kernel {k:2}: {ratio(ours, theirs, 41)[0]:5.2f}")


def alexnet() -> None:
    import torch

    torch.set_num_threads(1)
    print(
        "\nconv2d on AlexNet's layers, beside torch (one thread): float32, float64, and the definition's loop"
    )
    random = np.random.default_rng(0)
    for shape, out_channels, k, stride, padding, groups in ALEXNET:
        line = f"{shape!s:16} -> {out_channels:3}, kernel {k:2}:"
        settings: Any = (None, stride, padding, 1, groups)
        for dtype in (np.float32, np.float64):
            x: Any = random.normal(size=shape).astype(dtype)
            w: Any = random.normal(size=(out_channels, shape[0] // groups, k, k)).astype(dtype)
            ours = partial(by_us, x, w, settings)
            tensors = torch.from_numpy(x)[None], torch.from_numpy(w)
            theirs = partial(torch.nn.functional.conv2d, *tensors, *settings)
            assert np.allclose(ours(), theirs()[0].numpy(), rtol=1e-3, atol=1e-3)
            line += f" {ratio(ours, theirs)[0]:5.2f}"
        loop = seconds(partial(conv2d_by_definition, x, w, *settings)) / max(seconds(theirs), 1e-9)
        print(f"{line} {loop:7.0f}")


Grid = tuple[int, int, range, range, range, range]


def scanned(asked: Grid) -> list[ConvSettings]:
    """Try all quadruples at once."""
    before, after, *choices = asked
    k, s, p, d = np.ix_(*(np.arange(choice.start, choice.stop) for choice in choices))
    reach = d * (k - 1) + 1
    room = before + 2 * p - reach
    found = np.nonzero((room // s == after - 1) & (room >= 0) & (p < reach))
    columns = [(place + choice.start).tolist() for place, choice in zip(found, choices, strict=True)]
    return list(map(ConvSettings._make, zip(*columns, strict=True)))


def solved(asked: Grid) -> list[ConvSettings]:
    before, after, k, s, p, d = asked
    return solve_conv(before, after, kernel_size=k, stride=s, padding=p, dilation=d)


def solving() -> None:
    print("\nsolve_conv, beside a scan by NumPy")
    for asked in GRIDS:
        assert solved(asked) == scanned(asked)
        many = math.prod(map(len, asked[2:]))
        print(f"{many:9,} quadruples: {ratio(partial(solved, asked), partial(scanned, asked), 61)[0]:5.2f}")


def main() -> None:
    print("--- the collector is on")
    scaling(SIZES)
    print("\n--- the collector is off")
    gc.disable()
    scaling(SIZES[:2])
    gc.enable()
    solving()
    for peer, run in (("scipy", single_channel), ("torch", alexnet)):
        if importlib.util.find_spec(peer) is None:
            print(f"\n{peer} is not installed: its ratios are left out.")
        else:
            run()


if __name__ == "__main__":
    main()
