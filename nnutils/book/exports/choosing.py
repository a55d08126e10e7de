"""Which questions, drawn from which seeds: what '1..30' and 'foundations sizing_networks/q4' name."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from nnutils.book.reading import read_notebook
from nnutils.core.errors import BookError
from nnutils.core.messages import shown
from nnutils.core.places import book_folder
from nnutils.practice import Asked, Question, load

__all__ = [
    "Part",
    "Variant",
    "add_choices",
    "chosen_parts",
    "chosen_seeds",
    "library_version",
    "settings",
    "variants_of",
]

MOST_SEEDS = 1000
"""How many variants one command makes at most."""

_SEEDS = "Write SEEDS=7, SEEDS=1,4,7 or SEEDS=1..30: whole numbers, the smaller one first."


@dataclass(frozen=True)
class Part:
    """A part of the book: its ``folder``, its ``title`` in the table of contents, and its lessons."""

    folder: str
    title: str
    lessons: tuple[Path, ...]


@dataclass(frozen=True)
class Variant:
    """A question for one seed, or as it was given where ``seed`` is None; ``lesson`` is its notebook."""

    question: Question
    seed: int | None
    lesson: Path
    part: str = ""
    givens: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def title(self) -> str:
        """The title of the lesson."""
        first = read_notebook(self.lesson).cells[0].source
        found = re.search(r"^# (.*)$", first, re.MULTILINE)
        return found[1] if found else self.lesson.stem

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """What is asked, each with its answer."""
        return self.question.asked(self.givens)

    @cached_property
    def marks(self) -> dict[str, int]:
        """The marks of each part of the question."""
        return self.question.parts(self.givens)

    @cached_property
    def statement(self) -> str:
        """The question in words, as Markdown."""
        return self.question.statement(self.givens)


def chosen_seeds(text: str) -> tuple[int, ...]:
    """Return the seeds that a text names, each once, in its order; none for an empty text.

    Raises:
        BookError: for what is not a list of whole numbers and ranges, and for more than 1,000 seeds.

    >>> chosen_seeds("1..4, 9"), chosen_seeds(" 7 "), chosen_seeds("")
    ((1, 2, 3, 4, 9), (7,), ())
    """
    if not text.strip():
        return ()
    seeds: dict[int, None] = {}
    for piece in text.split(","):
        found = re.fullmatch(r"\s*([0-9]{1,9})\s*(?:\.\.\s*([0-9]{1,9})\s*)?", piece)
        if found is None:
            raise BookError(f"SEEDS={shown(text, 60)} does not name seeds.", remedy=_SEEDS)
        first = int(found[1])
        last = int(found[2] or first)
        if last < first:
            raise BookError(f"SEEDS={shown(text, 60)} counts down from {first} to {last}.", remedy=_SEEDS)
        if len(seeds) + last - first >= MOST_SEEDS:
            raise BookError(
                f"SEEDS={shown(text, 60)} names more than {MOST_SEEDS:,} seeds.",
                remedy="Make them in several runs.",
            )
        seeds |= dict.fromkeys(range(first, last + 1))
    return tuple(seeds)


def chosen_parts(text: str = "", root: Path | None = None) -> list[Part]:
    """Return the parts of the book that a text names, with the lessons named; by default all, in its order.

    A name is that of a part's folder, or of one question: 'foundations', 'foundations/q4'.

    Raises:
        BookError: for a name that the book does not have, and for a book without lessons.
    """
    book = book_folder(root)
    parts = list(_parts(book))
    names = re.findall(r"[^\s,]+", text)
    known = {part.folder for part in parts} | {_name(path) for part in parts for path in part.lessons}
    if strangers := [name for name in names if name not in known]:
        raise BookError(
            f"PARTS names {shown(strangers[0], 60)}, which the book does not have.",
            remedy=f"Its parts are {', '.join(part.folder for part in parts)}; one question is "
            f"{_name(parts[0].lessons[0])}.",
        )
    if not names:
        return parts
    kept = []
    for part in parts:
        lessons = [path for path in part.lessons if {part.folder, _name(path)} & set(names)]
        if lessons:
            kept.append(Part(part.folder, part.title, tuple(lessons)))
    return kept


def variants_of(part: Part, seed: int | None, root: Path | None = None) -> list[Variant]:
    """Return the questions of a part for one seed, or as they were given."""
    made = []
    for lesson in part.lessons:
        question = load(_name(lesson), root)
        givens = question.givens() if seed is None else question.draw(seed)
        made.append(Variant(question, seed, lesson, part.title, givens))
    return made


def add_choices(parser: argparse.ArgumentParser) -> None:
    """Add the options ``--seeds`` and ``--parts`` to a command."""
    parser.add_argument(
        "--seeds", default="", metavar="1..30", help="seeds to draw from: 7 or 1,4,7 or 1..30"
    )
    parser.add_argument(
        "--parts", default="", metavar="NAMES", help="parts or questions: 'foundations sizing_networks/q4'"
    )


def library_version() -> str:
    """Return the version that all made with these files goes by."""
    return str(sys.modules["nnutils"].__version__)  # loaded before any of its parts


def settings(file: Path) -> dict[str, Any]:
    """Return what a YAML file of the book says.

    Raises:
        BookError: where the book does not have it.
    """
    import yaml

    if not file.is_file():
        raise BookError(f"There is no {file.name}.", remedy="A book has _config.yml and _toc.yml.")
    return yaml.safe_load(file.read_text(encoding="utf-8")) or {}


def _parts(book: Path) -> Iterator[Part]:
    """Yield the parts of the table of contents that have lessons with a practice file."""
    found = False
    for part in settings(book / "_toc.yml").get("parts", []):
        files = [book / f"{name}.ipynb" for name in _files(part)]
        if lessons := tuple(path for path in files if _is_lesson(path)):
            found = True
            yield Part(lessons[0].parent.name, str(part.get("caption", "")), lessons)
    if not found:
        raise BookError(
            "No part of _toc.yml has a lesson.",
            remedy="A lesson is chapters/<part>/<number>_<name>.ipynb with practice/q<number>.py beside it.",
        )


def _files(entry: Any) -> Iterator[str]:
    if isinstance(entry, dict):
        if "file" in entry:
            yield str(entry["file"])
        for key in ("chapters", "sections"):
            yield from _files(entry.get(key, []))
    elif isinstance(entry, list):
        for one in entry:
            yield from _files(one)


def _is_lesson(path: Path) -> bool:
    number = re.match(r"0*([1-9]\d*)_", path.name)
    return bool(number) and (path.parent / "practice" / f"q{number[1]}.py").is_file()  # type: ignore[index]


def _name(lesson: Path) -> str:
    """Return the name of a lesson's question, such as 'foundations/q4'."""
    return f"{lesson.parent.name}/q{int(lesson.name.partition('_')[0])}"
