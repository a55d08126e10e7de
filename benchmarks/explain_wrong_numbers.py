"""How often `nnutils.slips.explain` finds the slip behind a wrong answer, and how often it invents one.

Run it as ``python benchmarks/explain_wrong_numbers.py [N]``. N wrong answers (200) for each kind of slip are
drawn by ``wrong_numbers.py``, which was written before the rules were. "At 1" and "at 3" are the shares whose
true kind is among the first one or three slips named. Values drawn without a slip show how often one is
invented. With ``--readme`` the figures are written into README.md.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from dataclasses import dataclass

from readme_block import write_block
from wrong_numbers import (
    GENERATORS,
    Wrong,
    draw,
    of_twenty_layers,
    without_a_slip,
    without_a_slip_in_a_trace,
)

from nnutils.slips import Quantity, Slip, explain, quantities, rows_as_quantities

SEED = 1
BEGIN, END = "<!-- figures of explain -->", "<!-- end of the figures of explain -->"

# What the explanation of each kind may be called. One answer often has two explanations that are both true: a
# kernel of 3 left out of 3 · 3 is "a factor left out" and so is the group of input channels, when they are 3.
NAMES: dict[str, tuple[str, ...]] = {
    "a factor left out": ("a factor left out",),
    "a factor used twice": ("a factor used twice",),
    "doubled or halved": ("doubled or halved",),
    "a term left out": ("a term left out",),
    "a term used twice": ("a term used twice",),
    "plus for times": ("plus for times",),
    "a digit lost": ("a digit lost", "a power of ten"),  # where it was the last 0
    "a digit added": ("a digit added", "a power of ten"),
    "a digit changed": ("a digit changed",),
    "two digits swapped": ("two digits exchanged",),
    "a power of ten": ("a power of ten",),
    "a digit slip in a factor": (
        "a digit lost",
        "a digit added",
        "a digit changed",
        "two digits exchanged",
        "a power of ten",
    ),
    "input for output channels": ("another number",),
    "the previous layer's number": ("another number",),
    "the kernel of another layer": ("another number",),
    "input size for output size": ("another number",),
    "units for weights": ("another number",),
    "biases in or out": ("biases counted", "a term left out"),
    "all biases in a total": ("biases counted",),
    "a bias for each unit": ("biases counted",),
    "groups ignored or applied twice": ("a setting ignored", "groups applied twice"),
    "stride ignored": ("a setting ignored",),
    "padding ignored or on one side": ("a setting ignored", "padding on one side"),
    "dilation ignored": ("a setting ignored",),
    "ceiling for floor": ("rounded up",),
    "window not subtracted": ("the window not subtracted",),
    "one added too often or not at all": ("a term left out",),
    "not rounded": ("not rounded",),
    "plus for minus": ("plus for minus",),
    "pooling skipped": ("another number",),
    "pooling skipped before a convolution": ("another number",),
    "a sign lost": ("a sign lost",),
    "a reciprocal lost": ("a reciprocal lost",),
    "a chain factor missing": ("a factor left out",),
    "degrees for radians": ("degrees for radians",),
    "another function": ("another function",),
    "another row of the trace": ("another number",),
    "rounded too early": ("rounded too early",),
    "rows for columns": ("rows for columns",),
}


def others_of(case: Wrong) -> tuple[Quantity, ...]:
    """Return the other numbers of the question."""
    if case.table:
        return rows_as_quantities(case.table)
    return quantities(case.network) if case.network else ()


def found(case: Wrong, slips: tuple[Slip, ...], most: int) -> bool:
    kinds = [slip.kind for slip in slips[:most]]
    if case.kind == "two slips":
        return any(", and " in kind for kind in kinds)
    return any(kind in NAMES[case.kind] for kind in kinds)


@dataclass(frozen=True)
class Shares:
    """What was measured: for each kind the shares found at 1 and at 3, in percent; shares invented; times."""

    number: int
    kinds: dict[str, tuple[float, float]]
    invented: dict[str, float]
    slowest: dict[str, float]

    @property
    def all(self) -> tuple[float, float]:
        """The shares over all kinds, which weigh the same."""
        return statistics.mean(a for a, _ in self.kinds.values()), statistics.mean(
            b for _, b in self.kinds.values()
        )

    def as_markdown(self) -> str:
        """Return what the README quotes."""
        first, third = self.all
        invented = " and ".join(f"{share:.1f} % {where}" for where, share in self.invented.items())
        slowest = "; ".join(f"{ms:.0f} ms {where}" for where, ms in self.slowest.items())
        rows = [f"| {kind} | {a:.1f} | {b:.1f} |" for kind, (a, b) in self.kinds.items()]
        lines = [
            f"Of {self.number} wrong answers for each of {len(self.kinds)} kinds of slip (seed {SEED}), "
            f"the right kind is named first for {first:.1f} %,",
            f"among the first three for {third:.1f} %. Of values drawn without a slip (of at least four "
            f"digits in networks, of five in traces) {invented} are explained all the same.",
            f"Slowest: {slowest} (processor time).",
            "",
            "<details><summary>Each kind of slip</summary>",
            "",
            "| kind of slip | named first (%) | among the first three (%) |",
            "|---|---:|---:|",
            *rows,
            "",
            "</details>",
        ]
        return "\n".join(lines)


def timed(case: Wrong) -> tuple[tuple[Slip, ...], float]:
    """Return the slips, and the milliseconds of processor time without those for the network's numbers."""
    others = others_of(case)
    start = time.process_time()
    slips = explain(case.right, case.stated, others)
    return slips, 1000 * (time.process_time() - start)


def measure(number: int) -> Shares:
    """Draw and explain so many wrong answers of each kind."""
    kinds, slowest = {}, 0.0
    for kind in GENERATORS:
        first = third = 0
        for case in draw(kind, number, SEED):
            slips, took = timed(case)
            first += found(case, slips, 1)
            third += found(case, slips, 3)
            slowest = max(slowest, took)
        kinds[kind] = (100 * first / number, 100 * third / number)
    invented = {}
    for where, generator in (("in networks", without_a_slip), ("in traces", without_a_slip_in_a_trace)):
        chance = random.Random(f"{where} {SEED}")
        many = 5 * number
        invented[where] = 100 * sum(bool(timed(generator(chance))[0]) for _ in range(many)) / many
    chance = random.Random(SEED)
    twenty = max(timed(of_twenty_layers(chance))[1] for _ in range(max(1, number // 4)))
    times = {"in all of these": slowest, "for a network of twenty layers": twenty}
    return Shares(number, kinds, invented, times)


def main() -> None:
    options = [option for option in sys.argv[1:] if option != "--readme"]
    shares = measure(int(options[0]) if options else 200)
    if "--readme" not in sys.argv:
        print(f"{'kind of slip':40}{'at 1':>8}{'at 3':>9}")
        for kind, (first, third) in {**shares.kinds, "all": shares.all}.items():
            print(f"{kind:40}{first:7.1f}%{third:8.1f}%")
        for where, share in shares.invented.items():
            print(f"{f'explained without a slip, {where}':48}{share:8.1f}%")
        for where, ms in shares.slowest.items():
            print(f"{f'slowest, {where}':48}{ms:6.1f} ms")
        return
    write_block(BEGIN, END, shares.as_markdown())


if __name__ == "__main__":
    main()
