r"""A result set apart below its working: ``96 \cdot 28``, and in a formula of its own ``\boxed{2688}``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nnutils.lint.sheets import Piece, Table

__all__ = ["with_results"]

_NUMBER = r"[-−]?\d[\d.,'\u00a0\u2009\u202f ]*(?<=\d)"
_POWER = r"(?:\s*[·×]\s*10\^\([-−]?\d+\))?"
_RESULT = re.compile(rf"\s*(?P<sign>≈|=)?\s*{_NUMBER}{_POWER}\s*%?(?:\s*[A-Za-z][A-Za-z ]*)?[.,;]?\s*")
_WORKING = re.compile(r"[\d)]\s*[·×*/+−-]\s*[\d(√]|[⌊⌈√/]")
_OVER = re.compile(r"[\d)⌋⌉]\s*$")


def with_results(blocks: Iterable[Piece | Table]) -> list[Piece | Table]:
    """Return the blocks of a sheet, a formula that is only a number joined to the working before it.

    Both must be formulas set apart, and the first must hold a calculation.

    >>> def formula(text: str) -> Piece:
    ...     return Piece(text, tuple(range(len(text))), ((0, len(text)),))
    >>> [one.text for one in with_results([formula("96 · 28"), formula("2,688 parameters")])]
    ['96 · 28 = 2,688 parameters']
    >>> [one.text for one in with_results([formula("x = 3"), formula("7")])]
    ['x = 3', '7']
    """
    made: list[Piece | Table] = []
    for block in blocks:
        before = made[-1] if made else None
        if isinstance(block, Piece) and isinstance(before, Piece) and _belong_together(before, block):
            made[-1] = _joined(before, block)
        else:
            made.append(block)
    return made


def _belong_together(before: Piece, result: Piece) -> bool:
    if not (_is_display(before) and _is_display(result)):
        return False
    working = _WORKING.search(before.text) is not None and _OVER.search(before.text) is not None
    return working and _RESULT.fullmatch(result.text) is not None


def _is_display(piece: Piece) -> bool:
    return piece.kind == "text" and piece.formulas == ((0, len(piece.text)),)


def _joined(before: Piece, result: Piece) -> Piece:
    found = _RESULT.fullmatch(result.text)
    assert found is not None
    between = " " if found["sign"] else " = "
    text = f"{before.text}{between}{result.text}"
    places = (*before.places, *(result.places[0] for _ in between), *result.places)
    return Piece(text, places, ((0, len(text)),))
