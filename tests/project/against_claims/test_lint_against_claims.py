"""What becomes of a recorded statement when its sheet is linted: judged alike, otherwise, or not at all."""

from __future__ import annotations

import re
from typing import Any

import pytest
from support.lint_reports import report_of, sheet_of

from nnutils.audit import Claim, Verdict
from nnutils.audit.verdict import VerdictName
from nnutils.core.errors import NNUtilsError
from nnutils.lint import Verdict as Found
from tools.against_claims.comparing import Compared, compare, reason
from tools.against_claims.writing import Alarm, Read, open_alarms, page, with_recorded
from tools.lint_against_claims import main

SOURCE = """\
conv1: 55 * 55 * 96 = 290,400 units, 96 * 11 * 11 * 3 = 34,484 weights.
The output is 55 x 55 x 96, and y = a + b. 12 * 3 = 37
"""


def claim(stated: Any, kind: str = "number", **more: Any) -> Claim:
    return Claim("001-q1-it", "001", "something", stated, kind, **more)


def verdict(name: VerdictName) -> Verdict:
    return Verdict("001-q1-it", "001", "q1", "something", "1", "1", name, "")


def became(one: Claim, name: VerdictName, text: str, found: Found, **more: Any) -> Compared:
    report = report_of(sheet_of(SOURCE), (text, found, more))
    (row,) = compare([one], {"001-q1-it": verdict(name)}, report)
    return row


UNITS = "55 * 55 * 96 = 290,400"
PRODUCT = {"stated": "290,400"}


@pytest.mark.parametrize(
    ("name", "found", "outcome"),
    [
        ("confirmed", "right", "agrees"),
        ("confirmed", "wrong", "differs"),
        ("confirmed", "rounded", "differs"),
        ("wrong", "wrong", "agrees"),
        ("wrong", "right", "differs"),
        ("rounded", "rounded", "agrees"),
        ("convention", "right", "agrees"),
        ("unreadable", "wrong", "left"),
        ("wrong", "suspicious", "left"),
        ("confirmed", "unchecked", "left"),
    ],
)
def test_a_written_product_is_judged_alone(name: VerdictName, found: Found, outcome: str) -> None:
    one = claim("290,400", expression="55 * 55 * 96")
    assert became(one, name, UNITS, found, **PRODUCT).outcome == outcome


def test_another_product_with_the_same_result_is_not_it() -> None:
    one = claim("290,400", expression="50 * 5808")
    assert became(one, "confirmed", UNITS, "right", **PRODUCT).outcome == "working"
    assert (
        became(claim("290,401", expression="55 * 55 * 96"), "wrong", UNITS, "right", **PRODUCT).outcome
        == "person"
    )


def test_arithmetic_does_not_say_what_a_number_counts() -> None:
    one = claim("290,400")
    assert became(one, "wrong", UNITS, "right", **PRODUCT).outcome == "working"
    assert became(one, "wrong", UNITS, "right", kind="count", **PRODUCT).outcome == "differs"
    assert became(one, "confirmed", UNITS, "right", kind="count", **PRODUCT).outcome == "agrees"
    short = became(claim("37"), "confirmed", "12 * 3 = 37", "right", kind="count", stated="37")
    assert short.outcome == "person"


def test_a_shape_is_found_by_its_numbers_in_order() -> None:
    text, more = "55 x 55 x 96", {"stated": "55 x 55 x 96", "kind": "output size"}
    assert became(claim([55, 55, 96], "shape"), "confirmed", text, "right", **more).outcome == "agrees"
    assert became(claim([55, 96, 55], "shape"), "confirmed", text, "right", **more).outcome == "person"


def test_a_formula_is_found_by_its_letters_and_its_factors_need_a_person() -> None:
    formula = claim(r"y = a + b", "formula")
    assert became(formula, "confirmed", "y = a + b", "unchecked", cause="letters").outcome == "person"
    longer = claim(r"55 \times 55 \times 96", "formula")
    assert became(longer, "wrong", UNITS, "right", **PRODUCT).outcome == "working"
    whole = claim(r"55 \times 55 \times 96 = 290400", "formula")
    assert became(whole, "wrong", UNITS, "wrong", **PRODUCT).outcome == "agrees"


@pytest.mark.parametrize("kind", ["step", "conclusion"])
def test_a_step_in_words_needs_a_person(kind: str) -> None:
    assert became(claim(True, kind), "confirmed", UNITS, "right", **PRODUCT).outcome == "person"


