"""Where a book's files are: its folder, and the questions below ``chapters/<part>/``."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

from nnutils.core.errors import BookError
from nnutils.core.messages import shown
from nnutils.core.reading import has_file, has_folder

__all__ = ["book_folder", "question_file", "question_files", "question_of", "run_file"]

_QUESTION = re.compile(r"(?P<part>\w+)/(?P<question>q[1-9]\d{0,5})", re.ASCII)


def book_folder(root: Path | str | None = None, start: Path | None = None) -> Path:
    """Return the book's folder: ``root`` where it is given, else the nearest upwards that has ``chapters/``.

    The search starts in ``start``, by default in the current folder.

    Raises:
        BookError: where there is no folder ``chapters``.
    """
    if root is not None:
        if not has_folder(Path(root) / "chapters"):
            raise BookError(
                f"{shown(str(root))} has no folder 'chapters'.", remedy="Name the folder that has it as root."
            )
        return Path(root)
    start = (start or Path.cwd()).resolve()
    # Where the library stands in the book's own repository, the book is found from every folder.
    for folder in (start, *start.parents, Path(__file__).resolve().parents[2]):
        if has_folder(folder / "chapters"):
            return folder
    raise BookError(
        "There is no folder 'chapters' here or in any folder above.",
        remedy="Run from inside the book, or name its folder as root.",
    )


def question_of(name: str) -> tuple[str, str]:
    """Return the part and the question that a name such as 'foundations/q4' holds.

    Raises:
        BookError: for a name of another form.

    >>> question_of("foundations/q4")
    ('foundations', 'q4')
    """
    match = _QUESTION.fullmatch(name)
    if match is None:
        raise BookError(
            f"{shown(name)} does not name a question.", remedy="Write '<part>/q<number>': 'foundations/q4'."
        )
    return match["part"], match["question"]


def question_file(name: str, kind: str, root: Path | str | None = None) -> Path:
    """Return the Python file of a question: ``kind`` is 'practice' or 'audits'.

    Raises:
        BookError: for a name that is not a question's, where there is no book, and for a question that has no
            such file.
    """
    part, question = question_of(name)
    book = book_folder(root)
    path = book / "chapters" / part / kind / f"{question}.py"
    if not has_file(path):
        known = [f"{p.parents[1].name}/{p.stem}" for p in question_files(kind, book)]
        raise BookError(
            f"There is no chapters/{part}/{kind}/{question}.py.",
            remedy=f"The book has {', '.join(known)}."
            if known
            else f"No question has a file in {kind}/ yet.",
        )
    return path


def question_files(kind: str, root: Path | str | None = None, part: str | None = None) -> list[Path]:
    """Return the files of all questions of a book, or of one part, in the order of parts and numbers.

    Raises:
        BookError: where there is no book, and for a file in such a folder that is not named after a question.
    """
    book = book_folder(root)
    found = sorted(
        (book / "chapters").glob(f"{part or '*'}/{kind}/*.py"), key=lambda p: (p.parent, _number(p))
    )
    for path in found:
        if not re.fullmatch(r"q[1-9]\d*", path.stem):
            raise BookError(
                f"{path.relative_to(book).as_posix()} is not named after a question, so nothing runs it.",
                remedy="Name it q1.py, q2.py, ...; what several questions share belongs into a library.",
            )
    return found


def run_file(path: Path) -> ModuleType:
    """Return the module that a Python file makes, run afresh.

    Raises:
        whatever the file raises.
    """
    # Questions of different parts share their file names, so the module's name holds the folders too.
    name = ".".join([*path.parts[-4:-1], path.stem])
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None, "a path that ends in .py has a loader"
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their own module up
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _number(path: Path) -> tuple[int, str]:
    digits = path.stem.removeprefix("q")
    return (int(digits) if digits.isdecimal() else 0, path.stem)
