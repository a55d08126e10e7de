"""Pages of this book beside pages of a default Jupyter Book of the same notebooks, in one browser.

Run it as ``python benchmarks/site_weight.py [PAGE ...]`` after ``make book``. Both books are served by the
same server, which compresses. Each run visits each page of both books in turn: for the first time, on the
line as it is; then another page, with what is stored by then; and for the first time on a slow line
(1.6 Mbit/s, 150 ms to each answer, a quarter of the processor). What is printed is the median of the runs
with the least and the largest.

A default page loads MathJax from another host, and nothing here asks one. ``--mathjax FOLDER`` names an
unpacked npm package (``npm pack mathjax@3``) that is served in its place; without it the default page has no
typeset mathematics, and what it weighs and takes is too little. With ``--readme`` the ratios are written into
README.md. With ``--goal`` only this book is visited, every lesson and audit page, on the slow line, and a
page that is late is an error.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # called as a file, a benchmark sees this folder only

from benchmarks.default_book import build_default  # noqa: E402
from benchmarks.readme_block import write_block  # noqa: E402
from benchmarks.site_visits import FAST, SLOW, Line, Visit, visited  # noqa: E402
from nnutils.book.pages.shell.serving import serve  # noqa: E402
from tools import browser as chromium  # noqa: E402
from tools.pages import listed  # noqa: E402

BEGIN, END = "<!-- figures of the site -->", "<!-- end of the figures of the site -->"
PAGES = ("chapters/sorting_backprop_alexnet/03_counting_alexnet", "chapters/sorting_backprop_alexnet/audit")
SECOND = "chapters/foundations/02_softmax"
WIDTH = 1440
GOAL = 2000  # milliseconds until a page can be used on the slow line
OURS, DEFAULT = "this book", "default"

Take = Callable[["Run"], float | None]


@dataclass(frozen=True)
class Run:
    """The three visits of one run to a page of one book."""

    first: Visit
    second: Visit
    slow: Visit


@dataclass(frozen=True)
class Measure:
    """One thing that is measured: its name, its unit, and how it is read from a run."""

    name: str
    unit: str
    take: Take
    digits: int = 0


MEASURES = (
    Measure("first visit", "kB", lambda run: run.first.received / 1000),
    Measure("second page", "kB", lambda run: run.second.received / 1000),
    Measure("requests, first visit", "", lambda run: len(run.first.asked)),
    Measure("time to text", "ms", lambda run: run.first.text),
    Measure("time to mathematics", "ms", lambda run: run.first.mathematics),
    Measure("time to folds", "ms", lambda run: run.first.folds),
    Measure("time to text, slow line", "ms", lambda run: run.slow.text),
    Measure("time to mathematics, slow line", "ms", lambda run: run.slow.mathematics),
    Measure("time to folds, slow line", "ms", lambda run: run.slow.folds),
    Measure("layout shift, slow line", "", lambda run: run.slow.shift, digits=3),
    Measure("nodes", "", lambda run: run.first.nodes),
    Measure("height as it comes", "px", lambda run: run.first.closed),
    Measure("height with all open", "px", lambda run: run.first.opened),
)


def values(measure: Measure, runs: Iterable[Run]) -> list[float]:
    """What was measured in each run; empty when a run has nothing to measure."""
    found = [measure.take(run) for run in runs]
    return [] if None in found else [value for value in found if value is not None]


def middle(measure: Measure, runs: Iterable[Run]) -> float | None:
    """The median of the runs, or None."""
    found = values(measure, runs)
    return statistics.median(found) if found else None


@dataclass(frozen=True)
class Comparison:
    """The runs of a page in both books."""

    page: str
    ours: list[Run]
    default: list[Run]

    def as_text(self) -> str:
        """Return a table: medians, the least and the largest, and the ratio of the medians."""
        lines = [f"{self.page:56}{OURS:>26}{DEFAULT:>26}{'ratio':>8}"]
        for measure in MEASURES:
            cells = [_cell(measure, runs) for runs in (self.ours, self.default)]
            name = f"{measure.name}{f', {measure.unit}' if measure.unit else ''}"
            lines.append(f"  {name:54}{cells[0]:>26}{cells[1]:>26}{self.ratio(measure):>8}")
        return "\n".join(lines)

    def ratio(self, measure: Measure) -> str:
        """Return ours as a share of the default's, or a dash where there is none."""
        ours, default = middle(measure, self.ours), middle(measure, self.default)
        return "-" if ours is None or not default else f"{ours / default:.2f}"

    def quoted(self, measure: Measure) -> str:
        """Return what the README quotes: weights as they are, all else as a ratio."""
        ours, default = middle(measure, self.ours), middle(measure, self.default)
        if ours is None or default is None:
            return "not measured"
        if measure.unit == "kB" or measure.digits:  # a shift of nothing has no ratio worth telling
            return f"{ours:,.{measure.digits}f} : {default:,.{measure.digits}f}"
        return self.ratio(measure)


def _cell(measure: Measure, runs: list[Run]) -> str:
    found, digits = values(measure, runs), measure.digits
    if not found:
        return "not measured"
    least, largest = min(found), max(found)
    text = f"{statistics.median(found):,.{digits}f}"
    return text if least == largest else f"{text} ({least:,.{digits}f} to {largest:,.{digits}f})"


