"""Typed answers: each verdict, what is said of it, and that no text whatever makes the judge fail."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from nnutils.core.worked import Worked
from nnutils.practice import Asked, Convention, Judgement, judge, load, named_numbers
from nnutils.slips import Quantity

UNITS = Asked(
    "units",
    "units of conv1",
    "a",
    Worked(55, "height") * Worked(55, "width") * Worked(96, "out_channels"),
    "units",
)
HALF = Asked("half", "the value", "a", Fraction(1, 2))
THIRD = Asked("third", "the share", "a", Fraction(1, 3))
REAL = Asked("real", "the value of y", "a", 35.12111861451067)
SMALL = Asked("small", "the probability", "a", 0.000232)
SIZE = Asked("size", "output of conv1, as channels, height, width", "a", (96, 55, 27))
BARE = Asked("bare", "the output size", "a", (96, 55, 27))
ROW = Asked("row", "the values", "a", (9, 36, 0.1111111111, -0.98999249))
MATRIX = Asked("matrix", "the matrix", "a", ((1, 2, 3), (4, 5, 6)))
ONE_ROW = Asked("settings", "every setting", "a", ((8, 2, 3, 1),))
BLOCKS = Asked("blocks", "all derivatives", "a", (((1, 2), (3, 4)), ((5, 6), (7, 8))))
SET = Asked("settings", "every setting", "a", ((1, 2), (3, 4)), any_order=True)
EXISTS = Asked("exists", "whether it exists", "a", True)
EACH = Asked("each", "whether each exists", "a", (True, False, True))
LAYER = Asked("layer", "the layer", "a", "fc1", choices=("conv1", "fc1", "A and B"))
WORDS = Asked("words", "the vectors used twice", "a", ("x", "h"))
DOUBLED = Asked(
    "operations",
    "operations",
    "a",
    1206,
    "operations",
    conventions=(Convention(2412, "This counts additions too."),),
)


def verdict(quantity: Asked, typed: str) -> str:
    return judge(quantity, typed).verdict


RIGHT = [
    (UNITS, "290400"),
    (UNITS, "290,400"),
    (UNITS, "290 400"),
    (UNITS, " 290,400 units "),
    (UNITS, "290,400 Unit"),
    (UNITS, "55*55*96"),
    (UNITS, "55x55x96"),
    (UNITS, "55 · 55 · 96"),
    (UNITS, "55² × 96"),
    (UNITS, "２９０，４００"),
    (UNITS, "290400.0"),
    (UNITS, "units = 290,400"),
    (HALF, "0.5"),
    (HALF, "1/2"),
    (HALF, "50%"),
    (HALF, ".500"),
    (THIRD, "0.333"),
    (THIRD, "33.3%"),
    (THIRD, "1/3"),
    (REAL, "35.1"),
    (REAL, "35.12"),
    (REAL, "1/9+36+cos(3)"),
    (SMALL, "2.32e-4"),
    (SMALL, "0.000232"),
    (SIZE, "96, 55, 27"),
    (SIZE, "(96, 55, 27)"),
    (SIZE, "96x55x27"),
    (SIZE, "96 × 55 × 27"),
    (SIZE, "[96 55 27]"),
    (SIZE, "96; 55; 27"),
    (ROW, "9, 36, 1/9, -0.990"),
    (ROW, "v = (9, 36, 0.111, cos(3))"),
    (MATRIX, "1, 2, 3; 4, 5, 6"),
    (MATRIX, "1 2 3\n4 5 6"),
    (MATRIX, "[[1, 2, 3], [4, 5, 6]]"),
    (MATRIX, "(1, 2, 3), (4, 5, 6)"),
    (MATRIX, "[1, 2, 3; 4, 5, 6]"),
    (ONE_ROW, "8, 2, 3, 1"),
    (ONE_ROW, "((8, 2, 3, 1),)"),
    (BLOCKS, "1, 2; 3, 4 | 5, 6; 7, 8"),
    (BLOCKS, "[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]"),
    (SET, "1, 2; 3, 4"),
    (SET, "3, 4; 1, 2"),
    (EXISTS, "Yes"),
    (EXISTS, "true"),
    (EACH, "yes, no, yes"),
    (EACH, "y n y"),
    (LAYER, "FC1"),
    (LAYER, "'fc1'"),
    (WORDS, "x, h"),
]


@pytest.mark.parametrize(("quantity", "typed"), RIGHT)
def test_right(quantity: Asked, typed: str) -> None:
    assert judge(quantity, typed) == Judgement("right", "Right.")


COARSE = [
    (UNITS, "2.9e5", "whole number"),
    (UNITS, "~290k", "whole number"),
    (UNITS, "0.29 million", "whole number"),
    (THIRD, "0.33", "three significant digits"),
    (THIRD, "33%", "three significant digits"),
    (REAL, "35", "three significant digits"),
    (SMALL, "0.0002", "three significant digits"),
    (SMALL, "2.3e-4", "three significant digits"),
    (SMALL, "0.000", "three significant digits"),
    (ROW, "9, 36, 0.11, -0.99", "See entry 3."),
]


@pytest.mark.parametrize(("quantity", "typed", "words"), COARSE)
def test_right_as_far_as_it_goes(quantity: Asked, typed: str, words: str) -> None:
    found = judge(quantity, typed)
    assert found.verdict == "coarse" and words in found.sentence and not found.slips


WRONG = [
    (UNITS, "29,400", "A digit is missing."),
    (UNITS, "-290400", "Look at the sign."),
    (UNITS, "290401", "One digit is not right."),
    (UNITS, "0", "No known slip gives it."),
    (HALF, "1", ""),
    (HALF, "0", ""),
    (HALF, "0.52", ""),
    (THIRD, "0.34", ""),
    (REAL, "36", ""),
    (REAL, "35.2", ""),
    (SMALL, "0", ""),
    (SMALL, "2.4e-4", ""),
    (SIZE, "96, 55, 28", "Entry 3 is not right."),
    (SIZE, "55, 96, 27", "These are the right numbers in another order."),
    (BARE, "55, 27, 96", "These are the right numbers in another order."),
    (SIZE, "96, 55", "3 entries are asked, 2 are typed."),
    (SIZE, "1, 2, 3, 4", "3 entries are asked, 4 are typed."),
    (ROW, "9, 36, 0.111, 0.990", "Entry 4 is not right. Look at the sign."),
    (MATRIX, "1, 4; 2, 5; 3, 6", "Which way round does the table go?"),
    (MATRIX, "1, 2, 3; 4, 5, 7", "Entry 3 of row 2 is not right."),
    (MATRIX, "1, 2, 3, 4, 5, 6", "2 rows are asked, 1 is typed: put semicolons between rows."),
    (MATRIX, "1, 2, 3; 4, 5", "3 entries are asked in row 2, 2 are typed."),
    (MATRIX, "4, 5, 6; 1, 2, 3", "These are the right numbers in another order."),
    (ONE_ROW, "8, 2, 3, 1; 1, 1, 1, 1", "1 row is asked, 2 are typed."),
    (BLOCKS, "1, 2; 3, 4", "2 blocks are asked, 1 is typed: put | between blocks."),
    (BLOCKS, "1, 2; 3, 4 | 5, 6; 7, 9", "Entry 2 of row 2 of block 2 is not right."),
    (SET, "3, 4; 1, 1", "Entry 1 of row 1 is not right."),
    (SET, "1, 2; 1, 2", "Entry 1 of row 2 is not right."),
    (EXISTS, "no", "It is the other one."),
    (EACH, "yes, yes, yes", "Entry 2 is not right."),
    (LAYER, "conv1", "It is another one."),
    (WORDS, "x, r", "Entry 2 is not right."),
]


@pytest.mark.parametrize(("quantity", "typed", "words"), WRONG)
def test_wrong(quantity: Asked, typed: str, words: str) -> None:
    found = judge(quantity, typed)
    assert found.verdict == "wrong" and words in found.sentence


UNREADABLE = [
    (UNITS, "", "There is nothing typed. Type your answer first."),
    (UNITS, "   ", "There is nothing typed."),
    (UNITS, "units", "There is nothing typed."),
    (UNITS, "12 or 13", "One number is asked, and more than one is typed."),
    (UNITS, "12, 13", "One number is asked"),
    (UNITS, "many", "'many' has no value. Type a number, such as 15,415,200"),
    (UNITS, "290,400 weights", "Type a number"),
    (UNITS, "1" * 201, "201 characters"),
    (UNITS, "9**9**9", "too large"),
    (UNITS, "(" * 150, "inside one another"),
    (UNITS, "<script>alert(1)</script>", "Type a number"),
    (UNITS, "\u202e004,092", "Type a number"),
    (UNITS, "٢٩٠٤٠٠", "Type a number"),
    (REAL, "35,12", "Type a point: 35.12."),
    (REAL, "-0,125", "Type a point: 0.125."),
    (ROW, "9, 36, 0,111, 3", "Entry 3: '0,111' has a comma before its decimals."),
    (ROW, "9; 36; 0,11; 3", "Entry 3"),
    (MATRIX, "1, 2, 3; 4, (5, 6", "bracket"),
    (MATRIX, "1, 2, 3); 4, 5, 6", "bracket"),
    (MATRIX, "1, 2, c; 4, 5, 6", "Entry 3 of row 1: 'c' is not a number"),
    (EXISTS, "perhaps", "'perhaps' is neither yes nor no. Type yes or no."),
    (LAYER, "fc7", "Type conv1, fc1 or A and B."),
]


@pytest.mark.parametrize(("quantity", "typed", "words"), UNREADABLE)
def test_unreadable(quantity: Asked, typed: str, words: str) -> None:
    found = judge(quantity, typed)
    assert found.verdict == "unreadable" and words in found.sentence and len(found.sentence) < 260


def test_right_under_a_convention() -> None:
    assert judge(DOUBLED, "2,412") == Judgement("convention", "This counts additions too.")
    assert verdict(DOUBLED, "1,206") == "right" and verdict(DOUBLED, "4,800") == "wrong"
    assert judge(DOUBLED, "2.4e3").verdict == "coarse"
    found = judge(SIZE, "55x27x96")
    assert found.verdict == "convention" and "channels × height × width" in found.sentence
    square = Asked("size", "a size, as channels, height, width", "a", (5, 5, 5))
    assert verdict(square, "5, 5, 5") == "right"


def test_another_answer_of_the_question_is_recognised() -> None:
    asked = (UNITS, Asked("weights", "weights of conv1", "a", 34_848, "weights"), HALF)
    found = judge(UNITS, "34,848", (), asked)
    assert found.sentence == "This number answers another part of the question."
    assert [str(slip) for slip in found.slips][:1] == [
        "34,848 is another answer of this question: weights of conv1."
    ]
    assert not any("another answer" in str(slip) for slip in judge(UNITS, "0.5", (), asked).slips)
    among = (Quantity("count", "weights of conv1", 34_848),)
    said = [str(slip) for slip in judge(UNITS, "34,848", among, asked).slips]
    assert len([words for words in said if "weights of conv1" in words]) == 1


def test_an_entry_in_the_place_of_another_is_recognised() -> None:
    found = judge(ROW, "9, 9, 0.111, -0.990")
    assert "9 is right for entry 1." in map(str, found.slips) and found.sentence.startswith("Entry 2")


def test_an_entry_of_another_size_is_recognised() -> None:
    asked = (SIZE, Asked("kernel", "kernel of conv1, as depth, height, width", "a", (3, 11, 11)), EACH, UNITS)
    found = judge(SIZE, "3, 55, 27", (), asked)
    assert found.sentence == "Entry 1 is not right. This number belongs to another answer of this question."
    assert str(found.slips[0]).startswith("3 is right for entry 1 of another answer: kernel of conv1")


def test_the_lost_zero_comes_first() -> None:
    question = load("sorting_backprop_alexnet/q3")
    givens = question.givens()
    asked = question.asked(givens)
    connections = {one.name: one for one in asked}["conv1_connections"]
    found = judge(connections, "15,415,200", named_numbers(question, givens), asked)
    assert found.sentence == "A digit is missing."
    assert str(found.slips[0]) == "15,415,200 is 105,415,200 without one 0."


LETTERS = "0123456789.,;|()[]{}+-*/^@=%~ xeETy\n'\"<>&\u202e\u00bd²ⅣΩ٣日\x00\\$"


def test_no_text_makes_it_fail() -> None:
    chance = random.Random(5)
    quantities = [UNITS, THIRD, REAL, SIZE, ROW, MATRIX, BLOCKS, SET, EACH, LAYER, WORDS, FORMULA]
    for _ in range(3_000):
        text = "".join(chance.choice(LETTERS) for _ in range(chance.randrange(30)))
        found = judge(chance.choice(quantities), text)
        assert found.verdict in ("right", "convention", "coarse", "wrong", "unreadable") and found.sentence


@pytest.mark.parametrize("size", [199, 200, 1_999, 2_000, 100_000])
@pytest.mark.parametrize("letter", ["(", "1", ",", ";", "-", "[1],", "1e", "²", "yes,"])
def test_long_texts_are_refused_or_read(letter: str, size: int) -> None:
    for quantity in (UNITS, MATRIX, BLOCKS, EACH, FORMULA):
        assert verdict(quantity, letter * (size // len(letter))) in ("wrong", "unreadable")


# --- formulas ---------------------------------------------------------------------------------------------

FORMULA = Asked("g", "g(x) with H", "a", "x * H(x)")
SOFTMAX = Asked("rule", "the rule, in P_i", "a", "P_i * (1 - P_i)")
NETWORK = Asked("network", "as one equation", "a", "tanh(W_2 @ tanh(W_1 @ v))")
KINK = Asked("y", "y in x1", "a", "relu(x1)")
LINE = Asked("y", "y", "a", "2 * x + y")
RULES: tuple[Asked, ...] = (
    Asked("rule_r", "rbar", "a", "ybar * dphi(r)", defines="rbar"),
    Asked("rule_V", "Vbar", "a", "rbar @ h.T", defines="Vbar"),
)

FORMULAS: list[tuple[Any, str, str]] = [
    (FORMULA, "H(x)*x", "right"),
    (FORMULA, "g(x) = x*H(x)", "right"),
    (FORMULA, "relu(x)", "unreadable"),
    (FORMULA, "phi(x)", "unreadable"),
    (KINK, "ReLU(x_1)", "right"),
    (KINK, "phi(x1)", "right"),
    (KINK, "ϕ(x_1)", "right"),
    (KINK, "relu x1", "right"),
    (KINK, "x1*H(x1)", "unreadable"),
    (KINK, "phi", "unreadable"),
    (LINE, "2x + y", "unreadable"),
    (LINE, "2 x y", "wrong"),
    (LINE, "y + ln exp(2*x)", "right"),
    (LINE, "y + Ln(Exp(2*x))", "right"),
    (LINE, "y + 2*x*LN e", "right"),
    (FORMULA, "x", "wrong"),
    (FORMULA, "relu(-x)", "wrong"),
    (FORMULA, "x*H(x) + 1e-3", "wrong"),
    (FORMULA, "ln(x)", "wrong"),
    (FORMULA, "x H(x)", "unreadable"),
    (FORMULA, "y*H(x)", "unreadable"),
    (FORMULA, "f(x)", "unreadable"),
    (FORMULA, "", "unreadable"),
    (SOFTMAX, "P_i - P_i^2", "right"),
    (SOFTMAX, "P_i - P_i²", "right"),
    (SOFTMAX, "-P_i*(P_i-1)", "right"),
    (SOFTMAX, "P_i*(1+P_i)", "wrong"),
    (NETWORK, "y = tanh(W_2@tanh(W_1@v))", "right"),
    (NETWORK, "tanh((tanh(v.T @ W_1.T) @ W_2^T).T)", "right"),
    (NETWORK, "W_2 @ tanh(W_1 @ v)", "wrong"),
    (NETWORK, "tanh(W_1 @ tanh(W_2 @ v))", "wrong"),
    (NETWORK, "tanh(W_2 * tanh(W_1 * v))", "wrong"),
    (RULES[1], "rbar @ h.T", "right"),
    (RULES[1], "(ybar * dphi(r)) @ h^T", "right"),
    (RULES[1], "h @ rbar.T", "wrong"),
    (RULES[1], "rbar * h", "wrong"),
    (RULES[1], "dphi(h)", "unreadable"),
    (RULES[0], "dphi(r)*ybar", "right"),
    (RULES[0], "dphi(r)*ybar + 0*rbar", "unreadable"),
    (RULES[0], "rbar", "unreadable"),
    (RULES[0], "Vbar", "unreadable"),
    (RULES[1], "rbar @ h.T + 0*Vbar", "unreadable"),
]


@pytest.mark.parametrize(("quantity", "typed", "expected"), FORMULAS)
def test_formulas(quantity: Asked, typed: str, expected: str) -> None:
    found = judge(quantity, typed, asked=RULES if quantity in RULES else ())
    assert found.verdict == expected and found.sentence


def test_what_is_said_of_a_formula() -> None:
    assert judge(FORMULA, "2(x+1)").sentence == "There is no sign between 2 and (. Write * between 2 and (."
    assert "Write * between ) and (." in judge(FORMULA, "(x)(x+1)").sentence
    assert "Write * between x and (." in judge(FORMULA, "x(1-x)").sentence
    assert "'relu' is not used here" in judge(FORMULA, "relu(x)").sentence
    known = judge(RULES[0], "rbar", asked=RULES).sentence
    assert "Known are ybar, dphi(r), h, and" in known and "rbar, " not in known.partition("Known")[2]
    assert "Known are x" in judge(FORMULA, "y*H(x)").sentence
    assert judge(NETWORK, "W_2 * v").sentence.startswith("The shapes around * do not fit")
    assert judge(FORMULA, "1/(x-x)").sentence.startswith("It is not defined everywhere.")
