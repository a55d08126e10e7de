"""Words for lists, counts and sizes in sentences, and LaTeX for matrices of numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from nnutils.core.errors import NNUtilsError
from nnutils.core.messages import shown
from nnutils.core.numerals import latex_number, latex_of_text

__all__ = ["bmatrix", "counted", "listed", "pmatrix", "side_by_side"]


def listed(words: Iterable[object], last: str = "and") -> str:
    """Join words as in a sentence: commas, and the word ``last`` before the last one.

    Raises:
        NNUtilsError: without words, since a sentence with a hole would come out.

    >>> listed(["a"]), listed("ab"), listed("abc", "or")
    ('a', 'a and b', 'a, b or c')
    """
    most = [str(word) for word in words]
    if not most:
        raise NNUtilsError(
            "There are no words to list.", remedy="Leave the sentence out where the list is empty."
        )
    end = most.pop()
    return f"{', '.join(most)} {last} {end}" if most else end


def counted(number: Any, noun: str, plural: str | None = None, *, spec: str = "") -> str:
    """Return a number and what is counted, in the plural unless the number is 1.

    The plural has an s unless ``plural`` is given. ``spec`` says how the number is written, as in
    ``format``: ``","`` separates thousands.

    >>> counted(1, "output"), counted(0, "output"), counted(2, "class", "classes")
    ('1 output', '0 outputs', '2 classes')
    >>> counted(4096, "unit", spec=",")
    '4,096 units'
    """
    words = noun if number == 1 else f"{noun}s" if plural is None else plural
    return f"{format(number, spec)} {words}"


def side_by_side(sizes: Iterable[object], between: str = " × ") -> str:
    """Return sizes the way people write them.

    >>> side_by_side([3, 3]), side_by_side([3, 5], "×")
    ('3 × 3', '3×5')
    """
    return between.join(map(str, sizes))


def pmatrix(rows: Iterable[Any], digits: int = 6) -> str:
    r"""Return a matrix of numbers, or a column, as LaTeX in round brackets.

    ``rows`` is anything with rows of numbers, or with numbers alone, which stand in a column. Whole numbers
    and fractions are written exactly, other numbers with up to ``digits`` digits.

    Raises:
        NNUtilsError: without numbers, for rows of different lengths, and for what is not a finite number.

    >>> print(pmatrix([[0.5, -1.0], [2, Fraction(1, 3)]]))
    \begin{pmatrix} 0.5 & -1 \\ 2 & \frac{1}{3} \end{pmatrix}
    >>> print(pmatrix([0.25, 1e-9]))
    \begin{pmatrix} 0.25 \\ 1 \cdot 10^{-9} \end{pmatrix}
    """
    return _matrix("pmatrix", rows, digits)


def bmatrix(rows: Iterable[Any], digits: int = 6) -> str:
    r"""Return the same as ``pmatrix`` in square brackets.

    Raises:
        NNUtilsError: as ``pmatrix`` does.

    >>> print(bmatrix([[1, 2.5]]))
    \begin{bmatrix} 1 & 2.5 \end{bmatrix}
    """
    return _matrix("bmatrix", rows, digits)


def _matrix(kind: str, rows: Iterable[Any], digits: int) -> str:
    entries = [list(row) if _has_entries(row) else [row] for row in rows]
    lengths = {len(row) for row in entries}
    if not lengths or lengths == {0}:
        raise NNUtilsError("A matrix without numbers cannot be written.", remedy="Give at least one number.")
    if len(lengths) > 1:
        raise NNUtilsError(
            f"The rows have different lengths: {', '.join(str(len(row)) for row in entries)}.",
            remedy="Give every row the same number of entries.",
        )
    lines = r" \\ ".join(" & ".join(_entry(value, digits) for value in row) for row in entries)
    return rf"\begin{{{kind}}} {lines} \end{{{kind}}}"


def _has_entries(row: Any) -> bool:
    """Say whether a row is a collection; NumPy's arrays without axes only look like one."""
    try:
        iter(row)
    except TypeError:
        return False
    return not isinstance(row, str)


def _entry(value: Any, digits: int) -> str:
    if not isinstance(value, float) and hasattr(value, "denominator"):
        return latex_number(Fraction(int(value.numerator), int(value.denominator)))
    try:
        number = math.nan if isinstance(value, str) else float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise NNUtilsError(f"{shown(value)} is not a number that a matrix can show.", remedy="Use numbers.")
    text = f"{number:.{digits}g}"
    return latex_of_text("0" if text == "-0" else text)