def where(claim_id: str, stated: Any, *lines: int, kind: str = "number", **more: Any) -> str:
    """The outcome of a statement that stands on the lines given."""
    report = report_of(
        sheet_of(SOURCE),
        (UNITS, "right", PRODUCT),
        ("96 * 11 * 11 * 3 = 34,484", "wrong", {"stated": "34,484"}),
        ("55 x 55 x 96", "right", {"stated": "55 x 55 x 96", "kind": "output size"}),
    )
    one = Claim(claim_id, "001", "something", stated, kind, **more)
    name = claim_id.rpartition("-")[0]
    return compare([one], {claim_id: verdict("confirmed")}, report, {name: (lines[0], lines[-1])})[0].outcome


def test_a_statement_is_looked_for_on_its_lines_only() -> None:
    assert where("001-q1-units-product", "290,400", 1, expression="55 * 55 * 96") == "agrees"
    assert where("001-q1-units-product", "290,400", 2, expression="55 * 55 * 96") == "person"
    report = report_of(sheet_of(SOURCE), (UNITS, "right", PRODUCT))
    one = claim("290,400", expression="55 * 55 * 96")
    for places, outcome in (({"001": (2, 2), "001-q1": (1, 1)}, "agrees"), ({"001-q": (2, 2)}, "agrees")):
        assert compare([one], {one.id: verdict("confirmed")}, report, places)[0].outcome == outcome


def test_a_short_number_needs_its_one_line() -> None:
    assert where("001-q1-units-side", "55", 1) == "working"
    assert where("001-q1-units-side", "55", 1, 2) == where("001-q1-units-side", "54", 1) == "person"
    assert where("001-q1-units-sides", [55, 55], 1, kind="shape") == "working"
    assert where("001-q1-units-sides", [55, 96], 1, kind="shape") == "working"
    assert where("001-q1-units-sides", [96, 55], 1, kind="shape") == "person"


def test_a_number_in_words_has_its_value() -> None:
    report = report_of(
        sheet_of("It has 2 million.\n"), ("2 million", "wrong", {"stated": "2 million", "kind": "count"})
    )
    for stated, outcome in ((2000000, "agrees"), (2000, "person")):
        assert compare([claim(stated)], {"001-q1-it": verdict("wrong")}, report)[0].outcome == outcome


def test_an_input_is_no_output() -> None:
    assert where("001-q1-conv1-output", [55, 55, 96], 2, kind="shape") == "agrees"
    assert where("001-q1-conv1-input", [55, 55, 96], 2, kind="shape") == "working"


def test_names_in_an_expression_have_no_factors() -> None:
    assert where("001-q1-conv1-product", "34,484", 1, expression="conv1_filters * 11 * 11 * 3") == "differs"
    assert where("001-q1-conv1-product", "34,484", 1, expression="conv1_filters * 13 * 11 * 3") == "working"


def test_a_row_of_a_trace_names_the_side_that_it_judges() -> None:
    sheet = sheet_of("v_1 = ln(v_1) = 2 * 5\n")
    report = report_of(sheet, ("ln(v_1)", "wrong", {"kind": "trace"}), ("2 * 5", "right", {"kind": "trace"}))
    for stated, outcome in (
        (r"v_1 = \ln(v_1)", "agrees"),
        ("v_1 = v_1", "person"),
        (r"2 \times 5", "differs"),
    ):
        one = claim(stated, "formula")
        assert compare([one], {one.id: verdict("wrong")}, report, {"001": (1, 1)})[0].outcome == outcome


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (claim(True, "step"), "it is said in words"),
        (claim(["x > 0"], "conclusion"), "it is said in words"),
        (claim("7", restored="a 1 was lost"), "the scan damaged it; the record restores it"),
        (claim(None, legible=False), "the scan lost what it says"),
        (claim("y = a", "formula", expression="a"), "a formula in letters, which the question defines"),
        (claim("3 * 7", "formula", expression="3 * 7"), "a formula without a result beside it"),
        (claim([7, 7], "shape"), "a size or a list, without what gives it"),
        (claim("7"), "a number without a working beside it"),
    ],
)
def test_why_a_statement_needs_a_person(one: Claim, why: str) -> None:
    (row,) = compare([one], {one.id: verdict("confirmed")}, report_of(sheet_of(SOURCE)))
    assert row.outcome == "person" and reason(row) == why


