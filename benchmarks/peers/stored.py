"""The measurements that are stored, one element a line, replaced piece by piece."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

__all__ = ["LISTS", "MEASURED", "put", "read", "written"]

MEASURED = Path(__file__).with_name("measured.json")
LISTS = ("models", "probes", "ratios", "curves")
"""What is measured, each a list of elements with a ``name``, and of times with a ``promise``."""

Data = dict[str, Any]


def read(path: Path = MEASURED) -> Data:
    """Return what is stored; empty lists where nothing is."""
    found: Data = {"versions": {}, **{name: [] for name in LISTS}}
    if path.is_file():
        found |= json.loads(path.read_text(encoding="utf-8"))
    return found


def put(part: str, elements: Iterable[Mapping[str, Any]], versions: Mapping[str, str], path: Path) -> None:
    """Store elements in the place of those about the same thing, the others as they are.

    What was measured with other versions of the libraries goes: figures of two versions are not comparable.
    """
    data = read(path)
    if data["versions"] != versions:
        data = read(Path(""))
        data["versions"] = dict(versions)
    kept = {_identity(one): one for one in data[part]}
    kept |= {_identity(one): dict(one) for one in elements}
    data[part] = list(kept.values())
    path.write_text(written(data), encoding="utf-8")


def written(data: Mapping[str, Any]) -> str:
    """Return the data as JSON with one element of a list a line, so that a change shows what changed.

    >>> print(written({"versions": {"torch": "2"}, "models": [{"name": "a"}, {"name": "b"}]}))
    {
    "versions": {"torch": "2"},
    "models": [
    {"name": "a"},
    {"name": "b"}
    ]
    }
    <BLANKLINE>
    """
    parts = []
    for name, value in data.items():
        text = _line(value)
        if isinstance(value, list):
            text = "[\n" + ",\n".join(map(_line, value)) + "\n]"
        parts.append(f"{_line(name)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _identity(one: Mapping[str, Any]) -> tuple[str, str]:
    """Return what an element is about: one thing may be timed beside several libraries."""
    return one["name"], one.get("promise", "")


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
