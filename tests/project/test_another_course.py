"""Another course, in a folder of its own, with the wheel alone: judged, executed, compared, varied, built."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.wheels import done, library, run, wheel

from tools.pages import ROOT
from tools.same_builds import different

pytestmark = pytest.mark.slow

COURSE = ROOT / "tests/another_course"
LESSON = "chapters/chance/01_two_dice.ipynb"
__all__ = ["library", "wheel"]  # the fixtures


class Course:
    """A copy of the course, and a way to run Python in it with the library from the wheel."""

    def __init__(self, folder: Path, library: Path) -> None:
        self.folder, self.library = folder, library
        self.more: dict[str, str] = {}

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        # The dependencies come from the environment at hand; nnutils from the wheel, which stands before it.
        code = f"import sys, runpy; sys.path.insert(0, {str(self.library)!r}); "
        code += "name = sys.argv.pop(1); runpy.run_module(name, run_name='__main__', alter_sys=True)"
        # for the processes that it starts; one moment for all builds
        environment = {"PYTHONPATH": str(self.library), "SOURCE_DATE_EPOCH": "1700000000", **self.more}
        return run(sys.executable, "-c", code, *arguments, folder=self.folder, environment=environment)


@pytest.fixture
def course(library: Path, tmp_path: Path) -> Course:
    folder = tmp_path / "course"
    shutil.copytree(COURSE, folder, ignore=shutil.ignore_patterns("__pycache__", "_build"))
    return Course(folder, library)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_library_is_that_of_the_wheel_and_the_book_that_around(course: Course) -> None:
    (course.folder / "where.py").write_text(
        "import nnutils\nfrom nnutils.core.places import book_folder\n"
        "print(nnutils.__file__)\nprint(book_folder())\n",
        encoding="utf-8",
    )
    library, book = done(course.python("where")).splitlines()
    assert Path(library).is_relative_to(course.library)
    assert Path(book) == course.folder and not Path(book).is_relative_to(ROOT)


def test_its_sheet_is_judged(course: Course) -> None:
    verdicts = json.loads(done(course.python("nnutils.audit", "--json")))
    assert [v["verdict"] for v in verdicts] == ["confirmed", "confirmed", "confirmed", "wrong", "wrong"]
    assert verdicts[3]["why"] == "1 + 3 and 3 + 1 are counted as one: that gives 2"
    edit(course.folder / "_toc.yml", "chapters/chance/", "chapters/luck/")
    refused = course.python("nnutils.audit")
    assert refused.returncode == 1 and "unknown part: chapters/chance/claims.yml" in refused.stderr


def test_its_lesson_is_compared_and_a_changed_digit_fails(course: Course) -> None:
    options = ("--nbval", "-n", "0", "-q", "-p", "no:cacheprovider", LESSON)
    assert "passed" in done(course.python("pytest", *options))
    edit(course.folder / LESSON, "6 of 36 outcomes", "6 of 35 outcomes")
    failed = course.python("pytest", *options)
    assert failed.returncode == 1 and "1 failed" in failed.stdout


def test_executing_it_again_changes_nothing(course: Course) -> None:
    before = (course.folder / LESSON).read_bytes()
    done(course.python("nnutils.book", "execute", LESSON))
    assert (course.folder / LESSON).read_bytes() == before
    done(course.python("nnutils.book", "lint"))


def shown(notebook: Path) -> str:
    cells: list[Any] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    outputs = [output["data"] for cell in cells for output in cell.get("outputs", []) if "data" in output]
    return "\n".join("".join(data.get("text/markdown", data["text/plain"])) for data in outputs)


@pytest.mark.variants
def test_a_variant_of_its_lesson_is_a_page(course: Course) -> None:
    made = done(course.python("nnutils.book", "variant", LESSON, "--seed", "5"))
    notebook, page = re.findall(r"^\w+ +(\S+)$", made, re.MULTILINE)
    assert notebook == "_build/variants/chapters/chance/01_two_dice-seed5.ipynb"
    said = shown(course.folder / notebook)
    assert "the question itself has sides = 6" in said and "belong to that question" in said
    assert "confirmed" not in said
    assert "Variant with seed 5" in (course.folder / page).read_text(encoding="utf-8")


def built(course: Course) -> Path:
    (course.folder / "build.py").write_text(
        "from jupyter_book.cli.main import main\nmain()\n", encoding="utf-8"
    )
    done(course.python("build", "build", ".", "-W", "-n", "--keep-going", "--quiet"))
    return course.folder / "_build/html"


def test_its_pages_are_built_with_the_styles_of_the_package_and_twice_alike(
    course: Course, tmp_path: Path
) -> None:
    site = built(course)
    other = Course(tmp_path / "ein anderer Ordner ✓", course.library)
    shutil.copytree(course.folder, other.folder, ignore=shutil.ignore_patterns("_build"))
    other.more = {"PYTHONHASHSEED": "7", "TZ": "Asia/Kolkata"}
    assert different(site, built(other)) == []
    page = (course.folder / "_build/html/chapters/chance/01_two_dice.html").read_text(encoding="utf-8")
    text, about, _ = page.partition("About this page")  # where a citation for BibTeX has double braces
    assert "shell.css" in text and "There are 6 ways among 36 outcomes" in text and "{{" not in text and about
    assert 'alt="' in page and "✗" in page
    static = course.folder / "_build/html/_static"
    ours, all_of_it = ((static / file).read_text(encoding="utf-8") for file in ("book.css", "shell.css"))
    assert ours in all_of_it


def test_without_its_book_the_lesson_runs_and_says_what_is_left_out(course: Course, tmp_path: Path) -> None:
    alone = tmp_path / "downloads"
    alone.mkdir()
    shutil.copy(course.folder / LESSON, alone / "lesson.ipynb")
    done(Course(alone, course.library).python("nnutils.book", "execute", "lesson.ipynb"))
    said = shown(alone / "lesson.ipynb")
    assert "There is no book around this notebook, so its answers are not compared" in said
    assert "There is no book around this notebook, so what the sheets say is left out." in said
    assert "There are 6 ways among 36 outcomes" in said and "The sheet counts" not in said
    refused = Course(alone, course.library).python("nnutils.audit")
    assert refused.returncode == 2 and refused.stderr.startswith("There is no folder 'chapters' here")
