"""Facts that were measured once and are kept as files: what was measured, by which command, at which commit.

A file holds a JSON object with ``title``, ``command``, ``commit`` and ``facts``, a list of pairs: what was
counted, and the number. It may hold more, for whoever wants to know more than the page says.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nnutils.book.whole_files import write_whole
from nnutils.core.errors import BookError

__all__ = ["Facts", "commit_of", "read_facts", "text_of_facts", "write_facts"]

Number = int | float | str


@dataclass(frozen=True)
class Facts:
    """What a command found: its title, the command, the commit that it ran on, pairs of words and numbers."""

    title: str
    command: str
    commit: str
    facts: tuple[tuple[str, Number], ...]


def commit_of(book: Path) -> str:
    """Return the short name of the commit that a book is at, and "without a commit" where git knows none."""
    try:
        said = subprocess.run(
            ["git", "rev-parse", "--short=7", "HEAD"], cwd=book, capture_output=True, text=True
        )
    except OSError:
        return _NO_COMMIT
    return said.stdout.strip() or _NO_COMMIT


_NO_COMMIT = "without a commit"


def write_facts(file: Path, facts: Facts, more: dict[str, Any] | None = None) -> None:
    """Keep facts in a file, in place of those before, and ``more`` beside them, which is not shown."""
    file.parent.mkdir(parents=True, exist_ok=True)
    said = {"title": facts.title, "command": facts.command, "commit": facts.commit, "facts": facts.facts}
    write_whole(file, json.dumps({**said, **(more or {})}, indent=1, ensure_ascii=False) + "\n")


def read_facts(folder: Path) -> list[Facts]:
    """Return the facts of all files of a folder, by the names of the files.

    Without such a folder there are none: the edition for students has none, for one.

    Raises:
        BookError: if a file there does not hold facts.
    """
    return [_read(file) for file in sorted(folder.glob("*.json"))]


def _read(file: Path) -> Facts:
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        pairs = tuple((str(what), _number(number)) for what, number in said["facts"])
        title, command, commit = (said[key] for key in ("title", "command", "commit"))
        if not pairs or not all(isinstance(word, str) and word for word in (title, command, commit)):
            raise ValueError("a title, a command, a commit and facts are needed")
        return Facts(title, command, commit, pairs)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BookError(
            f"{file.name} does not hold facts: {error}",
            remedy="It needs title, command, commit and facts, a list of pairs such as ['inputs', 1000].",
        ) from error


def _number(value: Any) -> Number:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError(f"{value!r} is not a number")
    return value


def text_of_facts(all_facts: Sequence[Facts]) -> str:
    """Return facts as reStructuredText, a paragraph and a table each.

    >>> text_of_facts([Facts("Inputs drawn", "make fuzz", "abc1234", (("inputs", 100000),))]).splitlines()[0]
    '**Inputs drawn**, by ``make fuzz`` at commit ``abc1234``:'
    """
    parts = []
    for one in all_facts:
        rows = [line for what, n in one.facts for line in (f"   * - {what}", f"     - {_shown(n)}")]
        parts += [f"**{one.title}**, by ``{one.command}`` at commit ``{one.commit}``:", ""]
        parts += [".. list-table::", "   :widths: auto", "", *rows, ""]
    return "\n".join(parts)


def _shown(number: Number) -> str:
    return number if isinstance(number, str) else f"{number:,}"
