"""How derivations are written: formulas in names or in numbers, as text and as LaTeX."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Protocol

__all__ = [
    "Exact",
    "MOST_LEAVES",
    "Node",
    "grouped",
    "latex_name",
    "latex_number",
    "render",
    "shown_leaves",
    "without_repeats",
]

Exact = int | Fraction

MOST_LEAVES = 12
"""A part with more leaves than this shows as its value inside a larger derivation."""

# How tightly each operation binds. mod binds loosest: people disagree on how to read a + b mod c.
_BINDING = {"%": 0, "neg": 1, "+": 2, "-": 2, "*": 3, "/": 3, "**": 5, "//": 6, "leaf": 6}
_FRAC = 4
# How tightly the first operand and the others must bind to stand without parentheses.
# They are needed in 8 − (5 − 1), 3 + (−2), 2^(3 + 1).
_NEEDED = {
    "+": (1, 2), "-": (1, 3), "neg": (4, 4), "*": (3, 3),
    "/": (3, 4), "//": (3, 4), "%": (5, 5), "**": (6, 6),
}  # fmt: skip
_TEXT = {"+": " + ", "-": " − ", "*": " · ", "/": " / ", "%": " mod "}
_SIGNS = {sign: f"\\{sign}" for sign in "_%&#${}"} | {
    "\\": "\\backslash ",
    "^": "\\wedge ",
    "~": "\\sim ",
}
_LATEX = {"+": " + ", "-": " - ", "*": " \\cdot ", "%": " \\bmod "}


class Node(Protocol):
    """What the writer needs to know of a number: value and name, and the operation and parts it came from."""

    @property
    def value(self) -> Exact:
        """The number."""

    @property
    def name(self) -> str:
        """Its name, or an empty string."""

    @property
    def op(self) -> str:
        """The operation that made it: ``+``, ``//``, ``neg``, ...; ``leaf`` for a number that was given."""

    @property
    def args(self) -> tuple[Node, ...]:
        """The parts that the operation was applied to."""

    @property
    def leaves(self) -> int:
        """How many numbers it shows when it is written out, a sign counting as one."""


def grouped(value: Exact) -> str:
    """Write an exact number with thousands separators; a fraction keeps its bar.

    >>> grouped(-1234567), grouped(Fraction(-5000, 3))
    ('−1,234,567', '−5,000/3')
    """
    sign = "−" if value < 0 else ""
    if isinstance(value, Fraction):
        return f"{sign}{abs(value.numerator):,}/{value.denominator:,}"
    return f"{sign}{abs(value):,}"


def shown_leaves(node: Node) -> int:
    """Count the leaves that ``node`` shows in a larger derivation: one, where it collapses to its value."""
    return 1 if node.name or node.leaves > MOST_LEAVES else node.leaves


def render(node: Node, *, names: bool, latex: bool = False) -> str:
    """Write out one level of named parts. Depth is bounded: a part with many leaves shows as its value."""
    if not node.args:
        return _leaf(node, names=names, latex=latex)
    shown = [_operand(node, i, names=names, latex=latex) for i in range(len(node.args))]
    if node.op == "//":
        template = "\\left\\lfloor \\frac{{{}}}{{{}}} \\right\\rfloor" if latex else "⌊{} / {}⌋"
        return template.format(*shown)
    if node.op == "**":
        return f"{shown[0]}^{{{shown[1]}}}" if latex else f"{shown[0]}^{shown[1]}"
    if node.op == "neg":
        return f"-{shown[0]}" if latex else f"−{shown[0]}"
    if node.op == "/" and latex:
        return f"\\frac{{{shown[0]}}}{{{shown[1]}}}"
    if len(shown) > MOST_LEAVES:
        shown = [*shown[:3], "\\dots" if latex else "…", shown[-1]]
    return (_LATEX if latex else _TEXT)[node.op].join(shown)


def _operand(parent: Node, place: int, *, names: bool, latex: bool) -> str:
    part, op = parent.args[place], parent.op
    collapsed = shown_leaves(part) == 1
    text = _leaf(part, names=names, latex=latex) if collapsed else render(part, names=names, latex=latex)
    if latex and (op in ("/", "//") or (op == "**" and place == 1)):
        return text
    needed = _NEEDED[op][min(place, 1)]
    if op == "*" and part.op == "/" and not collapsed and place < len(parent.args) - 1:
        needed = _FRAC  # (a / b) · c, since a / b · c is read in two ways
    if _binding(part, collapsed=collapsed, names=names, latex=latex) < needed:
        return f"\\left({text}\\right)" if latex else f"({text})"
    return text


def _binding(part: Node, *, collapsed: bool, names: bool, latex: bool) -> int:
    if not collapsed:
        return _FRAC if latex and part.op == "/" else _BINDING[part.op]
    if names and part.name:
        return _BINDING["leaf"]
    if part.value < 0:
        return _BINDING["neg"]
    if isinstance(part.value, Fraction):
        return _FRAC if latex else _BINDING["/"]
    return _BINDING["leaf"]


def _leaf(node: Node, *, names: bool, latex: bool) -> str:
    if names and node.name:
        return latex_name(node.name) if latex else node.name
    return latex_number(node.value) if latex else grouped(node.value)


def latex_name(name: str) -> str:
    """Set a name as upright text in a formula. Signs that mean something to LaTeX stand outside the text.

    MathJax shows the backslash of an escape inside ``\\text``; outside, LaTeX and MathJax agree.

    >>> print(latex_name("kernel_size"))
    \\text{kernel}\\_\\text{size}
    """
    parts = re.split(r"([_%&#${}\\\\^~])", name)
    return "".join(_SIGNS.get(part) or f"\\text{{{part}}}" for part in parts if part)


def latex_number(value: Exact) -> str:
    """Set an exact number with thousands separators that do not add space, and fractions with a bar."""
    if isinstance(value, Fraction):
        sign = "-" if value < 0 else ""
        return f"{sign}\\frac{{{latex_number(abs(value.numerator))}}}{{{latex_number(value.denominator)}}}"
    return f"{value:,}".replace(",", "{,}")


def without_repeats(chain: list[str]) -> list[str]:
    """Drop a link of a chain of equations that repeats the one before it."""
    return [part for i, part in enumerate(chain) if i == 0 or part != chain[i - 1]]
