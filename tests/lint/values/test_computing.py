"""What expressions are worth, and which have no value."""

from __future__ import annotations

import pytest

from nnutils.lint.language import parse, tokens_of
from nnutils.lint.numbers import ENGLISH
from nnutils.lint.sheets import piece_of
from nnutils.lint.values import Reading, compute
from nnutils.lint.values.interval import UndefinedError


def worth(text: str) -> float:
    return float(compute(parse(tokens_of(piece_of(f"0 + {text} + 0"), ENGLISH)), Reading()).nominal)


@pytest.mark.parametrize(
    ("text", "value"), [("0!", 1), ("4!", 24), ("5!!", 15), ("6!!", 48), ("1!", 1), ("3!", 6)]
)
def test_factorials(text: str, value: float) -> None:
    assert worth(text) == value


@pytest.mark.parametrize("text", ["2.5!", "(1/2)!", "(1 − 2)!", "(10^9)!"])
def test_only_whole_numbers_that_are_not_too_large_have_factorials(text: str) -> None:
    with pytest.raises(UndefinedError):
        worth(text)