def small_reading() -> Read:
    """Two statements, one of them wrong, and an alarm that is neither."""
    report = report_of(
        sheet_of(SOURCE),
        (UNITS, "wrong", PRODUCT),
        ("96 * 11 * 11 * 3 = 34,484", "wrong", {"stated": "34,484", "computed": "34,848"}),
        ("12 * 3 = 37", "wrong", {"stated": "37", "computed": "36"}),
    )
    claims = [
        claim("290,400", expression="55 * 55 * 96"),
        Claim("001-q1-weights", "001", "weights", "34,484", "number", expression="96 * 11 * 11 * 3"),
    ]
    weights = Verdict("001-q1-weights", "001", "q1", "weights", "34,484", 34848, "wrong", "", cause="a slip")
    rows = compare(claims, {"001-q1-it": verdict("confirmed"), "001-q1-weights": weights}, report)
    return Read("without a network", {"001": rows}, {"001": report})


def test_the_page_counts_and_lists_errors_differences_and_alarms() -> None:
    text = page([small_reading()], [], {"001-q1-it": "A reason."}, ["the rest"])
    assert "of 2 statements 1 are found and judged alone as in the audit. Of 1 numbers" in text
    assert "they come from 1 causes, of which 1 are found. Of the 0 other" in text
    assert "0 are found. 1 alarms are none of the sheet's errors." in text
    assert text.count("| 001, without a network | 2 | 1 | 1 | 0 | 0 | 0 |") == 1
    assert "| `001-q1-weights` | `34,484` | 34,848 | a slip | yes, line 1: wrong |" in text
    assert "- `001-q1-it`, line 1, without a network, `55 * 55 * 96 = 290,400`: confirmed in" in text
    assert "wrong here. **A reason.**" in text
    alarms = text.partition("## Alarms")[2]
    assert "001, line 2, wrong: `12 * 3 = 37`. it is 36. **No reason is given.**" in alarms
    assert "34,484" not in alarms and "290,400" not in alarms
    assert alarms.endswith("begin -->\nthe rest\n<!-- statements as recorded: end -->\n")


@pytest.mark.parametrize(
    ("name", "found", "said"),
    [
        ("rounded", "wrong", "no: its row is wrong by another number"),
        ("rounded", "rounded", "in the working, line 1: rounded"),
        ("wrong", "wrong", "in the working, line 1: wrong"),
        ("wrong", "suspicious", "in the working, line 1: suspicious"),
        ("wrong", "right", "no: its arithmetic is right, what it counts is in the question"),
    ],
)
def test_an_error_is_found_in_its_working_if_that_is_not_right(
    name: VerdictName, found: Found, said: str
) -> None:
    report = report_of(sheet_of(SOURCE), (UNITS, found, PRODUCT))
    rows = compare([claim("290,400")], {"001-q1-it": verdict(name)}, report)
    text = page([Read("without a network", {"001": rows}, {"001": report})], [], {}, [])
    (row,) = re.findall(r"^\| `001-q1-it`.*\| (.+?) \|$", text, re.MULTILINE)
    assert row == said
    assert (f"| {said.removeprefix('no: ')} | 1 |" in text) == said.startswith("no")
    assert f"rounded {int(not said.startswith('no'))} are found; they come" in text


def test_the_part_that_needs_no_sheet_is_made_anew() -> None:
    text = page([small_reading()], [], {}, ["old"])
    assert with_recorded(text, ["new"]) == page([small_reading()], [], {}, ["new"])
    with pytest.raises(NNUtilsError, match="no part on recorded"):
        with_recorded(text.partition("old")[2], ["new"])


def test_each_alarm_needs_a_reason_and_each_reason_an_alarm() -> None:
    told = Alarm("001", 2, "12 * 3 = 37", "It is meant so.")
    assert open_alarms([small_reading()], [told]) == []
    assert "**It is meant so.**" in page([small_reading()], [told], {}, [])
    assert open_alarms([small_reading()], []) == ["001, line 2: no reason for 12 * 3 = 37"]
    moved = Alarm("001", 3, "12 * 3 = 37", "It is meant so.")
    assert len(open_alarms([small_reading()], [moved])) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["001"], "does not name a sheet and a file"),
        (["001=none.txt", "--root", "nowhere"], "nowhere"),
        (["--root", "nowhere"], "nowhere"),
        ([], "Neither a sheet nor a page"),
        (["999=none.txt"], "No claim is of sheet '999'. The sheets are 000, 001"),
    ],
)
def test_bad_arguments_are_one_line(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    seen = capsys.readouterr()
    assert words in seen.err and seen.err.count("\n") == 1 and not seen.out
