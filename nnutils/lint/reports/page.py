"""Findings as one page: on the left the sheet with each statement marked, on the right what is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from nnutils.lint.finding import UNCHECKED, Finding
from nnutils.lint.report import Report
from nnutils.lint.reports.lines import coverage_lines
from nnutils.lint.reports.marked import marked_source, visible
from nnutils.lint.reports.wording import Unread, as_written, one_line, sentence

__all__ = ["GENERATOR", "as_page"]

GENERATOR = "nnutils lint"
"""What the page says made it, by which a page of ours is told from another file."""

_STYLE = Path(__file__).with_name("files") / "page.css"
_LEGEND = (
    ("wrong", "wrong"),
    ("suspicious", "wrong in one reading"),
    ("rounded", "last digit off by one"),
    ("right", "right"),
    ("unchecked", "not checked"),
)


def as_page(reports: Sequence[Report], unread: Sequence[Unread] = ()) -> str:
    """Return a page that holds all it needs: no script, no file beside it, nothing from elsewhere.

    Each statement of the sheet leads to its card, and each card to its statement. The page follows the light
    or dark setting, is read on a phone, and prints.

    >>> from nnutils.lint import Finding
    >>> found = Finding(3, 13, 1, 4, 1, 14, "3 * 4 = 13", "arithmetic", "wrong", "13", "12")
    >>> page = as_page([Report("sheet.tex", "so 3 * 4 = 13", (found,))])
    >>> 'href="#finding-1-1"' in page and 'id="finding-1-1"' in page
    True
    """
    names = ", ".join(one_line(report.name, 80) for report in reports) or "no sheet"
    body = [f"<h1>{_text(f'Checked: {names}')}</h1>"]
    body += [f'<p class="coverage">{_text(line)}</p>' for line in coverage_lines(reports)]
    body += [f"<p>{_text(f'{one.name} could not be read: {one.reason}')}</p>" for one in unread]
    marks = ", ".join(f'<span class="mark {verdict}">{words}</span>' for verdict, words in _LEGEND)
    body.append(f'<p class="legend">Marked: {marks}.</p>')
    for number, report in enumerate(reports, 1):
        body += _sheet(report, number, alone=len(reports) == 1)
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta name="generator" content="{GENERATOR}">',
            f"<title>{_text(f'Checked: {names}')}</title>",
            f"<style>\n{_STYLE.read_text(encoding='utf-8')}</style>",
            "</head>",
            "<body>",
            "<main>",
            *body,
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _sheet(report: Report, number: int, alone: bool) -> list[str]:
    """Return the two panes of one sheet."""
    name = _text(one_line(report.name, 200))
    keys = {one: f"{number}-{place}" for place, one in enumerate(report.judged, 1)}
    made = [] if alone else [f"<h2>{name}</h2>"]
    made += [
        '<div class="both">',
        f'<div class="pane" role="region" tabindex="0" aria-label="The sheet {name}">',
    ]
    made += [marked_source(report, keys), "</div>"]
    made.append(f'<div class="pane findings" role="region" tabindex="0" aria-label="Findings in {name}">')
    heading = "h2" if alone else "h3"
    made.append(f"<{heading}>{_findings_title(len(report.findings))}</{heading}>")
    made.append(_cards(report, report.findings, keys))
    made += [f"<p>{_text(problem)}</p>" for problem in report.problems]
    made += [f'<p class="quiet">Line {one.line}: {_text(one.text)}</p>' for one in report.notes]
    for verdict, words in (("unchecked", "not checked"), ("right", "right")):
        some = [one for one in report.judged if one.verdict == verdict]
        if some:
            made.append(
                f"<details><summary>{len(some):,} {words}</summary>{_cards(report, some, keys)}</details>"
            )
    return [*made, "</div>", "</div>"]


def _findings_title(number: int) -> str:
    if not number:
        return "Nothing is wrong in what was checked"
    return "1 finding" if number == 1 else f"{number:,} findings"


def _cards(report: Report, findings: Iterable[Finding], keys: dict[Finding, str]) -> str:
    cards = "\n".join(_card(report, one, keys[one]) for one in findings)
    return f'<ol class="cards">\n{cards}\n</ol>' if cards else ""


def _card(report: Report, one: Finding, key: str) -> str:
    part = f" ({_text(one.part)})" if one.part else ""
    place = f'<a href="#statement-{key}">line {one.line}, column {one.column}</a>{part}'
    said = [f"<p><strong>{one.verdict}</strong>, {place}, {_text(one.kind)}</p>"]
    said.append(f'<p><code dir="auto">{_text(one_line(as_written(report, one), 600))}</code></p>')
    if one.verdict == "unchecked":
        said.append(f"<p>{_text(UNCHECKED[one.cause] if one.cause else '')} {_text(one.why)}</p>")
    elif one.verdict == "right":
        said.append(f"<p>{_text(one.why)}</p>")
    else:
        words = sentence(one)
        said.append(f"<p>{_text(words[:1].upper() + words[1:])}</p>")
        rest = "".join(f"<li>{_text(slip)}</li>" for slip in one.slips[1:])
        said.append(f"<p>Or:</p><ul>{rest}</ul>" if rest else "")
    inner = "".join(line for line in said if line not in ("", "<p></p>", "<p> </p>"))
    return f'<li class="card {one.verdict}" id="finding-{key}">{inner}</li>'


def _text(text: str) -> str:
    return escape(visible(text))
