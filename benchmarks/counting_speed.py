"""Counting torch modules beside torchinfo.

Run it as ``python -m benchmarks.counting_speed``, in an environment that has torchinfo and torchvision
(``requirements-bench.txt``).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import torch
from torch import nn

from benchmarks.peers.ratios import Ratio, beside, show
from benchmarks.peers.torchvision_models import torchvision
from nnutils import count

__all__ = ["ratios"]

MANY, SHAPE = 1_000, (3, 16, 16)


def stack() -> nn.Module:
    """Return a thousand convolutions, one after the other."""
    return nn.Sequential(*(nn.Conv2d(3, 3, 3, padding=1) for _ in range(MANY))).eval()


def ratios() -> Iterator[Ratio]:
    """Count each module by both, which find as many parameters."""
    import torchinfo

    torch.set_num_threads(1)
    modules = (
        (f"`count`, {MANY:,} convolutions", stack(), SHAPE),
        ("`count`, ResNet-50", torchvision().models.resnet50(weights=None).eval(), (3, 224, 224)),
    )
    for what, module, shape in modules:
        ours = partial(count, module, shape)
        theirs = partial(torchinfo.summary, module, (1, *shape), verbose=0)
        assert int(ours().total["parameters"]) == theirs().total_params
        yield beside("torch modules", what, "torchinfo", ours, theirs, turns=5)


if __name__ == "__main__":
    show(ratios())
