"""Linting one sheet: every check finds and judges its statements; one finding is kept for each place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nnutils.lint.checks import CHECKS
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.language import in_english
from nnutils.lint.numbers import Hand, Style, hand_of, numbers_in, styles_of
from nnutils.lint.quoting import leave_quotations_open
from nnutils.lint.readers import read_sheet
from nnutils.lint.report import Report
from nnutils.lint.sheets import Sheet
from nnutils.lint.silencing import silence
from nnutils.networks.network import Network

__all__ = ["lint", "lint_sheet"]

_CLEARNESS = ("wrong", "right", "rounded", "suspicious", "unchecked")


def lint(source: str | bytes, name: str = "sheet.md", network: Network | None = None) -> Report:
    """Find every statement of a sheet that can be checked, and judge it.

    The end of ``name`` says which format the source is in: .md, .tex, .txt, .html, .rst, .ipynb, .pdf. With a
    ``network`` given beside the sheet, counts and sizes of its layers are judged too.

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
    of its statements are right is kept.
    """
    texts = [piece.text for piece in sheet.pieces()]
    spoken = in_english(sheet)
    best: tuple[Finding, ...] = ()
    chosen: Style | None = None
    styles = styles_of("\n".join(texts), english=spoken is sheet)
    counted = 2 if styles[0].decimal == "." else 1  # where most numbers are plain, fewer alarms prove nothing
    for style in styles:
        found = _judged(Context(spoken, style, network))
        if chosen is None or _score(found)[:counted] > _score(best)[:counted]:
            best, chosen = found, style
    assert chosen is not None
    hand = hand_of((piece.text for piece in sheet.pieces() if piece.kind != "code"), chosen)
    kept, silenced, notes = silence(sheet, [_in_hand(one, hand) for one in best])
    numbers = sum(len(numbers_in(text, chosen)) for text in texts)
    return Report(sheet.name, sheet.source, kept, silenced, numbers, sheet.problems, notes, sheet.format)


def _score(found: Sequence[Finding]) -> tuple[int, int, int]:
    """Return how many statements are right, then how few cannot be read, then how few are wrong.

    Numbers misread are hardly ever right.
    """
    verdicts = [one.verdict for one in found]
    unread = sum(one.cause == "unreadable" for one in found)
    return verdicts.count("right"), -unread, -verdicts.count("wrong")


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


def _judged(context: Context) -> tuple[Finding, ...]:
    """Return the findings of all checks in order, of several about one stretch the one that says most."""
    found: dict[tuple[int, int], Finding] = {}
    for check in CHECKS:
        for one in check(context):
            place = (one.start, one.end)
            other = found.get(place)
            if other is None or _CLEARNESS.index(one.verdict) < _CLEARNESS.index(other.verdict):
                found[place] = one
    ordered = tuple(sorted(found.values(), key=lambda one: (one.start, one.end)))
    return leave_quotations_open(context.sheet, ordered)
