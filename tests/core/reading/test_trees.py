"""YAML within bounds: the same values as PyYAML's, and no other error than its own."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from nnutils.core.reading import trees, yaml_value

BOOK = Path(__file__).resolve().parents[3]
CLAIMS = sorted(BOOK.glob("chapters/*/claims.yml"))


@pytest.mark.slow
@pytest.mark.parametrize("path", CLAIMS, ids=lambda path: path.parent.name)
def test_the_files_of_the_book_are_read_as_by_pyyaml(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert yaml_value(text) == yaml.load(text, yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader)


@pytest.mark.parametrize(
    "text",
    ["", "3", "a: &b [1, 2]\nc: *b", "- 2026-01-01\n- 1:30\n- !!set {x}\n- 0x1F\n- .inf", "<<: {a: 1}\nb: 2"],
)
def test_values_are_those_of_pyyaml(text: str) -> None:
    assert yaml_value(text) == yaml.safe_load(text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[" * 31 + "]" * 31, "more than 30 brackets inside one another"),
        ("- " * 31 + "1", "more than 30 brackets inside one another"),
        ("a: &a [*a]", "an alias inside what it stands for"),
        ("!!int x", "a value that is not of the kind int"),
        ("9" * 5000, "a value that is not of the kind int, or too long for it"),
        ("0x" + "f" * 4000, "a value that is not of the kind int, or too long for it"),
        ("!!timestamp x", "a value that is not of the kind timestamp"),
        ("2026-99-99", "a value that is not of the kind timestamp"),
        ("? [a]\n: b", "unhashable key"),
        ("a: \0", "special characters are not allowed"),
    ],
)
def test_what_is_out_of_bounds_or_no_value_is_an_error_of_yaml(text: str, problem: str) -> None:
    with pytest.raises(yaml.YAMLError, match=problem):
        yaml_value(text)


def test_thirty_brackets_are_read() -> None:
    assert yaml_value("[" * 30 + "]" * 30)


def test_aliases_count_as_what_they_stand_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "MOST_NODES", 16)
    assert yaml_value("a: &a [1, 2, 3]\nb: *a\nc: *a") == {name: [1, 2, 3] for name in "abc"}
    with pytest.raises(yaml.YAMLError, match="more than 16 values"):
        yaml_value("a: &a [1, 2, 3]\nb: *a\nc: *a\nd: *a")
