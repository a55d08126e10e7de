"""One window told by a sheet: what its settings leave open, and the output sizes that they allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nnutils.core.errors import SizeError
from nnutils.core.worked import Worked
from nnutils.lint.checks.field.settings import Role, Setting, Value
from nnutils.networks.sizes import conv_output_size

__all__ = ["Told", "planes", "size_text"]

_FARTHEST = 8
"""Strides up to here are tried where a sheet tells none."""


def planes(size: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], int | None]]:
    """Yield what may be height and width of a size, with the channels that are then left.

    >>> list(planes((55, 55, 96))), list(planes((3, 4, 4))), list(planes((7,)))
    ([((55, 55), 96)], [((4, 4), 3)], [((7,), None)])
    """
    if len(size) <= 2:
        yield size, None
        return
    last, first = ((size[-3], size[-2]), size[-1]), ((size[-2], size[-1]), size[-3])
    square = [way for way in (last, first) if way[0][0] == way[0][1]]
    yield from dict.fromkeys(square or (last, first))


def size_text(size: tuple[int, ...]) -> str:
    """Return a size as text.

    >>> size_text((55, 55, 96))
    '55 × 55 × 96'
    """
    return " × ".join(f"{one:,}" for one in size)


@dataclass(frozen=True)
class Told:
    """The settings of one window as a sheet tells them; what it does not tell is missing."""

    settings: dict[Role, Setting]
    pooling: bool = False

    def value(self, role: Role) -> Value | None:
        """Return the value of a setting; None where it is not told."""
        found = self.settings.get(role)
        return None if found is None else found.value

    def axis(self, role: Role, axis: int) -> int | None:
        """Return a setting along one axis, as a number; None where it is not told as one."""
        value = self.value(role)
        if not isinstance(value, tuple):
            return None
        plane = value if role in ("stride", "padding", "dilation") else next(planes(value))[0]
        return plane[min(axis, len(plane) - 1)]

    def size(self, pixels: int, axis: int, *, ceil_mode: bool = False) -> Worked | None:
        """Return the output along one axis, with what is not told as usual: stride 1, padding 0, dilation 1.

        None where the window does not fit.
        """
        kernel = self.axis("kernel", axis)
        assert kernel is not None
        stride = self.axis("stride", axis) or (kernel if self.value("stride") == "kernel" else 1)
        dilation = self.axis("dilation", axis) or 1
        if self.value("padding") == "same":
            if stride > 1:  # as in TensorFlow: one output for each stride pixels that begin
                return ((Worked(pixels, "input") + stride - 1) // Worked(stride, "stride")).named("output")
            return conv_output_size(pixels, kernel, 1, "same", dilation)
        try:
            return conv_output_size(
                pixels, kernel, stride, self.axis("padding", axis) or 0, dilation, ceil_mode=ceil_mode
            )
        except SizeError:
            return None

    def could_be(self, pixels: int, axis: int, stated: int) -> bool:
        """Return whether some values of what is not told lead to the stated size."""
        kernel = self.axis("kernel", axis) or 1
        if self.value("stride") == "kernel":
            strides: range | tuple[int, ...] = (kernel,)
        else:
            told = self.axis("stride", axis)
            strides = (told,) if told else range(1, max(kernel, _FARTHEST) + 1)
        dilation = self.axis("dilation", axis) or 1
        reach = dilation * (kernel - 1) + 1
        if self.value("padding") == "same":
            return any(stated == -(-pixels // stride) for stride in strides)
        padded = self.axis("padding", axis)
        paddings = (2 * padded,) if padded is not None else range(2 * reach - 1)
        return any(
            stated == (pixels + padding - reach) // stride + 1 for stride in strides for padding in paddings
        )
