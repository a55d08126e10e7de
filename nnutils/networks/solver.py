"""The size formula backwards: every convolution setting that gives a wanted size, and what undoes it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeGuard

from nnutils.core.errors import SizeError
from nnutils.core.messages import shown
from nnutils.core.worked import Worked
from nnutils.networks.checks import switch, whole
from nnutils.networks.sizes import conv_output_size
from nnutils.networks.transposed import TransposedSettings

__all__ = [
    "Choice",
    "ConvSettings",
    "solve_conv",
]

Choice = int | Iterable[int] | None

MOST_TRIED = 500_000
"""How many windows, strides and settings are tried before an answer is refused as too long."""


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
        """Return the output size for an input of ``input`` pixels.

        Raises:
            SizeError: if the window does not fit.
        """
        return conv_output_size(input, self.kernel_size, self.stride, self.padding, self.dilation)

    def unread(self, input: int) -> list[int]:
        """Return the pixels from 0 to ``input`` - 1 that no tap of any window reads, along one axis.

        Raises:
            SizeError: if the window does not fit, and for an input of more than 500,000 pixels.

        >>> ConvSettings(kernel_size=3, stride=2, padding=2, dilation=2).unread(8)
        [1, 3, 5, 7]
        >>> ConvSettings(kernel_size=3, stride=2).unread(8)
        [7]
        """
        if whole("input", input, 1) > MOST_TRIED:
            raise SizeError(
                f"The pixels of an input of {shown(input)} are too many to list.",
                remedy=f"Use an input of at most {MOST_TRIED:,} pixels.",
            )
        windows, taps = range(int(self.output_size(input))), range(self.kernel_size)
        read = {self.stride * n + self.dilation * tap - self.padding for n in windows for tap in taps}
        return [pixel for pixel in range(input) if pixel not in read]

    def transposed(self, input: int) -> TransposedSettings:
        """Return the transposed convolution that leads from this setting's output back to ``input`` pixels.

        It gives the size back, not the values. What the floor threw away comes back as ``output_padding``.

        Raises:
            SizeError: if the window does not fit into ``input`` pixels.

        Source: Dumoulin and Visin (2016), relationship 14; the dilation as in torch.nn.ConvTranspose2d.

        >>> setting = ConvSettings(kernel_size=3, stride=2, padding=1)
        >>> undone = setting.transposed(32)
        >>> undone.output_padding, undone.output_size(int(setting.output_size(32)))
        (1, 32)
        """
        self.output_size(input)
        rest = (input + 2 * self.padding - self.effective_kernel_size) % self.stride
        return TransposedSettings(self.kernel_size, self.stride, self.padding, rest, self.dilation)


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
    out).

    The padding is smaller than the effective kernel size d (k - 1) + 1, so that every window covers at least
    one pixel of the input. With ``padding_may_reach_kernel`` it may be equal to it. (For a pooling torch is
    stricter: its padding is at most half the kernel size.)

    What else is free needs a bound, since larger windows with larger paddings have the same output size
    without end. The effective kernel size and the stride are at most ``input``; where the padding is given,
    they are at most the padded input, and then the bound leaves nothing out: larger windows do not fit, and a
    larger stride makes a single window. A free dilation is 1 where no dilation changes the window (k = 1) and
    where the given kernel alone is larger than the bound.

    The answer is sorted by kernel size, stride, padding, dilation. Constraints that contradict each other
    give an empty list.

    Raises:
        SizeError: for a size that cannot be, such as stride 0, an input of 0 pixels, or a fraction, and for
            an answer of more than some 500,000 settings.

    Source: the formula of ``conv_output_size`` holds exactly when s (o - 1) <= i + 2p - d (k - 1) - 1 < s o,
    so for fixed k, s, d the paddings are an interval, and only few strides leave one that is not empty.

    >>> for setting in solve_conv(input=32, output=16, kernel_size=[2, 4], stride=2, dilation=1):
    ...     print(setting)
    ConvSettings(kernel_size=2, stride=2, padding=0, dilation=1)
    ConvSettings(kernel_size=4, stride=2, padding=1, dilation=1)
    >>> solve_conv(input=32, output=64, kernel_size=3, padding=0)
    []
    """
    i, o = whole("input", input, 1), whole("output", output, 1)
    paddings = _candidates("padding", padding, 0, [])
    bound = i + 2 * _largest(paddings, 0)
    kernel_sizes = _candidates("kernel_size", kernel_size, 1, range(1, bound + 1))
    strides = _candidates("stride", stride, 1, range(1, bound + 1))
    dilations = _candidates("dilation", dilation, 1, range(1, bound + 1))
    if padding is None:
        paddings = range(_largest(kernel_sizes) * _largest(dilations) + 1)
    solutions: list[ConvSettings] = []
    if not (strides and paddings and dilations):
        return solutions
    left = MOST_TRIED
    least_padding, most_padding, least_stride, most_stride = (
        paddings[0],
        paddings[-1],
        strides[0],
        strides[-1],
    )
    every_stride, every_padding = _without_gaps(strides), _without_gaps(paddings)
    beside = 0 if switch("padding_may_reach_kernel", padding_may_reach_kernel) else 1
    for k in kernel_sizes:
        within = _dilations_within(bound, k) if dilation is None else dilations
        left -= _number_of(within)
        found: list[tuple[int, int, int]] = []
        for d in within if left >= 0 else ():
            reach = d * (k - 1) + 1
            if kernel_size is None and reach > bound:
                continue
            # The condition above, solved first for s at the smallest and the largest padding, then for p.
            # Written out with ifs instead of min and max: of a small question, calls are most of the time.
            largest = reach - beside
            if largest > most_padding:
                largest = most_padding
            room = i - reach
            low = (room + 2 * least_padding) // o + 1
            if low < least_stride:
                low = least_stride
            high = (room + 2 * largest) // (o - 1) if o > 1 else most_stride
            if high > most_stride:
                high = most_stride
            if low > high:
                continue
            fitting = range(low, high + 1) if every_stride else _between(strides, low, high)
            left -= high - low + 1 if every_stride else _number_of(fitting)
            if left < 0:
                break
            for s in fitting:
                first = (s * (o - 1) - room + 1) // 2
                if first < least_padding:
                    first = least_padding
                last = (s * o - 1 - room) // 2
                if last > largest:
                    last = largest
                if first > last:
                    continue
                kept = range(first, last + 1) if every_padding else _between(paddings, first, last)
                left -= last - first + 1 if every_padding else _number_of(kept)
                if left < 0:
                    break
                found += [(s, p, d) for p in kept]
            if left < 0:
                break
        if left < 0:
            raise _too_many(i, o)
        if len(within) > 1:
            found.sort()
        solutions += [_made(ConvSettings, (k, s, p, d)) for s, p, d in found]
    return solutions


