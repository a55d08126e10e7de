"""Python for the browser: the vendored files, the archive, panels on a page, a site without Python."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from nnutils.book.pages.engine import answering, make_bundle, panel
from nnutils.book.pages.engine.answering import answer, html_of
from nnutils.book.pages.engine.pages import FILES, PYTHON
from nnutils.book.pages.engine.panel_markup import texts_of
from nnutils.core.errors import BookError
from nnutils.lint.in_browser import check_sheet
from nnutils.practice import load, questions
from nnutils.practice.exporting import as_data
from nnutils.practice.live import PANELS
from tools.pages import ROOT

VENDORED = ROOT / "vendor/pyodide"
STARTS = {  # the lesson on which a panel stands
    "network": "sorting_backprop_alexnet/03_counting_alexnet",
    "trace": "foundations/04_automatic_differentiation",
    "sizes": "foundations/07_choosing_convolutions",
    "softmax": "foundations/02_softmax",
}
LONGEST_FILE = 350


# --- what is vendored ---------------------------------------------------------------------------------------


def test_pyodide_is_that_of_its_sums() -> None:
    lines = (VENDORED / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = dict(reversed(line.split("  ")) for line in lines)
    assert set(sums) == set(PYTHON)
    for name, expected in sums.items():
        assert hashlib.sha256((VENDORED / name).read_bytes()).hexdigest() == expected, name


def test_nothing_else_is_vendored_with_it() -> None:
    papers = {"LICENSE", "README.md", "SHA256SUMS"}
    assert {path.name for path in VENDORED.iterdir()} == {*PYTHON, *papers}


@pytest.mark.parametrize("path", sorted(FILES.iterdir()), ids=lambda path: path.name)
def test_a_script_is_short(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST_FILE
    if path.suffix == ".js":
        assert not [line for line in lines if len(line) > 110]


# --- the archive --------------------------------------------------------------------------------------------


def test_the_archive_is_the_same_each_time_and_holds_no_dates() -> None:
    made = make_bundle(ROOT)
    assert made == make_bundle(ROOT)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        entries = archive.infolist()
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        names = [entry.filename for entry in entries]
    assert names == sorted(set(names))
    assert {"answering.py", "nnutils/__init__.py", "chapters/foundations/practice/q4.py"} <= set(names)
    assert {"licences/markdown-it-py/LICENSE", "licences/mdurl/LICENSE"} <= set(names)


def test_the_archive_holds_no_audit_and_nothing_that_needs_more_than_python() -> None:
    with zipfile.ZipFile(io.BytesIO(make_bundle(ROOT))) as archive:
        packages = {name.split("/")[1] for name in archive.namelist() if name.startswith("nnutils/")}
        chapters = [name for name in archive.namelist() if name.startswith("chapters/")]
    assert packages == {"__init__.py", "core", "networks", "autodiff", "slips", "practice", "lint"}
    assert chapters and all("/practice/" in name for name in chapters)


ALONE = """
import sys
sys.path.insert(0, sys.argv[1])
import json, pathlib, answering
from nnutils.practice import questions
book = pathlib.Path(sys.argv[1])
ask = lambda name: json.loads(answering.answer(json.dumps({"draw": name, "seed": 1})))
answers = {question.name: ask(question.name) for question in questions(book)}
outside = {name for name, module in sys.modules.items()
           if (file := getattr(module, "__file__", None)) and "site-packages" in file}
