"""Typed answers: each verdict, what is said of it, and that no text whatever makes the judge fail."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from nnutils.core.worked import Worked
from nnutils.practice import Asked, Convention, Judgement, computed, judge, load, named_numbers
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
SETTING = Asked("setting", "the setting, as k, s, p, d: the smallest", "a", (8, 2, 3, 1))
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
    (EXISTS, "Yes."),
    (EACH, "yes, no and yes"),
    (UNITS, "[290400]"),
    (UNITS, "y = [290,400] units"),
    (UNITS, "290,400 weights"),
    (UNITS, "290400 Scalar"),
    (THIRD, "1/3 entries"),
    (SIZE, "96, 55 and 27"),
    (SIZE, "96, 55, and 27 units"),
    (SIZE, "96 by 55 by 27"),
    (WORDS, "x and h"),
    (WORDS, "x, and h"),
    (REAL, "2.0*17.558"),
    (REAL, "35.1*1"),
    (EACH, "yes, no, yes"),
    (
        Asked("points", "H at each", "a", (Fraction(0), 0, Fraction(1, 2), Fraction(1))),
        "0.000, 0.000, 0.5, 1.00",
    ),
    (UNITS, "about 290,400"),
    (UNITS, "~290,400 units"),
    (UNITS, "-2 x -145200"),
    (UNITS, "580800 ÷ 2"),
    (UNITS, "55 ∗ 55 ⋅ 96"),
    (HALF, "½"),
    (HALF, "1⁄2"),
    (HALF, "1∕2"),
    (HALF, "2½ - 2"),
    (HALF, "-½ x -1"),
    (THIRD, "⅓"),
    (SIZE, "96@55x27"),
    (SIZE, "96 @ 55 × 27"),
    (SIZE, "c=96, h=55, w=27"),
    (SIZE, "channels = 96, height = 55, width = 27"),
    (SETTING, "k=8, s=2, p=3, d=1"),
    (SETTING, "(K = 8; S = 2; P = 3; D = 1)"),
    (SETTING, "k=8 s=2 p=3 d=1"),
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
    (REAL, "35*1", "three significant digits"),
    (SMALL, "0.0002", "three significant digits"),
    (SMALL, "2.3e-4", "three significant digits"),
    (SMALL, "0.000", "three significant digits"),
    (ROW, "9, 36, 0.11, -0.99", "See entry 3."),
    (Asked("cut", "y", "a", 2.68719), "2.68", "The last digit is cut off, not rounded."),
    (Asked("cut", "y", "a", -2.68719), "-2.6871", "The last digit is cut off, not rounded."),
    (Asked("cut", "y", "a", 2.68719), "2.6", "cut off, not rounded. Please give at least three significant"),
    (Asked("cut", "y", "a", Fraction(2, 3)), "66.6%", "The last digit is cut off, not rounded."),
    (ROW, "9, 36, 0.111, -0.989", "The last digit is cut off, not rounded. See entry 4."),
]


@pytest.mark.parametrize(("quantity", "typed", "words"), COARSE)
def test_right_as_far_as_it_goes(quantity: Asked, typed: str, words: str) -> None:
    found = judge(quantity, typed)
    assert found.verdict == "coarse" and words in found.sentence and not found.slips


WRONG = [
    (UNITS, "29,400", "A digit is missing."),
    (UNITS, "-290400", "Look at the sign."),
    (UNITS, "290401", "One digit is not right."),
    (UNITS, "0", "This is not a mistake that the book recognises. Check your steps, or open a hint."),
    (UNITS, "310k", "A rounded number does not show the mistake: type the exact whole number."),
    (UNITS, "3.1e5", "type the exact whole number."),
    (SMALL, "0.1", "With so few digits the mistake cannot be found: type at least three significant digits."),
    (REAL, "36", "type at least three significant digits."),
    (REAL, "0", "not a mistake that the book recognises"),
    (REAL, "35,121", "35,121 is read as 35121, with a comma between thousands. Before decimals type a point"),
    (REAL, "44,121", "44,121 is read as 44121"),
    (ROW, "9, 36, 0.111, -2,345", "Entry 4 is not right. -2,345 is read as -2345"),
    (HALF, "1", ""),
    (HALF, "0", ""),
    (HALF, "0.52", ""),
    (THIRD, "0.34", ""),
    (REAL, "36", ""),
    (REAL, "35.2", ""),
    (REAL, "2.0*17.6", ""),
    (UNITS, "290.4*1000.1", ""),
    (UNITS, "290.401", ""),
    (WORDS, "x and r", "Entry 2"),
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
    (MATRIX, "4, 5, 6; 1, 2, 3", "These are the right rows in another order."),
    (BLOCKS, "5, 6; 7, 8 | 1, 2; 3, 4", "These are the right blocks in another order."),
    (Asked("w", "the vectors", "a", ("x", "h")), "h, x", "These are the right words in another order."),
    (EACH, "no, yes, yes", "Entry 1 is not right."),
    (ROW, "36, 9, -0.99, 0.1", "Entry 1 is not right."),
    (ONE_ROW, "8, 2, 3, 1; 1, 1, 1, 1", "1 row is asked, 2 are typed."),
    (BLOCKS, "1, 2; 3, 4", "2 blocks are asked, 1 is typed: put | between blocks."),
    (BLOCKS, "1, 2; 3, 4 | 5, 6; 7, 9", "Entry 2 of row 2 of block 2 is not right."),
    (SET, "3, 4; 1, 1", "Row 2 is not right."),
    (SET, "1, 1; 3, 4", "Row 1 is not right."),
    (SET, "1, 2; 1, 2", "Row 2 repeats row 1."),
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
    (UNITS, "many", "'many' is in words. Type the number in digits."),
    (UNITS, "forty", "'forty' is in words. Type the number in digits."),
    (UNITS, "about twenty-two thousand", "Type the number in digits."),
    (SIZE, "96, fifty-five, 27", "Entry 2: 'fifty-five' is in words. Type the number in digits."),
    (UNITS, "k", "'k' has no value. Type a number, such as 15,415,200"),
    (SIZE, "96,,27", "Entry 2 is empty."),
    (SIZE, "96, , 27, 1", "Entry 2 is empty."),
    (MATRIX, "1, 2, 3; 4,, 6", "Entry 2 of row 2 is empty."),
    (SETTING, "k=8, p=2, s=3, d=1", "names before the entries are not the ones asked for, in their order"),
    (SETTING, "k=8, s=2, 3, 1", "names before the entries"),
    (SETTING, "8, k=2, s=3, 1", "names before the entries"),
    (SETTING, "a=8, b=2, c=3, d=1", "Type the entries alone, in the order that is asked."),
    (UNITS, "290,400 apples", "Type a number"),
    (UNITS, "290.400", "A point is a decimal point here: type 290,400 or 290400."),
    (SIZE, "96, 55, parameters", "Entry 3"),
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
    more = "This counts additions too. The exact whole number is asked."
    assert judge(DOUBLED, "2.4e3") == Judgement("coarse", more)
    loss = Asked("loss", "loss", "a", 3.6123, conventions=(Convention(5.2114, "With logarithms to base 2."),))
    more = "With logarithms to base 2. Please give at least three significant digits."
    assert judge(loss, "5.2") == Judgement("coarse", more)
    assert judge(loss, "5.21").verdict == "convention" and judge(loss, "5.3").verdict == "wrong"
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


def test_a_number_without_a_unit_is_not_of_the_same_unit() -> None:
    asked = (THIRD, REAL, UNITS, Asked("weights", "the weights of conv1: all", "a", 34_848, "units"))
    with_unit = [slip for slip in judge(UNITS, "34,848", (), asked).slips if slip.kind == "another answer"]
    without = [slip for slip in judge(THIRD, "35.12", (), asked).slips if slip.kind == "another answer"]
    assert len(with_unit) == len(without) == 1 and with_unit[0].rank < without[0].rank
    assert str(with_unit[0]) == "34,848 is another answer of this question: weights of conv1."


def test_a_whole_number_that_a_slip_gives_is_not_the_rounded_one() -> None:
    question = load("foundations/q4")
    givens = question.givens()
    asked, among = question.asked(givens), named_numbers(question, givens)
    by_x2 = {one.name: one for one in asked}["by_x2"]
    found = judge(by_x2, "12", among, asked)
    assert found.verdict == "wrong" and found.slips and found.sentence == found.slips[0].hint
    assert judge(by_x2, "12.0", among, asked).verdict == "right"
    assert judge(by_x2, "~12", among, asked).verdict == "coarse"


def test_a_row_that_is_possible_but_not_the_one_to_choose() -> None:
    rows = ((1, 2, 3), (4, 5, 6), (7, 8, 9))
    chosen = Asked("choice", "the best one", "a", (4, 5, 6))
    asked = (chosen, Asked("all", "every setting", "a", rows, any_order=True))
    found = judge(chosen, "7, 8, 9", (), asked)
    assert (found.verdict, found.sentence) == (
        "wrong",
        "This one is possible, but it is not the one to choose.",
    )
    assert judge(chosen, "4, 5, 6", (), asked).verdict == "right"
    assert judge(chosen, "7, 8, 8", (), asked).sentence.startswith("Entry 1 is not right.")


def test_answers_are_named_without_what_explains_them() -> None:
    question = load("sizing_networks/q4")
    words = [one.words for one in named_numbers(question, question.givens())]
    assert "operations of the module" in words
    assert not any(one.startswith("the ") or ":" in one or ", in pixels" in one for one in words)


def test_an_entry_in_the_place_of_another_is_recognised() -> None:
    found = judge(ROW, "9, 9, 0.111, -0.990")
    assert "9 is right for entry 1." in map(str, found.slips) and found.sentence.startswith("Entry 2")


def test_an_entry_of_another_size_is_recognised() -> None:
    asked = (SIZE, Asked("kernel", "kernel of conv1, as depth, height, width", "a", (3, 11, 11)), EACH, UNITS)
    found = judge(SIZE, "3, 55, 27", (), asked)
    assert found.sentence == "Entry 1 is not right. This number belongs to another answer of this question."
    assert str(found.slips[0]).startswith("3 is right for entry 1 of another answer: kernel of conv1")


ROWS = Asked("rows", "rows", "a", ((105_415, 2), (34_848, 4), (7.004, 6), (7.0, 6)), any_order=True)


def test_a_wrong_row_is_named_and_no_other_and_explained_by_what_nobody_typed() -> None:
    found = judge(ROWS, "34848, 4; 15415, 2; 7.004, 6; 7.00, 6")
    assert (found.verdict, found.sentence) == ("wrong", "Row 2 is not right. A digit is missing.")
    assert list(map(str, found.slips)) == ["15,415 is 105,415 without one 0."]
    for typed, sentence in (
        ("34848, 4; 15415, 3; 7.004, 6; 7.00, 6", "Row 2 is not right."),  # two entries differ
        ("3484, 4; 34848, 4; 7.004, 6; 7.00, 6", "Row 1 is not right."),  # its right row is typed
        ("34848, 4; 34,848, 4; 7.004, 6; 7.00, 6", "Row 2 repeats row 1."),
        ("34848, 5; 105415, 2; 7.004, 6; 7.00, 7", "Row 1 is not right."),
    ):
        found = judge(ROWS, typed)
        assert (found.verdict, found.sentence, found.slips) == ("wrong", sentence, ())


def test_a_row_that_fits_two_leaves_the_one_that_another_needs() -> None:
    assert verdict(ROWS, "7.00, 6; 7.004, 6; 105415, 2; 34848, 4") == "right"
    assert verdict(ROWS, "105415, 2; 7.004, 6; 7.00, 6; 34848, 4") == "right"
    found = judge(ROWS, "105415, 2; 7.0, 6; 7.004, 6; 34848, 4")
    assert found.verdict == "right"
    found = judge(ROWS, "105415, 2; 7.00, 6; 7.0e0, 6; 34848, 4")
    assert found.verdict == "right"
    found = judge(ROWS, "105.4e3, 2; 7.00, 6; 7.004, 6; 34848, 4")
    assert found.sentence == "Right as far as it goes. The exact whole number is asked. See entry 1 of row 1."
    late = judge(ROWS, "34848, 4; 7.00, 6; 7.004, 6; 105.4e3, 2")
    assert late.sentence == "Right as far as it goes. The exact whole number is asked. See entry 1 of row 4."


def test_the_right_numbers_in_another_order_are_not_explained_one_by_one() -> None:
    for typed in ("55, 96, 27", "27, 55, 96"):
        found = judge(SIZE, typed)
        assert found.sentence == "These are the right numbers in another order." and not found.slips
    turned = judge(Asked("square", "a table", "a", ((1, 2), (3, 4))), "1, 3; 2, 4")
    assert [slip.kind for slip in turned.slips] == ["rows for columns"]


def test_few_digits_are_not_explained_and_exact_ones_are() -> None:
    share = Asked("share", "the share", "a", 0.0302, work=computed(lambda a, b: a * b, a=0.0151, b=2.0))
    assert not judge(share, "0.1").slips and not judge(share, "0.06").slips
    assert [slip.kind for slip in judge(share, "0.0151").slips]
    assert [slip.kind for slip in judge(share, "0.0604").slips]
    assert not judge(UNITS, "300k").slips and judge(UNITS, "5,280").slips
    fifth = Asked("fifth", "the share", "a", Fraction(1, 5), work=Worked(Fraction(2, 5)) / 2)
    assert judge(fifth, "0.4").slips  # exactly


def test_the_lost_zero_comes_first() -> None:
    question = load("sorting_backprop_alexnet/q3")
    givens = question.givens()
    asked = question.asked(givens)
    connections = {one.name: one for one in asked}["conv1_connections"]
    found = judge(connections, "15,415,200", named_numbers(question, givens), asked)
    assert found.sentence == "A digit is missing."
    assert str(found.slips[0]) == "15,415,200 is 105,415,200 without one 0."


FORMULA = Asked("g", "g(x) with H", "a", "x * H(x)")
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
