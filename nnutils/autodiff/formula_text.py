"""How a formula tree is written, with brackets where they are needed: as text, as HTML, as LaTeX."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from nnutils.autodiff.symbols import superscript, symbol_html, symbol_latex, symbol_text
from nnutils.core.brackets import ATOM, MATRIX, POWER, PRODUCT, SIGN, SUM, bracketed, fitted
from nnutils.core.numerals import latex_of_text

__all__ = [
    "HTML",
    "LATEX",
    "Style",
    "TEXT",
    "Template",
    "Tree",
    "write",
]


@dataclass(frozen=True, slots=True)
class Template:
    """How a function is written: ``text`` and ``latex`` with ``{}`` in place of the argument.

    ``bracket_argument`` puts parentheses around an argument that is not a single symbol, for templates that
    bring none. ``precedence`` is that of the whole call.
    """

    text: str
    latex: str
    bracket_argument: bool = False
    precedence: int = ATOM


class Tree(Protocol):
    """A formula, as far as writing needs to know it: its kind, its parts, the shape of its value."""

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
    r"""Return a formula written in one of the styles TEXT, HTML and LATEX.

    >>> from nnutils.autodiff.formula import symbol
    >>> formula = -(symbol("v1", "bar") + 2) / symbol("x")
    >>> write(formula, TEXT), write(formula, LATEX)
    ('−(v̄₁ + 2)/x', '-\\frac{\\bar{v}_{1} + 2}{x}')
    """
    return _written(formula, style)[0]


@dataclass(frozen=True, slots=True)
class Style:
    """How symbols, numbers, signs and powers look in one medium; ``words`` holds the signs by name."""

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
_TEXT_WORDS = _SIGNS | {"ones": "ones(", "end": ")"}
_COMMANDS = {"add": " + ", "sub": " - ", "neg": "-", "dot": r" \cdot ", "odot": r" \odot ", "matrix": r" \, "}
_LATEX_WORDS = _COMMANDS | {
    "top": r"^\top",
    "d": r"\partial ",
    "ones": r"\mathbf{1}_{",
    "end": "}",
}
TEXT = Style("text", symbol_text, str, _TEXT_WORDS, lambda base, exponent: base + superscript(exponent))
HTML = Style("html", symbol_html, str, _TEXT_WORDS, lambda base, exponent: f"{base}<sup>{exponent}</sup>")
LATEX = Style(
    "latex", symbol_latex, latex_of_text, _LATEX_WORDS, lambda base, exponent: f"{base}^{{{exponent}}}"
)


def _written(term: Tree, style: Style) -> tuple[str, int]:
    """Return the written formula and its precedence."""
    kind, args, words = term.kind, term.args, style.words
    if kind == "symbol":
        return style.symbol(*args), ATOM
    if kind == "number":
        return style.number(args[1]), SIGN if args[1].startswith("−") else PRODUCT if "e" in args[1] else ATOM
    if kind == "apply":
        return _written_call(term, style)
    if kind == "ones":
        return words["ones"] + ", ".join(map(str, term.shape)) + words["end"], ATOM
    if kind in ("add", "sub"):
        # On the left a sign stands free; on the right it needs parentheses: a − (−b).
        return _part(args[0], SIGN, style) + words[kind] + _part(args[1], PRODUCT, style), SUM
    if kind == "neg":
        return words["neg"] + _part(args[0], PRODUCT, style), SIGN
    if kind == "mul":
        sign = words["odot"] if args[0].shape and args[1].shape else words["dot"]
        left, precedence = _first_factor(args[0], style)
        return left + sign + _factor(args[1], style), precedence
    if kind == "div":
        if style.name == "latex":
            return rf"\frac{{{_written(args[0], style)[0]}}}{{{_written(args[1], style)[0]}}}", PRODUCT
        left, precedence = _first_factor(args[0], style)
        return f"{left}/{_part(args[1], POWER, style)}", precedence
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


def _written_call(term: Tree, style: Style) -> tuple[str, int]:
    template, argument = term.args[0], term.args[2]
    inner = _part(argument, ATOM if template.bracket_argument else SIGN, style)
    pattern = template.latex if style.name == "latex" else template.text
    if style.name == "html":
        pattern = html.escape(pattern, quote=False)
    return pattern.replace("{}", inner), template.precedence


def _factor(term: Tree, style: Style) -> str:
    """Write a factor of an elementwise product; a matrix product gets parentheses: (W x) ⊙ y."""
    written, precedence = _written(term, style)
    return bracketed(written, latex=style.name == "latex") if precedence in (SUM, SIGN, MATRIX) else written


def _first_factor(term: Tree, style: Style) -> tuple[str, int]:
    """Write the first factor: its sign stands free and becomes the sign of the product, as in −1 · x."""
    written, precedence = _written(term, style)
    if precedence == SIGN:
        return written, SIGN
    return (
        bracketed(written, latex=style.name == "latex") if precedence in (SUM, MATRIX) else written
    ), PRODUCT


def _part(term: Tree, needed: int, style: Style) -> str:
    written, precedence = _written(term, style)
    return fitted(written, precedence, needed, latex=style.name == "latex")
