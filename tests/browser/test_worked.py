"""A worked number on a page: a button whose tip can be hovered and dismissed, and text like any other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from support.notebook_files import QUESTIONS
from support.page_checks import open_everything

from tools.browser import open_page, served
from tools.pages import ROOT

pytestmark = pytest.mark.slow

LESSONS = [path.relative_to(ROOT).with_suffix("").as_posix() for path in QUESTIONS]
COUNTS = "chapters/sorting_backprop_alexnet/03_counting_alexnet"
FEWEST = 30  # numbers on that page: with less, the tests below would see little


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as one:
        yield one


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    one = open_page(browser, 1280)
    one.goto(f"{address}/{COUNTS}.html")
    open_everything(one)
    yield one
    one.context.close()


@pytest.fixture()
def numbers(page: Page) -> Locator:
    """The worked numbers of the page, with no tip shown and the pointer away from them."""
    page.mouse.move(0, 0)
    page.evaluate("() => { document.activeElement?.blur(); }")
    page.keyboard.press("Escape")
    expect(tip(page)).to_have_count(0)
    return page.locator("article .worked")


def tip(page: Page) -> Locator:
    return page.locator("#worked-tip")


def work(number: Locator) -> str:
    return str(number.get_attribute("data-work"))


def test_every_number_is_a_button_named_by_itself_and_described_by_its_work(numbers: Locator) -> None:
    assert numbers.count() >= FEWEST
    found = numbers.evaluate_all(
        "all => all.map((one) => [one.role, one.title, one.ariaDescription, one.ariaExpanded])"
    )
    assert all(role == "button" and not title and text for role, title, text, _ in found)
    assert {expanded for *_, expanded in found} == {"false"}
    first = numbers.first
    expect(first).to_have_accessible_name(first.inner_text())
    expect(first).to_have_accessible_description(work(first))


def test_the_tip_stays_while_the_pointer_is_on_it(page: Page, numbers: Locator) -> None:
    numbers.first.hover()
    expect(tip(page)).to_have_text(work(numbers.first))
    box, number = tip(page).bounding_box(), numbers.first.bounding_box()
    assert box and number
    page.mouse.move(number["x"] + 3, (number["y"] + box["y"] + box["height"]) / 2)  # between the two
    page.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2, steps=4)
    page.wait_for_timeout(400)  # longer than a tip waits before it goes
    expect(tip(page)).to_be_visible()
    page.mouse.move(0, 0)
    expect(tip(page)).to_have_count(0)


def test_escape_closes_a_tip_that_is_only_pointed_at(page: Page, numbers: Locator) -> None:
    numbers.first.hover()
    expect(tip(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip(page)).to_have_count(0)


@pytest.mark.parametrize("how", ["click", "Enter", "Space"])
def test_a_tip_that_was_asked_for_stays_until_it_is_closed(page: Page, numbers: Locator, how: str) -> None:
    first = numbers.first
    first.click() if how == "click" else first.press(how)
    page.mouse.move(0, 0)
    page.wait_for_timeout(400)
    expect(tip(page)).to_have_text(work(first))
    expect(first).to_have_attribute("aria-expanded", "true")
    expect(tip(page)).to_be_in_viewport(ratio=1)
    first.click() if how == "click" else first.press(how)
    page.mouse.move(0, 0)
    page.keyboard.press("Escape")
    expect(tip(page)).to_have_count(0)
    expect(first).to_have_attribute("aria-expanded", "false")


def test_a_click_elsewhere_closes_a_tip(page: Page, numbers: Locator) -> None:
    numbers.first.click()
    page.locator("article h1").click()
    expect(tip(page)).to_have_count(0)


def test_a_table_is_one_stop_of_the_tab_key_and_the_arrows_lead_through_it(
    page: Page, numbers: Locator
) -> None:
    tables = page.locator("article table:has(.worked)")
    stops = tables.evaluate_all(
        "all => all.map((one) => one.querySelectorAll('.worked[tabindex=\"0\"]').length)"
    )
    assert stops and set(stops) == {1}
    table = tables.nth(max(range(tables.count()), key=lambda i: tables.nth(i).locator(".worked").count()))
    rows = [row for row in table.locator("tbody tr").all() if row.locator(".worked").count() >= 2]
    here, right, below = (rows[i].locator(".worked").nth(j) for i, j in [(0, 0), (0, 1), (1, 0)])
    here.focus()
    for key, there in [("ArrowRight", right), ("ArrowLeft", here), ("ArrowDown", below), ("ArrowUp", here)]:
        page.keyboard.press(key)
        expect(there).to_be_focused()
        expect(tip(page)).to_have_text(work(there))
        expect(table.locator('.worked[tabindex="0"]')).to_have_count(1)
    page.keyboard.press("Tab")
    assert not table.evaluate("one => one.contains(document.activeElement)")


def test_text_that_is_copied_has_the_number_only(page: Page, numbers: Locator) -> None:
    numbers.first.click()
    copied = numbers.first.evaluate(
        "one => { getSelection().selectAllChildren(one.parentElement); return String(getSelection()); }"
    )
    assert numbers.first.inner_text() in copied and work(numbers.first) not in copied


def test_on_paper_a_number_is_plain(page: Page, numbers: Locator) -> None:
    numbers.first.click()
    page.emulate_media(media="print")
    expect(tip(page)).to_be_hidden()
    expect(numbers.first).to_have_css("text-decoration-line", "none")
    page.emulate_media(media="screen")
    expect(numbers.first).to_have_css("text-decoration-line", "underline")


def test_a_number_shows_its_work_when_it_is_tapped(browser: Browser, address: str) -> None:
    page = open_page(browser, 390, has_touch=True)
    page.goto(f"{address}/{COUNTS}.html")
    open_everything(page)
    number = page.locator("article .worked").first
    number.tap()
    expect(tip(page)).to_have_text(work(number))
    expect(tip(page)).to_be_in_viewport(ratio=1)
    page.locator("article h1").tap()
    expect(tip(page)).to_have_count(0)
    page.context.close()


def test_without_scripts_the_title_shows_the_work(browser: Browser, address: str) -> None:
    with browser.new_page(java_script_enabled=False) as page:
        page.goto(f"{address}/{COUNTS}.html")
        numbers = page.locator("article .worked")
        titles = numbers.evaluate_all("all => all.map((one) => [one.title, one.tabIndex])")
        assert len(titles) >= FEWEST and all(title and stop == -1 for title, stop in titles)


def test_some_numbers_carry_their_work(site: Path) -> None:
    carrying = [n for n in LESSONS if 'class="worked"' in (site / f"{n}.html").read_text(encoding="utf-8")]
    assert len(carrying) >= 3
