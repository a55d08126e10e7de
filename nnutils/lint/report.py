"""All that was found in one sheet, and how much of it could be checked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from nnutils.lint.finding import Cause, Finding, Note, Verdict

__all__ = ["Coverage", "Report"]


@dataclass(frozen=True)
class Coverage:
    """How much of a sheet was looked at: numbers seen, statements found, and how many of them were checked.

    ``unchecked`` counts the others by cause.
    """

    numbers: int
    statements: int
    checked: int
    verdicts: dict[Verdict, int]
    unchecked: dict[Cause, int]


@dataclass(frozen=True)
class Report:
    """The judged statements of one sheet in the order in which they stand.

    ``silenced`` are those that a comment in the sheet silences, ``notes`` are on comments that silence
    nothing, and ``problems`` says what could not be read. ``format`` is that of the source, as in
    ``Sheet``.
    """

    name: str
    source: str
    judged: tuple[Finding, ...]
    silenced: tuple[Finding, ...] = ()
    numbers: int = 0
    problems: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    format: str = "text"

    @property
    def is_notebook(self) -> bool:
        """Whether the source is the file of a notebook, in which the lines of a cell are texts of JSON."""
        return self.format == "notebook"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What should be looked at: wrong, rounded and suspicious statements."""
        return tuple(one for one in self.judged if one.verdict in ("wrong", "rounded", "suspicious"))

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """The wrong statements."""
        return tuple(one for one in self.judged if one.verdict == "wrong")

    @property
    def coverage(self) -> Coverage:
        """How much was checked, and what was not."""
        verdicts = Counter(one.verdict for one in self.judged)
        unchecked = Counter(one.cause for one in self.judged if one.verdict == "unchecked")
        return Coverage(
            self.numbers,
            len(self.judged),
            len(self.judged) - verdicts["unchecked"],
            dict(verdicts),
            dict(unchecked),
        )
