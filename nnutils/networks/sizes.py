"""How many positions a window has: the output size of convolution and pooling along one axis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from nnutils.core.errors import SizeError
from nnutils.core.messages import shown
from nnutils.core.plain_or_worked import PLAIN, WORKED, N, Numbers
from nnutils.core.worked import Worked
from nnutils.networks.checks import switch, whole

__all__ = [
    "conv_output_size",
]


class Window(NamedTuple):
    """A window along one axis: how large it is and how it moves, in pixels; its settings were checked."""

    kernel_size: int
    stride: int = 1
    padding: int | Literal["same"] = 0
    dilation: int = 1
    ceil_mode: bool = False

    @property
    def reach(self) -> int:
        """How many pixels the window reaches over, d (k - 1) + 1."""
        return self.dilation * (self.kernel_size - 1) + 1

    @property
    def padding_before(self) -> Worked:
        """The padding before the first pixel."""
        if self.padding == "same":
            # torch's rule: where the total is odd, the pixel that is left over goes to the far end.
            return (self.total_padding // 2).named("padding before")
        return Worked(self.padding, "padding")

    @property
    def padding_after(self) -> Worked:
        """The padding behind the last pixel."""
        if self.padding == "same":
            return (self.total_padding - self.padding_before).named("padding after")
        return Worked(self.padding, "padding")

    @property
    def total_padding(self) -> Worked:
        """The padding of both ends together; "same" pads as much as the window takes away."""
        return self.padded_by(WORKED)

    @property
    def least_input(self) -> int:
        """The smallest input, in pixels, on which the window has a position."""
        spare = self.stride - 1 if self.ceil_mode else 0
        return max(self.reach - self.padded_by(PLAIN) - spare, 1)

    def padded_by(self, of: Numbers[N]) -> N:
        """Return the padding of both ends together, as a plain or a worked number."""
        if self.padding == "same":
            window = of.given(self.dilation, "dilation") * (of.given(self.kernel_size, "kernel_size") - 1)
            return of.named(window, "total padding")
        return 2 * of.given(self.padding, "padding")

    def left_over(self, input: int) -> int:
        """Return how many of the padded input's pixels lie behind the last window: the floor's remainder.

        >>> Window(2, stride=2).left_over(61), Window(5, stride=2, padding=2).left_over(256)
        (1, 1)
        """
        last = positions(input, self, "positions", PLAIN) - 1
        return max(0, input + self.padded_by(PLAIN) - self.reach - last * self.stride)

    def unread(self, input: int) -> int:
        """Return how many of the input's own pixels lie behind the last window; the rest is padding.

        >>> Window(2, stride=2).unread(61), Window(5, stride=2, padding=2).unread(256)
        (1, 0)
        """
        return max(0, self.left_over(input) - int(self.padding_after))


def checked_window(
    kernel_size: object,
    stride: object = 1,
    padding: object = 0,
    dilation: object = 1,
    *,
    ceil_mode: object = False,
) -> Window:
    """Return the settings of a window along one axis as plain numbers.

    Raises:
        SizeError: for a setting that cannot be.
    """
    sides = checked_padding("padding", padding)
    window = Window(
        whole("kernel_size", kernel_size, 1),
        whole("stride", stride, 1),
        sides,
        whole("dilation", dilation, 1),
        switch("ceil_mode", ceil_mode),
    )
    if window.padding == "same" and window.stride != 1:
        raise SizeError(same_with_stride(window.stride), remedy=numbers_for_same([window]))
    return window


def checked_padding(what: str, padding: object) -> int | Literal["same"]:
    """Return a padding along one axis; "valid" is another word for none.

    Raises:
        SizeError: for anything but a whole number, "same" or "valid".

    >>> checked_padding("padding", "valid"), checked_padding("padding", "same")
    (0, 'same')
    """
    if isinstance(padding, str):
        if padding == "same":
            return "same"
        if padding == "valid":
            return 0
        raise SizeError(
            f"{what} must be a whole number, at least 0, or 'same' or 'valid'; got {shown(padding)}."
        )
    return whole(what, padding)


def same_with_stride(stride: object) -> str:
    """Say why a window that moves by more than one pixel cannot keep the size of its input."""
    return f"padding='same' keeps the size of the input, which needs stride 1; got stride={shown(stride)}."


def numbers_for_same(windows: Sequence[Window]) -> str:
    """Say which paddings come closest to what padding="same" was meant to do."""
    halves = [(window.reach - 1) // 2 for window in windows]
    return f"Use stride=1, or a padding in pixels, such as padding={_written(halves)}."


def conv_output_size(
    input: int | Worked,
    kernel_size: int | Worked,
    stride: int | Worked = 1,
    padding: int | Worked | Literal["same", "valid"] = 0,
    dilation: int | Worked = 1,
    *,
    ceil_mode: bool = False,
) -> Worked:
    """Count the positions of a convolution or pooling window along one axis, as a worked number.

    All sizes are in pixels along that axis; ``padding`` is added on both sides. With ``padding="same"`` it is
    d (k - 1) pixels in all, of which the far end gets the odd one; ``"valid"`` is no padding. With
    ``ceil_mode`` (pooling only) a last window that sticks out at the far end counts too, as long as it starts
    inside the input or the padding before it.

    Raises:
        SizeError: for a size that is not a whole number, for a window larger than the padded input, for
            ``padding="same"`` with a stride, and for a ``ceil_mode`` that is not a bool.

    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), relationship 15:
    o = floor((i + 2p - d (k - 1) - 1) / s) + 1. The rule for ``ceil_mode`` is the one of torch.nn.MaxPool2d,
    that for "same" the one of torch.nn.Conv2d.

    >>> size = conv_output_size(32, kernel_size=5, stride=2)
    >>> size, size.work
    (14, '⌊(32 + 2 · 0 − 1 · (5 − 1) − 1) / 2⌋ + 1 = 14')
    >>> conv_output_size(6, kernel_size=3, stride=2, ceil_mode=True)
    3
    >>> print(*conv_output_size(32, kernel_size=4, padding="same").steps(), sep="\\n")
    total padding = dilation · (kernel_size − 1) = 1 · (4 − 1) = 3
    output = ⌊(input + total padding − dilation · (kernel_size − 1) − 1) / stride⌋ + 1
    = ⌊(32 + 3 − 1 · (4 − 1) − 1) / 1⌋ + 1 = 32
    """
    pixels = whole("input", input, 1)
    window = checked_window(kernel_size, stride, padding, dilation, ceil_mode=ceil_mode)
    if pixels < window.least_input:
        padded = pixels + window.padded_by(PLAIN)
        raise SizeError(
            f"A window of kernel_size={shown(window.kernel_size)} and dilation={shown(window.dilation)} "
            f"reaches over {shown(window.reach)} pixels, but the input has only {shown(pixels)}"
            + (
                f" ({shown(padded)} with padding={shown(window.padding)} on both sides)."
                if window.padding
                else "."
            ),
            remedy=remedy([pixels], [window]),
        )
    return positions(Worked(pixels, "input"), window, "output", WORKED)


def positions(input: N, window: Window, name: str, of: Numbers[N]) -> N:
    """Count the positions of a window that fits on ``input`` pixels: plain, or worked under this name.

    Raises:
        WorkedError: if the padded input has more than 4,300 digits.
    """
    k = of.given(window.kernel_size, "kernel_size")
    s = of.given(window.stride, "stride")
    d = of.given(window.dilation, "dilation")
    room = input + window.padded_by(of) - d * (k - 1) - 1
    made = room // s + 1
    if window.ceil_mode:
        rounded_up = (room + s - 1) // s + 1
        last_start = (int(rounded_up) - 1) * window.stride
        # A last window that would start in the padding at the far end is dropped, as torch does.
        if last_start < int(input) + int(window.padding_before):
            made = rounded_up
    return of.named(made, name)


def remedy(inputs: Sequence[int], windows: Sequence[Window], *, pooling: bool = False) -> str:
    """Say which change of one setting would make a window fit; each change works by itself.

    ``inputs`` are the pixels along each axis, ``windows`` the windows that do not fit there. A ``pooling``
    window takes a padding of at most half its kernel_size.

    >>> remedy([4, 3], [Window(5, stride=2), Window(5, stride=2)])
    'Use kernel_size <= 3, or padding >= 1.'
    """
    kernels, paddings, dilations = [], [], []
    for i, window in zip(inputs, windows, strict=True):
        k, p, d = window.kernel_size, int(window.padding_before), window.dilation
        room = i + 2 * p + (window.stride - 1 if window.ceil_mode else 0)
        missing = window.reach - room
        kernels.append((room - 1) // d + 1)
        paddings.append(p + max(0, (missing + 1) // 2))
        dilations.append((room - 1) // (k - 1) if k > 1 else d)
    sizes = [window.kernel_size for window in windows]
    padded = [int(window.padding_before) for window in windows]
    dilated = [window.dilation for window in windows]
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
    return shown(bounds[0] if len(set(bounds)) == 1 else tuple(bounds))
