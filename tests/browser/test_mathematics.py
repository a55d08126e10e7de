"""Formulas in Chromium: their font is there, they stand as they should, and a wide one scrolls in its box."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from nnutils.book.pages.mathematics import mathml, style_sheet
from nnutils.book.pages.mathematics.fonts import FAMILY
from tools.browser import served, show

pytestmark = pytest.mark.slow

LESSON = "chapters/foundations/03_sigmoid_network_as_tanh"
BOX = """(selector) => {
  const box = document.querySelector(selector).getBoundingClientRect();
  return [box.x, box.y, box.width, box.height];
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_page(viewport={"width": 390, "height": 800}) as one:
        yield one


def shown(page: Page, *formulas: str, style: str | None = None) -> Page:
    body = "\n".join(f'<p id="f{number}">Then {one}.</p>' for number, one in enumerate(formulas))
    page.set_content(f"<style>{style_sheet() if style is None else style}</style>{body}")
    page.evaluate("() => document.fonts.ready.then(() => true)")
    return page


def box(page: Page, selector: str) -> tuple[float, float, float, float]:
    x, y, width, height = page.evaluate(BOX, selector)
    return x, y, width, height


def test_a_fraction_is_stacked_and_an_index_stands_low(page: Page) -> None:
    shown(page, mathml(r"\frac{1}{2}"), mathml("x_1"), mathml("x^2"))
    _, above, _, height = box(page, "#f0 mfrac > :first-child")
    _, below, _, _ = box(page, "#f0 mfrac > :last-child")
    assert below >= above + height / 2 > 0
    bottoms = []
    for at, name in ((1, "msub"), (2, "msup")):
        _, base, _, tall = box(page, f"#f{at} {name} > :first-child")
        _, script, _, small = box(page, f"#f{at} {name} > :last-child")
        bottoms.append((script + small) - (base + tall))
    assert bottoms[0] > 0 > bottoms[1]


def test_the_font_is_the_one_that_sets_it(page: Page) -> None:
    formula = mathml(r"\sum_{i=1}^n w_i x_i")
    with_font = box(shown(page, formula), "#f0 math")[2]
    assert page.evaluate("(name) => document.fonts.check(`16px '${name}'`)", FAMILY)
    assert page.evaluate("() => [...document.fonts].map((one) => one.status)") == ["loaded"]
    without = box(shown(page, formula, style="math { font-size: 1.06em; }"), "#f0 math")[2]
    assert with_font > 20 and abs(with_font - without) > 0.5


def test_brackets_grow_with_what_is_between_them(page: Page) -> None:
    shown(page, mathml("(x)"), mathml(r"\left(\frac{1}{2}\right)", display=True))
    assert box(page, "#f1 mo")[3] > 1.5 * box(page, "#f0 mo")[3]


def test_rows_of_lines_below_one_another_begin_at_their_sign(page: Page) -> None:
    shown(page, mathml(r"\begin{aligned}a &= 1\\a + b + c &= 2\end{aligned}", display=True))
    signs = page.evaluate(
        "() => [...document.querySelectorAll('mtr > mtd:last-child mo')]"
        ".filter((one) => one.textContent === '=').map((one) => one.getBoundingClientRect().x)"
    )
    assert len(signs) == 2 and abs(signs[0] - signs[1]) < 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_formulas_have_the_colour_of_the_text_and_need_no_script(
    browser: Browser, site: Path, scheme: str
) -> None:
    """What sets a formula has run where the site was built."""
    with served(site) as base:
        for scripts in (True, False):
            context = browser.new_context(color_scheme=scheme, java_script_enabled=scripts)  # type: ignore[arg-type]
            with context, context.new_page() as page:
                asked: list[str] = []
                page.on("request", lambda request, asked=asked: asked.append(request.url))
                page.goto(f"{base}/{LESSON}.html")
                formula = page.locator("article math").first
                formula.wait_for()
                size = formula.bounding_box()
                assert size is not None and size["width"] > 20
                assert not [url for url in asked if "mathjax" in url or "temml" in url]
                if scripts:
                    colours = page.evaluate(
                        "() => [document.querySelector('article math'), document.querySelector('article p')]"
                        ".map((one) => getComputedStyle(one).color)"
                    )
                    assert colours[0] == colours[1]


def test_on_a_phone_a_wide_formula_scrolls_and_the_page_does_not(browser: Browser, site: Path) -> None:
    with served(site) as base, browser.new_page(viewport={"width": 390, "height": 800}) as page:
        show(page, f"{base}/chapters/sorting_backprop_alexnet/02_backprop_residual_block.html")
        page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        scrolls = page.evaluate(
            "() => [...document.querySelectorAll('article div.math')].map((one) => ({"
            " wide: one.scrollWidth > one.clientWidth, overflow: getComputedStyle(one).overflowX,"
            " right: one.getBoundingClientRect().right }))"
        )
        assert any(one["wide"] for one in scrolls) and {one["overflow"] for one in scrolls} == {"auto"}
        assert all(one["right"] <= 390 for one in scrolls)
