"""Numbers and answers that a reader types, and numbers as a sheet writes them, against exact values."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from support.fuzzing import answers
from support.fuzzing.expressions import UNKNOWN, exact_value, loose, trees, written
from support.fuzzing.odd import mostly, odd
from support.fuzzing.outcome import Target

from nnutils.core.errors import NNUtilsError
from nnutils.core.worked import Worked
from nnutils.practice.asked import Asked
from nnutils.practice.judging import judge
from nnutils.practice.live.panels import PANELS
from nnutils.slips.explaining import explain
from nnutils.slips.expressions import LONGEST, read_expression
from nnutils.slips.precision import at_precision, match, parse_written
from nnutils.slips.stated import read, read_list

__all__ = ["TARGETS"]

_NOTATIONS = ({}, {"^": "**"}, {"*": "×", "neg": "−"}, {"*": "·", "-": "−"}, {"/": ":"})
_sums = st.tuples(trees(), st.sampled_from(_NOTATIONS), st.sampled_from(["", " "])).map(
    lambda drawn: (written(*drawn), exact_value(drawn[0]))
)


def _check_sum(given: tuple[str, Any]) -> None:
    text, right = given
    try:
        made = read(text).value
    except NNUtilsError as error:
        assert right is None or right is UNKNOWN or len(text) > LONGEST, f"{text} is {right}: {error}"
        raise
    if right is UNKNOWN:
        return
    assert right is not None, f"{text} has no value, not {made}"
    if isinstance(made, float):
        assert abs(Fraction(made) - right) <= abs(right) * Fraction(1, 10**9), f"{right}, not {made}"
    else:
        assert made == right, f"{right}, not {made}"


def _check_typed(text: Any) -> None:
    """Whatever is typed as one number, as a list and as a formula."""
    readings, errors = (read, read_list, read_expression), []
    for reading in readings:
        try:
            made = reading(text)
            if reading is read:
                assert made.target.low <= made.value <= made.target.high, f"{made}"
        except NNUtilsError as error:
            errors.append(error)
    if len(errors) == len(readings):
        raise errors[0]


_digits = st.text("0123456789", min_size=1, max_size=12)
_stated = st.one_of(
    st.builds(
        lambda sign, whole, part, power: f"{sign}{whole}{part}{power}",
        st.sampled_from(["", "-", "+", "−"]),
        _digits,
        st.one_of(st.just(""), _digits.map(lambda digits: f".{digits}")),
        st.one_of(st.just(""), st.integers(-40, 40).map(lambda power: f"e{power}")),
    ),
    st.builds(lambda a, b: f"{a}/{b}", _digits, _digits),
    st.integers(-(10**20), 10**20),
)
_loose_stated = st.one_of(
    loose,
    st.integers(0, 5000).map(lambda number: "9" * number),
    st.sampled_from(["1e999999999", "1e-4299", "1/0", "5/00"]),
    st.builds(lambda a, b: f"{a}e{b}", _digits, st.integers(-(10**10), 10**10)),
    st.sampled_from([10**5000, -(10**4299), True]),
)
_meant = st.one_of(st.none(), st.none(), st.integers(-1, 12), st.sampled_from([4300, 10**9]))


def _check_written(given: tuple[Any, int | None]) -> None:
    stated, digits = given
    made = parse_written(stated, digits)
    text = str(stated).replace("−", "-")
    right = Fraction(text) if "/" in text else Fraction(Decimal(text.replace(",", "")))
    assert made.value == right, f"{right}, not {made.value}"
    assert match(made, right) == "equal"
    exact = at_precision(made, right)
    if made.unit is None:
        return
    back = Fraction(re.sub("[,]", "", exact).replace("−", "-"))
    assert abs(back - right) <= made.unit / 2, f"{exact} for {right}"
    assert match(made, right + 2 * made.unit) == "different"


VERDICTS = {"right", "convention", "coarse", "wrong", "unreadable"}


def _check_answer(given: tuple[Asked, str, bool]) -> None:
    quantity, text, right = given
    made = judge(quantity, text)
    assert made.verdict in VERDICTS and made.sentence.strip(), f"{made}"
    assert not right or made.verdict in ("right", "coarse"), f"{text} is the right answer, not {made.verdict}"


_tree = trees(operators="+ - *", leaves=5)


def _worked(tree: Any) -> Worked:
    if tree[0] == "number":
        return Worked(Fraction(tree[1]), f"n{tree[1].replace('.', 'p')}")
    parts = [_worked(part) for part in tree[1:]]
    if tree[0] == "neg":
        return -parts[0]
    return {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "^": lambda a, b: a**b,
    }[tree[0]](*parts)


def _check_explained(given: tuple[Any, Any]) -> None:
    tree, stated = given
    right = _worked(tree)
    slips = explain(right, stated)
    for slip in slips:
        assert slip.sentence.strip() and slip.hint.strip()
    if isinstance(stated, int) and stated == right.value:
        assert not slips, f"{stated} is right, not {slips}"


_number = st.integers(0, 64).map(str)
_LIKELY = {
    "network": st.sampled_from(["3x9x9 conv(4, 3) flatten linear(2)", "784 linear(10) relu"]),
    "function": trees(("x1", "x2"), leaves=6).map(lambda tree: written(tree, {})),
    "at": st.tuples(_number, _number).map(lambda values: f"x1={values[0]}, x2 = -{values[1]}.5"),
    "derivative in": st.sampled_from(["", "x1", "x2"]),
    "x": st.lists(_number, max_size=7).map(", ".join),
}


def _field(name: str) -> st.SearchStrategy[str]:
    likely = _LIKELY.get(name, _number | st.just(""))
    return mostly(likely, loose)


_fields = st.sampled_from(sorted(PANELS)).flatmap(
    lambda name: st.tuples(
        st.just(name),
        st.fixed_dictionaries({field.name: _field(field.name) for field in PANELS[name].fields}),
    )
)


def _check_panel(given: tuple[str, dict[str, str]]) -> None:
    made = PANELS[given[0]].show(given[1])
    assert made.words.strip() or made.html.strip()


TARGETS = (
    Target("sums as typed", _sums, _check_sum, share=7),
    Target("numbers as typed", mostly(loose), _check_typed, share=9),
    Target(
        "numbers as written",
        st.tuples(st.one_of(_stated, _stated, _loose_stated), _meant),
        _check_written,
        share=7,
    ),
    Target("answers", answers.typed(), _check_answer, share=6),
    Target(
        "explained numbers",
        st.tuples(_tree, st.one_of(st.integers(-999, 10**6), st.integers(-999, 10**6), loose, odd)),
        _check_explained,
        share=3,
    ),
    Target("live panels", _fields, _check_panel, share=5),
)
