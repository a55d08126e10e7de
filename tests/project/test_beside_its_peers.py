"""The page beside other libraries is that of the stored measurements, and these are whole."""

from __future__ import annotations

import copy
import doctest
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from benchmarks.peers import counters, page_counts, promises_kept, stored, verdicts
from benchmarks.peers.page import PAGE, page
from benchmarks.peers.probes import PROBES
from benchmarks.peers.promises_kept import REASONS, figure, kept
from benchmarks.peers.ratios import PROMISES, Promise
from benchmarks.peers.stored import MEASURED, put, read, written
from benchmarks.peers.verdicts import of
from benchmarks.peers.whole import COUNTERS, MODELS, missing


@pytest.fixture
def data() -> dict[str, Any]:
    return read()


def test_the_page_is_that_of_the_stored_measurements(data: dict[str, Any]) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(data)


def test_another_measurement_gives_another_page(data: dict[str, Any]) -> None:
    before = page(data)
    data["models"][3]["answers"]["torchinfo"]["macs"] += 10**9
    assert page(data) != before


def test_nothing_is_missing(data: dict[str, Any]) -> None:
    assert missing(data) == []
    assert MEASURED.read_text(encoding="utf-8") == written(data)
    assert tuple(counters.COUNTERS) == COUNTERS
    stored = [(one["name"], one["macs"], one["parameters"], one["derivation"]) for one in data["probes"]]
    assert stored == [(one.name, one.macs, one.parameters, one.derivation) for one in PROBES]


def test_what_is_missing_is_named(data: dict[str, Any]) -> None:
    model, probe = data["models"].pop(), data["probes"].pop()
    assert missing(data) == ["1 models", "1 probes"]
    data["models"].append(copy.deepcopy(data["models"][0]))
    assert "1 models" in missing(data), "the same classifier twice is one"
    data["models"][-1] = model
    data["probes"].append(probe)
    del probe["answers"]["thop"]
    assert missing(data) == [f"thop of {probe['name']}"]
    probe["answers"]["thop"] = {"error": "no number"}
    for promise in PROMISES:
        fewer = data | {"ratios": [one for one in data["ratios"] if one["promise"] != promise]}
        assert missing(fewer) == [f"the time of {promise}"]
    shorter = copy.deepcopy(data)
    for curve in shorter["curves"]:
        curve["many"].pop()
    assert missing(shorter) == ["the curve of specifications, growth", "the curve of tape, growth"]
    assert missing(data | {"curves": []}) == missing(shorter)


def test_the_library_makes_no_error(data: dict[str, Any]) -> None:
    for one in [*data["models"], *data["probes"]]:
        assert of(one, one["answers"]["nnutils"]) == "right", one["name"]
    assert len(data["models"]) == MODELS


# --- promises -----------------------------------------------------------------------------------------------


def test_a_promise_has_a_reason_exactly_where_it_is_missed(data: dict[str, Any]) -> None:
    assert set(REASONS) == {promise for promise in PROMISES if not kept(data, promise)}


def test_what_the_reasons_say_is_so(data: dict[str, Any]) -> None:
    worst = {(one["promise"], one["name"]): max(one["on"], one["off"] or 0) for one in data["ratios"]}
    assert worst["torch modules", "`count`, ResNet-50"] < 1
    assert worst["import", "`import nnutils`"] <= PROMISES["import"].at_most
    growth = "specifications, growth"
    without = [one["off"] for one in data["ratios"] if one["promise"] == growth]
    assert max(without) <= PROMISES[growth].at_most


