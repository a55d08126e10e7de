"""Reports of sheets made by hand: each finding is given by the text that it is about."""

from __future__ import annotations

from typing import Any

from nnutils.lint import Finding, Report, Verdict
from nnutils.lint.context import Context
from nnutils.lint.numbers import ENGLISH
from nnutils.lint.sheets import Sheet, piece_of
from nnutils.lint.silencing import silence

__all__ = ["found", "report_of", "sheet_of"]

Given = tuple[str, Verdict] | tuple[str, Verdict, dict[str, Any]]


def sheet_of(source: str, name: str = "sheet.md", parts: tuple[tuple[int, str], ...] = ()) -> Sheet:
    form = "notebook" if name.endswith(".ipynb") else "text"
    return Sheet(name, source, (piece_of(source),), parts, format=form)


def found(sheet: Sheet, text: str, verdict: Verdict, kind: str = "arithmetic", **more: Any) -> Finding:
    """The finding about a text of the sheet, which has to stand there once."""
    assert sheet.source.count(text) == 1, text
    start = sheet.source.index(text)
    context = Context(sheet, ENGLISH)
    return context.finding(piece_of(sheet.source), start, start + len(text), kind, verdict, **more)


def report_of(sheet: Sheet, *given: Given, numbers: int = 0, problems: tuple[str, ...] = ()) -> Report:
    """The report that the engine would give with these findings."""
    all_found = [found(sheet, text, verdict, **(more[0] if more else {})) for text, verdict, *more in given]
    kept, silenced, notes = silence(sheet, sorted(all_found, key=lambda one: (one.start, one.end)))
    return Report(sheet.name, sheet.source, kept, silenced, numbers, problems, notes, sheet.format)
