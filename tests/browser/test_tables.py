"""Numbers, tables and verdicts on every page: whole, in sight, in their cells, on every width of screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.page_checks import open_everything
from support.table_checks import broken_numbers, spilling_cells, verdicts_out_of_sight

from tools.browser import served
from tools.pages import listed

pytestmark = pytest.mark.slow

# Of every other page one of two widths on each run, in turn; all of them in `make test-variants`.
WIDTHS = (320, 390, 1024, 1440, 1920)
EVERY = [(name, width) for name in listed() for width in WIDTHS]
OFTEN = {(name, (390, 1440)[place % 2]) for place, name in enumerate(listed()[::2])}
TRACES = "chapters/foundations/04_automatic_differentiation"
COUNTS = "chapters/sorting_backprop_alexnet/03_counting_alexnet"
AUDIT = "chapters/sorting_backprop_alexnet/audit"
JUDGED = "chapters/foundations/02_softmax"


@pytest.fixture(scope="module")
def page(browser: Browser, site: Path) -> Iterator[Page]:
    """A page without scripts, which all of this does without; so it is there at once."""
    with served(site) as address, browser.new_context(java_script_enabled=False, base_url=address) as context:
        yield context.new_page()


def opened(page: Page, name: str, width: int) -> Page:
    page.set_viewport_size({"width": width, "height": 900})
    if not page.url.endswith(f"/{name}.html"):
        page.goto(f"/{name}.html", wait_until="load")
        open_everything(page)
    return page


@pytest.mark.parametrize(
    ("name", "width"),
    [pytest.param(*one, marks=[] if one in OFTEN else pytest.mark.variants) for one in EVERY],
)
def test_numbers_are_whole_and_verdicts_in_sight(page: Page, name: str, width: int) -> None:
    opened(page, name, width)
    assert not broken_numbers(page) + verdicts_out_of_sight(page) + spilling_cells(page)


def test_there_are_verdicts_to_be_seen(page: Page) -> None:
    assert opened(page, AUDIT, 320).locator("article .verdict").count() >= 200, "the test above would pass"


def test_on_a_phone_a_statement_is_a_card_with_the_verdict_first(page: Page) -> None:
    row = opened(page, JUDGED, 390).locator(".verdicts tr:has(td.why div)").first
    tops = [row.locator(cell).bounding_box() for cell in ("td.judged", "th", "td.written", "td.why")]
    assert [box["y"] for box in tops if box] == sorted({box["y"] for box in tops if box})
    assert all(box and box["x"] < 30 for box in tops)
    # what the cards show is a table all the same
    expect(page.get_by_role("columnheader", name="verdict").first).to_be_attached()
    expect(row.get_by_role("cell")).to_have_count(4)


def test_beside_the_text_a_wide_table_uses_the_room_that_is_free(page: Page) -> None:
    for name, box in [(TRACES, ".trace-table"), (JUDGED, ".verdicts table")]:
        opened(page, name, 1680)
        table, text = page.locator(box).first.bounding_box(), page.locator("article h1").bounding_box()
        contents = page.locator(".bd-sidebar-secondary").bounding_box()
        assert table and text and contents
        assert text["x"] + text["width"] + 100 < table["x"] + table["width"] <= contents["x"]
        assert abs(table["x"] - text["x"]) < 2


@pytest.mark.parametrize(("name", "box"), [(TRACES, ".trace-table > div"), (COUNTS, ".nn-table")])
def test_what_is_too_wide_scrolls_in_a_box_that_says_so(page: Page, name: str, box: str) -> None:
    opened(page, name, 320)
    too_wide = page.locator(box).evaluate_all(
        "all => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => [getComputedStyle(one)"
        ".overflowX, getComputedStyle(one).backgroundAttachment, one.getBoundingClientRect().right])"
    )
    assert too_wide
    for overflow, attachment, right in too_wide:
        assert overflow == "auto" and right <= 320
        assert (
            attachment == "local, local, scroll, scroll"
        )  # patches that move, and the shadows that they cover


def test_what_a_cell_prints_breaks_its_lines_and_code_scrolls(page: Page) -> None:
    opened(page, COUNTS, 320)
    wide = "all => all.map((one) => one.scrollWidth - one.clientWidth)"
    printed = page.locator(".cell_output .output.stream pre").evaluate_all(wide)
    assert printed and max(printed) <= 1
    code = page.locator(".cell_input pre").evaluate_all(
        f"{wide}.concat(all.map((one) => innerWidth - one.getBoundingClientRect().right))"
    )
    assert max(code) > 1 and min(code) >= 0
