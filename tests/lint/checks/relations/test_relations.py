"""What is found and how it is judged: one line of a sheet each."""

from __future__ import annotations

import pytest

from nnutils.lint import Finding, lint
from nnutils.lint.checks.relations import check_relations
from nnutils.lint.context import Context
from nnutils.lint.numbers import ENGLISH
from nnutils.lint.sheets import Sheet, piece_of


def judged(*lines: str) -> list[Finding]:
    """Judge the relations of paragraphs of plain text."""
    pieces, start = [], 0
    for line in lines:
        pieces.append(piece_of(line, start))
        start += len(line) + 2
    return list(check_relations(Context(Sheet("a.txt", "\n\n".join(lines), tuple(pieces)), ENGLISH)))


RIGHT = """
See section 3.2 for 4 = 2 + 2
Exercise 4 (6 points): compute 3 × 3 = 9
max(0, -3) = 0
The output is 55 × 55 × 96 = 290,400 values.
3/4 = 0.75
2/3 = 0.67
2/3 ≈ 0.7
10^6 = 1,000,000
1.2 × 10^6 = 1,200,000
6.1 × 10^7 ≈ 60,965,224
34,848 ≈ 35k
60,965,224 ≈ 61M
4 × 60,965,224 = 243.9 MB
243,860,896 / 1024^2 = 232.6
log2(8) = 3
log 100 = 2
log_{10}(1000) = 3
e^{-1} = 0.3679
exp(0.5) = 1.6487
sin(5) = -0.9589
−sin(3) = −0.1411
σ(2) = 0.88
1/(1 + e^(−2)) = 0.88
1 + 2 + 4 + … + 64 = 127
2 + 4 + ... + 10 = 30
1 + 4 + 9 + … + 100 = 385
∑_{i=1}^(10) i = 55
5! + 1 = 121
3/5 = 60%
60% of 500 = 300
20 % + 30 % = 50 %
2(3+4) = 14
|-3| = 3
√(9 + 16) = 5
⌊(64 − 8 + 2·3)/2⌋ + 1 = 32
128x128x64 x5x5x64 = 1,677,721,600
96 × 363 + 96 = 34,944 parameters (34,848 weights)
Each of 96 kernels has weights, so there are 96 · 363 = 34,848 of them
let n = 10. Then n(n+1)/2 = 55.
h_1 = 5, h_2 = 6, h_1 + h_2 = 11
P(A) = 1/3 + 1/6 = 1/2
3 times 4 equals 12
50 × 50 pixels = 2500 pixels
96 * 363 => 34848
128 + 64 -> 192 channels
3 × 3 kernels, so 9 weights
96 kernels times 11 × 11 × 3 weights, hence 34,848 weights
0.6931 + 10 = 10.6931
448 = 2 * 3 * 74 + 4
¾ of 400 = 300
145 = 1! + 4! + 5!
Half of it is 2/4 = <<2/4=0.5>>0.5 hours
x[0] = 3, x[1] = 4, x[0] + x[1] = 7
(33/23)^4 = 1.434782608695652^4
3 · 4 = 12 weights = 48 bytes
5 < 7 - 1
"""

