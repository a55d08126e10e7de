"""The checker of worked solutions on text that nobody here wrote: documentation inside published packages.

Run it as ``python benchmarks/lint_elsewhere.py CACHE [--package NAME ...] [--processes N] [--readme]``. The
packages of ``lint_elsewhere.toml``, each at one version, are downloaded with pip, npm and apt-get into the
folder CACHE, which must be outside the repository, unless they are there already. Every text file, notebook
and docstring of several lines is linted, each different text of a package once.

Every alarm (a statement called wrong) was judged by hand, in its context, and is recorded in the same file:
``true`` says that the text is really wrong there. An alarm that nobody has judged is printed and makes the
exit status 1. A recorded alarm that is not raised any more was a misreading that has been mended.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # called as a file, a benchmark sees its own folder only

from benchmarks.lint_texts import texts_in  # noqa: E402
from benchmarks.readme_block import write_block  # noqa: E402
from nnutils.core.errors import NNUtilsError  # noqa: E402
from nnutils.lint import Finding, lint  # noqa: E402

RECORD = Path(__file__).with_suffix(".toml")
BEGIN, END = "<!-- lint elsewhere: begin -->", "<!-- lint elsewhere: end -->"
SECONDS = 300
"""So long a download may take."""
COUNTED = ("files", "numbers", "statements", "checked", "wrong", "rounded", "suspicious")


@dataclass(frozen=True)
class Package:
    """A package at one version: where it comes from, and in which round it was read.

    ``registry`` is 'sdist', 'wheel', 'npm' or 'deb', which is Debian's. The checker was mended after each
    round, so that the texts of a later round are unseen ones.
    """

    name: str
    version: str
    registry: str
    round: int
    data: bool = False
    """Whether the longer strings in its files of JSON are read too."""
    below: str = ""
    """The one folder of a very large package that is read."""


@dataclass(frozen=True)
class Alarm:
    """An alarm as recorded: where it stands, and whether the text is really wrong there."""

    package: str
    file: str
    line: int
    statement: str
    true: bool
    why: str
    later: bool = False
    """Whether only the mended checker raised it, so that it is no alarm of the first reading."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from others; a line may be one of several equal ones."""
        return self.package, self.file, self.statement


