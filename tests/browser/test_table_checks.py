"""The checks of numbers and tables find the fault of a small page each, and nothing on a page without one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page
from support.table_checks import broken_numbers, spilling_cells, verdicts_out_of_sight

pytestmark = pytest.mark.slow

Check = Callable[[Page], list[str]]
CHECKS: list[Check] = [broken_numbers, spilling_cells, verdicts_out_of_sight]
NARROW = "width: 5em; font: 16px monospace; overflow-wrap: anywhere"
SOUND = f"""
<p style="{NARROW}">In 3, 5, 7, 9 and 11 lines of text, FC-1 has 1,200 numbers, 96 · 55 · 55 too.</p>
<p style="{NARROW}"><code>Conv2d_1_2_3_4_5</code> <b>7</b>8, a-<br>1</p>
<div class="highlight" style="{NARROW}"><pre style="white-space: pre-wrap">123456789012</pre></div>
<div class="verdicts"><table><th>a claim</th><td><span class="verdict">right</span></td></table></div>
"""
VERDICT = '<span class="verdict">wrong</span>'
FAULTS: list[tuple[Check, str, str]] = [
    (broken_numbers, f"<p style='{NARROW}'>15,415,200</p>", "15,415,200 breaks in <p>"),
    (broken_numbers, f"<p style='{NARROW}'>at <span>1234567890</span></p>", "1234567890 breaks in <span>"),
    (broken_numbers, "<p style='width: 1em'>of 67.9 %</p>", "67.9 % breaks in <p>"),
    (broken_numbers, "<p style='width: 1em'>9.36e-14</p>", "9.36e-14 breaks in <p>"),
    (broken_numbers, f"<table><td style='{NARROW}; max-width: 3em'>−12.345</td></table>", "−12.345 breaks"),
    (
        verdicts_out_of_sight,
        f"<p style='position: absolute; left: 350px'>{VERDICT}</p>",
        "wrong reaches from 350",
    ),
    (
        verdicts_out_of_sight,
        f"<p style='position: absolute; left: -9px'>{VERDICT}</p>",
        "wrong reaches from -9",
    ),
    (verdicts_out_of_sight, f"<p style='display: none'>{VERDICT}</p>", "not shown: wrong"),
    (
        verdicts_out_of_sight,
        f"<div class='verdicts' style='width: 99px; overflow: auto'><p style='margin-left: 80px'>{VERDICT}",
        "wrong reaches from 88",
    ),
    (
        spilling_cells,
        "<div class='verdicts'><p><table style='table-layout: fixed; width: 60px'><td>1,677,721,600</table>",
        "pixels in a cell of",
    ),
]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 390, "height": 800}) as context:
        yield context.new_page()


def shown(page: Page, body: str) -> Page:
    page.set_content(f"<!doctype html><meta charset=utf-8><article>{SOUND}{body}</article>")
    return page


def test_a_sound_page_has_no_fault(page: Page) -> None:
    shown(page, "")
    assert [check(page) for check in CHECKS] == [[]] * len(CHECKS)


@pytest.mark.parametrize(
    ("check", "body", "finding"), FAULTS, ids=[f"{c.__name__}-{f}" for c, _, f in FAULTS]
)
def test_a_fault_is_found(page: Page, check: Check, body: str, finding: str) -> None:
    found = check(shown(page, body))
    assert any(finding in one for one in found), found
