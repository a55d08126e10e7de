"""axe-core on every page of the site, with everything opened: WCAG 2.2 AA and axe's best practices.

On every run a third of the pages is looked at, in a rotation of themes and widths, and without what takes
long: the contrast of text is measured on every page by test_pages.py. All pages, rules and combinations run
under ``variants``.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page
from support.page_checks import open_everything

from tools.browser import show
from tools.pages import listed

pytestmark = pytest.mark.slow

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
LOOKS = list(itertools.product(("light", "dark"), (1440, 390, 320)))
PAGES = [*listed(), "search", "404"]
ROTATION = [(name, *look) for name, look in zip(PAGES[::3], itertools.cycle(LOOKS))]

# axe knows no MathML: a table head with only a formula is empty for axe, and each sign is an element more.
# So formulas are looked at as the text that they are, in the room that they take: as text some are wider, and
# axe would find a box that scrolls where none does. And rows far from the screen are laid out as if near.
SETTLED = """() => {
  const formulas = [...document.querySelectorAll('math')];
  const sizes = formulas.map((one) => one.getBoundingClientRect()); // all, before the first is replaced
  formulas.forEach((formula, i) => {
    const text = document.createElement('span');
    text.textContent = formula.textContent;
    text.style.cssText = `display: inline-block; width: ${sizes[i].width}px; height: ${sizes[i].height}px;
      overflow: hidden; white-space: nowrap; vertical-align: top`;
    formula.replaceWith(text);
  });
  const style = document.createElement('style');
  style.textContent = '* { content-visibility: visible !important; }';
  document.head.append(style);
}"""

RUN = """async ([tags, contrast]) => {
  const found = await axe.run(document, {
    preload: false, // it would ask for style sheets once more
    resultTypes: ['violations'],
    runOnly: { type: 'tag', values: tags },
    rules: { 'color-contrast': { enabled: contrast } },
  });
  return found.violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.target.join(' ')}: ${node.html.slice(0, 120)}: ${node.failureSummary}`));
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


def violations(page: Page, contrast: bool) -> list[str]:
    """What axe finds on the page that is open, one line for each element."""
    page.evaluate(SETTLED)
    page.evaluate(AXE_SCRIPT)
    found: Any = page.evaluate(RUN, [TAGS, contrast])
    return list(found)


def look_at(page: Page, address: str, theme: Any, width: int) -> None:
    """Open a page of the site as a reader with this theme and this screen sees it, with all folds open."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    show(page, address)
    open_everything(page)


@pytest.mark.parametrize(("name", "theme", "width"), ROTATION)
def test_a_page_is_open_to_everyone(page: Page, address: str, name: str, theme: str, width: int) -> None:
    look_at(page, f"{address}/{name}.html", theme, width)
    assert not violations(page, contrast=False)


@pytest.mark.variants
@pytest.mark.parametrize("width", [1440, 390, 320])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_open_to_everyone_by_every_rule(
    page: Page, address: str, name: str, theme: str, width: int
) -> None:
    look_at(page, f"{address}/{name}.html", theme, width)
    assert not violations(page, contrast=True)


BAD = """<!DOCTYPE html><html lang="en"><title>A page</title><main><h1>A page</h1>
<img src="data:,"><details open><summary></summary><p>text</p></details>
<p style="color: #aaa; background: #fff">faint</p></main></html>"""


def test_axe_finds_what_is_wrong(page: Page) -> None:
    page.set_content(BAD)
    rules = {line.partition(":")[0] for line in violations(page, contrast=True)}
    assert rules == {"image-alt", "summary-name", "color-contrast"}
    assert "color-contrast" not in {line.partition(":")[0] for line in violations(page, contrast=False)}
