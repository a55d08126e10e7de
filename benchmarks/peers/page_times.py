"""The part of the page about time: what is promised, what is kept, and how time grows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.peers.page_counts import table
from benchmarks.peers.promises_kept import REASONS, figure, judged, kept, worst
from benchmarks.peers.ratios import PROMISES
from nnutils.core.words import counted

__all__ = ["times"]


def times(data: Mapping[str, Any]) -> str:
    """Return the section about time."""
    missed = [promise for promise in PROMISES if not kept(data, promise)]
    rows = [
        [
            promise.words,
            _with_unit(promise.at_most, promise.unit),
            _with_unit(figure(judged(worst(data, key))), promise.unit),
            "**no**" if key in missed else "yes",
        ]
        for key, promise in PROMISES.items()
    ]
    many = len(PROMISES)
    verdict = f"{many - len(missed)} of {many} goals are met." if missed else f"All {many} goals are met."
    reasons = "\n".join(_reason(data, key) for key in missed)
    every = "\n\n".join(_every(data, key) for key in PROMISES)
    curves = "\n\n".join(_curve(one) for one in data["curves"])
    return f"""## Time

Exact counts are of use only to somebody who need not wait for them. Each row below is a goal that was set
before it was measured: how many times as long as another library `nnutils` may take, or how many
milliseconds. The figure is the worst of all measurements of the goal. {verdict}

{table(("goal", "at most", "measured", "met"), rows)}

{reasons}

Both libraries run in turns in one process, on one thread. Their results are compared before anything is
timed, and the median of the ratios of processor time counts. Everything is timed with Python's garbage
collector on and off: now and then it looks through all living objects, so that its time depends on what else
there is.

```{{dropdown}} Every measurement

{every}
```

### How time grows

Where time is proportional to the length of a program, each part costs the same however long the program is,
and the columns below stay level. Where time grows with the square of the length, the price of a part grows
like the length. A price that rises slowly is that of memory: a long program does not fit into the cache that
holds a short one.

{curves}
"""


def _with_unit(number: float | str, unit: str) -> str:
    return f"{number if isinstance(number, str) else f'{number:g}'} {unit or '×'}"


def _reason(data: Mapping[str, Any], key: str) -> str:
    one = worst(data, key)
    measured = _with_unit(figure(judged(one)), PROMISES[key].unit)
    beside = f", beside {one['beside']}" if one["beside"] else ""
    return f"- **Missed by {one['name']}**{beside}: {measured}. {REASONS[key]}"


def _every(data: Mapping[str, Any], key: str) -> str:
    rows = [
        [one["name"], one["beside"], figure(one["on"]), "" if one["off"] is None else figure(one["off"])]
        for one in data["ratios"]
        if one["promise"] == key
    ]
    unit = PROMISES[key].unit
    head = ("measured", "beside", "collector on", "off")
    return f"{PROMISES[key].words}{f' In {unit}:' if unit else ''}\n\n{table(head, rows)}"


def _curve(one: Mapping[str, Any]) -> str:
    words = f"{one['name']}: microseconds for {counted(1, one['of'])}".capitalize()
    rows = [
        [f"{n:,}", figure(on), figure(off)]
        for n, on, off in zip(one["many"], one["on"], one["off"], strict=True)
    ]
    return f"{words}.\n\n" + table((f"{one['of']}s", "collector on", "off"), rows)
