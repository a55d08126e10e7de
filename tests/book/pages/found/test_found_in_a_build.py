"""What a built site brings with it: with an address and a repository, and without either."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from PIL import Image

from tools.pages import listed

pytestmark = pytest.mark.slow

CONFIG = """\
title: "Small & neat"
author: Ada Example
logo: logo.svg
only_build_toc_files: true
execute: {execute_notebooks: "off"}
html: {favicon: logo.svg}
sphinx:
  config:
    extensions: [myst_nb, jupyter_book, sphinx_comments, sphinx_external_toc, sphinx_design,
      sphinx_book_theme, nnutils.book.site]
    book_package: neat
"""
PAGES = {
    "_config.yml": CONFIG,
    "_toc.yml": """\
format: jb-book
root: intro
chapters: [{file: part/index, sections: [{file: part/one}]}]
""",
    "logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>',
    "intro.md": '# The book\n\nA book that says "yes" & no.\n',
    "part/index.md": "# Part A\n\nWhat the part is about.\n",
    "part/one.md": "# One\n\nThe first page.\n\n```{code-block} python\nx = 1\n```\n",
}


class Head(HTMLParser):
    """The tags of a page that say something about it, and its links."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.anchors: dict[str, str] = {}
        self._open = ""
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        self._open = values.get("href", "") if tag == "a" else self._open
        if tag == "meta" and (name := values.get("name") or values.get("property")):
            self.said[name] = values["content"]
        if tag == "link":
            self.links[values["rel"]] = values["href"]

    def handle_data(self, data: str) -> None:
        if self._open and data.strip():
            self.anchors.setdefault(data.strip(), self._open)
            self._open = ""


def build(folder: Path, environment: dict[str, str]) -> Path:
    for name, text in PAGES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    main = "from jupyter_book.cli.main import main; main()"
    clean = {key: value for key, value in os.environ.items() if not key.startswith("BOOK_")}
    command = [sys.executable, "-c", main, "build", str(folder), "-W", "-n", "--keep-going"]
    result = subprocess.run(command, capture_output=True, text=True, env=clean | environment)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder / "_build/html"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    environment = {"BOOK_ADDRESS": "https://x.org/b", "BOOK_REPOSITORY": "https://github.com/a/b"}
    return build(tmp_path_factory.mktemp("book"), environment)


def test_a_page_says_what_it_is_and_where(published: Path) -> None:
    head = Head(published / "part/one.html")
    assert head.said["description"] == head.said["og:description"] == "The first page."
    assert head.said["og:title"] == "One" and head.said["og:site_name"] == "Small & neat"
    assert head.links["canonical"] == head.said["og:url"] == "https://x.org/b/part/one.html"
    assert head.said["og:image"] == "https://x.org/b/_cards/part.png"
    assert Head(published / "intro.html").said["description"] == "A book that says “yes” & no."
    assert Head(published / "intro.html").said["og:image"] == "https://x.org/b/_cards/book.png"
    for card in ("book", "part"):
        with Image.open(published / f"_cards/{card}.png") as picture:
            assert [str(side) for side in picture.size] == [
                head.said["og:image:width"],
                head.said["og:image:height"],
            ]
    assert sorted(file.name for file in (published / "_cards").iterdir()) == ["book.png", "part.png"]


def test_the_sitemap_lists_every_page_and_robots_name_it(published: Path) -> None:
    root = ElementTree.parse(published / "sitemap.xml").getroot()
    listed_there = {str(one.text) for one in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert listed_there == {f"https://x.org/b/{page}.html" for page in ("intro", "part/index", "part/one")}
    assert (published / "robots.txt").read_text().endswith("\nSitemap: https://x.org/b/sitemap.xml\n")


def test_a_page_links_its_source_and_the_form_for_slips(published: Path) -> None:
    anchors = Head(published / "part/one.html").anchors
    assert anchors["Source of this page"] == "https://github.com/a/b/blob/HEAD/part/one.md"
    report = urlsplit(anchors["Report a slip on this page"])
    assert f"{report.scheme}://{report.netloc}{report.path}" == "https://github.com/a/b/issues/new"
    assert parse_qs(report.query)["title"] == ['A slip in "One"']
    assert "Page: part/one.md" in parse_qs(report.query)["body"][0]
    assert "Download the notebook" not in anchors, "this page is none"


def test_a_page_says_how_to_cite_it(published: Path) -> None:
    text = unescape((published / "part/one.html").read_text(encoding="utf-8"))
    assert "Ada Example. “One”. In: Small & neat. https://x.org/b/part/one.html" in text
    assert (
        "@misc{small-neat-one,\n" in text and "year" not in text.partition("@misc{")[2].partition("</pre>")[0]
    )


def test_the_page_for_what_is_missing_leads_to_the_book_and_asks_for_nothing(published: Path) -> None:
    text = (published / "404.html").read_text(encoding="utf-8")
    page = Head(published / "404.html")
    assert page.anchors == {"The book": "/b/intro.html", "Part A": "/b/part/index.html"}
    assert page.said["robots"] == "noindex" and not page.links and " src=" not in text
    assert not re.search(r"@\w+@", text)


def test_a_site_whose_address_nobody_said_has_no_absolute_address(site: Path) -> None:
    for name in listed():
        head = Head(site / f"{name}.html")
        assert "canonical" not in head.links
        assert not {"og:url", "og:image"} & set(head.said), name
        assert not {"Source of this page", "Report a slip on this page"} & set(head.anchors), name
    assert not (site / "sitemap.xml").exists() and not (site / "_cards").exists()
    assert (site / ".nojekyll").exists() and "Sitemap" not in (site / "robots.txt").read_text()


def test_every_page_but_a_list_has_a_description_of_its_own(site: Path) -> None:
    found = {name: Head(site / f"{name}.html").said.get("description", "") for name in listed()}
    assert [name for name, text in found.items() if not text] == ["references", "genindex"]
    assert all(len(text) <= 200 for text in found.values())
    assert not [text for text in found.values() if re.search(r"[\\$<>]|Time:", text)]
    said = [text for text in found.values() if text]
    assert len(set(said)) == len(said)


def test_a_notebook_can_be_downloaded_and_says_what_it_needs(site: Path) -> None:
    name = next(name for name in listed() if name.startswith("chapters/") and "/0" in name)
    page = site / f"{name}.html"
    file = page.parent / Head(page).anchors["Download the notebook"]
    assert file.resolve().is_file() and file.suffix == ".ipynb"
    assert 'pip install ".[book]"' in unescape(page.read_text(encoding="utf-8"))


def test_every_page_names_the_icons_and_they_are_there(site: Path) -> None:
    for name in [*listed(), "search", "genindex"]:
        page = site / f"{name}.html"
        text = page.read_text(encoding="utf-8")
        for icon in ("favicon.ico", "apple-touch-icon.png"):
            address = re.search(rf'href="([^"]*{icon})\?v=\w+"', text)
            assert address and (page.parent / address[1]).resolve() == site / icon, name
