"""The figures of ``explain`` in the README come from the bench: the same kinds, drawn again the same way."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    return importlib.import_module("explain_wrong_numbers")


def kinds_in(text: str) -> list[str]:
    """Return the kinds that a table of the bench lists, each with two shares in percent."""
    rows = re.findall(r"^\| ([^|]+) \| ([\d.]+) \| ([\d.]+) \|$", text, re.MULTILINE)
    assert all(0 <= float(first) <= float(third) <= 100 for _, first, third in rows)
    return [kind for kind, _, _ in rows]


def quoted(bench: Any) -> str:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.count(bench.BEGIN) == text.count(bench.END) == 1
    return text.partition(bench.BEGIN)[2].partition(bench.END)[0]


def test_every_generator_has_its_names_and_its_row_in_the_readme(bench: Any) -> None:
    assert set(bench.NAMES) | {"two slips"} == set(bench.GENERATORS)
    assert kinds_in(quoted(bench)) == list(bench.GENERATORS)


@pytest.mark.slow
def test_a_small_fresh_run_has_the_form_of_what_is_quoted(bench: Any) -> None:
    fresh = bench.measure(2).as_markdown()

    def without_figures(text: str) -> str:
        return re.sub(r"\d+(\.\d+)?", "N", text.strip())

    assert without_figures(fresh) == without_figures(quoted(bench))


def test_the_same_seed_draws_the_same_wrong_answers(bench: Any) -> None:
    for kind in ("two slips", "another row of the trace"):
        first, again = ([case.stated for case in bench.draw(kind, 3)] for _ in range(2))
        assert first == again and len(set(first)) == 3
