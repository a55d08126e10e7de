"""The site builds without a warning, executes nothing, and loads nothing from another host."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from support.contrast import contrast
from support.notebook_files import QUESTIONS, code_cells, read
from support.site import Built, build

from nnutils.audit.verdict import SYMBOLS
from tools.pages import ROOT, listed, problems

pytestmark = pytest.mark.slow

# What a browser fetches by itself when it shows a page: the attribute by the element.
LOADED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
    "object": "data",
    "link": "href",
}
POINTING_ONLY = {
    "next",
    "prev",
    "index",
    "search",
    "author",
    "copyright",
    "help",
}  # a link that fetches nothing
CSS_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")


class Page(HTMLParser):
    """What a test wants to know of one page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.pictures: list[dict[str, str | None]] = []
        self.code: list[str] = []
        self.inside = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        fetches = tag != "link" or values.get("rel") not in POINTING_ONLY
        if fetches and (address := values.get(LOADED.get(tag, ""))):
            self.loaded.append(address)
        if tag == "a" and (address := values.get("href")):
            self.links.append(address)
        if tag == "img":
            self.pictures.append(values)
        self.ids |= {value for key, value in attrs if key == "id" and value}
        self.code += [value for key, value in attrs if value and (key == "style" or key.startswith("on"))]
        self.inside = tag if tag in ("script", "style") else ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.code.append(data)


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path) for path in sorted(site.rglob("*.html")) if "_static" not in path.parts}


def outside(address: str) -> bool:
    return bool(urlsplit(address).netloc)


def test_it_builds_without_a_warning_and_executes_nothing(built: Built) -> None:
    assert built.returncode == 0, built.said
    assert "WARNING" not in built.said
    assert "Executing" not in built.said


def test_every_page_of_the_table_of_contents_is_there(site: Path) -> None:
    assert problems(site) == []


def test_the_pages_show_the_stored_outputs(site: Path) -> None:
    for path in QUESTIONS:
        shown = (site / path.relative_to(ROOT)).with_suffix(".html").read_text(encoding="utf-8")
        stored = [
            o.data["text/html"]
            for c in code_cells(read(path))
            for o in c.outputs
            if "text/html" in o.get("data", {})
        ]
        assert stored
        for html in stored:
            place = 0
            for text in texts_of(html):
                place = shown.find(text, place)
                assert place >= 0, f"{path.name}: {text!r} is missing, or stands elsewhere"
                place += len(text)


def texts_of(html: str) -> list[str]:
    """The texts between the tags, in order, without formulas, which are MathML on the page."""
    return [text for text in re.split(r"<[^>]*>", html) if text.strip() and "\\(" not in text]


def test_a_changed_output_is_noticed() -> None:
    cells = texts_of(r'<td>10,542,972</td><td><span class="math">\(x\)</span></td><td>12</td>')
    assert cells == ["10,542,972", "12"]


def test_no_page_loads_anything_from_another_host(pages: dict[Path, Page]) -> None:
    assert {path.stem for path in pages} >= {Path(page).stem for page in listed()}
    for path, page in pages.items():
        assert not [address for address in page.loaded if outside(address)], path
        for code in page.code:
            assert not re.search(r"(?:https?:)?//[\w-]+\.[\w.-]+/", code), f"{path}: {code[:200]}"


def test_no_style_sheet_loads_anything_from_another_host(site: Path) -> None:
    sheets = list(site.rglob("*.css"))
    assert sheets
    for sheet in sheets:
        for match in CSS_ADDRESS.finditer(sheet.read_text(encoding="utf-8")):
            address = match[1] or match[2]
            assert address.startswith("data:") or not outside(address), f"{sheet.name}: {address}"


def test_what_a_page_loads_is_there(pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        for address in page.loaded:
            if not address.startswith("data:"):
                file = path.parent / unquote(urlsplit(address).path)
                assert file.resolve().is_file(), f"{path}: {address}"


def test_every_link_inside_the_book_arrives(site: Path, pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            # a slash at the beginning is the root: 404.html is shown at any depth
            start = site if parts.path.startswith("/") else path.parent
            target = (start / unquote(parts.path).lstrip("/")).resolve() if parts.path else path
            assert target.exists(), f"{path}: {link}"
            if parts.fragment and target in pages:
                assert unquote(parts.fragment) in pages[target].ids, f"{path}: {link}"


def test_every_picture_says_what_it_shows(pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        for picture in page.pictures:
            decorative = "logo__image" in (picture.get("class") or "")  # the title stands beside it
            assert picture.get("alt") or decorative, f"{path}: {picture.get('src')}"


def test_the_pages_show_svg_and_not_the_png_beside_it(pages: dict[Path, Page]) -> None:
    shown = [str(picture.get("src")) for page in pages.values() for picture in page.pictures]
    drawn = [address for address in shown if "_images/" in address]
    assert drawn and all(address.endswith(".svg") for address in drawn)


# --- a book with a mistake does not build -------------------------------------------------------------------

MISTAKES = {
    "a reference to nowhere": "{ref}`nowhere`",
    "a link to nowhere": "[page](nowhere.md)",
    "a work that is not in references.bib": "{cite:t}`nobody1900`",
    "a formula that cannot be set": "$\\frac{1$",
}


@pytest.fixture()
def small_book(tmp_path: Path) -> Path:
    """A folder for a book under this book's settings, with one of its notebooks."""
    for file in ("_config.yml", "references.bib"):
        shutil.copy(ROOT / file, tmp_path)
    for folder in ("_static", "vendor"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    shutil.copy(QUESTIONS[0], tmp_path / "other.ipynb")
    return tmp_path


def write_and_build(book: Path, pages: list[str]) -> subprocess.CompletedProcess[str]:
    for number, text in enumerate(pages):
        (book / f"page{number}.md").write_text(f"# Title {number}\n\n{text}\n", encoding="utf-8")
    toc = [
        "format: jb-book",
        "root: page0",
        "chapters:",
        *(f"  - file: page{n}" for n in range(1, len(pages))),
    ]
    (book / "_toc.yml").write_text("\n".join(toc) + "\n", encoding="utf-8")
    return build(book, book)


def test_each_mistake_stops_the_build(small_book: Path) -> None:
    result = write_and_build(small_book, ["No mistake.", *MISTAKES.values()])
    assert result.returncode != 0
    blamed = {int(found) for found in re.findall(r"page(\d+)\.md:\d+: WARNING", result.stderr)}
    assert not set(range(1, len(MISTAKES) + 1)) - blamed, "mistakes go unnoticed"
    assert 0 not in blamed


# --- colours ------------------------------------------------------------------------------------------------


# A page and a raised surface of the theme, lightest and darkest first.
BACKGROUNDS = {"light": ("#ffffff", "#f3f4f5"), "dark": ("#121212", "#29313d")}


@pytest.mark.parametrize("theme", BACKGROUNDS)
def test_the_colours_of_verdicts_can_be_read(theme: str) -> None:
    css = (ROOT / "nnutils/book/static/book.css").read_text(encoding="utf-8")
    block = next(b for b in re.findall(r"[^{}]*\{[^{}]*\}", css) if f'html[data-theme="{theme}"] {{' in b)
    colours = dict(re.findall(r"--verdict-(\w+): (#[0-9a-f]{6});", block))
    assert set(colours) == set(SYMBOLS)
    for verdict, colour in colours.items():
        for background in BACKGROUNDS[theme]:
            assert contrast(colour, background) >= 4.5, f"{verdict} on {background}"
