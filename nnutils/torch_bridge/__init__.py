"""The bridge to torch: specifications as modules, counts of any module, autograd and torch's own counter."""

from nnutils.core.extras import need

need("nnutils.torch_bridge", "torch", "numpy", extra="torch")

from nnutils.torch_bridge.activations import change_activation_, sigmoid_to_tanh_, tanh_to_sigmoid_
from nnutils.torch_bridge.autograd import autograd_gradients
from nnutils.torch_bridge.counting import count_module
from nnutils.torch_bridge.flop_counter import flop_counter_multiplications
from nnutils.torch_bridge.memory import module_memory
from nnutils.torch_bridge.module_counts import ModuleCounts, NotCounted
from nnutils.torch_bridge.modules import TorchNetwork, to_torch

__all__ = [
    "ModuleCounts",
    "NotCounted",
    "TorchNetwork",
    "autograd_gradients",
    "change_activation_",
    "count_module",
    "flop_counter_multiplications",
    "module_memory",
    "sigmoid_to_tanh_",
    "tanh_to_sigmoid_",
    "to_torch",
]
