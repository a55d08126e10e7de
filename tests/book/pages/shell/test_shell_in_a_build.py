"""The files of the shell in the built site: one style sheet, one script, the icons that pages show."""

from __future__ import annotations

import base64
import gzip
import re
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from nnutils.book.pages.shell.bundles import MADE, with_versions
from nnutils.book.pages.shell.icons import icons_in
from nnutils.book.pages.shell.used_names import names_in_pages
from nnutils.book.site import SCRIPTS, STATIC, STYLES
from tools.pages import listed

pytestmark = pytest.mark.slow

LIMITS = {"shell.css": 45_000, "shell.js": 25_000, "without-scripts.css": 10_000}
"""Bytes, compressed. Today 34,000, 19,000 and 3,000."""


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    names = [*listed(), "search", "genindex"]
    return {name: (site / f"{name}.html").read_text(encoding="utf-8") for name in names}


@pytest.fixture(scope="module")
def sheet(site: Path) -> str:
    return (site / "_static/shell.css").read_text(encoding="utf-8")


def test_a_page_loads_each_of_them_by_its_present_version(pages: dict[str, str]) -> None:
    versions = {name: set[str]() for name in MADE}
    for page, text in pages.items():
        for name in MADE:
            found = re.findall(rf'_static/{re.escape(name)}\?v=(\w+)"', text)
            assert len(found) == 1 and found[0] != "0", f"{page}: {name}"
            versions[name].update(found)
    assert all(len(found) == 1 for found in versions.values())


def test_no_page_loads_what_they_replace(pages: dict[str, str]) -> None:
    ours = "|".join(re.escape(f"_static/{file}") for file in (*STYLES, *SCRIPTS))
    spare = re.compile(
        rf"{ours}|fontawesome|bootstrap|pydata-sphinx-theme|doctools|clipboard|basic\.css|design-tabs"
    )
    for page, text in pages.items():
        loaded = re.findall(r'<(?:script|link)\b[^>]*(?:src|href)="([^"]+)"', text)
        assert not [address for address in loaded if spare.search(address)], page
        searches = [
            address for address in loaded if re.search("searchindex|searchtools|language_data", address)
        ]
        assert len(searches) == (3 if page == "search" else 0), page


def test_our_files_of_every_page_are_in_them_in_order_and_whole(site: Path) -> None:
    for made, files in {"shell.css": STYLES, "shell.js": SCRIPTS}.items():
        text, place = (site / "_static" / made).read_text(encoding="utf-8"), 0
        for file in files:
            place = text.find((STATIC / file).read_text(encoding="utf-8"), place)
            assert place > 0, file


def test_what_a_page_loads_has_a_version_and_is_kept(pages: dict[str, str]) -> None:
    bare = re.compile(
        r'<(?:script|link|img)\b[^>]*\s(?:src|href)="([^"]+\.(?:css|js|ico)|[^"]*_static/[^"?]+)"'
    )
    assert {page: found for page, text in pages.items() if (found := bare.findall(text))} == {}


@pytest.mark.parametrize(
    ("tag", "marked"),
    [
        ('<script defer src="a/one.js"></script>', '<script defer src="a/one.js?v=M"></script>'),
        ('<link rel="icon" href="../_static/two.svg"/>', '<link rel="icon" href="../_static/two.svg?v=M"/>'),
        ('<img src="../_static/two.svg">', '<img src="../_static/two.svg?v=M">'),
        ('<link rel="stylesheet" href="a/one.css?v=0" />', '<link rel="stylesheet" href="a/one.css?v=M" />'),
        ('<script src="a/one.js?v=12"></script>', None),
        ('<script src="none.js"></script>', None),
        ('<script src="https://example.org/one.js"></script>', None),
        ('<link rel="next" href="page.html" />', None),
        ('<a href="a/one.js">script</a>', None),
        ('<img src="a/three.svg">', None),
    ],
)
def test_a_version_is_named_where_a_file_is_loaded(tmp_path: Path, tag: str, marked: str | None) -> None:
    for file in ("p/a/one.js", "p/a/one.css", "p/a/three.svg", "_static/two.svg", "p/page.html"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    assert with_versions(tag, tmp_path / "p", lambda file: "M") == (marked or tag)


def test_they_are_light(site: Path) -> None:
    sizes = {name: len(gzip.compress((site / "_static" / name).read_bytes(), 9)) for name in MADE}
    assert {name: size for name, size in sizes.items() if size > LIMITS[name]} == {}


def test_the_site_keeps_nothing_of_the_theme_that_no_page_loads(site: Path) -> None:
    left = [file.name for file in (site / "_static").rglob("*") if file.is_file()]
    assert not [
        name for name in left if name.endswith((".map", ".mo", ".po", ".ttf")) or "fontawesome" in name
    ]


def test_the_script_writes_nothing_to_the_console(site: Path) -> None:
    script = (site / "_static/shell.js").read_text(encoding="utf-8")
    assert not re.search(r"console\.(log|info|debug)\(", script) and "console.error(" in script


def test_the_theme_does_not_measure_what_is_in_closed_folds(site: Path) -> None:
    script = (site / "_static/shell.js").read_text(encoding="utf-8")
    scrollers = (STATIC / "scrollers.js").read_text(encoding="utf-8")  # looks only at what is in sight
    theme = script.replace(scrollers, "")
    assert theme != script and "pst-scrollable" not in theme
    assert '.querySelectorAll(":not(*)").forEach(e=>{e.tabIndex=e.scrollWidth>' in theme
    assert theme.count("scrollWidth") == 1


def test_every_icon_that_pages_show_is_in_the_font_and_few_others(
    site: Path, pages: dict[str, str], sheet: str
) -> None:
    fonts = [TTFont(BytesIO(base64.b64decode(one))) for one in re.findall(r"base64,([\w+/=]+)\)", sheet)]
    assert len(fonts) == 1, "the solid icons; no page shows others"
    drawn = set(fonts[0].getBestCmap())
    shown = {name for name in names_in_pages(pages.values()) if name.startswith("fa-")}
    rules = re.findall(r"\.(fa-[\w-]+)(?::before)?\{([^}]*)\}", sheet)
    needed = set().union(*(icons_in(rule) for name, rule in rules if name in shown))
    assert len(needed) >= 10 and needed <= drawn
    assert len(drawn) < 80


def test_a_rule_of_the_theme_stays_where_pages_need_it(sheet: str) -> None:
    for needed in (
        ".bd-article",
        ".dropdown-menu.show",
        ".theme-switch",
        ".copybtn",
        ".highlighted",
        ".sd-card",
    ):
        assert needed in sheet, needed
    for spare in (".carousel", ".accordion", ".fa-spin", ".sd-tab-set"):
        assert spare not in sheet, spare


def test_pictures_say_their_size(pages: dict[str, str]) -> None:
    tags = [tag for text in pages.values() for tag in re.findall(r"<img [^>]*_images/[^>]*>", text)]
    assert len(tags) >= 10
    assert not [tag for tag in tags if not re.search(r' loading="lazy" width="\d+" height="\d+"', tag)]
