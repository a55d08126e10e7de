"""Folds in Chromium: by hand and by switch, after a reload, from links, on paper, without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from support.page_checks import watch

from tools.browser import show

pytestmark = pytest.mark.slow

ALEXNET = "chapters/sorting_backprop_alexnet/03_counting_alexnet.html"
ELSEWHERE = "references.html"
REFERENCE = "library/networks.html"
MOST_SHIFT = 0.02  # of a page while it loads

# What is open of sections, parts, hints and hidden code, by the address of the section around it.
OPEN = """() => [...document.querySelectorAll('article details[open]:not(.practice-part)')]
    .map((one) => one.closest('section').id
        + (one.className === 'fold' ? '' : ' ' + one.className.split(' ')[0]))"""

# How far the text in sight moved by itself. The theme's side bars, which follow it, are another matter.
SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (entry.sources.some((one) => one.node?.parentElement?.closest('article'))) sum += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(sum), 300);
})"""

AT_FIRST = ["model-answer"]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as one:
        yield one


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def opened(page: Page) -> list[str]:
    found: list[str] = page.evaluate(OPEN)
    return found


def click(page: Page, section: str) -> None:
    """Click on the beginning of the heading of a section that folds: further on stands its link."""
    page.locator(f"section#{section} > details > summary").click(position={"x": 30, "y": 20})


def settled(page: Page, look: Callable[[], object], expected: object) -> None:
    """Wait until something is as expected: what the reader does is seen a moment later."""
    for _ in range(60):
        if look() == expected:
            return
        page.wait_for_timeout(50)
    assert look() == expected


def test_without_scripts_the_answer_is_folded_and_opens_by_hand(browser: Browser, address: str) -> None:
    with browser.new_page(java_script_enabled=False) as page:
        page.goto(f"{address}/{ALEXNET}")
        assert page.locator("#solution h2").is_visible() and not page.locator("#model-answer h3").is_visible()
        assert not page.locator(".fold-switches").is_visible(), "they do nothing here"
        click(page, "solution")
        assert page.locator("#model-answer p").first.is_visible()
        assert not page.locator("#the-sizes-come-first p").first.is_visible()
        code = page.locator("#model-answer details.hide").first
        assert not code.locator("pre").is_visible()
        code.locator("summary").click()
        assert code.locator("pre").is_visible()


def test_each_section_and_each_part_opens_by_itself(page: Page, address: str) -> None:
    found = watch(page, address)
    show(page, f"{address}/{ALEXNET}")
    assert opened(page) == AT_FIRST
    click(page, "solution")
    assert opened(page) == ["solution", "model-answer"]
    click(page, "the-sizes-come-first")
    click(page, "in-one-minute")
    expected = ["solution", "model-answer", "the-sizes-come-first", "in-one-minute"]
    assert opened(page) == expected
    click(page, "solution")
    assert opened(page) == expected[1:]
    assert not page.locator("#the-sizes-come-first h3").is_visible()
    assert not found


def test_a_summary_is_named_by_its_visible_text_and_works_by_keyboard(page: Page, address: str) -> None:
    show(page, f"{address}/{ALEXNET}")
    solution = page.locator("#solution > details > summary")
    assert solution.get_attribute("aria-label") is None and solution.inner_text().strip() == "Solution"
    assert page.get_by_role("heading", name="Solution", exact=True, level=2).is_visible()
    solution.focus()
    page.keyboard.press("Enter")
    assert "solution" in opened(page)
    labels = page.locator("details.hide > summary")
    assert labels.count() > 10 and labels.get_by_text("Code that counts the network").is_visible()
    assert not labels.evaluate_all(
        "all => all.filter(one => one.hasAttribute('aria-label') || /code cell/i.test(one.textContent))"
    )


