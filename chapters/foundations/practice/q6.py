"""Sizes and weights of a small CNN: what the last layer outputs, and what it learns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nnutils.core.errors import PracticeError
from nnutils.core.messages import shown
from nnutils.core.worked import Worked
from nnutils.networks import Conv2d, MaxPool2d, Network
from nnutils.practice import Asked, Draw, earned
from nnutils.slips import Quantity, quantities

__all__ = ["asked", "draw", "givens", "numbers", "parts", "statement"]


def givens() -> dict[str, Any]:
    """Return the shape of the picture and the layers that it passes through."""
    return {
        "input_shape": (3, 256, 256),
        "layers": [
            Conv2d(64, kernel_size=8, stride=2, name="conv1"),
            MaxPool2d(kernel_size=5, stride=5, name="pool"),
            Conv2d(128, kernel_size=4, padding=1, name="conv2"),
        ],
    }


def draw(seed: int) -> dict[str, Any]:
    """Return another picture and other settings: of the three kernel sizes no two are equal."""
    chance = Draw(seed)
    return chance.until(lambda: _proposed(chance), _fair)


def _proposed(chance: Draw) -> dict[str, Any]:
    """Choose the layers, and then the picture, backwards from the size that comes out."""
    last, window = chance.whole(3, 5), chance.whole(2, 6)
    first = chance.choice([size for size in range(5, 12) if size not in (last, window)])
    stride, padding, border = chance.whole(2, 4), chance.whole(0, 2), chance.whole(0, (last - 1) // 2)
    pooled = chance.whole(10, 40) + last - 1 - 2 * border
    size = (pooled * window - 1) * stride + first - 2 * padding
    few = chance.whole(16, 96, 8)
    return {
        "input_shape": (3, size, size),
        "layers": [
            Conv2d(few, kernel_size=first, stride=stride, padding=padding, name="conv1"),
            MaxPool2d(kernel_size=window, stride=window, name="pool"),
            Conv2d(few + chance.whole(16, 96, 16), kernel_size=last, padding=border, name="conv2"),
        ],
    }


def _fair(values: Mapping[str, Any]) -> bool:
    """Say whether a proposal is like the question: a picture of its order of size, windows that overlap."""
    first, pool, last = values["layers"]
    if not 64 <= values["input_shape"][1] <= 400 or pool.kernel_size == last.kernel_size:
        return False
    side = (values["input_shape"][1] + 2 * first.padding - first.kernel_size) // first.stride + 1
    side = side // pool.kernel_size + 2 * last.padding - last.kernel_size + 1
    if side**2 == first.out_channels * last.kernel_size**2:  # as many scalars as weights
        return False
    return bool(first.stride <= first.kernel_size - 2 and values["layers"] != givens()["layers"])


def asked(givens: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return what is asked, by the bare size formula; it has no dilation, and one axis stands for both."""
    _check(givens)
    layers = givens["layers"]
    channels, size, _ = givens["input_shape"]
    depth, side = Worked(channels, "in_channels"), Worked(size, "input height")
    before = depth
    for number, layer in enumerate(layers, 1):
        window, step = Worked(layer.kernel_size, "kernel_size"), Worked(layer.stride, "stride")
        before = depth
        padded = side + 2 * Worked(layer.padding, "padding")
        side = ((padded - window) // step + 1).named(f"layer {number} height")
        if isinstance(layer, Conv2d):
            depth = Worked(layer.out_channels, "out_channels")
    tall, wide = (Worked(layers[-1].kernel_size, f"kernel {axis}") for axis in ("height", "width"))
    scalars = (depth * side.named("height") * side.named("width")).named("scalars")
    weights = (depth * before.named("in_channels") * tall * wide).named("weights")
    return (
        Asked("scalars", "scalars that the last layer outputs", "1", scalars, unit="scalars"),
        Asked("weights", "parameters of the last layer, biases not counted", "2", weights, unit="parameters"),
    )


def numbers(givens: Mapping[str, Any]) -> tuple[Quantity, ...]:
    """Return the numbers of the network, one of which may be taken for another."""
    return quantities(Network(givens["input_shape"], givens["layers"]))


def parts(givens: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of each part."""
    return {"1": 5, "2": 5}


def statement(givens: Mapping[str, Any]) -> str:
    """Return the question in words."""
    channels, height, width = givens["input_shape"]
    picture = "An RGB picture" if channels == 3 else "A picture"
    size = f"{channels} × {height} × {width} (channels × height × width)"
    marks = earned(parts(givens))
    lines = [f"{picture} of size {size} passes through these layers:", ""]
    for number, layer in enumerate(givens["layers"], 1):
        k = layer.kernel_size
        if isinstance(layer, Conv2d):
            kind = f"a convolution with {layer.out_channels} kernels of {k} × {k}"
        else:
            kind = f"a max pooling with windows of {k} × {k}"
        end = "." if number == len(givens["layers"]) else ";"
        lines.append(f"- {kind}, stride {layer.stride}, padding {layer.padding}{end}")
    lines += [
        "",
        "The padding is added on each of the four borders.",
        "",
        f"**(1)** How many scalars does the last layer output? {marks['1']}",
        "",
        f"**(2)** How many parameters does the last layer have, biases not counted? {marks['2']}",
    ]
    return "\n".join(lines)


def _check(givens: Mapping[str, Any]) -> None:
    """Refuse what the question does not treat: other layers, dilation, groups, what is not square."""
    layers = givens["layers"]
    Network(givens["input_shape"], layers)  # or it says which layer does not fit
    if len(set(givens["input_shape"][1:])) != 1:
        raise PracticeError(
            f"The picture {shown(givens['input_shape'])} is not square.",
            remedy="Give (channels, size, size), so that one axis stands for both.",
        )
    for layer in layers:
        usual = isinstance(layer, Conv2d | MaxPool2d) and layer.dilation == 1
        settings = (layer.kernel_size, layer.stride, layer.padding) if usual else ()
        if not usual or not all(type(setting) is int for setting in settings):
            raise PracticeError(
                f"{layer} is not a convolution or a max pooling with a square window and no dilation.",
                remedy="Use Conv2d and MaxPool2d with one number for each setting.",
            )
        if getattr(layer, "groups", 1) != 1 or getattr(layer, "ceil_mode", False):
            raise PracticeError(f"{layer} counts in another way.", remedy="Leave out groups and ceil_mode.")
        if layer.padding >= layer.kernel_size:
            raise PracticeError(
                f"{layer} has windows that lie in the padding alone.", remedy="Use padding < kernel_size."
            )
    if not isinstance(layers[-1], Conv2d):
        raise PracticeError(
            f"The last layer, {layers[-1]}, has no parameters to count.", remedy="End with a Conv2d."
        )
