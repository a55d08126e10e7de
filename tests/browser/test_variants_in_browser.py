"""Variants and live panels in Chromium: the same as in Python; and what is said where there is no Python."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect
from support.often import some
from support.page_checks import faint_text, raw_text, sideways, unset_formulas, watch

import nnutils
from nnutils.book.pages.engine.answering import answer, html_of
from nnutils.book.pages.engine.pages import PYTHON
from nnutils.book.pages.engine.panel_markup import offer
from nnutils.practice import load, questions
from nnutils.practice.exporting import as_data
from nnutils.practice.live import PANELS
from tools.browser import served, show
from tools.pages import ROOT

pytestmark = pytest.mark.slow

PATIENT = 180_000  # milliseconds: a busy machine is no failure
TRACE = "chapters/foundations/04_automatic_differentiation"
ALEXNET = "chapters/sorting_backprop_alexnet/03_counting_alexnet"
AXE = {"preload": False}  # it would ask for style sheets once more, some at a wrong address
WORKERS = "**/_practice/worker.js*"
STARTS_ONLY = """addEventListener("message", ({ data: { id, mark } }) => {
  if (mark !== undefined) postMessage({ id });
});"""
FAILS = """addEventListener("message", ({ data: { id, mark } }) => {
  postMessage(mark === undefined ? { id, failed: "RangeError: too deep" } : { id });
});"""
LOADS_HALF = """addEventListener("message", () => postMessage({ arrived: 3_000_000 }));"""
TWO_BARS = """async () => {
  const own = window.showYourWork;
  await own.load("engine.js");
  for (const id of ["one", "other"]) {
    const place = document.body.appendChild(document.createElement("div"));
    place.id = id;
    own.engine.begin(place, { bytes: 6_000_000, mark: "half" });
  }
}"""
NOT_LOADED = "Python could not be loaded. Please look at the connection and try again."
GIVEN_WORKS = "The boxes for the question as given work without it."

ASK = """async (message) => {
  const own = window.showYourWork;
  await own.load("engine.js");
  const place = document.body.appendChild(document.createElement("div"));
  await own.engine.begin(place, document.querySelector("script[src*='variants.js']").dataset);
  try {
    return await own.engine.ask(message);
  } catch (problem) {
    return { problem: problem.message };
  }
}"""


@pytest.fixture(scope="module")
def running(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """A page on which Python runs, started once for the tests that only ask it."""
    with browser.new_page() as page:
        page.set_default_timeout(PATIENT)
        seen = watch(page, address)
        show(page, f"{address}/{TRACE}.html")
        assert "html" in page.evaluate(ASK, {"panel": "softmax", "fields": {"x": "1, 2"}})
        yield page, seen


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open pages of the site, each as for the first time."""
    contexts = []

    def one(name: str, base: str = address, **options: Any) -> Page:
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENT)
        show(page, f"{base}/{name}")
        return page

    yield one
    for context in contexts:
        context.close()


def plain(value: object) -> Any:
    """A value as it comes through JSON."""
    return json.loads(json.dumps(value))


# --- the same as in Python ----------------------------------------------------------------------------------


NAMES = [question.name for question in questions(ROOT)]
VARIANTS = [
    pytest.param(name, 1, marks=[] if number % 2 == 0 else pytest.mark.variants)
    for number, name in enumerate(NAMES)
]
VARIANTS += [pytest.param(name, 777_777, marks=pytest.mark.variants) for name in NAMES]


@pytest.mark.parametrize(("name", "seed"), VARIANTS)
def test_a_variant_is_that_of_python(running: tuple[Page, list[str]], name: str, seed: int) -> None:
    page, seen = running
    found = page.evaluate(ASK, {"draw": name, "seed": seed})
    expected = plain(as_data(load(name, ROOT), seed))
    assert found["data"] == expected
    assert found["statement"] == html_of(expected["statement"])
    assert not seen


TYPED = [
    ("network", {"network": "3x227x227 conv(96, 11, stride=4, name=conv1) flatten linear(10)"}),
    ("trace", {"function": "ln(x1) + x1*x2 - sin(x2)", "at": "x1 = 2, x2 = 5"}),
    ("sizes", {"input": "64", "output": "32", "kernel size": "8", "dilation": "1"}),
    ("sizes", {"input": "512", "output": "1"}),
    ("softmax", {"x": "1, 2, 3"}),
    ("trace", {"function": "9**9**9 * x", "at": "x = 1"}),
    ("trace", {"function": "(" * 1000, "at": "x = 1"}),
    ("trace", {"function": "1/x", "at": "x = 0"}),
    ("network", {"network": "3x8x8 " + "relu " * 1_000_000}),
    ("network", {"network": "input = " + "[" * 1900}),
    ("sizes", {"input": "six"}),
]


