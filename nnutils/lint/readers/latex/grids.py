r"""What stands in rows and cells within LaTeX's mathematics: matrices, cases, aligned lines."""

from __future__ import annotations

import re

from nnutils.lint.readers.placed import Strand, strand_text, trimmed

__all__ = ["SIZED", "delimited", "grid_strand"]

_MATRICES = frozenset(
    "matrix bmatrix pmatrix Bmatrix vmatrix Vmatrix smallmatrix psmallmatrix bsmallmatrix array".split()
)
_CASES = frozenset("cases dcases rcases numcases subnumcases".split())
SIZED = {
    "array": 1,
    "alignedat": 1,
    "alignat": 1,
    "xalignat": 1,
    "tabular": 1,
    "numcases": 1,
    "subnumcases": 1,
}
"""Environments with arguments of their own in braces."""

_ONLY_GRID = re.compile(r"\s*\\begin\{\w+\*?\}.*\\end\{\w+\*?\}\s*", re.DOTALL)

EM = "\N{EM SPACE}"


def grid_strand(name: str, rows: list[list[Strand]], place: int) -> Strand:
    """Return the rows of an environment: a matrix as [1, 2; 3, 4], cases in braces, aligned rows as lines."""
    kept = [row for row in rows if any(strand_text(cell).strip() for cell in row)]
    bare = name.rstrip("*")
    if bare in _MATRICES or bare in _CASES:
        inside = _between([_between(row, ", ", place) for row in kept], "; ", place)
        opening, closing = (
            ("{ ", " }") if bare in _CASES else ("|[", "]|") if bare == "vmatrix" else ("[", "]")
        )
        return [(opening, place), *inside, (closing, inside[-1][1] if inside else place)]
    return _between([_aligned(row, place) for row in kept], "\n", place)


def delimited(left: str, inside: Strand, right: str, source: str, places: tuple[int, int]) -> Strand:
    r"""Return what stands between \left and \right: a matrix has brackets, an open brace makes cases."""
    grid = (
        source.count("\\begin{") == 1
        and _ONLY_GRID.fullmatch(source)
        and strand_text(inside).strip()[:1] == "["
    )
    if grid and left in ("(", "["):
        return inside
    if grid and left == "{" and not right:
        marks = [at for at, (text, _) in enumerate(inside) if text in "[]"]
        first, last = marks[0], marks[-1]
        return [*inside[:first], ("{ ", inside[first][1]), *inside[first + 1 : last], (" }", inside[last][1])]
    made = [(left, places[0])] if left else []
    return [*made, *inside, *([(right, places[1])] if right else [])]


def _between(parts: list[Strand], mark: str, place: int) -> Strand:
    made: Strand = []
    for number, part in enumerate(parts):
        if number:
            made.append((mark, made[-1][1] if made else place))
        made += trimmed(part)
    return made


def _aligned(row: list[Strand], place: int) -> Strand:
    """Return a row of aligned formulas: each pair of columns is a formula, beside the next one."""
    made: Strand = []
    for number, cell in enumerate(row):
        if number and number % 2 == 0 and strand_text(cell).strip():
            made.append((EM, made[-1][1] if made else place))
        elif number and made and not made[-1][0].endswith(" "):
            made.append((" ", made[-1][1]))
        made += cell
    return trimmed(made)
