"""A browser for these tests, and a picture of what it showed when one of them fails."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tools.browser import MISSING, chromium, find, served
from tools.pages import ROOT

PICTURES = ROOT / "_build/browser"


# By module: Playwright keeps an event loop while it runs, and notebooks tested by the same worker want one.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = find()
    if path is None:
        pytest.skip(MISSING)
    expect.set_options(timeout=30_000)  # a busy machine is no failure
    with chromium(path) as one:
        yield one


# By module, as the browser; `browser` comes first, so that without one nothing is built.
@pytest.fixture(scope="module")
def address(browser: Browser, site: Path) -> Iterator[str]:
    """The address of the built site, served on this machine."""
    with served(site) as one:
        yield one


def shown(item: pytest.Item) -> list[Page]:
    """The pages that a test had open."""
    values = getattr(item, "funcargs", {}).values()
    return [page for value in values if isinstance(page := getattr(value, "page", value), Page)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call" and report.failed:
        for number, page in enumerate(shown(item)):
            name = re.sub(r"[^\w.-]+", "-", item.name)
            file = PICTURES / f"{name}-{number}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            try:
                page.screenshot(path=file, full_page=True)
                report.sections.append(("Picture of the page", str(file.relative_to(ROOT))))
            except Exception as problem:  # the report of the failure matters more than its picture
                report.sections.append(("No picture of the page", str(problem)))
    return report
