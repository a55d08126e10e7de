"""What a writer struck out is no part of what the sheet states."""

from __future__ import annotations

import pytest

from nnutils.lint import lint


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "so 16 · 54 = ~~{}~~ {}."),
        ("a.md", "so 16 · 54 = <s>{}</s> {}."),
        ("a.md", "so 16 · 54 = <del>{}</del> {}."),
        ("a.html", "<p>so 16 · 54 = <s>{}</s> {}.</p>"),
        ("a.html", "<p>so 16 · 54 = <del>{}</del> {}.</p>"),
        ("a.tex", r"so $16 \cdot 54 = \sout{{{}}} {}$."),
        ("a.tex", r"so $16 \cdot 54 =$ \st{{{}}} ${}$."),
    ],
)
def test_the_number_behind_is_the_one_that_is_stated(name: str, text: str) -> None:
    assert [(one.verdict, one.stated) for one in lint(text.format("846", "864"), name).judged] == [
        ("right", "864")
    ]
    assert [(one.verdict, one.stated) for one in lint(text.format("864", "846"), name).judged] == [
        ("wrong", "846")
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "~~2 · 3 = 7~~ and 2 · 3 = 6"),
        ("a.tex", r"\sout{$2 \cdot 3 = 7$} and $2 \cdot 3 = 6$"),
    ],
)
def test_a_statement_that_is_struck_out_is_none(name: str, text: str) -> None:
    assert [(one.verdict, one.stated) for one in lint(text, name).judged] == [("right", "6")]


def test_a_mark_without_its_partner_strikes_nothing() -> None:
    assert [one.stated for one in lint("so ~~2 · 3 = 7 and <s>2 · 4 = 9").wrong] == ["7", "9"]
    assert [one.stated for one in lint(r"$\frac{\cancel{3} \cdot 4}{\cancel{3}} = 5$", "a.tex").wrong] == [
        "5"
    ]
