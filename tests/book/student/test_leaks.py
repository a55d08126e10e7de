"""Answers are found in every usual spelling, in every kind of file; what a question says is none."""

from __future__ import annotations

import base64
import gzip
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from support.practice_book import FILE, write_practice

from nnutils.book.pages.mathematics import mathml
from nnutils.book.student.decoding import readings, texts
from nnutils.book.student.leaks import finder_for, known_files, leaks_in
from nnutils.book.student.spellings import Finder, Secret, secrets_of
from nnutils.core.worked import Worked
from nnutils.practice import Asked, load

UNITS = Fraction(290_400)
SHARE = 0.1534656870722129
SECRETS = [
    Secret("part/q1", "units", UNITS),
    Secret("part/q1", "share", -SHARE),
    Secret("part/q1", "factor", Fraction(352, 131)),
    Secret("part/q1", "size", (Fraction(128), Fraction(61), Fraction(61))),
    Secret("part/q1", "rule", "x1-relu(x1-x2)"),
]

SPELLINGS = {
    "units": [
        "290400",
        "290,400",
        "290 400",
        "290.400",
        "290'400",
        "290’400",
        "290_400",
        "290\u00a0400",
        "290\u2009400",
        "290\u202f400",
        "290&nbsp;400",
        "290&#8239;400",
        "290&thinsp;400",
        "290&#x2c;400",
        "2&#57;0,400",
        r"290\,400",
        r"290\;400",
        "290{,}400",
        r"290{.}400",
        r"290\thinspace 400",
        "290\\u002c400",
        "290%2C400",
        "２９０４００",
        "290\u200b400",
        "2.904e5",
        "2.9040E+05",
        "2.904 × 10^5",
        "2.904 × 10⁵",
        r"2.904 \cdot 10^{5}",
        r"2.904\times10^5",
        "2.904*10**5",
        "290400.0",
        "290,400.00",
        "<b>290</b>,400",
        "<td>290</td> <td>400</td>",
        "-290400",
        "(290400)",
        "conv1=290400",
        "290400units",
        "290.4 thousand",
        "0.2904 million",
    ],
    "share": [
        "0.1535",
        "0.1534",  # cut, not rounded
        "-0.1535",
        "−0.15347",
        "0.153466",
        "0.1534656870722129",
        "0.15346568707221291234",
        ".1535",
        "0,1535",
        "0{,}15347",
        "0.153 465 687",
        "1.535e-1",
        "15.35 %",
        r"15.347\,\%",
        r"1.5347 \cdot 10^{-1}",
    ],
    "factor": ["352/131", "352 / 131", r"\frac{352}{131}", "352⁄131", "2.687", "2.6870229", "2,687"],
    "size": [
        "128 × 61 × 61",
        "128x61x61",
        "(128, 61, 61)",
        "128,61,61",
        "[128, 61, 61]",
        r"128 \times 61 \times 61",
        "<td>128</td><td>61</td><td>61</td>",
        '["128", "61", "61"]',
        r"\begin{pmatrix} 128 \\ 61 \\ 61 \end{pmatrix}",
        "128 · 61 · 61",
    ],
    "rule": ["x1 - relu(x1 - x2)", "x1-relu(x1-x2)", "x1 &minus; relu(x1 &#45; x2)", "x1  -\n relu( x1-x2 )"],
}
NOTHING = [
    "290401",
    "1290400",
    "290400123",
    "29,0400,1",
    "0.153",
    "0.1536",
    "0.1533",
    "352/132",
    "128 × 61",
    "128 × 61 × 62",
    "a290400",
    "61 × 61 × 128",
    "x1-relu(x1-x3)",
    "128 filters of 61 by 61",
]


def spelled() -> list[tuple[str, str]]:
    return [(name, text) for name, spellings in SPELLINGS.items() for text in spellings]


def found(text: str) -> set[str]:
    finder = Finder(SECRETS)
    return {secret.name for reading in readings(text) for secret, _, _ in finder.find(reading)}


@pytest.mark.parametrize(("name", "text"), spelled())
def test_a_spelling_is_found(name: str, text: str) -> None:
    assert name in found(f"The answer is {text}.")
    assert name in found(json.dumps({"text": f"<p>{text}</p>"}))


