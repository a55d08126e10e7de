"""Results in comments beside code, and assertions."""

from __future__ import annotations

import json

import pytest

from nnutils.lint import lint


def wrong(*cells: str) -> list[tuple[str, str]]:
    made = [
        {"cell_type": "code", "execution_count": number, "source": cell, "outputs": [], "metadata": {}}
        for number, cell in enumerate(cells, 1)
    ]
    text = json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    return [(one.stated, one.computed) for one in lint(text, "a.ipynb").wrong]


def test_results_behind_statements() -> None:
    code = "a = 3 * 4  # = 12\nb = a + 1  # -> 14\nprint(a * b)  # 156\na * 5  # gives 60\nd = a - 20  # -9"
    assert wrong(code) == [("14", "13"), ("-9", "-8")]


def test_names_of_cells_before() -> None:
    assert wrong("side = (42 - 5) // 1 + 1  # 38", "units = 64 * side**2  # 92461") == [("92461", "92416")]


def test_names_of_a_listing_without_comments() -> None:
    text = "```python\nn = 5\n```\n\n```python\na = n * 2  # 11\nb = n * 3  # 15\nc = n * 4  # 20\n```\n"
    assert [(one.stated, one.computed) for one in lint(text, "a.md").wrong] == [("11", "10")]


def test_shares_and_scales() -> None:
    code = "t = 3\nu = t * 1000  # 3k\nv = t * 10**6  # 4 million\nw = t / 7  # ~0.43\nx = t / 7  # 42.9 %"
    assert wrong(code) == [("4 million", "3 million")]


@pytest.mark.parametrize(
    "code",
    [
        "rate = 0.1  # 0.01 was too slow",
        "k = 3 * 2  # 5 layers",
        "x = 7 % 2  # 7 % 2 = 1",
        "date = 2024 - 1  # 2024-01-01",
        "p = 5 * 2  # 12:30",
        "t = 5 * 60  # 5 minutes",
        "size = 4 * 1000  # 4 kB",
        "r = 10 * 2  # 5 by 4",
        "q = 2 * 3  # 0 if empty",
        "z = n + 3  # 8",  # n is not known
        "# 0.1 + 0.2 == 0.3 -> False",
        "class A:\n    x = 3 * 2  # 4",
    ],
)
def test_comments_that_are_no_results(code: str) -> None:
    assert wrong(code) == []


def test_assertions() -> None:
    code = (
        "import math\nassert 2**10 == 1042, 'no'\nassert 0.1 + 0.2 == 0.3\nassert abs(1 / 3 - 0.33) < 0.01\n"
        "assert len([1, 2, 3]) == 4 and 5 == 2 + 3\nassert math.isclose(math.sqrt(2), 1.441, abs_tol=1e-3)\n"
        "assert unknown == 4"
    )
    assert wrong(code) == [("1042", "1024"), ("4", "3"), ("1.441", "1.414")]


def test_comments_and_docstrings_are_text() -> None:
    assert wrong("# 96 * 363 = 34,484\nx = '# 3 * 4 = 13'") == [("34,484", "34,848")]
    assert wrong('def f(x):\n    """3 * 4 = 13"""\n    return x') == [("13", "12")]


def test_code_in_markdown() -> None:
    text = "```python\nw = 96 * 363  # 34484\n# 2 * 363 = 762\n```\n"
    assert [(one.line, one.stated) for one in lint(text, "a.md").wrong] == [(2, "34484"), (3, "762")]


def test_a_finding_stands_where_the_number_does() -> None:
    text = "```python\na = 2 * 3  # 6\nb = a * 4  # 24\nc = b + 1  # 26\n```\n"
    (one,) = lint(text, "a.md").wrong
    assert (one.line, text[one.start : one.end]) == (4, "26")


@pytest.mark.parametrize("value", ["-1e308 * 10", "1e308 * 10", "-(10.0**301)", "10**400 + 1"])
def test_a_number_beyond_all_others_is_not_judged(value: str) -> None:
    code = f"a = {value}  # 5\nb = 3 * 4  # 13\nc = 3 * 5  # 15\nd = 3 * 6  # 18"
    assert wrong(code) == [("13", "12")]


def test_an_assertion_of_a_number_beyond_all_others_is_wrong() -> None:
    assert wrong("assert 10.0**301 == 5.5") == [("5.5", "1e+301")]
