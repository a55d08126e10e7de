"""How many of a convolution's multiplications touch a pixel of the input, and not the zeros of its padding.

``count`` counts a multiplication by padding like any other. Here it is left out: exactly, and without a walk
over the windows.

The two axes are independent: a tap of a window lies on the input if it does so along the height and along the
width. So the count is a product, with one factor for each axis. Along an axis tap t of window w reads place
s w - p + d t, where p is the padding before the input, and the input has the places 0 to i - 1. Tap t of the
first ceil((p - d t) / s) windows lies before the input, and from window ceil((i + p - d t) / s) on it lies
behind it.
"""

from __future__ import annotations

from typing import Literal

from nnutils.core.errors import CountError
from nnutils.core.worked import Worked, total
from nnutils.networks.layers import Conv2d
from nnutils.networks.network import Network, needs_network
from nnutils.networks.sizes import checked_window, conv_output_size

__all__ = [
    "real_multiplications",
    "taps_by_window",
    "taps_inside",
]


def taps_inside(
    input: int | Worked,
    kernel_size: int | Worked,
    stride: int | Worked = 1,
    padding: int | Worked | Literal["same", "valid"] = 0,
    dilation: int | Worked = 1,
) -> Worked:
    """Add up, over all windows along one axis, the taps that lie on the input: all taps less those outside.

    Sizes are in pixels along that axis; ``padding`` is as in ``conv_output_size``.

    Raises:
        SizeError: for a size that is not a whole number, and for a window larger than the padded input.

    Source: this module's text; with stride 1, dilation 1 and p < k <= i it becomes o k - p (p + 1).

    >>> taps_inside(100, kernel_size=3, padding=1).work
    '300 − 1 − 1 = 298'
    >>> for line in taps_inside(6, kernel_size=3, stride=2, padding=2).steps():
    ...     print(line)
    taps = output · kernel_size = 4 · 3 = 12
    before the input = tap 1 + tap 2 + tap 3 = 1 + 1 + 0 = 2
    behind the input = tap 1 + tap 2 + tap 3 = 0 + 0 + 1 = 1
    taps on the input = taps − before the input − behind the input = 12 − 2 − 1 = 9
    """
    output = conv_output_size(input, kernel_size, stride, padding, dilation)
    window = checked_window(kernel_size, stride, padding, dilation)
    i, k, s, p, d = int(input), window.kernel_size, window.stride, int(window.padding_before), window.dilation
    windows = int(output)
    before = [_windows_up_to(p - d * tap, s, windows) for tap in range(k)]
    behind = [windows - _windows_up_to(i + p - d * tap, s, windows) for tap in range(k)]
    taps = (Worked(windows, "output") * Worked(k, "kernel_size")).named("taps")
    return (taps - _by_tap(before, "before the input") - _by_tap(behind, "behind the input")).named(
        "taps on the input"
    )


def taps_by_window(
    input: int, kernel_size: int, stride: int = 1, padding: int | Literal["same", "valid"] = 0
) -> list[int]:
    """List, for each window along one axis, how many of its neighbouring taps lie on the input.

    Sizes are in pixels along that axis; ``padding`` is as in ``conv_output_size``. A map of both axes
    is the product of two such lists: ``[[a * b for b in across] for a in down]``.

    Raises:
        SizeError: for a size that is not a whole number, and for a window larger than the padded input.

    >>> taps_by_window(6, kernel_size=3, padding=1)
    [2, 3, 3, 3, 3, 2]
    """
    windows = range(int(conv_output_size(input, kernel_size, stride, padding)))
    before = int(checked_window(kernel_size, stride, padding).padding_before)
    starts = [stride * window - before for window in windows]
    return [max(0, min(start + kernel_size, input) - max(start, 0)) for start in starts]


def real_multiplications(network: Network, name: str) -> Worked:
    """Count the multiplications of one convolution that touch the input, not its zero padding.

    One sample, the definition of the layer done directly. Without padding it equals the column
    ``multiplications`` of ``count``.

    Raises:
        CountError: if the network has no layer of this name, or the layer is not a convolution.

    >>> network = Network((3, 100, 100), [Conv2d(5, 3, padding=1, name="same")])
    >>> real_multiplications(network, "same").work
    '5 · 3 · 298 · 298 = 1,332,060'
    """
    needs_network("real_multiplications", network)
    steps = {step.name: step for step in network.steps}
    convolutions = [name for name, step in steps.items() if isinstance(step.layer, Conv2d)]
    offer = f"Convolutions: {', '.join(convolutions)}." if convolutions else "The network has none."
    if name not in steps:
        raise CountError(f"There is no layer {name!r}.", remedy=offer)
    step = steps[name]
    layer = step.layer
    if not isinstance(layer, Conv2d):
        raise CountError(
            f"{layer} ({name!r}) is not a convolution, so it multiplies nothing by padding.", remedy=offer
        )
    in_channels = Worked(step.input_shape[0], "in_channels")
    if layer.groups > 1:
        in_channels = (in_channels / Worked(layer.groups, "groups")).named("in_channels per group")
    down, across = (
        taps_inside(side, window.kernel_size, window.stride, window.padding, window.dilation)
        for side, window in zip(step.input_shape[1:], layer.windows, strict=True)
    )
    channels = Worked(layer.out_channels, "out_channels") * in_channels
    return (channels * down.named("taps along height") * across.named("taps along width")).named(
        "multiplications on the input"
    )


def _windows_up_to(place: int, stride: int, windows: int) -> int:
    """Count the windows that start before a place, of those that there are."""
    return min(max(-(-place // stride), 0), windows)


def _by_tap(numbers: list[int], name: str) -> Worked:
    return total([Worked(number, f"tap {tap}") for tap, number in enumerate(numbers, 1)], name)
