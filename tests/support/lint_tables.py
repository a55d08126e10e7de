"""Sheets with tables for the tests of the checks: pipe tables and text, read without the readers."""

from __future__ import annotations

from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.linting import lint_sheet
from nnutils.lint.numbers.style import ENGLISH
from nnutils.lint.report import Report
from nnutils.lint.sheets import Piece, PieceKind, Sheet, Table, piece_of
from nnutils.networks.network import Network

__all__ = ["alarms", "context_of", "judged", "sheet_of", "verdicts"]


def sheet_of(text: str, headers: int = 1) -> Sheet:
    """Lines that begin with | are tables, fenced lines code, the others text; rules are left out."""
    blocks: list[Piece | Table] = []
    rows: list[tuple[Piece, ...]] = []
    start, place, kind = 0, 0, "text"

    def end(until: int) -> None:
        nonlocal rows
        if rows:
            blocks.append(Table(tuple(rows), headers))
            rows = []
        if until > start and text[start:until].strip():
            blocks.append(piece_of(text[start:until], start, _KINDS[kind]))

    for line in text.split("\n"):
        if line.startswith("|"):
            if place > start and not rows:
                end(place)
            if set(line) - set("|-: "):
                rows.append(_cells(line, place))
            start = place + len(line) + 1
        elif line.startswith("```"):
            end(place)
            kind, start = ("text" if kind == "code" else "code"), place + len(line) + 1
        elif rows:
            end(start)
        place += len(line) + 1
    end(len(text))
    return Sheet("sheet.md", text, tuple(blocks))


_KINDS: dict[str, PieceKind] = {"text": "text", "code": "code"}


def _cells(line: str, place: int) -> tuple[Piece, ...]:
    cells, at = [], place + 1
    for cell in line.rstrip()[1:].removesuffix("|").split("|"):
        cells.append(piece_of(cell, at))
        at += len(cell) + 1
    return tuple(cells)


def context_of(text: str, network: Network | None = None, headers: int = 1) -> Context:
    """The context in which a check sees a sheet."""
    return Context(sheet_of(text, headers), ENGLISH, network)


def judged(text: str, network: Network | None = None, headers: int = 1) -> Report:
    """The report of all checks on a sheet."""
    return lint_sheet(sheet_of(text, headers), network)


def verdicts(found: Report | list[Finding]) -> list[tuple[str, str, str]]:
    """What was judged: as written, verdict, what is right instead."""
    every = found.judged if isinstance(found, Report) else found
    return [(one.statement, one.verdict, one.computed) for one in every]


def alarms(found: Report | list[Finding]) -> list[tuple[str, str, str]]:
    """What was judged and is not right or unchecked."""
    return [one for one in verdicts(found) if one[1] in ("wrong", "rounded", "suspicious")]
