"""Which nodes of a chain stand on its line, and what reaches each of them on the way back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from nnutils.core.errors import DrawingError
from nnutils.core.words import listed
from nnutils.drawing.text import drawn_number

__all__ = ["Plan", "Slopes", "adjoints", "factor_of", "number_of", "pairs_of", "plan_of", "text_of"]

Slopes = Mapping[tuple[str, str], float]
"""The derivative of the second node of each pair with respect to the first."""


@dataclass(frozen=True)
class Plan:
    """Which nodes stand on the line, and which hang below one of them."""

    line: list[str]
    below: dict[str, list[str]]
    skips: bool

    def jumps(self, pair: tuple[str, str]) -> bool:
        """Tell whether a pair is a skip over nodes of the line."""
        return pair[0] in self.line and self.line.index(pair[1]) - self.line.index(pair[0]) > 1


def pairs_of(frames: Mapping[str, Slopes]) -> list[tuple[str, str]]:
    """Return the pairs that all frames have in common."""
    if not frames:
        raise DrawingError("draw_gradient_flow: there is no frame.", remedy="Give at least one.")
    first, *others = frames.values()
    for title, slopes in frames.items():
        if set(slopes) != set(first):
            odd = sorted(set(slopes) ^ set(first))[0]
            raise DrawingError(
                f"draw_gradient_flow: the frame {title!r} and the first one differ in the pair {odd}.",
                remedy="Give all frames the same pairs; a factor that is switched off is 0.",
            )
        for pair, slope in slopes.items():
            if not math.isfinite(slope):
                raise DrawingError(
                    f"draw_gradient_flow: the derivative at {pair} is {slope!r}.",
                    remedy="Use finite numbers.",
                )
    return list(first)


def plan_of(pairs: Sequence[tuple[str, str]]) -> Plan:
    """Find the longest chain, and what hangs below it."""
    feeds: dict[str, list[str]] = {}
    for source, target in pairs:
        feeds.setdefault(source, [])
        feeds.setdefault(target, []).append(source)
    try:
        order = list(TopologicalSorter(feeds).static_order())
    except CycleError as error:
        raise DrawingError(
            f"draw_gradient_flow: the pairs lead in a circle, {' -> '.join(map(repr, error.args[1]))}.",
            remedy="Give each repetition a node of its own.",
        ) from error
    chains: dict[str, list[str]] = {}

    def rank(chain: list[str]) -> tuple[int, int]:
        # Of equally long chains the one whose start is used most often: a skip leaves from the line.
        return len(chain), sum(source == chain[0] for source, _ in pairs)

    for node in order:
        chains[node] = [*max((chains[source] for source in feeds[node]), key=rank, default=[]), node]
    line = max(chains.values(), key=len)
    below: dict[str, list[str]] = {}
    for node in (node for node in feeds if node not in line):
        targets = [target for source, target in pairs if source == node]
        if feeds[node] or len(targets) != 1 or targets[0] not in line:
            raise DrawingError(
                f"draw_gradient_flow: {node!r} neither stands on the line {' -> '.join(line)} nor feeds just "
                "one node of it.",
                remedy="Draw one chain; its parameters may feed one node each.",
            )
        below.setdefault(targets[0], []).append(node)
    steps = [line.index(target) - line.index(source) for source, target in pairs if source in line]
    return Plan(line, below, skips=max(steps) > 1)


def adjoints(plan: Plan, slopes: Slopes) -> dict[str, float]:
    """Return the derivative of the end with respect to each node, by the chain rule."""
    flow = {plan.line[-1]: 1.0}
    for node in [*reversed(plan.line[:-1]), *(name for names in plan.below.values() for name in names)]:
        flow[node] = math.fsum(
            flow[target] * slope for (source, target), slope in slopes.items() if source == node
        )
    return flow


def number_of(value: float) -> str:
    """Return a derivative as text, without the noise of sums of floats."""
    return drawn_number(round(value, 12) + 0.0)


def factor_of(slope: float) -> str:
    """Return what stands on an arrow."""
    return f"× {number_of(slope)}"


def text_of(plan: Plan, frames: Mapping[str, Slopes], flows: Mapping[str, Mapping[str, float]]) -> str:
    """Say for each frame which derivatives arrive, and where they are stopped."""
    chain = " to ".join(reversed(plan.line))
    parts = [f"Derivatives flow back along {chain}{' and over a skip' if plan.skips else ''}."]
    for title, slopes in frames.items():
        flow = flows[title]
        nodes = [node for node in flow if node != plan.line[-1]]
        arrive = ", ".join(f"{node} {number_of(flow[node])}" for node in nodes if flow[node])
        none = [node for node in nodes if not flow[node]]
        said = f"{title}: {arrive or 'no derivative arrives anywhere'}"
        if none and arrive:
            said += f"; zero for {listed(none)}"
        stopped = [pair for pair, slope in slopes.items() if flow[pair[1]] and not slope]
        stops = [f"between {target} and {source}" for source, target in stopped]
        parts.append(said + (f"; stopped {listed(stops)}." if stops else "."))
    return " ".join(parts)
