"""Pages of the edition for students: what is marked goes, and every link that is left arrives."""

from __future__ import annotations

import pytest

from nnutils.book.student.links import FROM, TO, anchor_of, for_students

PAGES = {"conventions": {"sizes"}, "chapters/part/01_a": {"question", "hints"}, "chapters/part/index": set()}


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("[a](../../conventions.md)", "[a](../../conventions.md)"),
        ("[a](../../conventions.md#sizes)", "[a](../../conventions.md#sizes)"),
        ("[a](../../conventions.md#verdicts)", "a"),
        ("[a](audit.ipynb)", "a"),
        ("[the *table*](audit.ipynb#x)", "the *table*"),
        ("[a [b]](audit.ipynb)", "a [b]"),
        (
            "[a](01_a.ipynb), [b](01_a.ipynb#hints), [c](01_a.ipynb#why)",
            "[a](01_a.ipynb), [b](01_a.ipynb#hints), c",
        ),
        (
            "[a](https://example.org/audit) and [b](mailto:a@b.c)",
            "[a](https://example.org/audit) and [b](mailto:a@b.c)",
        ),
        ("![a](audit.svg)", "![a](audit.svg)"),
        ("[a](#hints) and [b](#why)", "a and b"),
    ],
)
def test_links_lead_to_what_there_is(text: str, made: str) -> None:
    assert for_students(text, "chapters/part/index", PAGES) == made


def test_what_is_marked_goes() -> None:
    text = f"One.{FROM} Two.\nTwo.{TO} Three.\n\n{FROM}\n## Four\n\n{TO}\n\nFive.\n"
    assert for_students(text, "conventions", PAGES) == "One. Three.\n\n\nFive.\n"


@pytest.mark.parametrize(
    ("heading", "anchor"), [("The size formula", "the-size-formula"), ("MAC and `FLOP`", "mac-and-flop")]
)
def test_an_anchor_is_that_of_the_page(heading: str, anchor: str) -> None:
    assert anchor_of(heading) == anchor
