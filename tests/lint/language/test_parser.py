"""Expressions of any length are read, and only those that are too deep are not."""

from __future__ import annotations

import pytest

from nnutils.lint.language import UnreadableError, parse, tokens_of
from nnutils.lint.numbers import ENGLISH
from nnutils.lint.sheets import piece_of


@pytest.mark.parametrize("part", ["(1 + 1)", "-1", "2^3", "sqrt(2)", "(1, 2)"])
def test_what_stands_side_by_side_is_not_deep(part: str) -> None:
    node = parse(tokens_of(piece_of(" + ".join([part] * 150)), ENGLISH))
    assert node.operations >= 149


def test_what_stands_inside_one_another_is_deep() -> None:
    with pytest.raises(UnreadableError, match="too much"):
        parse(tokens_of(piece_of("(" * 150 + "1" + ")" * 150), ENGLISH))
