"""The archive that the browser unpacks: the library as far as it needs nothing else, and the practice files.

The archive holds the same bytes for the same files, whenever it is made.
"""

from __future__ import annotations

import importlib.util
import io
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from nnutils.core.errors import BookError
from nnutils.core.places import question_files

__all__ = ["make_bundle"]

PACKAGES = ("core", "networks", "autodiff", "slips", "practice", "lint")
"""The packages of ``nnutils`` that need the standard library only."""

RENDERERS = {
    "markdown-it-py": ("markdown_it", "**/*.py"),
    "mdurl": ("mdurl", "**/*.py"),
    "mdit-py-plugins": ("mdit_py_plugins", "[_u]*.py", "dollarmath/*.py"),
}
"""What turns a statement into HTML: pure Python, by the name of its distribution."""

_THE_SAME_DATE = (1980, 1, 1, 0, 0, 0)  # the first that an archive can hold


def make_bundle(book: Path) -> bytes:
    """Return the archive for a book: to be unpacked into a folder, which is then the book and on the path.

    Raises:
        BookError: where a package that turns Markdown into HTML is not installed.

    >>> make_bundle(Path("."))[:2]
    b'PK'
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(dict(_files(book)).items()):
            archive.writestr(_entry(name), content, zipfile.ZIP_DEFLATED, 9)
    return made.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _THE_SAME_DATE)
    entry.create_system = 3  # of every system the same
    entry.external_attr = 0o644 << 16
    return entry


def _files(book: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name in the archive and the content of each file."""
    library = Path(__file__).resolve().parents[3]
    yield "nnutils/__init__.py", (library / "__init__.py").read_bytes()
    for package in PACKAGES:
        for path in (library / package).rglob("*.py"):
            yield f"nnutils/{path.relative_to(library).as_posix()}", path.read_bytes()
    yield "answering.py", (library / "book/pages/engine/answering.py").read_bytes()
    for path in question_files("practice", book) if (book / "chapters").is_dir() else ():
        yield path.relative_to(book).as_posix(), path.read_bytes()
    for distribution, (package, *patterns) in RENDERERS.items():
        yield from _renderer(distribution, package, patterns)


def _renderer(distribution: str, package: str, patterns: list[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a package, and its licence."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise BookError(
            f"{package} is not installed, so variants have no page.", remedy="Install nnutils[book]."
        )
    folder = Path(found.origin).parent
    for path in {path for pattern in patterns for path in folder.glob(pattern)}:
        if path.parts[-2] != "cli":  # a program of its own
            yield f"{package}/{path.relative_to(folder).as_posix()}", path.read_bytes()
    for file in metadata.files(distribution) or ():
        if file.name.upper().startswith("LICENSE"):
            yield f"licences/{distribution}/{file.name}", Path(str(file.locate())).read_bytes()
