"""The check of the check: tests that caught a fault are run without one."""

from __future__ import annotations

from dataclasses import replace

from tools.mutating.children import Child, run_all, try_tests
from tools.mutating.reach import Reach
from tools.mutating.scratch import Scratch
from tools.mutating.trying import Outcome

__all__ = ["without_unsteady"]


def without_unsteady(found: list[Outcome], reach: Reach, copies: list[Scratch]) -> list[Outcome]:
    """Return the outcomes, in which a fault survived if the test that caught it fails without it, too."""
    seconds = {test.name: test.seconds for test in reach.tests}
    by_file: dict[str, dict[str, float]] = {}
    for name in sorted({one.by for one in found if one.by in seconds}):
        by_file.setdefault(name.split("::")[0], {})[name] = seconds[name]
    children = [Child(try_tests(wanted, 600), 900, about=list(wanted)) for wanted in by_file.values()]
    unsteady = {child.said["killer"] for child in run_all(children, copies) if child.said.get("killer")}
    if unsteady:
        print(
            f"  fail without a fault, so what they caught counts as survived: {sorted(unsteady)}", flush=True
        )
    return [replace(one, how="survived", by="") if one.by in unsteady else one for one in found]
