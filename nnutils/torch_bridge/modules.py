"""Specifications as torch modules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext

import torch

from nnutils.core.errors import NetworkError
from nnutils.networks.base import Layer
from nnutils.networks.blocks import Block, Concat, Residual
from nnutils.networks.checks import whole
from nnutils.networks.layers import (
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    Flatten,
    Linear,
    MaxPool2d,
    ReLU,
    Sigmoid,
    Tanh,
)
from nnutils.networks.network import Network, Step

__all__ = ["TorchNetwork", "to_torch"]


def to_torch(
    network: Network,
    *,
    seed: int | None = None,
    dtype: torch.dtype | None = None,
    device: torch.device | str | None = None,
) -> TorchNetwork:
    """Return a torch module with the layers of a specification.

    Its submodules have the names of the layers: the weights of ``conv1`` are ``conv1.weight``, and
    ``module.get_submodule("concat.branch2.conv")`` finds a layer inside a block. Its input is a batch of
    samples, ``(N, *input_shape)``. It is in evaluation mode, as the specification describes prediction; for
    training call ``.train()``.

    The weights are torch's usual random ones. With a ``seed`` they are the same each time, and torch's random
    state stays as it was; without one, they are drawn from that state.

    Raises:
        NetworkError: for a layer without a counterpart in torch, for a name that a torch module cannot have,
            and for a ``dtype`` that is not a real floating-point one.
        SizeError: for a seed that is not a whole number, at least 0.

    >>> net = Network((3, 8, 8), [Conv2d(6, 3, groups=3, name="conv1"), Flatten(), Linear(10, name="out")])
    >>> module = to_torch(net, seed=0)
    >>> [name for name, _ in module.named_parameters()]
    ['conv1.weight', 'conv1.bias', 'out.weight', 'out.bias']
    >>> module(torch.zeros(2, 3, 8, 8)).shape
    torch.Size([2, 10])
    """
    if not isinstance(network, Network):
        raise NetworkError(
            f"to_torch() needs a Network, got {type(network).__name__}.",
            remedy="Make one: Network(input_shape, [layer, ...]).",
        )
    if dtype is not None and not dtype.is_floating_point:
        raise NetworkError(
            f"Weights cannot be {dtype}.", remedy="Use a floating-point dtype, such as torch.float64."
        )
    start = None if seed is None else whole("seed", seed)
    target = torch.get_default_device() if device is None else torch.device(device)
    # Made on the CPU in single precision, so that a seed gives the same weights on every device and in every
    # dtype.
    made_on = torch.device("meta" if target.type == "meta" else "cpu")
    with made_on, nullcontext() if start is None else torch.random.fork_rng(devices=[]):
        if start is not None:
            torch.default_generator.manual_seed(start)
        module = TorchNetwork(network)
    return module.to(device=target, dtype=dtype or torch.get_default_dtype()).eval()


class TorchNetwork(torch.nn.Module):
    """A torch module that runs the layers of ``specification`` in order, on a batch of samples."""

    def __init__(self, specification: Network) -> None:
        """Make a submodule for each layer, under the layer's name."""
        super().__init__()
        self.specification = specification
        # A block is registered before the layers in its branches, which are its submodules.
        for step in sorted(specification.steps, key=lambda step: step.name.count(".")):
            _register(self, step.name, _counterpart(step))

    def forward(self, batch: torch.Tensor) -> torch.Tensor:
        """Return the outputs ``(N, *output_shape)`` for inputs ``(N, *input_shape)``.

        Raises:
            NetworkError: for an input of another shape; a single sample needs a batch of one around it.
        """
        expected = self.specification.input_shape
        if tuple(batch.shape[1:]) != expected:
            raise NetworkError(
                f"This network takes a batch of inputs {expected}, got shape {tuple(batch.shape)}.",
                remedy="Make a batch of a single sample with sample[None].",
            )
        return self._run(self.specification.layers, iter(self.specification.steps), batch)

    def _run(self, layers: Sequence[Layer], steps: Iterator[Step], batch: torch.Tensor) -> torch.Tensor:
        """Run a list of layers; ``steps`` names them in the same order, blocks after their branches."""
        for layer in layers:
            given: torch.Tensor | list[torch.Tensor] = batch
            if isinstance(layer, Block):
                given = [self._run(branch, steps, batch) for branch in layer.branches]
            batch = self.get_submodule(next(steps).name)(given)
        return batch


