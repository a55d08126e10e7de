"""What somebody types, cut into its entries."""

from __future__ import annotations

from typing import Any

import pytest

from nnutils.practice.typed import pieces


@pytest.mark.parametrize(
    ("text", "answer", "made"),
    [
        ("1 ;  \n2", (1, 2), ["1", "2"]),
        ("1\n \t\n2\n3\n", (1, 2, 3), ["1", "2", "3"]),
        ("1;2;", (1, 2), ["1", "2"]),
        (" 1 , 2 ", (1, 2), ["1", "2"]),
        ("1 2", (1, 2), ["1", "2"]),
        ("(1; 2)", (1, 2), ["1", "2"]),
        ("(1, 2); (3, 4)", ((1, 2), (3, 4)), [["1", "2"], ["3", "4"]]),
        ("1, 2\n\n3, 4", ((1, 2), (3, 4)), [["1", "2"], ["3", "4"]]),
    ],
)
def test_entries_are_told_apart_and_empty_lines_are_none(text: str, answer: Any, made: Any) -> None:
    assert pieces(text, answer) == made
