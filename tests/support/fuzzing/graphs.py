"""Graphs for Hypothesis: a few nodes, and edges that lead from earlier ones to later ones."""

from __future__ import annotations

from hypothesis import strategies as st

__all__ = ["Graph", "graphs"]

Graph = tuple[list[str], list[tuple[str, str]]]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Draw the names of the nodes, and the edges, of which some may be drawn twice."""
    names = [f"n{i}" for i in range(draw(st.integers(1, 9)))]
    pairs = [(start, end) for place, end in enumerate(names) for start in names[:place]]
    return names, draw(st.lists(st.sampled_from(pairs), max_size=14)) if pairs else []
