"""How derivations are written: formulas in names or in numbers, as text and as LaTeX."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from nnutils.core.brackets import ATOM, FRACTION, POWER, PRODUCT, REMAINDER, SIGN, SUM, fitted
from nnutils.core.derivation import Derivation
from nnutils.core.numerals import Exact, grouped, latex_number

__all__ = ["MOST_LEAVES", "Written", "latex_name", "render", "shown_leaves", "without_repeats"]

MOST_LEAVES = 12
"""A part with more leaves than this shows as its value inside a larger derivation."""

_PRECEDENCE = {
    "remainder": REMAINDER, "negative": SIGN, "add": SUM, "subtract": SUM, "multiply": PRODUCT,
    "divide": PRODUCT, "power": POWER, "floor_divide": ATOM, "given": ATOM,
}  # fmt: skip
# How tightly the first operand and the others must bind to stand without brackets.
# They are needed in 8 − (5 − 1), 3 + (−2), 2^(3 + 1).
_NEEDED = {
    "add": (SIGN, SUM), "subtract": (SIGN, PRODUCT), "negative": (FRACTION, FRACTION),
    "multiply": (PRODUCT, PRODUCT), "divide": (PRODUCT, FRACTION), "floor_divide": (PRODUCT, FRACTION),
    "remainder": (POWER, POWER), "power": (ATOM, ATOM),
}  # fmt: skip
_TEXT = {"add": " + ", "subtract": " − ", "multiply": " · ", "divide": " / ", "remainder": " mod "}
_LATEX = {"add": " + ", "subtract": " - ", "multiply": " \\cdot ", "remainder": " \\bmod "}
_SIGNS = {sign: f"\\{sign}" for sign in "_%&#${}"} | {
    "\\": "\\backslash ",
    "^": "\\wedge ",
    "~": "\\sim ",
}


class Written(Derivation, Protocol):
    """What the writer needs to know of a number: its derivation, and how long that is when written out."""

    @property
    def arguments(self) -> Sequence[Written]:
        """The parts that the operation was applied to."""

    @property
    def value(self) -> Exact:
        """The number."""

    @property
    def leaves(self) -> int:
        """How many numbers it shows when it is written out, a sign counting as one."""


def shown_leaves(node: Written) -> int:
    """Count the leaves that ``node`` shows in a larger derivation: one, where it collapses to its value."""
    return 1 if node.name or node.leaves > MOST_LEAVES else node.leaves


def render(node: Written, *, names: bool, latex: bool = False) -> str:
    """Write out one level of named parts. Depth is bounded: a part with many leaves shows as its value."""
    if not node.arguments:
        return _leaf(node, names=names, latex=latex)
    shown = [_operand(node, i, names=names, latex=latex) for i in range(len(node.arguments))]
    if node.operation == "floor_divide":
        template = "\\left\\lfloor \\frac{{{}}}{{{}}} \\right\\rfloor" if latex else "⌊{} / {}⌋"
        return template.format(*shown)
    if node.operation == "power":
        return f"{shown[0]}^{{{shown[1]}}}" if latex else f"{shown[0]}^{shown[1]}"
    if node.operation == "negative":
        return f"-{shown[0]}" if latex else f"−{shown[0]}"
    if node.operation == "divide" and latex:
        return f"\\frac{{{shown[0]}}}{{{shown[1]}}}"
    if len(shown) > MOST_LEAVES:
        shown = [*shown[:3], "\\dots" if latex else "…", shown[-1]]
    return (_LATEX if latex else _TEXT)[node.operation].join(shown)


def _operand(parent: Written, place: int, *, names: bool, latex: bool) -> str:
    part, op = parent.arguments[place], parent.operation
    collapsed = shown_leaves(part) == 1
    text = _leaf(part, names=names, latex=latex) if collapsed else render(part, names=names, latex=latex)
    if latex and (op in ("divide", "floor_divide") or (op == "power" and place == 1)):
        return text
    needed = _NEEDED[op][min(place, 1)]
    if (
        op == "multiply"
        and not collapsed
        and part.operation == "divide"
        and place < len(parent.arguments) - 1
    ):
        needed = FRACTION  # (a / b) · c, since a / b · c is read in two ways
    return fitted(text, _precedence(part, collapsed=collapsed, names=names, latex=latex), needed, latex=latex)


def _precedence(part: Written, *, collapsed: bool, names: bool, latex: bool) -> int:
    if not collapsed:
        return FRACTION if latex and part.operation == "divide" else _PRECEDENCE[part.operation]
    if names and part.name:
        return ATOM
    if part.value < 0:
        return SIGN
    if isinstance(part.value, Fraction):
        return FRACTION if latex else PRODUCT
    return ATOM


def _leaf(node: Written, *, names: bool, latex: bool) -> str:
    if names and node.name:
        return latex_name(node.name) if latex else node.name
    return latex_number(node.value) if latex else grouped(node.value)


def latex_name(name: str) -> str:
    """Return a name as upright text for a formula. Signs that mean something to LaTeX stand outside the text.

    MathJax shows the backslash of an escape inside ``\\text``; outside, LaTeX and MathJax agree.

    >>> print(latex_name("kernel_size"))
    \\text{kernel}\\_\\text{size}
    """
    parts = re.split(r"([_%&#${}\\\\^~])", name)
    return "".join(_SIGNS.get(part) or f"\\text{{{part}}}" for part in parts if part)


def without_repeats(chain: list[str]) -> list[str]:
    """Drop a link of a chain of equations that repeats the one before it."""
    return [part for i, part in enumerate(chain) if i == 0 or part != chain[i - 1]]
