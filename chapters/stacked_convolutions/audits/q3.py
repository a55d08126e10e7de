"""What sheet 004 counts for two 3 × 3 windows and one 5 × 5, judged.

None of the sheet's counts is right, so the question is which rule made them. Divided by filters and input
channels, a number of multiplications must be the taps of one filter on one channel, over all windows. For
each of the three maps that is a perfect square, which suggests a rule that treats height and width alike;
then it is enough to explain the roots, the taps along one axis. They are a little too large. A window that
reaches over the edge would do that: let the windows start l pixels before the first pixel and end r pixels
behind the last, and either count the taps outside or leave them out. ``_fitting`` tries all l and r up to k -
1 (beyond that a window touches no pixel at all). Two rules survive for all maps:

1. Taps outside are left out; the windows reach over one side by k - 1, over the other not at all. With l = 0
   a window starts at every pixel of the input.
2. Taps outside count, and l + r = (k - 1) / 2: a padding of half a window.

Both give the same total, k (n - (k - 1) / 2) taps along an axis of n pixels, so the totals cannot tell them
apart. The sheet's working can: for A and B it adds up windows with nine, six, three, four, two and one taps,
and these are the windows of rule 1. For D it shows no bracket, only the number, which is also what the places
of A in place of those of D give.

Another convention would be to pad the input so that its size stays, and not to count the multiplications by
zeros. Neither that nor padding with the zeros counted gives the sheet's numbers, and its own sizes rule a
padding out. So the verdict is "wrong", with the rule as its cause.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from nnutils import Conv2d, LayerCounts, Network, Worked, count
from nnutils.audit import Audit
from nnutils.networks import Step, real_multiplications
from nnutils.slips import Quantity, quantities

__all__ = ["audit"]

PICTURE = (3, 100, 100)
TWO_SMALL = (Conv2d(5, kernel_size=3, name="A"), Conv2d(10, kernel_size=3, name="B"))
ONE_LARGE = (Conv2d(10, kernel_size=5, name="D"),)
RULE = "a window starts at every pixel, without its taps beyond the edge"
CONFUSED = "the places of A in place of those of D"
FORGOTTEN = "the input channels are left out"
WITH_BIASES = "biases counted as well"
TERMS = {"nine": (9,), "six": (6,), "three": (3,), "corner": (4, 2, 1)}


class _Map(NamedTuple):
    """One map: pixels and channels of its input, window and filters, its counts, the taps of its windows."""

    pixels: int
    channels: int
    kernel: int
    filters: int
    side: int
    counts: LayerCounts
    right_taps: list[int]
    sheet_taps: list[int]

    @property
    def by_sheet_rule(self) -> int:
        """The multiplications if a window starts at every pixel."""
        return sum(self.sheet_taps) * self.channels * self.filters


def audit() -> Audit:
    """Return the judged audit: counts from the specification, taps from loops that push the windows."""
    small, large = Network(PICTURE, TWO_SMALL), Network(PICTURE, ONE_LARGE)
    steps = [*small.steps, *large.steps]
    counted = {**count(small), **count(large)}
    maps = {step.name: _map(step, counted[step.name]) for step in steps}
    both = count(small).total

    judged = Audit.of(__file__)
    others = (*quantities(small), *quantities(large))
    _judge_multiplications(judged, maps, both, others)
    _judge_terms(judged, maps)
    _judge_parameters(judged, {name: m.counts for name, m in maps.items()}, maps, both, others)
    _judge_conclusions(judged, both, maps["D"].counts)
    judged.figures.update(_figures(judged, steps, maps, both))
    return judged


def _map(step: Step, counts: LayerCounts) -> _Map:
    """Return the numbers of one convolution, with its windows pushed both ways."""
    layer = step.layer
    assert isinstance(layer, Conv2d) and isinstance(layer.kernel_size, int)
    pixels, kernel = step.input_shape[1], layer.kernel_size
    inside = [start for start in range(pixels) if start + kernel <= pixels]
    return _Map(
        pixels,
        step.input_shape[0],
        kernel,
        layer.out_channels,
        step.output_shape[1],
        counts,
        _taps(pixels, kernel, inside),
        _taps(pixels, kernel, range(pixels)),
    )


def _taps(pixels: int, kernel: int, starts: Iterable[int]) -> list[int]:
    """List, for each window, how many of its taps lie on a square picture."""
    along = [sum(start <= place < start + kernel for place in range(pixels)) for start in starts]
    return [down * across for down in along for across in along]


def _judge_multiplications(
    judged: Audit, maps: dict[str, _Map], both: LayerCounts, others: tuple[Quantity, ...]
) -> None:
    """Judge the multiplications of each map, the written arithmetic, and the sum for A and B."""
    for name, m in maps.items():
        found = {RULE: m.by_sheet_rule}
        claim = f"004-q3-{name.lower()}-multiplications"
        judged.check(claim, m.counts.multiplications, slips=found, among=others)
        judged.check_working(f"{claim}-product")
        if name == "D":
            judged.check(
                "004-q3-d-one-filter",
                sum(m.right_taps),
                slips={RULE: sum(m.sheet_taps)},
                derivation=_one_filter(m),
                among=others,
            )
            found[CONFUSED] = maps["A"].side ** 2 * m.kernel**2 * m.channels * m.filters
        judged.check(f"{claim}-factors", m.counts.multiplications, slips=found)
    judged.check(
        "004-q3-ab-multiplications",
        both.multiplications,
        slips={RULE: maps["A"].by_sheet_rule + maps["B"].by_sheet_rule},
        among=others,
    )
    judged.check_working("004-q3-ab-multiplications-sum")


def _one_filter(m: _Map) -> Worked:
    """Return the multiplications of one filter on one channel, with their factors."""
    places = Worked(m.side, "height") * Worked(m.side, "width")
    return places * Worked(m.kernel, "kernel height") * Worked(m.kernel, "kernel width")


def _judge_terms(judged: Audit, maps: dict[str, _Map]) -> None:
    """Judge the terms of the brackets for A and B: the windows with so many taps."""
    for name in "AB":
        right, by_rule = Counter(maps[name].right_taps), Counter(maps[name].sheet_taps)
        for term, taps in TERMS.items():
            judged.check(
                f"004-q3-{name.lower()}-term-{term}",
                sum(n * right[n] for n in taps),
                slips={RULE: sum(n * by_rule[n] for n in taps)},
                why={"confirmed": _alone(sum(n * right[n] for n in taps), maps[name])},
            )


def _alone(term: int, m: _Map) -> str:
    """Say that a right term is the whole right count, where it is: what its bracket adds to it is wrong."""
    return "by itself it is the whole count; the bracket adds windows" if term == sum(m.right_taps) else ""


def _judge_parameters(
    judged: Audit,
    layers: dict[str, LayerCounts],
    maps: dict[str, _Map],
    both: LayerCounts,
    others: tuple[Quantity, ...],
) -> None:
    """Judge the parameters, without biases; with them they would be right by another convention."""
    no_channels: dict[str, Worked] = {
        name: row.weights / Worked(maps[name].channels) for name, row in layers.items()
    }
    no_channels["A and B"] = no_channels["A"] + no_channels["B"]
    recorded = {claim.id for claim in judged.claims}
    for name, row in {**layers, "A and B": both}.items():
        claim = f"004-q3-{name.lower().replace(' and ', '')}-parameters"
        for claim_id in sorted(recorded & {claim, f"{claim}-factors"}):
            is_number = claim_id == claim
            # Of a single layer the search finds it by itself.
            slips = {} if is_number and name in layers else {FORGOTTEN: no_channels[name]}
            options: dict[str, Any] = {"among": others} if is_number else {}
            judged.check(
                claim_id,
                row.weights,
                slips=slips,
                conventions={WITH_BIASES: row.parameters},
                cause=FORGOTTEN,
                **options,
            )
        judged.check_working(claim + ("-sum" if name == "A and B" else "-product"))


def _judge_conclusions(judged: Audit, both: LayerCounts, large: LayerCounts) -> None:
    """Judge which of the two paths takes more."""
    judged.check(
        "004-q3-more-multiplications",
        large.multiplications > both.multiplications,
        evidence=f"{large.multiplications:,} against {both.multiplications:,}",
    )
    judged.check(
        "004-q3-fewer-parameters",
        both.weights < large.weights and both.parameters < large.parameters,
        evidence=f"{both.weights} against {large.weights} weights",
    )


def _figures(judged: Audit, steps: list[Step], maps: dict[str, _Map], both: LayerCounts) -> dict[str, Any]:
    """Return what the page quotes: how the rule was found, what it adds, what it does to the comparison."""
    large = maps["D"].counts
    stated = {name: judged.number(f"004-q3-{name.lower()}-multiplications") for name in maps}
    per_filter = {name: stated[name] // (m.channels * m.filters) for name, m in maps.items()}
    weights_ab, weights_d = judged.number("004-q3-ab-parameters"), judged.number("004-q3-d-parameters")
    sheet_ab, sheet_d = judged.number("004-q3-ab-multiplications"), stated["D"]
    room = weights_d - judged.number("004-q3-b-parameters")
    one_more = judged.number("004-q3-a-parameters") // maps["A"].filters
    return {
        "maps": [
            {
                "map": name,
                "stated": stated[name],
                "per_filter": per_filter[name],
                "right": sum(m.right_taps),
                "root": math.isqrt(per_filter[name]),
                "every_pixel": m.by_sheet_rule,
                **_padded(step),
            }
            for (name, m), step in zip(maps.items(), steps, strict=True)
        ],
        "squares": all(math.isqrt(n) ** 2 == n for n in per_filter.values()),
        "fits": {name: _fitting(m, math.isqrt(per_filter[name])) for name, m in maps.items()},
        "taps_of_windows": {name: dict(Counter(maps[name].sheet_taps)) for name in "AB"},
        "windows_too_many": {name: len(m.sheet_taps) - len(m.right_taps) for name, m in maps.items()},
        "side_of_a": maps["A"].side,
        "pixels_of_a": maps["A"].pixels,
        "pixels_of_b": maps["B"].pixels,
        "b_on_its_own_a": (
            sum(_taps(maps["A"].pixels, maps["B"].kernel, range(maps["A"].pixels)))
            * maps["B"].channels
            * maps["B"].filters
        ),
        "added_ab": sheet_ab / int(both.multiplications) - 1,
        "added_d": sheet_d / int(large.multiplications) - 1,
        "d_needs_more": sheet_d / sheet_ab - 1,
        "weights_ab": weights_ab,
        "weights_a": maps["A"].counts.weights,
        "saved": 1 - weights_ab / weights_d,
        "most_filters": room // one_more,
    }


def _padded(step: Step) -> dict[str, int]:
    """Return the multiplications with a padding that keeps the size: all, and those that touch a pixel."""
    layer = step.layer
    assert isinstance(layer, Conv2d) and isinstance(layer.kernel_size, int)
    network = Network(step.input_shape, [replace(layer, padding=(layer.kernel_size - 1) // 2)])
    return {
        "padded": int(count(network)[step.name].multiplications),
        "padded_without_zeros": int(real_multiplications(network, step.name)),
    }


def _fitting(m: _Map, wanted: int) -> dict[bool, list[tuple[int, int]]]:
    """Return which (l, r) give the wanted taps along one axis, without and with the taps outside."""
    sides = [(left, right) for left in range(m.kernel) for right in range(m.kernel)]
    return {
        outside: [side for side in sides if _along(m.pixels, m.kernel, side, outside) == wanted]
        for outside in (False, True)
    }


def _along(pixels: int, kernel: int, beyond: tuple[int, int], outside_counts: bool) -> int:
    """Push a window along one axis, from so many pixels before it to so many behind; add up its taps."""
    left, right = beyond
    return sum(
        outside_counts or 0 <= place < pixels
        for start in range(-left, pixels + right - kernel + 1)
        for place in range(start, start + kernel)
    )
