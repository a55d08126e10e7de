"""Names for the rows of a trace: the first cell of each is its head, for those who hear the page."""

from __future__ import annotations

import re

__all__ = ["with_row_names"]

_TRACE = re.compile(r'<div class="trace-table">.*?</table></div></div>', re.DOTALL)
_FIRST = re.compile(r"(?<=<tr>)<td>(.*?)</td>", re.DOTALL)


def with_row_names(text: str) -> str:
    """Return an output in which the variable of each row of a trace is the head of that row.

    >>> cells = "<table><tbody><tr><td>v</td><td>= 3</td></tr></tbody></table>"
    >>> with_row_names(f'<div class="trace-table"><div>{cells}</div></div>').partition("<tr>")[2][:47]
    '<th scope="row">v</th><td>= 3</td></tr></tbody>'
    >>> with_row_names(cells) == cells
    True
    """
    return _TRACE.sub(lambda trace: _FIRST.sub(r'<th scope="row">\1</th>', trace[0]), text)
