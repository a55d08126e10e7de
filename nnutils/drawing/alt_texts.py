"""Alternative texts computed from what is drawn: the names and numbers of the picture, in plain sentences.

Each text is one line of at most ``LONGEST`` characters; what does not fit is counted ("and 5 more").
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from nnutils.core.numerals import number_text
from nnutils.drawing.text import drawn_number, finite

__all__ = [
    "LONGEST",
    "bars_text",
    "contours_text",
    "enumerated",
    "graph_text",
    "as_many_as_fit",
    "mlp_text",
    "number_words",
    "plain",
    "shares_text",
    "tap_map_text",
    "volumes_text",
]

LONGEST = 600
"""Characters: about forty seconds of a screen reader's time."""

_HEAD = 120
"""Characters of a title or of a list of names at the beginning."""
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉₋", "0123456789-")
# From where on, the unit, its word: what would be rounded to 1000 million is a billion already.
_UNITS = ((0.9995e12, 1e12, "trillion"), (0.9995e9, 1e9, "billion"), (1e6, 1e6, "million"))


def plain(text: object) -> str:
    """Return a drawn text as it is read aloud: one line, no marks of mathtext, indices as digits.

    >>> plain("2 ×\\n6 × 6"), plain("x₁"), plain("$W$")
    ('2 × 6 × 6', 'x1', 'W')
    """
    return " ".join(str(text).replace("$", "").translate(_SUBSCRIPTS).split())


def number_words(number: Any) -> str:
    """Write a number for reading aloud: thousands set apart, from a million on three digits and a word.

    >>> [number_words(number) for number in (885, 290_400, 105_415_200, 1_073_807_360, 0.7168)]
    ['885', '290,400', '105 million', '1.07 billion', '0.717']
    """
    value = finite(number, "the number")
    for least, size, word in _UNITS:
        if abs(value) >= least:
            return f"{number_text(value / size, significant=3)} {word}"
    if value == int(value):
        return number_text(int(value), group=True)
    return number_text(value, significant=3) if abs(value) < 1000 else number_text(round(value), group=True)


def as_many_as_fit(items: Iterable[str], room: int, separator: str = ", ") -> str:
    """Join as many items as fit into so many characters, and say how many are left out.

    >>> as_many_as_fit(["one", "two", "three", "four"], 20), as_many_as_fit(["one", "two"], 20)
    ('one, two and 2 more', 'one, two')
    """
    items = list(items)
    if len(separator.join(items)) <= room:
        return separator.join(items)
    for count in range(len(items) - 1, 0, -1):
        text = f"{separator.join(items[:count])} and {len(items) - count} more"
        if len(text) <= room:
            return text
    rest = f"… and {len(items) - 1} more" if len(items) > 1 else "…"
    return items[0][: room - len(rest)].rstrip() + rest


def enumerated(items: Sequence[str], room: int = _HEAD) -> str:
    """Join a few names with commas and a last "and"; many as ``as_many_as_fit`` does.

    >>> enumerated(["units"]), enumerated(["units", "weights", "connections"])
    ('units', 'units, weights and connections')
    """
    text = " and ".join(part for part in (", ".join(items[:-1]), *items[-1:]) if part)
    return text if len(text) <= room else as_many_as_fit(items, room)


def bars_text(
    rows: Mapping[str, Mapping[str, Any]], columns: Sequence[str], *, log: bool, **head: Any
) -> str:
    """Describe groups of horizontal bars; ``head`` is the ``title`` and the ``label`` of the axis."""
    axis = "Horizontal bars" + (" on a logarithmic axis" if log else "")
    if label := head.get("label"):
        axis += f" ({_short(label)})"
    if len(columns) == 1:
        values = [f"{plain(row)} {number_words(next(iter(n.values())))}" for row, n in rows.items() if n]
    else:
        values = [
            f"{plain(row)}: " + ", ".join(f"{plain(name)} {number_words(n)}" for name, n in numbers.items())
            for row, numbers in rows.items()
            if numbers
        ]
    names = enumerated([plain(name) for name in columns])
    return _text(head.get("title"), f"{axis} of {names}{':' if len(columns) == 1 else '.'}", values)


def shares_text(shares: Mapping[str, Mapping[str, str]], title: str | None = None) -> str:
    """Describe bars of 100 %: for each column its parts by name, with their percents as written."""
    values = [
        f"{plain(column)}: " + ", ".join(f"{plain(part)} {percent}" for part, percent in parts.items())
        for column, parts in shares.items()
    ]
    return _text(title, "Stacked bars that add up to 100 %.", values)


def contours_text(
    ranges: Mapping[str, tuple[float, float]],
    names: tuple[str, str],
    limits: tuple[float, float],
    kink: str | None,
    title: str | None = None,
) -> str:
    """Describe contour lines: for each function its smallest and largest value, and the marked line."""
    low, high = map(_rounded, limits)
    over = enumerated([plain(name) for name in names])
    values = [f"{plain(f)} from {_rounded(least)} to {_rounded(most)}" for f, (least, most) in ranges.items()]
    end = f" A dashed line marks {_short(kink)}." if kink is not None else ""
    return _text(title, f"Contour lines over {over}, each from {low} to {high}:", values, end)


