"""What sheet 002 states about full, valid and same convolution, judged.

The sheet pads, flips the kernel, writes the flipped kernel down, and adds up window by window. The numbers in
these products are judged apart from their sums, since a factor 0 hides the other one. The lengths, as numbers
and as formulas, are counted: torch runs, and its outputs are numbered. The stride is the one with which torch
gives NumPy's entries. The sheet quotes a textbook page for the full length. What the quotation says is
judged, by every way to put so many zeros on the two sides; whether the words are the book's is not.

The star between signal and kernel flips in the question. In the answer the kernel behind the star is flipped
already, so the formula has two readings: the star flips once more, or it only slides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from nnutils.audit import Audit, Reading

__all__ = ["audit"]

Array = NDArray[np.int_]
Settings = dict[str, Any]

SIGNAL = [1, 2, 3, 4]
KERNEL = [1, 0, 2]
Mode = Literal["full", "valid", "same"]
MODES: tuple[Mode, ...] = ("full", "valid", "same")


def audit() -> Audit:
    """Return the judged audit: entries from NumPy, paddings and lengths from torch."""
    judged = Audit.of(__file__)
    paddings = {mode: _results(judged, mode) for mode in MODES}
    _lengths(judged)
    for mode in MODES:
        _sign(judged, mode)
    literal = {mode: _star_flips(np.pad(SIGNAL, paddings[mode]), np.flip(KERNEL)) for mode in MODES}
    judged.figures.update(
        full_taken_literally=str(literal["full"].tolist()),
        same_padding=paddings["same"],
        kernel_size=len(KERNEL),
    )
    return judged


def _results(judged: Audit, mode: Mode) -> int:
    """Judge one mode entry by entry, with the kernel and the padding used; return the padding."""
    right = np.convolve(SIGNAL, KERNEL, mode).tolist()
    judged.check(f"002-q5-{mode}", right)
    judged.check(f"002-q5-{mode}-kernel", np.flip(KERNEL).tolist())
    for number, entry in enumerate(right, start=1):
        judged.check(f"002-q5-{mode}-entry-{number}", entry)
    lengths = {p: _torch_length({"size": len(SIGNAL), "k": len(KERNEL), "s": 1, "p": p}) for p in range(5)}
    (needed,) = (p for p, length in lengths.items() if length == len(right))
    judged.check(f"002-q5-{mode}-padding", needed)
    windows = torch.tensor(np.pad(SIGNAL, needed)).unfold(0, len(KERNEL), 1)
    kernel = torch.tensor(KERNEL).flip(0).expand_as(windows)
    judged.check(f"002-q5-{mode}-products", torch.stack((windows, kernel), dim=-1).flatten(1))
    if mode != "valid":
        judged.check(f"002-q5-{mode}-padded", np.pad(SIGNAL, needed).tolist())
    return needed


def _torch_length(s: Settings) -> int:
    """Return how many entries torch computes for these settings."""
    x, w = torch.zeros(1, 1, s["size"]), torch.zeros(1, 1, s["k"])
    return int(torch.conv1d(x, w, stride=s["s"], padding=s["p"]).shape[-1])


def _by_torch(signal: Sequence[int], stride: int = 1) -> Array:
    """Return torch's correlation of a signal with the flipped kernel."""
    x, w = (torch.tensor(values, dtype=torch.float64)[None, None] for values in (signal, KERNEL))
    return np.asarray(torch.conv1d(x, w.flip(-1), stride=stride)[0, 0].numpy().astype(int))


def _lengths(judged: Audit) -> None:
    """Judge the lengths as formulas, on grids of settings, and as numbers; and the stride."""
    n, k = len(SIGNAL), len(KERNEL)
    grid = [
        {"size": size, "k": width, "p": p, "s": stride}
        for size in range(1, 8)
        for width in range(1, 6)
        for p in range(4)
        for stride in range(1, 4)
        if width <= size + 2 * p
    ]
    judged.check("002-q5-size-formula", _torch_length, samples=grid)
    pads = [{"p": p, "size": n, "k": k, "s": 1} for p in range(6)]
    judged.check("002-q5-same-equation", _torch_length, samples=pads)
    pairs = [{"m": m, "k": width, "p": width - 1} for m in range(1, 9) for width in range(1, 9)]
    counted = [len(np.convolve(np.ones(s["m"]), np.ones(s["k"]))) for s in pairs]
    judged.check("002-q5-full-width", counted, samples=pairs)
    judged.check("002-q5-full-width-value", len(np.convolve(SIGNAL, KERNEL)))
    judged.check("002-q5-same-length", len(np.convolve(SIGNAL, KERNEL, "same")))

    valid = np.convolve(SIGNAL, KERNEL, "valid")
    (stride,) = (s for s in range(1, 4) if np.array_equal(_by_torch(SIGNAL, stride=s), valid))
    judged.check("002-q5-valid-stride", stride)

    full = np.convolve(SIGNAL, KERNEL)
    zeros = len(full) - (n - k + 1)
    sides = [(left, zeros - left) for left in range(zeros + 1)]
    fits = {pad: np.array_equal(_by_torch(np.pad(SIGNAL, pad).tolist()), full) for pad in sides}
    judged.check(
        "002-q5-quotation",
        all(fits.values()),
        evidence=f"{sum(fits.values())} of {len(fits)} ways to place {zeros} zeros gives it",
        missing={"as many zeros on the left as on the right": fits[zeros // 2, zeros // 2]},
        cause="the quotation does not say how many zeros stand on each side",
    )


def _sign(judged: Audit, mode: Mode) -> None:
    """Judge the line with the star: does it flip once more, or only slide?"""
    right = np.convolve(SIGNAL, KERNEL, mode)
    judged.check(
        f"002-q5-{mode}-sign",
        right,
        given={"convolve": _star_flips},
        conventions={
            "the star slides without a flip": Reading(right, given={"convolve": _star_slides}),
        },
    )


def _star_flips(x: ArrayLike, w: ArrayLike) -> Array:
    return np.asarray(np.convolve(np.asarray(x), np.asarray(w), "valid"))


def _star_slides(x: Sequence[int], w: Sequence[int]) -> Array:
    """Slide w as it is over x, and keep whole windows."""
    windows = np.lib.stride_tricks.sliding_window_view(np.asarray(x), len(w))
    return np.asarray(windows @ np.asarray(w))
