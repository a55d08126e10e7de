"""A ticked number is judged by what stands near below its question."""

from __future__ import annotations

import pytest

from nnutils.lint import lint


@pytest.mark.parametrize(("between", "wrong"), [(0, ["27"]), (1, ["27"]), (2, []), (3, [])])
def test_two_pieces_below_the_options_may_explain_the_answer(between: int, wrong: list[str]) -> None:
    words = "".join(f"Word {number} is here.\n\n" for number in range(between))
    text = f"- [x] 27\n- [ ] 26\n\n{words}⌊(84 − 5)/3⌋ = 26"
    assert [one.stated for one in lint(text).wrong] == wrong
