"""A page folds when it is written: the headings stay where they were, and nothing waits for a script."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from nnutils.book.pages.folding.pages import SCRIPT

pytestmark = pytest.mark.slow

LESSON = """
Title
=====

Question
--------

How many?

.. admonition:: A title that is no heading

   Text.

Solution
--------

It is as follows.

Model answer
~~~~~~~~~~~~

Seven.

Deeper
......

Counted.

Why
~~~

Because.

What the sheets say
-------------------

Eight.

A part
~~~~~~

Wrong.
"""


class Outline(HTMLParser):
    """The headings of a page, each with whether its section folds, and the folds around what is said."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.folds: list[str] = []  # around the place that is read
        self.section = ""
        self.found: dict[str, list[str]] = {}  # the folds around each text
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "section":
            self.section = values["id"] or ""
        if tag == "details":
            assert values["class"] == "fold"
            self.folds.append(self.section)
            self.open += [self.section] * ("open" in values)

    def handle_endtag(self, tag: str) -> None:
        if tag == "details":
            self.folds.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self.section:
            self.found.setdefault(data.strip(), list(self.folds))


def built(source: Path, builder: str = "html", settings: str = "", **pages: str) -> Path:
    """Build a book of these pages, with nothing but the extension."""
    source.mkdir()
    usual = "extensions = ['nnutils.book.site']\nhtml_theme = 'basic'\nroot_doc = 'lesson'\n"
    (source / "conf.py").write_text(usual + settings, encoding="utf-8")
    for page, text in pages.items():
        (source / f"{page}.rst").write_text(text, encoding="utf-8")
    target = source / "built"
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", builder, str(source), str(target)]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    return target


def test_a_lesson_folds_from_its_solution_on(tmp_path: Path) -> None:
    page = (built(tmp_path / "book", lesson=LESSON) / "lesson.html").read_text(encoding="utf-8")
    outline = Outline(page.partition('<div class="body"')[2].partition('<div class="sphinxsidebar"')[0])
    around = {text: folds for text, folds in outline.found.items() if folds}
    sheets = ["what-the-sheets-say"]
    solution, answer = ["solution"], ["solution", "model-answer"]
    expected = {
        "Solution": solution,
        "It is as follows.": solution,
        "Model answer": answer,
        "Seven.": answer,
        "Deeper": answer,  # of the fourth level: no fold of its own
        "Counted.": answer,
        "Why": ["solution", "why"],
        "Because.": ["solution", "why"],
        "What the sheets say": sheets,
        "Eight.": sheets,
        "A part": [*sheets, "a-part"],
        "Wrong.": [*sheets, "a-part"],
    }
    assert {text: around.get(text) for text in expected} == expected
    assert "How many?" not in around and "A title that is no heading" not in around
    assert outline.open == ["model-answer"]


def test_a_heading_is_in_its_summary_with_its_link_and_the_section_has_the_address(tmp_path: Path) -> None:
    page = (built(tmp_path / "book", lesson=LESSON) / "lesson.html").read_text(encoding="utf-8")
    heading = r'<section id="{0}">\s*<details class="fold"[^>]*>\s*<summary><h{2}>{1}<a [^>]*href="#{0}"'
    for place, title, level in (("solution", "Solution", 2), ("model-answer", "Model answer", 3)):
        assert re.search(heading.format(place, title, level), page), place
    assert '<section id="question">\n<h2>Question<' in page
    assert page.count("<summary>") == page.count("</summary>") == page.count("</details>") == 5
    switch = page.index('<button type="button" class="fold-all">Show everything</button>')
    assert page.index("How many?") < switch < page.index('<section id="solution">')
    assert 'class="code-all"' not in page, "there is no hidden code here"


def test_the_script_stands_once_before_what_folds_and_without_its_comments(tmp_path: Path) -> None:
    site = built(tmp_path / "book", lesson=LESSON, other=":orphan:\n\nOther\n=====\n\nNo solution.\n")
    page = (site / "lesson.html").read_text(encoding="utf-8")
    scripts = [
        text for text in re.findall(r"<script>(.*?)</script>", page, re.DOTALL) if "sessionStorage" in text
    ]
    assert len(scripts) == 1 and page.index(scripts[0]) < page.index("<details")
    assert not re.search(r"^\s*(//|$)|^\s", scripts[0], re.MULTILINE)
    source = SCRIPT.read_text(encoding="utf-8")
    assert all(line.count("`") % 2 == 0 for line in source.splitlines()), (
        "a text over several lines would change"
    )
    other = (site / "other.html").read_text(encoding="utf-8")
    assert "sessionStorage" not in other and "fold-switches" not in other


def test_another_page_folds_from_the_section_that_the_settings_name(tmp_path: Path) -> None:
    page = LESSON.replace("Solution\n--------", "Second\n------")
    site = built(tmp_path / "book", settings="book_folds = {'lesson': 'second'}", lesson=page)
    outline = Outline((site / "lesson.html").read_text(encoding="utf-8").partition("<body")[2])
    assert outline.found["It is as follows."] == ["second"] and outline.found["How many?"] == []
    with pytest.raises(AssertionError, match="no section 'third'"):
        built(tmp_path / "other", settings="book_folds = {'lesson': 'third'}", lesson=page)


ENTRIES = """
A package
=========

.. py:function:: count(network)

   Count it.

   Operations come first.

   :raises ValueError: without layers.

   >>> count(())
   0

.. py:class:: Network

   A list of layers.

   .. py:method:: add(layer)

      Add a layer.

      It comes last.

   .. py:attribute:: size

.. py:data:: MOST

   How many there may be.
"""


def test_an_entry_keeps_its_signature_and_first_words_in_sight(tmp_path: Path) -> None:
    page = (built(tmp_path / "book", lesson=ENTRIES) / "lesson.html").read_text(encoding="utf-8")
    assert re.findall(r"<details[^>]*>\s*<summary>(.*?)</summary>", page) == [
        "count: details, errors, example",
        "Network: 2 members",
    ]
    parts = re.split(r"<details class=[^>]*>|</details>", page.partition('<div class="body"')[2])
    seen, folded = "".join(parts[::2]), "".join(parts[1::2])
    for text in ("Count it.", "A list of layers.", "How many there may be.", 'id="count"', 'id="Network"'):
        assert text in seen and text not in folded
    for text in (
        "Operations come first.",
        "without layers",
        "Add a layer.",
        "It comes last.",
        'id="Network.add"',
    ):
        assert text in folded and text not in seen
    assert 'class="fold-all"' in page


def test_other_kinds_of_books_are_as_they_were(tmp_path: Path) -> None:
    text = (built(tmp_path / "book", "text", lesson=LESSON) / "lesson.txt").read_text(encoding="utf-8")
    assert "Solution" in text and "Show everything" not in text
