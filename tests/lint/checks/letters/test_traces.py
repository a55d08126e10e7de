"""Trace tables: values, tangents and adjoints row by row; a wrong row is found."""

from __future__ import annotations

import math
import random

import pytest

from nnutils.lint.checks.letters.trace_rows import traces_in
from nnutils.lint.checks.letters.traces import check_traces
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.numbers import ENGLISH
from nnutils.lint.sheets import Piece, Sheet, Table, piece_of

CAPTION = "y = f(x_1, x_2) = ln(x_1) + x_1 x_2 − sin(x_2) at (x_1, x_2) = (2, 5)"
FORWARD = """\
v_{−1} | = x_1 | = 2
v_0 | = x_2 | = 5
v_1 | = ln(v_{−1}) | = ln(2) | = 0.6931
v_2 | = v_{−1} × v_0 | = 2 × 5 | = 10
v_3 | = sin(v_0) | = sin(5) | = −0.9589
v_4 | = v_1 + v_2 | = 0.6931 + 10 | = 10.6931
v_5 | = v_4 − v_3 | = 10.6931 + 0.9589 | = 11.6521
y | = v_5 | = 11.6521"""
TANGENTS = """\
v̇_{−1} | = ẋ_1 | = 1
v̇_0 | = ẋ_2 | = 0
v̇_1 | = v̇_{−1}/v_{−1} | = 1/2
v̇_2 | = v̇_{−1} × v_0 + v_{−1} × v̇_0 | = 1 × 5 + 2 × 0 | = 5
v̇_3 | = cos(v_0) × v̇_0 | = cos(5) × 0 | = 0
v̇_4 | = v̇_1 + v̇_2 | = 0.5 + 5 | = 5.5
v̇_5 | = v̇_4 − v̇_3 | = 5.5"""
ADJOINTS = """\
v̄_5 | = ȳ | = 1
v̄_4 | = v̄_5 ((∂v_5)/(∂v_4)) | = 1
v̄_3 | = v̄_5 ((∂v_5)/(∂v_3)) | = −1
v̄_1 | = v̄_4 ((∂v_4)/(∂v_1)) | = 1
v̄_2 | = v̄_4 ((∂v_4)/(∂v_2)) | = 1
v̄_0 | = v̄_3 ((∂v_3)/(∂v_0)) | = −0.2837
v̄_{−1} | = v̄_2 ((∂v_2)/(∂v_{−1})) | = 5
v̄_0 | = v̄_0 + v̄_2 ((∂v_2)/(∂v_0)) | = 1.7163
v̄_{−1} | = v̄_{−1} + v̄_1 ((∂v_1)/(∂v_{−1})) | = 5.5
x̄_2 | = v̄_0 | = 1.7163
x̄_1 | = v̄_{−1} | = 5.5"""


def table(text: str, caption: str = CAPTION) -> Sheet:
    """Return a sheet with a caption and a table whose rows are the lines of a text, cells between bars."""
    source = caption + "\n" + text
    blocks: list[Piece | Table] = [piece_of(caption)]
    place, rows = len(caption) + 1, []
    for line in text.split("\n"):
        cells = []
        for cell in line.split("|"):
            cells.append(piece_of(cell, place))
            place += len(cell) + 1
        rows.append(tuple(cells))
    blocks.append(Table(tuple(rows), 0))
    return Sheet("sheet.txt", source, tuple(blocks))


def judged(sheet: Sheet) -> list[Finding]:
    return list(check_traces(Context(sheet, ENGLISH)))


def alarms(text: str) -> list[tuple[str, str, str]]:
    found = judged(table(text))
    return [(one.verdict, one.stated, one.computed) for one in found if one.verdict != "right"]


def test_a_right_trace_has_no_alarm_in_a_table_nor_in_lines() -> None:
    whole = "\n".join((FORWARD, TANGENTS, ADJOINTS))
    assert alarms(whole) == []
    assert len(judged(table(whole))) > 20
    lines = piece_of(CAPTION + "\n" + FORWARD.replace(" | ", " "))
    found = judged(Sheet("sheet.txt", lines.text, (lines,)))
    assert len(found) >= 6 and {one.verdict for one in found} == {"right"}


@pytest.mark.parametrize(
    "old, new, computed",
    [
        ("= −0.9589", "= −0.9859", "−0.9589"),
        ("= 2 × 5 | = 10", "= 2 × 5 | = 12", "10"),
        ("= 10.6931 + 0.9589 | = 11.6521", "= 10.6931 − 0.9589 | = 9.7342", "11.6521"),
        ("= ln(2) | = 0.6931", "= ln(2) | = 0.6391", "0.6931"),
        ("y | = v_5 | = 11.6521", "y | = v_5 | = 11.5621", "11.6521"),
        ("= ln(v_{−1}) |", "= ln(v_1) |", "0.693147 from v_-1"),
        ("= 0.5 + 5 | = 5.5", "= 0.5 + 5 | = 6.5", "5.5"),
        ("= v̇_4 − v̇_3 | = 5.5", "= v̇_4 − v̇_3 | = 4.5", "5.5"),
        ("= v̄_5 ((∂v_5)/(∂v_3)) | = −1", "= v̄_5 ((∂v_5)/(∂v_3)) | = 1", "−1"),
        ("= −0.2837", "= 0.2837", "−0.2837"),
        ("x̄_1 | = v̄_{−1} | = 5.5", "x̄_1 | = v̄_{−1} | = 6.5", "5.5"),
        ("(∂v_0)) | = 1.7163", "(∂v_0)) | = 2.2837", "1.7163"),
    ],
)
def test_a_wrong_row_is_found(old: str, new: str, computed: str) -> None:
    whole = "\n".join((FORWARD, TANGENTS, ADJOINTS))
    assert old in whole
    found = alarms(whole.replace(old, new))
    assert ("wrong", computed) in [(verdict, right) for verdict, _, right in found], found


