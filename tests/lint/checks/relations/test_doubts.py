"""Tests of what speaks against calling a relation wrong, each beside a statement that is wrong."""

import pytest

from nnutils.lint import lint


def verdicts(text: str) -> list[str]:
    return [one.verdict for one in lint(text, "a.txt").judged]


@pytest.mark.parametrize(
    "text",
    [
        "It is a common mistake to write 3 + 4 = 8.",
        "Wrong: 3 + 4 = 8",
        "We do not have 3 + 4 = 8.",
        "3 + 4 = 8 is false.",
        "3 + 4 = 8, which is wrong.",
        "Working modulo 5 we find 3 + 4 = 2.",
        "60 mph × 30 min = 30 miles",
        "25 feet + 50 feet = 900 inches",
        "The fee is 20 days × 3 dollars = 6000 cents.",
        "2.2 area = 5 * 4",
        "It converts at 31.50 × 0.930 = 29,295.",
        "rat: replaced 0.5 by 1/2 = 0.5",
        "It is 15 (1 swap) + 15 (2 swaps) + 15 (3 swaps) = 1 + 15 + 15",
        "There are 3 * 2 * 1 = 3! Now we go on.",
        "1 must equal 1932/941",
        "1/6 = 0.1(6)",
        "12M = 12*4 W",
        "The rules are e*e = 0",
        "The rules are e^2 = 0",
        "It holds when sum(pi) = 1",
        "Velocity in 60 mm valve = 3 * 2.5",
    ],
)
def test_a_statement_with_a_doubt_is_left_unchecked(text: str) -> None:
    assert set(verdicts(text)) == {"unchecked"}


@pytest.mark.parametrize("before", ["", "Some more words about it all. " * 9])
@pytest.mark.parametrize(
    "text",
    ["Wrong: 3 + 4 = 8", "Working modulo 5 we find 3 + 4 = 2.", "Velocity in 60 mm valve = 3 * 2.5"],
)
def test_a_doubt_is_found_wherever_it_stands_in_a_long_text(before: str, text: str) -> None:
    assert verdicts(f"{before}{text}{' More words follow, on something else.' * 9}") == ["unchecked"]


@pytest.mark.parametrize(
    "text",
    [
        "We use no padding, so 3 + 4 = 8.",
        "It is not the first layer, and 3 + 4 = 8.",
        "That was wrong. Now 3 + 4 = 8.",
        "3 + 4 = 8, and the other one is wrong.",
        "60 mph × 30 min = 31 miles",
        "25 feet + 50 feet = 76 feet",
        "4.5 = 5 * 4",
        "It converts at 31.50 × 0.930 = 29,395.",
        "12M = 12*400,000",
        "3 + 4, plus 18/12 = 8.6",
        "We get 7^2 - 10 (2+3)^2 + 1 = 0.",
        "It is 10 (2+3)^2 = 240",
        "e^2 = 7.93",
        "e^2 / (e^2 + e^1) = 0.0731",
        "1 / (1 + e^(-0.5)) = 6.2246",
        "e^(-0.5) = 0.0665",
        "2*pi*3 = 18.58",
        "The layer has 96 kernels = 3 * 31",
        "5 ^ 3 = 16",
        "101 + 11 = 1001",
        "1 + 1 = 3",
    ],
)
def test_a_statement_beside_it_is_wrong(text: str) -> None:
    assert verdicts(text) == ["wrong"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("101 + 11 = 1000", "binary"),
        ("5 ^ 3 = 6", "exclusive or"),
        ("1 + 1 = 1", "truth values"),
        ("1 + 1 = 0", "modulo 2"),
    ],
)
def test_what_holds_in_another_notation_is_suspicious(text: str, said: str) -> None:
    (found,) = lint(text, "a.txt").judged
    assert found.verdict == "suspicious"
    assert said in found.why


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("10^5 Pa + 1.51 × 10^9 Pa = 1.51 × 10^4 bar", "right"),
        ("10^5 Pa + 1.51 × 10^9 Pa = 1.61 × 10^4 bar", "wrong"),
        ("300 kPa + 200 kPa = 5 bar", "right"),
        ("300 kPa + 200 kPa = 6 bar", "wrong"),
        ("250 mV + 750 mV = 2 mV", "wrong"),
    ],
)
def test_units_of_physics_have_their_sizes(text: str, verdict: str) -> None:
    assert verdicts(text) == [verdict]


def test_a_code_of_letters_and_digits_states_nothing() -> None:
    assert verdicts("'4I5=1X7=4D5=1X2D5=1X3=1X3=2I'") == []
    assert verdicts("3X7=22") == ["wrong"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"So $a = 10! + 11 \times 10! = 12 \times 10!$.", "right"),
        (r"So $a = 10! + 11 \times 10! = 2 \times 10!$.", "wrong"),
        (r"$T = \frac{1}{2} \sum_{k=1}^{3} k = 3$", "right"),
        (r"$T = \frac{1}{2} \sum_{k=1}^{3} k = 6$", "wrong"),
        ("5!! = 5 * 3 * 1", "right"),
        ("5!! = 5 * 4 * 1", "wrong"),
    ],
)
def test_factorials_and_sums_are_read_with_what_belongs_to_them(text: str, verdict: str) -> None:
    assert [one.verdict for one in lint(text, "a.md").judged] == [verdict]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("48,123 weights, altogether (401 · 120)", True),
        ("sections 48,123, and the last (401 · 120)", False),
        (r"$1816\ln(29 \cdot 62)$", False),
        ("so 1,816 units (29 · 62)", True),
        ("0.09 * 80 = 7.2 of fees, plus 18 / 12 = 1.5 of others", False),
    ],
)
def test_a_comma_and_a_conjunction_begin_another_item(text: str, wrong: bool) -> None:
    assert any(one.verdict == "wrong" for one in lint(text, "a.md").judged) == wrong


def test_prompts_and_names_with_digits_are_no_signs() -> None:
    assert verdicts("7\n>3+4\n7") == []
    assert verdicts("x2 - 2 x1 = 0") == []
    assert verdicts("3 > 2 + 4") == ["wrong"]
    assert verdicts("2x1 = 3") == ["wrong"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("0.9 ln(0.9/0.6) + 0.1 ln(0.1/0.4) = 0.3649 − 0.1386", "rounded"),
        ("−0.7 log₂ 0.7 − 0.3 log₂ 0.3 = 0.881", "right"),
        ("−0.7 log₂ 0.7 − 0.3 log₂ 0.3 = 0.818 bit", "wrong"),
        ("3 ln(2) = 0.639", "wrong"),
        ("In step 2 tanh(0.5) = 0.462", "unchecked"),  # the 2 counts the steps
        ("This costs −ln(0.05) = 2.699 nats", "wrong"),  # a verb is no term
        ("It scales the rest by 1/(1 − 0.2) = 1.52", "wrong"),
        ("5/7.071 = 0.707", "right"),
        ("(1·3 + 2·1)/(√5·√10) = 5/7.071", "rounded"),
    ],
)
def test_functions_behind_a_blank_belong_to_their_factor(text: str, verdict: str) -> None:
    assert [one.verdict for one in lint(text, "a.md").judged] == [verdict]


def test_a_partial_derivative_gives_its_letter_no_value() -> None:
    assert verdicts("For f we have ∂f/∂x = 2xy, which at (1, 3) is 6, and x² = 1.").count("wrong") == 0
