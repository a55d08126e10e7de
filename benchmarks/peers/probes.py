"""Twelve small modules whose multiply-accumulates and parameters are worked out by hand, for every counter.

No module has a bias that its products could be confused with, and none pads: conventions decide nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from benchmarks.peers.counters import COUNTERS, answer

__all__ = ["PROBES", "Probe", "probed"]


@dataclass(frozen=True)
class Probe:
    """A module, what goes in, and the two numbers for one sample with their derivation in words."""

    name: str
    make: Callable[[], nn.Module]
    inputs: tuple[tuple[int, ...], ...]
    macs: int
    parameters: int
    derivation: str


class _Functional(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.kernel = nn.Parameter(torch.zeros(6, 4, 3, 3))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = nn.functional.conv2d(x, self.kernel)
        return found


class _At(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(20, 30))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x @ self.weight


class _Einsum(_At):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = torch.einsum("bi,ij->bj", x, self.weight)
        return found


class _Twice(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.Linear(20, 20, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = self.layer(torch.relu(self.layer(x)))
        return found


class _Tied(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = nn.Linear(20, 20, bias=False), nn.Linear(20, 20, bias=False)
        self.second.weight = self.first.weight

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = self.second(torch.relu(self.first(x)))
        return found


class _Unused(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.Linear(20, 5, bias=False)
        self.scale = nn.Parameter(torch.zeros(7))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = self.layer(x)
        return found


class _Attention(nn.Module):
    def forward(self, q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
        return nn.functional.scaled_dot_product_attention(q, k, v)


class _First(nn.Module):
    """A recurrent layer returns its states as well; only the sequence goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.LSTM(10, 20, bias=False, batch_first=True)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = self.layer(x)[0]
        return found


def _encoder() -> nn.Module:
    return nn.TransformerEncoderLayer(16, 2, 32, batch_first=True, bias=True)


PROBES = (
    Probe(
        "convolution in groups",
        lambda: nn.Conv2d(8, 12, 3, groups=4, bias=False),
        ((8, 10, 10),),
        12 * 8 * 8 * 2 * 3 * 3,
        12 * 2 * 3 * 3,
        "12 · 8 · 8 units, each reads 8 / 4 channels of 3 × 3",
    ),
    Probe(
        "convolution as a function",
        _Functional,
        ((4, 9, 9),),
        6 * 7 * 7 * 4 * 3 * 3,
        6 * 4 * 3 * 3,
        "6 · 7 · 7 units, each reads 4 channels of 3 × 3",
    ),
    Probe("matrix product by @", _At, ((20,),), 20 * 30, 20 * 30, "30 units, each reads 20 values"),
    Probe("matrix product by einsum", _Einsum, ((20,),), 20 * 30, 20 * 30, "30 units, each reads 20 values"),
    Probe("layer called twice", _Twice, ((20,),), 2 * 20 * 20, 20 * 20, "20 · 20 products twice, one matrix"),
    Probe(
        "two layers, one matrix", _Tied, ((20,),), 2 * 20 * 20, 20 * 20, "20 · 20 products twice, one matrix"
    ),
    Probe(
        "parameter that nothing uses",
        _Unused,
        ((20,),),
        20 * 5,
        20 * 5 + 7,
        "20 · 5 products; 7 more parameters",
    ),
    Probe(
        "positions of a sequence",
        lambda: nn.Linear(20, 30, bias=False),
        ((6, 20),),
        6 * 20 * 30,
        20 * 30,
        "30 units at each of 6 positions, each reads 20 values",
    ),
    Probe(
        "transposed convolution",
        lambda: nn.ConvTranspose2d(4, 6, 3, stride=2, bias=False),
        ((4, 5, 5),),
        4 * 5 * 5 * 6 * 3 * 3,
        4 * 6 * 3 * 3,
        "each of 4 · 5 · 5 inputs is multiplied by a kernel of 6 · 3 · 3",
    ),
    Probe(
        "attention as a function",
        _Attention,
        ((2, 7, 8), (2, 7, 8), (2, 7, 8)),
        2 * (7 * 7 * 8 + 7 * 7 * 8),
        0,
        "in each of 2 heads 7 · 7 scores of 8 products, then 7 · 8 sums of 7 products",
    ),
    Probe(
        "layer of a transformer",
        _encoder,
        ((5, 16),),
        5 * 16 * 48 + 2 * (5 * 5 * 8 + 5 * 5 * 8) + 5 * 16 * 16 + 2 * 5 * 16 * 32,
        3 * (16 * 16 + 16) + (16 * 16 + 16) + (16 * 32 + 32) + (32 * 16 + 16) + 2 * (16 + 16),
        "queries, keys, values; scores and sums of 2 heads; output; two dense layers",
    ),
    Probe(
        "LSTM",
        _First,
        ((6, 10),),
        6 * 4 * 20 * (10 + 20),
        4 * 20 * (10 + 20),
        "at each of 6 steps 4 gates of 20 units, each reads 10 inputs and 20 states",
    ),
)
"""The probes, in the order of the table. The layer of a transformer has biases: torch builds it without any
only for the slow path. Additions of biases are no multiply-accumulates, so its ``macs`` leave them out."""


def probed(counters: Iterable[str] = COUNTERS) -> Iterator[dict[str, Any]]:
    """Yield each probe with what the counters say of a batch of one, as it is stored."""
    for probe in PROBES:
        inputs: tuple[Any, ...] = tuple(torch.zeros(1, *shape) for shape in probe.inputs)
        answers = {}
        for name in counters:
            module = probe.make()
            if len(inputs) == 1:
                module = nn.Sequential(module)  # some counters count the children of a module only
            answers[name] = answer(name, module.eval(), inputs).stored()
        yield {
            "name": probe.name,
            "derivation": probe.derivation,
            "macs": probe.macs,
            "parameters": probe.parameters,
            "answers": answers,
        }
