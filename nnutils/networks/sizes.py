"""How many positions a window has: the output size of convolution and pooling along one axis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from numbers import Integral

from nnutils.core.errors import SizeError
from nnutils.core.worked import Worked

__all__ = [
    "conv_output_size",
    "remedy",
    "whole",
]


def whole(what: str, value: object, least: int = 0) -> int:
    """Return ``value`` as an int, or say why a size cannot be that.

    Raises:
        SizeError: if ``value`` is not a whole number (a float or a bool is not), or is less than ``least``.

    >>> whole("stride", 2, least=1)
    2
    >>> whole("padding", -1)
    Traceback (most recent call last):
    nnutils.core.errors.SizeError: padding must be a whole number, at least 0; got -1.
    """
    number = value.value if isinstance(value, Worked) else value
    if isinstance(number, bool) or not isinstance(number, Integral) or number < least:
        raise SizeError(f"{what} must be a whole number, at least {least}; got {value!r}.")
    return int(number)


def conv_output_size(
    input: int | Worked,
    kernel_size: int | Worked,
    stride: int | Worked = 1,
    padding: int | Worked = 0,
    dilation: int | Worked = 1,
    *,
    ceil_mode: bool = False,
) -> Worked:
    """Count the positions of a convolution or pooling window along one axis, as a worked number.

    All sizes are in pixels along that axis; ``padding`` is added on both sides. With ``ceil_mode`` (pooling
    only) a last window that sticks out at the far end counts too, as long as it starts inside the input or
    the padding before it.

    Raises:
        SizeError: for a size that is not a whole number, and for a window larger than the padded input.

    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), relationship 15:
    o = floor((i + 2p - d (k - 1) - 1) / s) + 1. The rule for ``ceil_mode`` is the one of torch.nn.MaxPool2d.

    >>> size = conv_output_size(32, kernel_size=5, stride=2)
    >>> size, size.work
    (14, '⌊(32 + 2 · 0 − 1 · (5 − 1) − 1) / 2⌋ + 1 = 14')
    >>> conv_output_size(6, kernel_size=3, stride=2, ceil_mode=True)
    3
    """
    i = Worked(whole("input", input, 1), "input")
    k = Worked(whole("kernel_size", kernel_size, 1), "kernel_size")
    s = Worked(whole("stride", stride, 1), "stride")
    p = Worked(whole("padding", padding), "padding")
    d = Worked(whole("dilation", dilation, 1), "dilation")
    room = i + 2 * p - d * (k - 1) - 1
    rounded_up = room + s - 1
    if (rounded_up if ceil_mode else room) < 0:
        reach = d * (k - 1) + 1
        raise SizeError(
            f"A window of kernel_size={k} and dilation={d} reaches over {reach} pixels, "
            f"but the input has only {i}" + (f" ({i + 2 * p} with padding={p} on both sides)." if p else "."),
            remedy=remedy([(int(i), int(k), int(s), int(p), int(d))], ceil_mode=ceil_mode),
        )
    positions = (rounded_up // s + 1).named("output")
    if ceil_mode and (int(positions) - 1) * int(s) < int(i) + int(p):
        return positions
    return (room // s + 1).named("output")


def remedy(
    axes: Sequence[tuple[int, int, int, int, int]], *, ceil_mode: bool = False, pooling: bool = False
) -> str:
    """Say which change of one setting would make a window fit; each change works by itself.

    ``axes`` holds (input, kernel_size, stride, padding, dilation) for each axis. A ``pooling`` window takes a
    padding of at most half its kernel_size.

    >>> remedy([(4, 5, 2, 0, 1), (3, 5, 2, 0, 1)])
    'Use kernel_size <= 3, or padding >= 1.'
    """
    kernels, paddings, dilations = [], [], []
    for i, k, s, p, d in axes:
        room = i + 2 * p + (s - 1 if ceil_mode else 0)
        missing = d * (k - 1) + 1 - room
        kernels.append((room - 1) // d + 1)
        paddings.append(p + max(0, (missing + 1) // 2))
        dilations.append((room - 1) // (k - 1) if k > 1 else d)
    _, sizes, _, padded, dilated = (list(setting) for setting in zip(*axes, strict=True))
    kernels = _together(sizes, kernels, min)
    paddings = _together(padded, paddings, max)
    dilations = _together(dilated, dilations, min)
    ways = []
    if not pooling or all(2 * p <= k for p, k in zip(padded, kernels, strict=True)):
        ways.append(f"kernel_size <= {_written(kernels)}")
    if not pooling or all(2 * p <= k for p, k in zip(paddings, sizes, strict=True)):
        ways.append(f"padding >= {_written(paddings)}")
    if max(dilated) > 1 and min(dilations) >= 1:
        ways.append(f"dilation <= {_written(dilations)}")
    return f"Use {', or '.join(ways)}." if ways else "Use a larger input."


def _together(given: list[int], bounds: list[int], strictest: Callable[[list[int]], int]) -> list[int]:
    """Where one number was given for all axes, let one bound hold for all of them."""
    return [strictest(bounds)] * len(bounds) if len(set(given)) == 1 else bounds


def _written(bounds: list[int]) -> str:
    return str(bounds[0] if len(set(bounds)) == 1 else tuple(bounds))
