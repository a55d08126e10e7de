"""Joins the records of the shards of a test run, made by ``pytest --shard 1/4`` and so on, into one.

In a book's folder: ``python -m nnutils.book join [FOLDER...]``

Each shard executes some of the notebooks and tests, chosen by how long each took in the run before, and
leaves its record below ``_build/shards``. With all of them there this says what the whole run came to, and
writes the record that the page "How this book is checked" shows. FOLDER is where records from elsewhere are.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from nnutils.book.runs.records import Run, digest_of, notebooks_of, write_run
from nnutils.book.whole_files import write_whole
from nnutils.core.errors import BookError
from nnutils.core.words import counted, listed

__all__ = ["DURATIONS", "SHARDS", "Shard", "ShardRecord", "add_arguments", "joined", "read_shards", "run"]

SHARDS = "_build/shards"
"""Where a shard leaves its record, below the folder of the book."""

DURATIONS = "_build/test_durations.json"
"""Where a run keeps how many seconds each test took, by its name: what the next one is divided by."""


@dataclass(frozen=True)
class Shard:
    """One part of a test run: the ``number``-th of ``of``, from 1."""

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> Shard:
        """Read a shard as it is typed.

        Raises:
            BookError: if the text does not name one of at least one shard.

        >>> Shard.parse("2/4")
        Shard(number=2, of=4)
        """
        found = re.fullmatch(r"\s*(\d{1,4})\s*/\s*(\d{1,4})\s*", text, re.ASCII)
        number, of = map(int, found.groups()) if found else (0, 0)
        if not 1 <= number <= of:
            raise BookError(
                f"A shard is the number of a part and how many parts there are; {text!r} is not one.",
                remedy="Write 1/4, 2/4, 3/4 and 4/4 for the four parts of a run.",
            )
        return cls(number, of)

    @property
    def record(self) -> str:
        """Where its record stands, below the folder of the book."""
        return f"{SHARDS}/{self.number}-of-{self.of}.json"


@dataclass(frozen=True)
class ShardRecord:
    """What a shard came to: its run, what failed in it by name, and the seconds that each test took."""

    shard: Shard
    run: Run
    failures: tuple[str, ...]
    durations: dict[str, float]

    def write(self, book: Path) -> Path:
        """Keep the record below the folder of the book; return the file."""
        path = book / self.shard.record
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(asdict(self), indent=1) + "\n")
        return path

    @classmethod
    def read(cls, path: Path) -> ShardRecord:
        """Read the record in a file.

        Raises:
            BookError: if the file does not hold one.
        """
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                Shard(**said["shard"]), Run(**said["run"]), tuple(said["failures"]), dict(said["durations"])
            )
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise BookError(
                f"{path.name} is not the record of a shard.",
                where=f"in {path.parent}",
                remedy="Remove it, and run that shard again.",
            ) from error


def read_shards(folders: Iterable[Path]) -> list[ShardRecord]:
    """Return the records in some folders, by their number.

    Raises:
        BookError: if a file there is not a record.
    """
    files = sorted({path.resolve() for folder in folders for path in folder.rglob("*-of-*.json")})
    return sorted(map(ShardRecord.read, files), key=lambda one: (one.shard.of, one.shard.number))


def joined(shards: Sequence[ShardRecord]) -> Run:
    """Return the run that some shards make up together; its seconds are those of the longest.

    Raises:
        BookError: if one is missing or there twice, or if they did not run on the same notebooks.
    """
    again = "Run each of them on the same commit, as in pytest --shard 1/4, and join them again."
    if not shards:
        raise BookError("No shard has left a record, so there is nothing to join.", remedy=again)
    divided = {one.shard.of for one in shards}
    if len(divided) > 1:
        raise BookError(
            f"The records are of runs in {listed(map(str, sorted(divided)))} parts.", remedy=again
        )
    (of,) = divided
    there = [one.shard.number for one in shards]
    missing = sorted(set(range(1, of + 1)) - set(there))
    if missing:
        raise BookError(
            f"Of {of} shards {listed(map(str, missing))} {'is' if len(missing) == 1 else 'are'} missing.",
            remedy=again,
        )
    if len(there) > of:
        raise BookError(f"There are {len(there)} records of {of} shards.", remedy=again)
    runs = [one.run for one in shards]
    if len({run.digest for run in runs}) > 1:
        raise BookError("The shards did not run on the same notebooks.", remedy=again)
    names = ("notebooks", "cells", "outputs", "tests", "examples", "failed", "skipped")
    return replace(
        runs[0],
        began=min(run.began for run in runs),
        seconds=max(run.seconds for run in runs),
        passed=all(run.passed for run in runs),
        **{name: sum(getattr(run, name) for run in runs) for name in names},
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "folders", nargs="*", type=Path, metavar="FOLDER", help=f"where the records are ({SHARDS})"
    )


def run(options: argparse.Namespace) -> int:
    """Join the records, say what they come to, and return 1 if a shard failed.

    Raises:
        BookError: if the records do not make up one run, or if the notebooks have changed since.
    """
    book = Path()
    shards = read_shards(options.folders or [book / SHARDS])
    whole = joined(shards)
    if whole.digest != digest_of(notebooks_of(book)):
        raise BookError(
            "The notebooks have changed since the shards ran.", remedy="Run the shards on this commit."
        )
    for one in shards:
        said = f"{one.run.tests + one.run.cells + one.run.examples} passed, {one.run.failed} failed"
        print(f"shard {one.shard.number} of {one.shard.of}: {said} in {one.run.duration}")
    for name in sorted(name for one in shards for name in one.failures):
        print(f"FAILED {name}", file=sys.stderr)
    write_run(book, whole)
    durations = {name: seconds for one in shards for name, seconds in one.durations.items()}
    write_whole(book / DURATIONS, json.dumps(durations, indent=0, sort_keys=True) + "\n")
    print(f"{whole.tests + whole.cells + whole.examples} passed, {whole.failed} failed", end=", ")
    print(f"{counted(whole.skipped, 'left out', 'left out')}; the longest shard took {whole.duration}")
    return int(not whole.passed)
