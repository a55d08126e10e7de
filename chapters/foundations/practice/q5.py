"""Full, valid and same: three convolutions of a short signal, computed from the definition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nnutils.core.errors import PracticeError
from nnutils.core.messages import shown
from nnutils.core.worked import Worked, total
from nnutils.practice import Asked, Convention, Draw, earned

__all__ = ["asked", "draw", "givens", "parts", "statement"]


def givens() -> dict[str, Any]:
    """Return the question's signal and kernel."""
    return {"signal": [1, 2, 3, 4], "kernel": [1, 0, 2]}


def draw(seed: int) -> dict[str, Any]:
    """Return another signal and a lopsided kernel, so that a forgotten flip is noticed in every mode."""
    chance = Draw(seed)
    return chance.until(lambda: _proposed(chance), lambda drawn: drawn != givens() and _telling(drawn))


def _proposed(chance: Draw) -> dict[str, Any]:
    signal = [chance.whole(1, 6) for _ in range(chance.whole(4, 5))]
    kernel = [chance.whole(-1, 3) for _ in range(3)]
    return {"signal": signal, "kernel": kernel}


def _telling(drawn: Mapping[str, Any]) -> bool:
    """Say whether the ends of the kernel count, no sum is 0 or 1, and every mode tells a flip from none."""
    signal, kernel = drawn["signal"], drawn["kernel"]
    if 0 in (kernel[0], kernel[-1]) or len(set(signal)) < 3:
        return False
    middle = _convolved(signal, kernel, *_kept(len(signal), len(kernel))["same"])
    if any(entry in (0, 1, -1) for entry in middle):
        return False
    return all(
        _convolved(signal, kernel, *kept) != _convolved(signal, kernel[::-1], *kept)
        for kept in _kept(len(signal), len(kernel)).values()
    )


def asked(givens: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return what is asked: each result, as the sum over pairs whose indices add up to the entry's."""
    signal, kernel = givens["signal"], givens["kernel"]
    _check(signal, kernel)
    n, k = Worked(len(signal), "n"), Worked(len(kernel), "k")
    kept = _kept(len(signal), len(kernel))
    lengths = {"full": n + k - 1, "valid": n - k + 1, "same": n}
    quantities = []
    unflipped = "This is the cross-correlation, which does not flip the kernel; here the kernel is flipped."
    for part, (mode, length) in zip(parts(givens), lengths.items(), strict=True):
        first, last = kept[mode]
        slid = Convention(_convolved(signal, kernel[::-1], first, last), unflipped)
        quantities += [
            Asked(
                f"{mode}_length", f"how many entries y has in the mode {mode}", part, length, unit="entries"
            ),
            Asked(
                mode,
                f"y in the mode {mode}: all entries in order, separated by commas",
                part,
                _convolved(signal, kernel, first, last),
                conventions=(slid,),
                work=tuple(_entry(signal, kernel, i) for i in range(first, last + 1)),
            ),
        ]
    return tuple(quantities)


def parts(givens: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of each part."""
    return {"a": 4, "b": 3, "c": 3}


def statement(givens: Mapping[str, Any]) -> str:
    """Return the question in words."""
    marks = earned(parts(givens))
    return (
        "The convolution of a signal $x$ with $n$ entries and a kernel $w$ with $k$ entries is "
        "$y_i = \\sum_{j=0}^{k-1} w_j\\, x_{i-j}$, where $x$ counts as 0 outside its places and indices "
        "start at 0. *Full* keeps every $i$ for which at least one entry of $x$ stands in the sum, *valid* "
        "those for which all $x_{i-j}$ are entries of the signal, *same* the $n$ entries in the middle of "
        "the full result.\n\n"
        f"Let $x = {givens['signal']}$ and $w = {givens['kernel']}$. Compute $y$, and say how many entries "
        "it has,\n\n"
        f"**(a)** in the mode full; {marks['a']}\n\n"
        f"**(b)** in the mode valid; {marks['b']}\n\n"
        f"**(c)** in the mode same. {marks['c']}"
    )


def _kept(n: int, k: int) -> dict[str, tuple[int, int]]:
    """Return the first and the last index of each mode."""
    return {
        "full": (0, n + k - 2),
        "same": ((k - 1) // 2, (k - 1) // 2 + n - 1),
        "valid": (k - 1, n - 1),
    }


def _convolved(signal: Sequence[Any], kernel: Sequence[Any], first: int, last: int) -> tuple[Any, ...]:
    entries = [0] * (len(signal) + len(kernel) - 1)
    for m, x in enumerate(signal):
        for j, w in enumerate(kernel):
            entries[m + j] += x * w
    return tuple(entries[first : last + 1])


def _entry(signal: Sequence[int], kernel: Sequence[int], i: int) -> Worked:
    """Return one entry by the definition, with its terms."""
    return total(
        (
            Worked(w, f"w{j}") * Worked(signal[i - j], f"x{i - j}")
            for j, w in enumerate(kernel)
            if 0 <= i - j < len(signal)
        ),
        f"y{i}",
    )


def _check(signal: Sequence[Any], kernel: Sequence[Any]) -> None:
    """Refuse what is not a signal and a kernel, and what has no valid or no middle part."""
    for name, values in (("signal", signal), ("kernel", kernel)):
        if not values or not all(type(value) is int for value in values):
            raise PracticeError(
                f"The {name} {shown(values)} is not a list of whole numbers.",
                remedy="Give at least one. Decimals become whole when all are multiplied by a power of ten.",
            )
    if len(kernel) > len(signal):
        raise PracticeError(
            f"No window of {len(kernel)} entries fits into a signal of {len(signal)}.",
            remedy="The kernel may be as long as the signal, but not longer.",
        )
    if len(kernel) % 2 == 0:
        raise PracticeError(
            f"A kernel of {len(kernel)} entries leaves no middle: {len(kernel) - 1} of the entries of the "
            "full result would have to go, half of them at each end.",
            remedy="Use an odd number of entries.",
        )
