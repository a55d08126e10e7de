"""Names before the entries of a list: those that are asked, in their order, and no others."""

from __future__ import annotations

import pytest

from nnutils.core.errors import ExpressionError
from nnutils.practice.entries import without_labels

SETTING = "every setting: a row k, s, p, d for each, rows separated by ;, in any order"
SIZE = "size of map A, as channels, height, width"


@pytest.mark.parametrize(
    ("text", "asked", "entries"),
    [
        ("k=8, s=2, p=3, d=1", SETTING, "8, 2, 3, 1"),
        ("K = 8; S = 2; P = 3; D = 1", SETTING, "8; 2; 3; 1"),
        ("k=8 s=2 p=3 d=1", SETTING, "8 2 3 1"),
        ("(k=8, s=2, p=3, d=1), (k=4, s=2, p=3, d=1)", SETTING, "(8, 2, 3, 1), (4, 2, 3, 1)"),
        ("k=8,s=2,p=3,d=1\nk=4,s=2,p=3,d=1", SETTING, "8,2,3,1\n4,2,3,1"),
        ("c=5, h=98, w=98", SIZE, "5, 98, 98"),
        ("channels=5, height=98, width=98", SIZE, "5, 98, 98"),
        ("rows=2, columns=4", "the size of the matrix, as rows × columns", "2, 4"),
        ("v1=9, v2=36", "the values of v1, v2: two numbers", "9, 36"),
        ("y_1=1,200, y_2=2", "the outputs y_1, y_2, ...: all in order", "1,200, 2"),
        ("y = 1, 2", SIZE, "y = 1, 2"),
        ("8, 2, 3, 1", SETTING, "8, 2, 3, 1"),
        ("a == b, c == d", SETTING, "a == b, c == d"),
    ],
)
def test_names_that_are_asked_are_taken_away(text: str, asked: str, entries: str) -> None:
    assert without_labels(text, asked) == entries


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("k=8, p=3, s=2, d=1", SETTING),
        ("a=8, b=2, c=3, d=1", SETTING),
        ("k=8, s=2, 3, 1", SETTING),
        ("8, s=2, p=3, 1", SETTING),
        ("k=8, s=2, p=3, d=1, k=4", SETTING),
        ("k=8, s=2; s=4, k=1", SETTING),
        ("k=8, k=2, k=3", SETTING),
        ("h=98, w=98, c=5", SIZE),
        ("hight=98, width=98", SIZE),
        ("k=8 2, s=3", SETTING),
    ],
)
def test_other_names_and_another_order_are_refused(text: str, asked: str) -> None:
    with pytest.raises(ExpressionError, match="not the ones asked for, in their order"):
        without_labels(text, asked)
