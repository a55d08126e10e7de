"""Fuzzing: odd inputs for every target, each of which gives a right answer or a named error, within bounds.

    python tools/fuzz.py [NUMBER] [--seed SEED] [--only NAME...] [--jobs JOBS] [--write FILE]

NUMBER inputs are drawn, divided between the targets of tests/support/fuzzing. Each runs in a process that is
stopped after two seconds, or at 500 MB. Prints what came of them by target, and each fault with the smallest
input that has it; the exit status is 1 where there is one. FILE gets the figures as JSON. What is drawn
depends on NUMBER and SEED, and not on JOBS, which says how many targets are tried at once.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from nnutils.book.runs.facts import Facts, commit_of, write_facts  # noqa: E402

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # each thread would take memory of its own

__all__ = ["main"]

_COLUMNS = ("inputs", "right", "named", "wrong", "foreign", "over_time", "over_memory")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the fuzzing, print and store its figures."""
    parser = argparse.ArgumentParser(prog="tools/fuzz.py", description="Odd inputs for every target.")
    parser.add_argument("number", nargs="?", type=int, default=2_000, help="how many inputs (default 2,000)")
    parser.add_argument("--seed", type=int, default=0, help="what the inputs are drawn from")
    parser.add_argument("--only", nargs="+", default=[], help="these targets only, by parts of their names")
    parser.add_argument("--jobs", type=int, default=1, help="so many targets at once (default 1)")
    parser.add_argument("--write", type=Path, help="write the figures to this file, as JSON")
    parser.add_argument("--target", help=argparse.SUPPRESS)  # what a job is started with
    options = parser.parse_args(arguments)
    running = importlib.import_module("support.fuzzing.running")
    every = importlib.import_module("support.fuzzing.targets.every").TARGETS
    if options.target:
        (target,) = (one for one in every if one.name == options.target)
        print(json.dumps(running.figures_of(running.fuzz(target, options.number, options.seed))))
        return 0
    targets = [one for one in every if not options.only or any(part in one.name for part in options.only)]
    if not targets:
        parser.error(f"No target has such a name. There are: {', '.join(one.name for one in every)}.")
    given_out = [(target.name, number) for target, number in running.shares(targets, options.number)]
    found = {}
    print(_row("target", *_COLUMNS, "slowest s", "MB"), flush=True)
    for name, figures in _in_jobs(given_out, options.seed, max(1, options.jobs)):
        found[name] = figures
        print(_line(name, figures), flush=True)
        for fault in figures["faults"]:
            print(f"  {fault['kind']}: {fault['input']}\n    {fault['error']}", flush=True)
    whole = running.summed_up({name: found[name] for name, _ in given_out if name in found}, options.seed)
    print(_line("all", whole))
    if options.write:
        command = f"make fuzz N={options.number} SEED={options.seed}"
        facts = (
            ("inputs drawn", whole["inputs"]),
            ("wrong answers", whole["wrong"]),
            ("foreign exceptions", whole["foreign"]),
            ("inputs that took over 2 s", whole["over_time"]),
            ("inputs that took over 500 MB", whole["over_memory"]),
            ("longest, in s", round(whole["slowest_seconds"], 2)),
        )
        write_facts(options.write, Facts("Inputs fuzzed", command, commit_of(ROOT), facts), whole)
    return int(any(whole[kind] for kind in ("wrong", "foreign", "over_time", "over_memory")))


def _in_jobs(given_out: list[tuple[str, int]], seed: int, jobs: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the figures of each target, run in a process of its own, as soon as they are there."""

    def run(name: str, number: int) -> dict[str, Any]:
        command = [sys.executable, __file__, str(number), "--seed", str(seed), "--target", name]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        made: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return made

    with ThreadPoolExecutor(jobs) as pool:
        waiting = {pool.submit(run, name, number): name for name, number in given_out if number}
        for one in as_completed(waiting):
            yield waiting[one], one.result()


def _line(name: str, figures: dict[str, Any]) -> str:
    counts = (f"{figures[column]:,}" for column in _COLUMNS)
    return _row(name, *counts, f"{figures['slowest_seconds']:.2f}", str(figures["megabytes"]))


def _row(name: str, *cells: str) -> str:
    return f"{name:<32}" + "".join(f"{cell:>12}" for cell in cells)


if __name__ == "__main__":
    raise SystemExit(main())
