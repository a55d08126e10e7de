"""The page about the rules is made of them, and stands in the repository as it is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnutils.torch_bridge.operators import MOVES, RULES, WHOLE
from nnutils.torch_bridge.operators.page import page_of_rules

PAGE = Path(__file__).resolve().parents[3] / "docs" / "counting_operators.md"


def test_the_page_is_the_one_that_the_rules_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == page_of_rules(), (
        "python -m nnutils.torch_bridge.operators.page > docs/counting_operators.md"
    )


@pytest.mark.parametrize("name", sorted(RULES.keys() | MOVES))
def test_every_operator_stands_on_it_once(name: str) -> None:
    text = page_of_rules()
    assert sum(f"`{name}`" in line for line in text.splitlines() if line.startswith("| `")) == (name in RULES)
    assert f"`{name}`" in text


def test_no_operator_is_both_counted_and_moved() -> None:
    assert not RULES.keys() & MOVES
    assert WHOLE <= RULES.keys()


def test_every_rule_describes_itself() -> None:
    for line in page_of_rules().splitlines():
        if line.startswith("| `"):
            assert len(line.split(" | ", 1)[1]) > 20, line
