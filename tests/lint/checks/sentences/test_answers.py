"""Answers beside the numbers above them."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

ABOVE = (
    "The side of the output is (32 - 5)/1 + 1 = 28. There are 6 · 25 = 150 weights and 6 biases, "
    "so 156 parameters, and 4,704 · 25 = 117,600 connections.\n\n"
)
SPANISH = (
    "## Problema 1\n\nEl lado de la salida es ⌊(197 + 2 · 1 − 9)/3⌋ + 1 = 64. Los 24 filtros suman "
    "24 · 243 = 5832 pesos "
    "y 24 sesgos, es decir, 5856 parámetros.\n\n"
)


def answers(text: str) -> list[tuple[str, str]]:
    """The verdicts on what an answer says."""
    return [(one.verdict, one.stated) for one in lint(text).judged if one.kind == "answer"]


@pytest.mark.parametrize(
    ("answer", "right", "wrong"),
    [
        ("Answer: side {}", "28", "82"),
        ("**Result.** {} parameters", "156", "165"),
        ("In short: {} parameters", "156", "15"),
        ("Result: parameters = {}", "156", "1,560"),
        ("Answer: about {} thousand connections", "118", "181"),
        ("The answer is {} weights.", "150", "105"),
    ],
)
def test_an_answer_tells_a_number_again(answer: str, right: str, wrong: str) -> None:
    for number, verdict in ((right, "right"), (wrong, "wrong")):
        ((found, stated),) = answers(ABOVE + answer.format(number))
        assert found == verdict
        assert stated.startswith(number)


def test_an_answer_in_spanish() -> None:
    right = SPANISH + "**Respuesta:** lado 64; 5856 parámetros."
    assert answers(right) == [("right", "64"), ("right", "5856")]
    wrong = SPANISH + "**Respuesta:** lado 6; 5586 parámetros."
    assert answers(wrong) == [("wrong", "6"), ("wrong", "5586")]


@pytest.mark.parametrize(
    "answer",
    [
        "Answer: 312 parameters in both layers",
        "Answer: 28 × 28 × 6",
        "Answer: 90 minutes",
        "Answer: 10 weights more than before",
        "We have 155 weights.",
    ],
)
def test_an_answer_about_something_else_is_left_alone(answer: str) -> None:
    assert not [one for one in answers(ABOVE + answer) if one[0] != "right"]


@pytest.mark.parametrize(
    ("above", "answer", "verdicts"),
    [
        ("Tom has 3 apples and buys 2 more.", "5 apples", []),
        ("Tom has 300 apples and buys 200 more.", "500 apples", []),
        ("The melody has 3 flats.", "2 flats", []),
        ("It has 156 parameters.", "165 parameters", ["wrong"]),
        ("It has 156 parameters.", "15 parameters", ["wrong"]),
        ("It has 6 · 26 = 156 parameters.", "159 parameters", ["wrong"]),
    ],
)
def test_what_is_told_above_an_answer_may_be_what_was_given(
    above: str, answer: str, verdicts: list[str]
) -> None:
    assert [one for one, _ in answers(f"{above}\n\nAnswer: {answer}")] == verdicts


def test_a_heading_begins_another_section() -> None:
    assert answers(f"{ABOVE}## Another layer\n\nAnswer: 165 parameters") == []


@pytest.mark.parametrize(("stated", "wrong"), [("0.68", 0), ("0.7", 0), ("0.86", 1)])
def test_an_answer_tells_again_what_stands_behind_its_label(stated: str, wrong: int) -> None:
    above = "- Multiplications: 75,264 · 9 = 677,376.\n- Side: (12 - 2)/2 + 1 = 6\n\n"
    report = lint(f"{above}**Answer:** side 6, about {stated} million multiplications")
    assert len(report.wrong) == wrong
    assert [one.line for one in report.wrong] == [4] * wrong
