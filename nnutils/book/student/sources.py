"""The sources of the edition for students: fewer pages, lessons without solutions, hashed answers."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from nnutils.book.contents.lessons import LESSON, question_name
from nnutils.book.contents.listing import page_of_entry, pages_listed, parts_of_contents
from nnutils.book.contents.reading import CONFIG, CONTENTS, read_config, read_contents, read_notebook
from nnutils.book.contents.sections import headings
from nnutils.book.pages.boxes.editions import EDITION, STUDENT
from nnutils.book.student.hashing import ITERATIONS, hashed
from nnutils.book.student.lessons import reduced_lesson
from nnutils.book.student.links import anchor_of, for_students
from nnutils.core.errors import BookError
from nnutils.practice import load
from nnutils.practice.exporting import as_data

__all__ = ["DATA", "EXTENSION", "SECRET_FOLDERS", "pages_of", "write_sources"]

DATA = "_questions"
"""The folder of the sources with the data of the boxes, a file for each page that has some."""

EXTENSION = "nnutils.book.student.extension"
"""What puts the boxes on the pages of this edition."""

SECRET_FOLDERS = ("pyodide",)
"""Folders that are not copied with the files of the site: with Python there, the practice files could run."""

INTRO = Path(__file__).resolve().parent / "files/intro.md"


def write_sources(book: Path, target: Path, iterations: int = ITERATIONS) -> tuple[str, ...]:
    """Write the sources of the edition for students of a book; return the names of its questions.

    Raises:
        BookError: for a book without _config.yml or _toc.yml, for one without questions, and for a lesson of
            which it cannot be told what is its solution.
        PracticeError: for a practice file that fails.
    """
    config, contents = read_config(book), read_contents(book)
    pages = pages_of(book, contents)
    made = _texts(book, pages)
    questions = {page: name for page in pages if (name := question_name(page, book))}
    if not questions:
        raise BookError(
            "No page of this book has a practice file, so there is nothing to ask.",
            where=f"the book in {book}",
            remedy=LESSON,
        )
    root = pages[0]
    made[root] = _intro(config, contents, pages, iterations)
    anchors = {
        page: {anchor_of(heading.text) for heading in headings(_joined(text))} for page, text in made.items()
    }
    for page, text in made.items():
        _write(target / page, text, page, anchors)
    _write_yaml(target / CONTENTS, {**contents, **_reduced(contents, set(pages))})
    _write_yaml(target / CONFIG, _configured(config, book, target))
    with ThreadPoolExecutor() as several:  # the hashing of the standard library lets others work meanwhile
        data = several.map(lambda name: hashed(as_data(load(name, book)), iterations), questions.values())
        for page, one in zip(questions, data, strict=True):
            _write_json(target / DATA / f"{page}.json", one)
    return tuple(questions.values())


def pages_of(book: Path, contents: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the pages of the edition: texts but entries of a library, and lessons with a practice file."""
    root, *others = pages_listed(contents)
    return (root, *(page for page in others if _is_open(book / f"{page}.md") or question_name(page, book)))


def _is_open(text: Path) -> bool:
    """Whether a page is a text, and no entries of a library: their examples hold numbers of questions."""
    return text.is_file() and ".. public-names::" not in text.read_text(encoding="utf-8")


def _texts(book: Path, pages: Sequence[str]) -> dict[str, Any]:
    """Return each page but the first: its Markdown, or the notebook of its reduced lesson."""
    made: dict[str, Any] = {}
    for page in pages[1:]:
        source = book / f"{page}.md"
        if source.is_file():
            made[page] = source.read_text(encoding="utf-8")
        else:
            made[page] = reduced_lesson(read_notebook(book / f"{page}.ipynb"), f"{page}.ipynb")
    return made


def _intro(config: Mapping[str, Any], contents: Any, pages: Sequence[str], iterations: int) -> str:
    """Return the first page: what this edition is, and where its parts begin."""
    starts = []
    for part in parts_of_contents(contents):
        chapters = [page_of_entry(chapter) for chapter in part.get("chapters", ()) if "file" in chapter]
        starts += [f"- [](/{page}.md)" for page in chapters if page in pages and _has_lessons(contents, page)]
    text = INTRO.read_text(encoding="utf-8").replace("TITLE", str(config.get("title", "Questions")), 1)
    return text.replace("PARTS", "\n".join(starts), 1).replace("ITERATIONS", f"{iterations:,}", 1)


def _has_lessons(contents: Any, page: str) -> bool:
    """Whether a chapter of the table of contents has pages below it."""
    entries = [entry for part in parts_of_contents(contents) for entry in part.get("chapters", ())]
    return any("sections" in entry and "file" in entry and page_of_entry(entry) == page for entry in entries)


def _reduced(node: Mapping[str, Any], kept: set[str]) -> dict[str, Any]:
    """Return a part of the table of contents with the pages that are kept; an empty part goes."""
    made = {key: value for key, value in node.items() if not isinstance(value, list)}
    for key, entries in node.items():
        if not isinstance(entries, list):
            continue
        left = [_reduced(one, kept) for one in entries if "file" not in one or page_of_entry(one) in kept]
        left = [
            one for one in left if "file" in one or any(isinstance(value, list) for value in one.values())
        ]
        if left:
            made[key] = left
    return made


def _configured(config: dict[str, Any], book: Path, target: Path) -> dict[str, Any]:
    """Return the configuration with the boxes of this edition, and copy the files that it names."""
    sphinx = config.setdefault("sphinx", {})
    settings = sphinx.setdefault("config", {})
    where, key = (settings, "extensions") if "extensions" in settings else (sphinx, "extra_extensions")
    where[key] = [*where.get(key, ()), EXTENSION]
    settings[EDITION] = STUDENT
    extra = [name for name in settings.get("html_extra_path", ()) if Path(name).name not in SECRET_FOLDERS]
    settings["html_extra_path"] = extra
    named = [*extra, *settings.get("html_static_path", ()), "_static"]
    named += settings.get("bibtex_bibfiles", ())
    named += [str(file) for file in (config.get("logo"), config.get("html", {}).get("favicon")) if file]
    for name in dict.fromkeys(named):
        source = book / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns(*SECRET_FOLDERS))
        elif source.is_file() and not (target / name).exists():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target / name)
    return config


def _joined(text: Any) -> str:
    """Return all Markdown of a page."""
    if isinstance(text, str):
        return text
    return "\n\n".join(cell.source for cell in text.cells if cell.cell_type == "markdown")


def _write(place: Path, text: Any, page: str, anchors: Mapping[str, set[str]]) -> None:
    """Write a page, its links led to what there is."""
    import nbformat

    place.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(text, str):
        place.with_name(f"{place.name}.md").write_text(for_students(text, page, anchors), encoding="utf-8")
        return
    for cell in text.cells:
        if cell.cell_type == "markdown":
            cell.source = for_students(cell.source, page, anchors)
    nbformat.write(text, place.with_name(f"{place.name}.ipynb"))  # type: ignore[no-untyped-call]


def _write_yaml(path: Path, value: Mapping[str, Any]) -> None:
    import yaml

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(dict(value), sort_keys=False, allow_unicode=True), encoding="utf-8")


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    import json

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
