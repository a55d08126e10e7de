"""A sheet while it is written: text, and what is stated in it, with a slip here and there."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nnutils import Network

from .arithmetic import computed
from .case import Case, Placed
from .notation import Notation
from .numerals import How, NotWritableError, Real, Written, exactly
from .pen import PEN, ROUNDING, Slips, by_kind, predicted, slips_of_the_pen, wrong_rounding

__all__ = ["Figure", "Sheet", "worked"]

# Of the private use area: they mark where a statement begins, and are gone from the finished text.
_MARK, _END = "\ue000", "\ue001"
_MARKED = re.compile(f"{_MARK}(\\d+){_END}")
_RARE = (ROUNDING, "a percentage of the wrong base")
_CLOSE = 1e-9  # what floats may be off


class Figure(str):
    """A stated number as text, with the value that its writer goes on with, and the right one.

    ``off`` says that it is written wrong, by a slip or because it follows from one; ``work`` is its
    arithmetic as Python, and ``bare`` the text without a mark.
    """

    value: Real
    right: Real
    off: bool
    bare: str
    work: str


@dataclass(frozen=True)
class _Said:
    written: str
    slip: str
    network: bool
    work: str
    denotes: str
    unit: Fraction
    slack: float
    caused: bool


def worked(part: Real | Figure) -> str:
    """Return a part of an expression as Python; of a figure its arithmetic, in brackets."""
    if isinstance(part, Figure):
        return part.work if part.work.isdecimal() else f"({part.work})"
    return f"({part})" if part < 0 or isinstance(part, Fraction) else str(part)


class Sheet:
    """What has been stated so far in one sheet, and the habits of its writer.

    ``carries`` says that a wrong number is used further on as it stands; otherwise the right one is. The
    chance of a slip is the same for each statement of a sheet, and 0 for a third of the sheets.
    """

    def __init__(self, chance: random.Random, notation: Notation, network: Network | None = None) -> None:
        self.chance = chance
        self.notation = notation
        self.network = network
        self.rate = chance.choice([0.0, 0.08, 0.16])
        self.carries = chance.random() < 0.5
        self._said: list[_Said] = []

    def state(
        self,
        right: Real,
        how: How,
        work: str,
        *,
        slips: Slips | None = None,
        derivation: Any = None,
        uses: Sequence[object] = (),
        slack: float = 0.0,
        frame: str = "{}",
        network: bool = False,
        roundable: bool = True,
        source: Real | None = None,
    ) -> Figure:
        """Return a number as text after noting it as a statement; now and then a slip makes it another one.

        ``right`` is the value from the library and ``work`` the same by the sheet's own arithmetic, which is
        asserted. ``slips`` and ``derivation`` are where structural slips come from. ``uses`` are the parts of
        the expression: after a wrong one, this statement is caused by it. ``source`` is the value that the
        writer gets from a wrong number, if the writer carries it on. ``slack`` is how far the value may lie
        from what the rounded numbers on the sheet give.
        """
        caused = any(isinstance(part, Figure) and part.off for part in uses)
        assert _agree(right, computed(work)), (right, work)
        written = how(right)
        assert abs(written.denotes - exactly(right)) <= written.unit / 2, (right, written)
        slip, value = "", right
        if caused:
            if source is not None and self.carries:
                with suppress(NotWritableError):  # so far off that nobody would write it so: the right value
                    value, written = source, how(source)
        elif self.chance.random() < self.rate:
            structural = self.chance.random() < 0.5
            pool = [*(slips or []), *(predicted(derivation) if structural else slips_of_the_pen(written))]
            pool = pool or slips_of_the_pen(written)
            rounding = wrong_rounding(right, written) if roundable and not slack else []
            slip, written = self._slipped(right, written, how, pool, rounding, slack)
            value = written.denotes if slip and self.carries else right
        text = frame.format(written.text)
        denotes = str(written.denotes)
        return self._noted(
            text,
            (right, value, written.text != how(right).text, work),
            _Said(text, slip, network, work, denotes, written.unit, slack, caused),
        )

    def formula(self, right: tuple[str, str], wrong: Sequence[tuple[str, str, str]], work: str) -> Figure:
        """Return a formula as text after noting it: written and as Python, and the slips with their kinds."""
        text, denotes, slip = *right, ""
        if wrong and self.chance.random() < self.rate:
            slip, text, denotes = self.chance.choice(list(wrong))
        said = _Said(text, slip, False, work, denotes, Fraction(0), 0.0, False)
        return self._noted(text, (0, 0, bool(slip), right[1]), said)

    def _noted(self, text: str, about: tuple[Real, Real, bool, str], said: _Said) -> Figure:
        figure = Figure(f"{_MARK}{len(self._said)}{_END}{text}")
        figure.bare = text
        figure.right, figure.value, figure.off, figure.work = about
        self._said.append(said)
        return figure

    def _slipped(
        self, right: Real, written: Written, how: How, pool: Slips, rounding: Slips, slack: float
    ) -> tuple[str, Written]:
        """Return a slip and what it makes of a number; no slip where none would be seen."""
        kinds = by_kind(pool) | by_kind(rounding)
        room = max(2 * written.unit, exactly(slack) + written.unit)
        names = self.chance.sample(list(kinds), len(kinds))
        if self.chance.random() < 0.4:  # what only few statements can have would hardly ever be drawn
            names.sort(key=lambda kind: kind not in _RARE)
        for kind in names:
            for value in self.chance.sample(kinds[kind], len(kinds[kind])):
                try:
                    wrong = how(value)
                except NotWritableError:
                    continue
                if kind in PEN and wrong.denotes != value:
                    continue
                least = 0 if kind == ROUNDING else room
                if wrong.text != written.text and abs(wrong.denotes - exactly(right)) > least:
                    return kind, wrong
        return "", written

    def finished(self, name: str, suffix: str, text: str) -> Case:
        """Return the sheet with each statement at its line."""
        placed, parts, line, last = [], [], 1, 0
        for mark in _MARKED.finditer(text):
            before = text[last : mark.start()]
            line += before.count("\n")
            parts.append(before)
            last = mark.end()
            one = self._said[int(mark[1])]
            placed.append(
                Placed(
                    line,
                    one.written,
                    not one.slip and not one.caused,
                    one.slip,
                    one.network,
                    one.work,
                    one.denotes,
                    one.unit,
                    one.slack,
                    one.caused,
                )
            )
        parts.append(text[last:])
        assert len(placed) == len(self._said), f"{name}: something was stated that is not in the text"
        return Case(name, suffix, "".join(parts), self.network, tuple(placed))


def _agree(right: Real, by_work: Real) -> bool:
    if isinstance(right, float) or isinstance(by_work, float):
        return math.isclose(right, by_work, rel_tol=_CLOSE, abs_tol=_CLOSE)
    return right == by_work
