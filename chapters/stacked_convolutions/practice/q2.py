"""The sizes of feature maps on two paths through convolutions and poolings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nnutils.core.errors import PracticeError
from nnutils.core.messages import shown
from nnutils.core.words import listed
from nnutils.core.worked import Worked
from nnutils.networks import Conv2d, MaxPool2d, Network, Pool2d, Step, in_words
from nnutils.practice import Asked, Draw, earned
from nnutils.slips import Quantity, quantities

__all__ = ["asked", "draw", "givens", "numbers", "parts", "statement"]


def givens() -> dict[str, Any]:
    """Return the question's own picture, as channels, height and width, and the layers of both paths."""
    return {
        "picture": (3, 100, 100),
        "path1": [
            Conv2d(5, kernel_size=3, name="A"),
            Conv2d(10, kernel_size=3, name="B"),
            MaxPool2d(kernel_size=5, stride=2, name="C"),
        ],
        "path2": [
            Conv2d(10, kernel_size=5, name="D"),
            Conv2d(5, kernel_size=1, name="E"),
        ],
    }


def draw(seed: int) -> dict[str, Any]:
    """Return two other paths of the same plan; the division of the pooling leaves a remainder."""
    chance = Draw(seed)
    return chance.until(lambda: _plan(chance), _is_fair)


def _plan(chance: Draw) -> dict[str, Any]:
    side = chance.whole(60, 160, 2)
    a, b, d, e = chance.several(range(4, 17), 4)
    stride = chance.whole(2, 3)
    return {
        "picture": (3, side, side),
        "path1": [
            Conv2d(a, kernel_size=chance.choice([3, 5, 7]), name="A"),
            Conv2d(b, kernel_size=chance.choice([3, 5, 7]), name="B"),
            MaxPool2d(kernel_size=chance.whole(stride, 5), stride=stride, name="C"),
        ],
        "path2": [
            Conv2d(d, kernel_size=chance.choice([5, 7, 9, 11]), name="D"),
            Conv2d(e, kernel_size=chance.choice([1, 3]), name="E"),
        ],
    }


def _is_fair(drawn: dict[str, Any]) -> bool:
    """Say whether rounding down decides the size of C, and the variant is not the question itself."""
    before = Network(drawn["picture"], drawn["path1"][:2]).output_shape[1]
    pool = drawn["path1"][2]
    return (before - pool.kernel_size) % pool.stride > 0 and drawn != givens()


def asked(givens: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return what is asked: the size of each map, from the formula for one axis, written out here."""
    quantities = []
    for part, steps in zip(parts(givens), _paths(givens), strict=True):
        channels, *pixels = (
            Worked(size, name)
            for size, name in zip(givens["picture"], ("channels", "height", "width"), strict=True)
        )
        for step in steps:
            height, width = (_side(step, axis, side) for axis, side in enumerate(pixels))
            if isinstance(step.layer, Conv2d):
                channels = Worked(step.layer.out_channels, "out_channels")
            pixels = [height, width]
            size = (channels, height, width)
            text = f"size of map {step.name}, as channels, height, width"
            quantities.append(Asked(step.name, text, part, size, work=step.output_sizes))
    return tuple(quantities)


def _paths(givens: Mapping[str, Any]) -> Iterator[list[Step]]:
    """Yield the steps of both paths; refuse what this question does not ask about."""
    seen: set[str] = set()
    for path in (givens["path1"], givens["path2"]):
        steps = Network(givens["picture"], path).steps  # or it refuses
        for step in steps:
            _check(step)
            if step.name in seen or step.name == "input":
                raise PracticeError(f"Two maps are called {step.name!r}.", remedy="Give each its own name.")
            seen.add(step.name)
        yield steps


def _check(step: Step) -> None:
    layer, name = step.layer, step.name
    if not isinstance(layer, Conv2d | Pool2d):
        raise PracticeError(
            f"{layer} ({name!r}) has no window, so it makes no map that is asked for.",
            remedy="Use Conv2d, MaxPool2d and AvgPool2d.",
        )
    if isinstance(layer, Pool2d) and (layer.ceil_mode or any(w.dilation > 1 for w in layer.windows)):
        raise PracticeError(
            f"{layer} ({name!r}) rounds up or has gaps in its windows, which this question leaves out.",
            remedy="Use ceil_mode=False and dilation=1.",
        )
    if not name.isidentifier():
        raise PracticeError(f"{shown(name)} cannot name a map.", remedy="Use a letter: name='A'.")


def _side(step: Step, axis: int, pixels: Worked) -> Worked:
    """Return how many positions a window has along one axis; 0 is the height."""
    assert isinstance(step.layer, Conv2d | Pool2d)
    window = step.layer.windows[axis]
    padded = pixels + window.total_padding if window.padding else pixels
    kernel = Worked(window.kernel_size, "kernel_size")
    reach = (kernel - 1) * Worked(window.dilation, "dilation") + 1 if window.dilation > 1 else kernel
    places = (
        (padded - reach) // Worked(window.stride, "stride") + 1 if window.stride > 1 else padded - reach + 1
    )
    return places.named(f"{step.name} {('height', 'width')[axis]}")


def numbers(givens: Mapping[str, Any]) -> tuple[Quantity, ...]:
    """Return the numbers of both paths, one of which may be taken for another."""
    found: dict[str, Quantity] = {}
    for path in ("path1", "path2"):
        found |= {one.words: one for one in quantities(Network(givens["picture"], givens[path]))}
    return tuple(one for one in found.values() if one.role in ("channels", "size", "kernel"))


def parts(givens: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of each part."""
    return {"a": 6, "b": 4}


def statement(givens: Mapping[str, Any]) -> str:
    """Return the question in words."""
    channels, height, width = givens["picture"]
    paths = list(_paths(givens))
    first, second = (
        "\n".join(f"- {step.name}: {in_words(step.layer, 'filter')}" for step in steps) for steps in paths
    )
    names = [listed(step.name for step in steps) for steps in paths]
    marks = earned(parts(givens))
    return (
        f"A picture of {channels} × {height} × {width} (channels × height × width) takes two "
        f"separate paths through a network. The first path:\n\n{first}\n\n"
        f"The second path:\n\n{second}\n\n"
        "Unless something else is written, the stride is 1 and nothing is padded. Each layer makes the "
        "feature map of its name. What are the sizes of the feature maps, as channels × height × width,\n\n"
        f"**(a)** on the first path: {names[0]}? {marks['a']}\n\n"
        f"**(b)** on the second path: {names[1]}? {marks['b']}"
    )
