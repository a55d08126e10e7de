"""Builds the site for students: questions, hints and boxes for answers, and no solution in any file.

In a book's folder: ``python -m nnutils.book student``. The pages stand in ``_build/student``. At the end
every file of the site is searched for every answer; a site in which one is found is not kept.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path

from nnutils.book.jupyter_book import build_site
from nnutils.book.pages.mathematics.rendering import VENDORED
from nnutils.book.student.hashing import ITERATIONS
from nnutils.book.student.leaks import finder_for, known_files, leaks_in
from nnutils.book.student.sources import write_sources
from nnutils.core.errors import BookError
from nnutils.core.places import book_folder
from nnutils.practice import load

__all__ = ["FOLDER", "add_arguments", "build", "packaged_files", "run", "search"]

FOLDER = "_build/student"
"""Where the pages are. What they are made from stands beside it while they are built."""

_SHOWN = 8  # leaks that the message lists
_PACKAGES = (
    "sphinx",
    "sphinx_book_theme",
    "pydata_sphinx_theme",
    "sphinx_design",
    "sphinx_copybutton",
    "myst_nb",
)


def build(root: Path | None = None, target: Path | None = None, iterations: int = ITERATIONS) -> Path:
    """Build the site for students of the book around; return the folder of its pages, by default FOLDER.

    What was there before is removed, also where something goes wrong. ``iterations`` says how slow a try is.

    Raises:
        BookError: where jupyter-book fails or warns, and where something of a solution is found in the site.
        PracticeError: for a practice file that fails.
    """
    book = book_folder(root).resolve()
    target = target or book / FOLDER
    sources = target.with_name(f"{target.name}_sources")
    for old in (sources, target):
        shutil.rmtree(old, ignore_errors=True)
    names = write_sources(book, sources, iterations)
    site = build_site(sources, "-W", "-n", "--keep-going")
    search(site, book, names)
    shutil.move(site, target)
    shutil.rmtree(sources)
    return target


def search(site: Path, book: Path, names: tuple[str, ...]) -> None:
    """Search a site for the answers to these questions of a book.

    Raises:
        BookError: where something is found; it says in which file, and in which spelling.
    """
    finder, _ = finder_for(load(name, book) for name in names)
    found = list(leaks_in(site, finder, packaged_files(site, book)))
    if found:
        more = f"\n... and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
        lines = "\n".join(map(str, found[:_SHOWN]))
        raise BookError(
            f"The site for students would tell of solutions in {len(found):,} places:\n{lines}{more}",
            remedy="Take it out of what stands above the solution, or mark it in a page of text: "
            "<!-- with solutions --> ... <!-- end -->.",
        )


def packaged_files(site: Path, book: Path) -> set[str]:
    """Return the hashes of the files of a site that installed packages brought, or that are vendored."""
    names = {path.name for path in site.rglob("*") if path.is_file()}
    # the shell joins files of packages, cut to what pages use, and some that stand beside it and are searched
    joined = known_files([site / "_static"], {"shell.css", "shell.js"})
    return joined | known_files([*_package_folders(), VENDORED, *book.glob("vendor/*")], names)


def _package_folders() -> Iterator[Path]:
    for package in _PACKAGES:
        found = importlib.util.find_spec(package)
        if found is not None and found.origin is not None:
            yield Path(found.origin).parent


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command ``student``: it has none."""


def run(options: argparse.Namespace) -> int:
    """Build the site, and print where it is."""
    site = build()
    here = Path.cwd().resolve()
    place = site.relative_to(here) if site.is_relative_to(here) else site
    print(f"The site without solutions is built, and no answer was found in it. Open {place}/index.html")
    return 0