# These three have names without an underscore because print(module) shows them.


class Cat(torch.nn.Module):
    """A stack of the outputs of branches along the channels."""

    def forward(self, outputs: list[torch.Tensor]) -> torch.Tensor:
        """Return all channels as one tensor."""
        return torch.cat(outputs, dim=1)


class Add(torch.nn.Module):
    """The sum of the outputs of a body and of its shortcut."""

    def forward(self, outputs: list[torch.Tensor]) -> torch.Tensor:
        """Return the sum of the two."""
        body, shortcut = outputs
        return body + shortcut


class Branch(torch.nn.Module):
    """The layers of one branch, so that their names can begin with that of the branch."""


def _register(root: torch.nn.Module, name: str, module: torch.nn.Module) -> None:
    """Add a submodule under a dotted name, with the branches on the way there."""
    *branches, last = name.split(".")
    place = root
    try:
        for branch in branches:
            if branch not in dict(place.named_children()):
                place.add_module(branch, Branch())
            place = place.get_submodule(branch)
        place.add_module(last, module)
    except KeyError as error:
        raise NetworkError(
            f"A torch module cannot have a layer called {name!r}: {error.args[0]}.",
            remedy="Give the layer another name.",
        ) from None


def _counterpart(step: Step) -> torch.nn.Module:
    """Return the torch module of one layer; the sizes of its input are read off the step."""
    layer, inputs = step.layer, step.input_shape[0]
    if type(layer) is Conv2d:
        return torch.nn.Conv2d(
            inputs,
            layer.out_channels,
            kernel_size=layer.kernel_size,
            stride=layer.stride,
            padding=layer.padding,
            dilation=layer.dilation,
            groups=layer.groups,
            bias=layer.bias,
            dtype=torch.float32,
        )
    if type(layer) is Linear:
        return torch.nn.Linear(inputs, layer.out_features, bias=layer.bias, dtype=torch.float32)
    if type(layer) is MaxPool2d:
        return torch.nn.MaxPool2d(
            layer.kernel_size, layer.stride, layer.padding, layer.dilation, ceil_mode=layer.ceil_mode
        )
    if type(layer) is AvgPool2d:
        return torch.nn.AvgPool2d(layer.kernel_size, layer.stride, layer.padding, ceil_mode=layer.ceil_mode)
    if type(layer) is BatchNorm2d:
        return torch.nn.BatchNorm2d(inputs)
    # Subclasses may work differently, so only the kinds themselves have a counterpart: hence type(), not
    # isinstance().
    if type(layer) in _WITHOUT_SIZES:
        return _WITHOUT_SIZES[type(layer)]()
    known = sorted(kind.__name__ for kind in {*_SIZED, *_WITHOUT_SIZES})
    raise NetworkError(
        f"{type(layer).__name__} ({step.name!r}) has no counterpart in torch.",
        remedy=f"Build it from {', '.join(known)}.",
    )


_SIZED = {Conv2d, Linear, MaxPool2d, AvgPool2d, BatchNorm2d}
_WITHOUT_SIZES: dict[type[Layer], type[torch.nn.Module]] = {
    Flatten: torch.nn.Flatten,
    ReLU: torch.nn.ReLU,
    Tanh: torch.nn.Tanh,
    Sigmoid: torch.nn.Sigmoid,
    Concat: Cat,
    Residual: Add,
}
