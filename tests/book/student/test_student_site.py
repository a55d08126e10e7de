"""The built edition for students: what is there, what is not, and that a planted answer would be noticed."""

from __future__ import annotations

import base64
import json
import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from support.notebook_files import QUESTIONS

from nnutils.book import student
from nnutils.book.student.leaks import finder_for, leaks_in
from nnutils.book.student.lessons import DRAWN
from nnutils.core.errors import BookError
from nnutils.practice import answer_text, questions
from tools.pages import ROOT

pytestmark = pytest.mark.slow

COURSE = ROOT / "tests/another_course"
LESSONS = [path.relative_to(ROOT).with_suffix("").as_posix() for path in QUESTIONS]


def data_of(site: Path) -> list[dict[str, Any]]:
    """The data of all boxes."""
    found = []
    for file in sorted((site / "_practice").glob("*-q*.js")):
        code = re.search(r'", "([\w+/=]+)"\);', file.read_text(encoding="utf-8"))
        assert code is not None, file
        found.append(json.loads(base64.b64decode(code[1])))
    return found


def question_section(page: str) -> str:
    """What stands on a page above its hints."""
    return page.partition('<section id="question"')[2].partition('<section id="hints"')[0]


def test_nothing_that_tells_answers_is_there(student_site: Path) -> None:
    files = [path.relative_to(student_site).as_posix() for path in student_site.rglob("*") if path.is_file()]
    assert not [file for file in files if re.search(r"\.py$|pyodide|judging|audit|claims|practice/q", file)]
    assert not (student_site / "chapters/a_tape_in_a_hundred_lines.html").exists()


def test_every_lesson_is_there_with_boxes_for_all_that_is_asked(student_site: Path) -> None:
    data = {one["question"]: one for one in data_of(student_site)}
    assert set(data) == {question.name for question in questions(ROOT)}
    for question in questions(ROOT):
        names = [quantity.name for quantity in question.asked()]
        assert [quantity["name"] for quantity in data[question.name]["asked"]] == names
        assert all(quantity["hashes"] for quantity in data[question.name]["asked"])
    for lesson in LESSONS:
        page = (student_site / f"{lesson}.html").read_text(encoding="utf-8")
        part, number = re.fullmatch(r"chapters/(\w+)/0*(\d+)_\w+", lesson).groups()  # type: ignore[union-attr]
        names = [quantity["name"] for quantity in data[f"{part}/q{number}"]["asked"]]
        boxes = re.findall(r'<form class="answer-box" data-name="(\w+)"', question_section(page))
        assert sorted(boxes) == sorted(names)
        assert re.findall(r"<h2>([^<]*)<a", page) == ["Question", "Hints"]


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_notebook_to_download_has_text_givens_and_pictures(student_site: Path, lesson: str) -> None:
    notebook = nbformat.read(student_site / f"_sources/{lesson}.ipynb", as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    drawn = [cell for cell in code if cell.source == DRAWN]
    assert [cell.metadata.tags for cell in code if cell not in drawn] == [["parameters"]]
    assert not [cell for cell in code if cell not in drawn and cell.outputs]
    page = question_section((student_site / f"{lesson}.html").read_text(encoding="utf-8"))
    assert len(re.findall(r"<img ", page)) == len(drawn)


def test_a_picture_of_a_question_is_there_with_its_text(student_site: Path) -> None:
    page = (student_site / "chapters/stacked_convolutions/02_feature_map_sizes.html").read_text(
        encoding="utf-8"
    )
    assert re.search(r'<img alt="Graph from left to right with 6 nodes', question_section(page))


def test_every_link_arrives(student_site: Path) -> None:
    for page in student_site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r'<a [^>]*href="([^"]+)"', text):
            path, _, anchor = target.partition("#")
            if re.match(r"[a-z]+:", path) or not (path or anchor):
                continue
            # a slash at the beginning is the root: 404.html is shown at any depth
            start = student_site if path.startswith("/") else page.parent
            aim = (start / path.partition("?")[0].lstrip("/")).resolve() if path else page
            aim = aim / "index.html" if aim.is_dir() else aim
            assert aim.is_file(), (page, target)
            if anchor and aim.suffix == ".html":
                assert f'id="{anchor}"' in aim.read_text(encoding="utf-8"), (page, target)


def test_the_intro_says_honestly_what_the_hashes_are_worth(student_site: Path) -> None:
    text = (student_site / "intro.html").read_text(encoding="utf-8")
    for words in ("by a program that tries them all", "Web Crypto", "PBKDF2", "They are no exam"):
        assert words in " ".join(re.sub(r"<[^>]*>", "", text).split())


def test_an_answer_of_each_question_is_noticed_in_the_real_site(student_site: Path, tmp_path: Path) -> None:
    """The test of the search itself: one answer of each question, put into the files that the site has."""
    places = [
        "intro.html",
        "searchindex.js",
        "_practice/boxes.js",
        "_static/book.css",
        "_sources/conventions.md",
    ]
    finder, _ = finder_for(questions(ROOT))
    sought = {secret.question: secret for secret in finder.secrets}
    answers = {
        (question.name, one.name): one.answer for question in questions(ROOT) for one in question.asked()
    }
    assert len(sought) > len(LESSONS) - 3, "nearly every question has an answer of four digits"
    for number, (name, secret) in enumerate(sorted(sought.items())):
        file = places[number % len(places)]
        target = tmp_path / file
        target.parent.mkdir(exist_ok=True)
        text = (student_site / file).read_text(encoding="utf-8")
        middle = len(text) // 2
        planted = answer_text(answers[name, secret.name])
        target.write_text(f"{text[:middle]} {planted} {text[middle:]}", encoding="utf-8")
        assert f"{name}, {secret.name}" in {leak.what for leak in leaks_in(tmp_path, finder)}, (file, planted)
        target.unlink()


# --- another course ----------------------------------------------------------------------------------------


def course(folder: Path) -> Path:
    shutil.copytree(COURSE, folder, ignore=shutil.ignore_patterns("__pycache__", "_build"))
    return folder


def test_another_course_has_an_edition_for_students_too(tmp_path: Path) -> None:
    site = student.build(course(tmp_path / "course"), iterations=1_000)
    assert site == tmp_path / "course/_build/student"
    assert [one["question"] for one in data_of(site)] == ["chance/q1"]
    assert not (site.parent / "student_sources").exists()
    assert not (site / "chapters/chance/audit.html").exists()


def test_a_site_that_would_tell_an_answer_is_not_kept(tmp_path: Path) -> None:
    book = course(tmp_path / "course")
    practice = book / "chapters/chance/practice/q1.py"
    practice.write_text(
        practice.read_text(encoding="utf-8") + "\n\n_asked = asked\n\n\ndef asked(givens):\n"
        '    return (*_asked(givens), Asked("more", "more", next(iter(parts(givens))), 290_400))\n',
        encoding="utf-8",
    )
    index = book / "chapters/chance/index.md"
    index.write_text(index.read_text(encoding="utf-8") + "\nIt is 290 400.\n", encoding="utf-8")
    with pytest.raises(BookError, match=r"chapters/chance/index\S*: chance/q1, more as '290 400'"):
        student.build(book, iterations=1_000)
    assert not (book / "_build/student").exists()


def test_a_book_without_questions_has_no_such_edition(tmp_path: Path) -> None:
    book = course(tmp_path / "course")
    shutil.rmtree(book / "chapters/chance/practice")
    with pytest.raises(BookError, match="nothing to ask"):
        student.build(book)