def test_two_switches_open_all_sections_and_all_code(page: Page, address: str) -> None:
    show(page, f"{address}/{ALEXNET}")
    folds, code = page.locator("details.fold"), page.locator("details.hide")
    every, every_code = page.locator("button.fold-all"), page.locator("button.code-all")
    states = "all => all.map((one) => one.open)"
    every.focus()
    page.keyboard.press("Enter")
    expect(every).to_have_text("Hide everything")
    assert all(folds.evaluate_all(states)) and not any(code.evaluate_all(states))
    every_code.focus()
    page.keyboard.press("Space")
    expect(every_code).to_have_text("Hide all code")
    assert all(folds.evaluate_all(states)) and all(code.evaluate_all(states))
    every.click()
    expect(every).to_have_text("Show everything")
    assert not any(folds.evaluate_all(states)) and all(code.evaluate_all(states))
    every.click()
    expect(every).to_have_text("Hide everything")
    click(page, "solution")
    expect(every).to_have_text("Show everything")
    every_code.click()
    expect(every_code).to_have_text("Show all code")
    assert not any(code.evaluate_all(states))


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_what_is_open_and_the_place_survive_a_reload_and_a_step_back(
    page: Page, address: str, site: Path, scheme: str
) -> None:
    base = address if scheme == "http" else site.as_uri()
    show(page, f"{base}/{ALEXNET}")
    for section in ("solution", "the-sizes-come-first", "how-we-know", "model-answer"):
        click(page, section)
    page.locator("#the-sizes-come-first details.hide > summary").first.click()
    page.locator("#hints details > summary").first.click()
    page.locator("#how-we-know").evaluate("(one) => one.scrollIntoView()")
    expected = ["hints sd-sphinx-override", "solution", "the-sizes-come-first"]
    expected += ["the-sizes-come-first hide", "how-we-know"]
    settled(page, lambda: opened(page), expected)
    kept = "() => sessionStorage.getItem(`folds ${location.pathname}`)"
    settled(page, lambda: "how-we-know" in str(page.evaluate(kept)), True)
    top = "() => Math.round(document.querySelector('#how-we-know').getBoundingClientRect().top)"
    place = page.evaluate(top)
    page.reload()
    assert opened(page) == expected
    settled(page, lambda: abs(page.evaluate(top) - place) <= 2, True)
    assert page.evaluate(SHIFT) < MOST_SHIFT
    if scheme == "file":
        return  # the rest goes the same way
    page.goto(f"{base}/{ELSEWHERE}")
    page.go_back()
    settled(page, lambda: opened(page), expected)
    settled(page, lambda: abs(page.evaluate(top) - place) <= 2, True)
    page.locator("button.fold-all").click()
    page.locator("button.code-all").click()
    expect(page.locator("button.code-all")).to_have_text("Hide all code")
    settled(page, lambda: "in-one-minute" in str(page.evaluate(kept)), True)
    page.reload()
    expect(page.locator("button.fold-all")).to_have_text("Hide everything")
    expect(page.locator("button.code-all")).to_have_text("Hide all code")


def test_without_storage_all_works_but_the_page_forgets(context: BrowserContext, address: str) -> None:
    context.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('switched off'); } });"
    )
    page = context.new_page()
    found = watch(page, address)
    show(page, f"{address}/{ALEXNET}")
    found.clear()  # the theme's own scripts may complain
    click(page, "solution")
    page.locator("button.code-all").click()
    expect(page.locator("button.code-all")).to_have_text("Hide all code")
    page.reload()
    assert opened(page) == AT_FIRST
    assert not [one for one in found if "folds" in one]


def test_what_somebody_else_kept_there_does_no_harm(page: Page, address: str) -> None:
    found = watch(page, address)
    page.goto(f"{address}/{ELSEWHERE}")
    for kept in ("[", '{"a": 1}', '["nowhere 0", 7, null]'):
        page.evaluate("([path, kept]) => sessionStorage.setItem(`folds /${path}`, kept)", [ALEXNET, kept])
        show(page, f"{address}/{ALEXNET}")
        assert opened(page) == AT_FIRST
        page.locator("button.fold-all").click()
        expect(page.locator("button.fold-all")).to_have_text("Hide everything")
    assert not found


# --- what leads into a fold ---------------------------------------------------------------------------------


def test_a_link_opens_what_it_leads_to_and_what_is_around_that(page: Page, address: str) -> None:
    show(page, f"{address}/{ALEXNET}#trying-a-proposal")
    expected = ["solution", "model-answer", "trying-a-proposal"]
    assert opened(page) == expected
    expect(page.locator("#trying-a-proposal h3")).to_be_in_viewport()
    # from within the page: the contents beside the text, twice
    link = page.locator(".bd-sidebar-secondary a[href='#what-the-sheets-say']")
    for _ in range(2):
        link.click()
        settled(page, lambda: opened(page), [*expected, "what-the-sheets-say"])
        expect(page.locator("#what-the-sheets-say h2")).to_be_in_viewport()
        click(page, "what-the-sheets-say")
        assert opened(page) == expected


def test_a_link_opens_one_part_of_how_we_know(page: Page, address: str) -> None:
    show(page, f"{address}/{ALEXNET}#a-loop-over-a-smaller-network")
    assert opened(page) == ["model-answer", "how-we-know", "a-loop-over-a-smaller-network"]
    expect(page.locator("#a-loop-over-a-smaller-network h3")).to_be_in_viewport()


