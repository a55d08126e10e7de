"""Networks as specifications: layers, sizes, and everything about them that can be counted exactly."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from nnutils.networks.base import Layer, Shape, Sizes
from nnutils.networks.blocks import Block, Concat, Residual
from nnutils.networks.counting import COLUMNS, MORE_COLUMNS, RULES, Counts, LayerCounts, count
from nnutils.networks.layers import (
    Activation,
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    Flatten,
    Linear,
    MaxPool2d,
    Pool2d,
    ReLU,
    Sigmoid,
    Tanh,
)
from nnutils.networks.network import Network, Step
from nnutils.networks.sizes import conv_output_size

if TYPE_CHECKING:
    from nnutils.networks.enumeration import Tally, enumerate_reads
    from nnutils.networks.memory import ActivationMemory, activation_memory
    from nnutils.networks.padding_counts import real_multiplications, taps_by_window, taps_inside
    from nnutils.networks.receptive_field import ReceptiveField, receptive_fields
    from nnutils.networks.solver import ConvSettings, solve_conv
    from nnutils.networks.transposed import TransposedSettings, conv_transpose_output_size
    from nnutils.networks.wording import in_words, settings_in_words, solve_by_hand

__all__ = [
    "COLUMNS",
    "MORE_COLUMNS",
    "RULES",
    "Activation",
    "ActivationMemory",
    "AvgPool2d",
    "BatchNorm2d",
    "Block",
    "Concat",
    "Conv2d",
    "ConvSettings",
    "Counts",
    "Flatten",
    "Layer",
    "LayerCounts",
    "Linear",
    "MaxPool2d",
    "Network",
    "Pool2d",
    "ReLU",
    "ReceptiveField",
    "Residual",
    "Shape",
    "Sigmoid",
    "Sizes",
    "Step",
    "Tally",
    "Tanh",
    "TransposedSettings",
    "activation_memory",
    "conv_output_size",
    "conv_transpose_output_size",
    "count",
    "enumerate_reads",
    "in_words",
    "real_multiplications",
    "receptive_fields",
    "settings_in_words",
    "solve_by_hand",
    "solve_conv",
    "taps_by_window",
    "taps_inside",
]

_LATER = {
    "enumeration": ("Tally", "enumerate_reads"),
    "memory": ("ActivationMemory", "activation_memory"),
    "padding_counts": ("real_multiplications", "taps_by_window", "taps_inside"),
    "receptive_field": ("ReceptiveField", "receptive_fields"),
    "solver": ("ConvSettings", "solve_conv"),
    "transposed": ("TransposedSettings", "conv_transpose_output_size"),
    "wording": ("in_words", "settings_in_words", "solve_by_hand"),
}
"""What building and counting a network does not need, by module: loaded when it is first asked for."""


def __getattr__(name: str) -> object:
    """Load a module when it, or one of its names, is first asked for."""
    for module, names in _LATER.items():
        if name == module or name in names:
            loaded = importlib.import_module(f"nnutils.networks.{module}")
            return loaded if name == module else globals().setdefault(name, getattr(loaded, name))
    raise AttributeError(f"module 'nnutils.networks' has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__})
