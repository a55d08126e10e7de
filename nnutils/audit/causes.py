"""Root causes: what is behind the statements that are not right, and who is charged with it."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from nnutils.audit.verdict import Verdict
from nnutils.core.html_cells import left
from nnutils.core.tables import Cell, Table

__all__ = ["CauseList", "RootCause", "root_causes"]

_HEADER = ("sheet", "cause", "statements", "verdicts", "charged to")
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


@dataclass(frozen=True, repr=False)
class CauseList:
    """Root causes as a table; on a page each opens to the statements that it spoils, with links to them.

    >>> print(CauseList(()))
    sheet  cause     statements  verdicts  charged to
    -----  --------  ----------  --------  ----------
    total  0 causes           0
    """

    causes: tuple[RootCause, ...]

    def __len__(self) -> int:
        return len(self.causes)

    @property
    def table(self) -> Table:
        """The table: sheet, cause, how many statements, their verdicts, who is charged."""
        rows: list[tuple[Cell, ...]] = [
            (cause.sheet, cause.cause, len(cause.verdicts), cause.counts, cause.charged or "nobody")
            for cause in self.causes
        ]
        rows.append(("total", self._number, self._statements, "", ""))
        return Table(_HEADER, rows, last_is_total=bool(self.causes))

    def __str__(self) -> str:
        return str(self.table)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        head = "".join(
            f'<th scope="col" class="number">{name}</th>'
            if name == "statements"
            else f'<th scope="col">{left(name)}</th>'
            for name in _HEADER
        )
        rows = "".join(f"{_row(cause)}\n" for cause in self.causes)
        total = (
            f'<tr><td>{left("total")}</td><td>{left(self._number)}</td><td class="number">{self._statements}'
            "</td><td></td><td></td></tr>"
        )
        return (
            f'<div class="nn-table causes"><table><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n'
            f"<tfoot>{total}</tfoot></table></div>"
        )

    @property
    def _statements(self) -> int:
        return sum(len(cause.verdicts) for cause in self.causes)

    @property
    def _number(self) -> str:
        return f"{len(self.causes)} cause{'s' * (len(self.causes) != 1)}"


def _row(cause: RootCause) -> str:
    # The site makes each a link to the row of the audit page that has this statement.
    items = "".join(
        f'<li><a data-claim="{html.escape(v.id)}">{v.question}: {html.escape(v.says)}</a></li>'
        for v in cause.verdicts
    )
    opened = f"<details><summary>{html.escape(cause.cause)}</summary><ul>{items}</ul></details>"
    return (
        f"<tr><td>{left(html.escape(cause.sheet))}</td><td>{left(opened)}</td>"
        f'<td class="number">{len(cause.verdicts)}</td><td>{left(cause.counts)}</td>'
        f"<td>{left(cause.charged or 'nobody')}</td></tr>"
    )
