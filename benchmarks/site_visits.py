"""One visit to a page of a built site: what came over the line, when it could be used, how large it is."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, CDPSession, Page

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # called as a file, a benchmark sees this folder only

from tools.browser import load_pictures  # noqa: E402

LONG = 120_000  # milliseconds that a page may take on a slow line
QUIET = 0.5  # seconds without a request


@dataclass(frozen=True)
class Line:
    """A line and a processor: bits a second (0: as they come), milliseconds to an answer, times as slow."""

    name: str
    bits: int = 0
    latency: int = 0
    slower: int = 1


FAST = Line("fast line")
SLOW = Line("slow line", bits=1_600_000, latency=150, slower=4)

# Looks at each frame whether the page can be used. What is tried is undone before anything is drawn.
WATCH = """
(() => {
  const seen = (window.weighed = { mathematics: null, folds: null, theme: null, shift: 0 });
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) seen.shift += one.value;
  }).observe({ type: "layout-shift", buffered: true });
  const shown = (selector) =>
    [...document.querySelectorAll(selector)].slice(0, 20).find((one) => one.checkVisibility());
  const works = {
    mathematics: () => shown("article mjx-container, article math"),
    folds() {
      const fold = shown("article details");
      if (!fold || !fold.querySelector("summary")) return false;
      const was = fold.open;
      fold.querySelector("summary").click();
      const reacted = fold.open !== was;
      fold.open = was;
      return reacted;
    },
    theme() {
      const button = shown(".theme-switch-button");
      if (!button) return false;
      const root = document.documentElement.dataset;
      const was = root.mode;
      button.click();
      if (root.mode === was) return false;
      for (let more = 0; more < 5 && root.mode !== was; more += 1) button.click();
      return true;
    },
  };
  const look = () => {
    const waiting = Object.keys(works).filter((name) => seen[name] === null);
    for (const name of waiting) if (document.body && works[name]()) seen[name] = performance.now();
    if (waiting.length) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""
TEXT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
TYPESET = "() => window.MathJax?.startup?.promise?.then(() => true)"
NODES = "() => document.querySelectorAll('*').length"
# what is laid out only in sight has a height that is guessed
WHOLE = "*, *::before, *::after { content-visibility: visible !important; }"
HEIGHT = "() => document.documentElement.scrollHeight"
OPEN = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@dataclass
class Traffic:
    """What a page asks a server for, and what comes over the line, with the heads of the answers."""

    received: int = 0
    asked: list[str] = field(default_factory=list)
    came: dict[str, int] = field(default_factory=dict)
    refused: int = 0
    waiting: set[str] = field(default_factory=set)

    def listen(self, session: CDPSession) -> None:
        """Note all that happens from now on."""
        addresses: dict[str, str] = {}

        def sent(event: dict[str, Any]) -> None:
            address = urldefrag(event["request"]["url"])[0]
            if not address.startswith(("data:", "blob:")):
                addresses[event["requestId"]] = address
                self.asked.append(address)
                self.waiting.add(event["requestId"])

        def kept(event: dict[str, Any]) -> None:
            address = addresses.pop(event["requestId"], None)
            if address is not None and address in self.asked:
                self.asked.remove(address)

        def answered(event: dict[str, Any]) -> None:
            if event["response"].get("fromDiskCache"):
                kept(event)

        def finished(event: dict[str, Any]) -> None:
            self.waiting.discard(event["requestId"])
            if address := addresses.get(event["requestId"]):
                size = int(event["encodedDataLength"])
                self.received += size
                self.came[address] = self.came.get(address, 0) + size

        def failed(event: dict[str, Any]) -> None:
            self.waiting.discard(event["requestId"])
            self.refused += event["requestId"] in addresses

        session.on("Network.requestWillBeSent", sent)
        session.on("Network.requestServedFromCache", kept)
        session.on("Network.responseReceived", answered)
        session.on("Network.loadingFinished", finished)
        session.on("Network.loadingFailed", failed)

    def wait_for_quiet(self, page: Page) -> None:
        """Wait until nothing was on its way for half a second. Playwright would wait for what was refused."""
        quiet = time.monotonic()
        end = quiet + LONG / 1000
        while time.monotonic() < min(quiet + QUIET, end):
            page.wait_for_timeout(50)
            if self.waiting:
                quiet = time.monotonic()


@dataclass(frozen=True)
class Visit:
    """What one visit was like. Times are milliseconds from its beginning; None is what did not happen.

    ``asked`` and ``came`` are the addresses in order, and the bytes of each.
    """

    received: int
    asked: tuple[str, ...]
    came: Mapping[str, int]
    refused: int
    text: float | None
    mathematics: float | None
    folds: float | None
    theme: float | None
    shift: float
    nodes: int
    closed: int
    opened: int


def visited(context: BrowserContext, address: str, line: Line = FAST) -> Visit:
    """Open a page in a tab of its own, wait until nothing more comes, and measure it.

    A new context is a first visit; the same context again has a warm cache.
    """
    page = context.new_page()
    session, traffic = context.new_cdp_session(page), Traffic()
    session.send("Network.enable")
    # nothing is asked of another host, whether there is a network or not
    session.send("Network.setBlockedURLs", {"urls": ["https://*"]})
    if line.bits:
        speed = line.bits / 8
        conditions: dict[str, float] = {"offline": False, "latency": line.latency}
        conditions |= {"downloadThroughput": speed, "uploadThroughput": speed}
        session.send("Network.emulateNetworkConditions", conditions)
    if line.slower > 1:
        session.send("Emulation.setCPUThrottlingRate", {"rate": line.slower})
    traffic.listen(session)
    page.add_init_script(WATCH)
    page.goto(address, wait_until="load", timeout=LONG)
    traffic.wait_for_quiet(page)
    page.evaluate(TYPESET)
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    seen, text = page.evaluate("() => weighed"), page.evaluate(TEXT)
    session.detach()  # what follows asks for every picture, and is not slow any more
    nodes, closed, opened = sizes(page)
    page.close()
    return Visit(
        received=traffic.received,
        asked=tuple(traffic.asked),
        came=traffic.came,
        refused=traffic.refused,
        text=text,
        # what is there before anything is drawn is there with the text
        **{name: _later(text, seen[name]) for name in ("mathematics", "folds", "theme")},
        shift=seen["shift"],
        nodes=nodes,
        closed=closed,
        opened=opened,
    )


def _later(text: float | None, moment: float | None) -> float | None:
    return None if text is None or moment is None else max(text, moment)


def sizes(page: Page) -> tuple[int, int, int]:
    """The nodes of an open page, and its height in pixels as it comes and with every fold open."""
    nodes = page.evaluate(NODES)
    load_pictures(page)
    page.add_style_tag(content=WHOLE)
    closed = page.evaluate(HEIGHT)
    page.evaluate(OPEN)
    load_pictures(page)
    return nodes, closed, page.evaluate(HEIGHT)
