"""Packs the built site into one file that is read without a network: unpack it, open index.html.

In a book's folder, once the site is built: ``python -m nnutils.book zip``. It writes
_build/<name>-<version>.zip. The same site gives the same bytes: times, order and rights are fixed. Python
for the browser, which runs the variants and the live panels, is left out: browsers do not run it in pages
that lie in a folder, and the pages say so.
"""

from __future__ import annotations

import argparse
import os
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from nnutils.book.contents.reading import book_title
from nnutils.book.variants.choosing import library_version
from nnutils.core.errors import BookError
from nnutils.core.places import book_folder
from nnutils.core.words import counted

__all__ = ["LEFT_OUT", "SITE", "add_arguments", "packed_site", "run"]

SITE = "_build/html"
"""Where the site is built."""

LEFT_OUT = ("pyodide",)
"""Folders of the site that serve only where it is served."""

_FIRST = "index.html"
_TIME = (1980, 1, 1, 0, 0, 0)  # the first that the format knows
_RIGHTS = 0o100644 << 16  # a file that everybody may read
_README = """{title}, version {version}

Unpack this file, then open index.html in a browser. No network is needed.

Variants of a question and the live panels need Python, which a browser loads only from a site: here they
say so. Everything else works: text, formulas, figures, folds, search, and the boxes for answers.
"""


def packed_site(site: Path, file: Path, book: Path | None = None, left_out: Iterable[str] = LEFT_OUT) -> int:
    """Write a built site into one file, in a folder of its own, with a README; return how many files it has.

    Raises:
        BookError: where there is no built site.
    """
    if not (site / _FIRST).is_file():
        raise BookError(f"There is no {_FIRST} in {site}.", remedy="Build the site first: make book")
    root = book_folder(book)
    names = sorted(one.relative_to(site).as_posix() for one in site.rglob("*") if one.is_file())
    taken = [name for name in names if name.split("/")[0] not in {*left_out, ".buildinfo"}]
    readme = _README.format(title=book_title(root), version=library_version())
    contents = {"README.txt": readme.encode(), **{name: (site / name).read_bytes() for name in taken}}
    with zipfile.ZipFile(file, "w") as packed:
        for name, data in contents.items():
            entry = zipfile.ZipInfo(f"{file.stem}/{name}", _TIME)
            entry.create_system = 3  # as on Unix, wherever it is made
            entry.external_attr = _RIGHTS
            packed.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)
    return len(contents)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command ``zip``."""
    parser.add_argument("site", nargs="?", default=SITE, help=f"folder of the built site, by default {SITE}")


def run(options: argparse.Namespace) -> int:
    """Pack the site, and print how large the file is."""
    book = book_folder()
    name = re.sub(r"\W+", "-", book_title(book).lower()).strip("-")
    file = book / "_build" / f"{name}-{library_version()}.zip"
    number = packed_site(Path(options.site), file, book)
    print(f"{os.path.relpath(file)}: {counted(number, 'file')}, {file.stat().st_size / 1e6:.1f} MB")
    return 0
