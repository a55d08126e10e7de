"""Verdicts as data: lines of JSON in a notebook, a file of JSON, a table for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nnutils.core.errors import ClaimError
from nnutils.core.messages import shown

__all__ = ["as_csv", "as_json", "as_lines", "from_lines"]

Fields = Mapping[str, Any]
"""The fields of one verdict, as ``Verdict.as_dict`` returns them."""

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # the byte order mark, by which spreadsheets know UTF-8
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes a text that begins so for a formula
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def as_lines(rows: Iterable[Fields]) -> str:
    """Return the rows as lines of JSON, one a row, so that a change of one statement changes one line.

    >>> as_lines([{"id": "A-q1-h1", "stated": 3}])
    '{"id": "A-q1-h1", "stated": 3}'
    """
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def from_lines(text: str) -> list[dict[str, Any]]:
    """Return the rows that ``as_lines`` wrote.

    Raises:
        ClaimError: for a line that is not the JSON of named fields.

    >>> from_lines(as_lines([{"id": "A-q1-h1", "stated": [2, "3?"]}]))
    [{'id': 'A-q1-h1', 'stated': [2, '3?']}]
    """
    return [_fields(line) for line in text.split("\n") if line.strip()]


def _fields(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise ClaimError(
            f"{shown(line)} is not a row of an audit page.", remedy="Execute the notebook of the page again."
        )
    return row


def as_json(rows: Sequence[Fields]) -> str:
    """Return the rows as one JSON document, without a newline at the end.

    >>> print(as_json([{"id": "A-q1-h1", "stated": 3}]))
    [
      {
        "id": "A-q1-h1",
        "stated": 3
      }
    ]
    """
    return json.dumps(list(rows), indent=2, ensure_ascii=False)


def as_csv(rows: Sequence[Fields]) -> str:
    """Return the rows as comma-separated values in UTF-8 with the mark that spreadsheets look for.

    The columns are the fields of the first row. A list is written as JSON, true and false in small letters,
    nothing as an empty cell, and a text that a spreadsheet would take for a formula behind an apostrophe.

    >>> as_csv([{"stated": [2, 3], "computed": True, "why": "=x", "cause": None}]).splitlines()[1]
    '"[2, 3]",true,\\'=x,'
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    if rows:
        writer.writerow(rows[0])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return _MARK + text.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) and not _NUMBER.fullmatch(value) else value
    return json.dumps(value, ensure_ascii=False)
