"""tools/budget.py: where the time of a run went."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools import budget
from tools.pages import ROOT


def test_each_test_belongs_to_one_part_and_the_minutes_are_those_of_all_workers() -> None:
    durations = {
        "tests/browser/test_a.py::test": 120.0,
        "tests/book/pages/test_b.py::test": 60.0,
        "tests/audit/test_claim_mutations.py::test[a]": 30.0,
        "chapters/a/b.ipynb::Cell 1": 12.0,
        "intro.ipynb::Cell 0": 12.0,
        "nnutils/core/worked.py::nnutils.core.worked": 24.0,
    }
    minutes = {"site and browser": 1.5, "mutation of claims": 0.25, "notebooks": 0.2, "other tests": 0.2}
    assert budget.spent(durations) == pytest.approx(minutes)
    assert sum(budget.spent(durations, 1).values()) * 60 == pytest.approx(sum(durations.values()))


def test_what_a_kind_is_known_by_is_there() -> None:
    assert set(budget.KINDS) | {"other tests"} == set(budget.BUDGET)
    for starts in budget.KINDS.values():
        for start in starts:
            assert list(ROOT.glob(f"{start}*")), start


def test_the_table_says_what_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(budget, "ROOT", tmp_path)
    assert budget.main([]) == 2 and "make test" in capsys.readouterr().err
    file = tmp_path / budget.DURATIONS
    file.parent.mkdir()
    file.write_text(json.dumps({"tests/browser/a::b": 3600.0, "tests/a::b": 6.0}), encoding="utf-8")
    assert budget.main(["2"]) == 0
    said = capsys.readouterr().out
    over = [line for line in said.splitlines() if line.endswith("over")]
    assert len(over) == 1 and over[0].split() == ["site", "and", "browser", "30.0", "8.0", "over"]
    assert budget.main(["0"]) == budget.main(["x"]) == budget.main(["1", "2"]) == 2
