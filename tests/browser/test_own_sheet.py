"""The form for a reader's own sheet in Chromium: findings as Python's, places, files, and nothing is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect
from support.page_checks import faint_text, sideways, watch

from nnutils.lint.in_browser import LONGEST, check_sheet
from tools.browser import show

pytestmark = pytest.mark.slow

PATIENT = 180_000  # milliseconds: a busy machine is no failure
PAGE = "chapters/check_your_own_sheet.html"
AXE = {"preload": False}  # it would ask for style sheets once more
SELECTED = "(area) => area.value.slice(area.selectionStart, area.selectionEnd)"
SMALL = """(part) => [...part.querySelectorAll('button, select, input, summary')].filter((one) => {
  const { width, height } = one.getBoundingClientRect();
  return Math.min(width, height) < 24;
}).map((one) => one.outerHTML)"""
SHEET = "\n".join(["# A sheet", *["Text without a number, long enough for two lines on a phone."] * 60])
SHEET += "\nThe \U0001d4b3 is 3 * 4 = 13, and depth * 2 = 6.\n\n64 / 96 ≈ 0.66\n"


@pytest.fixture(scope="module")
def running(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """The page on a dark phone, with Python started by the example, once for all tests that ask it."""
    with browser.new_context(viewport={"width": 320, "height": 800}, color_scheme="dark") as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.set_default_timeout(PATIENT)
        seen = watch(page, address)
        show(page, f"{address}/{PAGE}")
        page.get_by_role("button", name="Try it on an example").click()
        expect(page.locator(".sheet-result")).to_be_visible(timeout=PATIENT)
        yield page, seen


@pytest.fixture
def page(running: tuple[Page, list[str]]) -> Iterator[Page]:
    """That page, on which every test leaves nothing in the console; nothing more is loaded."""
    page, seen = running
    page.context.set_offline(True)  # what is checked is sent nowhere
    yield page
    page.context.set_offline(False)
    assert not seen


def status(page: Page) -> Locator:
    return page.locator(".live-sheet .live-status")


def area(page: Page) -> Locator:
    return page.get_by_label("Your sheet")


def check(page: Page, text: str, network: str = "") -> None:
    area(page).fill(text)
    page.get_by_role("textbox", name="Network").fill(network)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(status(page)).not_to_have_text("Checking …", timeout=PATIENT)


def cards(page: Page) -> list[str]:
    """What the findings say, those that are folded too, each as one line."""
    texts = page.locator(".sheet-findings > li").all_text_contents()
    return [" ".join(text.split()) for text in texts]


def expected(text: str, name: str = "", network: str = "") -> tuple[str, list[str]]:
    """The counts and the cards that Python gives."""
    made = check_sheet(text, name, network)
    found = []
    for one in made["findings"]:
        others = [f"Or:{''.join(one['slips'])}"] if one["slips"] else []
        said = [f"{one['verdict']} line {one['line']}{one['statement']}{one['words']}", *others]
        found.append(" ".join("".join(said).split()))
    return made["counts"], found


def test_the_example_has_two_errors_and_is_judged_as_in_python(page: Page) -> None:
    page.get_by_role("button", name="Try it on an example").click()
    example = page.locator(".sheet-example")
    sheet, network = (example.get_attribute(f"data-{name}") or "" for name in ("sheet", "network"))
    assert area(page).input_value() == sheet and 6 <= len(sheet.splitlines()) <= 8
    counts, found = expected(sheet, network=network)
    expect(status(page)).to_have_text(counts)
    assert cards(page) == found
    assert len(check_sheet(sheet, network=network)["data"]["findings"]) > 4
    assert ", 2 wrong." in counts


def test_a_sheet_is_judged_as_in_python_and_the_rest_is_folded(page: Page) -> None:
    check(page, SHEET)
    counts, found = expected(SHEET)
    expect(status(page)).to_have_text(counts)
    assert cards(page) == found
    assert page.locator(".sheet-result details:not([open]) .sheet-findings > li").count() == 1
    expect(page.locator(".sheet-coverage")).to_contain_text("1 not checked: a name has no value: 1.")


def test_a_place_is_selected_and_in_sight_by_keyboard_and_after_a_change(page: Page) -> None:
    check(page, SHEET)
    area(page).evaluate("(area) => { area.scrollTop = 0; }")
    line = page.get_by_role("button", name="line 62")
    line.focus()
    page.keyboard.press("Enter")
    expect(area(page)).to_be_focused()
    assert area(page).evaluate(SELECTED) == "3 * 4 = 13"
    # Its line is one of those in sight: in a copy of the text that ends there, so far down is the end.
    assert area(page).evaluate("""(area) => {
      const [top, text, place] = [area.scrollTop, area.value, area.selectionStart];
      area.value = text.slice(0, place);
      const depth = area.scrollHeight;
      area.value = text;
      area.scrollTop = top;
      return top > 0 && depth > top + 20 && depth < top + area.clientHeight + 20;
    }""")
    area(page).fill(f"One more line.\n{SHEET}")
    line.click()
    assert area(page).evaluate(SELECTED) == "3 * 4 = 13"
    area(page).fill(SHEET.replace("13", "12"))
    line.click()
    expect(status(page)).to_have_text("This is no longer in the sheet. Check again.")


@pytest.mark.parametrize(
    ("sheet", "network", "words"),
    [
        ("3 * 4 = 12", "3x8x8 wheel(4)", "'wheel' is not a kind of layer."),
        ("3 * 4 = 12", "3x8x8 conv(4, 9)", "9"),
        (" \n", "", "There is no sheet yet."),
        ("no number", "", "No statement was found that could be checked."),
    ],
)
def test_what_cannot_be_is_a_sentence(page: Page, sheet: str, network: str, words: str) -> None:
    check(page, sheet, network)
    expect(status(page)).to_contain_text(words)
    assert not cards(page)


def test_what_is_too_long_is_not_even_asked(page: Page) -> None:
    area(page).evaluate("(area, most) => { area.value = '1'.repeat(most + 1); }", LONGEST)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(status(page)).to_contain_text(f"1,000,001 characters, more than {LONGEST:,}.")
    page.get_by_role("button", name="Clear").click()
    expect(status(page)).to_have_text("")
    expect(area(page)).to_have_value("")


def test_a_file_is_read_as_what_it_is(page: Page) -> None:
    chooser = page.get_by_label("Or choose a file")
    text = "\\section{A}\n% a comment \U0001d4b3\nIt is 3 * 4 = 13.\n"
    chooser.set_input_files({"name": "mine.tex", "mimeType": "", "buffer": text.encode()})
    expect(area(page)).to_have_value(text)
    expect(page.get_by_label("Read it as")).to_have_value("tex")
    area(page).press("Control+Enter")
    expect(page.locator(".sheet-coverage")).to_contain_text("Read as LaTeX.", timeout=PATIENT)
    assert cards(page) == expected(text, "mine.tex")[1]

    page.get_by_role("button", name="Copy as text").click()
    expect(status(page)).to_have_text("The findings are copied.")
    assert page.evaluate("navigator.clipboard.readText()") == check_sheet(text, "mine.tex")["text"]
    with page.expect_download() as begun:
        page.get_by_role("button", name="Download as JSON").click()
    assert begun.value.suggested_filename == "mine.tex.findings.json"
    data = json.loads(Path(begun.value.path()).read_text(encoding="utf-8"))
    assert data == check_sheet(text, "mine.tex")["data"]

    for name, content, words in (
        ("a.pdf", b"%PDF-1.7", "A PDF file is read on the command line only"),
        ("a.docx", b"PK", "a.docx cannot be read here."),
        ("a.md", b"caf\xe9", "a.md is not UTF-8 text."),
    ):
        chooser.set_input_files({"name": name, "mimeType": "", "buffer": content})
        expect(status(page)).to_contain_text(words)
        expect(area(page)).to_have_value(text)


def test_the_network_of_the_example_is_not_for_another_sheet(page: Page) -> None:
    network = page.get_by_role("textbox", name="Network")
    for own in (False, True):
        page.get_by_role("button", name="Try it on an example").click()
        if own:
            network.fill("784 linear(10)")
        area(page).press("Control+a")
        page.keyboard.insert_text("3 * 4 = 13")
        expect(network).to_have_value("784 linear(10)" if own else "")
    page.get_by_role("button", name="Try it on an example").click()
    chooser = page.get_by_label("Or choose a file")
    chooser.set_input_files({"name": "a.md", "mimeType": "", "buffer": b"3 * 4 = 13"})
    expect(area(page)).to_have_value("3 * 4 = 13")
    expect(network).to_have_value("")


def test_it_fits_a_phone_and_can_be_read_and_used_by_everyone(page: Page) -> None:
    check(page, SHEET)
    page.evaluate(
        "() => document.querySelectorAll('.live-sheet details').forEach((one) => { one.open = true; })"
    )
    part = "section.live-sheet"
    assert not sideways(page, part) + faint_text(page, part)
    found = Axe().run(page, context=part, options=AXE)
    assert not found.response["violations"], found.generate_report()
    assert found.response["passes"]
    assert page.locator(part).evaluate(SMALL) == []


def test_a_reload_loses_nothing(running: tuple[Page, list[str]]) -> None:
    page, seen = running
    area(page).fill(SHEET)
    page.get_by_role("textbox", name="Network").fill("784 linear(10)")
    page.reload()
    expect(area(page)).to_have_value(SHEET)
    expect(page.get_by_role("textbox", name="Network")).to_have_value("784 linear(10)")
    assert not seen


def test_an_empty_sheet_loads_no_python_and_without_it_the_command_is_named(
    browser: Browser, address: str, site: Path
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        show(page, f"{address}/{PAGE}")
        page.get_by_role("button", name="Check", exact=True).click()
        expect(status(page)).to_contain_text("There is no sheet yet.")
        assert not [url for url in asked if "pyodide" in url or "python.zip" in url or "engine.js" in url]
        context.route("**/_practice/worker.js*", lambda route: route.abort())
        check(page, "3 * 4 = 13")
        expect(status(page)).to_contain_text("Python could not be loaded.")
        expect(status(page)).to_contain_text("nnutils lint FILE")
        expect(area(page)).to_have_value("3 * 4 = 13")
        context.unroute("**/_practice/worker.js*")
        show(page, f"{site.as_uri()}/{PAGE}")
        check(page, "3 * 4 = 13")
        expect(status(page)).to_contain_text("opened as a file")
        expect(status(page)).to_contain_text("nnutils lint FILE")
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/{PAGE}")
        # the text as it is rendered: Playwright's own checks of a text look into no <noscript>
        assert "nnutils lint sheet.tex" in page.locator("section.live-sheet").inner_text()
        expect(page.locator(".live-sheet form")).to_be_hidden()