@pytest.mark.parametrize(("name", "fields"), TYPED)
def test_a_panel_shows_what_python_does(
    running: tuple[Page, list[str]], name: str, fields: dict[str, str]
) -> None:
    page, seen = running
    found = page.evaluate(ASK, {"panel": name, "fields": fields})
    assert found == json.loads(answer(json.dumps({"panel": name, "fields": fields}), ROOT))
    assert not seen


# --- a variant on its page ----------------------------------------------------------------------------------


def drawn(page: Page) -> None:
    expect(page.locator(".variant-boxes form").first).to_be_visible(timeout=PATIENT)
    expect(page.locator(".another-status")).not_to_have_text("Drawing …", timeout=PATIENT)


def test_another_one_by_keyboard_is_judged_linked_and_left_again(opened: Callable[..., Page]) -> None:
    page = opened(f"{TRACE}.html")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.get_by_role("button", name="Another one").focus()
    page.keyboard.press("Enter")
    bar = page.get_by_role("progressbar", name="Loading Python")
    expect(bar).to_be_visible()
    drawn(page)
    expect(bar).to_have_count(0)
    expect(page.locator(".variant-title")).to_be_focused()
    seed = int(page.locator(".variant-title").inner_text().removeprefix("Variant "))
    assert page.url.endswith(f"#seed={seed}&v={nnutils.__version__}")
    data = as_data(load("foundations/q4", ROOT), seed)
    assert unset_formulas(page, ".variant") == raw_text(page, ".variant") == []
    assert not page.locator("section.practice > .practice-boxes").is_visible()

    form = page.locator(".variant-boxes form[data-name=y]")
    (right,) = (one["answer"] for one in data["asked"] if one["name"] == "y")
    form.get_by_role("textbox").fill(f"{right:.6g}")
    page.keyboard.press("Enter")
    expect(form.locator("output")).to_contain_text("Right.")
    form.get_by_role("textbox").fill(f"{right + 1:.6g}")
    page.keyboard.press("Enter")
    expect(form.locator("output")).to_contain_text("Not yet.")

    page.get_by_role("button", name="Back to the question as given").click()
    expect(page.locator("section.practice > .practice-boxes")).to_be_visible()
    expect(page.get_by_role("button", name="Another one")).to_be_focused()
    assert "#" not in page.url and not page.locator(".variant").is_visible()
    assert not said


def test_a_link_shows_its_variant_and_says_if_it_is_of_another_edition(opened: Callable[..., Page]) -> None:
    page = opened(f"{TRACE}.html#seed=12&v={nnutils.__version__}")
    drawn(page)
    x1, x2 = load("foundations/q4", ROOT).draw(12)["at_question"]
    expect(page.locator(".variant-title")).to_have_text("Variant 12")
    formula = page.locator(".variant-statement math[display=block]").first
    assert f"({x1},{x2})" in re.sub(r"\s", "", formula.text_content() or "")
    expect(page.locator(".another-status")).to_have_text("")
    page.evaluate("() => { location.hash = 'seed=13&v=0.0.1'; }")
    expect(page.locator(".variant-title")).to_have_text("Variant 13", timeout=PATIENT)
    expect(page.locator(".another-status")).to_contain_text("0.0.1", timeout=PATIENT)
    expect(page.locator(".another-status")).to_contain_text("the numbers may differ")


def test_a_seed_that_is_no_number_is_said(opened: Callable[..., Page]) -> None:
    page = opened(f"{TRACE}.html#seed=&v=0.2")
    status = page.locator(".another-status")
    expect(status).to_have_text("This link has no seed. This is the question as given.")
    for seed in ("abc", "-1", "1.5", "99999999999", "<img src=x>"):
        page.evaluate("(hash) => { location.hash = hash; }", f"seed={quote(seed)}&v=0.2")
        expect(status).to_contain_text(f"The seed in this link, “{seed}”, is not a whole number")
        expect(status).to_contain_text("This is the question as given.")
        assert page.locator("section.practice > .practice-boxes").is_visible()
        assert status.locator("img").count() == 0
    page.reload()
    expect(status).to_contain_text("is not a whole number")


