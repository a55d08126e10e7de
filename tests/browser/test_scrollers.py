"""What scrolls has a tab stop, as long as it scrolls: on a small page, and on pages of the site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.page_checks import not_reached, open_everything

from nnutils.book.site import STATIC
from tools.browser import open_page, served, show

pytestmark = pytest.mark.slow

WIDE, PHONE = 1280, 390
PAGES = (
    "chapters/sorting_backprop_alexnet/03_counting_alexnet",
    "chapters/foundations/04_automatic_differentiation",
    "chapters/sizing_networks/audit",
)
SMALL = """<!doctype html><body><style>.box { overflow-x: auto; width: 100%; }</style><article>
  <p>First.</p>
  <details><summary>Fold</summary>
    <div class="box" id="folded"><p style="width: 2000px">Wide.</p></div>
  </details>
  <div class="box" id="narrow"><p style="width: 600px">Wide on a phone.</p></div>
  <div class="box" id="authored" tabindex="0">Short.</div>
  <div id="cut" style="overflow: hidden; width: 99px"><p style="width: 600px">No bar.</p></div>
  <div id="out" style="width: 99px"><p style="width: 400px">It sticks out.</p></div>
  <div id="own" class="box" tabindex="-1">For scripts.</div>
  <div id="later"></div>
</article></body>"""


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    file = tmp_path / "small.html"
    script = (STATIC / "scrollers.js").read_text(encoding="utf-8")
    file.write_text(
        SMALL.replace("<body>", f"<head><script>{script}</script></head><body>"), encoding="utf-8"
    )
    one = open_page(browser, WIDE)
    one.goto(file.as_uri())
    yield one
    one.context.close()


def stops(page: Page) -> list[str]:
    """Where the tab key comes to, in order."""
    found: list[str] = []
    page.evaluate("() => document.activeElement.blur()")
    for _ in range(9):
        page.keyboard.press("Tab")
        name = page.evaluate("() => document.activeElement.id || document.activeElement.tagName")
        if name == "BODY" or name in found:
            break
        found.append(name)
    return found


def expect_stops(page: Page, *names: str) -> None:
    """Fail unless exactly these have a tab stop from an attribute, soon, and the tab key comes to them."""
    order = "() => [...document.querySelectorAll('[tabindex=\"0\"]')].map((one) => one.id).join()"
    page.wait_for_function(f"names => ({order})() === names", arg=",".join(names), timeout=5_000)
    assert [name for name in stops(page) if name != "SUMMARY"] == list(names)


def test_what_does_not_scroll_has_no_tab_stop(page: Page) -> None:
    expect_stops(page)
    expect(page.locator("#own")).to_have_attribute("tabindex", "-1")


def test_a_box_in_a_fold_is_reached_while_the_fold_is_open(page: Page) -> None:
    page.locator("summary").click()
    expect_stops(page, "folded")
    page.locator("summary").click()
    expect_stops(page)


def test_a_narrower_window_makes_boxes_scroll_and_a_wider_one_ends_it(page: Page) -> None:
    page.set_viewport_size({"width": PHONE, "height": 800})
    expect_stops(page, "narrow")
    page.set_viewport_size({"width": WIDE, "height": 800})
    expect_stops(page)


def test_what_a_script_draws_is_reached(page: Page) -> None:
    page.evaluate("""() => {
      const box = document.createElement("pre");
      box.id = "drawn";
      box.style.cssText = "overflow-x: auto; width: 100px; height: 0; margin: 0";
      box.textContent = "x".repeat(99);
      document.querySelector("#later").append(box);
    }""")
    expect_stops(page, "drawn")


def test_the_arrow_keys_scroll_it(page: Page) -> None:
    page.locator("summary").click()
    expect_stops(page, "folded")
    page.locator("#folded").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('#folded').scrollLeft > 0")


def test_what_has_the_focus_keeps_its_tab_stop_until_it_is_left(page: Page) -> None:
    page.set_viewport_size({"width": PHONE, "height": 800})
    expect_stops(page, "narrow")
    page.locator("#narrow").focus()
    page.set_viewport_size({"width": WIDE, "height": 800})
    page.wait_for_timeout(300)
    assert page.evaluate("() => document.activeElement.id") == "narrow"
    page.keyboard.press("Tab")
    expect_stops(page)


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("name", PAGES)
def test_all_that_scrolls_on_a_page_is_reached(browser: Browser, site: Path, name: str, width: int) -> None:
    with served(site) as address:
        one = open_page(browser, WIDE)
        show(one, f"{address}/{name}.html")
        one.set_viewport_size({"width": width, "height": 900})
        open_everything(one)
        one.wait_for_timeout(1_000)  # the theme looks for itself after 300 ms
        scrolling, missed = not_reached(one)
        for _ in range(20 if missed else 0):  # a busy machine is no failure
            one.wait_for_timeout(500)
            scrolling, missed = not_reached(one)
        assert not missed
        assert scrolling or width == WIDE, "nothing scrolls on a phone: take another page"
        one.context.close()
