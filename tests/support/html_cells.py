"""The cells of an HTML table, for tests of what a notebook shows."""

from __future__ import annotations

from html.parser import HTMLParser


class TableCells(HTMLParser):
    """Refuses tags that are not closed in order, and collects the text of the cells, names of rows too."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.cells: list[str] = []
        self.in_cell = False
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        if tag == "td" or (tag == "th" and ("scope", "row") in attrs):
            self.cells.append("")
            self.in_cell = True

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag in ("td", "th"):
            self.in_cell = False

    def handle_data(self, data: str) -> None:
        if self.in_cell:
            self.cells[-1] += data
