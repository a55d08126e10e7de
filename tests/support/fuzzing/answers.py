"""Answers for Hypothesis: quantities that a question may ask for, and what somebody types for them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from support.fuzzing.expressions import loose, trees, written

from nnutils.core.worked import Worked
from nnutils.practice.answers_as_text import answer_text
from nnutils.practice.asked import Asked

__all__ = ["typed"]

_leaf: st.SearchStrategy[Any] = st.one_of(
    st.integers(-(10**9), 10**9),
    st.integers(2, 999),
    st.fractions(-50, 50, max_denominator=12),
    st.floats(-1e6, 1e6, allow_subnormal=False),
    st.booleans(),
)
_whole = st.integers(1, 400)
_worked = st.builds(lambda a, b, c: Worked(a, "rows") * Worked(b, "columns") + c, _whole, _whole, _whole)
_row = st.lists(
    st.one_of(st.integers(-99, 99), st.fractions(-9, 9, max_denominator=8)), min_size=1, max_size=4
)
_table = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.tuples(*[st.integers(-50, 50)] * width), min_size=1, max_size=3)
)
_formula = (
    trees(("x", "h"), "+ - *", leaves=4)
    .map(lambda tree: written(tree, {"^": "**"}))
    .filter(lambda text: "x" in text)
)


def _asked(answer: Any, unit: str, any_order: bool) -> Asked:
    return Asked(
        "size", "the size", "a", answer, unit=unit, any_order=any_order and isinstance(answer, tuple)
    )


_quantities = st.one_of(
    st.builds(
        _asked,
        st.one_of(
            _leaf, _worked, _row.map(tuple), _table.map(tuple), st.just((((1, 2), (3, 4)), ((5, 6), (7, 8))))
        ),
        st.sampled_from(["", "", "units", "weights"]),
        st.booleans(),
    ),
    st.builds(lambda text: Asked("slope", "the slope in x", "a", text), _formula),
    st.sampled_from(["yes", "larger"]).map(
        lambda word: Asked("which", "which is it", "a", word, choices=("larger", "smaller", "yes"))
    ),
)


@st.composite
def typed(draw: st.DrawFn) -> tuple[Asked, str, bool]:
    """Draw a quantity, a text, and whether that text is the right answer."""
    quantity = draw(_quantities)
    answer = quantity.answer
    kind = draw(st.integers(0, 5))
    if kind == 0 and not isinstance(answer, float):
        return quantity, _right_text(answer), True
    if kind == 1:
        text = _right_text(answer)
        place = draw(st.integers(0, len(text)))
        return (
            quantity,
            text[:place] + draw(st.sampled_from("0123456789.,;|()-+/x \n")) + text[place + 1 :],
            False,
        )
    if kind == 2:
        return quantity, draw(trees(leaves=5).map(lambda tree: written(tree, {}))), False
    if kind == 3:
        return quantity, ", ".join(draw(st.lists(loose, max_size=5))), False
    return quantity, draw(loose), False


def _right_text(answer: Any) -> str:
    if isinstance(answer, Fraction):
        return str(answer)
    return answer_text(answer.value if isinstance(answer, Worked) else answer)
