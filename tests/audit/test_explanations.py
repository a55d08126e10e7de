"""Wrong numbers are explained by a search in the right derivation; what is right, or damaged, is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.audit_claims import judged

from nnutils import Conv2d, Network, autodiff, count
from nnutils.audit import summary
from nnutils.audit.explanations import explanations_of
from nnutils.audit.searching import working_as_written
from nnutils.core.errors import ClaimError
from nnutils.core.worked import Worked
from nnutils.slips import quantities, rows_as_quantities

ROOT = Path(__file__).resolve().parents[2]
NETWORK = Network((3, 227, 227), [Conv2d(96, 11, stride=4, name="conv1")])
WEIGHTS = count(NETWORK)["conv1"].weights  # 96 · 3 · 11 · 11 = 34,848


def test_a_wrong_number_is_explained_from_the_right_derivation() -> None:
    verdict = judged("number", "11,616", WEIGHTS)
    assert verdict.explained == ["The factor 3 (input channels) is left out, so 96 · 11 · 11 is computed."]
    assert verdict.why == "explained: The factor 3 (input channels) is left out, so 96 · 11 · 11 is computed"
    assert verdict.cause == "The factor 3 (input channels) is left out, so 96 · 11 · 11 is computed"


def test_the_other_numbers_of_the_question_are_asked_too() -> None:
    units = count(NETWORK)["conv1"].units
    assert judged("number", int(units), WEIGHTS).explained == []
    found = judged("number", int(units), WEIGHTS, among=quantities(NETWORK)).explained
    assert found == ["290,400 (units of conv1) is used in place of 34,848 (weights)."]


def test_a_derivation_stands_for_a_plain_value_and_has_to_give_it() -> None:
    table = autodiff.trace(lambda x1, x2: 1 / (x1 + x2) + x2 * x2, 3, 6).reverse()
    row = table.primal.rows[-1]
    options: dict[str, Any] = {"derivation": row, "among": rows_as_quantities(table)}
    assert judged("number", "36.0278", row.value).explained == []
    assert judged("number", "36.0278", row.value, **options).explained == [
        "36 (v₃) is used in place of 9 (v₁)."
    ]
    with pytest.raises(ClaimError, match="The derivation gives 36.1"):
        judged("number", "36.0278", 36.2, **options)
    with pytest.raises(ClaimError, match="does not use among="):
        judged("step", True, True, among=quantities(NETWORK))


def test_ties_are_all_named() -> None:
    square = Worked(4, "rows") * Worked(4, "columns") * 7
    verdict = judged("number", 28, square)
    assert len(verdict.explained) == 2 and "; or: The factor 4 (columns)" in verdict.why


@pytest.mark.parametrize(
    ("stated", "fields", "case"),
    [
        (34848, {}, {}),
        ("11,616", {"legible": False}, {}),
        ("11,616", {}, {"conventions": {"one channel": 96 * 121}}),
        ("11,616", {}, {"missing": {"two channels": WEIGHTS - 96 * 121}}),
        ("71,993", {}, {}),
    ],
)
def test_nothing_is_searched_where_nothing_is_wrong_or_known(
    stated: Any, fields: dict[str, Any], case: dict[str, Any]
) -> None:
    assert judged("number", stated, WEIGHTS, fields, **case).explained == []


def test_a_short_number_without_a_derivation_is_not_explained() -> None:
    assert judged("number", 1, 2).explained == []
    assert judged("number", 153, 135).explained != []


def test_a_list_is_explained_by_its_first_wrong_entry() -> None:
    sizes = [Worked(96, "channels"), Worked(5, "rows") * Worked(11, "columns"), 55]
    assert judged("shape", [96, 16, 55], sizes).explained == [
        "5 (rows) and 11 (columns) are added where they should be multiplied."
    ]
    assert judged("shape", [[100, 200], [300, 40]], np.array([[100, 200], [300, 400]])).explained
    assert judged("shape", [96, 55], sizes).explained == []


def test_a_working_is_a_derivation_as_far_as_it_is_whole_numbers() -> None:
    working = working_as_written("(600000 + 2 * n - 4) // 3", {"n": 10})
    assert working is not None and working == 200005
    assert working_as_written("1 / 0", {}) is None
    assert working_as_written("2 * missing", {}) is None
    assert working_as_written("x @ y", {"x": np.ones(2), "y": np.ones(2)}) is None
    assert working_as_written("0.5 * 3", {}) == Worked(3) / 2


def test_the_share_is_that_of_the_wrong_numbers() -> None:
    verdicts = [
        judged("number", "11,616", WEIGHTS),
        judged("number", "71,993", WEIGHTS),
        judged("number", 34848, WEIGHTS),
        judged("given", "11,616", WEIGHTS, {"of": "number"}),
        judged("formula", "2 x", 5.0, {"expression": "2 * x"}, given={"x": 3.0}),
    ]
    listed = explanations_of(verdicts)
    assert listed.sentence == "Of 2 wrong statements with numbers 1 is explained by search (50 %)."
    assert [row[4] for row in listed.table.rows] == [verdicts[0].explained[0], "not explained"]
    assert listed.as_markdown().count("\n| 001 |") == 2
    assert "not explained" in listed._repr_html_()


def test_a_bar_does_not_break_the_page() -> None:
    verdict = judged("number", "11,616", WEIGHTS, {"says": "|W|"})
    assert "| \\|W\\| |" in explanations_of([verdict]).as_markdown()


@pytest.mark.slow
def test_the_page_of_the_book_is_what_the_audits_give_now() -> None:
    page = (ROOT / "docs/explained_numbers.md").read_text(encoding="utf-8")
    assert page == summary(ROOT).explanations.as_markdown(), "python -m nnutils.audit --explanations"
