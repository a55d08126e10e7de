"""Lays out the files of a new question: lesson, practice, audit, card and entry in the table of contents.

The lesson is a small example that runs and passes every test, to be replaced piece by piece.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from importlib.resources import files
from pathlib import Path

from nnutils.book.contents.lessons import lesson_number, question_of_page
from nnutils.book.contents.listing import pages_in_text, with_pages_behind
from nnutils.book.contents.reading import CONTENTS
from nnutils.book.whole_files import write_whole
from nnutils.core.errors import BookError
from nnutils.core.places import book_folder

__all__ = ["add_arguments", "lay_out", "run"]

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_GRID_END = re.compile(r"^::::\s*$", re.MULTILINE)
CHANGES = "tests/changed_givens"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("part", help="the folder below chapters/")
    parser.add_argument("name", help="lower-case words for the file's name: gradient_clipping")
    parser.add_argument("--title", default="", help="the page's title (default: made from the name)")


def run(options: argparse.Namespace) -> int:
    """Lay out the files, execute the lesson, and say what comes next."""
    made = lay_out(options.part, options.name, options.title)
    print("made, and ready to be replaced piece by piece:")
    for path in made:
        print(f"  {path}")
    lesson = next(path for path in made if path.endswith(".ipynb"))
    print(f"then: python -m nnutils.book execute {lesson}")
    return 0


def lay_out(part: str, name: str, title: str = "", root: Path | None = None) -> list[str]:
    """Write the files of the next question of a part; return their paths within the book.

    Everything is checked before the first file is written, and no file is overwritten.

    Raises:
        BookError: for an unknown part, a name that is taken or not lower-case words, a card or an entry
            that has no place; and for a lesson that does not run, whose files are then taken away again.
    """
    book = book_folder(root)
    folder = book / "chapters" / part
    if not (folder / "index.md").is_file():
        known = sorted(path.parent.name for path in (book / "chapters").glob("*/index.md"))
        raise BookError(
            f"There is no part {part!r}.", remedy=f"The parts are {', '.join(known) or 'none yet'}."
        )
    if not _NAME.fullmatch(name):
        raise BookError(
            f"{name!r} cannot name a lesson.", remedy="Use lower-case words with _ between: gradient_clipping"
        )
    lessons = [(n, path) for path in folder.glob("*.ipynb") if (n := lesson_number(path.stem))]
    taken = [path.name for _, path in lessons if path.stem.partition("_")[2] == name]
    if taken:
        raise BookError(f"chapters/{part}/{taken[0]} has this name.", remedy="Choose another one.")
    number = max((n for n, _ in lessons), default=0) + 1
    title = title.strip() or name.replace("_", " ").capitalize()
    stem = f"{number:02d}_{name}"
    words = {"TITLE": title, "PART": part, "QUESTION": f"q{number}"}
    changed = {
        folder / "index.md": _with_card(folder / "index.md", stem, title),
        book / CONTENTS: _with_entry(book / CONTENTS, part, stem),
    }
    new = {
        folder / "practice" / f"q{number}.py": _template("practice", words),
        folder / "audits" / f"q{number}.py": _template("audit", words),
    }
    if (book / CHANGES).is_dir():
        new[book / CHANGES / part / f"q{number}.py"] = _template("changes", words)
    for path in new:
        if path.exists():
            raise BookError(f"{path.relative_to(book).as_posix()} exists.", remedy="Move it away first.")
    return _written(book, folder / f"{stem}.ipynb", _template("lesson", words), new, changed)


def _written(
    book: Path, lesson: Path, text: str, new: dict[Path, str], changed: dict[Path, str]
) -> list[str]:
    """Write all files and execute the lesson; take everything back where it does not run."""
    from nnutils.book.executing import execute

    before = {path: path.read_text(encoding="utf-8") for path in changed}
    try:
        for path, content in {**new, **changed}.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
        write_whole(lesson, _notebook(text))
        write_whole(lesson, execute(lesson))
    except BaseException as error:
        for path in (lesson, *new):
            path.unlink(missing_ok=True)
        for path, content in before.items():
            write_whole(path, content)
        if not isinstance(error, Exception):
            raise  # somebody stopped it
        raise BookError(
            f"The laid out lesson does not run, so nothing was kept: {error}",
            remedy="Run an existing lesson first: python -m nnutils.book execute chapters/...",
        ) from error
    return [path.relative_to(book).as_posix() for path in (lesson, *new, *changed)]


def _template(name: str, words: dict[str, str]) -> str:
    text = files("nnutils.book").joinpath(f"templates/{name}.txt").read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(word, value)
    return text


def _notebook(text: str) -> str:
    """Return the notebook that a template describes: a cell begins with '---', its kind and its tags."""
    import nbformat

    made = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
    made.metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, piece in enumerate(re.split(r"^--- ", text, flags=re.MULTILINE)[1:]):
        head, _, source = piece.partition("\n")
        kind, *tags = head.split()
        source = source.strip("\n")
        make = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
        cell = make(source)  # type: ignore[no-untyped-call]
        cell.id = f"{hashlib.sha256(text.encode()).hexdigest()[:8]}-{number:02d}"
        if tags:
            cell.metadata["tags"] = tags
        made.cells.append(cell)
    return str(nbformat.writes(made)) + "\n"  # type: ignore[no-untyped-call]


def _with_card(index: Path, stem: str, title: str) -> str:
    """Return the part's index with a card for the lesson at the end of its grid."""
    text = index.read_text(encoding="utf-8")
    end = _GRID_END.search(text)
    if end is None:
        raise BookError(
            f"chapters/{index.parent.name}/index.md has no grid of cards, which ends with a line '::::'.",
            remedy="Write one, as in the other parts.",
        )
    card = (
        f":::{{grid-item-card}} {title}\n:link: {stem}\n:link-type: doc\n\n"
        "Say in one sentence what the reader will do there.\n:::\n"
    )
    gap = "" if text[: end.start()].endswith("\n\n") else "\n"
    return text[: end.start()] + gap + card + text[end.start() :]


def _with_entry(contents: Path, part: str, stem: str) -> str:
    """Return the table of contents with the lesson behind the part's last one, or behind its index."""
    text = contents.read_text(encoding="utf-8") if contents.is_file() else ""
    lessons = [page for page in pages_in_text(text) if (question_of_page(page) or "").startswith(f"{part}/")]
    if not lessons:
        raise BookError(
            f"{CONTENTS} has no lesson of the part {part!r}, behind which a new one could stand.",
            remedy=f"Add it by hand: - file: chapters/{part}/{stem}",
        )
    return with_pages_behind(text, {lessons[-1]: [f"chapters/{part}/{stem}"]})
