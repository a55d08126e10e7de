"""Linting one sheet: every check finds and judges its statements; one finding is kept for each place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from nnutils.lint.checks import ARITHMETIC, CHECKS
from nnutils.lint.context import Check, Context
from nnutils.lint.finding import Finding
from nnutils.lint.language import in_english
from nnutils.lint.numbers import Hand, hand_of, numbers_in, styles_of
from nnutils.lint.quoting import leave_quotations_open
from nnutils.lint.readers import read_sheet
from nnutils.lint.report import Report
from nnutils.lint.sheets import Piece, Sheet
from nnutils.lint.silencing import silence
from nnutils.networks.network import Network

__all__ = ["lint", "lint_sheet"]

_COUNTS = ("parameters", "units", "memory")
_CLEARNESS = ("wrong", "right", "rounded", "suspicious", "unchecked")


def lint(source: str | bytes, name: str = "sheet.md", network: Network | None = None) -> Report:
    """Find every statement of a sheet that can be checked, and judge it.

    The end of ``name`` says which format the source is in: .md, .tex, .txt, .html, .rst, .adoc, .org, .csv,
    .ipynb, .pdf. With a ``network`` given beside the sheet, counts and sizes of its layers are judged too.

    Raises:
        LintError: for a source that is not what its name says, or cannot be read at all.

    >>> report = lint("The layer has 96 * 11 * 11 * 3 = 34,484 weights.")
    >>> [(one.line, one.column, one.verdict, one.computed) for one in report.judged]
    [(1, 15, 'wrong', '34,848')]
    """
    return lint_sheet(read_sheet(source, name), network)


def lint_sheet(sheet: Sheet, network: Network | None = None) -> Report:
    """Judge the statements of a sheet that was read already.

    A sheet that may write 8.128 for eight thousand or for eight is read in both ways; the way in which more
    of its statements are right is kept. Its arithmetic decides; after a tie, all statements do.
    """
    spoken = in_english(sheet)
    styles = styles_of("\n".join(piece.text for piece in sheet.pieces()), english=spoken is sheet)
    counted = 2 if styles[0].decimal == "." else 1  # where most numbers are plain, fewer alarms prove nothing
    shared: dict[tuple[str, int], tuple[Piece, Any]] = {}
    ways: list[_Way] = []
    for style in styles:
        way = _Way(Context(spoken, style, network, shared=shared))
        if len(styles) > 1:
            way.judge(ARITHMETIC)
        ways = _best([*ways, way], counted)  # what is worse is let go at once, with all that was read for it
    for way in ways:
        way.judge(CHECKS[way.judged :])
    best = _best(ways, counted)[0]
    chosen = best.context.style
    numbers = [(piece, number) for piece in sheet.pieces() for number in numbers_in(piece.text, chosen)]
    hand = hand_of((number for piece, number in numbers if piece.kind != "code"), chosen)
    kept, silenced, notes = silence(sheet, [_in_hand(one, hand) for one in best.findings])
    return Report(sheet.name, sheet.source, kept, silenced, len(numbers), sheet.problems, notes, sheet.format)


def _in_hand(found: Finding, hand: Hand) -> Finding:
    """Return a finding whose numbers are written as the sheet writes its own."""
    if hand.is_english:
        return found
    return replace(
        found,
        computed=found.computed if found.computed == found.stated else hand.write(found.computed),
        why=hand.write(found.why, quoted=True),
        slips=tuple(map(hand.write, found.slips)),
    )


def _once(found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings, those of results told in passing only where no other check judged the number."""
    every = list(found)
    others = [one for one in every if one.kind != "result" and one.verdict not in ("unchecked", "suspicious")]
    for one in every:
        if one.kind != "result" or not any(two.start < one.end and one.start < two.end for two in others):
            yield one


@dataclass
class _Way:
    """A way to read a sheet, and what was found so far; for each stretch the clearest finding."""

    context: Context
    judged: int = 0
    """So many checks were made."""
    found: dict[tuple[int, int], Finding] = field(default_factory=dict)

    def judge(self, checks: Sequence[Check]) -> None:
        """Make the next checks."""
        for check in checks:
            for one in check(self.context):
                place = (one.start, one.end)
                other = self.found.get(place)
                if other is not None and one.kind == "result" and other.verdict != "unchecked":
                    continue
                if other is not None and other.kind == "result" and one.verdict != "unchecked":
                    other = None  # what another check says is told instead
                if other is None or _CLEARNESS.index(one.verdict) < _CLEARNESS.index(other.verdict):
                    self.found[place] = one
        self.judged += len(checks)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings in order."""
        ordered = tuple(
            sorted(
                _once(_without_counts_told_again(self.found.values())), key=lambda one: (one.start, one.end)
            )
        )
        return leave_quotations_open(self.context.sheet, ordered)

    @property
    def score(self) -> tuple[int, int, int]:
        """How many statements are right, then how few cannot be read, then how few are wrong.

        Numbers misread are hardly ever right.
        """
        verdicts = [one.verdict for one in self.findings]
        unread = sum(one.cause == "unreadable" for one in self.findings)
        return verdicts.count("right"), -unread, -verdicts.count("wrong")


def _without_counts_told_again(found: Iterable[Finding]) -> list[Finding]:
    """Return findings without those of a count alone that a longer one judges in the same way."""
    kept: list[Finding] = []
    told: dict[tuple[str, str, str], list[Finding]] = {}
    for one in sorted(found, key=lambda one: one.start - one.end):
        same = told.setdefault((one.verdict, one.stated, one.computed), [])
        alone = one.kind in _COUNTS and one.statement == one.stated
        if alone and any(other.start <= one.start and one.end <= other.end for other in same):
            continue
        same.append(one)
        kept.append(one)
    return kept


def _best(ways: Sequence[_Way], counted: int) -> list[_Way]:
    """Return the ways with the highest score, the likelier one first; so many of its numbers are counted."""
    if len(ways) < 2:
        return list(ways)
    scores = [way.score[:counted] for way in ways]
    return [way for way, score in zip(ways, scores, strict=True) if score == max(scores)]