def as_markdown(comparisons: list[Comparison]) -> str:
    """Return what the README quotes."""
    names = " | ".join(f"`{one.page.removeprefix('chapters/')}`" for one in comparisons)
    lines = [
        f"This book : a default Jupyter Book of the same notebooks, {len(comparisons[0].ours)} runs of each. "
        "Weights in kB as they come over the line,",
        "compressed; times, requests, nodes and heights as ratios of the medians, below 1 where this book "
        "has less.",
        "",
        f"| | {names} |",
        f"|---|{'---:|' * len(comparisons)}",
    ]
    for measure in MEASURES:
        name = f"{measure.name}{', kB' if measure.unit == 'kB' else ''}"
        lines.append(f"| {name} | {' | '.join(one.quoted(measure) for one in comparisons)} |")
    return "\n".join(lines)


# --- visits -------------------------------------------------------------------------------------------------


def fresh(browser: Browser, addresses: list[str], line: Line = FAST) -> list[Visit]:
    """Visit these addresses one after the other, as somebody who comes for the first time."""
    size = {"width": WIDTH, "height": 900}
    with browser.new_context(viewport=size, color_scheme="light") as context:  # type: ignore[arg-type]
        return [visited(context, address, line) for address in addresses]


def run(browser: Browser, book: str, page: str) -> Run:
    """Visit a page of one book in the three ways."""
    address, second = (f"{book}/{name}.html" for name in (page, SECOND))
    first, after = fresh(browser, [address, second])
    return Run(first, after, fresh(browser, [address], SLOW)[0])


def compare(browser: Browser, ours: str, default: str, page: str, runs: int) -> Comparison:
    """Visit a page of both books in turns, so that other programs disturb neither more than the other."""
    turns = [[run(browser, book, page) for book in (ours, default)] for _ in range(runs)]
    return Comparison(page, *([turn[place] for turn in turns] for place in (0, 1)))


def late(browser: Browser, book: str, pages: list[str], runs: int) -> list[str]:
    """Print when each page can be used on the slow line, at the least; return those that are late."""
    found = []
    print(f"{'milliseconds on the slow line':56}{'text':>8}{'folds':>8}{'theme':>8}")
    for page in pages:
        visits = [fresh(browser, [f"{book}/{page}.html"], SLOW)[0] for _ in range(runs)]
        least = [_least(visits, name) for name in ("text", "folds", "theme")]
        told = ("never" if one is None else f"{one:.0f}" for one in least)
        print(f"{page:56}{''.join(f'{one:>8}' for one in told)}", flush=True)
        if any(one is None or one > GOAL for one in least):
            found.append(page)
    return found


def _least(visits: list[Visit], name: str) -> float | None:
    return min((one for visit in visits if (one := getattr(visit, name)) is not None), default=None)


# --- the command --------------------------------------------------------------------------------------------


def parsed(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "pages", nargs="*", help="as in _toc.yml (the lesson on AlexNet, the audit of its part)"
    )
    parser.add_argument("--runs", type=int, default=3, help="visits of each kind (3)")
    parser.add_argument("--site", type=Path, default=ROOT / "_build/html", help="the site of this book")
    parser.add_argument("--default", type=Path, help="a default book that is built already")
    parser.add_argument("--mathjax", type=Path, help="the unpacked npm package mathjax, version 3")
    parser.add_argument("--readme", action="store_true", help="write the ratios into README.md")
    parser.add_argument("--goal", action="store_true", help="visit this book only, on the slow line")
    asked = parser.parse_args(arguments)
    if asked.goal:
        asked.pages = asked.pages or [page for page in listed() if _is_judged(page)]
    asked.pages = asked.pages or list(PAGES)
    for page in asked.pages:
        if page not in listed():
            parser.error(f"_toc.yml lists no page {page!r}. The first that it lists is {listed()[0]!r}.")
    if asked.runs < 1:
        parser.error(f"--runs {asked.runs}: at least one run is needed.")
    if not (asked.site / "index.html").is_file():
        parser.error(f"There is no site in {asked.site} yet: run 'make book' first.")
    if asked.readme and asked.mathjax is None and asked.default is None:
        parser.error("--readme needs --mathjax: without it the default page has no typeset mathematics.")
    return asked


def _is_judged(page: str) -> bool:
    """Return whether a page is a lesson or an audit page: the goal is theirs."""
    name = page.rpartition("/")[2]
    return page.startswith("chapters/") and (name[:2].isdigit() or name == "audit")


def main() -> None:
    asked = parsed()
    path = chromium.find()
    if path is None:
        raise SystemExit(chromium.MISSING)
    with ExitStack() as stack:
        ours = stack.enter_context(serve(asked.site))
        browser = stack.enter_context(chromium.chromium(path))
        if asked.goal:
            if found := late(browser, ours, asked.pages, asked.runs):
                raise SystemExit(f"Not usable within {GOAL} ms: {', '.join(found)}")
            return
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        default = stack.enter_context(serve(asked.default or build_default(folder, asked.mathjax)))
        comparisons = [compare(browser, ours, default, page, asked.runs) for page in asked.pages]
    if not asked.readme:
        print("\n\n".join(one.as_text() for one in comparisons))
        print(f"\nMedians of {asked.runs} runs (least to largest). The second page is {SECOND}.")
        return
    write_block(BEGIN, END, as_markdown(comparisons))


if __name__ == "__main__":
    main()
