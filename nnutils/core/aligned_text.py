"""Tables as plain text: columns of one width, cells that wrap, accents that take no room."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence

__all__ = ["aligned", "width", "wrapped"]


def width(text: str) -> int:
    """Return the columns that a text takes on a screen: an accent on the letter before it takes none.

    >>> width("v̄₋₁"), len("v̄₋₁")
    (3, 4)
    """
    return sum(not unicodedata.combining(character) for character in text)


def wrapped(text: str, most: int) -> list[str]:
    """Break a text into lines of at most ``most`` columns: between words, and a longer word anywhere.

    >>> wrapped("the first convolution", 10)
    ['the first', 'convolutio', 'n']
    """
    lines: list[str] = []
    for word in text.split():  # textwrap alone would count accents
        for piece in [word] if width(word) <= most else _pieces(word, most):
            if lines and width(f"{lines[-1]} {piece}") <= most:
                lines[-1] += f" {piece}"
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, most: int) -> list[str]:
    """Break a word at any letter; each accent stays with the letter that carries it."""
    letters: list[str] = []
    for character in word:
        if unicodedata.combining(character) and letters:
            letters[-1] += character
        else:
            letters.append(character)
    waiting = iter(letters)
    bare = "".join(letter[0] for letter in letters)
    return ["".join(next(waiting) for _ in piece) for piece in textwrap.wrap(bare, most)]


def aligned(
    rows: Sequence[Sequence[str]], *, right: Sequence[bool] = (), most: Sequence[int] = ()
) -> tuple[list[list[str]], str]:
    """Return the lines of each row, in columns of one width with two spaces between, and a rule of dashes.

    ``right`` says which columns are flush right (none, if left out), ``most`` how wide each may be: a longer
    cell wraps, and its row then has several lines.

    >>> (head, *body), rule = aligned([("layer", "units"), ("conv1", "96")], right=(False, True))
    >>> print(*head, rule, *body[0], sep="\\n")
    layer  units
    -----  -----
    conv1     96
    """
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    if most:
        widths = [min(pair) for pair in zip(widths, most, strict=True)]
    flush_right = list(right) or [False] * len(widths)
    lines = []
    for row in rows:
        cells = (
            [wrapped(cell, w) for cell, w in zip(row, widths, strict=True)] if most else [[c] for c in row]
        )
        lines.append(
            [
                "  ".join(
                    _padded(cell[i] if i < len(cell) else "", w, r)
                    for cell, w, r in zip(cells, widths, flush_right, strict=True)
                ).rstrip()
                for i in range(max(map(len, cells), default=0))
            ]
        )
    return lines, "  ".join("-" * w for w in widths)


def _padded(text: str, size: int, right: bool) -> str:
    space = " " * (size - width(text))
    return space + text if right else text + space
