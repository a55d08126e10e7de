"""Statements that a page shows lead to their rows on the page that lists them."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from docutils import nodes
from docutils.utils import new_document

from nnutils.book.pages.auditing.pages import Listed, connect

ROWS = [{"id": "A-q1-a", "question": "q1"}, {"id": "B-q1-b", "question": "q1"}]
CELL = '<td title="{}"><div>3 weights</div></td>'
OTHER = "<p>3 weights</p>"


def shown(page: str, *outputs: str) -> list[nodes.raw]:
    """The outputs of a page after its links were made, in a book whose page "audit" lists the rows."""
    handlers: dict[str, Callable[..., None]] = {}
    listed = {"audit": Listed(ROWS, {"q1": "the-first"})}
    app: Any = SimpleNamespace(
        connect=handlers.__setitem__,
        builder=SimpleNamespace(format="html", get_relative_uri=lambda page, to: f"{to}.html"),
        env=SimpleNamespace(nn_statements=listed),
    )
    connect(app)
    document = new_document("a")
    for text in outputs:
        document += nodes.raw("", text, format="html", classes=["output"])
    handlers["doctree-resolved"](app, document, page)
    return list(document.findall(nodes.raw))


def test_a_statement_leads_to_its_row_and_its_table_to_all_of_the_question() -> None:
    (one,) = shown("lesson", CELL.format("A-q1-a"))
    text = one.astext()
    assert '<a href="audit.html#A-q1-a">3 weights</a>' in text
    assert '<a href="audit.html#the-first">' in text and "2 statements" in text


def test_on_the_page_of_the_rows_nothing_leads_to_all_of_them() -> None:
    (one,) = shown("audit", CELL.format("A-q1-a"))
    assert '<a href="#A-q1-a">3 weights</a>' in one.astext() and "the-first" not in one.astext()


def test_an_output_without_a_statement_that_is_listed_stays_as_it_is() -> None:
    for text in (OTHER, CELL.format("C-q9-z")):
        (one,) = shown("lesson", text)
        assert one.astext() == text and one["classes"] == ["output"]
