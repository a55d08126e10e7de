"""How a formula tree is written, with brackets where they are needed: as text, as HTML, as LaTeX."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from nnutils.autodiff.symbols import number_latex, superscript, symbol_html, symbol_latex, symbol_text

__all__ = [
    "HTML",
    "LATEX",
    "Style",
    "TEXT",
    "Template",
    "Tree",
    "write",
]

# How tightly each kind of formula binds: a part that binds less tightly than its place needs gets brackets.
SUM, SIGN, PRODUCT, MATRIX, POWER, ATOM = 1, 2, 3, 4, 5, 6


@dataclass(frozen=True, slots=True)
class Template:
    """How a function is written: templates with ``{}`` for the argument, and how tightly the result binds.

    ``tight`` puts parentheses around an argument that is not a single symbol, for templates that bring none.
    """

    text: str
    latex: str
    tight: bool = False
    binding: int = ATOM


class Tree(Protocol):
    """What the writer needs to know of a formula: its kind, its parts, the shape of its value."""

    @property
    def kind(self) -> str:
        """What the node is: 'symbol', 'number', 'add', ..."""

    @property
    def args(self) -> tuple[Any, ...]:
        """Its parts, in order."""

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of its value, ``()`` for a number."""


def write(formula: Tree, style: Style) -> str:
    """Write a formula in one of the styles TEXT, HTML and LATEX."""
    return _written(formula, style)[0]


@dataclass(frozen=True, slots=True)
class Style:
    """How symbols, numbers, signs and powers look in one medium."""

    name: str
    symbol: Callable[[str, str], str]
    number: Callable[[str], str]
    words: Mapping[str, str]
    power: Callable[[str, str], str]


_SIGNS = {
    "add": " + ",
    "sub": " − ",
    "neg": "−",
    "dot": " · ",
    "odot": " ⊙ ",
    "matrix": " ",
    "top": "ᵀ",
    "d": "∂",
}
_TEXT_WORDS = _SIGNS | {"(": "(", ")": ")", "ones": "ones(", "end": ")"}
_COMMANDS = {"add": " + ", "sub": " - ", "neg": "-", "dot": r" \cdot ", "odot": r" \odot ", "matrix": r" \, "}
_LATEX_WORDS = _COMMANDS | {
    "top": r"^\top",
    "d": r"\partial ",
    "(": r"\left(",
    ")": r"\right)",
    "ones": r"\mathbf{1}_{",
    "end": "}",
}
TEXT = Style("text", symbol_text, str, _TEXT_WORDS, lambda base, exponent: base + superscript(exponent))
HTML = Style("html", symbol_html, str, _TEXT_WORDS, lambda base, exponent: f"{base}<sup>{exponent}</sup>")
LATEX = Style(
    "latex", symbol_latex, number_latex, _LATEX_WORDS, lambda base, exponent: f"{base}^{{{exponent}}}"
)


def _written(term: Tree, style: Style) -> tuple[str, int]:
    """Return the written formula and how tightly it binds."""
    kind, args, words = term.kind, term.args, style.words
    if kind == "symbol":
        return style.symbol(*args), ATOM
    if kind == "number":
        return style.number(args[1]), SIGN if args[1].startswith("−") else PRODUCT if "e" in args[1] else ATOM
    if kind == "apply":
        return _show_call(term, style)
    if kind == "ones":
        return words["ones"] + ", ".join(map(str, term.shape)) + words["end"], ATOM
    if kind in ("add", "sub"):
        # On the left a sign stands free; on the right it needs parentheses: a − (−b).
        return _part(args[0], SUM, style) + words[kind] + _part(args[1], PRODUCT, style), SUM
    if kind == "neg":
        return words["neg"] + _part(args[0], PRODUCT, style), SIGN
    if kind == "mul":
        sign = words["odot"] if args[0].shape and args[1].shape else words["dot"]
        left, binding = _first_factor(args[0], style)
        return left + sign + _factor(args[1], style), binding
    if kind == "div":
        if style.name == "latex":
            return rf"\frac{{{_written(args[0], style)[0]}}}{{{_written(args[1], style)[0]}}}", PRODUCT
        left, binding = _first_factor(args[0], style)
        return f"{left}/{_part(args[1], POWER, style)}", binding
    if kind == "pow":
        return style.power(_part(args[0], ATOM, style), _written(args[1], style)[0]), POWER
    if kind in ("transpose", "differential"):
        inner = _part(args[0], ATOM, style)
        return (inner + words["top"] if kind == "transpose" else words["d"] + inner), ATOM
    left, right = (_part(part, MATRIX, style) for part in args)
    if kind == "inner":
        left = _part(args[0], ATOM, style) + words["top"]
    if kind == "outer":
        right = _part(args[1], ATOM, style) + words["top"]
    return left + words["matrix"] + right, MATRIX


def _show_call(term: Tree, style: Style) -> tuple[str, int]:
    notation, argument = term.args[0], term.args[2]
    inner = _part(argument, ATOM if notation.tight else SUM, style)
    template = notation.latex if style.name == "latex" else notation.text
    if style.name == "html":
        template = html.escape(template, quote=False)
    return template.replace("{}", inner), notation.binding


def _factor(term: Tree, style: Style) -> str:
    """Write a factor of an elementwise product; a matrix product gets parentheses: (W x) ⊙ y."""
    written, binding = _written(term, style)
    return _bracketed(written, style) if binding in (SUM, SIGN, MATRIX) else written


def _first_factor(term: Tree, style: Style) -> tuple[str, int]:
    """Write the first factor: its sign stands free and becomes the sign of the product, as in −1 · x."""
    written, binding = _written(term, style)
    if binding == SIGN:
        return written, SIGN
    return (_bracketed(written, style) if binding in (SUM, MATRIX) else written), PRODUCT


def _part(term: Tree, binding: int, style: Style) -> str:
    written, own = _written(term, style)
    return _bracketed(written, style) if own < binding else written


def _bracketed(written: str, style: Style) -> str:
    return style.words["("] + written + style.words[")"]
