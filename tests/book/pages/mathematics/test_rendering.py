"""TeX becomes MathML; what cannot be read is said; what is vendored is what its sums say."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import pytest

from nnutils.book.pages.mathematics import mathml, typeset
from nnutils.book.pages.mathematics.rendering import FILES, SCRIPTS, VENDORED, display_tex
from nnutils.core.errors import BookError

LONGEST_FILE = 350
KINDS = {
    r"\begin{pmatrix}1 & -2\\3 & 4\end{pmatrix}": "mtable",
    r"\begin{cases}1 & x > 0\\0 & \text{otherwise}\end{cases}": "mtable",
    r"\begin{aligned}a &= 1\\b &= 2\end{aligned}": "mtable",
    r"\left\lfloor\frac{i - k}{s}\right\rfloor + 1": "mfrac",
    r"\underbrace{a + b}_{\text{two}}": "munder",
    r"\overline{a + b}": "menclose",
    r"\bar v_1": "mover",
    r"\sum_{i=1}^n x_i": "munderover",
    r"\sqrt{2}": "msqrt",
    r"w^{(2)}_{kj}": "msubsup",
    r"15{,}415{,}200": "mn",
    r"\operatorname{ReLU}(x)": "mi",
    r"\boxed{x = 1}": "mrow",
    r"\mathbf{x} \in \mathbb{R}^n": "msup",
    r"\textcolor{red}{x}": "mi[@style]",
    r"x = 1 \tag{1}": "mtable",
}


@pytest.mark.parametrize("tex", KINDS)
def test_each_kind_of_formula_is_well_formed_and_of_its_element(tex: str) -> None:
    made = ElementTree.fromstring(mathml(tex, display=True))
    assert made.tag == "math" and made.get("display") == "block"
    assert made.find(f".//{KINDS[tex]}") is not None
    assert "\\" not in "".join(made.itertext())


def test_a_number_with_thousands_is_one_number() -> None:
    assert "<mn>15,415,200</mn>" in mathml("15{,}415{,}200")


def test_a_formula_in_a_line_is_not_displayed() -> None:
    assert "block" not in mathml(r"\frac12")


def test_brackets_of_a_size_have_a_form_and_do_not_grow() -> None:
    made = ElementTree.fromstring(mathml(r"a \bigl(b\bigr) \Bigl[c\Bigr]"))
    forms = {mark.text: mark.get("form") for mark in made.iter("mo")}
    assert forms == {"(": "prefix", ")": "postfix", "[": "prefix", "]": "postfix"}
    assert all(mark.get("stretchy") == "false" for mark in made.iter("mo") if mark.text in ("(", ")"))


def test_brackets_grow_around_what_is_tall_only() -> None:
    grows = [
        [mark.get("stretchy") for mark in ElementTree.fromstring(mathml(tex)).iter("mo") if mark.text == "("]
        for tex in (r"\left(x\right)", r"\left(\frac{x}{2}\right)")
    ]
    assert grows == [["false"], ["true"]]


def test_a_relation_has_space_in_a_line_and_none_in_an_index() -> None:
    first, second = ElementTree.fromstring(mathml("i = x_{j=1}")).iter("mo")
    assert (first.get("lspace"), second.get("lspace"), second.get("rspace")) == (None, "0", "0")


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"\frac{1", "end of input"),
        (r"\nosuch x", r"\nosuch"),
        ("a_1_2", "Double subscript"),
        (r"\left( x", r"\right"),
        (r"\begin{nosuch}x\end{nosuch}", "No such environment"),
    ],
)
def test_a_formula_that_cannot_be_read_is_quoted(tex: str, words: str) -> None:
    with pytest.raises(BookError, match=re.escape(words)) as caught:
        mathml(tex)
    assert caught.value.where == f"in {tex}" and "\u0332" not in str(caught.value)


def test_after_an_error_the_next_formula_is_rendered() -> None:
    with pytest.raises(BookError):
        mathml(r"\frac{7")
    assert "<mn>7</mn>" in mathml("7")


def test_a_macro_of_one_formula_is_unknown_to_the_next() -> None:
    mathml(r"\def\own{x}\own")
    with pytest.raises(BookError):
        mathml(r"\own")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a = 1", "a = 1"),
        (r"a \\ b", r"\begin{split}a \\ b\end{split}"),
        (r"\begin{aligned}a \\ b\end{aligned}", r"\begin{aligned}a \\ b\end{aligned}"),
        ("a\n\nb", r"\begin{gathered}a\\b\end{gathered}"),
        (r"\begin{align}a &= 1\end{align}", r"\begin{align*}a &= 1\end{align*}"),
    ],
)
def test_lines_of_a_displayed_formula(written: str, read: str) -> None:
    assert display_tex(written) == read
    assert "mtable" in mathml(read, display=True) or written == "a = 1"


def test_html_with_formulas_in_it() -> None:
    made = typeset(
        r'<td class="written"><div align="left" class="formula" tabindex="0">'
        r'<span class="math notranslate nohighlight">\(a &lt; b\)</span></div></td>'
        r'<div class="math notranslate nohighlight">\[a \\ b\]</div>'
    )
    assert made.count("<math") == 2 and "\\" not in made and "notranslate" not in made
    assert made.startswith('<td class="written"><div align="left" class="formula" tabindex="0"><math>')
    assert '<div class="math"><math display="block"' in made


@pytest.mark.parametrize(
    "text",
    [
        r"<code>\(x\)</code>",
        '<span class="formula">x + 1</span>',
        '<div class="aftermath">\\(x\\)</div>',
        "<p>no formula</p>",
    ],
)
def test_html_without_formulas_stays(text: str) -> None:
    assert typeset(text) == text


def test_the_interpreter_ends_after_a_formula() -> None:
    code = "from nnutils.book.pages.mathematics import mathml; print(mathml('x'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (0, "<math><mi>x</mi></math>\n"), done.stderr


def test_without_its_libraries_it_says_what_to_install() -> None:
    code = "import sys; sys.modules['py_mini_racer'] = None; import nnutils.book.pages.mathematics"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "needs py_mini_racer, which is not installed" in done.stderr
    assert 'pip install "nnutils[book]"' in done.stderr


def test_what_is_vendored_is_that_of_its_sums() -> None:
    lines = (VENDORED / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = dict(reversed(line.split("  ")) for line in lines)
    for name, expected in sums.items():
        assert hashlib.sha256((VENDORED / name).read_bytes()).hexdigest() == expected, name
    papers = {"README.md", "SHA256SUMS", "LICENSE-temml", "LICENSE-texgyrepagella-math"}
    assert {path.name for path in VENDORED.iterdir()} == {*sums, *papers}


def test_our_files_are_short() -> None:
    for path in FILES.iterdir():
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) <= LONGEST_FILE and (path.suffix != ".js" or max(map(len, lines)) <= 110), path.name
    assert all(path.is_file() for path in SCRIPTS)


def test_the_engine_outlives_the_event_loop_that_it_was_first_asked_in() -> None:
    """In a process of its own, since the engine is kept."""
    code = (
        "import asyncio\n"
        "from nnutils.book.pages.mathematics.rendering import mathml\n"
        "async def first():\n"
        "    return mathml('a')\n"
        "assert asyncio.run(first()) == mathml('a')\n"
        "print(mathml('b'))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "<math><mi>b</mi></math>\n"), run.stderr
