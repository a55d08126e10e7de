"""A sheet that a reader pastes into a page: what was found in it, as data for the page to show."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from typing import Any

from nnutils.core.errors import LintError
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.linting import lint
from nnutils.lint.readers.plain import is_latex
from nnutils.lint.report import Report
from nnutils.lint.reports import as_data, as_lines, coverage_lines
from nnutils.lint.reports.wording import as_written, one_line, sentence
from nnutils.networks.network import Network
from nnutils.practice.live.network_text import network_of
from nnutils.slips.expressions import plain_text

__all__ = ["FORMATS", "LONGEST", "check_sheet", "guessed_format"]

LONGEST = 1_000_000
"""So many characters a sheet in the browser may have."""

FORMATS = {
    "md": "Markdown",
    "tex": "LaTeX",
    "txt": "plain text",
    "html": "HTML",
    "rst": "reStructuredText",
    "ipynb": "a notebook",
}
"""What is read in the browser, by the ends of names of files."""

_SAME = {"markdown": "md", "text": "txt", "htm": "html"}
_LONGEST_NETWORK = 2_000
_LONGEST_STATEMENT = 600
_MOST_SHOWN = 500  # findings of one verdict: a page with more is slow, and nobody reads it
_IN_ORDER: tuple[Verdict, ...] = ("wrong", "suspicious", "rounded", "unchecked", "right")
_HTML = re.compile(
    r"<(?:!doctype|html|head|body|p|div|table|span|ul|ol|h[1-6])\b[^<>]{0,500}>", re.IGNORECASE
)
_MARKDOWN = re.compile(
    r"^#{1,6} |^\|.*\|[ \t]*$|^(?:```|~~~)|\$[^$\n]+\$|\*\*[^*\n]+\*\*|\]\([^()\n]*\)", re.MULTILINE
)


def check_sheet(text: str, name: str = "", network: str = "") -> dict[str, Any]:
    """Judge a sheet that was pasted or chosen, and return what a page shows, ready for JSON.

    ``name`` is that of a file, or only the end of one, such as '.tex'; without one the format is guessed.
    ``network`` is a network on one line. Places, as ``start`` and ``end``, count as JavaScript counts.

    Raises:
        LintError: for an empty text, one that is too long, and a format that is not read in the browser.
        NNUtilsError: for a network that cannot be.

    >>> made = check_sheet("The layer has 96 * 11 * 11 * 3 = 34,484 weights.")
    >>> made["counts"], made["findings"][0]["words"]
    ('1 statement found, 1 checked, 1 wrong.', 'It is 34,848.')
    """
    if not text.strip():
        raise LintError("There is no sheet yet.", remedy="Paste one, or choose a file.")
    if len(text) > LONGEST:
        raise LintError(
            f"The sheet has {len(text):,} characters, more than {LONGEST:,}.",
            remedy="Check it on the command line: nnutils lint FILE",
        )
    suffix = _suffix(text, name)
    given = name if name and not name.startswith(".") else f"sheet.{suffix}"
    report = lint(text, given, _network(network))
    counted = _Utf16(text) if report.source == text else None
    judged = [one for verdict in _IN_ORDER for one in report.judged if one.verdict == verdict]
    shown = [one for verdict in _IN_ORDER for one in _of(judged, verdict)[:_MOST_SHOWN]]
    return {
        "name": given,
        "format": FORMATS[suffix],
        "counts": _counts(report),
        "coverage": coverage_lines([report]),
        "problems": list(report.problems),
        "findings": [_finding(report, one, counted) for one in shown],
        "numbers": {verdict: len(_of(judged, verdict)) for verdict in _IN_ORDER},
        "notes": [
            {"line": one.line, "part": one.part, "text": one.text} | _span(one.start, one.end, counted)
            for one in report.notes
        ],
        "silenced": len(report.silenced),
        "text": "\n".join([*as_lines(report), *coverage_lines([report])]),
        "data": as_data([report], everything=True),
    }


def guessed_format(text: str) -> str:
    r"""Return the end of a file's name that fits a text: ipynb, html, tex, md or txt.

    >>> [guessed_format(one) for one in ("\\section{A}", "It is $3$.", "<p>3</p>", "3 * 4 = 12")]
    ['tex', 'md', 'html', 'txt']
    """
    start = text.lstrip()
    if start.startswith("{") and '"cells"' in text:
        try:
            if isinstance(json.loads(text), dict):
                return "ipynb"
        except (ValueError, RecursionError):
            pass  # then it is no notebook
    if _HTML.match(start):
        return "html"
    if is_latex(text):
        return "tex"
    return "md" if _MARKDOWN.search(text) else "txt"


def _suffix(text: str, name: str) -> str:
    if not name:
        return guessed_format(text)
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    suffix = _SAME.get(suffix, suffix)
    if suffix == "pdf":
        raise LintError(
            "A PDF file is not read in the browser.", remedy="Check it on the command line: nnutils lint FILE"
        )
    if suffix not in FORMATS:
        known = ", ".join(f".{one}" for one in FORMATS)
        raise LintError(f"{one_line(name)} is in a format that is not known.", remedy=f"Known are {known}.")
    return suffix


def _network(text: str) -> Network | None:
    return network_of(plain_text(text, _LONGEST_NETWORK)) if text.strip() else None


def _of(findings: list[Finding], verdict: str) -> list[Finding]:
    return [one for one in findings if one.verdict == verdict]


def _counts(report: Report) -> str:
    """Return the counts that a page opens with, as a sentence."""
    covered = report.coverage
    found = f"{covered.statements:,} statement{'' if covered.statements == 1 else 's'} found"
    if not covered.statements:
        return "No statement was found that could be checked."
    said = [found, f"{covered.checked:,} checked"]
    said += [
        f"{n:,} {word}" for word in _IN_ORDER[:3] if (n := covered.verdicts.get(word, 0)) or word == "wrong"
    ]
    return f"{', '.join(said)}."


def _finding(report: Report, one: Finding, counted: _Utf16 | None) -> dict[str, Any]:
    words = sentence(one)
    return {
        "verdict": one.verdict,
        "line": one.line,
        "part": one.part,
        "statement": one_line(as_written(report, one), _LONGEST_STATEMENT),
        "words": f"{words[:1].upper()}{words[1:]}",
        "slips": list(one.slips[1:]),
    } | _span(one.start, one.end, counted)


def _span(start: int, end: int, counted: _Utf16 | None) -> dict[str, int]:
    """Return a place as a text area counts it; nothing where what was read is not what was typed."""
    return {} if counted is None else {"start": counted.at(start), "end": counted.at(end)}


class _Utf16:
    """Counts as JavaScript does, for which a character beyond the first 65,536 is two."""

    def __init__(self, text: str) -> None:
        self._double = [place for place, sign in enumerate(text) if sign > "\uffff"]

    def at(self, place: int) -> int:
        """Return the place in JavaScript's string of a character of Python's."""
        return place + bisect_left(self._double, place)
