"""On the built site every formula is MathML, without an error, in letters that the font has."""

from __future__ import annotations

import base64
import html
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from nnutils.book.pages.mathematics import characters_of
from nnutils.book.pages.mathematics.pages import FOLDER, STYLE, state_version

pytestmark = pytest.mark.slow

MATH = re.compile(r"<math\b.*?</math>", re.DOTALL)
SCRIPT = re.compile(r"<(script|style|pre|code)\b.*?</\1>", re.DOTALL)
TEX = re.compile(
    r"\\[()\[\]]|\\begin\{|\$[^$\s<][^$<]*\$"
)  # commands: what a scan left of a formula is quoted
ELEMENTS = set(
    "math mrow mi mn mo mtext mspace ms mfrac msqrt mroot msub msup msubsup munder mover munderover "
    "mtable mtr mtd mstyle mpadded mphantom menclose".split()
)


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    files = (path for path in site.rglob("*.html") if "_static" not in path.parts)
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in files}


def in_font(style: str) -> set[str]:
    """The characters of the font inside a style sheet."""
    found = re.search(r"base64,([^)]+)\)", style)
    assert found is not None
    return {chr(code) for code in TTFont(io.BytesIO(base64.b64decode(found[1]))).getBestCmap()}


def left_as_tex(page: str) -> list[str]:
    """What of a page is still TeX, without code and without the formulas that are set."""
    bare = MATH.sub("", SCRIPT.sub("", page))
    return TEX.findall(html.unescape(re.sub(r"<[^<>]*>", " ", bare)))


def test_no_page_shows_tex_and_every_lesson_has_formulas(pages: dict[str, str]) -> None:
    assert not {name: left for name, page in pages.items() if (left := left_as_tex(page))}
    assert sum(page.count("<math") for page in pages.values()) > 2_000
    assert not [
        name for name, page in pages.items() if "math notranslate" in page or "mathjax" in page.lower()
    ]


def test_what_is_left_as_tex_is_found() -> None:
    assert (
        left_as_tex(r"<p>\(x\)</p>") and left_as_tex(r"<p>\begin{cases}</p>") and left_as_tex("<td>$x$</td>")
    )
    assert not left_as_tex(r"<pre>\(x\)</pre><math><mi>x</mi></math><p>it costs $ 5</p>")


def test_every_formula_is_valid(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        formulas = MATH.findall(page)
        assert len(formulas) == page.count("<math") == page.count("</math>"), name
        used = {tag for formula in formulas for tag in re.findall(r"<(\w+)", formula)}
        assert used <= ELEMENTS, f"{name} has {used - ELEMENTS}"


def test_the_font_has_every_letter(pages: dict[str, str], site: Path) -> None:
    known = in_font((site / FOLDER / STYLE).read_text(encoding="utf-8"))
    used = {name: characters_of(page) for name, page in pages.items()}
    assert not {name: missing for name, shown in used.items() if (missing := shown - known)}
    assert not characters_of("<math><mi>汉</mi></math>") <= known, "what is not there is found"


def test_only_pages_with_formulas_load_their_style(pages: dict[str, str]) -> None:
    loads = {name for name, page in pages.items() if f"{FOLDER}/{STYLE}" in page}
    assert loads == {name for name, page in pages.items() if "<math" in page}


# --- a small book -------------------------------------------------------------------------------------------

SETTINGS = """extensions = ['myst_parser', 'nnutils.book.site']
html_theme = 'basic'
myst_enable_extensions = ['amsmath', 'dollarmath']
"""
PAGES = {
    "index": "# Title with $x^2$\n\n```{toctree}\nother\n```\n\n$$a = b$$ (one)\n\nSee {eq}`one`.\n",
    "other": (
        "# Other\n\n$\\mathfrak{h}$\n\n\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}\n\n"
        '```{raw} html\n<div class="formula"><span class="math">\\(y_3\\)</span></div>\n```\n'
    ),
}


def build(book: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sphinx", "-q", *options, "-b", "html", str(book), str(book / "built")]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "conf.py").write_text(SETTINGS, encoding="utf-8")
    for name, text in PAGES.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_titles_numbers_environments_and_raw_html(book: Path) -> None:
    done = build(book, "-W")
    assert done.returncode == 0, done.stderr
    index, other = ((book / f"built/{name}.html").read_text(encoding="utf-8") for name in PAGES)
    assert "<h1>Title with <math>" in index and "\\" not in MATH.sub("", index).split("</head>")[1]
    assert '<span class="eqno">(1)' in index and 'href="#equation-one"' in index
    assert other.count("<math") == 4, "three, and one in the link to the page before"
    assert "<msub><mi>y</mi><mn>3</mn></msub>" in other
    assert "tml-eqn" not in other, "lines of an environment have no numbers"


@pytest.mark.variants
def test_a_page_that_is_not_read_again_keeps_its_letters(book: Path) -> None:
    assert build(book, "-W").returncode == 0
    (book / "index.md").write_text(PAGES["index"].replace("a = b", "a = c"), encoding="utf-8")
    assert build(book, "-W").returncode == 0
    style = (book / f"built/{FOLDER}/{STYLE}").read_text(encoding="utf-8")
    assert "𝔥" in in_font(style)
    (book / "other.md").write_text("# Other\n", encoding="utf-8")
    assert build(book, "-W").returncode == 0
    style = (book / f"built/{FOLDER}/{STYLE}").read_text(encoding="utf-8")
    assert "𝔥" not in in_font(style)


def test_a_formula_that_cannot_be_set_stops_the_build_with_its_place(book: Path) -> None:
    wrong = PAGES["other"].replace("y_3", "y_3_4") + "\n$\\frac{5$ and 汉字 $汉$\n"
    (book / "other.md").write_text(wrong, encoding="utf-8")
    done = build(book, "-W", "--keep-going")
    assert done.returncode != 0
    assert re.search(r"other\.md:\d+: WARNING: A formula cannot be set: .*\n +in \\frac\{5", done.stderr)
    assert re.search(r"other\.md:\d+: WARNING: A formula cannot be set: Double subscript", done.stderr)
    assert "has no letter for 汉" in done.stderr


def test_the_version_of_what_is_kept_is_a_number() -> None:
    assert state_version() == state_version() > 0
