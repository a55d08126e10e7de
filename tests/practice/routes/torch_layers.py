"""Layers as torch makes them, on the device that has no memory: sizes and weights without any numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch

from nnutils.networks import Conv2d, Flatten, Layer, Linear, MaxPool2d


class Made(NamedTuple):
    """A layer in torch, and the sizes that go in and come out."""

    name: str
    module: torch.nn.Module
    before: tuple[int, ...]
    after: tuple[int, ...]

    @property
    def weights(self) -> int:
        weight: Any = getattr(self.module, "weight", None)
        return 0 if weight is None else weight.numel()

    @property
    def parameters(self) -> int:
        return sum(parameter.numel() for parameter in self.module.parameters())

    @property
    def units(self) -> int:
        return int(torch.tensor(self.after).prod())

    @property
    def multiplications(self) -> int:
        """Each output reads as many values as one filter has weights."""
        weight: Any = getattr(self.module, "weight", None)
        return 0 if weight is None else self.units * weight[0].numel()


def run(shape: Sequence[int], layers: Sequence[Layer]) -> list[Made]:
    """Put a picture through the layers, one after the other."""
    value, made = torch.empty(1, *shape, device="meta"), []
    for layer in layers:
        before = tuple(value.shape[1:])
        module = _module(layer, before)
        value = module(value)
        made.append(Made(layer.name, module, before, tuple(value.shape[1:])))
    return made


def _module(layer: Layer, before: tuple[int, ...]) -> torch.nn.Module:
    if isinstance(layer, Conv2d):
        return torch.nn.Conv2d(
            before[0],
            layer.out_channels,
            layer.kernel_size,
            layer.stride,
            layer.padding,
            layer.dilation,
            layer.groups,
            layer.bias,
            device="meta",
        )
    if isinstance(layer, Linear):
        return torch.nn.Linear(before[0], layer.out_features, layer.bias, device="meta")
    if isinstance(layer, MaxPool2d):
        return torch.nn.MaxPool2d(layer.kernel_size, layer.stride, layer.padding)
    assert isinstance(layer, Flatten)
    return torch.nn.Flatten()
