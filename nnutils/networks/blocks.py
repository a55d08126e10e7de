"""Layers made of branches: stacked side by side (Concat) or added up (Residual)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from nnutils.core.errors import NetworkError
from nnutils.core.messages import shown
from nnutils.core.plain_or_worked import WORKED, N, Numbers
from nnutils.networks import layers as kinds
from nnutils.networks.base import Layer, LayerProblem, Sizes, show

__all__ = [
    "Block",
    "Concat",
    "Residual",
]


class Block(Layer, ABC):
    """The parent of the blocks: branches that read the block's input, and a rule that joins their outputs."""

    branches: tuple[tuple[Layer, ...], ...]
    _by_rule: ClassVar[bool] = False

    def __init_subclass__(cls, **options: object) -> None:
        """Let a network ask ``join`` where a kind has its own, and ``_joined`` in plain numbers elsewhere."""
        super().__init_subclass__(**options)
        if "join" in vars(cls):
            cls._by_rule = "_joined" in vars(cls)

    @abstractmethod
    def join(self, branches: Sequence[Sizes]) -> Sizes:
        """Return the sizes that the branches' output sizes make together."""

    def output_sizes(self, input_sizes: Sizes) -> Sizes:
        """Run the sizes through each branch, and join what comes out."""
        ends = []
        for branch in self.branches:
            sizes = input_sizes
            for layer in branch:
                sizes = layer.output_sizes(sizes)
            ends.append(sizes)
        return self.join(ends)

    def _joined(self, branches: Sequence[tuple[N, ...]], of: Numbers[N]) -> tuple[N, ...]:
        """Join the branches' outputs in plain or in worked numbers: the rule of the library's own blocks."""
        raise NotImplementedError


@dataclass(frozen=True, init=False)
class Concat(Block):
    """Branches that read the same input; their outputs are stacked along the channels.

    Each branch is a list of layers; an empty list passes the input on.

    Raises:
        NetworkError: without branches, and if the branches' heights or widths differ.

    Source: Szegedy et al., "Going deeper with convolutions" (2015), Fig. 2.

    >>> from nnutils.networks.layers import Conv2d
    >>> Concat([Conv2d(64, 1)], [Conv2d(96, 1), Conv2d(128, 3, padding=1)]).output_shape((192, 28, 28))
    (192, 28, 28)
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

    def join(self, branches: Sequence[Sizes]) -> Sizes:
        """Return the channels of all branches together, and the height and width that they share."""
        return self._joined(branches, WORKED)

    def _joined(self, branches: Sequence[tuple[N, ...]], of: Numbers[N]) -> tuple[N, ...]:
        """Add up the channels; the other sizes have to be the same."""
        if len({sizes[1:] for sizes in branches}) > 1:
            listed = ", ".join(f"branch {i}: {show(sizes)}" for i, sizes in enumerate(branches, 1))
            raise NetworkError(
                LayerProblem(self, f"cannot stack outputs of different height or width: {listed}."),
                remedy="Pad or stride the branches so that all have the same height and width.",
            )
        channels, *sides = branches[0]
        if len(branches) > 1:
            channels = of.total([sizes[0] for sizes in branches], "channels" if sides else "features")
        return (channels, *sides)


@dataclass(frozen=True, init=False)
class Residual(Block):
    """A body whose output is added to its input, or to a shortcut of the input.

    Raises:
        NetworkError: if the two shapes differ.

    Source: He et al., "Deep residual learning for image recognition" (2016), equations 1 and 2.

    >>> from nnutils.networks.layers import Conv2d
    >>> Residual([Conv2d(64, 3, padding=1)]).output_shape((64, 28, 28))
    (64, 28, 28)
    """

    branches: tuple[tuple[Layer, ...], ...]
    name: str | None = None

    def __init__(
        self, body: Sequence[Layer], shortcut: Sequence[Layer] | None = None, *, name: str | None = None
    ) -> None:
        """Keep body and shortcut; without a shortcut the input itself is added."""
        entries = (
            checked(body, "the body of Residual"),
            checked(() if shortcut is None else shortcut, "the shortcut of Residual"),
        )
        object.__setattr__(self, "branches", entries)
        object.__setattr__(self, "name", name)
        self._check_name()

    def __str__(self) -> str:
        """Name the block."""
        return "Residual sum"

    def join(self, branches: Sequence[Sizes]) -> Sizes:
        """Return the sizes of the body, which must be those of the shortcut."""
        return self._joined(branches, WORKED)

    def _joined(self, branches: Sequence[tuple[N, ...]], of: Numbers[N]) -> tuple[N, ...]:
        """Compare the two, and pass the body's on."""
        body, shortcut = branches
        if body != shortcut:
            raise NetworkError(
                LayerProblem(self, f"cannot add {show(body)} (body) and {show(shortcut)} (shortcut)."),
                remedy=f"Give it a shortcut that makes {show(body)}, such as a 1 x 1 convolution.",
            )
        return body


def checked(layers: object, where: str) -> tuple[Layer, ...]:
    """Return the layers as a tuple.

    Raises:
        NetworkError: for an entry that is not a layer; it says which one.

    >>> from nnutils.networks.layers import Flatten
    >>> checked([Flatten(), "relu"], "the network")
    Traceback (most recent call last):
    nnutils.core.errors.NetworkError: Entry 2 of the network is 'relu', which is not a layer.
      Known layers: AvgPool2d, BatchNorm2d, Concat, Conv2d, Flatten, Linear, MaxPool2d, ReLU, Residual,
      Sigmoid, Tanh.
    """
    entries = (
        tuple(layers) if isinstance(layers, Sequence) and not isinstance(layers, str | range) else (layers,)
    )
    for i, entry in enumerate(entries, 1):
        if not isinstance(entry, Layer):
            what, remedy = _stranger(entry)
            raise NetworkError(f"Entry {i} of {where} is {what}, which is not a layer.", remedy=remedy)
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
    known = sorted([*_KINDS, Concat.__name__, Residual.__name__])
    what = shown(entry) if isinstance(entry, str | int | float | None) else f"of type {kind.__name__}"
    return what, f"Known layers: {', '.join(known)}."


_PARENTS = ("Activation", "Pool2d")
_KINDS = [name for name in kinds.__all__ if name not in _PARENTS]
"""The library's own layers; a user's own kinds are not advertised to others."""