sheet = json.loads(answering.answer(json.dumps({"sheet": "3 * 4 = 13", "network": "784 linear(10)"})))
print(json.dumps({"answers": answers, "sheet": sheet, "outside": sorted(outside)}))
"""


@pytest.mark.slow
def test_the_archive_needs_nothing_but_python(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(make_bundle(ROOT))) as archive:
        archive.extractall(tmp_path)
    command = [sys.executable, "-I", "-S", "-c", ALONE, str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["outside"] == []
    assert said["sheet"] == check_sheet("3 * 4 = 13", network="784 linear(10)")
    assert said["sheet"]["findings"][0]["verdict"] == "wrong"
    assert set(said["answers"]) == {question.name for question in questions(ROOT)}
    for name, given in said["answers"].items():
        assert given["data"] == json.loads(json.dumps(as_data(load(name, ROOT), 1))), name
        assert given["statement"] == html_of(given["data"]["statement"])


# --- messages -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"draw": "foundations/q99", "seed": 1}, "There is no chapters/foundations/practice/q99.py"),
        ({"draw": "foundations/q4", "seed": "one"}, "is not a whole number"),
        ({"draw": "../../secret", "seed": 1}, "does not name a question"),
        ({"panel": "trace", "fields": {"function": "ln(x)", "at": "x = -1"}}, "ln needs a positive number"),
        ({"panel": "wheels", "fields": {}}, "could not be computed"),
        ({"panel": "sizes"}, "could not be computed"),
        ({"sheet": " "}, "There is no sheet yet."),
        ({"sheet": "3 * 4 = 13", "network": "3x8x8 wheel(4)"}, "'wheel' is not a kind of layer"),
        ({}, "Nothing known is asked"),
        ([], "could not be computed"),
    ],
)
def test_what_cannot_be_answered_comes_back_as_words(message: object, words: str) -> None:
    assert words in json.loads(answer(json.dumps(message), ROOT))["problem"]


def test_an_error_that_nobody_expected_comes_back_as_words_with_its_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> dict[str, str]:
        raise RuntimeError("out of order")

    monkeypatch.setitem(answering._REPLIES, "panel", broken)
    words = "This could not be computed. This error was not expected: RuntimeError: out of order"
    assert json.loads(answer('{"panel": "softmax"}', ROOT)) == {"problem": words}


def test_markup_in_a_statement_stays_text_and_formulas_are_those_of_the_site() -> None:
    html = html_of("<script>alert(1)</script> $a<b$\n\n$$\nx &= 1\n$$\n\n| a | b |\n|---|---|\n| $c$ | 2 |")
    assert "<script" not in html and "&lt;script&gt;" in html
    assert r'<span class="math notranslate nohighlight">\(a&lt;b\)</span>' in html
    assert '<div class="math notranslate nohighlight">\\[' in html and "x &amp;= 1" in html
    assert "<table>" in html and r"\(c\)" in html


@pytest.mark.parametrize("question", [question.name for question in questions(ROOT)])
def test_no_markdown_is_left_of_a_statement(question: str) -> None:
    html = html_of(load(question, ROOT).statement())
    text = re.sub(r'<(span|div) class="math.*?</\1>|<code>.*?</code>', "", html, flags=re.DOTALL)
    assert not re.search(r"\$|\*\*|(?<!\w)_\w+_(?!\w)|^[-|]", text, re.MULTILINE), text


# --- panels on a page ---------------------------------------------------------------------------------------


def test_a_panel_holds_what_is_written() -> None:
    texts = texts_of("network", "network: 3x8x8\nconv(4, 3)\nflatten")
    assert texts == {"network": "3x8x8\nconv(4, 3)\nflatten"}
    assert "3x8x8\nconv(4, 3)\nflatten</textarea>" in panel("network", texts, "live-1")


def test_what_is_written_into_a_panel_is_no_markup() -> None:
    made = panel("softmax", {"x": '"><script>alert(1)</script>'}, "live-1")
    assert "<script" not in made and "&quot;&gt;&lt;script&gt;" in made


def test_every_field_has_a_label_of_its_own() -> None:
    for name in PANELS:
        made = panel(name, {}, "live-1")
        labels, ids = re.findall(r'<label for="([^"]+)"', made), re.findall(r' id="([^"]+)"', made)
        assert labels == ids and len(set(ids)) == len(PANELS[name].fields)


@pytest.mark.parametrize(
    ("name", "written", "words"),
    [("wheels", "x: 1", "no panel 'wheels'"), ("softmax", "y: 1", "no field of the panel softmax")],
)
def test_a_panel_that_cannot_be_is_refused(name: str, written: str, words: str) -> None:
    with pytest.raises(BookError, match=re.escape(words)):
        texts_of(name, written)


def start_of(name: str) -> dict[str, str]:
    """What the fields of a panel hold at first, on the lesson that it stands on."""
    notebook = json.loads((ROOT / f"chapters/{STARTS[name]}.ipynb").read_text(encoding="utf-8"))
    texts = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    found = [re.search(rf":class: live-{name}\n(.*?)\n```", text, re.DOTALL) for text in texts]
    (block,) = filter(None, found)
    return texts_of(name, block[1])


@pytest.mark.parametrize("name", PANELS)
def test_each_panel_stands_on_its_lesson_and_starts_with_what_can_be(name: str) -> None:
    assert PANELS[name].show(start_of(name)).words


PAGE = """\
Title
=====

.. code-block:: text
   :class: live-softmax

   x: 1, 2

.. code-block:: text
   :class: live-sheet

   network: 784 linear(10)

   3 * 4 = 13
"""


def build(folder: Path, *settings: str) -> str:
    """Build a site of one page with a panel; return the page."""
    source, target = folder / "book", folder / "built"
    source.mkdir()
    lines = ["extensions = ['nnutils.book.site']", "html_theme = 'basic'", *settings]
    (source / "conf.py").write_text("\n".join(lines), encoding="utf-8")
    (source / "index.rst").write_text(PAGE, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", str(source), str(target)]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    return (target / "index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_page_with_a_panel_brings_what_it_needs(tmp_path: Path) -> None:
    page = build(tmp_path, f"html_extra_path = [{str(ROOT / 'vendor')!r}]")
    assert '<section class="live-panel" data-panel="softmax"' in page and 'value="1, 2"' in page
    assert 'data-sheet="3 * 4 = 13" data-network="784 linear(10)"' in page
    for file in ("loader.js", "panels.js", "sheet.js", "boxes.css", "engine.css", "sheet.css"):
        assert f"_practice/{file}" in page
        assert (tmp_path / "built/_practice" / file).is_file()
    assert {"engine.js", "worker.js", "python.zip"} <= {
        path.name for path in (tmp_path / "built/_practice").iterdir()
    }
    assert (tmp_path / "built/pyodide/pyodide.asm.wasm").is_file()
    weight = re.search(r'data-bytes="(\d+)" data-mark="[0-9a-f]{12}" data-megabytes="(\d+)"', page)
    assert weight and int(weight[1]) > 12_000_000 and 5 <= int(weight[2]) <= 8


@pytest.mark.slow
def test_without_python_a_panel_stays_a_block_of_text(tmp_path: Path) -> None:
    page = build(tmp_path)
    assert "live-panel" not in page and "x: 1, 2" in page and "3 * 4 = 13" in page
    assert "panels.js" not in page and "sheet.js" not in page and not (tmp_path / "built/_practice").exists()
