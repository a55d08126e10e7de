"""The output sizes that the settings of a row give, in each reading that people use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import Literal

from nnutils.core.errors import NNUtilsError
from nnutils.core.worked import Worked
from nnutils.lint.checks.networks.settings import Settings
from nnutils.lint.checks.networks.written_sizes import Picture
from nnutils.networks.sizes import conv_output_size

__all__ = ["Made", "made_sizes"]

_LARGEST = 10**6
_Padding = int | Literal["same"]


@dataclass(frozen=True)
class Made:
    """An output size: its numbers, how each was made, and which reading of the settings it needs.

    ``usual`` is False for a size that only settings that the sheet does not give would make.
    """

    shape: Picture
    sizes: tuple[Worked | None, ...]
    note: str = ""
    usual: bool = True


def made_sizes(settings: Settings, inputs: Iterable[Picture]) -> tuple[list[Made], bool]:
    """Return the output sizes of a layer for each of several inputs, and whether no other is possible.

    >>> settings = Settings("conv", (11, 11), stride=(4, 4), padding=(0, 0), filters=96)
    >>> made, sure = made_sizes(settings, [(3, 227, 227)])
    >>> made[0].shape, made[0].sizes[1].work, sure
    ((96, 55, 55), '⌊(227 + 2 · 0 − 1 · (11 − 1) − 1) / 4⌋ + 1 = 55', True)
    """
    found: list[Made] = []
    sure = True
    for shape in inputs:
        kind = settings.kind
        if kind == "linear":
            if settings.filters:
                found.append(Made((settings.filters,), (Worked(settings.filters, "units"),)))
        elif kind == "flatten":
            if all(shape):
                sizes = [Worked(size or 0) for size in shape]
                whole = sizes[0]
                for size in sizes[1:]:
                    whole = whole * size
                found.append(Made((int(whole),), (whole,)))
        elif kind in ("norm", "activation"):
            found.append(Made(shape, tuple(map(_worked, shape))))
        elif kind == "average" and len(shape) == 3:
            found.append(Made((shape[0], 1, 1), (_worked(shape[0]), Worked(1), Worked(1))))
        elif kind in ("conv", "pool", None) and len(shape) == 3 and settings.kernel:
            found.extend(_windows(settings, shape))
            sure = sure and settings.stride is not None
    distinct: dict[tuple[Picture, bool], Made] = {}
    for one in found:  # the first one of several stays first
        distinct.setdefault((one.shape, one.usual), one)
    return list(distinct.values()), sure and bool(found)


def _windows(settings: Settings, shape: Picture) -> Iterator[Made]:
    height, width = shape[1], shape[2]
    if not height or not width or max(height, width) > _LARGEST:
        return
    assert settings.kernel is not None
    pooling = settings.kind == "pool"
    channels = shape[0] if pooling or (settings.depthwise and not settings.filters) else settings.filters
    strides = settings.stride or (settings.kernel if pooling else (1, 1))
    dilations = settings.dilation or (1, 1)
    for paddings, words, usual in _paddings(settings, pooling):
        for up in (False, True) if settings.kind != "conv" else (False,):
            axes = zip((height, width), settings.kernel, strides, paddings, dilations, strict=True)
            try:
                sides = [_positions(*axis, up) for axis in axes]
            except NNUtilsError:
                continue
            note = ", ".join(part for part in (words, "rounded up" if up else "") if part)
            if not up or _rounding_matters(settings, strides, shape):
                sizes = (_worked(channels), *sides)
                known = usual and not (up and settings.kind is None)
                yield Made((channels, *map(int, sides)), sizes, note, known)


def _worked(size: int | None) -> Worked | None:
    return None if size is None else Worked(size)


def _rounding_matters(settings: Settings, strides: Sequence[int], shape: Picture) -> bool:
    return max(strides) > 1 and settings.padding != "same" and prod(size or 1 for size in shape[1:]) > 1


def _paddings(settings: Settings, pooling: bool) -> Iterator[tuple[tuple[_Padding, _Padding], str, bool]]:
    """Yield the paddings that may be meant, with words where the sheet does not say which one."""
    if settings.padding == "same":
        yield ("same", "same"), "padding 'same'", True
    elif settings.padding is not None:
        yield settings.padding, "", True
    else:
        assert settings.kernel is not None
        reach = [d * (k - 1) for d, k in zip(settings.dilation or (1, 1), settings.kernel, strict=True)]
        yield (0, 0), "without padding", True
        if not pooling:
            yield ("same", "same"), "padding 'same'", True
        most = [k // 2 for k in settings.kernel] if pooling else reach
        for padding in range(1, min(max(most), 40) + 1):
            half = not pooling and all(2 * padding == one for one in reach)
            yield (padding, padding), f"with padding {padding}", half


@lru_cache(maxsize=4096)
def _positions(size: int, kernel: int, stride: int, padding: _Padding, dilation: int, up: bool) -> Worked:
    if padding == "same":
        input, step = Worked(size, "input"), Worked(stride, "stride")
        return input if stride == 1 else ((input + step - 1) // step).named("output")
    return conv_output_size(
        Worked(size, "input"),
        Worked(kernel, "kernel_size"),
        Worked(stride, "stride"),
        Worked(padding, "padding"),
        Worked(dilation, "dilation"),
        ceil_mode=up,
    )