@pytest.mark.parametrize(
    ("on", "off", "off_only", "is_kept"),
    [
        (0.9, 0.9, False, True),
        (1.0, 0.9, False, True),
        (1.004, 0.9, False, False),  # whatever digits the page shows
        (1.06, 0.9, False, False),
        (0.9, 1.06, False, False),
        (1.06, 0.9, True, True),
        (0.9, 1.06, True, False),
        (0.9, None, False, True),
        (1.06, None, False, False),
    ],
)
def test_the_worst_measurement_decides(
    on: float, off: float | None, off_only: bool, is_kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    promises = {"quick": Promise("It is quick.", 1, collector_off_only=off_only)}
    monkeypatch.setattr(promises_kept, "PROMISES", promises)
    measured = [{"promise": "quick", "on": 0.5, "off": 0.5}, {"promise": "quick", "on": on, "off": off}]
    assert kept({"ratios": measured}, "quick") == is_kept
    assert kept({"ratios": measured[::-1]}, "quick") == is_kept


def test_a_missed_promise_is_said_on_the_page(data: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    one = next(one for one in data["ratios"] if one["promise"] == "solve_conv")
    one["on"] = 7.3
    monkeypatch.setitem(REASONS, "solve_conv", "Because it tries a padding in vain.")
    text = page(data)
    assert "| 1 × | 7.30 × | **no** |" in text
    assert f"- **Missed by {one['name']}**, beside {one['beside']}: 7.30 ×. Because it tries" in text
    assert "goals are met." in text and f"All {len(PROMISES)} goals" not in text


# --- words that follow the data -----------------------------------------------------------------------------


def test_sentences_follow_the_answers(data: dict[str, Any]) -> None:
    assert "finds the published numbers of all 80." in page_counts.models(data)
    model = data["models"][5]
    model["answers"]["nnutils"]["macs"] -= 10**9
    text = page_counts.models(data)
    assert f"`nnutils` finds those of 79 of 80; not of `{model['name']}`." in text
    probe = data["probes"][0]
    probe["answers"]["nnutils"] = {"macs": 1, "parameters": probe["parameters"]}
    text = page_counts.probes(data)
    assert "and `nnutils` is right about all" not in text
    assert f"| {probe['name']} | {probe['macs']:,} | **1** |" in text


def test_the_cells_of_the_probes() -> None:
    probe: dict[str, Any] = {"macs": 100, "parameters": 5, "answers": {}}
    cases = {
        "right": {"macs": 100, "parameters": 5},
        "**parameters**": {"macs": 100, "parameters": 6},
        "**90**": {"macs": 90},
        "110, more": {"macs": 110},
        "**130**": {"macs": 130},
        "0, says so": {"macs": 0, "warned": "mm"},
        "no number": {"error": "no"},
    }
    for cell, answer in cases.items():
        probe["answers"]["thop"] = answer
        assert page_counts._cell(probe, "thop") == cell


# --- storing ------------------------------------------------------------------------------------------------


def test_pieces_are_replaced_by_name_and_the_rest_stays(tmp_path: Path) -> None:
    path = tmp_path / "measured.json"
    put("models", [{"name": "a", "x": 1}, {"name": "b", "x": 1}], {"torch": "2"}, path)
    put("models", [{"name": "a", "x": 2}], {"torch": "2"}, path)
    put("probes", [{"name": "a", "x": 3}], {"torch": "2"}, path)
    found = read(path)
    assert found["models"] == [{"name": "a", "x": 2}, {"name": "b", "x": 1}]
    assert found["probes"] == [{"name": "a", "x": 3}]
    assert json.loads(written(found)) == found


def test_one_thing_beside_two_libraries_is_two_measurements(tmp_path: Path) -> None:
    path, both = tmp_path / "measured.json", [{"name": "a", "promise": "p"}, {"name": "a", "promise": "q"}]
    put("ratios", both, {"torch": "2"}, path)
    put("ratios", both[:1], {"torch": "2"}, path)
    assert read(path)["ratios"] == both


def test_measurements_of_other_versions_go(tmp_path: Path) -> None:
    path = tmp_path / "measured.json"
    put("models", [{"name": "a"}], {"torch": "2"}, path)
    put("probes", [{"name": "b"}], {"torch": "3"}, path)
    assert read(path)["models"] == []
    assert read(path)["versions"] == {"torch": "3"}


def test_figures_have_two_decimals_below_ten() -> None:
    assert [figure(x) for x in (0.994, 0.996, 1.254, 9.94, 9.96)] == ["0.99", "1.00", "1.25", "9.94", "10"]


@pytest.mark.parametrize("module", [promises_kept, stored, verdicts])
def test_the_examples_hold(module: ModuleType) -> None:
    failed, tried = doctest.testmod(module)
    assert tried and not failed
