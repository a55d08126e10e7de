"""Org files: headings, drawers, lists, tables, and source blocks with their results."""

from __future__ import annotations

import pytest

from nnutils.lint import lint
from nnutils.lint.readers import read_sheet

CODE = "#+begin_src python :results output\nprint(f'{4 * 256 / 1024:.3f}')\n#+end_src\n\n#+RESULTS:\n"


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("* TODO [#A] Units [1/2]  :cnn:", "Units"),
        ("- [X] maps :: /about/ *96*", "maps: about 96"),
        ("1. $\\frac{6}{2}$ and \\(3 \\cdot 4\\)", "((6)/(2)) and 3 · 4"),
        ("=a*b*c= and ~x~, [[file:a][there]] [fn:1]", "a*b*c and x, there"),
        ("a/b/c = 3 * 4 * 5", "a/b/c = 3 * 4 * 5"),
        ("#+CAPTION: what it shows", "what it shows"),
    ],
)
def test_markup_is_read_as_a_reader_sees_it(source: str, read: str) -> None:
    assert [piece.text for piece in read_sheet(source, "a.org").pieces()] == [read]


@pytest.mark.parametrize(
    "source",
    [
        "# 3 * 4 = 13", ":PROPERTIES:\n:A: 3 * 4 = 13\n:END:", "#+begin_comment\n3 * 4 = 13\n#+end_comment",
        "DEADLINE: <2024-04-25 18:00>", "#+OPTIONS: 3 * 4 = 13", "#+begin_src python\nx = 3 * 4\n#+end_src",
    ],
)  # fmt: skip
def test_what_no_reader_sees_is_not_judged(source: str) -> None:
    assert not lint(source, "a.org").judged


@pytest.mark.parametrize("result", [": {}", "#+begin_example\n{}\n#+end_example"])
def test_results_are_set_against_the_code_above_them(result: str) -> None:
    assert [one.verdict for one in lint(CODE + result.format("1.000"), "a.org").judged] == ["right"]
    (one,) = lint(CODE + result.format("1.100"), "a.org").wrong
    assert (one.stated, one.computed) == ("1.100", "1.000")


def test_results_below_other_code_are_not_judged() -> None:
    other = CODE.replace("python", "sh") + ": 1.100"
    assert not lint(other, "a.org").wrong


def test_it_is_known_by_its_keywords() -> None:
    assert lint("#+TITLE: a\n\n- 3 * 4 = 13", "a.txt").format == "Org"
    assert lint("* one\n* 3 * 4 = 13", "a.txt").format == "text"
