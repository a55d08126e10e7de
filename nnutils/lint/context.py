"""What every check is given: the sheet, how it writes numbers, and the network that it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from nnutils.lint.finding import Cause, Finding, Verdict
from nnutils.lint.language import Token, tokens_of
from nnutils.lint.numbers import Style
from nnutils.lint.sheets import Piece, Sheet
from nnutils.networks.network import Network

__all__ = ["Check", "Context"]


@dataclass(frozen=True)
class Context:
    """The sheet, its way of writing numbers, and the network given beside it (``--network``), if any."""

    sheet: Sheet
    style: Style
    network: Network | None = None
    explained: set[tuple[str, str]] = field(default_factory=set, compare=False, repr=False)
    """Stated values whose slips were looked for, with the work of the right one: few are explained."""
    _read: dict[int, tuple[Piece, list[Token]]] = field(default_factory=dict, compare=False, repr=False)

    def tokens(self, piece: Piece) -> list[Token]:
        """Return the tokens of a piece of the sheet; they are read once for all checks."""
        if id(piece) not in self._read:
            self._read[id(piece)] = piece, tokens_of(piece, self.style)
        return self._read[id(piece)][1]

    def finding(
        self,
        piece: Piece,
        start: int,
        end: int,
        kind: str,
        verdict: Verdict,
        *,
        stated: str = "",
        computed: str = "",
        why: str = "",
        slips: Iterable[str] = (),
        cause: Cause = "",
        at: int | None = None,
    ) -> Finding:
        """Return a finding about a stretch of a piece, from ``start`` to ``end`` of its text.

        Where the number that it is about stands on another line, ``at`` says where: a report points there.
        """
        first, last = piece.span(start, end)
        begin, finish = self.sheet.where(first), self.sheet.where(last)
        if at is not None:
            place = self.sheet.where(piece.span(at, at + 1)[0])
            begin = begin if place.line == begin.line else place
        return Finding(
            first,
            last,
            begin.line,
            begin.column,
            finish.line,
            finish.column,
            self.sheet.source[first:last],
            kind,
            verdict,
            stated,
            computed,
            why,
            tuple(slips),
            cause,
            begin.part,
        )


Check: TypeAlias = Callable[[Context], Iterable[Finding]]
"""Finds the statements of one sort in a sheet, and judges them."""
