"""Makes a variant of a lesson, drawn from a seed: executed, and shown as a page of a copy of the book.

The copy stands in ``_build/variants``; the sources stay as they are. A second variant joins the first.
"""

from __future__ import annotations

import argparse
import fnmatch
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from nnutils.book.contents.lessons import LESSON, add_to_title, page_of, question_of_page
from nnutils.book.contents.listing import pages_in_text, with_pages_behind
from nnutils.book.contents.reading import CONFIG, CONTENTS, read_notebook, read_settings
from nnutils.book.jupyter_book import build_site
from nnutils.core.errors import BookError
from nnutils.core.places import book_folder
from nnutils.practice import Question, load

__all__ = ["add_arguments", "build_pages", "make_variant", "question_behind", "run"]

FOLDER = "_build/variants"

_NOT_COPIED = ("_build", ".*", "build", "dist", "*.egg-info", "__pycache__", ".ipynb_checkpoints")


def question_behind(notebook: Path, book: Path) -> Question:
    """Return the question of a lesson, chapters/<part>/<number>_<name>.ipynb.

    Raises:
        BookError: for a notebook in another place, or without a practice file.
    """
    name = question_of_page(page_of(notebook, book))
    if name is None:
        raise BookError(
            f"{notebook} is not a lesson of this book.", where=f"the book in {book}", remedy=LESSON
        )
    return load(name, book)


def make_variant(notebook: Path, seed: int, root: Path | None = None) -> Path:
    """Execute a lesson on the givens drawn from a seed; return the variant's notebook in ``_build/variants``.

    Raises:
        BookError: for a notebook that is not a lesson, and for a cell that fails on these givens.
        PracticeError: for a practice file that is not complete.
    """
    import nbformat

    from nnutils.book.variants.varying import executed, with_givens

    book = book_folder(root)
    question = question_behind(notebook, book)
    lesson = read_notebook(notebook)
    copy = _copy_of(book)
    target = copy / "chapters" / notebook.resolve().parent.name / f"{notebook.stem}-seed{seed}.ipynb"
    note = (
        f"**Variant with seed {seed}.** The givens of this page were drawn, and everything below is computed "
        f"from them. [The question as it was given]({notebook.stem}.ipynb) has other numbers."
    )
    variant = with_givens(lesson, question.draw(seed), notebook.name, note)
    add_to_title(variant, f"(seed {seed})")
    nbformat.write(executed(variant, target.parent, target.name), target)  # type: ignore[no-untyped-call]
    _list_variants(copy)
    return target


def build_pages(root: Path | None = None) -> Path:
    """Build the copy of the book with its variants; return the folder of its pages.

    Raises:
        BookError: where jupyter-book fails; the message holds its last lines.
    """
    return build_site(book_folder(root) / FOLDER)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command ``variant``."""
    parser.add_argument("notebook", type=Path, help="the lesson: chapters/<part>/01_name.ipynb")
    parser.add_argument(
        "--seed", type=int, required=True, help="a whole number; the same one gives the same variant"
    )
    parser.add_argument("--no-page", action="store_true", help="only the notebook, not its page")


def run(options: argparse.Namespace) -> int:
    """Make a variant and its page, and print where they are."""
    variant = make_variant(options.notebook, options.seed)
    print(f"notebook  {_shown(variant)}")
    if not options.no_page:
        copy = next(folder for folder in variant.parents if (folder / "chapters").is_dir())
        page = build_pages() / variant.relative_to(copy).with_suffix(".html")
        print(f"page      {_shown(page)}")
    return 0


def _copy_of(book: Path) -> Path:
    """Bring the copy of the book up to date, without its variants, and return its folder.

    Unchanged files keep their times, so that jupyter-book builds again only what differs.
    """
    copy = book / FOLDER
    wanted = set()
    for source in _files(book):
        target = copy / source.relative_to(book)
        wanted.add(target)
        if not target.is_file() or target.read_bytes() != source.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    for old in list((copy / "chapters").rglob("*")):
        if old.is_file() and old not in wanted and not re.search(r"-seed-?\d+\.ipynb$", old.name):
            old.unlink()
    return copy


def _files(book: Path) -> Iterator[Path]:
    """Yield the files of a book: all but those that its _config.yml excludes, as jupyter-book does."""
    config = book / CONFIG
    settings = read_settings(config) if config.is_file() else {}
    excluded = [*_NOT_COPIED, *map(str, settings.get("exclude_patterns", []))]
    folders = [book]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            place = path.relative_to(book).as_posix()
            if any(fnmatch.fnmatch(name, pattern) for pattern in excluded for name in (place, path.name)):
                continue
            if path.is_dir():
                folders.append(path)
            else:
                yield path


def _list_variants(copy: Path) -> None:
    """Write each variant behind its lesson into the copy's table of contents."""
    contents = copy / CONTENTS
    text = contents.read_text(encoding="utf-8")
    variants: dict[str, list[str]] = {}
    for page in pages_in_text(text):
        found = sorted((copy / page).parent.glob(f"{Path(page).name}-seed*.ipynb"), key=_seed)
        variants[page] = [path.relative_to(copy).with_suffix("").as_posix() for path in found]
    contents.write_text(with_pages_behind(text, variants), encoding="utf-8", newline="\n")


def _seed(path: Path) -> int:
    return int(path.stem.rpartition("-seed")[2])


def _shown(path: Path) -> str:
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)
