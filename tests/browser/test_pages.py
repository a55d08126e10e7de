"""Every page of the site, opened in Chromium: wide and on a phone, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from support.notebook_files import QUESTIONS
from support.often import some
from support.page_checks import (
    Visit,
    bad_pictures,
    faint_text,
    open_everything,
    raw_text,
    sideways,
    unset_formulas,
    watch,
)

from tools.browser import show
from tools.pages import ROOT, listed

pytestmark = pytest.mark.slow

WIDE, PHONE = 1280, 390
LESSONS = [path.relative_to(ROOT).with_suffix("").as_posix() for path in QUESTIONS]


FEW = [listed()[0], LESSONS[0]]  # where one page stands for all


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as one:
        yield one


@contextmanager
def visited(context: BrowserContext, base: str, name: str, width: int = WIDE) -> Iterator[Visit]:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    visit = Visit(page, name, watch(page, base))
    show(page, f"{base}/{name}.html")
    yield visit
    page.close()


@pytest.fixture(scope="module")
def visit(request: pytest.FixtureRequest, context: BrowserContext, address: str) -> Iterator[Visit]:
    """A page of the site, opened once for all tests of it: pytest puts them side by side."""
    with visited(context, address, request.param) as one:
        yield one


each_page = pytest.mark.parametrize("visit", listed(), indirect=True)
each_third_page = pytest.mark.parametrize("visit", some(listed()), indirect=True)
THEMES = ("light", "dark")
each_third_lesson = pytest.mark.parametrize("visit", some(LESSONS), indirect=True)


def faults(visit: Visit) -> list[str]:
    open_everything(visit.page)
    checks = (raw_text, unset_formulas, bad_pictures, sideways)
    return visit.seen + [finding for check in checks for finding in check(visit.page)]


@each_page
def test_a_page_shows_all_that_it_should(visit: Visit) -> None:
    visit.as_at_first(WIDE)
    assert not faults(visit)


@each_page
def test_a_page_fits_a_phone(visit: Visit) -> None:
    visit.as_at_first(PHONE)
    assert not faults(visit)


def faint(visit: Visit, theme: str) -> list[str]:
    page = visit.as_at_first(WIDE, theme)
    open_everything(page)
    return faint_text(page) + visit.seen


# One theme for each page in turn; the other one in `make test-variants`.
@each_third_page
def test_text_stands_out_from_its_background(visit: Visit) -> None:
    assert not faint(visit, THEMES[listed().index(visit.name) % 2])


@pytest.mark.variants
@each_third_page
def test_text_stands_out_in_the_other_theme(visit: Visit) -> None:
    assert not faint(visit, THEMES[1 - listed().index(visit.name) % 2])


@pytest.mark.parametrize("name", FEW)
def test_a_page_that_a_phone_loads_is_the_same(context: BrowserContext, address: str, name: str) -> None:
    with visited(context, address, name, PHONE) as visit:
        assert not faults(visit)


@pytest.mark.parametrize("name", FEW)
def test_a_page_opened_as_a_file_does_as_well(context: BrowserContext, site: Path, name: str) -> None:
    with visited(context, site.as_uri(), name) as visit:
        assert not faults(visit)


# --- the answer is folded (tests/browser/test_folds.py has the rest) ----------------------------------------


@pytest.mark.parametrize("name", FEW[1:])
def test_a_lesson_comes_with_its_answer_and_hints_closed(
    context: BrowserContext, address: str, name: str
) -> None:
    with visited(context, address, name) as visit:
        assert visit.page.locator("article details").count()
        states = "all => all.map((one) => one.open && one.closest('section').id)"
        opened = set(visit.page.locator("article details:not(.practice-part)").evaluate_all(states))
        assert opened == {False, "model-answer"}


@each_third_lesson
def test_the_answer_is_folded_until_it_is_asked_for(visit: Visit) -> None:
    page = visit.as_at_first(WIDE)
    headings = page.locator("details.fold > summary > h2")
    assert headings.count() >= 4 and headings.first.text_content() == "Solution#"
    assert page.locator("section#hints details").count()
    inside = page.locator("details.fold > :not(summary)")
    assert inside.count() and not inside.evaluate_all("all => all.some((one) => one.checkVisibility())")
    assert page.locator("details.fold > summary > h3").first.text_content() == "Model answer#"
    names = page.locator("details.hide > summary").all_text_contents()
    assert names and all(name.strip() and "code cell" not in name for name in names)


# --- from the disk, and without scripts ---------------------------------------------------------------------

# On each run every other page is opened in one of the two ways, in turn; all in both in `make test-variants`.
TURNS = {"as a file": 0, "without scripts": 2}


def in_turn(way: str) -> list[str]:
    return [name for place, name in enumerate(listed()) if place % 4 == TURNS[way]]


def unread(page: Page) -> list[str]:
    """What is wrong with a page whose scripts do not run."""
    found = raw_text(page) + unset_formulas(page)
    if not page.locator("article h1").first.is_visible():
        found.append("its title cannot be seen")
    # what a reader can open is not lost, nor what is there for scripts, or for one theme, only
    hidden = page.locator("article :is(p, li, pre, td, math)").evaluate_all(
        """all => all.filter((one) => one.textContent.trim() && !one.checkVisibility()
            && !one.closest('details:not([open]), .pst-js-only, .practice, [role=tooltip]'))
            .map((one) => one.textContent.trim().slice(0, 60))"""
    )
    return found + [f"cannot be seen: {text}" for text in hidden]


def all_faults(context: BrowserContext, base: str, names: list[str], way: str) -> dict[str, list[str]]:
    """Open pages one after the other in one tab; return what is wrong with each."""
    page, found = context.new_page(), dict[str, list[str]]()
    seen = watch(page, base)
    for name in names:
        page.goto(f"{base}/{name}.html", wait_until="load")
        wrong = [*seen, *(unread(page) if way == "without scripts" else [])]
        seen.clear()
        if wrong:
            found[name] = wrong
    page.close()
    return found


@pytest.mark.parametrize("way", TURNS)
@pytest.mark.parametrize("which", ["in turn", pytest.param("all", marks=pytest.mark.variants)])
def test_pages_from_the_disk_and_without_scripts(browser: Browser, site: Path, which: str, way: str) -> None:
    names = in_turn(way) if which == "in turn" else listed()
    with browser.new_context(java_script_enabled=way == "as a file") as context:
        assert all_faults(context, site.as_uri(), names, way) == {}
