"""The page of `nnutils lint` in a browser: links move the other pane; keyboard, phone, dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from support.lint_reports import report_of, sheet_of
from support.page_checks import sideways

from nnutils.lint.reports import as_page
from tools.browser import open_page

pytestmark = pytest.mark.slow

FILL = "\n".join(f"Line {row} of the text, long enough to need two lines on a phone." for row in range(150))
SOURCE = f"1 + 1 = 2\n{FILL}\n2 + 2 = 5 and {'a' * 300}\n{FILL}\n3 + 3 = 7\n"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    findings = ("1 + 1 = 2", "right"), ("2 + 2 = 5", "wrong"), ("3 + 3 = 7", "wrong")
    path: Path = tmp_path_factory.mktemp("lint") / "page.html"
    path.write_text(as_page([report_of(sheet_of(SOURCE), *findings)]), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(params=[(1400, False), (1400, True), (390, False)], ids=["wide", "dark", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, file: str) -> Iterator[Page]:
    width, dark = request.param
    one = open_page(browser, width, dark=dark)
    one.goto(file)
    yield one
    one.context.close()


def test_axe_finds_nothing_and_nothing_sticks_out(page: Page) -> None:
    found = Axe().run(page, options={"preload": False})
    assert not found.violations_count, found.generate_report()
    assert not sideways(page)


def test_a_card_brings_its_statement_into_sight_and_the_statement_its_card(page: Page) -> None:
    statement = page.locator("#statement-1-3")
    expect(statement).not_to_be_in_viewport()
    page.locator("#finding-1-3 a").click()
    expect(statement).to_be_in_viewport()
    statement.click()
    expect(page.locator("#finding-1-3")).to_be_in_viewport()


def test_a_statement_opens_the_fold_of_its_card(page: Page) -> None:
    card = page.locator("#finding-1-1")
    expect(card).not_to_be_visible()
    page.locator("#statement-1-1").click()
    expect(card).to_be_visible()


def test_the_keyboard_is_enough(page: Page) -> None:
    page.locator("#finding-1-2 a").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#statement-1-2")).to_be_in_viewport()
    page.locator("#statement-1-2").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#finding-1-2")).to_be_in_viewport()


def test_paper_has_all_of_it(page: Page) -> None:
    page.emulate_media(media="print")
    cut = (
        "() => [...document.querySelectorAll('.pane')].some((one) => one.scrollHeight > one.clientHeight + 2)"
    )
    assert not page.evaluate(cut)
