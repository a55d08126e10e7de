"""Layers made of branches: stacked side by side (Concat) or added up (Residual)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from nnutils.core.errors import NetworkError
from nnutils.networks.layers import Activation, Layer, Pool2d, Shape, show

__all__ = [
    "Block",
    "Concat",
    "Residual",
    "checked",
]


class Block(Layer, ABC):
    """The parent of the blocks: branches that read the block's input, and a rule that joins their outputs."""

    branches: tuple[tuple[Layer, ...], ...]

    @abstractmethod
    def join(self, shapes: Sequence[Shape]) -> Shape:
        """Return the shape that the branches' output shapes make together."""


@dataclass(frozen=True, init=False)
class Concat(Block):
    """Branches that read the same input; their outputs are stacked along the channels.

    Each branch is a list of layers; an empty list passes the input on.

    Raises:
        NetworkError: without branches, and if the branches' heights or widths differ.

    Source: Szegedy et al., "Going deeper with convolutions" (2015), Fig. 2.

    >>> from nnutils.networks.layers import Conv2d
    >>> block = Concat([Conv2d(64, 1)], [Conv2d(96, 1), Conv2d(128, 3, padding=1)])
    >>> len(block.branches)
    2
    """

    branches: tuple[tuple[Layer, ...], ...]
    name: str | None = None

    def __init__(self, *branches: Sequence[Layer], name: str | None = None) -> None:
        """Keep the branches in the order given."""
        if not branches:
            raise NetworkError("Concat() has no branches.", remedy="Give each branch as a list of layers.")
        entries = tuple(checked(branch, f"branch {i} of Concat") for i, branch in enumerate(branches, 1))
        object.__setattr__(self, "branches", entries)
        object.__setattr__(self, "name", name)
        self._check_name()

    def __str__(self) -> str:
        """Name the block and the number of its branches."""
        return f"Concat of {len(self.branches)} branches"

    def join(self, shapes: Sequence[Shape]) -> Shape:
        """Return the shape of the stacked outputs of the branches."""
        if len({shape[1:] for shape in shapes}) > 1:
            listed = ", ".join(f"branch {i}: {show(shape)}" for i, shape in enumerate(shapes, 1))
            raise NetworkError(
                f"{self} cannot stack outputs of different height or width: {listed}.",
                remedy="Pad or stride the branches so that all have the same height and width.",
            )
        return (sum(shape[0] for shape in shapes), *shapes[0][1:])


@dataclass(frozen=True, init=False)
class Residual(Block):
    """A body whose output is added to its input, or to a shortcut of the input.

    Raises:
        NetworkError: if the two shapes differ.

    Source: He et al., "Deep residual learning for image recognition" (2016), equations 1 and 2.

    >>> from nnutils.networks.layers import Conv2d
    >>> str(Residual([Conv2d(64, 3, padding=1)]))
    'Residual sum'
    """

    branches: tuple[tuple[Layer, ...], ...]
    name: str | None = None

    def __init__(
        self, body: Sequence[Layer], shortcut: Sequence[Layer] | None = None, name: str | None = None
    ) -> None:
        """Keep body and shortcut; without a shortcut the input itself is added."""
        entries = (checked(body, "the body of Residual"), checked(shortcut or (), "the shortcut of Residual"))
        object.__setattr__(self, "branches", entries)
        object.__setattr__(self, "name", name)
        self._check_name()

    def __str__(self) -> str:
        """Name the block."""
        return "Residual sum"

    def join(self, shapes: Sequence[Shape]) -> Shape:
        """Return the shape of the sum of body and shortcut."""
        body, shortcut = shapes
        if body != shortcut:
            raise NetworkError(
                f"{self} cannot add {show(body)} (body) and {show(shortcut)} (shortcut).",
                remedy=f"Give it a shortcut that makes {show(body)}, such as a 1 x 1 convolution.",
            )
        return body


def checked(layers: object, where: str) -> tuple[Layer, ...]:
    """Return the layers as a tuple, or say which entry is not a layer.

    >>> from nnutils.networks.layers import Flatten
    >>> checked([Flatten(), "relu"], "the network")
    Traceback (most recent call last):
    nnutils.core.errors.NetworkError: Entry 2 of the network is 'relu', which is not a layer.
      Known layers: AvgPool2d, BatchNorm2d, Concat, Conv2d, Flatten, Linear, MaxPool2d, ReLU, Residual,
      Sigmoid, Tanh.
    """
    entries = tuple(layers) if isinstance(layers, Sequence) and not isinstance(layers, str) else (layers,)
    for i, entry in enumerate(entries, 1):
        if not isinstance(entry, Layer):
            shown, remedy = _stranger(entry)
            raise NetworkError(f"Entry {i} of {where} is {shown}, which is not a layer.", remedy=remedy)
    return tuple(entry for entry in entries if isinstance(entry, Layer))


def _stranger(entry: object) -> tuple[str, str]:
    """Say what an entry that is not a layer is, and what to write in its place."""
    kind = type(entry)
    if isinstance(entry, type) and issubclass(entry, Layer):
        return f"the class {entry.__name__}", f"Write {entry.__name__}(...), with parentheses."
    if any(parent.__module__.split(".")[0] == "torch" for parent in kind.__mro__):
        return (
            f"torch's {kind.__name__}",
            "Use the layers of nnutils, or count the whole torch module: count(module, input_shape).",
        )
    parents = (Activation, Pool2d, Block)
    known = sorted(
        layer.__name__ for layer in _all_kinds(Layer) if layer not in parents and layer.__module__ in _OWN
    )
    shown = repr(entry) if isinstance(entry, str | int | float | None) else f"of type {kind.__name__}"
    return shown, f"Known layers: {', '.join(known)}."


_OWN = (Layer.__module__, __name__)
"""Where the library's own layers are defined; a user's own kinds are not advertised to others."""


def _all_kinds(kind: type[Layer]) -> list[type[Layer]]:
    return [sub for direct in kind.__subclasses__() for sub in (direct, *_all_kinds(direct))]
