"""Root causes: what is behind the statements that are not right, and who is charged with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from nnutils.audit.verdict import Verdict
from nnutils.core.tables import Cell, Table

__all__ = ["RootCause", "cause_table", "root_causes"]

_UNNAMED = "no cause is named"


@dataclass(frozen=True)
class RootCause:
    """One cause on one sheet, who is charged with it ('' for nobody), and the verdicts that it explains."""

    sheet: str
    cause: str
    charged: str
    verdicts: tuple[Verdict, ...]

    @property
    def counts(self) -> str:
        """How many statements have which verdict, such as '7 wrong, 1 rounded'."""
        counts = Counter(verdict.verdict for verdict in self.verdicts)
        return ", ".join(f"{count} {name}" for name, count in counts.items())


def root_causes(verdicts: Iterable[Verdict]) -> tuple[RootCause, ...]:
    """Group the disputed verdicts by sheet, cause and who is charged, in the order of their first statement.

    A statement whose cause nobody named is a cause of its own, so that no two slips are taken for one.
    """
    groups: dict[tuple[str, str, str], list[Verdict]] = {}
    for verdict in verdicts:
        if not verdict.is_right:
            cause = verdict.cause or f"{_UNNAMED}: {verdict.id}"
            groups.setdefault((verdict.sheet, cause, verdict.charged), []).append(verdict)
    return tuple(RootCause(*key, tuple(group)) for key, group in groups.items())


def cause_table(causes: Iterable[RootCause]) -> Table:
    """Return the table of causes: sheet, cause, statements, their verdicts, who is charged."""
    listed = list(causes)
    rows: list[tuple[Cell, ...]] = [
        (cause.sheet, cause.cause, len(cause.verdicts), cause.counts, cause.charged or "nobody")
        for cause in listed
    ]
    total = sum(len(cause.verdicts) for cause in listed)
    rows.append(("total", f"{len(listed)} cause{'s' * (len(listed) != 1)}", total, "", ""))
    return Table(("sheet", "cause", "statements", "verdicts", "charged to"), rows, last_is_total=bool(listed))
