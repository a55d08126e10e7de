"""How the time to lint a text grows with its length, and how it compares with parsing the text as Markdown.

Run it as ``python benchmarks/lint_speed.py``. Each text is one kind of sheet repeated with other numbers,
of 10 to 160 kB. The first table is the time for a kB as a multiple of that in the shortest text: 1 all along
is time proportional to length. The second is the time of linting as a multiple of that of `markdown-it-py`,
which only parses the same text, in the same process and by turns, so that other programs disturb both alike.
CPU time is measured, the least of several turns. With ``--readme`` the figures are written into README.md.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # called as a file, a benchmark sees this folder only

from benchmarks.lint_cases import STYLES, Case, draw  # noqa: E402
from benchmarks.readme_block import write_block  # noqa: E402
from nnutils.lint import lint  # noqa: E402

SIZES = (10, 20, 40, 80, 160)
"""Thousands of characters."""

COMPARED, LONGEST_TURN = 40, 160
TURNS, SEED = 2, 1
BEGIN, END = "<!-- figures of the speed of lint -->", "<!-- end of the figures of the speed of lint -->"
GOAL = 1.5
"""So much longer a kB of the longest text may take than one of the shortest."""


def prose(chance: random.Random) -> str:
    """Return a paragraph that states nothing."""
    words = "the layer network of weights sees each unit and a kernel moves over its input while we count"
    return " ".join(chance.choice(words.split()) for _ in range(60)) + "."


def sums(chance: random.Random) -> str:
    """Return lines of arithmetic with names."""
    a, b, c = (chance.randrange(2, 300) for _ in range(3))
    return (
        f"# units: {a} × {b} × {c} = {a * b * c:,}\nSo {a} + {b} = {a + b}, which is {(a + b) * c:,} / {c}."
    )


def table(chance: random.Random) -> str:
    """Return a table with a total."""
    rows = [[chance.randrange(1_000) for _ in range(4)] for _ in range(12)]
    lines = [f"| row {place} | {' | '.join(map(str, row))} |" for place, row in enumerate(rows)]
    last = " | ".join(str(sum(row[column] for row in rows)) for column in range(4))
    return "\n".join(["| row | a | b | c | d |", "|---|---|---|---|---|", *lines, f"| Total | {last} |"])


@cache
def drawn() -> tuple[Case, ...]:
    """Return four worked solutions of each style."""
    return tuple(draw(4 * len(STYLES), SEED))


def sheets(style: str) -> Callable[[random.Random], str]:
    """Return what gives the worked solutions of one style of `lint_quality.py`, one after another."""
    texts = [case.text for case in drawn() if case.style == style]
    return lambda chance: chance.choice(texts)


def kinds() -> dict[str, Callable[[random.Random], str]]:
    """Return what makes a part of each kind of text."""
    return {
        "prose": prose,
        "arithmetic with names": sums,
        "tables with totals": table,
        "worked solutions": sheets("marking-scheme"),
        "German solutions": sheets("german"),
    }


def text_of(part: Callable[[random.Random], str], thousands: int) -> str:
    """Return parts of a kind one after another, so many thousand characters in all."""
    chance, parts, length = random.Random(SEED), list[str](), 0
    while length < 1_000 * thousands:
        parts.append(part(chance))
        length += len(parts[-1]) + 2
    return "\n\n".join(parts)


def seconds(work: Callable[[str], object], text: str) -> float:
    """Return the CPU time of one run."""
    start = time.process_time()
    work(text)
    return time.process_time() - start


def growth(part: Callable[[random.Random], str], turns: int) -> list[float]:
    """Return the time for a kB of each size as a multiple of that of the first size."""
    texts = [text_of(part, size) for size in SIZES]
    times: list[list[float]] = [[] for _ in texts]
    for turn in range(turns):
        for size, text, taken in zip(SIZES, texts, times, strict=True):
            if not turn or size * turns <= LONGEST_TURN:  # a long text evens its disturbances out by itself
                taken.append(seconds(lint, text))
    rates = [min(taken) / len(text) for taken, text in zip(times, texts, strict=True)]
    return [rate / rates[0] for rate in rates]


def against_parsing(part: Callable[[random.Random], str], turns: int) -> float:
    """Return the time of linting a text as a multiple of that of parsing it as Markdown."""
    text, parser = text_of(part, COMPARED), MarkdownIt("gfm-like", {"linkify": False})
    pairs = [(seconds(lint, text), seconds(parser.parse, text)) for _ in range(turns)]
    return min(one for one, _ in pairs) / min(other for _, other in pairs)


def parsed(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--turns", type=int, default=TURNS, help=f"runs of each text ({TURNS})")
    parser.add_argument("--readme", action="store_true", help="write the figures into README.md")
    asked = parser.parse_args(arguments)
    if asked.turns < 1:
        parser.error(f"--turns is {asked.turns}: at least one is needed.")
    return asked


def report(rows: dict[str, tuple[list[float], float]]) -> str:
    """Return the figures as a table of Markdown, and whether time grows with length only."""
    head = "| text | " + " | ".join(f"{size} kB" for size in SIZES) + " | linting / parsing |"
    lines = [head, "|---" + "|---:" * (len(SIZES) + 1) + "|"]
    for name, (rates, ratio) in rows.items():
        lines.append(f"| {name} | {' | '.join(f'{rate:.2f}' for rate in rates)} | {ratio:.0f} |")
    most = max(rates[-1] for rates, _ in rows.values())
    met = "met" if most <= GOAL else "not met"
    goal = f"A kB of {SIZES[-1]} kB takes at most {most:.2f} times as long as one of {SIZES[0]} kB; "
    goal += f"goal: at most {GOAL}: {met}."
    return "\n".join([*lines, "", goal])


def main() -> None:
    asked = parsed()
    rows = {
        name: (growth(part, asked.turns), against_parsing(part, asked.turns))
        for name, part in kinds().items()
    }
    text = report(rows)
    if asked.readme:
        write_block(BEGIN, END, text)
    else:
        print(text)


if __name__ == "__main__":
    main()