WRONG = {
    "3 · 4, ~15 in all": ("15", "12"),
    "(as 3 · 4 > 15)": ("15", "12 and 15"),
    "the net (with 3 · 4 = 15 weights)": ("15", "12"),
    "6x7 + 7x5 = 78": ("78", "77"),
    "96 * 11 * 11 * 3 = 34,484 weights": ("34,484", "34,848"),
    "600,000 + 375,000 + 18750 = 453,750": ("453,750", "993,750"),
    "F= 128x128x64 x5x5x64 = 3,355,443,200": ("3,355,443,200", "1,677,721,600"),
    "448 = 2 * 3 * 75": ("448", "450"),
    "8 = 2^3 = 2*2*2 = 9": ("9", "8"),
    "exp(-1) = 0.3697": ("0.3697", "0.3679"),
    "60,965,224 ≈ 67 million": ("67 million", "61,000,000"),
    "3 ≠ 4 − 1": ("3", "3 and 3"),
    "3 + 4 · 5 = 35": ("35", "23"),
    "h_1 = 5, h_2 = 6, h_1 + h_2 = 12": ("12", "11"),
    "weights = 34,848 and biases = 96, so parameters = weights + biases = 34,954": ("34,954", "34,944"),
    "n = 10, so n^2 = 100 and n^3 = 1001": ("1001", "1,000"),
    "1/3 + 1/6 = 2/3": ("2/3", "1/2 (0.5)"),
    "96 * 363 => 34,844": ("34,844", "34,848"),
    "11 × 11 × 3 gives 336": ("336", "363"),
    "(227 − 11)/4 + 1 gives 56": ("56", "55"),
    "37,748,736 / 60,965,224 = 62.9 %": ("62.9 %", "0.619"),
    "∑_{i=1}^(10) i = 56": ("56", "55"),
    "146 = 1! + 4! + 5!": ("146", "145"),
    "It is 2/4 = <<2/4=0.6>>0.5 hours": ("0.6", "0.5"),
    "x[0] = 3, x[1] = 4, x[0] + x[1] = 8": ("8", "7"),
    "(33/23)^4 = 1.434782608795652^4": ("1.434782608795652^4", "4.23784"),
    "500-100 = 300": ("300", "400"),
    "5 > 7 - 1": ("5", "5 and 6"),
    "60% of 500 = 320": ("320", "300"),
    "1 + 2 + … + 100 = 5,500": ("5,500", "5,050"),
}

OTHERWISE = {
    "2/3 = 0.66": "rounded",
    "100/3 = 33": "rounded",
    "100/3 = 34": "suspicious",
    "7/2 = 3": "suspicious",
    "(224 - 11 + 4)/4 + 1 = 55": "rounded",
    "0.33 · 300 = 100": "suspicious",
    "96 × 363 = 34,848 + 96 = 34,944": "suspicious",
    "2 groups of 48 × 25 = 2400": "unchecked",
    "32 = ⌊(64 − 8 + 2p)/s⌋ + 1": "unchecked",
    "1/(3 − 3) = 0": "unchecked",
    "10^(10^10) = 1": "unchecked",
    "−2 + 20.4/20 = −2 + 1": "suspicious",
    "3*5 = 1 mod 7": "unchecked",
    "The quotient of 17 and 2 · 9 = 17/18": "unchecked",
    "n = 4 here, so for 2n < 6": "unchecked",
}

NOTHING = """
Layer 2 = 5 units
Figure 2 = the net
x = x + 1
k = 3, s = 2, p = 1
f(x) = x^2
ReLU(x) = max(0, x)
1 = 1.0
Pages 3-5 = three pages
on 2024-11-05 = Tuesday
version 2.1 > 2.0
call 555-1234 = home
55 × 55 × 96 -> 27 × 27 × 256
3×224×224 → 64×112×112
the 2nd = 5
so 3 of the 5 are right, i.e. 60 %
def f(n): return n == 3 + 1
>>> 3 + 4
3 + 4 =
= 7
0x10 = 16
3:00 = 15:00
1,2,3 = a list
11 × 11 gives 55
3 × 3 kernels, so 256 channels
the 3 × 3 convolution has 147,456 weights
72 products vs ~48
from 1~10 of them
<Float64Array>[ ~4.3333, ~3.8333, ~3.8333, ~4.3333 ]
3.25, ~3.8
test(sqrt(2) > 1.42)
solve([x + y = 4, 3 * 4 = 15], [x, y])
-6*2 = 1 mod13
n <- 2 + 1
2 + 2 <- 5
constraints := [x1+2x5 <= 4, 6x1+7x5 >= 104]
(√2+√3)^4−10 (√2+√3)^2+1=0
sections 32.9, 32.10, and the appendix (32.9-5)
`count=2` `limit=10**9`
the index with 1982-84 = 100
100-500 rows each, for a total of ~14k rows
06/02/1943 - 10 days = 05/23/1943
π/4 = 4 acot(2) - 5
y = 8. Then 2y + 1 = y + 3, so 2y - y = 3 - 1, and y = 2.
f'(0) = 12e^2 - 1 and g''(0) = 3 · 4
4915/2**14 at prec=13
numbers in one class: 2 ~ 3 ~ -5
11 · 9 ≡ 99 · 1 ≡ 24 · 1 (mod 25)
"""


