"""A formula is kept twice, as typeset and as an expression: both hold the same numerals.

Only the expression is judged, and only the typeset formula is shown.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from support.claim_numerals import same_numerals

from nnutils.audit import Claim, load_claims
from nnutils.audit.claim_files.claims import parts_of
from nnutils.audit.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]

SHORTHAND = {
    "001-q1-b1": "a vector of zeros is written as one zero",
    "001-q1-b2": "a vector of zeros is written as one zero",
    "002-q2-scale-zero-ones": "a sum of ones over an index is a sum over a vector of ones",
}
"""Claims whose typeset form counts the same numeral otherwise, and why."""


def formulas() -> list[Claim]:
    """Return every claim of the book that has a typeset formula and an expression."""
    every = [claim for part in parts_of(ROOT) for claim in load_claims(part, ROOT)]
    return [c for c in every if KINDS[c.judged_as].is_formula and c.expression and isinstance(c.stated, str)]


def test_the_typeset_formula_and_its_expression_hold_the_same_numerals() -> None:
    differ = {c.id for c in formulas() if not same_numerals(str(c.stated), c.expression)}
    assert differ == set(SHORTHAND)


@pytest.mark.parametrize(
    ("stated", "expression"),
    [
        (r"\frac{1}{2} x_1^{2} + 10{,}542", "x1 ** 2 / 2 * 1 + 10542"),
        (r"y = 3x_{12}", "3 * x12"),
        (r"W^{(1)T} x + 0.50", "W1.T @ x + 0.5"),
        (r"1{,}323 = 13 \times 98 \cdot 98", "13 * 98 * 98"),
        (r"h_1 - h_2", "h1 - h2"),
    ],
)
def test_a_transcription_agrees_and_with_another_digit_it_does_not(stated: str, expression: str) -> None:
    assert same_numerals(stated, expression)
    assert not same_numerals(stated, expression + " + 4")
    assert not same_numerals(stated + " + 4", expression)
