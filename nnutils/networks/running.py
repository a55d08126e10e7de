"""A network run on sizes alone: in plain numbers, which is quick, and in worked ones where somebody asks.

Both runs ask the same rule of each layer. The plain one knows nothing of places: where a layer does not fit,
the worked run follows it and says where.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from nnutils.core.errors import NetworkError, NNUtilsError, SizeError, WorkedError
from nnutils.core.messages import shown
from nnutils.core.plain_or_worked import PLAIN
from nnutils.core.worked import Worked
from nnutils.networks.base import Layer, LayerProblem, Shape, Sizes, worked_sizes
from nnutils.networks.blocks import Block
from nnutils.networks.checks import ORDINARY

__all__ = ["Derived", "shapes_along"]

_AUTOMATIC = {"Conv2d": "conv", "MaxPool2d": "pool", "AvgPool2d": "pool", "BatchNorm2d": "norm"}

_Place = tuple[str, Layer, Shape, Shape]
_Trail = Callable[[], list[str]]


class Derived:
    """The sizes of all layers of a network as worked numbers, derived when the first of them is asked for."""

    def __init__(self, input_shape: Shape, layers: tuple[Layer, ...]) -> None:
        self.input_shape, self.layers = input_shape, layers
        self._given = _given_names(layers)
        self._rows: list[tuple[str, Layer, Sizes, Sizes]] | None = None

    def __getstate__(self) -> dict[str, object]:
        """Leave the derivations out of copies and pickles, which make them again when they are asked for."""
        return vars(self) | {"_rows": None}

    def at(self, place: int) -> tuple[Sizes, Sizes]:
        """Return the sizes that go into the layer at this place, and those that come out."""
        return self.rows()[place][2:]

    def rows(self) -> list[tuple[str, Layer, Sizes, Sizes]]:
        """Return name, layer and sizes of each step, blocks after their branches.

        Raises:
            SizeError: for impossible sizes.
            NetworkError: if layers do not fit together, or if a name is used twice. Both say where.
        """
        if self._rows is None:
            found: dict[str, tuple[str, Layer, Sizes, Sizes]] = {}
            start = [f"input {shown(self.input_shape)}"]
            try:
                self._run(self.layers, worked_sizes(self.input_shape, "input"), "", lambda: start, found)
            except RecursionError:
                raise NetworkError(
                    "The blocks are nested in each other more deeply than Python can follow.",
                    remedy="Nest at most 100 of them; what follows each other needs no nesting.",
                ) from None
            self._rows = list(found.values())
        return self._rows

    def _run(
        self,
        layers: Sequence[Layer],
        sizes: Sizes,
        prefix: str,
        above: _Trail,
        found: dict[str, tuple[str, Layer, Sizes, Sizes]],
    ) -> Sizes:
        """Find the sizes along one list of layers, and return the last ones.

        ``above`` is the path of names and shapes that leads to this list, written where it is needed.
        """
        done: list[tuple[str, Sizes]] = []

        def trail() -> list[str]:
            return [*above(), *(f"{name} {shown(tuple(map(int, made)))}" for name, made in done)]

        for name, layer in zip(self.names(layers, prefix), layers, strict=True):
            branches: list[Sizes] = []
            for inside, branch in _branches(name, layer):
                branches.append(self._run(branch, sizes, f"{inside}.", _with(trail, inside), found))
            try:
                made = layer.join(branches) if isinstance(layer, Block) else layer.output_sizes(sizes)
                made = _named_after(name, made, [*sizes, *chain.from_iterable(branches)])
            except WorkedError as error:  # a size that is too long to write
                path = " -> ".join([*trail(), name])
                raise SizeError(error.problem, where=path, remedy="Use smaller sizes.") from None
            except (SizeError, NetworkError) as error:
                path, problem = " -> ".join([*trail(), name]), error.problem
                if isinstance(problem, LayerProblem):
                    problem = problem.at(_place(done, above))
                raise type(error)(problem, where=path, remedy=error.remedy) from None
            if name in found:
                path = " -> ".join([*trail(), name])
                raise NetworkError(
                    f"Two layers are called {name!r}.", where=path, remedy="Give each layer its own name."
                )
            found[name] = (name, layer, sizes, made)
            done.append((name, made))
            sizes = made
        return sizes

    def names(self, layers: Sequence[Layer], prefix: str) -> list[str]:
        """Name the layers of one list; a name that the user gave stands as it is, wherever the layer is."""
        kinds = [_kind(layer) for layer in layers]
        unnamed = Counter(kind for kind, layer in zip(kinds, layers, strict=True) if not layer.name)
        # The number that a kind has come to: as names are only ever added, none below it becomes free again.
        numbers = {kind: 1 if several > 1 else 0 for kind, several in unnamed.items()}
        names: list[str] = []
        own: set[str] = set()
        for kind, layer in zip(kinds, layers, strict=True):
            if layer.name:
                names.append(layer.name)
                continue
            number = numbers[kind]
            name = f"{prefix}{kind}{number or ''}"
            while name in self._given or name in own:
                number += 1
                name = f"{prefix}{kind}{number}"
            numbers[kind] = number
            own.add(name)
            names.append(name)
        return names


def shapes_along(derived: Derived) -> list[_Place]:
    """Return name, layer and shapes of each step in plain numbers.

    Layers that compute in plain numbers are run so. Where one does not, or does not fit, all are run in
    worked numbers, with the errors of that run.
    """
    found: list[_Place] = []
    try:
        if _run_plainly(derived, derived.layers, derived.input_shape, "", found):
            if len({name for name, *_ in found}) == len(found):
                return found
    except (NNUtilsError, RecursionError):
        pass  # the run below says what is wrong, and where
    return [
        (name, layer, tuple(map(int, given)), tuple(map(int, made)))
        for name, layer, given, made in derived.rows()
    ]


def _run_plainly(
    derived: Derived, layers: Sequence[Layer], shape: Shape, prefix: str, found: list[_Place]
) -> Shape | None:
    """Append the steps of one list, and return the last shape; None where that takes worked numbers."""
    for name, layer in zip(derived.names(layers, prefix), layers, strict=True):
        if not layer._by_rule:
            return None
        if isinstance(layer, Block):
            ends: list[Shape] = []
            for inside, branch in _branches(name, layer):
                end = _run_plainly(derived, branch, shape, f"{inside}.", found)
                if end is None:
                    return None
                ends.append(end)
            made = layer._joined(ends, PLAIN)
        else:
            made = layer._made(shape, PLAIN)
        if max(made) >= ORDINARY:
            return None
        found.append((name, layer, shape, made))
        shape = made
    return shape


def _branches(name: str, layer: Layer) -> Iterator[tuple[str, tuple[Layer, ...]]]:
    """Yield the branches of a block, each with its name; a layer that is not a block has none."""
    if isinstance(layer, Block):
        for i, branch in enumerate(layer.branches, 1):
            yield f"{name}.branch{i}", branch


def _with(trail: _Trail, inside: str) -> _Trail:
    return lambda: [*trail(), inside]


def _place(done: Sequence[tuple[str, Sizes]], above: _Trail) -> str:
    """Say what comes before a layer: one of its list, the input, or the branch that it begins."""
    if done:
        return f"after '{done[-1][0]}'"
    *earlier, last = above()
    return f"at the start of '{last}'" if earlier else "after 'input'"


def _named_after(layer: str, made: Sequence[Worked], handed_on: Sequence[Worked]) -> Sizes:
    """Put the layer's name before those of the sizes that it made; what it only hands on keeps its name."""
    return tuple(
        size if any(size is other for other in handed_on) else size.named(f"{layer} {size.name}")
        for size in worked_sizes(made)
    )


def _given_names(layers: Sequence[Layer]) -> frozenset[str]:
    """Collect the names that the user gave, in blocks too: no automatic name may take one of them."""
    names: set[str] = set()
    lists = [layers]
    while lists:
        for layer in lists.pop():
            if layer.name:
                names.add(layer.name)
            if isinstance(layer, Block):
                lists.extend(layer.branches)
    return frozenset(names)


def _kind(layer: Layer) -> str:
    """Return what a layer without a name is called, before it gets a number."""
    kind = type(layer).__name__
    return _AUTOMATIC.get(kind) or kind.lower()