# --- a panel on its page ------------------------------------------------------------------------------------


def unfolded(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('details.fold').forEach((one) => { one.open = true; })")


def test_a_panel_starts_by_keyboard_and_follows_what_is_typed(opened: Callable[..., Page]) -> None:
    page = opened(f"{ALEXNET}.html")
    unfolded(page)
    panel = page.locator("section.live-panel")
    assert panel.locator(".live-result").inner_html() == ""
    expect(panel.locator(".live-start")).to_contain_text("MB")
    panel.get_by_role("button", name="Start").focus()
    page.keyboard.press("Enter")
    expect(panel.locator(".live-result table")).to_be_visible(timeout=PATIENT)
    field = panel.get_by_role("textbox")
    expect(field).to_be_focused()
    field.fill("3x227x227\nconv(96, 11, stride=4, name=first)")
    expect(panel.locator(".live-result")).to_contain_text("105,415,200", timeout=PATIENT)
    panel.locator(".live-result .worked", has_text="290,400").first.focus()
    expect(page.locator("#worked-tip")).to_contain_text("96 · 55 · 55")
    field.fill("3x227x227 conv(96, 300)")
    expect(panel.locator(".live-status")).to_contain_text("300", timeout=PATIENT)
    expect(panel.locator(".live-result")).to_be_hidden()
    field.fill("784 linear(10)")
    expect(panel.locator(".live-result")).to_contain_text("7,840", timeout=PATIENT)
    expect(panel.locator(".live-result")).to_be_visible()


@pytest.mark.variants  # weekly: it takes long
@pytest.mark.variants
def test_what_takes_too_long_is_stopped_and_python_starts_again(opened: Callable[..., Page]) -> None:
    page = opened(f"{TRACE}.html")
    # Such workers stand for a network and a computation without end; time is not waited for, but moved.
    page.clock.install()
    works_as(page, "")
    unfolded(page)
    panel = page.locator("section.live-panel")
    status = panel.locator(".live-status")
    panel.get_by_role("button", name="Start").click()
    expect(panel.get_by_role("progressbar")).to_be_visible()
    page.clock.fast_forward(121_000)
    expect(status).to_contain_text("could not be loaded")

    page.unroute(WORKERS)
    works_as(page, STARTS_ONLY)
    panel.get_by_role("button", name="Start").click()
    expect(panel.locator(".live-start")).to_be_hidden()
    page.clock.fast_forward(50_000)
    expect(status).to_contain_text("could not be loaded")  # it may yet answer
    page.clock.fast_forward(11_000)
    expect(status).to_have_text("That took too long and was stopped. Please try something smaller.")

    page.unroute(WORKERS)
    page.clock.resume()
    panel.get_by_role("textbox").first.press("Control+Enter")
    expect(panel.locator(".live-result table").first).to_be_visible(timeout=PATIENT)


def works_as(page: Page, script: str) -> None:
    """Have another worker run in the place of Python."""
    page.route(WORKERS, lambda route: route.fulfill(body=script, content_type="text/javascript"))


def test_an_error_in_the_worker_has_a_sentence_of_its_own(opened: Callable[..., Page]) -> None:
    page = opened(f"{TRACE}.html")
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    works_as(page, FAILS)
    page.get_by_role("button", name="Another one").click()
    expect(page.locator(".another-status")).to_have_text(f"This could not be computed. {GIVEN_WORKS}")
    assert said == ["error: RangeError: too deep"]
    given_boxes_work(page)


def test_every_bar_moves_while_python_loads(opened: Callable[..., Page]) -> None:
    page = opened(f"{TRACE}.html")
    works_as(page, LOADS_HALF)
    page.evaluate(TWO_BARS)
    for place in ("#one", "#other"):
        expect(page.locator(f"{place} [role=progressbar]")).to_have_attribute("aria-valuenow", "50")


# --- without Python -----------------------------------------------------------------------------------------


def given_boxes_work(page: Page) -> None:
    form = page.locator("section.practice > .practice-boxes form[data-name=y]")
    (right,) = (one["answer"] for one in as_data(load("foundations/q4", ROOT))["asked"] if one["name"] == "y")
    form.get_by_role("textbox").fill(f"{right:.6g}")
    form.get_by_role("button", name="Check").click()
    expect(form.locator("output")).to_contain_text("Right.")


def test_from_a_file_it_is_said_that_variants_need_the_site(opened: Callable[..., Page], site: Path) -> None:
    page = opened(f"{TRACE}.html", site.as_uri())
    page.get_by_role("button", name="Another one").click()
    expect(page.locator(".another-status")).to_contain_text("make serve")
    expect(page.locator(".another-status")).to_contain_text(GIVEN_WORKS)
    given_boxes_work(page)
    unfolded(page)
    page.locator("section.live-panel").get_by_role("button", name="Start").click()
    expect(page.locator(".live-status")).to_contain_text("make serve")


@pytest.mark.parametrize("how", some(["refused", "missing"]))
def test_if_python_does_not_load_it_is_said_and_tried_again(opened: Callable[..., Page], how: str) -> None:
    page = opened(f"{TRACE}.html")
    another, status = page.get_by_role("button", name="Another one"), page.locator(".another-status")
    stopped: list[str] = []

    def block(route: Route) -> None:
        stopped.append(route.request.url)
        if how == "refused":
            route.abort()
        else:
            route.fulfill(status=404, body="there is nothing")

    for blocked in (*PYTHON, "python.zip", "worker.js"):
        stopped.clear()
        page.context.route(f"**/{blocked}*", block)
        another.click()
        expect(status).to_have_text(f"{NOT_LOADED} {GIVEN_WORKS}", timeout=PATIENT)
        expect(another).to_be_enabled()
        assert stopped
        page.context.unroute(f"**/{blocked}*")
    given_boxes_work(page)
    if how == "refused":
        another.click()
        drawn(page)


@pytest.mark.parametrize("lacking", ["WebAssembly", "Worker"])
def test_a_browser_that_cannot_run_python_is_told(browser: Browser, address: str, lacking: str) -> None:
    with browser.new_page() as page:
        page.add_init_script(f"delete window.{lacking}")
        show(page, f"{address}/{TRACE}.html")
        page.get_by_role("button", name="Another one").click()
        expect(page.locator(".another-status")).to_contain_text("This browser cannot run Python")
        given_boxes_work(page)


def test_a_build_without_python_says_so(browser: Browser, site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    for name in (f"{TRACE}.html", "_practice", "_static", "_mathematics"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (site / name).is_dir() else shutil.copy)(site / name, copy / name)
    page_file = copy / f"{TRACE}.html"
    # what the page holds where html_extra_path brings no pyodide: the script without what it needs to know
    text = page_file.read_text(encoding="utf-8")
    without, found = re.subn(r' data-(?:bytes|mark|megabytes)="[^"]*"', "", text)
    without, offers = re.subn(r'<p class="another">.*?</p>', offer(None), without)
    assert found and offers == 1
    page_file.write_text(without, encoding="utf-8")
    with served(copy) as base, browser.new_page() as page:
        show(page, f"{base}/{TRACE}.html")
        expect(page.locator(".another")).to_contain_text("not in this build")
        assert page.get_by_role("button", name="Another one").count() == 0
        given_boxes_work(page)


# --- how it looks -------------------------------------------------------------------------------------------


@pytest.mark.variants  # weekly: it takes long
@pytest.mark.parametrize(("width", "theme"), some([(320, "dark"), (1280, "light")]))
def test_a_variant_and_a_panel_fit_and_can_be_read(
    opened: Callable[..., Page], width: int, theme: str
) -> None:
    page = opened(f"{TRACE}.html#seed=5&v=0", viewport={"width": width, "height": 900}, color_scheme=theme)
    drawn(page)
    unfolded(page)
    panel = page.locator("section.live-panel")
    panel.get_by_role("button", name="Start").click()
    expect(panel.locator(".live-result table").first).to_be_visible(timeout=PATIENT)
    for part in ("section.practice", "section.live-panel"):
        # a formula elsewhere may make the page wider than such a narrow screen
        wide = [one for one in sideways(page, part) if not one.startswith("the page")]
        assert not wide + faint_text(page, part) + raw_text(page, part)
        found = Axe().run(page, context=part, options=AXE)
        assert not found.response["violations"], found.generate_report()
        assert found.response["passes"]


def test_every_panel_is_on_a_page(site: Path) -> None:
    found = {
        name
        for page in (site / "chapters").rglob("*.html")
        for name in PANELS
        if f'data-panel="{name}"' in page.read_text(encoding="utf-8")
    }
    assert found == set(PANELS)