def graph_text(
    nodes: Sequence[tuple[str, str, str]],
    edges: Sequence[tuple[str, str, str]],
    *,
    noun: str = "Graph",
    title: str | None = None,
) -> str:
    """Describe a graph: its nodes as (kind, name, what else is written), its edges as (from, to, label).

    >>> graph_text([("input", "x", "2"), ("output", "y", "")], [("x", "y", "1 × 3")])
    'Graph from left to right with 2 nodes: input x (2), output y. Edges: x to y (1 × 3).'
    """
    written: dict[str, list[str]] = {kind: [] for kind in ("input", "parameter", "constant", "operation")}
    for kind, name, more in nodes:
        written.setdefault(kind, []).append(plain(name) + (f" ({plain(more)})" if more else ""))
    groups: list[str] = []
    for kind, found in written.items():
        if found:
            word = kind if len(found) == 1 else f"{kind}s"
            if kind == "operation":
                word = "then" if groups else ""
            elif found[0].split(" ")[0] == kind:
                word = ""  # "input", not "input input"
            groups += [f"{word} {found[0]}".strip(), *found[1:]]
    arrows = [f"{plain(a)} to {plain(b)}" + (f" ({plain(label)})" if label else "") for a, b, label in edges]
    what = f"{noun} from left to right with {_counted(len(nodes), 'node')}:"
    # Nodes and edges share the room: what one of them leaves, the other takes.
    room = LONGEST - len(_opening(title, what)) - len(". Edges: .")
    half = max(room // 2, room - len(", ".join(arrows)))
    head = as_many_as_fit(groups, half)
    end = f" Edges: {as_many_as_fit(arrows, room - len(head))}." if arrows else ""
    return f"{_opening(title, what)}{head}.{end}"


def mlp_text(
    names: Sequence[Sequence[str]],
    edges: Sequence[tuple[str, str, Any]],
    biases: Sequence[tuple[str, Any]],
    title: str | None = None,
) -> str:
    """Describe a multilayer perceptron: its units by layer, the weights as (from, to, weight), the biases."""
    layers = []
    room = 2 * _HEAD // len(names)
    for place, units in enumerate(names):
        word = "input" if place == 0 else "output" if place == len(names) - 1 else "hidden unit"
        layers.append(f"{_counted(len(units), word)} {enumerated([plain(unit) for unit in units], room)}")
    what = f"Network diagram with {as_many_as_fit(layers, 2 * _HEAD, '; ')}"
    values = [f"{plain(a)} to {plain(b)}: {drawn_number(weight)}" for a, b, weight in edges]
    shifts = [f"{plain(unit)} {drawn_number(bias)}" for unit, bias in biases]
    end = f" Biases: {as_many_as_fit(shifts, _HEAD)}." if shifts else ""
    return _text(title, f"{what}. Weights:", values or ["all are 0"], end)


def tap_map_text(
    maps: Mapping[str, Collection[Sequence[int]]], frame: str | None, title: str | None = None
) -> str:
    """Describe maps of taps: for each its size, and in how many windows each number occurs."""
    values = []
    for name, rows in maps.items():
        cells = [value for row in rows for value in row]
        counts = [
            f"{_counted(value, 'tap')} in {cells.count(value)}" for value in sorted(set(cells), reverse=True)
        ]
        width = len(next(iter(rows)))
        values.append(f"{plain(name)}, {len(rows)} × {width} windows: {', '.join(counts)}")
    end = f" A dashed frame marks {_short(frame)}." if frame else ""
    return _text(title, "Number of taps that count at each position of the window.", values, end)


def volumes_text(names: Sequence[str], labels: Sequence[str], title: str | None = None) -> str:
    """Describe a row of volumes: the name and the size of each, as written beneath."""
    values = [f"{plain(name)} {label}" for name, label in zip(names, labels, strict=True)]
    what = f"{_counted(len(names), 'box')} from left to right, one for each size:"
    return _text(title, what, values)


def _text(title: str | None, what: str, values: Sequence[str], end: str = "") -> str:
    opening = _opening(title, what)
    return f"{opening}{as_many_as_fit(values, LONGEST - len(opening) - len(end) - 1, '; ')}.{end}"


def _opening(title: str | None, what: str) -> str:
    return (f"{_short(title).rstrip('.')}. " if title else "") + f"{what} "


def _short(text: str) -> str:
    return as_many_as_fit([plain(text)], _HEAD)


def _rounded(value: float) -> str:
    return number_text(float(value), significant=3)


def _counted(number: int, word: str) -> str:
    many = f"{word}es" if word.endswith("x") else f"{word}s"
    return f"{number} {word if number == 1 else many}"
