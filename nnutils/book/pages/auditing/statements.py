"""The statements that an audit page shows, as data: read from the stored outputs of its notebook."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nnutils.audit.listing import LINES, from_lines
from nnutils.book.contents.reading import stored_cells

__all__ = ["in_order", "row_ids", "statements_in"]

_ROW = re.compile(r'<tr\b[^>]* id="([^"]+)"')


def statements_in(notebook: Path) -> list[dict[str, Any]]:
    """Return the fields of each statement in the outputs of a notebook, in the order of the page.

    Raises:
        BookError: for a file that is not a notebook.
        ClaimError: for an output whose data are not rows.
    """
    outputs = [output.get("data", {}) for cell in stored_cells(notebook) for output in cell["outputs"]]
    found = [output[LINES] for output in outputs if LINES in output]
    return [
        row
        for text in found
        for row in from_lines(text if isinstance(text, str) else "".join(map(str, text)))
    ]


def row_ids(html: str) -> list[str]:
    """Return the addresses of the rows in an output.

    >>> row_ids('<tr role="row"><th>no.</th></tr><tr role="row" id="A-q1-h1"><td>1</td></tr>')
    ['A-q1-h1']
    """
    return _ROW.findall(html)


def in_order(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of all pages by sheet and question, as ``python -m nnutils.audit --json`` does."""
    return sorted(rows, key=lambda row: (row["sheet"], int(row["question"].lstrip("q"))))
