"""Makes two hand-outs of all lessons, the questions and the questions with model answers, as HTML to print.

In a book's folder: ``python -m nnutils.book handout``. The pages stand in ``_build/handout``. A cell tagged
``screen-only`` is left out: what only serves the notebook, such as the question as code.
"""

from __future__ import annotations

import argparse
import html
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nnutils.book.paper.markup import html_of_markdown, html_of_output
from nnutils.book.reading import read_notebook
from nnutils.core.errors import BookError
from nnutils.core.places import book_folder

__all__ = ["FOLDER", "Handout", "add_arguments", "handouts", "lesson_on_paper", "run"]

FOLDER = "_build/handout"
STYLE = Path(__file__).resolve().parent / "paper.css"
SCREEN_ONLY = "screen-only"
QUESTION, ANSWER = "## Question", "### Model answer"


@dataclass(frozen=True)
class Handout:
    """One page to print: its ``name``, ``title`` and HTML."""

    name: str
    title: str
    html: str


def handouts(root: Path | None = None) -> tuple[Handout, Handout]:
    """Return the hand-out of the questions and the one with the model answers, of the book around.

    Raises:
        BookError: where there is no book, for a book without lessons, and for a lesson without a question or
            a model answer.
    """
    book = book_folder(root)
    settings = _yaml(book / "_config.yml")
    author = str(settings.get("author", ""))
    title = str(settings.get("title", "Questions"))
    parts = list(_parts(book))
    made = []
    for name, subtitle, answers in (
        ("questions", "Questions", False),
        ("model_answers", "Questions and model answers", True),
    ):
        pages = []
        for part, lessons in parts:
            pages.append(f'<h1 class="part">{html.escape(part)}</h1>')
            pages += [lesson_on_paper(lesson, answers=answers) for lesson in lessons]
        made.append(
            Handout(name, f"{title}: {subtitle}", _page(book, title, subtitle, author, "\n".join(pages)))
        )
    return made[0], made[1]


def lesson_on_paper(path: Path, *, answers: bool) -> str:
    """Return a lesson's question, and its model answer where asked for, as HTML without code.

    Raises:
        BookError: for a lesson without one of them.
    """
    cells = read_notebook(path).cells
    title = re.search(r"^# (.*)$", cells[0].source, re.MULTILINE)
    pieces = [f"<h2>{html.escape(title[1] if title else path.stem)}</h2>"]
    pieces += _section(cells, QUESTION, path)
    if answers:
        pieces += ['<section class="answer">', "<h3>Model answer</h3>"]
        pieces += [*_section(cells, ANSWER, path), "</section>"]
    return '<article class="question">\n' + "\n".join(pieces) + "\n</article>"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command ``handout``: it has none."""


def run(options: argparse.Namespace) -> int:
    """Write both hand-outs as HTML, and print where they are."""
    folder = book_folder() / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for page in handouts():
        file = folder / f"{page.name}.html"
        file.write_text(page.html, encoding="utf-8")
        print(os.path.relpath(file))
    return 0


def _section(cells: list[Any], heading: str, path: Path) -> Iterator[str]:
    """Yield what a reader sees below a heading, up to the next one of its level or above."""
    level = heading.partition(" ")[0]
    inside = False
    for cell in cells:
        if SCREEN_ONLY in cell.metadata.get("tags", []):
            continue
        text = cell.source if cell.cell_type == "markdown" else ""
        for line in text.splitlines():
            if line == heading:
                inside, text = True, text.partition(heading)[2]
            elif inside and line.startswith("#") and len(line.partition(" ")[0]) <= len(level):
                before = text.partition(line)[0]
                if before.strip():
                    yield html_of_markdown(before)
                return
        if inside and text.strip():
            yield html_of_markdown(text)
        elif inside and cell.cell_type == "code":
            yield from map(html_of_output, cell.outputs)
    if not inside:
        raise BookError(
            f"{path.name} has no heading {heading!r}.",
            where=f"in {path.parent.name}/",
            remedy="Give it a Markdown cell that begins with this heading.",
        )


def _parts(book: Path) -> Iterator[tuple[str, list[Path]]]:
    """Yield the caption of each part of the table of contents, and its lessons that have a practice file."""
    found = False
    for part in _yaml(book / "_toc.yml").get("parts", []):
        files = [book / f"{name}.ipynb" for name in _files(part)]
        lessons = [path for path in files if _is_lesson(path)]
        if lessons:
            found = True
            yield str(part.get("caption", "")), lessons
    if not found:
        raise BookError(
            "No part of _toc.yml has a lesson.",
            remedy="A lesson is chapters/<part>/<number>_<name>.ipynb with practice/q<number>.py beside it.",
        )


def _files(entry: Any) -> Iterator[str]:
    if isinstance(entry, dict):
        if "file" in entry:
            yield str(entry["file"])
        for key in ("chapters", "sections"):
            yield from _files(entry.get(key, []))
    elif isinstance(entry, list):
        for one in entry:
            yield from _files(one)


def _is_lesson(path: Path) -> bool:
    number = re.match(r"0*([1-9]\d*)_", path.name)
    return bool(number) and (path.parent / "practice" / f"q{number[1]}.py").is_file()  # type: ignore[index]


def _yaml(path: Path) -> dict[str, Any]:
    import yaml

    if not path.is_file():
        raise BookError(f"There is no {path.name}.", remedy="A book has _config.yml and _toc.yml.")
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {}


def _page(book: Path, title: str, subtitle: str, author: str, body: str) -> str:
    """Return the whole page; MathJax is the book's own copy, so nothing is fetched from elsewhere."""
    script = _mathjax(book)
    place = os.path.relpath(script, book / FOLDER).replace(os.sep, "/")
    opening = f'<p class="book">{html.escape(title)}</p>\n<h1 class="title">{html.escape(subtitle)}</h1>'
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{html.escape(f"{title}: {subtitle}")}</title>
<meta name="author" content="{html.escape(author)}">
<style>
{STYLE.read_text(encoding="utf-8")}</style>
<script>MathJax = {{options: {{enableMenu: false}}, svg: {{fontCache: "global"}}}};</script>
<script src="{place}" defer></script>
</head>
<body>
<header>
{opening}
</header>
{body}
</body>
</html>
"""


def _mathjax(book: Path) -> Path:
    """Return the book's copy of MathJax, in one of the folders that its site carries along.

    Raises:
        BookError: where it has none.
    """
    settings = _yaml(book / "_config.yml").get("sphinx", {}).get("config", {})
    for folder in settings.get("html_extra_path", []):
        scripts: list[Path] = sorted((book / str(folder)).glob("**/tex-*.js"))
        if scripts:
            return scripts[0]
    raise BookError(
        "The book has no copy of MathJax, so formulas could not be printed.",
        where="html_extra_path in _config.yml",
        remedy="Put tex-svg-full.js into one of these folders.",
    )