def test_a_link_into_the_reference_opens_the_entry_that_it_names(page: Page, address: str) -> None:
    show(page, f"{address}/{REFERENCE}#nnutils.networks.conv_output_size")
    entries = page.locator("details.entry[open] > summary")
    expect(entries).to_have_count(1)
    expect(entries).to_have_text("conv_output_size: details, errors, example")
    member = page.locator("details.entry dt[id^='nnutils.networks.Network.']").first
    name = member.get_attribute("id")
    page.evaluate("name => { location.hash = name; }", name)
    expect(entries).to_have_count(2)
    expect(member).to_be_in_viewport()
    page.reload()
    expect(entries).to_have_count(2)


def test_the_link_of_a_heading_works_and_folds_nothing_away(page: Page, address: str) -> None:
    show(page, f"{address}/{ALEXNET}")
    summary = page.locator("#going-further > details > summary")
    for expected in ([*AT_FIRST, "going-further"],) * 2:
        summary.locator("h2").hover()
        summary.locator("a.headerlink").click()
        settled(page, lambda: opened(page), expected)
        assert page.url.endswith("#going-further")


def test_after_a_reload_the_address_opens_nothing_that_was_closed(page: Page, address: str) -> None:
    show(page, f"{address}/{ALEXNET}#in-one-minute")
    assert opened(page) == [*AT_FIRST, "in-one-minute"]
    click(page, "in-one-minute")
    settled(page, lambda: opened(page), AT_FIRST)
    page.reload()
    assert opened(page) == AT_FIRST


def test_a_search_opens_the_place_that_fits_best_and_no_other(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html?q=alexnet+residual+vgg")
    page.locator(f"ul.search a[href*='{Path(ALEXNET).stem}']").first.click()
    page.wait_for_url(f"**/{ALEXNET}")
    shown = page.locator("article .highlighted").filter(visible=True)
    settled(page, lambda: "going-further" in opened(page), True)
    assert "solution" not in opened(page) and "what-the-sheets-say" not in opened(page)
    words = {text.lower() for text in shown.all_inner_texts()}
    assert "vgg" in words, "the rarest of the three"
    vgg = shown.filter(has_text="vgg").first
    expect(vgg).to_be_in_viewport()


def test_a_text_that_the_browser_finds_is_opened(page: Page, address: str) -> None:
    # Chromium opens <details> for what it finds in a page; a link to a text goes the same way as Ctrl+F.
    text = page.request.get(f"{address}/{ALEXNET}").text().partition('id="in-one-minute"')[2]
    words = text.partition("<p>")[2].partition("<")[0].split()[:4]
    page.goto(f"{address}/{ALEXNET}#:~:text={'%20'.join(words)}")
    settled(page, lambda: opened(page), [*AT_FIRST, "in-one-minute"])
    expect(page.locator("#in-one-minute p").first).to_be_in_viewport()


# --- on paper -----------------------------------------------------------------------------------------------


@contextmanager
def printing(page: Page) -> Iterator[None]:
    page.emulate_media(media="print")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    yield
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")


def test_on_paper_solutions_are_open_and_code_is_as_the_reader_left_it(page: Page, address: str) -> None:
    show(page, f"{address}/{ALEXNET}")
    click(page, "solution")
    opened_code = page.locator("#model-answer details.hide").nth(1)
    opened_code.locator("summary").click()
    before = opened(page)
    settled(page, lambda: "hide" in str(opened(page)), True)
    with printing(page):
        closed = page.locator("details.fold > :not(summary)").evaluate_all(
            """all => all.filter((one) => one.localName !== 'script' && !one.closest('details.hide')
                && getComputedStyle(one).display !== 'none' && !one.checkVisibility())"""
        )
        assert not closed
        assert opened_code.locator("pre").is_visible()
        assert page.locator("details.hide pre").filter(visible=True).count() == 1
        assert page.locator("details.hide > summary").filter(visible=True).count() == 0
        assert not page.locator(".fold-switches").is_visible()
        assert page.locator("#hints details[open]").count() == 0, "hints are printed if they are open"
    assert opened(page) == before
    page.pdf()  # the browser sends the same two events
    assert opened(page) == before
    page.reload()
    assert opened(page) == before, "printing is not what the reader opened"


def test_on_paper_without_scripts_solutions_are_there(browser: Browser, address: str) -> None:
    with browser.new_page(java_script_enabled=False) as page:
        page.goto(f"{address}/{ALEXNET}")
        page.emulate_media(media="print")
        assert page.locator("#model-answer p").first.is_visible()
        assert page.locator("#in-one-minute p").first.is_visible()
        assert not page.locator("details.hide pre").first.is_visible()
