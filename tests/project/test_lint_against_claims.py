"""What becomes of a recorded statement when its sheet is linted: judged alike, otherwise, or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from support.lint_reports import report_of, sheet_of

from nnutils.audit import Claim, Verdict
from nnutils.audit.verdict import VerdictName
from nnutils.lint import Verdict as Found
from tools.lint_against_claims import Compared, compare, main, page

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
    assert (
        became(claim("37"), "confirmed", "12 * 3 = 37", "right", kind="count", stated="37").outcome
        == "working"
    )


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


def test_the_page_counts_and_lists_what_differs_and_unexplained_alarms() -> None:
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
    weights = Verdict("001-q1-weights", "001", "q1", "weights", "34,484", 34848, "wrong", "")
    rows = compare(claims, {"001-q1-it": verdict("confirmed"), "001-q1-weights": weights}, report)
    text = page({"001": rows}, {"001": report})
    assert "**Of 2 recorded statements 1 are found and judged alone as in the audit.**" in text
    assert text.count("| 001 | 2 | 1 | 1 | 0 | 0 | 0 |") == 1
    assert "| `001-q1-weights` | wrong | 34,484 | wrong |" in text
    assert "- `001-q1-it`: confirmed in the audit, wrong here (line 1: 55 * 55 * 96 = 290,400)." in text
    alarms = text.partition("## Alarms")[2]
    assert "001, line 2, wrong: 12 * 3 = 37. it is 36." in alarms and "34,484" not in alarms


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["001"], "does not name a sheet and a file"),
        (["001=none.txt", "--root", "nowhere"], "nowhere"),
    ],
)
def test_bad_arguments_are_one_line(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    seen = capsys.readouterr()
    assert words in seen.err and seen.err.count("\n") == 1 and not seen.out