@pytest.mark.parametrize("line", RIGHT.strip().split("\n"))
def test_what_is_right_is_found_and_right(line: str) -> None:
    assert {one.verdict for one in judged(line)} == {"right"}


@pytest.mark.parametrize("line", WRONG)
def test_what_is_wrong_is_found_with_the_right_value(line: str) -> None:
    wrong = [one for one in judged(line) if one.verdict == "wrong"]
    assert [(one.stated, one.computed) for one in wrong] == [WRONG[line]]
    assert {one.verdict for one in judged(line)} <= {"wrong", "right"}


@pytest.mark.parametrize("line", OTHERWISE)
def test_what_may_be_meant_otherwise_is_not_called_wrong(line: str) -> None:
    assert OTHERWISE[line] in [one.verdict for one in judged(line)]
    assert "wrong" not in [one.verdict for one in judged(line)]


@pytest.mark.parametrize("line", NOTHING.strip().split("\n"))
def test_what_states_nothing_about_numbers_is_left_alone(line: str) -> None:
    assert [one for one in judged(line) if one.verdict != "unchecked"] == []


def test_code_behind_a_prompt_is_no_statement_and_text_below_it_is() -> None:
    found = lint(
        "Text.\n\n>>> 2 + 2 == 5\nFalse\n>>> def f():\n...     return 1 + 1 == 3\n\n3 + 4 = 8", "a.txt"
    )
    assert [one.statement for one in found.judged] == ["3 + 4 = 8"]
    quoted = lint("> Someone wrote 3 + 4 = 8", "a.md")
    assert [one.verdict for one in quoted.judged] == ["wrong"]


def test_a_side_that_is_too_long_to_be_read_whole_is_not_judged_in_part() -> None:
    many = " + ".join(["1.5"] * 60)
    for line in (f"{many} = 90.0", f"90.0 = {many}", f"90.0 = {many} + 0"):
        assert {one.verdict for one in judged(line)} <= {"unchecked"}


@pytest.mark.parametrize("sum_", ["3 + 4 - 7", "5 - 9 + 1"])
def test_an_arrow_from_nothing_or_less_to_a_large_number_states_nothing(sum_: str) -> None:
    found = lint(f"Then {sum_} → 1234 of them. But {sum_} = 12.", "a.txt")
    assert [one.stated for one in found.judged] == ["12"] and found.problems == ()


def test_a_range_is_no_difference_and_a_difference_no_range() -> None:
    assert lint("The sizes 3-5 = small.", "a.txt").wrong == () == lint("On 3-5 = -3 it is.", "a.txt").wrong
    for text in ("It is 3 - 5 = -3.", "It is $3-5 = -3$."):
        assert [one.computed for one in lint(text, "a.md").wrong] == ["−2"]


def test_a_dash_before_a_formula_begins_an_item() -> None:
    assert [one.verdict for one in lint("- $-5 + 3 = -2$\n- $3 = 2 + 1$", "a.tex").judged] == ["right"] * 2
    assert [one.verdict for one in lint("$- 5 + 3 = -2$", "a.md").judged] == ["right"]


