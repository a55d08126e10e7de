"""Measure everything, store it piece by piece, and write the page of the book that shows it.

``python -m benchmarks.peers`` takes an hour on two cores. Each classifier, and each benchmark of time, is
stored when it is there: ``--only`` measures some parts again, ``--models NAME...`` some classifiers, and
what else is stored stays. ``--page`` measures nothing and writes the page anew.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from benchmarks.peers.page import PAGE, page
from benchmarks.peers.stored import LISTS, MEASURED, put, read
from benchmarks.peers.timing import measured
from benchmarks.peers.whole import missing

LIBRARIES = (
    "torch",
    "torchvision",
    "torchinfo",
    "fvcore",
    "thop",
    "ptflops",
    "micrograd",
    "autograd",
    "scipy",
    "numpy",
)


def main() -> None:
    """Read the command line, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=LISTS, default=LISTS, help="measure these parts")
    parser.add_argument("--models", nargs="+", metavar="NAME", help="count these classifiers, nothing else")
    parser.add_argument("--page", action="store_true", help="measure nothing, write the page")
    given = parser.parse_args()
    if not given.page:
        versions = {name: version(name).partition("+")[0] for name in LIBRARIES}
        for part in ("models",) if given.models else given.only:
            for elements in _measured(part, given.models):
                put(part, elements, versions, MEASURED)
                print(*(_said(one) for one in elements), sep="\n", flush=True)
    data = read()
    if lacking := missing(data):
        print(f"The page stays as it is: not measured are {', '.join(lacking)}.")
        return
    PAGE.write_text(page(data), encoding="utf-8")


def _measured(part: str, models: list[str] | None) -> Iterator[list[dict[str, Any]]]:
    """Yield what is measured, as many elements at a time as belong together."""
    if part in ("ratios", "curves"):
        yield from measured(part)
        return
    import torch

    torch.set_num_threads(2)
    if part == "probes":
        from benchmarks.peers.probes import probed

        yield list(probed())
    else:
        from benchmarks.peers.models import classifiers, counted

        for one in classifiers():
            if models is None or one.name in models:
                yield [counted(one)]


def _said(one: dict[str, Any]) -> str:
    """Return an element as a line to look at."""
    answers = one.get("answers")
    if answers is None:
        return " ".join(map(str, one.values()))
    return f"{one['name']}: " + ", ".join(
        f"{name} {answer.get('error') or answer.get('macs')}" for name, answer in answers.items()
    )


if __name__ == "__main__":
    main()