@pytest.mark.parametrize(("name", "tex"), [one for one in spelled() if re.search(r"\\[a-z]{3}|[{]", one[1])])
def test_a_spelling_is_found_in_a_formula_that_is_set(name: str, tex: str) -> None:
    assert name in found(f"The answer is {mathml(tex)}.")
    assert name in found(json.dumps({"text": mathml(tex, display=True)}))


def test_a_fraction_in_a_fraction_is_found() -> None:
    assert "factor" in found(mathml(r"\frac{1}{1 + \frac{352}{131}}"))
    assert "factor" in found(mathml(r"\left(\tfrac{352}{131}\right)^2"))


@pytest.mark.parametrize("text", ["123,500,000", "123400000", "123456000"])
def test_zeros_that_fill_up_a_rounded_number_do_not_hide_it(text: str) -> None:
    assert list(Finder([Secret("part/q1", "weights", Fraction(123_456_789))]).find(text))


@pytest.mark.parametrize("text", ["120,000,000", "123,400,001", "123,600,000"])
def test_a_round_number_of_another_value_is_no_answer(text: str) -> None:
    assert not list(Finder([Secret("part/q1", "weights", Fraction(123_456_789))]).find(text))


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_answer_is_not_found(text: str) -> None:
    assert not found(f"Here is {text}.")


# --- kinds of files -----------------------------------------------------------------------------------------


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*chunks: bytes, behind: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + data + chunk(b"IEND", b"") + behind


def zipped(name: str, text: str) -> bytes:
    import io

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return packed.getvalue()


def notebook(text: str) -> bytes:
    output = {"output_type": "display_data", "metadata": {}, "data": {"application/json": {"said": text}}}
    return json.dumps({"cells": [{"cell_type": "code", "source": [], "outputs": [output]}]}).encode()


def inventory(text: str) -> bytes:
    lines = b"# Sphinx inventory version 2\n# Project: x\n# Version: \n# compressed using zlib.\n"
    return lines + zlib.compress(f"label std:label -1 page.html {text}\n".encode())


def base64_of(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


FILES: dict[str, Callable[[str], bytes]] = {
    "page.html": lambda text: f"<p>It is {text}.</p>".encode(),
    "comment.html": lambda text: f"<p>Nothing.</p><!-- {text} -->".encode(),
    "attribute.html": lambda text: f"<img alt='{text}' src='a.svg'>".encode(),
    "style.css": lambda text: f"p::after {{ content: '{text}'; }}".encode(),
    "script.js": lambda text: f"const answer = {json.dumps(text)};".encode(),
    "source.js.map": lambda text: json.dumps({"sourcesContent": [f"// {text}"]}).encode(),
    "searchindex.js": lambda text: f"Search.setIndex({json.dumps({'terms': {text: 7}})})".encode(),
    "data.js": lambda text: f'showYourWork.data("q", "{base64_of(json.dumps(text))}");'.encode(),
    "twice.js": lambda text: f'atob(atob("{base64_of(base64_of(text + "."))}"))'.encode(),
    "lesson.ipynb": notebook,
    "picture.svg": lambda text: f"<svg><title>{text}</title></svg>".encode(),
    "inside.html": lambda text: (
        f'<img src="data:image/svg+xml;base64,{base64_of(f"<svg>{text}</svg>")}">'.encode()
    ),
    "tEXt.png": lambda text: png(chunk(b"tEXt", b"Comment\0" + text.encode("utf-8"))),
    "zTXt.png": lambda text: png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(text.encode("utf-8")))),
    "iTXt.png": lambda text: png(chunk(b"iTXt", b"Comment\0\0\0en\0\0" + text.encode("utf-8"))),
    "packed_iTXt.png": lambda text: png(
        chunk(b"iTXt", b"Comment\0\1\0en\0\0" + zlib.compress(text.encode("utf-8")))
    ),
    "no_language.png": lambda text: png(
        chunk(b"iTXt", b"Comment\0\1\0\0\0" + zlib.compress(text.encode("utf-8"), level=0))
    ),
    "behind.png": lambda text: png(behind=text.encode()),
    "objects.inv": inventory,
    "notes.txt.gz": lambda text: gzip.compress(text.encode()),
    "all.zip": lambda text: zipped("notes.txt", text),
    "nested.zip": lambda text: zipped("inner.txt", base64_of(f"It is {text}")),
    "utf16.txt": lambda text: text.encode("utf-16"),
    "binary.bin": lambda text: b"\0\xff\xfe\x01" + text.encode("ascii", "xmlcharrefreplace") + b"\0\x80",
    "_sources/page.md": lambda text: f"It is {text}.".encode(),
}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(("name", "text"), [(name, spellings[1]) for name, spellings in SPELLINGS.items()])
def test_an_answer_planted_in_a_file_is_found(tmp_path: Path, file: str, name: str, text: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(FILES[file]("nothing"))
    assert not list(leaks_in(tmp_path, Finder(SECRETS)))
    path.write_bytes(FILES[file](text))
    assert {(leak.file, leak.what) for leak in leaks_in(tmp_path, Finder(SECRETS))} == {
        (file, f"part/q1, {name}")
    }


@pytest.mark.parametrize("file", ["page.html", "script.js", "lesson.ipynb", "data.js", "all.zip"])
def test_every_spelling_is_found_in_a_file(file: str) -> None:
    finder = Finder(SECRETS)
    for name, text in spelled():
        inside = [one for _, one in texts(FILES[file](text), file)]
        told = {
            secret.name for one in inside for reading in readings(one) for secret, *_ in finder.find(reading)
        }
        assert name in told, text


def test_a_name_of_a_file_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "conv1_290400.svg").write_text("<svg/>", encoding="utf-8")
    assert [leak.place for leak in leaks_in(tmp_path, Finder(SECRETS))] == ["its name"]


