"""Findings as lines, one each with its place, and below them how much was checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nnutils.lint.finding import UNCHECKED, Verdict
from nnutils.lint.report import Report
from nnutils.lint.reports.wording import as_written, one_line, reported, sentence, total

__all__ = ["as_lines", "coverage_lines"]

_COLOURS = {
    "wrong": "1;31",
    "suspicious": "33",
    "rounded": "36",
    "right": "32",
    "unchecked": "2",
    "note": "2",
}
_IN_ORDER: tuple[Verdict, ...] = ("right", "wrong", "rounded", "suspicious")


def as_lines(report: Report, *, everything: bool = False, colours: bool = False) -> list[str]:
    """Return a line for each finding: place, verdict, statement, and what is right instead.

    ``everything`` gives the right and the unchecked statements too, ``colours`` the verdicts in the colours
    of a terminal. What could not be read, and comments that silence nothing, stand among the lines.

    >>> from nnutils.lint import Finding
    >>> found = Finding(0, 10, 12, 5, 12, 15, "3 * 4 = 13", "arithmetic", "wrong", "13", "12")
    >>> as_lines(Report("sheet.tex", "3 * 4 = 13", (found,)))
    ['sheet.tex:12:5: wrong: 3 * 4 = 13: it is 12.']
    """
    paint = _painter(colours)
    name = one_line(report.name, 1000)
    placed = []
    for one in reported(report, everything):
        said = ": ".join(filter(None, (one_line(as_written(report, one)), sentence(one))))
        placed.append((one.line, one.column, one.part, str(one.verdict), said))
    placed += [(one.line, one.column, one.part, "note", one.text) for one in report.notes]
    lines = [f"{name}: {paint('note', 'note')}: {one_line(problem, 400)}" for problem in report.problems]
    for line, column, part, word, said in sorted(placed, key=lambda one: one[:2]):
        inside = f" ({one_line(part)})" if part else ""
        lines.append(f"{name}:{line}:{column}{inside}: {paint(word, word)}: {said}")
    return lines


def coverage_lines(reports: Sequence[Report]) -> list[str]:
    """Return how much of some sheets was checked, and by cause what was not.

    >>> coverage_lines([Report("sheet.md", "", (), numbers=3)])
    ['1 sheet, 3 numbers, 0 statements.']
    """
    all_of_it = total(reports)
    counted = [
        _count(len(reports), "sheet"),
        _count(all_of_it.numbers, "number"),
        _count(all_of_it.statements, "statement"),
    ]
    lines = [", ".join(counted)]
    if all_of_it.checked:
        verdicts = [f"{n:,} {word}" for word in _IN_ORDER if (n := all_of_it.verdicts.get(word, 0))]
        lines[0] += f"; {all_of_it.checked:,} checked: {', '.join(verdicts)}"
    silenced = sum(len(report.silenced) for report in reports)
    if silenced:
        lines[0] += f"; {silenced:,} silenced by comments"
    lines[0] += "."
    if all_of_it.unchecked:
        causes = sorted(all_of_it.unchecked.items(), key=lambda item: -item[1])
        named = "; ".join(f"{UNCHECKED[cause] if cause else 'other'}: {n:,}" for cause, n in causes)
        lines.append(f"{sum(all_of_it.unchecked.values()):,} not checked: {named}.")
    return lines


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _painter(colours: bool) -> Callable[[str, str], str]:
    return lambda word, text: f"\x1b[{_COLOURS[word]}m{text}\x1b[0m" if colours else text
