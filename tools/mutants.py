"""Put small faults into nnutils, one at a time, and see whether a test notices.

Usage: python -m tools.mutants [--sample 60] [--seed 1] [--only core,networks] [--goal 0] [--write]

A quarter of the sample is drawn from nnutils.drawing. Needs a system that forks. Each fault is put into a
copy of the tree, in a temporary folder, and tried with the tests that reach its line: first those of its own
package, the fastest first, until one fails or the time for it is over; at last with the nearest that are
marked as slow. Which test reaches which line is measured first, with coverage.py, and kept in _build/mutants
until the lines change. Left out: tests that build the site or open it in a browser, the notebooks, and what
only `make test-variants` runs. A fault that makes a test hang counts as caught, and is said apart.

The faults that survived are printed as diffs. Those that change nothing are listed with a reason in
tests/equivalent_mutants.toml. --write stores the counts in docs/status/mutants.json.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from tools.mutating.children import load  # noqa: E402
from tools.mutating.control import without_unsteady  # noqa: E402
from tools.mutating.equivalents import LISTED, listed  # noqa: E402
from tools.mutating.reach import measured  # noqa: E402
from tools.mutating.reporting import facts_of, figures, survivors, table  # noqa: E402
from tools.mutating.sampling import DRAWING, drawn, package_of, sources  # noqa: E402
from tools.mutating.scratch import Scratch  # noqa: E402
from tools.mutating.trying import outcomes  # noqa: E402

__all__ = ["main", "parser"]

FIGURES = "docs/status/mutants.json"
TITLE = "Small faults put into the library"


def parser() -> argparse.ArgumentParser:
    """Return the reader of the command line."""
    reader = argparse.ArgumentParser(prog="tools.mutants", description=(__doc__ or "").split("\n")[0])
    reader.add_argument(
        "--sample", type=int, default=60, help="how many faults, a quarter of them in drawing"
    )
    reader.add_argument("--seed", type=int, default=1, help="which ones")
    reader.add_argument("--only", default="", help="packages to draw from, with commas")
    reader.add_argument("--processes", type=int, default=2, help="how many are tried at a time")
    reader.add_argument("--goal", type=float, default=0.0, help="per cent to be caught, else the run fails")
    reader.add_argument("--write", action="store_true", help=f"store the counts in {FIGURES}")
    return reader


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Run and print; return 1 if fewer were caught than the goal says, of those not listed as equivalent."""
    asked = parser().parse_args(arguments)
    texts = sources(root)
    only = set(filter(None, asked.only.split(",")))
    if only:
        texts = {module: text for module, text in texts.items() if package_of(module) in only}
    in_drawing = asked.sample // 4 if not only else asked.sample * (DRAWING in only)
    faults = drawn(texts, asked.sample - in_drawing, in_drawing, asked.seed)
    load()
    with ExitStack() as stack:
        folders = [
            Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mutants-")))
            for _ in range(asked.processes)
        ]
        copies = [Scratch(root, folder) for folder in folders]
        print(f"{len(faults)} faults. Which test reaches which line:", flush=True)
        packages = {package_of(fault.module) for fault in faults}
        reach = measured(packages, copies, root / "_build" / "mutants")
        print(
            f"  {len(reach.tests)} tests; not counted, since they fail without a fault: {reach.failed}",
            flush=True,
        )
        found = []
        for outcome in outcomes(faults, texts, reach, copies):
            found.append(outcome)
            at = f"{outcome.fault.module}:{outcome.fault.first}"
            print(
                f"  {len(found)}/{len(faults)} {at} {outcome.fault.kind}: {outcome.how} {outcome.by}",
                flush=True,
            )
        found = without_unsteady(found, reach, copies)
    known = listed(root / LISTED)
    equivalent = [
        one
        for one in found
        if one.how == "survived" and any(e.matches(one.fault, texts[one.fault.module]) for e in known)
    ]
    open_ones = [one for one in found if one not in equivalent]
    counts = figures(found, equivalent, asked.seed)
    print(survivors(open_ones, texts), table(counts), sep="\n\n")
    if asked.write:
        # not above: the faults are put into nnutils before anything of it is imported
        from nnutils.book.runs.facts import Facts, commit_of, write_facts

        command = f"make mutants SAMPLE={asked.sample} SEED={asked.seed}"
        write_facts(root / FIGURES, Facts(TITLE, command, commit_of(root), facts_of(counts)), counts)
    return int(100 * counts["caught"] < asked.goal * len(open_ones))


if __name__ == "__main__":
    sys.exit(main())
