"""The audit on the site, as a reader uses it: search by number, filters, links to rows, without scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from support.often import some
from support.page_checks import open_everything, sideways, watch

from nnutils.book.pages.auditing.pages import FOLDER, JSON
from tools.browser import open_page, served, show

pytestmark = pytest.mark.slow

ALEXNET = "chapters/sorting_backprop_alexnet/audit"
LESSON = "chapters/sorting_backprop_alexnet/03_counting_alexnet"
LONGEST = "chapters/foundations/audit"
ROW = "001-q3-conv1-connections"  # it states 15,415,200
WIDE, PHONE = 1440, 390
AXE = {"preload": False}  # it would ask for style sheets once more, some at a wrong address


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as one:
        yield one


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    one = open_page(browser, WIDE)
    yield one
    one.context.close()


def rows(page: Page) -> int:
    """How many rows the page shows."""
    return page.locator(".statements tr[id]:not([hidden])").count()


def said(page: Page) -> str:
    return page.locator(".statement-filters output").inner_text()


def asked(page: Page) -> dict[str, list[str]]:
    """What the address of the page asks for."""
    return parse_qs(urlsplit(page.url).query)


def marked(page: Page) -> list[str]:
    """The rows that a link leads to, if they are in sight."""
    expect(page.locator(".statements tr:target")).to_have_count(1)
    ids: list[str] = page.locator(".statements tr:target").evaluate_all("all => all.map((one) => one.id)")
    for one in ids:
        expect(page.locator(f"[id='{one}']")).to_be_in_viewport()
    return ids


# --- from a number to its row -------------------------------------------------------------------------------


@pytest.mark.parametrize("opened", ["http", "file"])
def test_a_number_leads_from_the_front_page_to_its_row(
    page: Page, address: str, site: Path, opened: str
) -> None:
    base = address if opened == "http" else site.as_uri()
    seen = watch(page, base)
    show(page, f"{base}/intro.html")
    page.locator("button.search-button-field, button.search-button").first.click()  # 1
    field = page.locator("dialog input[type=search]")
    field.fill("15,415,200")
    field.press("Enter")
    page.get_by_role("link", name="connections of the first convolution layer").click()  # 2
    expect(page).to_have_url(re.compile(f"/{ALEXNET}.html#{ROW}$"))
    assert marked(page) == [ROW]
    expect(page.locator(f"[id='{ROW}'] .why")).to_contain_text("15,415,200 is 105,415,200 without one 0")
    assert not [one for one in seen if "ERR_ABORTED" not in one]  # a page was left while it loaded


def test_a_number_finds_its_row_and_the_lesson_that_tells_it(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html?q=15415200")
    results = page.locator(".statement-results")
    expect(results.get_by_role("link")).to_have_count(2)
    to: list[str] = results.get_by_role("link").evaluate_all("all => all.map((one) => one.href)")
    assert [href.removeprefix(f"{address}/") for href in to] == [
        f"{ALEXNET}.html#{ROW}",
        f"{LESSON}.html#what-the-sheets-say",
    ]
    expect(page.locator("#search-results")).to_be_hidden()  # where Sphinx says that there is nothing


def test_a_number_one_digit_apart_is_offered_where_no_page_has_it(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html?q=15,415,209")
    results = page.locator(".statement-results")
    expect(results).to_contain_text("No statement and no page has 15,415,209. One digit apart:")
    expect(results.locator(f"a[href$='#{ROW}']")).to_have_count(1)
    page.goto(f"{address}/search.html?q=98765432123")
    expect(results).to_have_text("No page has 98765432123, nor a number one digit apart.")


def test_words_find_statements_below_the_pages(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html?q=misread+conv1+15,415,200")
    expect(page.locator(".statement-results a")).to_have_count(0)
    page.goto(f"{address}/search.html?q=pooling")
    expect(page.locator("#search-results li").first).to_be_visible()
    expect(page.locator("#search-results ~ .statement-results li").first).to_contain_text("sheet")


MATCHED = """([typed, text, how]) => {
  const { indexed, matches, query } = showYourWork.matching;
  return matches(indexed([text]), query(typed), how);
}"""


@pytest.mark.parametrize(
    ("typed", "text", "how", "found"),
    [
        ("34,848", "weights 34848", "equal", True),
        ("15415200", "15,415,200", "equal", True),
        ("15 415 200", "15,415,200", "equal", True),
        ("15.415.200", "15,415,200", "equal", True),
        ("15\u202f415\u202f200", "15,415,200", "equal", True),
        ("15'415'200", "15,415,200", "equal", True),
        ("15 20", "15,200", "equal", False),
        ("1.716", "1,716", "equal", False),
        ("34,848", "weights 134,848", "equal", False),
        ("34,848", "348,48", "equal", False),
        ("55", "[55, 55, 96]", "equal", True),
        ("55", "[155, 556]", "equal", False),
        ("154", "15,415,200", "begins", True),
        ("415", "15,415,200", "begins", False),
        ("1.7160", "about 1.7160", "equal", True),
        ("-0.5", "the value is −0.5", "equal", True),
        ("conv1 weights", "Weights of conv1", "equal", True),
        ("conv1 weights", "units of conv1", "equal", False),
        ("weights 34,848", "34,848 weights", "equal", True),
        ("weights 34,848", "34,849 weights", "equal", False),
        ("15,415,200", "105,415,200", "near", True),  # left out
        ("105,415,200", "15,415,200", "near", True),  # put in
        ("105,415,201", "105,415,200", "near", True),  # another one
        ("105,451,200", "105,415,200", "near", True),  # exchanged
        ("105,145,002", "105,415,200", "near", False),
        ("105,415,200", "105,415,200", "near", False),
        ("123", "124", "near", False),  # of small numbers every other is so close
    ],
)
def test_what_matches(matching: Page, typed: str, text: str, how: str, found: bool) -> None:
    assert matching.evaluate(MATCHED, [typed, text, how]) is found


@pytest.fixture(scope="module")
def matching(browser: Browser, address: str) -> Iterator[Page]:
    one = open_page(browser, WIDE)
    show(one, f"{address}/{ALEXNET}.html")
    yield one
    one.context.close()


# --- filters ------------------------------------------------------------------------------------------------


def test_filters_show_some_rows_and_say_how_many(page: Page, address: str, site: Path) -> None:
    data = json.loads((site / FOLDER / JSON).read_text(encoding="utf-8"))
    here = [row for row in data if row["sheet"] in ("000", "001")]
    seen = watch(page, address)
    show(page, f"{address}/{ALEXNET}.html")
    assert rows(page) == len(here) and said(page) == f"{len(here)} statements"

    form = page.get_by_role("search", name="Statements on this page")
    form.locator("[name=verdict]").select_option("disputed")
    wanted = [row for row in here if row["verdict"] not in ("confirmed", "given")]
    expect(form.locator("output")).to_have_text(f"{len(wanted)} of {len(here)} statements")
    form.locator("[name=sheet]").select_option("001")
    form.locator("[name=question]").select_option("q2")
    wanted = [row for row in wanted if (row["sheet"], row["question"]) == ("001", "q2")]
    expect(form.locator("output")).to_have_text(f"{len(wanted)} of {len(here)} statements")
    assert rows(page) == len(wanted) > 0
    expect(page.get_by_role("heading", level=3)).to_have_count(1)  # of the question that has rows
    assert asked(page) == {"verdict": ["disputed"], "sheet": ["001"], "question": ["q2"]}

    page.reload()
    expect(form.locator("output")).to_have_text(f"{len(wanted)} of {len(here)} statements")
    page.get_by_role("heading", level=3).get_by_role("link").first.click()  # to the lesson
    page.wait_for_url(re.compile("02_backprop_residual_block.html#what-the-sheets-say"))
    page.go_back()
    expect(form.locator("output")).to_have_text(f"{len(wanted)} of {len(here)} statements")
    form.get_by_role("button", name="Show all").click()
    expect(form.locator("output")).to_have_text(f"{len(here)} statements")
    assert rows(page) == len(here) and not asked(page)
    assert not [one for one in seen if "ERR_ABORTED" not in one]  # the page was left while it loaded


def test_a_cause_shows_what_one_slip_spoils(page: Page, address: str, site: Path) -> None:
    data = json.loads((site / FOLDER / JSON).read_text(encoding="utf-8"))
    cause = "the path through r is counted twice, the skip not at all"
    show(page, f"{address}/{ALEXNET}.html")
    page.locator("[name=cause]").select_option(cause)
    expect(page.locator(".statement-filters output")).to_contain_text(" of ")
    shown = page.locator(".statements tr[id]:not([hidden])").evaluate_all("all => all.map((one) => one.id)")
    assert sorted(shown) == sorted(row["id"] for row in data if row["cause"] == cause)


def test_a_number_filters_while_it_is_typed_and_enter_leads_to_the_row(page: Page, site: Path) -> None:
    show(page, f"{site.as_uri()}/{ALEXNET}.html")
    field = page.get_by_label("Number or words")
    field.press_sequentially("15415")
    expect(page.locator(f"[id='{ROW}']")).to_be_visible()
    field.press_sequentially("200")
    expect(page.locator(".statement-filters output")).to_have_text("1 of 218 statements")
    field.press("Enter")
    assert marked(page) == [ROW]
    assert asked(page) == {"find": ["15415200"]}
    page.reload()
    expect(page.locator(".statement-filters output")).to_have_text("1 of 218 statements")
    assert marked(page) == [ROW]
    field.fill("15,415,209")
    expect(page.locator(".statement-filters output")).to_have_text(
        "None has 15,415,209. 1 of 218 statements one digit apart"
    )
    field.fill("no such words")
    expect(page.locator(".statement-filters output")).to_have_text("0 of 218 statements")


# --- links to rows ------------------------------------------------------------------------------------------


def test_a_link_shows_its_row_whatever_is_filtered(page: Page, address: str) -> None:
    show(page, f"{address}/{ALEXNET}.html?find=no+such+words#{ROW}")
    assert marked(page) == [ROW]
    assert rows(page) == 218 and not asked(page)
    page.locator(".statements tr:target .no a").click()  # the number is the link to send
    assert page.url.endswith(f"{ALEXNET}.html#{ROW}")
    for name in ("001-q3-b2-connections-shrink", "000-q1-max-identity"):  # the last row and the first
        page.locator("[name=find]").fill("no such words")
        expect(page.locator(".statement-filters output")).to_have_text("0 of 218 statements")
        page.evaluate("(name) => { location.hash = name; }", name)
        expect(page.locator(".statement-filters output")).to_have_text("218 statements")
        assert marked(page) == [name]


def test_lessons_and_causes_lead_to_rows_and_rows_to_lessons(page: Page, address: str) -> None:
    show(page, f"{address}/{LESSON}.html")
    links = page.locator("#what-the-sheets-say .verdicts tbody a[href*='audit.html#']")
    to: list[str] = links.evaluate_all("all => all.map((one) => one.getAttribute('href').split('#')[1])")
    assert to and all(name.split("-")[1] == "q3" for name in to)
    expect(page.locator("#what-the-sheets-say .all-statements a")).to_have_text(
        "All 132 statements on this question, judged"
    )
    for overview in ("chapters/audit", ALEXNET):
        show(page, f"{address}/{overview}.html")
        cause = page.locator(".causes details").first
        cause.locator("summary").click()
        cause.get_by_role("link").first.click()
        assert len(marked(page)) == 1
    heading = page.locator("section:has(> div .statements) > h3 a[href]").first
    assert heading.get_attribute("href") == "01_sorting_with_relu.html#what-the-sheets-say"


# --- for everyone -------------------------------------------------------------------------------------------


def test_without_scripts_all_rows_are_there_and_a_link_leads_to_one(browser: Browser, address: str) -> None:
    page = open_page(browser, WIDE, java_script_enabled=False)
    page.goto(f"{address}/{LONGEST}.html#002-q7-3c-solutions")
    assert rows(page) == 412
    expect(page.locator("[id='002-q7-3c-solutions']")).to_be_in_viewport()
    expect(page.locator(".statement-filters")).to_be_hidden()
    page.goto(f"{address}/chapters/audit.html")
    expect(page.locator(".statement-search")).to_be_hidden()
    expect(page.get_by_role("link", name="as a table (CSV)")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize(
    ("name", "width", "dark"),
    some([("chapters/sizing_networks/audit", PHONE, True), ("chapters/audit", WIDE, False)]),
)
def test_axe_finds_nothing_in_the_tools_and_the_rows(
    browser: Browser, address: str, name: str, width: int, dark: bool
) -> None:
    page = open_page(browser, width, dark=dark)
    show(page, f"{address}/{name}.html")
    open_everything(page)
    page.add_style_tag(content=".statements tbody { content-visibility: visible !important; }")
    few = "#a-table-of-sizes-and-parameters"  # one question: the rows of the others are made alike
    tools = (".statement-filters", ".statement-search", ".statement-data", ".causes", few)
    found = Axe().run(page, {"include": [[one] for one in tools if page.locator(one).count()]}, AXE)
    assert [(one["id"], one["nodes"][0]["html"][:150]) for one in found.response["violations"]] == []
    assert not sideways(page)
    page.context.close()


def test_a_row_is_a_card_on_a_phone_with_the_verdict_first(browser: Browser, address: str) -> None:
    page = open_page(browser, 320)
    show(page, f"{address}/{ALEXNET}.html#{ROW}")
    row = page.locator(f"[id='{ROW}']")
    expect(row.locator(".verdict")).to_be_in_viewport(ratio=1)
    tops: list[Any] = [
        row.locator(one).bounding_box() or {} for one in (".judged", "th", ".written", ".computed", ".why")
    ]
    assert [box["y"] for box in tops] == sorted(box["y"] for box in tops)
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 320 for box in tops)
    expect(row.get_by_role("cell")).to_have_count(5)
    expect(row.get_by_role("rowheader")).to_have_count(1)
    page.context.close()


def test_only_the_rows_in_sight_are_laid_out(page: Page, address: str) -> None:
    show(page, f"{address}/{LONGEST}.html")
    skipped = page.evaluate(
        "() => [...document.querySelectorAll('.statements tbody')]"
        ".filter((one) => !one.firstElementChild.checkVisibility({contentVisibilityAuto: true})).length"
    )
    assert skipped > 100
    nodes: int = page.evaluate("() => document.querySelectorAll('.statements *:not(.formula *)').length")
    assert nodes <= 13 * rows(page)
