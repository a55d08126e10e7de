"""What a page weighs on its way to the reader, that nothing moves meanwhile, and that nothing comes twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks.site_visits import Visit, visited
from nnutils.book.pages.shell.serving import serve

pytestmark = pytest.mark.slow

LESSON = "chapters/sorting_backprop_alexnet/03_counting_alexnet"
AUDIT = "chapters/foundations/audit"  # the longest
FIRST, SECOND = 300_000, 60_000  # bytes, compressed, with the heads of the answers
SHIFT = 0.02
WIDE, PHONE = 1440, 390


@pytest.fixture(scope="module")
def address(browser: Browser, site: Path) -> Iterator[str]:
    with serve(site) as one:
        yield one


def visits(browser: Browser, width: int, *addresses: str) -> list[Visit]:
    """Open pages one after the other, as somebody who comes for the first time."""
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        return [visited(context, one) for one in addresses]


def faults(visit: Visit, most: int) -> list[str]:
    """What is wrong with the weight of a page, one line each."""
    found = [f"asked for {times} times: {one}" for one, times in Counter(visit.asked).items() if times > 1]
    if visit.received > most:
        heaviest = sorted(visit.came.items(), key=lambda one: -one[1])[:5]
        found.append(f"{visit.received:,} bytes, more than {most:,}; the heaviest: {heaviest}")
    if visit.shift >= SHIFT:
        found.append(f"what is drawn moves: {visit.shift:.3f}")
    if visit.refused:
        found.append(f"{visit.refused} requests failed")
    return found


@pytest.mark.parametrize(
    ("width", "first", "second"), [(WIDE, LESSON, AUDIT), (PHONE, AUDIT, LESSON)], ids=["wide", "phone"]
)
def test_a_lesson_and_an_audit_page_are_light_and_come_at_rest(
    browser: Browser, address: str, width: int, first: str, second: str
) -> None:
    one, other = visits(browser, width, f"{address}/{first}.html", f"{address}/{second}.html")
    assert not faults(one, FIRST)
    assert not faults(other, SECOND)
    for visit in (one, other):
        assert visit.text is not None and visit.mathematics is not None
        assert visit.folds is not None and visit.theme is not None


SMALL_PAGES = {
    "sound": ("", []),
    "twice": (
        "<script>const ask = () => fetch('one.js', {cache: 'no-store'}); ask().then(ask)</script>",
        ["asked for 2 times"],
    ),
    "missing": ("<img src='https://example.org/x.svg' alt='elsewhere'>", ["1 requests failed"]),
    "restless": (
        "<script>setTimeout(() => document.querySelector('p').before("
        "Object.assign(document.createElement('div'), {style: 'height: 300px'})), 100)</script>",
        ["what is drawn moves"],
    ),
    "heavy": ("<img src='noise.png' alt='noise'>", ["bytes, more than"]),
}


@pytest.mark.parametrize("name", SMALL_PAGES)
def test_what_is_wrong_with_a_small_page_is_found(browser: Browser, tmp_path: Path, name: str) -> None:
    body, expected = SMALL_PAGES[name]
    (tmp_path / "one.js").write_text("x = 0;", encoding="utf-8")
    (tmp_path / "noise.png").write_bytes(bytes(range(256)) * 40)
    head = "<!doctype html><meta charset=utf-8><link rel=icon href=data:,><p style='height: 400px'>Text</p>"
    (tmp_path / "page.html").write_text(head + body, encoding="utf-8")
    with serve(tmp_path) as address:
        found = faults(visits(browser, WIDE, f"{address}/page.html")[0], 8_000)
    assert len(found) == len(expected), found
    assert all(words in line for words, line in zip(expected, found, strict=True))
