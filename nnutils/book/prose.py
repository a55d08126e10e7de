"""Sentences with computed figures: ``{{ expression }}`` or ``{{ expression:format }}`` in Markdown.

A single brace is an ordinary character, so LaTeX is untouched; two that open no figure are written with a
backslash before them. Inside dollar signs a figure is written as LaTeX. A worked number shows its work on
hover, tap and focus.
"""

from __future__ import annotations

import difflib
import html
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from numbers import Integral, Rational, Real

from nnutils.core.errors import NNUtilsError
from nnutils.core.messages import brief
from nnutils.core.numerals import grouped, latex_number, latex_of_text, number_text, unsigned_zero
from nnutils.core.worked import Worked

__all__ = ["Figure", "ProseError", "condition", "figures", "holds", "render", "without_markup"]

_OPEN, _CLOSE = "{{", "}}"
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_MATHEMATICS = re.compile(r"(?<!\\)\$\$?")
_MARKUP = re.compile(r'<span class="worked"[^>]*>(.*?)</span>')
_WORDS_SHOWN = 12


class ProseError(NNUtilsError):
    """A sentence whose figure cannot be shown; the message names the sentence and the place."""


@dataclass(frozen=True)
class Figure:
    """One figure of a sentence: its expression and format, where it stands, and whether that is a formula."""

    expression: str
    format: str
    start: int
    end: int
    in_formula: bool


def figures(text: str) -> list[Figure]:
    """Return the figures of a text, in order.

    The format begins at the first colon outside brackets and strings.

    Raises:
        ProseError: for a figure that is empty or not closed.

    >>> [(f.expression, f.format) for f in figures("of {{ counts['a:b'][1:] }} about {{ share:.1%}}")]
    [("counts['a:b'][1:]", ''), ('share', '.1%')]
    """
    found: list[Figure] = []
    place = 0
    while (start := text.find(_OPEN, place)) >= 0:
        if start and text[start - 1] == "\\":
            place = start + len(_OPEN)
            continue
        end, colon = _scanned(text, start)
        inside = text[start + len(_OPEN) : end]
        split = len(inside) if colon < 0 else colon - start - len(_OPEN)
        expression, format = inside[:split].strip(), inside[split + 1 :].strip()
        if not expression:
            raise _error(text, start, "A figure is empty.", "Write an expression: {{ total }}.")
        place = end + len(_CLOSE)
        in_formula = len(_MATHEMATICS.findall(_plain(text[:start], found))) % 2 == 1
        found.append(Figure(expression, format, start, place, in_formula))
    return found


def render(text: str, names: Mapping[str, object]) -> str:
    """Return the Markdown of a text with every figure computed from ``names``.

    Raises:
        ProseError: for a figure that is not closed, a name that does not exist, an expression that fails, a
            float without a format, and a value that is not a figure, such as a list or an array.

    >>> render("It has {{ n:,}} weights, {{ share:.1%}} of all; $n = {{ n }}$.", {"n": 34848, "share": 0.25})
    'It has 34,848 weights, 25.0% of all; $n = 34{,}848$.'
    >>> render("{{ Worked(96) * 363 }} weights", {"Worked": Worked})
    '<span class="worked" title="96 · 363 = 34,848">34,848</span> weights'
    """
    pieces, place = [], 0
    for figure in figures(text):
        pieces += [text[place : figure.start], _written(text, figure, names)]
        place = figure.end
    return "".join([*pieces, text[place:]]).replace("\\" + _OPEN, _OPEN)


def condition(line: str) -> str:
    """Return the expression of a sentence's condition, the text behind ``if``; '' where there is none.

    Raises:
        ProseError: for anything else in the line of the magic.

    >>> condition(" if a > 0 and b > 0 "), condition("")
    ('a > 0 and b > 0', '')
    """
    words = line.split(maxsplit=1)
    if not words:
        return ""
    if words[0] != "if" or len(words) == 1:
        raise ProseError(
            f"%%prose does not understand {line.strip()!r}.",
            remedy="Write nothing behind %%prose, or a condition: %%prose if margin > 0",
        )
    return words[1].strip()


def holds(line: str, names: Mapping[str, object]) -> bool:
    """Say whether a sentence is to be shown: whether the condition in the magic's line is true, or none.

    Raises:
        ProseError: for a line that is not a condition, and for one that cannot be evaluated.

    >>> holds("if margin > 0", {"margin": 2}), holds("if not margin > 0", {"margin": 2}), holds("", {})
    (True, False, True)
    """
    expression = condition(line)
    return bool(_evaluated(expression, names, line, 0, f"if {expression}")) if expression else True


def without_markup(markdown: str) -> str:
    """Return rendered Markdown without the spans of worked numbers, for viewers that show plain text.

    >>> without_markup(render("{{ Worked(96) * 363 }} weights", {"Worked": Worked}))
    '34,848 weights'
    """
    return html.unescape(_MARKUP.sub(r"\1", markdown))


