"""How often `nnutils.slips.explain` finds the slip behind a wrong answer, and how often it invents one.

Run it as ``python benchmarks/explain_wrong_numbers.py [N]``. N wrong answers (200) for each kind of slip are
drawn by ``wrong_numbers.py``, which was written before the rules were. "At 1" and "at 3" are the shares whose
true kind is among the first one or three slips named. Values drawn without a slip show how often one is
invented.
"""

from __future__ import annotations

import statistics
import sys
import time

from wrong_numbers import GENERATORS, Wrong, draw, without_a_slip

from nnutils.slips import Slip, explain, quantities, rows_as_quantities

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
    "groups ignored or applied twice": ("a setting ignored", "groups applied twice"),
    "stride ignored": ("a setting ignored",),
    "padding ignored or on one side": ("a setting ignored", "padding on one side"),
    "dilation ignored": ("a setting ignored",),
    "ceiling for floor": ("rounded up",),
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


def explained(case: Wrong) -> tuple[Slip, ...]:
    if case.table:
        return explain(case.right, case.stated, rows_as_quantities(case.table))
    return explain(case.right, case.stated, quantities(case.network) if case.network else ())


def found(case: Wrong, slips: tuple[Slip, ...], most: int) -> bool:
    kinds = [slip.kind for slip in slips[:most]]
    if case.kind == "two slips":
        return any(", and " in kind for kind in kinds)
    return any(kind in NAMES[case.kind] for kind in kinds)


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print(f"{'kind of slip':36}{'at 1':>8}{'at 3':>8}{'median ms':>12}")
    at_one, at_three, everything, slowest = 0, 0, 0, 0.0
    for kind in GENERATORS:
        first = third = 0
        times = []
        for case in draw(kind, number):
            start = time.perf_counter()
            slips = explained(case)
            times.append(1000 * (time.perf_counter() - start))
            first += found(case, slips, 1)
            third += found(case, slips, 3)
        shares = f"{100 * first / number:7.1f}%{100 * third / number:7.1f}%"
        print(f"{kind:36}{shares}{statistics.median(times):12.2f}")
        at_one, at_three, everything = at_one + first, at_three + third, everything + number
        slowest = max(slowest, *times)
    print(f"{'all':36}{100 * at_one / everything:7.1f}%{100 * at_three / everything:7.1f}%")
    import random

    chance = random.Random("without a slip")
    many = 5 * number
    invented = [slips for slips in (explained(without_a_slip(chance)) for _ in range(many)) if slips]
    print(f"{'without a slip: explained all the same':36}{100 * len(invented) / many:6.1f}%")
    print(f"slowest explanation: {slowest:.1f} ms")


if __name__ == "__main__":
    main()
