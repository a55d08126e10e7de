"""Convolution of two signals by its definition, and how three libraries cut it to size."""

from __future__ import annotations

from collections.abc import Callable
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnutils.core.errors import NNUtilsError, SizeError

__all__ = ["convolve1d", "same_window"]

Array = NDArray[Any]

_MODES = ("full", "valid", "same")
_SAME_RULES: dict[str, Callable[[int, int], range]] = {
    "scipy": lambda n, k: range((k - 1) // 2, (k - 1) // 2 + n),
    "numpy": lambda n, k: range((min(n, k) - 1) // 2, (min(n, k) - 1) // 2 + max(n, k)),
    "torch": lambda n, k: range(k // 2, k // 2 + n),
}


def same_window(signal_length: int, kernel_length: int, rule: str = "scipy") -> range:
    """Return which entries of the full convolution the mode 'same' keeps in one of three libraries.

    ``convolve1d`` describes the three rules: 'scipy', 'numpy' and 'torch'.

    Raises:
        SizeError: for a length below 1.
        NNUtilsError: for an unknown rule.

    >>> [list(same_window(3, 4, rule)) for rule in ("scipy", "numpy", "torch")]
    [[1, 2, 3], [1, 2, 3, 4], [2, 3, 4]]
    """
    if rule not in _SAME_RULES:
        raise NNUtilsError(
            f"There is no rule {rule!r} for the mode 'same'.",
            remedy=f"Use one of {', '.join(map(repr, _SAME_RULES))}.",
        )
    if signal_length < 1 or kernel_length < 1:
        raise SizeError(
            f"A signal of {signal_length} entries and a kernel of {kernel_length} have no convolution.",
            remedy="Both need at least one entry.",
        )
    return _SAME_RULES[rule](signal_length, kernel_length)


def convolve1d(
    signal: ArrayLike, kernel: ArrayLike, mode: str = "full", *, same_rule: str = "scipy"
) -> Array:
    """Convolve a signal with a kernel, flipped as in mathematics: y[i] sums kernel[j] * signal[i - j].

    With n entries in the signal and k in the kernel:

    - 'full': every i for which a product exists, n + k - 1 entries;
    - 'valid': only windows wholly inside the signal, n - k + 1 entries; none if k > n: an error;
    - 'same': n entries, the middle of 'full'. An odd k <= n leaves no choice. For an even k, and for a
      kernel longer than the signal, libraries differ; ``same_rule`` picks one:

      ======= ======================= ========= ================== =======================
      rule    first entry kept        entries   [1, 2, 3] * [1, 1] [1, 2] * [1, 1, 1, 1]
      ======= ======================= ========= ================== =======================
      "scipy" (k - 1) // 2            n         [1, 3, 5]          [3, 3]
      "numpy" (min(n, k) - 1) // 2    max(n, k) [1, 3, 5]          [1, 3, 3, 3]
      "torch" k // 2                  n         [3, 5, 3]          [3, 3]
      ======= ======================= ========= ================== =======================

      "scipy" is ``scipy.signal.convolve(signal, kernel, "same")``, the default here because it always gives
      as many entries as the signal has. "numpy" is ``numpy.convolve``, which swaps the two where the kernel
      is longer. "torch" is ``torch.nn.functional.conv1d(..., padding="same")`` with the flipped kernel.

    Integers and Fractions are added up exactly. To correlate, give the kernel reversed.

    Raises:
        NNUtilsError: for a misspelt mode or rule, and for an entry that is not a finite real number.
        SizeError: for an empty signal or kernel, for more than one axis, and for 'valid' with a kernel
            longer than the signal.

    Source: Goodfellow, Bengio and Courville, Deep Learning, eq. 9.3 and sec. 9.5 for the modes; the manuals
    of the libraries for their rules.

    >>> [convolve1d([1, 2, 3, 4], [1, 0, 2], mode).tolist() for mode in ("full", "valid", "same")]
    [[1, 2, 5, 8, 6, 8], [5, 8], [2, 5, 8, 6]]
    """
    if mode not in _MODES:
        raise NNUtilsError(f"There is no mode {mode!r}.", remedy="Use 'full', 'valid' or 'same'.")
    values, taps = _vector("signal", signal), _vector("kernel", kernel)
    kept = same_window(len(values), len(taps), same_rule)
    _refuse_overflow(values, taps)
    common = np.result_type(values, taps)
    full = np.zeros(len(values) + len(taps) - 1, dtype=common)
    for j, tap in enumerate(taps.astype(common)):
        full[j : j + len(values)] += tap * values
    if mode == "full":
        return full
    if mode == "same":
        return full[kept.start : kept.stop]
    if len(taps) > len(values):
        raise SizeError(
            f"'valid' keeps the windows wholly inside the signal: a kernel of {len(taps)} entries has none "
            f"in a signal of {len(values)}.",
            remedy="Swap the two (convolution commutes), or use the mode 'full'.",
        )
    return full[len(taps) - 1 : len(values)]


def exact_or_float(name: str, value: ArrayLike) -> Array:
    """Return an array of int64, of Python numbers (integers beyond int64, Fractions), or of float64.

    Raises:
        NNUtilsError: if an entry is not a real number, or the rows have different lengths.

    >>> exact_or_float("x", [1, 2]).dtype, exact_or_float("x", [1, 2.5]).dtype
    (dtype('int64'), dtype('float64'))
    """
    try:
        array = np.asarray(value)
    except ValueError:
        raise NNUtilsError(f"{name} has rows of different lengths, so it is not an array.") from None
    if array.dtype.kind in "bi" or (array.dtype.kind == "u" and array.dtype.itemsize < 8):
        return array.astype(np.int64)
    if array.dtype.kind == "u":
        return array.astype(object)
    if array.dtype.kind == "f":
        return array.astype(np.float64)
    if array.dtype.kind == "O" and all(isinstance(entry, Real) for entry in array.flat):
        return array
    raise NNUtilsError(f"{name} has to hold real numbers, got the type {array.dtype}.")


def _refuse_overflow(signal: Array, kernel: Array) -> None:
    """Refuse int64 entries whose sums of products might not fit: NumPy would wrap around silently."""
    if not signal.dtype == kernel.dtype == np.int64:
        return
    # As Python integers: the absolute value of the smallest int64 does not fit into an int64.
    largest = max(abs(int(entry)) for entry in signal)
    if largest * sum(abs(int(tap)) for tap in kernel) >= 2**63:
        raise NNUtilsError(
            "convolve1d: these integers are so large that a sum may not fit into 64 bits.",
            remedy="Give float64 arrays, or object arrays of Python integers for exact results.",
        )


def _vector(name: str, value: ArrayLike) -> Array:
    array = exact_or_float(f"The {name}", value)
    if array.ndim != 1 or not array.size:
        raise SizeError(f"The {name} has to be a non-empty sequence of numbers, got the shape {array.shape}.")
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        raise NNUtilsError(f"The {name} holds NaN or an infinity.", remedy="Give finite numbers.")
    return array
