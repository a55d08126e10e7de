"""Whole quotients, results that are said to be cut, statements apart on one line, headings of questions."""

from __future__ import annotations

import pytest

from nnutils.lint import lint


@pytest.mark.parametrize(
    ("text", "computed"),
    [
        ("(71 + 10 - 8)/2 + 1 = 38 (rounded down)", "37"),
        ("(71 + 10 - 8)/2 + 1 = 37 (rounded up)", "38"),
        ("(71 + 10 - 8)/2 + 1 = 73, rounding down", "37"),
        ("abgerundet: (71 + 10 - 8)/2 + 1 = 38", "37"),
        ("(255 + 2*3 - 7) // 4 + 1 = 62", "64"),
        ("So (255 - 7)//4 = 63 of them.", "62"),
        ("`(255 - 7) // 4 = 63` (`//` drops the remainder)", "62"),
        ("tanh(1) = 0.7616   sqrt(4) = 2.1", "2.0"),
        ("tanh(1) = 0.7661   sqrt(4) = 2", "0.7616"),
        ("3*4 = 13 (with the biases)", "12"),
    ],
)
def test_what_is_wrong(text: str, computed: str) -> None:
    assert [one.computed for one in lint(text, "a.md").wrong] == [computed]


@pytest.mark.parametrize(
    "text",
    [
        "(71 + 10 - 8)/2 + 1 = 37 (rounded down)",
        "(71 + 10 - 8)/2 + 1 = 37    (fraction rounded down)",
        "(71 + 10 - 8)/2 + 1 = 38 (rounded up)",
        "(255 + 2*3 - 7)//4 + 1 = 64",
        "110/2 = 55 // 55 rows",
        "110/2 = 55 // halved",
        "tanh(1) = 0.7616   sqrt(4) = 2   3*4 = 12",
    ],
)
def test_what_is_right(text: str) -> None:
    judged = lint(text, "a.txt").judged
    assert judged
    assert all(one.verdict == "right" for one in judged)


def test_a_number_that_is_not_whole_is_rounded_only_where_that_is_said() -> None:
    assert [one.verdict for one in lint("(71 + 10 - 8)/2 + 1 = 37", "a.txt").judged] == ["rounded"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("4 i) (3P)  f(x) = 4x^3 - 7x\n      f'(x) = 12x^2 - 8", ["f'(x) = 12x^2 - 8"]),
        ("(a) f(x) = x^2 + 3x,   f'(x) = 2x + 4", ["f'(x) = 2x + 4"]),
        ("b) (2 points) y = x^3\n   dy/dx = 3x^3", ["dy/dx = 3x^3"]),
        ("Q3.  f(x) = 2 sin(x)\n     f'(x) = -2 cos(x)", ["f'(x) = -2 cos(x)"]),
        ("u(t) = t^2 + 1   u'(t) = 3t", ["u'(t) = 3t"]),
        ("4 i) (3P)  f(x) = 4x^3 - 7x\n      f'(x) = 12x^2 - 7", []),
        ("u(t) = t^2 + 1   u'(t) = 2t", []),
        ("(2x) f(x) = 6x\n f'(x) = 6", []),
    ],
)
def test_a_function_behind_the_number_of_its_question(text: str, wrong: list[str]) -> None:
    assert [one.statement for one in lint(text, "a.txt").wrong] == wrong