def test_a_tangent_that_is_not_the_derivative_of_its_row_is_found() -> None:
    changed = TANGENTS.replace(
        "cos(v_0) × v̇_0 | = cos(5) × 0 | = 0", "sin(v_0) × v̇_{−1} | = sin(5) × 1 | = −0.9589"
    )
    found = judged(table(f"{FORWARD}\n{changed}"))
    assert [one.why for one in found if one.verdict == "wrong"][0].startswith(
        "It is the derivative of the row of v_3"
    )


def test_a_function_that_is_traced_with_another_sign_is_found_at_its_end() -> None:
    changed = FORWARD.replace("= v_4 − v_3 | = 10.6931 + 0.9589 | = 11.6521", "= v_4 + v_3 | = 9.7342")
    found = alarms(changed.replace("y | = v_5 | = 11.6521", "y | = v_5 | = 9.7342"))
    assert found == [("wrong", "9.7342", "11.6521")]


def test_a_product_behind_a_bar_may_be_meant_as_the_divisor() -> None:
    text = "v_0 | = 9\nv_1 | = 1/v_0 | = 1/9\nv̇_0 | = 1\nv̇_1 | = −v̇_0/v_0 × v_0 | = −1/81"
    text += "\nv_2 | = v_1 + 1 | = 10/9"
    found = judged(table(text, "Here is a trace."))
    assert [one.verdict for one in found if one.verdict != "right"] == ["suspicious"]


def test_a_trace_that_begins_again_goes_on_with_what_was_given() -> None:
    text = (
        "v_{-1} = 2, v_0 = 5, v_1 = v_{-1} + v_0 = 7, v_2 = v_1 · 3 = 21. Now with a product: "
        "v_1 = v_{-1} · v_0 = 10, v_2 = v_1 · 4 = 40, v_3 = v_2 + v_0 = 45"
    )
    (sheet,) = [Sheet("sheet.txt", text, (piece_of(text),))]
    first, second = (rows for _, rows in traces_in(Context(sheet, ENGLISH)))
    assert [row.names for row in first] == [["v_-1"], ["v_0"], ["v_1"], ["v_2"]]
    assert [row.names for row in second] == [["v_-1"], ["v_0"], ["v_1"], ["v_2"], ["v_3"]]
    assert second[2].sides[0].text == "v_{-1} · v_0"


@pytest.mark.parametrize(
    "text",
    [
        "w_1 = w_1 − 0.1 · 2 = 0.8, w_2 = 3, w_3 = w_1 + w_2 = 3.8, w_3 = 4",
        "h_1 = 3, h_2 = 4 and h_3 = 5 are the widths.",
        "Let v_1 = a + b, v_2 = a v_1, v_3 = f(v_2).",
        "v_0 = 2, v_1 = v_0 + 1 = 3, v_2 = v_1² = 9. Now let v_0 = 3: v_1 = v_0 + 1 = 4, v_2 = v_1² = 16.",
        "x_1 = 2 and x_2 = 3: z_1 = x_1 + x_2 = 5. For x_1 = 4: z_1 = x_1 + x_2 = 7, z_2 = 2 z_1 = 14",
    ],
)
def test_what_is_no_trace_or_is_told_twice_is_no_alarm(text: str) -> None:
    sheet = Sheet("sheet.txt", text, (piece_of(text),))
    assert not [one for one in judged(sheet) if one.verdict not in ("right", "unchecked")]


def test_each_changed_value_of_a_random_trace_is_found() -> None:
    chance = random.Random(4)
    for _ in range(60):
        a, b = chance.randint(2, 9), chance.randint(2, 9)
        first, second = a * b, math.sin(a)
        third = first / b + second
        values = [f"{first}", f"{second:.4f}".replace("-", "−"), f"{third:.4f}".replace("-", "−")]
        rows = "v_0 | = {a}\nv_1 | = {b}\nv_2 | = v_0 v_1 | = {0}\nv_3 | = sin(v_0) | = {1}"
        rows += "\nv_4 | = v_2/v_1 + v_3 | = {2}"
        assert "wrong" not in {
            one.verdict for one in judged(table(rows.format(*values, a=a, b=b), "A trace."))
        }
        place = chance.randrange(3)
        digits = list(values[place])
        spots = [index for index, sign in enumerate(digits) if sign.isdigit()]
        spot = chance.choice(spots[:-1] or spots)  # the last digit may be off by one
        digits[spot] = str((int(digits[spot]) + chance.randint(2, 8)) % 10)
        changed = [*values[:place], "".join(digits), *values[place + 1 :]]
        found = judged(table(rows.format(*changed, a=a, b=b), "A trace."))
        assert changed[place] in {one.stated for one in found if one.verdict == "wrong"}, changed


def test_a_row_that_quotes_a_wrong_number_follows_from_it() -> None:
    rows = ["v_0 | = 5", "v_1 | = v_0 + 3 | = 9", "v_2 | = v_1 · v_0 | = 9 · 5 | = 40"]
    found = judged(table("\n".join(rows), "A trace."))
    assert [one.stated for one in found if one.verdict == "wrong"] == ["9"]
    rows[2] = "v_2 | = v_1 · v_0 | = 7 · 5 | = 40"  # no row states the 7
    found = judged(table("\n".join(rows), "A trace."))
    assert [one.stated for one in found if one.verdict == "wrong"] == ["9", "7 · 5"]
