"""Answer boxes on the pages of the site, as a reader uses them: with a mouse, by keyboard, from a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect
from support.often import some
from support.page_checks import faint_text, open_everything, raw_text, sideways, watch

from nnutils.book.contents import question_name
from nnutils.book.pages.boxes.placing import FILES, FOLDER
from tools.browser import open_page, served, show
from tools.pages import ROOT, listed

pytestmark = pytest.mark.slow

ALEXNET = "chapters/sorting_backprop_alexnet/03_counting_alexnet"
TRACES = "chapters/foundations/04_automatic_differentiation"
SIZES = "chapters/sizing_networks/03_cnn_table"
SOFTMAX = "chapters/foundations/02_softmax"
POINTS = "chapters/foundations/01_relu_heaviside_sigmoid"
SIGNS = {"right": "✓", "convention": "✓", "coarse": "≈", "wrong": "✗", "unreadable": "?", "empty": "?"}
ASKING = [page for page in listed() if question_name(page, ROOT)]
WIDE, NARROW = 1280, 320
AXE = {"preload": False}  # it would ask for style sheets once more, some at a wrong address
NO_STORAGE = (
    """Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('off'); } });"""
)
FULL_STORAGE = (
    """Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"""
)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as one:
        yield one


class Boxes:
    """The boxes of one page, and what went wrong on it."""

    def __init__(self, page: Page, base: str, name: str) -> None:
        self.page, self.seen = page, watch(page, base)
        show(page, f"{base}/{name}.html")

    @property
    def all(self) -> Locator:
        return self.page.locator("section.practice")

    def box(self, name: str) -> Locator:
        return self.all.locator(f"form[data-name={name}]")

    def control(self, name: str) -> Locator:
        return self.box(name).locator("[name=typed]")

    def said(self, name: str) -> Locator:
        return self.box(name).locator("output")

    def button(self, name: str, label: str) -> Locator:
        return self.box(name).get_by_role("button", name=label)

    def type(self, name: str, text: str) -> Locator:
        """Type an answer, check it, and return what was said."""
        self.control(name).fill(text)
        self.button(name, "Check").click()
        return self.said(name)


@pytest.fixture
def visited(browser: Browser, address: str) -> Iterator[Any]:
    """Open pages of the site, each as a reader who comes for the first time; nothing may go wrong on them."""
    opened: list[Boxes] = []

    def visit(name: str, base: str = address, width: int = WIDE, script: str = "", **options: Any) -> Boxes:
        page = open_page(browser, width, **options)
        if script:
            page.add_init_script(script)
        opened.append(Boxes(page, base, name))
        return opened[-1]

    yield visit
    for one in opened:
        one.page.context.close()
        assert not one.seen


# --- what is where ------------------------------------------------------------------------------------------


def test_the_pages_that_ask_have_boxes_and_no_others(site: Path) -> None:
    assert len(ASKING) >= 18
    for name in listed():
        text = (site / f"{name}.html").read_text(encoding="utf-8")
        assert text.count('<section class="practice"') == (name in ASKING), name
        form = 'class="live-sheet"' in text  # it asks Python in the browser, as the boxes do
        assert text.count("loader.js") == (name in ASKING or form), name
        assert text.count("boxes.css") == (name in ASKING or form)


def test_the_boxes_close_the_question(visited: Any) -> None:
    section = visited(TRACES).page.locator("section#question > :last-child")
    expect(section).to_have_attribute("data-question", "foundations/q4")


def test_the_site_has_the_files_of_the_boxes(site: Path) -> None:
    folder = site / FOLDER
    for file in FILES.iterdir():
        assert (folder / file.name).read_bytes() == file.read_bytes()
    wanted = {question_name(page, ROOT) for page in ASKING}
    assert {f"{str(name).replace('/', '-')}.js" for name in wanted} <= {
        file.name for file in folder.iterdir()
    }


def test_nothing_is_loaded_until_a_box_is_entered(visited: Any) -> None:
    boxes = visited(TRACES)
    scripts = boxes.page.locator("head script[src*='_practice/']")
    # what begins the boxes, the variants and the panels; what reads and judges comes with the first box
    begin = {"loader.js", "variants.js", "panels.js"}
    names = [one.get_attribute("src").rpartition("/")[2].partition("?")[0] for one in scripts.all()]
    assert set(names) == begin
    boxes.control("y").focus()
    boxes.page.wait_for_function("window.showYourWork.boxes?.attached(document.querySelector('.answer-box'))")
    assert scripts.count() > len(begin)


# --- verdicts -----------------------------------------------------------------------------------------------


def test_the_lost_zero_of_alexnet(visited: Any) -> None:
    boxes = visited(ALEXNET)
    said = boxes.type("conv1_connections", "15,415,200")
    expect(said).to_contain_text("Not yet. A digit is missing.")
    assert "105" not in boxes.box("conv1_connections").inner_text()
    expect(boxes.button("conv1_connections", "Open a hint")).to_have_count(0)
    boxes.button("conv1_connections", "Show the working").click()
    shown = boxes.box("conv1_connections").get_by_text("15,415,200 is 105,415,200 without one 0.")
    expect(shown.locator("xpath=..")).to_be_focused()
    expect(boxes.type("conv1_connections", "105,415,200")).to_contain_text("Right.")
    expect(boxes.box("conv1_connections").locator(".answer-help")).to_have_count(0)


@pytest.mark.parametrize(
    ("page", "answers"),
    [
        (
            TRACES,
            [
                ("by_x1", "-0.1535", "right", "Right."),
                ("y", "35", "coarse", "Right as far as it goes. Please give at least three significant"),
                ("values", "9, 36", "wrong", "Not yet. 6 entries are asked, 2 are typed."),
                ("y", "<img src=x onerror=alert(1)>", "unreadable", "is not an expression"),
                ("y", "12 or 13", "unreadable", "One number is asked, and more than one is typed."),
                ("y", "35,12", "unreadable", "Type a point: 35.12."),
                ("y", "1" * 3000, "unreadable", "too long"),
                ("y", "   ", "empty", "Type a number first."),
            ],
        ),
        (
            SIZES,
            [
                (
                    "input_conv1",
                    "256 x 256 x 3",
                    "convention",
                    "Right in another order: here sizes are channels",
                )
            ],
        ),
        (
            POINTS,
            [
                ("product", "x + x", "wrong", "It gives another value than the right formula"),
                ("product", "H(x)*x", "right", "Right."),
                ("exists", "yes, yes, no, yes, yes", "right", "Right."),
            ],
        ),
    ],
    ids=["traces", "sizes", "points"],
)
def test_a_verdict_has_a_word_and_a_sign(
    visited: Any, page: str, answers: list[tuple[str, str, str, str]]
) -> None:
    boxes = visited(page)
    done: set[str] = set()
    for name, typed, verdict, sentence in answers:
        said = boxes.type(name, typed)
        expect(said).to_contain_text(sentence)
        expect(said).to_have_attribute("data-verdict", verdict)
        expect(said.locator(".answer-sign[aria-hidden=true]")).to_have_text(SIGNS[verdict])
        assert not said.locator("img, script").count()
        if verdict in ("right", "convention"):
            done.add(name)
        expect(boxes.all.locator(".practice-progress")).to_contain_text(f"{len(done)} of")


def test_a_choice_is_chosen(visited: Any) -> None:
    boxes = visited(SOFTMAX)
    boxes.button("shift_matters", "Check").click()
    expect(boxes.said("shift_matters")).to_contain_text("Choose an answer first.")
    boxes.control("shift_matters").select_option("yes")
    boxes.button("shift_matters", "Check").click()
    expect(boxes.said("shift_matters")).to_contain_text("Not yet.")
    boxes.control("shift_matters").select_option("no")
    boxes.button("shift_matters", "Check").click()
    expect(boxes.said("shift_matters")).to_contain_text("Right.")


def test_rows_of_a_table_stand_on_lines(visited: Any) -> None:
    boxes = visited(POINTS)
    box = boxes.control("quotients")
    box.fill("1, 2")
    box.press("Enter")
    expect(box).to_have_value("1, 2\n")
    box.press_sequentially("3, 4")
    box.press("Control+Enter")
    expect(boxes.said("quotients")).to_contain_text("5 rows are asked, 2 are typed.")


def test_help_comes_after_the_second_wrong_try(visited: Any) -> None:
    boxes = visited(TRACES)
    expect(boxes.type("y", "34.9")).to_contain_text("Not yet.")
    expect(boxes.type("y", "34.9")).to_contain_text("Not yet.")  # the same once more is no other try
    for label in ("Open a hint", "Show the answer"):
        expect(boxes.button("y", label)).to_have_count(0)
    expect(boxes.type("y", "nothing")).to_contain_text("Type the number in digits.")
    expect(boxes.type("y", "34.8")).to_contain_text("Not yet.")
    hints = boxes.page.locator("#hints details")
    for number in range(hints.count()):
        expect(boxes.page.locator("#hints details[open]")).to_have_count(number)
        boxes.button("y", "Open a hint").click()
        expect(hints.nth(number).locator("summary")).to_be_focused()
        expect(hints.nth(number)).to_be_in_viewport()
    expect(boxes.button("y", "Open a hint")).to_have_count(0)
    boxes.button("y", "Show the answer").click()
    expect(boxes.box("y").locator(".answer-shown")).to_contain_text("35.12")
    expect(boxes.said("y")).to_contain_text("Not yet.")


# --- memory -------------------------------------------------------------------------------------------------


def test_what_was_typed_is_there_after_a_reload_and_is_not_read_out_again(visited: Any) -> None:
    boxes = visited(TRACES)
    expect(boxes.type("by_x1", "-0.1535")).to_contain_text("Right.")
    expect(boxes.type("y", "34.9")).to_contain_text("Not yet.")
    boxes.page.reload()
    expect(boxes.said("by_x1")).to_contain_text("Right.")
    expect(boxes.said("by_x1")).to_have_attribute("aria-live", "off")
    expect(boxes.control("y")).to_have_value("34.9")
    expect(boxes.said("y")).to_contain_text("Not yet.")
    expect(boxes.all.locator(".practice-progress")).to_have_text("1 of 9 right")
    expect(boxes.type("y", "34.8")).to_contain_text("Not yet.")
    expect(boxes.said("y")).to_have_attribute("aria-live", "polite")
    expect(boxes.button("y", "Show the answer")).to_have_count(1)  # the first try is remembered too


def test_clearing_forgets_the_answers_of_this_question_alone(visited: Any) -> None:
    boxes = visited(TRACES)
    boxes.page.evaluate("localStorage.setItem('showYourWork:foundations/q5', '{}')")
    expect(boxes.type("y", "35.12")).to_contain_text("Right.")
    assert boxes.page.evaluate("localStorage.getItem('showYourWork:foundations/q4')")
    boxes.all.get_by_role("button", name="Clear my answers").click()
    expect(boxes.control("y")).to_have_value("")
    expect(boxes.control("values")).to_be_focused()
    expect(boxes.said("y")).to_have_text("")
    expect(boxes.all.get_by_role("button", name="Clear my answers")).to_be_hidden()
    left = "Object.keys(localStorage).filter((key) => key.startsWith('showYourWork'))"
    assert boxes.page.evaluate(left) == ["showYourWork:foundations/q5"]
    boxes.page.reload()
    expect(boxes.control("y")).to_have_value("")


def test_what_was_typed_but_not_judged_can_be_cleared_after_a_reload(visited: Any) -> None:
    boxes = visited(TRACES)
    clear = boxes.all.get_by_role("button", name="Clear my answers")
    expect(clear).to_be_hidden()
    expect(boxes.type("y", "35.12")).to_contain_text("Right.")
    boxes.page.evaluate(
        """key => {
            const { answers, ...rest } = JSON.parse(localStorage.getItem(key));
            answers.y = { typed: "35.12", verdict: "" };
            localStorage.setItem(key, JSON.stringify({ ...rest, answers }));
        }""",
        "showYourWork:foundations/q4",
    )
    boxes.page.reload()
    expect(boxes.control("y")).to_have_value("35.12")
    expect(boxes.all.locator(".practice-progress")).to_have_text("0 of 9 right")
    clear.click()
    expect(boxes.control("y")).to_have_value("")
    expect(clear).to_be_hidden()
    boxes.page.reload()
    expect(boxes.control("y")).to_have_value("")


@pytest.mark.parametrize("script", [NO_STORAGE, FULL_STORAGE], ids=["off", "full"])
def test_without_storage_the_boxes_work(visited: Any, script: str) -> None:
    # the theme itself needs storage, so errors that are not ours are left out
    boxes = visited(TRACES, script=script)
    expect(boxes.type("y", "35.12")).to_contain_text("Right.")
    ours = [one for one in boxes.seen if FOLDER in one]
    boxes.seen.clear()
    assert not ours


def test_an_error_that_a_script_of_the_boxes_throws_is_seen(visited: Any) -> None:
    boxes = visited(TRACES)
    script = "throw new Error('stop')"
    boxes.page.route(
        f"**/{FOLDER}/thrown.js", lambda route: route.fulfill(body=script, content_type="text/javascript")
    )
    boxes.page.evaluate("showYourWork.load('thrown.js')")
    (seen,) = boxes.seen
    boxes.seen.clear()
    assert "stop" in seen and f"/{FOLDER}/thrown.js" in seen


def test_a_spoilt_memory_does_no_harm(visited: Any) -> None:
    boxes = visited(TRACES)
    for kept in (
        "nonsense",
        "[]",
        "null",
        '{"version": 1}',
        '{"answers": {"y": 1}}',
        '{"answers": {"y": {"typed": 5, "verdict": "right"}}}',
        '{"answers": {"by_x1": {"typed": "1", "verdict": "toString"}}}',
    ):
        boxes.page.evaluate("kept => localStorage.setItem('showYourWork:foundations/q4', kept)", kept)
        boxes.page.reload()
        expect(boxes.type("y", "35.12")).to_contain_text("Right.")
        expect(boxes.said("by_x1")).to_have_text("")


def test_what_another_edition_judged_is_typed_again_but_not_judged(visited: Any) -> None:
    boxes = visited(TRACES)
    expect(boxes.type("y", "35.12")).to_contain_text("Right.")
    boxes.page.evaluate(
        "key => localStorage.setItem(key, localStorage.getItem(key).replace(/version\":\"/, '$&other '))",
        "showYourWork:foundations/q4",
    )
    boxes.page.reload()
    expect(boxes.control("y")).to_have_value("35.12")
    expect(boxes.said("y")).to_have_text("")
    expect(boxes.all.get_by_role("button", name="Clear my answers")).to_be_visible()
    expect(boxes.type("by_x1", "-0.1535")).to_contain_text("Right.")
    boxes.page.reload()  # and it is not lost when another one is checked
    expect(boxes.said("by_x1")).to_contain_text("Right.")
    expect(boxes.control("y")).to_have_value("35.12")
    expect(boxes.said("y")).to_have_text("")


def test_only_the_last_twenty_variants_are_remembered(visited: Any) -> None:
    boxes = visited(TRACES)
    boxes.page.evaluate(
        """() => {
          const keep = (key, at) => localStorage.setItem(key, JSON.stringify({ at, answers: {} }));
          for (let seed = 1; seed <= 25; seed += 1) keep(`showYourWork:foundations/q5:${seed}`, 100 - seed);
          keep("showYourWork:foundations/q5", 0);
          keep("another:foundations/q5:1", 0);
        }"""
    )
    expect(boxes.type("y", "35.12")).to_contain_text("Right.")
    left = set(boxes.page.evaluate("Object.keys(localStorage).filter((key) => key.includes('foundations/'))"))
    variants = {f"showYourWork:foundations/q5:{seed}" for seed in range(1, 21)}
    assert left == {
        "showYourWork:foundations/q4",
        "showYourWork:foundations/q5",
        "another:foundations/q5:1",
        *variants,
    }


# --- ways to use them ---------------------------------------------------------------------------------------


def test_the_keyboard_is_enough(visited: Any) -> None:
    boxes = visited(TRACES)
    page = boxes.page
    boxes.control("values").focus()
    for key in ("Tab", "Tab"):  # its button, then the next box
        page.keyboard.press(key)
    expect(boxes.control("y")).to_be_focused()
    outline = "one => getComputedStyle(one).outlineStyle + getComputedStyle(one).outlineWidth"
    assert boxes.control("y").evaluate(outline) == "solid2px"
    page.keyboard.type("-35.121")
    page.keyboard.press("Enter")
    expect(boxes.said("y")).to_contain_text("Not yet. Look at the sign.")
    expect(boxes.control("y")).to_be_focused()
    for key in ("Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(boxes.box("y").locator(".answer-shown")).to_be_focused()
    page.keyboard.press("Tab")
    expect(boxes.control("tangents")).to_be_focused()


def test_a_page_opened_as_a_file_judges_and_remembers(visited: Any, site: Path) -> None:
    boxes = visited(ALEXNET, base=site.as_uri())
    expect(boxes.type("conv1_connections", "15,415,200")).to_contain_text("A digit is missing.")
    expect(boxes.type("conv1_units", "290,400 units")).to_contain_text("Right.")
    boxes.page.reload()
    expect(boxes.said("conv1_units")).to_contain_text("Right.")


def test_without_scripts_a_sentence_says_what_is_missing(browser: Browser, address: str) -> None:
    with browser.new_page(java_script_enabled=False) as page:
        page.goto(f"{address}/{TRACES}.html")
        # the text as it is rendered: Playwright's own checks of a text look into no <noscript>
        seen = page.locator("section.practice").inner_text()
        assert "The boxes for your answers need JavaScript, which is switched off here." in seen
        expect(page.locator(".answer-box").first).to_be_hidden()


def test_a_box_whose_data_does_not_load_says_so_and_tries_again(browser: Browser, address: str) -> None:
    with browser.new_page() as page:

        def refuse(route: Route) -> None:
            route.abort()

        pattern = f"**/{FOLDER}/foundations-q4.js"
        page.route(pattern, refuse)
        show(page, f"{address}/{TRACES}.html")
        box = page.locator("form[data-name=y]")
        box.locator("input").fill("35.12")
        box.locator("input").press("Enter")
        expect(box.locator("output")).to_have_text("The answers could not be loaded. Please try again.")
        page.unroute(pattern)
        box.locator("input").press("Enter")
        expect(box.locator("output")).to_contain_text("Right.")


def test_paper_shows_no_boxes(visited: Any) -> None:
    boxes = visited(TRACES)
    expect(boxes.all).to_be_visible()
    boxes.page.emulate_media(media="print")
    expect(boxes.all).to_be_hidden()


# --- for every reader ---------------------------------------------------------------------------------------


def used(boxes: Boxes) -> Page:
    """Bring a page into the state with everything to be seen: folds open, each kind of verdict, help."""
    open_everything(boxes.page)
    typed = {
        "conv1_units": "290,400",
        "conv1_weights": "34,849",
        "conv2_units": "two",
        "conv3_units": "~64,900",
    }
    for name, text in [*typed.items(), ("conv1_weights", "34,847"), ("conv1_connections", "15,415,200")]:
        boxes.type(name, text)
    boxes.button("conv1_connections", "Show the working").click()
    for verdict in ("right", "wrong", "unreadable", "coarse"):
        expect(boxes.all.locator(f"output[data-verdict={verdict}]").first).to_be_visible()
    return boxes.page


@pytest.mark.parametrize(("width", "dark"), [(WIDE, False), (NARROW, True)], ids=["wide", "narrow, dark"])
def test_the_boxes_are_accessible_and_fit(visited: Any, width: int, dark: bool) -> None:
    page = used(visited(ALEXNET, width=width, dark=dark))
    found = Axe().run(page, context="section.practice", options=AXE)
    assert not found.response["violations"], found.generate_report()
    assert found.response["passes"]
    assert not faint_text(page, "section.practice")
    assert not sideways(page, "section.practice")


def test_axe_sees_what_is_wrong(visited: Any) -> None:
    page = visited(ALEXNET).page
    page.evaluate("() => document.querySelector('.answer-asked label').removeAttribute('for')")
    page.evaluate("() => { document.querySelector('.practice-progress').style.color = '#ccc'; }")
    broken = Axe().run(page, context="section.practice", options=AXE).response["violations"]
    assert {one["id"] for one in broken} == {"label", "color-contrast"}


@pytest.mark.parametrize("name", some(ASKING))
def test_each_page_loads_its_boxes_and_fits_a_phone(visited: Any, name: str) -> None:
    boxes = visited(name, width=NARROW)
    boxes.all.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    boxes.all.locator("[name=typed]").first.focus()
    boxes.page.wait_for_function("window.showYourWork.boxes?.attached(document.querySelector('.answer-box'))")
    # a formula above them may make the page wider than such a narrow screen
    wide = [one for one in sideways(boxes.page, "section.practice") if not one.startswith("the page")]
    assert not wide
    assert not raw_text(boxes.page, "section.practice")
