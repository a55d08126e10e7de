"""A book made larger: its parts several times over, under other names, in a folder of its own."""

from __future__ import annotations

import copy
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # called as a file, this sees tools/ only

from nnutils.book.contents.lessons import question_name  # noqa: E402
from nnutils.book.contents.listing import pages_listed  # noqa: E402
from nnutils.book.contents.reading import read_contents  # noqa: E402

__all__ = ["OVERVIEWS", "copied", "questions_in"]

OVERVIEWS = ("intro.ipynb", "chapters/audit.ipynb")
"""The notebooks that count what the whole book has: in a larger one they show other numbers."""

_LEFT_OUT = shutil.ignore_patterns(
    ".*", "_build", "build", "__pycache__", "nnutils", "tests", "benchmarks", "docs", "*.egg-info"
)
_TEXTS = {".ipynb", ".py", ".yml", ".md"}


def questions_in(book: Path) -> list[str]:
    """Return the questions that the lessons of a book ask, in reading order: 'foundations/q1'."""
    names = (question_name(page, book) for page in pages_listed(read_contents(book)))
    return [name for name in names if name is not None]


def copied(book: Path, target: Path, times: int) -> Path:
    """Write a book into an empty folder, each part ``times`` over; return the folder.

    The first copy of a part keeps its name, the others are called ``<part>_2`` and so on: their folder, their
    addresses in `_toc.yml`, and wherever their own files name them.
    """
    shutil.copytree(book, target, ignore=_LEFT_OUT, dirs_exist_ok=True)
    parts = sorted({name.partition("/")[0] for name in questions_in(book)})
    contents = yaml.safe_load((book / "_toc.yml").read_text(encoding="utf-8"))
    groups = [group for group in contents["parts"] if _is_of(group, parts)]
    place = contents["parts"].index(groups[-1]) + 1
    for number in range(2, times + 1):
        for part in parts:
            folder = target / "chapters" / f"{part}_{number}"
            shutil.copytree(book / "chapters" / part, folder, ignore=_LEFT_OUT)
            for file in sorted(folder.rglob("*")):
                if file.suffix in _TEXTS:
                    text = file.read_text(encoding="utf-8")
                    file.write_text(_renamed(text, parts, number), encoding="utf-8")
        for group in groups:
            contents["parts"].insert(place, _in_toc(group, parts, number))
            place += 1
    text = yaml.safe_dump(contents, sort_keys=False, allow_unicode=True)
    (target / "_toc.yml").write_text(text, encoding="utf-8")
    return target


def _is_of(group: dict[str, Any], parts: list[str]) -> bool:
    files = [chapter.get("file", "") for chapter in group["chapters"]]
    return any(file.startswith(f"chapters/{part}/") for file in files for part in parts)


def _renamed(text: str, parts: list[str], number: int) -> str:
    """Give the parts that a text names, as a folder or in quotes, the names of a later copy."""
    named = "|".join(map(re.escape, parts))
    return re.sub(rf"""\b({named})(?=[/"'`\\])""", rf"\1_{number}", text)


def _in_toc(group: dict[str, Any], parts: list[str], number: int) -> dict[str, Any]:
    """Return a group of pages of `_toc.yml` as that of a later copy."""
    later = copy.deepcopy(group)
    if "caption" in later:
        later["caption"] += f" {number}"
    for chapter in later["chapters"]:
        for page in (chapter, *chapter.get("sections", ())):
            page["file"] = _renamed(page["file"], parts, number)
    return later
