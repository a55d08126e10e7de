"""The folds of the navigation show an icon only, so each has a name."""

from __future__ import annotations

from functools import cache
from typing import Any

from nnutils.book.pages.shell.navigation import named_folds, naming

FOLD = "<details open><summary><i></i></summary><ul>{}</ul></details>"


def test_each_fold_is_named_after_the_link_before_it() -> None:
    inner = '<li><a href="b.html">B</a></li><li><a class="x" href="c.html"><code>C</code> &amp; D</a>' + FOLD
    html = f'<ul><li><a href="a.html">A</a>{FOLD.format(inner)}</li></ul>'
    named = named_folds(html)
    assert named.count("<summary>") == 0
    assert 'A</a><details open><summary aria-label="Pages of A">' in named
    assert '</a><details open><summary aria-label="Pages of C &amp; D">' in named
    assert (
        named.replace(' aria-label="Pages of A"', "").replace(' aria-label="Pages of C &amp; D"', "") == html
    )


def test_what_is_no_fold_behind_a_link_is_left_alone() -> None:
    html = '<a href="a.html">A</a><p>text</p><details><summary>named</summary></details>'
    assert named_folds(html) == html


def test_only_finished_navigation_is_named() -> None:
    def generate(kind: str, **wanted: Any) -> object:
        return f'<a href="x">{wanted["word"]}</a>{FOLD.format("")}'

    assert "Pages of Y" in naming(generate)(kind="sidebar", word="Y")
    assert "Pages of" not in str(naming(generate)(kind="raw", word="Y"))


def test_what_the_theme_keeps_is_not_made_again() -> None:
    made: list[str] = []

    @cache
    def generate(kind: str, startdepth: int = 1, **wanted: Any) -> str:
        made.append(kind)
        return "<ul></ul>"

    generate(startdepth=0, kind="sidebar", collapse=False)  # as the theme's template does, twice
    naming(generate)(startdepth=0, kind="sidebar", collapse=False)
    assert made == ["sidebar"]
