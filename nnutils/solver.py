"""The size formula backwards: every convolution setting that gives a wanted size, and the setting that undoes it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nnutils.errors import SizeError
from nnutils.sizes import conv_output_size, whole
from nnutils.worked import Worked

Choice = int | Iterable[int] | None


class ConvSettings(NamedTuple):
    """One setting of a square convolution or pooling window; all sizes in pixels, ``padding`` on both sides.

    >>> ConvSettings(kernel_size=8, stride=2, padding=3, dilation=1).output_size(64)
    32
    """

    kernel_size: int
    stride: int = 1
    padding: int = 0
    dilation: int = 1

    @property
    def effective_kernel_size(self) -> int:
        """How many pixels the window reaches over, d (k - 1) + 1."""
        return self.dilation * (self.kernel_size - 1) + 1

    def output_size(self, input: int) -> Worked:
        """Return the output size for an input of ``input`` pixels."""
        return conv_output_size(input, self.kernel_size, self.stride, self.padding, self.dilation)

    def transposed(self, input: int) -> TransposedSettings:
        """Return the transposed convolution that leads from this setting's output back to ``input`` pixels.

        Source: Dumoulin and Visin (2016), relationship 14: the rest that the floor threw away must be added again.

        >>> setting = ConvSettings(kernel_size=3, stride=2, padding=1)
        >>> undone = setting.transposed(32)
        >>> undone.output_padding, undone.output_size(int(setting.output_size(32)))
        (1, 32)
        """
        self.output_size(input)
        rest = (input + 2 * self.padding - self.effective_kernel_size) % self.stride
        return TransposedSettings(self.kernel_size, self.stride, self.padding, rest, self.dilation)


class TransposedSettings(NamedTuple):
    """One setting of a square transposed convolution, in the order of torch.nn.ConvTranspose2d's own arguments.

    >>> TransposedSettings(kernel_size=4, stride=2, padding=1).output_size(16)
    32
    """

    kernel_size: int
    stride: int = 1
    padding: int = 0
    output_padding: int = 0
    dilation: int = 1

    def output_size(self, input: int) -> Worked:
        """Return the output size for an input of ``input`` pixels."""
        return conv_transpose_output_size(
            input, self.kernel_size, self.stride, self.padding, self.output_padding, self.dilation
        )


def conv_transpose_output_size(
    input: int | Worked,
    kernel_size: int | Worked,
    stride: int | Worked = 1,
    padding: int | Worked = 0,
    output_padding: int | Worked = 0,
    dilation: int | Worked = 1,
) -> Worked:
    """Return the output size of a transposed convolution along one axis, as a worked number of pixels.

    ``output_padding`` is added at the far end only. It must be smaller than the stride or the dilation.

    Raises:
        SizeError: for sizes that are not whole, an ``output_padding`` that is too large, and an output without pixels.

    Source: torch.nn.ConvTranspose2d, which agrees with Dumoulin and Visin (2016), relationship 14.

    >>> conv_transpose_output_size(16, kernel_size=4, stride=2, padding=1).work
    '(16 − 1) · 2 − 2 · 1 + 1 · (4 − 1) + 0 + 1 = 32'
    """
    i = Worked(whole("input", input, 1), "input")
    k = Worked(whole("kernel_size", kernel_size, 1), "kernel_size")
    s = Worked(whole("stride", stride, 1), "stride")
    p = Worked(whole("padding", padding), "padding")
    rest = Worked(whole("output_padding", output_padding), "output_padding")
    d = Worked(whole("dilation", dilation, 1), "dilation")
    if rest >= s and rest >= d:
        raise SizeError(
            f"output_padding={rest} is not smaller than the stride {s} or the dilation {d}.",
            remedy=f"Use output_padding <= {max(int(s), int(d)) - 1}.",
        )
    size = (i - 1) * s - 2 * p + d * (k - 1) + rest + 1
    if size < 1:
        raise SizeError(
            f"A transposed convolution of {i} pixels with kernel_size={k}, stride={s}, padding={p} would have {size} pixels.",
            remedy=f"Use padding <= {(int(size + 2 * p) - 1) // 2}.",
        )
    return size.named("output")


def solve_conv(
    input: int,
    output: int,
    *,
    kernel_size: Choice = None,
    stride: Choice = None,
    padding: Choice = None,
    dilation: Choice = None,
    padding_may_reach_kernel: bool = False,
) -> list[ConvSettings]:
    """Find every convolution setting that leads from ``input`` to ``output`` pixels along one axis.

    Each of the four settings is fixed (a number), ranged (a range or any collection of numbers) or free (left
    out). A free kernel size, dilation or stride is bounded by the input: the effective kernel size d (k - 1)
    + 1 and the stride are at most ``input``. A free dilation of a kernel of one pixel is 1, since no dilation
    changes it. Unless ``padding_may_reach_kernel``, the padding is smaller than the effective kernel size, so
    that every window reads at least one real pixel; with it, a free padding may go up to the effective kernel size itself.

    The answer is sorted by kernel size, stride, padding, dilation. Constraints that contradict each other
    give an empty list.

    Raises:
        SizeError: for a size that cannot be, such as stride 0, an input of 0 pixels, or a fraction.

    Source: the formula of ``conv_output_size`` holds exactly when s (o - 1) <= i + 2p - d (k - 1) - 1 < s o,
    so for fixed k, s, d the paddings are an interval, and only few strides leave one that is not empty.

    >>> solve_conv(input=32, output=16, kernel_size=[2, 4], dilation=1, stride=2)
    [ConvSettings(kernel_size=2, stride=2, padding=0, dilation=1), ConvSettings(kernel_size=4, stride=2, padding=1, dilation=1)]
    >>> solve_conv(input=32, output=64, kernel_size=3, padding=0)
    []
    """
    i, o = whole("input", input, 1), whole("output", output, 1)
    kernel_sizes = _candidates("kernel_size", kernel_size, 1, i)
    strides = _candidates("stride", stride, 1, i)
    dilations = None if dilation is None else _candidates("dilation", dilation, 1, i)
    # A free padding is at most the effective kernel size, and that is limited by the input or by what was
    # given.
    reaches = max(kernel_sizes, default=1) * max(dilations or [i])
    paddings = _candidates("padding", padding, 0, reaches)
    solutions: list[ConvSettings] = []
    for k in kernel_sizes:
        for d in _free_dilations(i, k) if dilations is None else dilations:
            reach = d * (k - 1) + 1
            if kernel_size is None and reach > i:
                continue
            usable = _between(paddings, 0, reach if padding_may_reach_kernel else reach - 1)
            if not usable:
                continue
            # The condition of the docstring, solved first for s at the two ends of the padding, then for p.
            least_stride = (i + 2 * usable[0] - reach) // o + 1
            most_stride = (i + 2 * usable[-1] - reach) // (o - 1) if o > 1 else strides[-1]
            for s in _between(strides, least_stride, most_stride):
                least_padding = -(-(s * (o - 1) + reach - i) // 2)
                most_padding = (s * o - 1 + reach - i) // 2
                solutions.extend(
                    ConvSettings(k, s, p, d) for p in _between(usable, least_padding, most_padding)
                )
    return sorted(solutions)


def _free_dilations(i: int, k: int) -> range:
    """Return the dilations that keep the effective kernel size within the input; 1 alone for a single pixel."""
    return range(1, 2) if k == 1 else range(1, max((i - 1) // (k - 1), 1) + 1)


def _between(numbers: Sequence[int], low: int, high: int) -> Sequence[int]:
    """Return the part of a sorted sequence from ``low`` to ``high``, both included."""
    if low > high:
        return []
    return numbers[bisect_left(numbers, low) : bisect_right(numbers, high)]


def _candidates(what: str, choice: Choice, least: int, most: int) -> Sequence[int]:
    """Return the numbers to try for one setting, sorted, each once."""
    if choice is None:
        return range(least, most + 1)
    if isinstance(choice, Iterable) and not isinstance(choice, str):
        return sorted({whole(what, value, least) for value in choice})
    return [whole(what, choice, least)]
