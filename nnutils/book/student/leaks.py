"""Looks for answers in every file of a built site: only what a question says itself may be there.

``python -m nnutils.book student`` ends with it. Files that installed packages bring, unchanged, are left out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from nnutils.book.student.decoding import readings, texts
from nnutils.book.student.spellings import Finder, Secret, secrets_of
from nnutils.practice import Question

__all__ = ["Leak", "finder_for", "known_files", "leaks_in"]

_AROUND = 30  # characters shown on either side
_SOLVED = re.compile(
    r"Model answer|How we know|What the sheets say|Going further|In one minute"
    r"|(?<=>)Solution(?=<)|## Solution"
    r"|(?<=class=[\"'])verdict-\w+|(?<=\bclass=\\\")verdict-\w+"
)


@dataclass(frozen=True)
class Leak:
    """Something of a solution in a file: what it is, its spelling, and where it stands."""

    file: str
    what: str
    spelling: str
    place: str
    around: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what} as {self.spelling!r} ({self.place}: ...{self.around}...)"


def finder_for(questions: Iterable[Question]) -> tuple[Finder, tuple[Secret, ...]]:
    """Return what finds the answers of these questions, and the answers that a question says itself."""
    listed = list(questions)
    secrets = [secret for one in listed for secret in secrets_of(one.name, one.asked())]
    everything = Finder(secrets)
    said = set()
    for question in listed:
        words = [question.statement(), *(quantity.text for quantity in question.asked())]
        words += [str(value) for value in question.givens().values()]
        for text in words:
            for reading in readings(text):
                said |= {secret for secret, _, _ in everything.find(reading)}
    public = tuple(secret for secret in secrets if secret in said)
    return Finder(secret for secret in secrets if secret not in said), public


def known_files(folders: Iterable[Path], names: Set[str]) -> set[str]:
    """Return the hashes of the files in these folders that bear one of the names: what packages bring."""
    found = set()
    for folder in folders:
        for path in folder.rglob("*"):
            if path.name in names and path.is_file():
                found.add(_hash(path.read_bytes()))
    return found


def leaks_in(site: Path, finder: Finder, known: Set[str] = frozenset()) -> Iterator[Leak]:
    """Yield what the files of a site tell of solutions; ``known`` are the hashes of files to leave out."""
    for path in sorted(site.rglob("*")):
        if not path.is_file():
            continue
        file, content = path.relative_to(site).as_posix(), path.read_bytes()
        yield from in_text(file, file, "its name", finder)
        if _hash(content) not in known:
            for place, text in texts(content, "the file"):
                yield from in_text(file, text, place, finder)


def in_text(file: str, text: str, place: str, finder: Finder) -> Iterator[Leak]:
    """Yield what one text of a file tells, each answer once."""
    seen: set[tuple[object, str]] = set()
    for reading in readings(text):
        for secret, spelling, at in finder.find(reading):
            if (secret, spelling) not in seen:
                seen.add((secret, spelling))
                yield Leak(file, str(secret), spelling, place, _part(reading, at, len(spelling)))
        for found in _SOLVED.finditer(reading):
            if ("", found[0]) not in seen:
                seen.add(("", found[0]))
                yield Leak(file, "a heading of solutions", found[0], place, _part(reading, found.start(), 0))


def _part(text: str, at: int, length: int) -> str:
    return " ".join(text[max(at - _AROUND, 0) : at + length + _AROUND].split())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
