"""Changes of givens that were tried by hand on each lesson, and what was read on the page that followed.

A file for each question, tests/changed_givens/<part>/q<number>.py, holds ``CHANGES``, a list of changes and
what was read, ``IMPOSSIBLE``, a list of changes that cannot be and words of the error, and ``TYPED``, the
phrases with figures that the lesson may type, each with the reason why no change of the givens can make it
false.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from nnutils.core.places import run_file

__all__ = ["CHANGED", "FOLDER", "IMPOSSIBLE", "TYPED", "Rows"]

T = TypeVar("T")
Rows = list[tuple[dict[str, Any], str]]
FOLDER = Path(__file__).resolve().parents[1] / "changed_givens"


def _read(take: Callable[[Any], T]) -> dict[str, T]:
    """Return what each file says, by the name of its question: 'foundations/q4'."""
    files = sorted(path for path in FOLDER.glob("*/q*.py"))
    return {f"{path.parent.name}/{path.stem}": take(run_file(path)) for path in files}


CHANGED = _read(lambda module: module.CHANGES)
IMPOSSIBLE = _read(lambda module: module.IMPOSSIBLE)
TYPED: dict[str, dict[str, str]] = _read(lambda module: module.TYPED)
