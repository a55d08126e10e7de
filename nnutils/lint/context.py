"""What every check is given: the sheet, how it writes numbers, and the network that it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

from nnutils.lint.exact_numbers import exact_and_rounded
from nnutils.lint.finding import Cause, Finding, Verdict
from nnutils.lint.language import Token, tokens_of
from nnutils.lint.numbers import Style, plain_numbers, with_joined_numbers
from nnutils.lint.sheets import Piece, Sheet
from nnutils.lint.short_decimals import Written, longer_values, unsure_decimals
from nnutils.networks.network import Network

__all__ = ["Check", "Context"]

_Made = TypeVar("_Made")
_AMBIGUOUS = re.compile(r"\d[.,'’_ \N{THIN SPACE}\N{NARROW NO-BREAK SPACE}\N{NO-BREAK SPACE}]\d|[.,]\d")
"""Where it depends on the way of writing numbers what the digits say."""


@dataclass(frozen=True)
class Context:
    """The sheet, its way of writing numbers, and the network given beside it (``--network``), if any."""

    sheet: Sheet
    style: Style
    network: Network | None = None
    explained: set[tuple[str, str]] = field(default_factory=set, compare=False, repr=False)
    """Stated values whose slips were looked for, with the work of the right one: few are explained."""
    shared: dict[tuple[str, int], tuple[Piece, Any]] = field(default_factory=dict, compare=False, repr=False)
    """What was made from pieces that every style reads alike: for all contexts of a sheet."""
    _kept: dict[tuple[str, int], tuple[Piece, Any]] = field(default_factory=dict, compare=False, repr=False)

    def tokens(self, piece: Piece) -> list[Token]:
        """Return the tokens of a piece of the sheet; they are read once for all checks."""
        return self.once("tokens", piece, lambda: tokens_of(piece, self.style))

    def plain(self, text: str) -> str:
        """Return a text of the sheet with its numbers written as the program writes them."""
        return plain_numbers(text, self.style)

    @cached_property
    def sentences(self) -> tuple[Piece, ...]:
        """The pieces that hold running text; where 51 200 may be one number, with a narrow blank in it.

        The same pieces serve all checks, so that what is made from one of them is made once.
        """
        if not self.style.spaces:
            return self.sheet.sentences
        joined = ((piece, with_joined_numbers(piece.text)) for piece in self.sheet.sentences)
        return tuple(piece if text == piece.text else replace(piece, text=text) for piece, text in joined)

    @cached_property
    def written(self) -> Written:
        """The decimals of the sheet: which were not rounded, and which may have been.

        Of a cell of a table nobody can say that it is exact.
        """
        blocks = [block for block in self.sheet.blocks if isinstance(block, Piece) and block.kind != "code"]
        exact, rounded = exact_and_rounded(self.tokens(piece) for piece in blocks)
        pieces = (piece for piece in self.sheet.pieces() if piece.kind != "code")
        return Written(
            exact - rounded,
            rounded | unsure_decimals(self.sheet, self.tokens),
            longer_values(self.tokens(piece) for piece in pieces),
        )

    def once(self, what: str, piece: Piece, make: Callable[[], _Made]) -> _Made:
        """Return what is made from the tokens of a piece, under a name; it is made once for all checks.

        >>> from nnutils.lint.numbers import ENGLISH
        >>> from nnutils.lint.sheets import piece_of
        >>> piece, made = piece_of("3 + 4"), []
        >>> context = Context(Sheet("a.txt", "3 + 4", (piece,)), ENGLISH)
        >>> [context.once("length", piece, lambda: made.append(1) or len(piece.text)) for _ in "ab"], made
        ([5, 5], [1])
        """
        key = what, id(piece)
        kept = self._kept.get(key) or self.shared.get(key)
        if kept is None:
            kept = piece, make()  # the piece is kept too, so that no other one has its id
            (self._kept if _AMBIGUOUS.search(piece.text) else self.shared)[key] = kept
        return kept[1]

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
        if self.style.spaces:
            stated = stated.replace("\N{NARROW NO-BREAK SPACE}", " ")
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