def test_the_bounds_of_an_integral_are_no_side() -> None:
    assert not lint(r"$\left. x^2 \right|_{-1}^2 = 3$ and $F |_0^1 = \frac{2}{15}$", "a.md").wrong


def test_each_digit_of_a_right_result_counts() -> None:
    text = "96 * 11 * 11 * 3 = 34,848"
    for place in range(text.index("=") + 2, len(text)):
        if text[place].isdigit():
            other = text[:place] + str((int(text[place]) + 3) % 10) + text[place + 1 :]
            assert [one.verdict for one in judged(other)] == ["wrong"], other


def test_a_name_of_the_line_above_is_used() -> None:
    found = judged("# units: 55 * 55 * 48 * 2 = 290,400", "# connections: # units * 11*11*3 = 10,542,972")
    assert [one.verdict for one in found] == ["right", "wrong"]
    assert found[1].computed == "105,415,200"


def test_a_name_given_anew_below_a_label_means_the_last_value() -> None:
    found = judged(
        "Layer 1: #units: 100", "# connections: #units * 3 = 300", "Layer 2: #units: 64", "#units * 3 = 192"
    )
    assert [one.verdict for one in found] == ["right", "right"]


def test_a_letter_with_two_values_is_reported_and_not_guessed() -> None:
    found = judged("k = 8 here.", "In the second part k = 5.", "Then 2k + 1 = 30 and 3k = 24.")
    assert [(one.verdict, one.cause) for one in found] == [("unchecked", "two values")] * 2


def test_the_place_is_that_of_the_statement() -> None:
    found = judged("First line.", "So 3 · 4 = 13, too.")[0]
    assert (found.start, found.statement, found.line, found.column) == (16, "3 · 4 = 13", 3, 4)


def test_the_slip_is_told() -> None:
    assert judged("11 * 11 * 3 = 336")[0].slips == ("6 and 3 are exchanged: 336 in place of 363.",)


def test_two_ways_of_writing_numbers() -> None:
    assert [one.verdict for one in lint("64 · 127 = 8.128 und 8.128 · 2 = 16.256", "a.txt").judged] == [
        "right"
    ] * 2
    assert [one.verdict for one in lint("1,5 · 3 = 4,5 und 0,25 + 0,5 = 0,75", "a.txt").judged] == [
        "right"
    ] * 2
    assert [one.verdict for one in lint("96 · 363 = 34 848 weights", "a.txt").judged] == ["right"]
    assert [one.verdict for one in lint("96 · 363 = 34'848 weights", "a.txt").judged] == ["right"]


@pytest.mark.parametrize(
    ("text", "computed"),
    [
        ("24x56^2 => 4214784 units", "75,264"),
        ("96*112^2 => 124224 units", "1,204,224"),
        ("32 · (50 + 5)² → 48,400 units", "96,800"),
        ("96 × 11 × 11 × 3 → 348,480 weights", "34,848"),
        ("with 8 filters 8 × 32² = 65,536 units", "8,192"),
        ("with 64 filters 64 × 68² = 29 536 units", "295 936"),
    ],
)
def test_a_number_far_off_is_wrong_where_it_is_meant_as_the_value(text: str, computed: str) -> None:
    assert [(one.verdict, one.computed) for one in lint(text, "a.txt").judged] == [("wrong", computed)]


@pytest.mark.parametrize(
    "text",
    [
        "55 × 55 × 96 → 27 × 27 × 96",
        "227 × 227 × 3 → 290,400 units",
        "3 × 3 × 64 → 128",
        "10^-2 → 10^-4",
        "2 groups of 2 · 25 = 100",
        "8 filters with 8 · 9 = 576",
    ],
)
def test_a_number_that_may_be_something_else_is_not_wrong(text: str) -> None:
    assert not lint(text, "a.txt").wrong


