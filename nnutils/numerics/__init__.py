"""Activations and convolution in NumPy, networks with exact weights, gradients checked by differences."""

from nnutils.core.extras import need

need("nnutils.numerics", "numpy", extra="numerics")

from nnutils.numerics.activation_change import (
    AffineRelation,
    activation_relation,
    change_activation,
    network_output,
    sigmoid_to_tanh,
    tanh_to_sigmoid,
)
from nnutils.numerics.convolutions import conv2d, conv2d_by_definition
from nnutils.numerics.differences import Differences, central_difference
from nnutils.numerics.exact_mlp import MLP, Affine
from nnutils.numerics.gradient_check import GradReport, gradcheck
from nnutils.numerics.reference import (
    cross_entropy,
    heaviside,
    log_softmax,
    relu,
    sigmoid,
    softmax,
    softplus,
)
from nnutils.numerics.signals import convolve1d, same_window
from nnutils.numerics.sorting_networks import (
    SORTING_DESIGNS,
    box_pair,
    comparators,
    minimal_pair,
    single_output,
    sort_by_relu,
    sorting_error,
    sorting_network_pair,
    zero_one_counterexample,
)

__all__ = [
    "MLP",
    "SORTING_DESIGNS",
    "Affine",
    "AffineRelation",
    "Differences",
    "GradReport",
    "activation_relation",
    "box_pair",
    "central_difference",
    "change_activation",
    "comparators",
    "conv2d",
    "conv2d_by_definition",
    "convolve1d",
    "cross_entropy",
    "gradcheck",
    "heaviside",
    "log_softmax",
    "minimal_pair",
    "network_output",
    "relu",
    "same_window",
    "sigmoid",
    "sigmoid_to_tanh",
    "single_output",
    "softmax",
    "softplus",
    "sort_by_relu",
    "sorting_error",
    "sorting_network_pair",
    "tanh_to_sigmoid",
    "zero_one_counterexample",
]