def _scanned(text: str, start: int) -> tuple[int, int]:
    """Return where a figure's closing braces are, and its first colon outside brackets and strings, or -1."""
    open_brackets: list[str] = []
    quote, colon = "", -1
    for i in range(start + len(_OPEN), len(text)):
        letter = text[i]
        if quote:
            quote = "" if letter == quote and text[i - 1] != "\\" else quote
        elif not open_brackets and text.startswith(_CLOSE, i):
            return i, colon
        elif letter in "\"'" and colon < 0:  # a format may hold an apostrophe
            quote = letter
        elif letter in _BRACKETS:
            open_brackets.append(_BRACKETS[letter])
        elif open_brackets and letter == open_brackets[-1]:
            open_brackets.pop()
        elif letter == ":" and not open_brackets and colon < 0:
            colon = i
    raise _error(
        text, start, "A figure is not closed.", "Write }} behind it; for two braces as such write \\{{."
    )


def _plain(text: str, done: list[Figure]) -> str:
    """Return text with a 0 for each figure already found: a dollar sign in a string opens no formula."""
    for figure in reversed(done):
        text = f"{text[: figure.start]}0{text[figure.end :]}"
    return text


def _written(text: str, figure: Figure, names: Mapping[str, object]) -> str:
    value = _evaluated(figure.expression, names, text, figure.start, _quoted(figure))
    try:
        return _latex(value, figure.format) if figure.in_formula else _text(value, figure.format)
    except (TypeError, ValueError) as error:
        problem = f"{_quoted(figure)} is {brief(value)}, which cannot stand in a sentence: {error}."
        remedy = "A figure is text, a whole number, a fraction, a Worked number, or a float with a format."
        raise _error(text, figure.start, problem, remedy) from None


def _evaluated(expression: str, names: Mapping[str, object], text: str, start: int, quoted: str) -> object:
    """Return the value of an expression, or say why it has none, and where in the text it stands."""
    try:
        return eval(compile(expression, "<sentence>", "eval"), dict(names))
    except NameError as error:
        close = difflib.get_close_matches(str(error.name), [name for name in names if name[:1] != "_"], 3)
        remedy = f"Did you mean {', '.join(close)}?" if close else "Define it in a cell above this one."
        problem = f"{quoted} needs the name {error.name!r}, which does not exist here."
        raise _error(text, start, problem, remedy) from None
    except SyntaxError as error:
        problem = f"{quoted} is not an expression: {error.msg}."
        raise _error(text, start, problem, "A format comes after a colon: {{ share:.1%}}.") from None
    except Exception as error:
        problem = f"{quoted} fails: {type(error).__name__}: {error}."
        raise _error(text, start, problem, "Try the expression in a cell of its own.") from error


def _text(value: object, format_spec: str) -> str:
    if isinstance(value, Worked):
        text = _signed(unsigned_zero(format(value, format_spec))) if format_spec else grouped(value.value)
        return value._repr_html_().replace(f">{grouped(value.value)}</span>", f">{text}</span>")
    if isinstance(value, str):
        return format(value, format_spec)
    _check(value, format_spec)
    if format_spec:
        return _signed(unsigned_zero(format(value, format_spec)))
    return number_text(value)  # type: ignore[arg-type]  # _check lets exact numbers through, and no other


def _latex(value: object, format_spec: str) -> str:
    if isinstance(value, str):
        return value
    if not isinstance(value, Worked) and hasattr(value, "latex") and not format_spec:
        return str(value.latex)
    number = value.value if isinstance(value, Worked) else value
    _check(number, format_spec)
    if not format_spec:
        return latex_number(number)  # type: ignore[arg-type]  # as above
    text = format(Worked(number) if isinstance(number, Fraction) else number, format_spec)
    return latex_of_text(unsigned_zero(text)).replace(",", "{,}").replace("%", r"\%")


def _check(value: object, format_spec: str) -> None:
    """Refuse what is not a number that can be written as it stands."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError("it is not a number or text")
    if not isinstance(value, Integral | Rational):
        if not math.isfinite(value):
            raise ValueError("it is not finite")
        if not format_spec:
            raise ValueError(
                "a float needs a format, such as {{ x:.2f}}, that says how many digits are meant"
            )


def _signed(text: str) -> str:
    return text.replace("-", "−")


def _quoted(figure: Figure) -> str:
    return f"{_OPEN} {figure.expression} {_CLOSE}"


def _error(text: str, place: int, problem: str, remedy: str) -> ProseError:
    line = text.count("\n", 0, place) + 1
    words = text[text.rfind("\n", 0, place) + 1 :].partition("\n")[0].split()
    sentence = " ".join(words[:_WORDS_SHOWN]) + (" …" if len(words) > _WORDS_SHOWN else "")
    return ProseError(problem, where=f"line {line}: {sentence}", remedy=remedy)