def test_a_line_that_begins_a_sentence_ends_an_expression() -> None:
    found = lint("2 × 501,335,424 = 1,002,670,848 FLOPs = 1.00 GFLOPs\nHand in by 20.9", "a.txt").judged
    assert [one.verdict for one in found] == ["right", "right"]
    assert [one.verdict for one in lint("3 · 4 =\n12 filters\nOf 5", "a.txt").judged] == ["right"]


def test_a_small_rounding_does_not_make_2_of_1() -> None:
    assert [one.verdict for one in lint("ln(2.7183) = 2 and 100/30 = 4", "a.txt").judged] == [
        "wrong",
        "suspicious",
    ]


def test_long_decimals_tell_how_a_sheet_writes_numbers() -> None:
    text = "sin(10) = -0.0540 and 40 · 3.1 = 124 und 64 · 127 = 8.128"
    assert [one.verdict for one in lint(text, "a.txt").judged][:2] == ["wrong", "right"]


@pytest.mark.parametrize(
    "text",
    [
        " + ".join(map(str, range(1, 60))) + " = 1771",
        "1771 = " + " + ".join(map(str, range(1, 60))),
        "The sum " + " + ".join(map(str, range(1, 60))) + " = 1770",
    ],
)
def test_a_side_with_very_many_parts_is_unchecked_with_its_cause(text: str) -> None:
    (found,) = lint(text, "a.txt").judged
    assert (found.verdict, found.cause) == ("unchecked", "too long")


def test_a_side_just_within_the_bound_is_judged() -> None:
    (found,) = lint(" + ".join(map(str, range(1, 40))) + " = 781", "a.txt").judged
    assert (found.verdict, found.computed) == ("wrong", "780")


@pytest.mark.parametrize("accent", ["vec", "bar", "hat", "dot"])
def test_a_name_may_have_an_accent(accent: str) -> None:
    text = rf"$\{accent}{{a}} = 2 \cdot 3 = 6$, $a = 100$ and $\{accent}{{a}} \cdot 2 = {{}}$"
    for stated, verdict in (("12", "right"), ("13", "wrong")):
        *_, found = lint(text.replace("{}", stated), "a.tex").judged
        assert (found.verdict, found.computed) == (verdict, "12")


def test_an_amount_in_two_units_is_one_however_far_off() -> None:
    found = lint("62,720,000 bytes = 95.81 MiB (1 MiB = 1024 * 1024 bytes).").wrong
    assert [(one.stated, one.computed) for one in found] == [("95.81 MiB", "59.81")]
    assert not lint("62,720,000 bytes = 59.81 MiB, and 3 = 12 of them").wrong


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("- in one place: 720,012 / 739,132 → 79.4 %", "0.974"),
        ("- in one place: 50² · 128 · 7² · 6 → 94.9 M", "94,100,000"),
        ("- in one place: 50² · 128 · 7² · 6 → 90.0 M", "94,100,000"),
        ("- 1.5 · 60 · 32 · 3 → 86,640", "8,640"),
    ],
)
def test_shares_and_millions_behind_an_arrow(text: str, right: str) -> None:
    assert [one.computed for one in lint(text, "a.md").wrong] == [right]


@pytest.mark.parametrize(
    "text",
    ["- 720,012 / 739,132 → 5 layers", "- 60 · 32 → 94.0 m", "- 3 · 60 · 32 · 3 → 42", "24 · 2 → 24.0 G"],
)
def test_what_an_arrow_leads_to_may_be_something_else(text: str) -> None:
    assert lint(text, "a.md").wrong == ()


def test_an_amount_in_another_unit_behind_an_arrow() -> None:
    text = "- 4 bytes each → 14,148,448 bytes → {} MB"
    assert [one.stated for one in lint(text.format("114.1"), "a.md").wrong] == ["114.1 MB"]
    assert [one.verdict for one in lint(text.format("14.2"), "a.md").findings] == ["rounded"]
    assert lint(text.format("14.1"), "a.md").findings == ()
    assert lint("- 4 bytes → 14.1 MB", "a.md").wrong == ()
