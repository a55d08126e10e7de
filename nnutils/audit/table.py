"""Tables of verdicts, as aligned text and as HTML: claim, stated, computed, verdict, why."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from nnutils.audit.value_text import glyphs, plain_text
from nnutils.audit.verdict import SYMBOLS, Verdict
from nnutils.core.aligned_text import aligned
from nnutils.core.errors import ClaimError
from nnutils.core.html_cells import left
from nnutils.core.numerals import set_signs

__all__ = ["VerdictTable", "count_verdicts", "score_text", "stated_html", "summary_line"]

_HEADER = ("claim", "stated", "computed", "verdict", "why")
_WIDTHS = (28, 20, 20, 12, 22)  # the widest that each column of text may be; with the gaps between them 110
_MOST_BESIDE = 16  # signs of a stated formula that a column of a page has room for
_MOST_WORDS = 60  # and of a text, which may wrap


@dataclass(frozen=True, repr=False)
class VerdictTable:
    """Verdicts as a table, in the order given, with a heading for each sheet where there are several.

    ``unjudged`` lists claims that have no verdict yet, and is shown as rows of its own.
    """

    verdicts: Sequence[Verdict]
    unjudged: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self.verdicts)

    def __str__(self) -> str:
        lines = [summary_line(self.verdicts, len(self.unjudged))]
        if self.verdicts:
            rows, rule = aligned([_HEADER, *map(_cells, self.verdicts)], most=_WIDTHS)
            lines += ["", *rows[0], rule]
            for sheet, group in groupby(
                zip(self.verdicts, rows[1:], strict=True), lambda pair: pair[0].sheet
            ):
                lines += [f"Sheet {sheet}"] if self._several_sheets else []
                lines += [line for _, row in group for line in row]
        lines += ["", "not judged yet:"] * bool(self.unjudged) + [f"  {claim}" for claim in self.unjudged]
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        # A page sets a row as a grid, on a phone as a card; some browsers then forget its role.
        head = "".join(f'<th scope="col" role="columnheader">{left(name)}</th>' for name in _HEADER)
        body = []
        for sheet, group in groupby(self.verdicts, key=lambda verdict: verdict.sheet):
            if self._several_sheets:
                name = left(f"Sheet {html.escape(sheet)}")
                cell = f'<th colspan="5" scope="colgroup" role="columnheader" aria-colspan="5">{name}</th>'
                body.append(f'<tr role="row" class="sheet">{cell}</tr>')
            body += [_html_row(verdict) for verdict in group]
        for claim in self.unjudged:
            text = left(f"not judged yet: {html.escape(claim)}")
            body.append(f'<tr role="row" class="unjudged"><td role="cell" colspan="5">{text}</td></tr>')
        line = html.escape(summary_line(self.verdicts, len(self.unjudged)))
        rows = "\n".join(body)
        return (
            f'<div class="verdicts"><p>{line}</p>\n'
            f'<table role="table"><thead role="rowgroup"><tr role="row">{head}</tr></thead>\n'
            f'<tbody role="rowgroup">\n{rows}\n</tbody></table></div>'
        )

    @property
    def _several_sheets(self) -> bool:
        return len({verdict.sheet for verdict in self.verdicts}) > 1


def count_verdicts(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """Count the verdicts by name; every name is there, with Python ints, so that prose can show them.

    >>> count_verdicts([])
    {'confirmed': 0, 'wrong': 0, 'rounded': 0, 'convention': 0, 'incomplete': 0, 'unreadable': 0, 'given': 0}
    """
    counts: dict[str, int] = dict.fromkeys(SYMBOLS, 0)
    for verdict in verdicts:
        counts[verdict.verdict] += 1
    return counts


def score_text(confirmed: int, total: int, given: int = 0) -> str:
    """Say how many of the statements are confirmed, and how many more restate the question.

    >>> score_text(20, 22, 3)
    'Of 22 statements 20 are confirmed. 3 more only restate the question.'
    >>> score_text(1, 1)
    'The only statement is confirmed.'
    """
    if not total:
        score = "No statement is judged."
    elif total == 1:
        score = f"The only statement is {'' if confirmed else 'not '}confirmed."
    elif confirmed == total:
        score = f"All {total} statements are confirmed."
    else:
        score = f"Of {total} statements {confirmed} {'is' if confirmed == 1 else 'are'} confirmed."
    return f"{score} {given} more only restate{'s' * (given == 1)} the question." if given else score


def select(
    verdicts: Sequence[Verdict],
    only: str | Sequence[str] | None = None,
    sheet: str | None = None,
    question: str | None = None,
) -> tuple[Verdict, ...]:
    """Return the verdicts that are named by ``only``, on one ``sheet`` and one ``question``; None names all.

    Raises:
        ClaimError: for a verdict that does not exist.
    """
    wanted = set(SYMBOLS) if only is None else {only} if isinstance(only, str) else set(only)
    if unknown := wanted - set(SYMBOLS):
        raise ClaimError(
            f"{min(unknown)!r} is not a verdict.", remedy=f"The verdicts are {', '.join(SYMBOLS)}."
        )
    return tuple(
        v
        for v in verdicts
        if v.verdict in wanted and sheet in (None, v.sheet) and question in (None, v.question)
    )


def summary_line(verdicts: Sequence[Verdict], unjudged: int = 0) -> str:
    """Sum up in one line, such as '3 claims: 1 confirmed, 2 wrong; 1 not judged yet'."""
    total = len(verdicts)
    named = ", ".join(f"{count} {name}" for name, count in count_verdicts(verdicts).items() if count)
    line = f"{total} claim{'s' * (total != 1)}: {named}" if total else "0 claims"
    if restored := sum(bool(verdict.restored) for verdict in verdicts):
        line += f"; {restored} of them restored from a damaged scan"
    return f"{line}; {unjudged} not judged yet" if unjudged else line


def _cells(verdict: Verdict) -> tuple[str, ...]:
    stated, computed = plain_text(verdict.stated), plain_text(verdict.computed)
    return verdict.says, stated, computed, f"{verdict.symbol} {verdict.verdict}", verdict.reason


def stated_html(verdict: Verdict) -> str:
    """Return the inside of a cell with what is stated: typeset where it is a formula that can be read."""
    if (tex := _tex(verdict)) is None:
        return left(set_signs(html.escape(plain_text(verdict.stated))))
    formula = f'<span class="math notranslate nohighlight">\\({html.escape(tex)}\\)</span>'
    # Wider than the whole table, it scrolls by itself: it must not push the verdict out of sight.
    return left(formula, ' class="formula" tabindex="0"')


def _tex(verdict: Verdict) -> str | None:
    # What a scan has left of a formula is not LaTeX.
    if verdict.is_formula and verdict.stated is not None and verdict.verdict != "unreadable":
        return plain_text(verdict.stated)
    return None


def _html_row(verdict: Verdict) -> str:
    says, stated, computed, name, why = (set_signs(html.escape(text)) for text in _cells(verdict))
    tex = _tex(verdict)
    long = len(stated) > _MOST_WORDS if tex is None else glyphs(tex) > _MOST_BESIDE
    name = name.replace(" ", "&nbsp;")  # the symbol stays beside its word
    mark = f'<span class="verdict verdict-{verdict.verdict}">{name}</span>'
    # By the title the site knows the statement, and makes the words a link to its row on an audit page.
    cells = (
        f'<th scope="row" role="rowheader" title="{html.escape(verdict.id)}">{left(says)}</th>',
        _data_cell("stated", stated_html(verdict), "written"),
        _data_cell("computed", left(verdict.html or computed), "computed"),
        _data_cell("verdict", left(mark), "judged"),
        _data_cell("why", left(why), "why"),
    )
    row = '<tr role="row" class="long">' if long else '<tr role="row">'  # what is stated on a line of its own
    return f"{row}{''.join(cells)}</tr>"


def _data_cell(label: str, inside: str, name: str) -> str:
    return f'<td role="cell" class="{name}" data-label="{label}">{inside}</td>'
