"""The bench of the checker's speed: its texts, and what it makes of times that are known."""

from __future__ import annotations

import random

import pytest

from benchmarks import lint_speed
from nnutils.lint import lint


@pytest.mark.parametrize("name", sorted(lint_speed.kinds()))
def test_a_text_of_a_kind_has_its_length_and_other_numbers_in_each_part(name: str) -> None:
    part = lint_speed.kinds()[name]
    text = lint_speed.text_of(part, 10)
    chance = random.Random(lint_speed.SEED)
    first, second = part(chance), part(chance)
    assert text.startswith(first)
    assert first != second
    assert 10_000 <= len(text) < 10_000 + len(max(text.split(first), key=len))


@pytest.mark.parametrize(
    ("power", "last", "said"),
    [(1, 1, "goal: at most 1.5: met."), (2, 16, "goal: at most 1.5: not met.")],
)
def test_growth_is_told_as_the_time_of_a_kb(
    power: int, last: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lint_speed, "seconds", lambda work, text: len(text) ** power)
    rates = lint_speed.growth(lambda chance: "x" * 998, turns=2)
    assert rates == pytest.approx(
        [1, *((size / 10) ** (power - 1) for size in lint_speed.SIZES[1:])], rel=1e-3
    )
    text = lint_speed.report({"steady": ([1.0] * 5, 4.0), "tried": (rates, 30.4)})
    assert f"at most {last:.2f} times as long" in text
    assert said in text
    assert text.splitlines()[3].endswith("| 30 |")


def test_the_yardstick_parses_the_same_text(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def seconds(work: object, text: str) -> float:
        seen.append(text)
        return 6.0 if work is lint else 2.0

    monkeypatch.setattr(lint_speed, "seconds", seconds)
    assert lint_speed.against_parsing(lint_speed.sums, turns=2) == 3
    assert len(seen) == 4
    assert len(set(seen)) == 1


def test_no_turns_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        lint_speed.parsed(["--turns", "0"])
    assert "at least one is needed" in capsys.readouterr().err
