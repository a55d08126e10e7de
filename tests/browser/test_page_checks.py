"""The checks of a page find the fault of a small page each, and nothing on a page without one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from support.page_checks import (
    bad_pictures,
    faint_text,
    open_everything,
    raw_text,
    sideways,
    unset_formulas,
    watch,
)

from tools.browser import served

pytestmark = pytest.mark.slow

SQUARE = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"
SOUND = """
<p>A set {a, b}, a price of $5, and <code>{{ name }} \\frac $x$</code>.</p>
<p><span class="math"><mjx-container><svg></svg></mjx-container></span>, <math><mi>x</mi></math></p>
<div style="overflow-x: auto"><div style="width: 900px">wide, in a box that scrolls</div></div>
<img src="square.svg" alt="a square">
<details><summary>Closed</summary><p>nothing</p></details>
"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 390, "height": 800}) as context:
        yield context.new_page()


@pytest.fixture()
def folder(tmp_path: Path) -> Path:
    (tmp_path / "square.svg").write_text(SQUARE, encoding="utf-8")
    return tmp_path


def shown(page: Page, folder: Path, body: str) -> Page:
    html = f"<!doctype html><meta charset=utf-8><link rel=icon href=data:,><article>{SOUND}{body}</article>"
    (folder / "page.html").write_text(html, encoding="utf-8")
    page.goto((folder / "page.html").as_uri())
    open_everything(page)
    return page


Check = Callable[[Page], list[str]]
CHECKS: list[Check] = [raw_text, unset_formulas, bad_pictures, sideways, faint_text]


def test_a_sound_page_has_no_fault(page: Page, folder: Path) -> None:
    shown(page, folder, "")
    assert [check(page) for check in CHECKS] == [[]] * len(CHECKS)


FAULTS: list[tuple[Check, str, str]] = [
    (raw_text, "<p>It has {{ units }} units.</p>", "a placeholder"),
    (raw_text, "<p>It has {glue:text}`units` units.</p>", "a role"),
    (raw_text, "<p>```{dropdown} Hint 1</p>", "a fence"),
    (raw_text, "<p>%%prose\nThe layer</p>", "a magic"),
    (raw_text, "<p>\\(x + 1\\)</p>", "a raw formula"),
    (raw_text, "<p>so $$x = 1$$</p>", "a raw formula"),
    (raw_text, "<details><summary>Hint</summary><p>so $x = 1$.</p></details>", "a raw formula"),
    (raw_text, "<p>x \\times y</p>", "a command of LaTeX"),
    (unset_formulas, "<span class='math'>x + 1</span>", "not set: x + 1"),
    (unset_formulas, "<math><merror><mtext>x_1_2</mtext></merror></math>", "an error in a formula: x_1_2"),
    (
        unset_formulas,
        "<mjx-merror data-mjx-error='Undefined'>x</mjx-merror>",
        "an error in a formula: Undefined",
    ),
    (unset_formulas, "<g data-mml-node='merror'>x</g>", "an error in a formula"),
    (bad_pictures, "<img src='nowhere.svg' alt='a circle'>", "not loaded: nowhere.svg"),
    (bad_pictures, "<img src='square.svg'>", "no alternative text: square.svg"),
    (bad_pictures, "<img src='square.svg' alt=' '>", "no alternative text: square.svg"),
    (sideways, "<p style='width: 500px'>wide</p>", "the page is 5"),
    (sideways, "<details><summary>S</summary><p style='width: 500px'>wide</p></details>", "the page is 5"),
    (sideways, "<div style='overflow: hidden'><p style='width: 500px'>cut off</p></div>", "<p class"),
    (sideways, "<p style='margin-left: -50px'>off to the left</p>", "<p class"),
    (faint_text, "<p style='color: #999'>grey on white</p>", "2.85:1"),
    (faint_text, "<p style='background: #222'>black on black</p>", "1.32:1"),
    (faint_text, "<p style='color: rgb(0 0 0 / 30%)'>black, hardly there</p>", "2.1"),
]


@pytest.mark.parametrize(
    ("check", "body", "finding"), FAULTS, ids=[f"{c.__name__}-{f}" for c, _, f in FAULTS]
)
def test_a_fault_is_found(page: Page, folder: Path, check: Check, body: str, finding: str) -> None:
    found = check(shown(page, folder, body))
    assert any(one.startswith(finding) for one in found), found


def test_hidden_text_needs_no_contrast(page: Page, folder: Path) -> None:
    assert not faint_text(shown(page, folder, "<p style='color: #fff; display: none'>not there</p>"))


@pytest.mark.parametrize(
    ("body", "finding"),
    [
        ("<script>console.error('too bad')</script>", "the console: too bad"),
        ("<script>console.debug('done')</script>", "the console: done"),
        ("<script>throw new Error('stop')</script>", "an error in a script: stop"),
        ("<img src='nowhere.svg' alt='a circle'>", "status 404"),
        (
            "<img src='http://127.0.0.1:9/x.svg' alt='elsewhere'>",
            "another host was asked: http://127.0.0.1:9/x.svg",
        ),
        (
            "<img src='http://127.0.0.1:9/x.svg' alt='elsewhere'>",
            "a request failed: http://127.0.0.1:9/x.svg",
        ),
        ("", ""),
    ],
)
def test_what_goes_wrong_meanwhile_is_noticed(
    browser: Browser, folder: Path, body: str, finding: str
) -> None:
    with served(folder) as address, browser.new_page() as page:
        seen = watch(page, address)
        shown(page, folder, body)
        seen.clear()  # what is opened as a file is no part of this
        page.goto(f"{address}/page.html")
        assert any(one.startswith(finding) for one in seen) if finding else not seen