@dataclass
class Tally:
    """What was found in a package: counts, and its alarms with file and line."""

    package: Package
    counts: Counter[str] = field(default_factory=Counter)
    raised: dict[tuple[str, str, str], int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


def recorded(path: Path = RECORD) -> tuple[list[Package], list[Alarm]]:
    """Return the packages and the judged alarms of the record."""
    held = tomllib.loads(path.read_text(encoding="utf-8"))
    return [Package(**one) for one in held["package"]], [Alarm(**one) for one in held.get("alarm", [])]


def folder_of(package: Package, cache: Path) -> Path:
    """Return the folder with the unpacked package; it is downloaded if it is not there."""
    safe = f"{package.name}-{package.version}".replace("/", "-").lstrip("@")
    folder = cache / safe
    if not folder.is_dir():
        waiting = cache / f"{safe}.part"
        shutil.rmtree(waiting, ignore_errors=True)
        waiting.mkdir(parents=True)
        _download(package, waiting)
        for archive in list(waiting.iterdir()):
            _unpack(archive, waiting)
        waiting.rename(folder)
    return folder


def _download(package: Package, folder: Path) -> None:
    wanted = f"{package.name}=={package.version}"
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
    commands = {
        "sdist": [*pip, "--no-binary", package.name, wanted],
        "wheel": [*pip, "--only-binary", package.name, wanted],
        "npm": ["npm", "pack", "--silent", f"{package.name}@{package.version}"],
        "deb": ["apt-get", "download", "--quiet", f"{package.name}={package.version}"],
    }
    try:
        done = subprocess.run(
            commands[package.registry],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        said = (done.stderr or done.stdout).strip()[-300:] or f"exit status {done.returncode}"
        trouble = "" if done.returncode == 0 and any(folder.iterdir()) else said
    except (OSError, subprocess.TimeoutExpired) as error:
        trouble = str(error)
    if trouble:
        raise SystemExit(
            f"{wanted} cannot be downloaded ({package.registry}): {trouble}\n"
            "This benchmark needs a network with the registries of Python, npm and Debian (release 12), or a "
            "cache that has the packages."
        )


def _unpack(archive: Path, folder: Path) -> None:
    if archive.suffix in (".gz", ".tgz", ".bz2"):
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
    elif archive.suffix in (".whl", ".zip"):
        with zipfile.ZipFile(archive) as zipped:
            zipped.extractall(folder)
    elif archive.suffix == ".deb":
        subprocess.run(["dpkg-deb", "-x", str(archive), str(folder)], check=True, timeout=SECONDS)
    archive.unlink()


def tally(package: Package, folder: Path) -> Tally:
    """Lint every text of a package."""
    made, files = Tally(package), set[str]()
    for text in texts_in(folder, data=package.data, below=package.below):
        files.add(text.file)
        try:
            report = lint(text.text, text.name)
        except NNUtilsError as error:
            made.failed.append(f"{text.file}: {error}")
            continue
        coverage = report.coverage
        made.counts.update(numbers=coverage.numbers, statements=coverage.statements, checked=coverage.checked)
        for one in report.findings:
            made.counts[one.verdict] += 1
        for one in report.wrong:
            key = (package.name, text.file, short(one))
            made.raised.setdefault(key, text.line + one.line - 1)
    made.counts["files"] = len(files)
    return made


def short(finding: Finding) -> str:
    """Return the statement on one line, as the record has it.

    >>> from nnutils.lint import lint
    >>> short(lint("3 +  4\\n= 8").wrong[0])
    '3 + 4 = 8'
    """
    return " ".join(finding.statement.split())[:120]


def main(arguments: Sequence[str] | None = None) -> int:
    """Lint the packages, print what was found, and compare the alarms with the record."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("cache", type=Path, help="folder for the packages, outside the repository")
    parser.add_argument("--package", action="append", default=[], help="only this package")
    parser.add_argument("--processes", type=int, default=1, help="so many packages are read at once")
    parser.add_argument("--readme", action="store_true", help="write the result into README.md")
    given = parser.parse_args(arguments)
    cache = given.cache.resolve()
    if cache.is_relative_to(ROOT):
        raise SystemExit(
            f"{cache} is inside the repository. Name a folder outside it, such as /tmp/packages."
        )
    packages, alarms = recorded()
    if given.package:
        if unknown := set(given.package) - {one.name for one in packages}:
            raise SystemExit(f"{', '.join(sorted(unknown))}: not in {RECORD.name}.")
        packages = [one for one in packages if one.name in given.package]
    tallies = []
    known, unjudged = {one.key for one in alarms}, 0
    for made in _tallied(packages, cache, given.processes):
        tallies.append(made)
        print(line_of(made), flush=True)
        for trouble in made.failed:
            print(f"  not read: {trouble}")
        for (_, file, statement), line in made.raised.items():
            if (made.package.name, file, statement) not in known:
                unjudged += 1
                print(f"  not judged: {file}:{line} {statement}", flush=True)
    print("\n".join(block(tallies, alarms)))
    if given.readme and not given.package and not unjudged:
        write_block(BEGIN, END, "\n".join(block(tallies, alarms)))
    return 1 if unjudged else 0


def _tallied(packages: Sequence[Package], cache: Path, processes: int) -> Iterator[Tally]:
    """Yield what was found in each package, in their order."""
    if processes == 1:
        yield from (_fetched_and_linted(one, cache) for one in packages)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(_fetched_and_linted, packages, repeat(cache))


def _fetched_and_linted(package: Package, cache: Path) -> Tally:
    return tally(package, folder_of(package, cache))


def line_of(made: Tally) -> str:
    """Return the counts of one package as a line."""
    counts = ", ".join(f"{name} {made.counts[name]:,}" for name in COUNTED)
    return f"{made.package.name} {made.package.version} (round {made.package.round}): {counts}"


def block(tallies: Iterable[Tally], alarms: Sequence[Alarm]) -> list[str]:
    """Return a table with one row a round: how much was checked, and how many alarms are true."""
    made = [
        "| round | packages | files | numbers seen | statements | checked | alarms when first read, true "
        "| alarms now, true |",
        "|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    held = list(tallies)
    for number in sorted({one.package.round for one in held}):
        made.append(_row(str(number), [one for one in held if one.package.round == number], alarms))
    first, now = _first_and_now(held, alarms)
    checked = sum(one.counts["checked"] for one in held)
    false = sum(not one.true for one in now)
    return [
        *made,
        _row("all", held, alarms),
        "",
        f"Of the alarms {_percent(first)} were true when first read, and {_percent(now)} are now. "
        f"False ones now: {1000 * false / max(checked, 1):.1f} in 1,000 checked statements.",
    ]


def _row(name: str, held: Sequence[Tally], alarms: Sequence[Alarm]) -> str:
    total = sum((one.counts for one in held), Counter[str]())
    counts = " | ".join(f"{total[name]:,}" for name in COUNTED[:4])
    shares = " | ".join(
        f"{len(one)}, {sum(alarm.true for alarm in one)}" for one in _first_and_now(held, alarms)
    )
    return f"| {name} | {len(held)} | {counts} | {shares} |"


def _first_and_now(held: Sequence[Tally], alarms: Sequence[Alarm]) -> tuple[list[Alarm], list[Alarm]]:
    """Return the alarms of some packages when they were first read, and those that are raised now."""
    names = {one.package.name for one in held}
    raised = {key for one in held for key in one.raised}
    judged = [one for one in alarms if one.package in names]
    return [one for one in judged if not one.later], [one for one in judged if one.key in raised]


def _percent(alarms: Sequence[Alarm]) -> str:
    return f"{100 * sum(one.true for one in alarms) / max(len(alarms), 1):.0f} %"


if __name__ == "__main__":
    sys.exit(main())
