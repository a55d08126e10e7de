"""What a mutation run found: a table by package, the survivors as diffs, and the figures as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tools.mutating.sampling import package_of
from tools.mutating.trying import Outcome

__all__ = ["figures", "survivors", "table"]


def figures(outcomes: Sequence[Outcome], equivalent: Sequence[Outcome], seed: int) -> dict[str, Any]:
    """Return the counts: of all, and by package. ``caught`` includes those that made a test hang."""
    packages: dict[str, dict[str, int]] = {}
    for outcome in sorted(outcomes, key=lambda outcome: package_of(outcome.fault.module)):
        package = package_of(outcome.fault.module) or "nnutils"
        own = packages.setdefault(package, {"sample": 0, "caught": 0, "hung": 0, "equivalent": 0})
        own["sample"] += 1
        own["caught"] += outcome.how != "survived"
        own["hung"] += outcome.how == "hung"
        own["equivalent"] += outcome in equivalent
    total = {
        key: sum(own[key] for own in packages.values()) for key in ("sample", "caught", "hung", "equivalent")
    }
    return {"seed": seed, **total, "by_package": packages}


def facts_of(counts: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    """Return what the page of checks says of the counts."""
    drawing = counts["by_package"].get("drawing", {"sample": 0, "caught": 0, "equivalent": 0})
    pairs = []
    for where, own in (("apart from drawing", counts), ("in drawing", drawing)):
        less = drawing if own is counts else {"sample": 0, "caught": 0, "equivalent": 0}
        pairs += [
            (f"faults {where}", own["sample"] - less["sample"]),
            (f"of them caught by a test {where}", own["caught"] - less["caught"]),
            (f"of them without an effect {where}", own["equivalent"] - less["equivalent"]),
        ]
    return tuple(pairs)


def table(counts: Mapping[str, Any]) -> str:
    """Return the counts as lines of text, of each package, of the library without drawing, and of all."""
    rows = dict(counts["by_package"])
    rest = [own for package, own in rows.items() if package != "drawing"]
    rows["all but drawing"] = {
        key: sum(own[key] for own in rest) for key in ("sample", "caught", "equivalent")
    }
    rows["all"] = counts
    lines = [f"{'package':<16}{'tried':>7}{'equivalent':>12}{'caught':>8}{'':>8}"]
    for name, own in rows.items():
        real = own["sample"] - own["equivalent"]
        share = f"{100 * own['caught'] / real:.0f} %" if real else ""
        lines.append(f"{name:<16}{own['sample']:>7}{own['equivalent']:>12}{own['caught']:>8}{share:>8}")
    return "\n".join(lines)


def survivors(outcomes: Sequence[Outcome], sources: Mapping[str, str]) -> str:
    """Return the faults that no test noticed, as diffs, each with what it is and how many tests ran."""
    return "\n\n".join(
        f"{one.fault.module}:{one.fault.first} {one.fault.function}: {one.fault.kind}, {one.ran} tests ran\n"
        + one.fault.diff(sources[one.fault.module])
        for one in outcomes
        if one.how == "survived"
    )