_made = tuple.__new__  # what a call of ConvSettings comes to, without the call


def _too_many(input: int, output: int) -> SizeError:
    return SizeError(
        f"To list every setting that leads from {shown(input)} to {shown(output)} pixels, more than "
        f"{MOST_TRIED:,} would have to be tried.",
        remedy="Fix or bound more of kernel_size, stride, padding and dilation, such as dilation=1.",
    )


def _without_gaps(numbers: Sequence[int]) -> bool:
    """Return whether a sorted sequence holds every number from its first to its last."""
    return isinstance(numbers, range) and numbers.step == 1


def _number_of(numbers: Sequence[int]) -> int:
    """Return how many numbers there are; Python refuses the length of a range of 2^63 of them."""
    if isinstance(numbers, range):
        return max(0, (numbers.stop - numbers.start + numbers.step - 1) // numbers.step)
    return len(numbers)


def _dilations_within(bound: int, k: int) -> range:
    """Return the dilations that keep the window within the bound; 1 alone where there is no choice."""
    return range(1, 2) if k == 1 else range(1, max((bound - 1) // (k - 1), 1) + 1)


def _largest(numbers: Sequence[int], none: int = 1) -> int:
    """Return the largest number of a sorted sequence, or ``none`` for an empty one."""
    return numbers[-1] if numbers else none


def _between(numbers: Sequence[int], low: int, high: int) -> Sequence[int]:
    """Return the part of a sorted sequence from ``low`` to ``high``, both included."""
    if isinstance(numbers, range):
        # By arithmetic: bisect takes the length of a range, which Python refuses for one of 2^63 numbers.
        first = max(-(-(low - numbers.start) // numbers.step), 0)
        last = (high - numbers.start) // numbers.step
        return numbers[first : max(last + 1, first)]
    return numbers[bisect_left(numbers, low) : bisect_right(numbers, high)]


def _candidates(what: str, choice: Choice, least: int, free: Sequence[int]) -> Sequence[int]:
    """Return the numbers to try for one setting, sorted, each once; ``free`` are those of a free setting."""
    if choice is None:
        return free
    try:
        if isinstance(choice, range):
            ascending = choice if choice.step > 0 else choice[::-1]
            if ascending:  # its numbers are whole, so the ends tell
                whole(f"each {what}", ascending[0], least)
                whole(f"each {what}", ascending[-1], least)
            return ascending
        if isinstance(choice, str) or not _has_entries(choice):
            number = whole(what, choice, least)
            return range(number, number + 1)
        numbers = sorted({whole(f"each {what}", value, least) for value in choice})
        if numbers and numbers[-1] - numbers[0] == len(numbers) - 1:
            return range(numbers[0], numbers[-1] + 1)
        return numbers
    except SizeError as error:
        remedy = f"Give a number, a range or a list of numbers; or leave {what} out to try all of them."
        raise SizeError(error.problem, remedy=remedy) from None


def _has_entries(choice: int | Iterable[int]) -> TypeGuard[Iterable[int]]:
    """Say whether a choice is a collection; NumPy's arrays without axes only look like one."""
    try:
        iter(choice)  # type: ignore[arg-type]
    except TypeError:
        return False
    return True
