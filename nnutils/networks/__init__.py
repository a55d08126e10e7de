"""Networks as specifications: layers, sizes, and everything about them that can be counted exactly."""

from nnutils.networks.base import Layer, Shape, Sizes
from nnutils.networks.blocks import Block, Concat, Residual
from nnutils.networks.counting import COLUMNS, MORE_COLUMNS, RULES, Counts, LayerCounts, count
from nnutils.networks.enumeration import Tally, enumerate_reads
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
from nnutils.networks.memory import ActivationMemory, activation_memory
from nnutils.networks.network import Network, Step
from nnutils.networks.padding_counts import real_multiplications, taps_by_window, taps_inside
from nnutils.networks.receptive_field import ReceptiveField, receptive_fields
from nnutils.networks.sizes import conv_output_size
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