@pytest.mark.parametrize("text", ["<h3>Model answer<a", '"## Solution\\n"', '<td class="verdict-wrong">'])
def test_headings_and_verdicts_of_solutions_are_found(tmp_path: Path, text: str) -> None:
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    assert list(leaks_in(tmp_path, Finder([])))


def test_files_that_packages_brought_are_left_out(tmp_path: Path) -> None:
    package, site = tmp_path / "package", tmp_path / "site"
    for folder in (package, site):
        folder.mkdir()
        (folder / "theme.css").write_text("p { width: 290400px }", encoding="utf-8")
    assert list(leaks_in(site, Finder(SECRETS)))
    known = known_files([package], {"theme.css"})
    assert not list(leaks_in(site, Finder(SECRETS), known))
    (site / "theme.css").write_text("p { width: 290400px; }", encoding="utf-8")
    assert list(leaks_in(site, Finder(SECRETS), known)), "a changed file is not the package's"


# --- what is sought -----------------------------------------------------------------------------------------


def test_what_is_long_enough_is_sought() -> None:
    asked = [
        Asked("short", "short", "a", 999),
        Asked("long", "long", "a", 1000),
        Asked("third", "a third", "a", Fraction(1, 3)),
        Asked("half", "a half", "a", 0.5),
        Asked("row", "a row", "a", (1, 2, 5, 8)),
        Asked("pair", "a pair", "a", (5, 8)),
        Asked("rows", "rows", "a", ((0.123456789, 1), (2, 3))),
        Asked("yes", "yes?", "a", True),
        Asked("word", "which", "a", "conv1", choices=("conv1", "conv2")),
        Asked("rule", "rule", "a", "2 * x + 1"),
        Asked("same", "same", "a", "rbar"),
        Asked("units", "units", "a", Worked(55, "height") * 55 * 96),
    ]
    sought = [(secret.name, secret.value) for secret in secrets_of("part/q1", asked)]
    assert sought == [
        ("long", 1000),
        ("third", Fraction(1, 3)),
        ("row", (1, 2, 5, 8)),
        ("rows", 0.123456789),
        ("rule", "2*x+1"),
        ("units", 290_400),
        ("units", (55, 55, 96)),
    ]


def test_what_a_question_says_is_no_secret(tmp_path: Path) -> None:
    book = write_practice(tmp_path)
    file = book / FILE
    file.write_text(
        file.read_text(encoding="utf-8").replace('"features": 4', '"features": 4000'), encoding="utf-8"
    )
    finder, public = finder_for([load("sizes/q1", book)])
    assert [secret.value for secret in finder.secrets] == [12_000, (3, 4000)]
    assert not public
    text = file.read_text(encoding="utf-8").replace("How many weights has it?", "It has 12,000 weights.")
    file.write_text(text, encoding="utf-8")
    finder, public = finder_for([load("sizes/q1", book)])
    assert [secret.value for secret in public] == [12_000]
