"""The bridge to torch: a specification as a module, counts of any module, autograd as an oracle."""

from nnutils.torch_bridge.activations import change_activation_, sigmoid_to_tanh_, tanh_to_sigmoid_
from nnutils.torch_bridge.autograd import autograd_gradients
from nnutils.torch_bridge.counting import count_module
from nnutils.torch_bridge.modules import TorchNetwork, to_torch

__all__ = [
    "TorchNetwork",
    "autograd_gradients",
    "change_activation_",
    "count_module",
    "sigmoid_to_tanh_",
    "tanh_to_sigmoid_",
    "to_torch",
]
