"""What several configuration files say agrees: versions, extras, pins, and the actions of the workflow."""

from __future__ import annotations

import re
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement

import nnutils
from tools.pages import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
RANGES = [Requirement(line) for lines in EXTRAS.values() for line in lines]
REQUIREMENTS, NBDIME = (
    dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE))
    for file in ("requirements.txt", "tools/nbdime.txt")
)
PINS = NBDIME | REQUIREMENTS
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def test_the_citation_names_the_version_of_the_library() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == nnutils.__version__


def test_the_library_alone_needs_nothing() -> None:
    assert PROJECT["project"]["dependencies"] == []


def test_the_book_needs_every_package() -> None:
    (own,) = (one for one in map(Requirement, EXTRAS["book"]) if one.name == "nnutils")
    assert own.extras == set(EXTRAS) - {"book", "test", "diff"}


@pytest.mark.parametrize("range_", [one for one in RANGES if one.name != "nnutils"], ids=str)
def test_every_pin_lies_in_its_range(range_: Requirement) -> None:
    assert range_.specifier.contains(PINS[range_.name])


def test_what_shows_diffs_is_pinned_apart_and_fits_the_rest() -> None:
    assert {Requirement(line).name for line in EXTRAS["diff"]} <= set(NBDIME) - set(REQUIREMENTS)
    assert {name: NBDIME[name] for name in NBDIME if name in REQUIREMENTS} == {
        name: REQUIREMENTS[name] for name in NBDIME if name in REQUIREMENTS
    }


def test_torch_is_pinned_to_one_release_in_every_place() -> None:
    (metadata,) = PROJECT["tool"]["uv"]["dependency-metadata"]
    assert f"torch=={PINS['torch']}" in PROJECT["tool"]["uv"]["constraint-dependencies"]
    assert (metadata["name"], metadata["version"]) == ("torch", PINS["torch"])


def test_no_cuda_library_is_pinned() -> None:
    assert PINS and not [name for name in PINS if re.match("nvidia|cuda|triton", name)]


def test_every_action_is_pinned_to_a_commit() -> None:
    used = [
        line
        for path in WORKFLOWS
        for line in path.read_text(encoding="utf-8").splitlines()
        if "uses:" in line
    ]
    assert used
    for line in used:
        assert re.search(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line
