"""The public names that the pages describe: all of them, each with its text, known by each of its paths."""

from __future__ import annotations

import builtins
import importlib
import re
from pathlib import Path

import pytest

import nnutils
from nnutils.book.pages.reference.entries import entry
from nnutils.book.pages.reference.rooms import CLASS, DATA, ERROR, FUNCTION, PublicName, PublicNames

ROOT = Path(nnutils.__file__).resolve().parent.parent
PAGES = sorted((ROOT / "library").glob("*.md"))
ROOMS = sorted(path.stem for path in (ROOT / "nnutils").iterdir() if (path / "__init__.py").is_file())
RAISED = re.compile(r"^\s*:raises ([\w.]+):", re.MULTILINE)


def room_of(page: Path) -> str:
    """Return the package that a page describes."""
    found = re.search(r"\.\. public-names:: (\S+)", page.read_text(encoding="utf-8"))
    assert found, page
    return found[1]


@pytest.fixture(scope="module")
def names() -> PublicNames:
    return PublicNames([f"nnutils.{room}" for room in ROOMS], door="nnutils")


def test_each_package_has_a_page_and_the_front_door_one() -> None:
    assert sorted(map(room_of, PAGES)) == sorted(["nnutils", *(f"nnutils.{room}" for room in ROOMS)])


@pytest.mark.parametrize("room", ROOMS)
def test_a_page_has_every_public_name_with_its_text(room: str, names: PublicNames) -> None:
    described = {one.name: one for one in names.of(f"nnutils.{room}")}
    module = importlib.import_module(f"nnutils.{room}")
    passed_on = {full.rpartition(".")[2] for full in names.passed_on(f"nnutils.{room}")}
    assert {*described, *passed_on} == set(module.__all__)
    assert not [name for name, one in described.items() if not one.text]


def test_the_front_door_describes_what_no_package_has(names: PublicNames) -> None:
    assert [one.name for one in names.of("nnutils")] == ["count"]
    assert "nnutils.networks.Conv2d" in names.passed_on("nnutils")
    assert names.known["nnutils.count"] != names.known["nnutils.networks.count"]


def test_kinds(names: PublicNames) -> None:
    kinds = {one.name: one.kind for room in ("core", "networks") for one in names.of(f"nnutils.{room}")}
    assert kinds["Worked"] == CLASS and kinds["SizeError"] == ERROR
    assert kinds["exact"] == FUNCTION and kinds["COLUMNS"] == DATA


def test_names_are_known_by_the_module_that_defines_them_too(names: PublicNames) -> None:
    assert names.known["nnutils.networks.sizes.conv_output_size"] == "nnutils.networks.conv_output_size"
    assert "nnutils.networks.sizes" not in names.known


def test_members_are_methods_and_properties_and_nothing_private(names: PublicNames) -> None:
    (worked,) = [one for one in names.of("nnutils.core") if one.name == "Worked"]
    kinds = {member.name: member.kind for member in worked.members}
    assert kinds["named"] == "method" and kinds["work"] == "property"
    assert not [name for name in kinds if name.startswith("_")]
    assert all("self" not in member.signature for member in worked.members)


def test_no_signature_shows_an_address(names: PublicNames) -> None:
    for room in ROOMS:
        for one in names.of(f"nnutils.{room}"):
            assert " at 0x" not in entry(one), one


@pytest.mark.parametrize("room", ROOMS)
def test_each_error_that_an_entry_names_is_public_or_one_of_python(room: str, names: PublicNames) -> None:
    public = {full.rpartition(".")[2] for full in names.known.values()}
    for one in names.of(f"nnutils.{room}"):
        for error in RAISED.findall(entry(one)):
            assert error in public or hasattr(builtins, error) or "." in error, f"{one.name}: {error}"


def test_an_entry_keeps_its_lines_together() -> None:
    text = "Weigh.\n\nRaises:\n    ValueError: for a weight\n        that is none.\n\n>>> weigh(2)\n2"
    made = entry(PublicName("shop", "weigh", FUNCTION, "(what)", text)).splitlines()
    assert made[0] == ".. py:function:: weigh(what)"
    assert all(line == "" or line.startswith("   ") for line in made[1:])
    assert "   :raises ValueError: for a weight" in made and "   >>> weigh(2)" in made
