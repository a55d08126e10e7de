"""Say how the last full run of the tests spent its time, beside what each kind of test may take.

Usage: python tools/budget.py [WORKERS]

Reads what `make test` leaves in _build/test_durations.json. The minutes are those of WORKERS processes at
once (2), as if none of them ever waited. What is over its budget belongs into the weekly workflow.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # called as a file, this sees tools/ only

from nnutils.book.runs.shards import DURATIONS  # noqa: E402

__all__ = ["BUDGET", "kind_of", "main", "spent"]

BUDGET = {"site and browser": 8.0, "mutation of claims": 3.0, "notebooks": 2.0, "other tests": 6.0}
"""Minutes on two cores. With four for the environment and the book, `.ci/run` keeps below twenty-five."""

KINDS = {
    "site and browser": (
        "tests/browser/",
        "tests/book/pages/",
        "tests/book/student/",
        "tests/book/away/",
        "tests/book/paper/",
        "tests/book/test_site",
        "tests/project/test_another_course.py",
        "tests/project/test_book.py",
    ),
    "mutation of claims": ("tests/audit/test_claim_mutations.py",),
    "notebooks": ("intro.ipynb", "chapters/"),
}
"""How the names of the tests of each kind begin; what is left is other tests."""

LONGEST = 15


def kind_of(name: str) -> str:
    """Return which part of the budget a test belongs to."""
    return next((kind for kind, starts in KINDS.items() if name.startswith(starts)), "other tests")


def spent(durations: Mapping[str, float], workers: int = 2) -> dict[str, float]:
    """Return the minutes of each kind of test, on so many processes at once."""
    seconds = dict.fromkeys(BUDGET, 0.0)
    for name, duration in durations.items():
        seconds[kind_of(name)] += duration
    return {kind: total / workers / 60 for kind, total in seconds.items()}


def main(arguments: list[str]) -> int:
    """Print the table and the longest tests."""
    if len(arguments) > 1 or not all(one.isdecimal() and int(one) for one in arguments):
        print(__doc__)
        return 2
    file = ROOT / DURATIONS
    if not file.is_file():
        print("No full run has left its durations here: run `make test` first.", file=sys.stderr)
        return 2
    durations: dict[str, float] = json.loads(file.read_text(encoding="utf-8"))
    minutes = spent(durations, *map(int, arguments))
    print(f"{'':20}{'minutes':>9}{'budget':>9}")
    for kind, most in BUDGET.items():
        print(f"{kind:20}{minutes[kind]:9.1f}{most:9.1f}{'  over' if minutes[kind] > most else ''}")
    print(f"{'all':20}{sum(minutes.values()):9.1f}{sum(BUDGET.values()):9.1f}\n\nThe longest tests, in s:")
    for name, seconds in sorted(durations.items(), key=lambda pair: -pair[1])[:LONGEST]:
        print(f"{seconds:7.1f}  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
