"""The statements of sheets as a draft of ``claims.yml``: where the audit of a question starts."""

from __future__ import annotations

import ast
import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from nnutils.lint.finding import UNCHECKED, Finding
from nnutils.lint.report import Report
from nnutils.lint.reports.wording import as_written, one_line
from nnutils.slips.precision import parse_written

__all__ = ["as_claims"]

_HEADER = """\
# A draft, made by `nnutils lint --claims`: one entry for each statement that was checked, wrong or right.
# No verdict stands here: the audit computes it. To make claims of it:
#   says        say in your own words what the number is; replace every TO DO
#   id          <sheet>-q<question>-<what>: replace `line-12` by what the statement is about
#   kind        number, shape, formula, rule, step or conclusion; `given`, with `of`, for a given number
#   stated      as written, digits included; compare it with the sheet
#   expression  the working as written; remove it where the statement is only the number
# Then put the file into chapters/<part>/, and write audits/q<question>.py, which checks each id."""
_QUESTION = re.compile(
    r"^[^\w\n]{0,9}(?:\\\w{1,20}\*?\{)?(?:question|problem|exercise|task|q)\W{0,3}(\d{1,3})\b", re.I | re.M
)
_RELATION = re.compile(r"(?<![<>=:!])=(?!=)|\\(?:approx|simeq)(?![A-Za-z])|[≈≃]")
_PLAIN = (  # a working as a sheet writes it, and as Python does
    (re.compile(r"\\(?:cdot|times)(?![A-Za-z])|[·×∙⋅]"), "*"),
    (re.compile(r"\\(?:left|right|displaystyle|,|;|!|:)|\$"), " "),
    (re.compile(r"[−–]"), "-"),
    (re.compile(r"(?<=\d)(?:\{,\}|,|')(?=\d{3}(?!\d))"), ""),
    (re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}"), r"((\1)/(\2))"),
    (re.compile(r"\^\{(\d+)\}|\^(\d)"), r"**\1\2"),
)
_SIZE = re.compile(r"[(\[]?\s*\d+(?:\s*(?:×|x|,|\\times)\s*\d+)+\s*[)\]]?")
_ARITHMETIC = (ast.BinOp, ast.UnaryOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.USub)
_LONGEST = 400  # letters of a working
_HIGHEST = 64  # power that is written down


def as_claims(reports: Sequence[Report]) -> str:
    """Return the text of a ``claims.yml`` with every statement of some sheets that could be checked.

    What could not be checked follows as comments. ``nnutils.audit`` reads the file as it is; the words for
    each statement are left to do.

    >>> from nnutils.lint import Finding
    >>> found = Finding(0, 10, 1, 1, 1, 11, "3 * 4 = 13", "arithmetic", "wrong", "13", "12")
    >>> print(as_claims([Report("003.tex", "3 * 4 = 13", (found,))]).partition("claims:\\n")[2])
    # 003.tex:1:1
    - id: "003-q1-line-1"
      sheet: "003"
      says: "TO DO: say what this is: 3 * 4 = 13"
      stated: "13"
      expression: "3 * 4"
      kind: number
      note: "line 1"
    <BLANKLINE>
    """
    sheets = _sheet_names(reports)
    lines = [_HEADER, "", f"sheets: [{', '.join(map(_quoted, sheets))}]", "", "claims:"]
    made: list[str] = []
    for report, sheet in zip(reports, sheets, strict=True):
        made += _claims(report, sheet)
    rest = [line for report in reports for line in _unchecked(report)]
    if rest:
        made += ["# Not checked, and for a person to record:", *rest]
    return "\n".join([*lines, *made]).rstrip("\n") + "\n"


def _sheet_names(reports: Sequence[Report]) -> list[str]:
    """Return a different name for each sheet, of letters, digits and _."""
    names: list[str] = []
    for report in reports:
        stem = re.sub(r"[^A-Za-z0-9_]+", "_", PurePath(report.name).stem).strip("_") or "sheet"
        name, number = stem, 1
        while name in names:
            number += 1
            name = f"{stem}_{number}"
        names.append(name)
    return names


def _claims(report: Report, sheet: str) -> Iterator[str]:
    headings = [(found.start(), int(found[1])) for found in _QUESTION.finditer(report.source)]
    places = [start for start, _ in headings]
    seen: Counter[str] = Counter()
    for one in report.judged:
        if one.verdict == "unchecked":
            continue
        above = bisect_right(places, one.start)
        question = headings[above - 1][1] if above else 1
        key = f"{sheet}-q{question}-line-{one.line}"
        seen[key] += 1
        statement = one_line(as_written(report, one), 200)
        yield f"# {_place(report, one)}"
        yield f"- id: {_quoted(key if seen[key] == 1 else f'{key}-{seen[key]}')}"
        yield f"  sheet: {_quoted(sheet)}"
        yield f"  says: {_quoted(f'TO DO: say what this is: {statement}')}"
        yield from _stated(report, one)
        yield f"  note: {_quoted(f'line {one.line}' + (f', {one_line(one.part)}' if one.part else ''))}"
        yield ""


def _stated(report: Report, one: Finding) -> list[str]:
    """Return the statement itself: a number with its working, a shape, or a step in words."""
    text = " ".join(one.stated.split())
    if _SIZE.fullmatch(text) and not _is_number(text):
        return [f"  stated: [{', '.join(re.findall(r'[0-9]+', text))}]", "  kind: shape"]
    if not _is_number(text):
        return ["  stated: true", "  kind: step"]
    working = _working(as_written(report, one))
    expression = [f"  expression: {_quoted(working)}"] if working else []
    return [f"  stated: {_quoted(text)}", *expression, "  kind: number"]


def _is_number(text: str) -> bool:
    try:
        parse_written(text)
    except ValueError:
        return False
    return True


def _working(statement: str) -> str:
    """Return the left side of a statement as Python writes it; nothing where it is not plain arithmetic."""
    left = _RELATION.split(statement, maxsplit=1)[0]
    if len(left) > _LONGEST or left == statement:
        return ""
    for pattern, written in _PLAIN:
        left = pattern.sub(written, left)
    text = " ".join(left.split())
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return ""
    return text if isinstance(tree, ast.BinOp) and all(map(_is_plain, ast.walk(tree))) else ""


def _is_plain(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return type(node.value) in (int, float)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        power = node.right
        return isinstance(power, ast.Constant) and isinstance(power.value, int) and power.value <= _HIGHEST
    return isinstance(node, _ARITHMETIC)


def _unchecked(report: Report) -> Iterator[str]:
    for one in report.judged:
        if one.verdict == "unchecked":
            cause = UNCHECKED[one.cause] if one.cause else one.why
            words = ": ".join(filter(None, (one_line(as_written(report, one)), one_line(cause))))
            yield f"# {_place(report, one)}: {words}"


def _place(report: Report, one: Finding) -> str:
    return f"{one_line(PurePath(report.name).name, 200)}:{one.line}:{one.column}"


def _quoted(text: str) -> str:
    """Return a text as YAML writes it between double quotes, which is as JSON does."""
    return json.dumps(one_line(text, 1000), ensure_ascii=False)
