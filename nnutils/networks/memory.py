"""Activation memory: the bytes of what the layers of a network put out, all of it and what is alive."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nnutils.core.errors import CountError
from nnutils.core.messages import shown
from nnutils.core.worked import Worked, total
from nnutils.networks.base import Layer
from nnutils.networks.blocks import Block
from nnutils.networks.layers import Flatten
from nnutils.networks.network import Network, Step

__all__ = ["BYTES", "ActivationMemory", "Tally", "activation_memory", "bytes_of"]

BYTES = {"float64": 8, "float32": 4, "float16": 2, "bfloat16": 2, "int8": 1}
"""How many bytes a number takes, by its dtype."""


@dataclass(frozen=True)
class ActivationMemory:
    """The bytes of a forward run's activations: exact worked numbers.

    ``total`` has every tensor that a layer makes, as a backward pass needs them; ``peak`` is the most that is
    alive at once when nothing is kept, ``at`` the layer that runs then. The input is alive throughout and in
    ``peak`` alone; parameters are in neither.
    """

    total: Worked
    peak: Worked
    at: str


class Tally:
    """The tensors that are alive, by a key, and the most bytes that they took together."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._made: list[Worked] = []
        self._alive: dict[int, Worked] = {}
        self._peak: tuple[int, str, tuple[Worked, ...]] = (0, "", ())

    def made(self, key: int, name: str, values: int, each: int, *, given: bool = False) -> None:
        """Take note of a new tensor; one that was given is alive, but no layer made it."""
        size = (Worked(values, "values") * Worked(each, "bytes")).named(name)
        self._alive[key] = size
        if not given:
            self._made.append(size)
        now = sum(int(part) for part in self._alive.values())
        if now > self._peak[0]:
            self._peak = (now, name, tuple(self._alive.values()))

    def freed(self, key: int) -> None:
        """Take note that a tensor is no longer needed."""
        del self._alive[key]

    def alive(self) -> list[int]:
        """Return the keys of the tensors that are alive."""
        return list(self._alive)

    def memory(self) -> ActivationMemory:
        """Return what was found."""
        _, at, parts = self._peak
        return ActivationMemory(total(self._made, "total"), total(parts, "peak"), at)


def bytes_of(dtype: object) -> int:
    """Return the bytes of one number.

    Raises:
        CountError: for a dtype that is not in ``BYTES``.

    >>> bytes_of("float16")
    2
    """
    if not isinstance(dtype, str) or dtype not in BYTES:
        raise CountError(
            f"There is no dtype {shown(dtype)} for activations.", remedy=f"Use one of: {', '.join(BYTES)}."
        )
    return BYTES[dtype]


def activation_memory(network: Network, dtype: str = "float32") -> ActivationMemory:
    """Return the bytes of a network's activations for one sample, in total and at the peak of a forward run.

    Layers run in order, the branches of a block one after the other. While a layer runs, its input and its
    output are alive. Its input is freed then, but for that of the network, and for that of a block, which
    stays until the branches are joined; what the branches put out stays until then too. A Flatten makes
    nothing new. No layer works in place.

    Raises:
        CountError: for anything but a ``Network``, and for a dtype that is not known.

    >>> from nnutils.networks.layers import Linear, ReLU
    >>> memory = activation_memory(Network((4,), [Linear(8, name="fc"), ReLU(name="relu"), Linear(2)]))
    >>> memory.total.work, memory.at
    ('32 + 32 + 8 = 72', 'relu')
    >>> memory.peak.work
    '16 + 32 + 32 = 80'
    """
    if not isinstance(network, Network):
        raise CountError(
            f"activation_memory() needs a Network, got {type(network).__name__}.",
            remedy="For a torch module use nnutils.torch_bridge.module_memory.",
        )
    each, tally = bytes_of(dtype), Tally()
    tally.made(0, "input", math.prod(network.input_shape), each, given=True)
    _run(network.layers, iter(network.steps), 0, tally, each)
    return tally.memory()


def _run(layers: Sequence[Layer], steps: Iterator[Step], given: int, tally: Tally, each: int) -> int:
    """Run some layers on the tensor with the key ``given``, which the caller keeps; return the last key."""
    current = given
    for layer in layers:
        ends: list[int] = []
        if isinstance(layer, Block):
            ends = [_run(branch, steps, current, tally, each) for branch in layer.branches]
        step = next(steps)
        if isinstance(layer, Flatten):
            continue
        made = id(step)
        tally.made(made, step.name, math.prod(step.output_shape), each)
        for key in {*ends, current} - {given}:
            tally.freed(key)
        current = made
    return current
