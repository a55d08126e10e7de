"""The shell of a page: its theme from the first moment, its menus, its search, by mouse and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from support.page_checks import watch

from nnutils.book.pages.shell.serving import serve

pytestmark = pytest.mark.slow

LESSON = "chapters/sizing_networks/01_dense_network"
INDEX = "searchindex.js"

# the backgrounds of the page as they are drawn, one a frame, from before the first
FRAMES = """
window.frames_ = [];
const note = () => {
  if (document.body) frames_.push([document.documentElement.dataset.theme,
    getComputedStyle(document.body).backgroundColor]);
  requestAnimationFrame(note);
};
requestAnimationFrame(note);
"""

SHIFTS = """
window.moved = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) moved += one.value;
}).observe({ type: 'layout-shift', buffered: true });
"""

NO_STORAGE = """
for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, { configurable: true, get() { throw new DOMException('off'); } });
"""


def come_late(page: Page) -> None:
    """Have the script of the shell arrive after the page has been drawn, as on a slow line."""

    def answer(route: Route) -> None:
        page.wait_for_timeout(500)
        route.continue_()

    page.route("**/shell.js*", answer)


@pytest.fixture(scope="module")
def address(browser: Browser, site: Path) -> Iterator[str]:
    with serve(site) as one:
        yield one


def heard(page: Page) -> list[str]:
    """Whatever the page writes to the console, of any kind."""
    lines: list[str] = []
    page.on("console", lambda message: lines.append(message.text))
    page.on("pageerror", lambda error: lines.append(str(error)))
    return lines


@pytest.mark.parametrize(
    ("device", "stored", "theme"),
    [("dark", "", "dark"), ("dark", "light", "light"), ("light", "dark", "dark")],
)
def test_no_frame_shows_the_wrong_theme(
    browser: Browser, address: str, device: str, stored: str, theme: str
) -> None:
    with browser.new_context(color_scheme=device) as context:  # type: ignore[arg-type]
        page = context.new_page()
        if stored:  # and what the theme remembers of an earlier visit contradicts it
            other = "light" if stored == "dark" else "dark"
            page.add_init_script(f"localStorage.mode = '{stored}'; localStorage.theme = '{other}'")
        page.add_init_script(FRAMES)
        come_late(page)
        page.goto(f"{address}/{LESSON}.html")
        frames = page.evaluate("() => frames_")
        assert frames and {name for name, _ in frames} == {theme}
        assert len({colour for _, colour in frames}) == 1
        shade = page.evaluate(
            "() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
        )
        assert (sum(shade[:3]) < 200) == (theme == "dark")


def test_the_button_changes_the_theme_and_the_next_page_keeps_it(browser: Browser, address: str) -> None:
    with browser.new_page(color_scheme="light") as page:
        lines = heard(page)
        page.goto(f"{address}/{LESSON}.html")
        root, button = page.locator("html"), page.locator(".theme-switch-button")
        for mode, theme in [("dark", "dark"), ("light", "light"), ("auto", "light"), ("dark", "dark")]:
            button.focus()
            page.keyboard.press("Enter")
            expect(root).to_have_attribute("data-mode", mode)
            expect(root).to_have_attribute("data-theme", theme)
        page.goto(f"{address}/conventions.html")
        expect(root).to_have_attribute("data-theme", "dark")
        assert not lines


def theme_after_clicks(page: Page, device: str) -> None:
    """Click the button until it has come round: each click is one step, the first to the other theme."""
    root = page.locator("html")
    first, second = ("light", "dark") if device == "dark" else ("dark", "light")
    expect(root).to_have_attribute("data-mode", "auto")
    for mode, theme in [(first, first), (second, second), ("auto", device), (first, first)]:
        page.locator(".theme-switch-button").click()
        assert root.get_attribute("data-mode") == mode
        assert root.get_attribute("data-theme") == theme


@pytest.mark.parametrize("device", ["light", "dark"])
@pytest.mark.parametrize("kind", ["http", "file"])
def test_the_button_does_not_wait_for_the_script_of_the_shell(
    browser: Browser, site: Path, address: str, kind: str, device: str
) -> None:
    base = address if kind == "http" else site.as_uri()
    with browser.new_context(color_scheme=device) as context:  # type: ignore[arg-type]
        page, held = context.new_page(), list[Route]()
        lines = heard(page)
        page.route("**/shell.js*", lambda route: held.append(route))
        page.goto(f"{base}/{LESSON}.html", wait_until="commit")
        theme_after_clicks(page, device)
        assert held and page.evaluate("document.readyState") != "complete"
        root, chosen = page.locator("html"), "light" if device == "dark" else "dark"
        page.reload(wait_until="commit")  # who leaves before the script is there finds the same theme again
        expect(root).to_have_attribute("data-theme", chosen)
        page.wait_for_function("document.querySelector('footer')")
        held[-1].continue_()
        page.wait_for_load_state()
        expect(root).to_have_attribute("data-mode", chosen)
        for _ in range(2):  # the theme's own script answers from now on
            page.locator(".theme-switch-button").click()
        theme_after_clicks(page, device)
        assert not lines


def test_the_button_goes_on_from_the_theme_that_this_page_shows(browser: Browser, address: str) -> None:
    with browser.new_context(color_scheme="light") as context:
        one, other = context.new_page(), context.new_page()
        for page in (one, other):
            page.goto(f"{address}/{LESSON}.html")
        other.locator(".theme-switch-button").click()
        expect(other.locator("html")).to_have_attribute("data-mode", "dark")
        expect(one.locator("html")).to_have_attribute("data-mode", "auto")
        one.bring_to_front()
        one.locator(".theme-switch-button").click()
        expect(one.locator("html")).to_have_attribute("data-mode", "dark")
        # the theme's own script took the same step: it alone makes the menu dark
        expect(one.locator(".dropdown-menu")).to_have_class(re.compile("dropdown-menu-dark"), timeout=5000)


@pytest.mark.parametrize("script", ["here", "held back"])
def test_where_storage_is_switched_off_the_shell_works(browser: Browser, address: str, script: str) -> None:
    with browser.new_page(color_scheme="light") as page:
        lines = heard(page)
        page.goto(f"{address}/robots.txt")
        for name in ("localStorage", "sessionStorage"):  # the browser's own can be replaced, as these can
            assert page.evaluate(f"Object.getOwnPropertyDescriptor(window, '{name}').configurable")
        page.add_init_script(NO_STORAGE)
        if script == "held back":
            page.route("**/shell.js*", lambda route: None)
        page.goto(f"{address}/{LESSON}.html", wait_until="commit")
        theme_after_clicks(page, "light")
        if script == "here":
            page.locator(".dropdown-toggle").click()
            expect(page.locator(".dropdown-menu")).to_be_visible()
            page.locator(".search-button-field").click()
            expect(page.locator("#pst-search-dialog input")).to_be_focused()
        assert not lines


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_scripts_the_device_chooses_the_theme(browser: Browser, address: str, scheme: str) -> None:
    with browser.new_context(java_script_enabled=False, color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{address}/{LESSON}.html")
        colour = "rgb(18, 18, 18)" if scheme == "dark" else "rgb(255, 255, 255)"
        expect(page.locator("body")).to_have_css("background-color", colour)
        expect(page.locator("h1").last).to_be_visible()
        expect(page.locator(".navbar-brand img:visible")).to_have_count(1)
        expect(page.locator(".theme-switch-button")).to_be_hidden()  # it would do nothing


def test_the_search_is_loaded_when_somebody_searches_and_not_before(browser: Browser, address: str) -> None:
    with browser.new_page() as page:
        lines, asked = heard(page), list[str]()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/{LESSON}.html", wait_until="networkidle")
        assert not [url for url in asked if INDEX in url]
        page.keyboard.press("Control+k")
        expect(page.locator("#pst-search-dialog input")).to_be_focused()
        page.wait_for_timeout(100)
        assert [url for url in asked if INDEX in url]
        page.keyboard.press("Escape")
        expect(page.locator("#pst-search-dialog")).to_be_hidden()
        page.keyboard.press("Control+k")
        page.keyboard.type("softmax")
        page.keyboard.press("Enter")
        expect(page.locator("ul.search li").nth(3)).to_be_visible()  # they come one by one
        assert not lines


def test_the_search_works_from_a_file(browser: Browser, site: Path) -> None:
    with browser.new_page() as page:
        lines = heard(page)
        page.goto(f"{site.as_uri()}/{LESSON}.html")
        page.locator(".search-button-field").click()
        page.keyboard.type("softmax")
        page.keyboard.press("Enter")
        expect(page.locator("ul.search li").first).to_be_visible()
        page.wait_for_timeout(300)
        assert not lines


def test_the_menu_of_downloads_by_keyboard(browser: Browser, address: str) -> None:
    with browser.new_page() as page:
        page.goto(f"{address}/{LESSON}.html")
        button, menu = page.locator(".dropdown-toggle"), page.locator(".dropdown-menu")
        focused = page.locator(":focus")
        expect(menu).to_be_hidden()
        button.focus()
        page.keyboard.press("Enter")
        expect(menu).to_be_visible()
        expect(button).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("ArrowDown")
        expect(focused).to_contain_text(".ipynb")
        page.keyboard.press("ArrowDown")
        expect(focused).to_contain_text(".pdf")
        page.keyboard.press("ArrowDown")
        expect(focused).to_contain_text(".ipynb")
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        expect(button).to_be_focused()
        expect(button).to_have_attribute("aria-expanded", "false")
        page.keyboard.press("ArrowUp")
        expect(focused).to_contain_text(".pdf")
        page.keyboard.press("Tab")
        expect(menu).to_be_hidden()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_menu_of_downloads_is_on_the_page(browser: Browser, address: str, width: int) -> None:
    with browser.new_page(viewport={"width": width, "height": 800}) as page:
        page.goto(f"{address}/{LESSON}.html")
        page.locator(".dropdown-toggle").click()
        box, button = (
            page.locator(".dropdown-menu").bounding_box(),
            page.locator(".dropdown-toggle").bounding_box(),
        )
        assert box and button
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        assert (
            abs(box["y"] - button["y"] - button["height"]) < 12
            and box["x"] <= button["x"] <= box["x"] + box["width"]
        )


def test_the_side_bars_open_on_a_phone(browser: Browser, address: str) -> None:
    with browser.new_page(viewport={"width": 390, "height": 800}) as page:
        page.goto(f"{address}/{LESSON}.html")
        for which, inside in (("primary", "nav.bd-links"), ("secondary", ".page-toc")):
            dialog = page.locator(f"#pst-{which}-sidebar-modal")
            expect(dialog).to_be_hidden()
            page.locator(f".{which}-toggle").click()
            expect(dialog.locator(inside).first).to_be_visible()
            page.keyboard.press("Escape")
            expect(dialog).to_be_hidden()


def test_nothing_moves_while_a_page_arrives(browser: Browser, address: str) -> None:
    for width in (1440, 390):
        with browser.new_page(viewport={"width": width, "height": 800}) as page:
            page.add_init_script(SHIFTS)
            come_late(page)
            page.goto(f"{address}/{LESSON}.html", wait_until="load")
            page.wait_for_timeout(200)
            assert page.evaluate("() => moved") < 0.02


def test_an_address_that_does_not_exist_leads_back(browser: Browser, address: str) -> None:
    with browser.new_page() as page:
        answer = page.goto(f"{address}/no/such/page.html?x=1")
        assert answer and answer.status == 404
        assert not [line for line in watch(page, address) if "another host" in line]
        page.locator("main a").first.click()
        page.wait_for_url("**/intro.html")
