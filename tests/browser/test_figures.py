"""Figures on the site: the one of the theme is fetched and shown, and what is written on it can be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from support.contrast import contrast
from support.phone import COLUMN, NARROWEST

from nnutils.drawing import PALETTE
from nnutils.drawing.dark import DARK
from tools.browser import show

pytestmark = pytest.mark.slow

LESSON = "chapters/foundations/06_small_cnn"
SHOWN = """() => [...document.querySelectorAll('article img')].filter((one) => one.checkVisibility())
    .map((one) => new URL(one.currentSrc || one.src).pathname)"""

# For each text of a picture: its colour, and the colours below the middle of each of its letters.
WRITTEN = """(svg) => {
  document.body.innerHTML = svg.slice(svg.indexOf('<svg'));
  const root = document.querySelector('svg');
  const fill = (one) => getComputedStyle(one).fill;
  const hex = (text) => '#' + text.match(/\\d+/g).slice(0, 3)
    .map((n) => (+n).toString(16).padStart(2, '0')).join('');
  return [...root.querySelectorAll('text')].flatMap((text) => {
    const box = text.getBoundingClientRect();
    const inks = [text, ...text.querySelectorAll('tspan')].filter((one) => !one.children.length).map(fill);
    const below = [];
    for (const share of [0.1, 0.5, 0.9]) {
      const at = document.elementsFromPoint(box.left + share * box.width, box.top + box.height / 2);
      const area = at.find((one) => one.matches('path, rect, use') && /^rgb\\(/.test(fill(one))
        && +getComputedStyle(one).fillOpacity === 1 && +getComputedStyle(one).opacity > 0.9
        && one.getBoundingClientRect().height > 5);
      if (area) below.push(fill(area));
    }
    return inks.flatMap((ink) => below.map((back) => [text.textContent.trim(), hex(ink), hex(back)]));
  });
}"""


@pytest.fixture()
def page(browser: Browser) -> Iterator[Page]:
    """A reader who comes for the first time: nothing is kept from another visit."""
    with browser.new_context() as context:
        yield context.new_page()


def opened(page: Page, address: str, theme: Any, **options: Any) -> list[str]:
    """Open the lesson, its folds and all of its pictures; return the pictures that were fetched."""
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.emulate_media(color_scheme=theme)
    show(page, f"{address}/{LESSON}.html")
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    for picture in page.locator("article img").all():
        if picture.is_visible():
            picture.scroll_into_view_if_needed()
    page.wait_for_function(
        "() => [...document.querySelectorAll('article img')].every((i) => !i.checkVisibility() || i.complete)"
    )
    return [url for url in fetched if "_images/" in url]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_only_the_picture_of_the_theme_is_fetched_and_shown(page: Page, address: str, theme: str) -> None:
    fetched = opened(page, address, theme)
    shown = page.evaluate(SHOWN)
    assert shown and all(("-dark.svg" in one) == (theme == "dark") for one in [*shown, *fetched])
    named = page.locator("article img:visible").evaluate_all("all => all.map((one) => one.alt)")
    assert all(named) and len(shown) * 2 == page.locator("article img").count()


def test_a_reader_who_changes_the_theme_sees_the_other_picture(page: Page, address: str) -> None:
    opened(page, address, "light")
    page.evaluate("() => { document.documentElement.dataset.theme = 'dark'; }")
    assert all("-dark.svg" in one for one in page.evaluate(SHOWN))


def test_paper_is_light(page: Page, address: str) -> None:
    opened(page, address, "dark")
    page.emulate_media(media="print")
    shown = page.evaluate(SHOWN)
    page.emulate_media(media="screen")
    assert shown and not [one for one in shown if "-dark.svg" in one]
    # and so are the letters around it
    theme = "() => document.documentElement.dataset.theme"
    for event, wanted in (("beforeprint", "light"), ("afterprint", "dark")):
        page.evaluate("(name) => { dispatchEvent(new Event(name)); }", event)
        assert page.evaluate(theme) == wanted


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_is_given_the_narrow_pictures_whole(page: Page, address: str, theme: str) -> None:
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    fetched = opened(page, address, theme)
    ending = "-narrow-dark.svg" if theme == "dark" else "-narrow.svg"
    shown = page.evaluate(SHOWN)
    assert shown and all(one.endswith(ending) for one in [*shown, *fetched])
    for picture in page.locator("article img:visible").all():
        box = picture.bounding_box()
        natural = picture.evaluate("one => one.naturalWidth")
        # tests/book/pages/figures/test_phone.py measures letters in pictures of this width
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= NARROWEST
        assert box["width"] == pytest.approx(min(natural, COLUMN), abs=1)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_without_scripts_pictures_follow_the_system(browser: Browser, address: str, theme: Any) -> None:
    with browser.new_context(java_script_enabled=False, color_scheme=theme) as context:
        one = context.new_page()
        one.goto(f"{address}/{LESSON}.html")
        # in a closed fold no picture is to be seen, so the style is asked for
        ways = "all => all.map((one) => [one.className, getComputedStyle(one).display !== 'none'])"
        shown = one.locator("article img").evaluate_all(ways)
    assert shown and all(seen == (name == f"only-{theme}") for name, seen in shown)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_written_on_a_picture_can_be_read(page: Page, site: Path, theme: str) -> None:
    dark = theme == "dark"
    files = [one for one in (site / "_images").glob("*.svg") if one.stem.endswith("-dark") == dark]
    assert len(files) > 30
    card = (DARK if dark else PALETTE).card.lower()
    page.goto("about:blank")
    seen = 0
    faint: dict[str, str] = {}
    for file in files:
        svg = file.read_text(encoding="utf-8")
        if card not in svg:
            continue
        for text, ink, back in page.evaluate(WRITTEN, svg):
            seen += 1
            if (ratio := contrast(ink, back)) < 4.5:
                faint[f"{file.name}: {text!r}"] = f"{ratio:.2f}:1, {ink} on {back}"
    assert seen > 1000
    assert not faint
