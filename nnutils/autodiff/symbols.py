"""How a variable is written: as text, as HTML without MathJax, as LaTeX.

Text is in Unicode's composed form (NFC): an adjoint is a letter with a macron (``h̄``, and ``ȳ``, which is
one character), a tangent a letter with a dot, an index a subscript digit.
"""

from __future__ import annotations

import html
import re
import unicodedata

__all__ = [
    "superscript",
    "symbol_html",
    "symbol_latex",
    "symbol_text",
]

_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi"
)
_GREEK = dict(zip([*_NAMES.split(), "chi", "psi", "omega"], "αβγδεζηθικλμνξπρστυφχψω", strict=True))
_SUBSCRIPTS = str.maketrans("-0123456789", "₋₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_MACRON, _OVERLINE, _DOT = "\u0304", "\u0305", "\u0307"
_PARTS = re.compile(r"([^\W\d_]+)(?:_(\w+)|(-?\d+))?")


def _split_name(name: str) -> tuple[str, str]:
    """Split a name into letters and index; a Greek letter's English name becomes the letter.

    >>> _split_name("x1"), _split_name("W_out"), _split_name("phi"), _split_name("v-1"), _split_name("a1b")
    (('x', '1'), ('W', 'out'), ('φ', ''), ('v', '-1'), ('a1b', ''))
    """
    match = _PARTS.fullmatch(name)
    if match is None:
        return name, ""
    base, word, digits = match.groups()
    return _GREEK.get(base, base), word or digits or ""


def symbol_text(name: str, mark: str = "") -> str:
    """Write a variable as text; ``mark`` is '' (the value), 'bar' (its adjoint) or 'dot' (its tangent).

    >>> symbol_text("x1"), symbol_text("v-1", "bar"), symbol_text("W_out", "bar"), symbol_text("loss", "dot")
    ('x₁', 'v̄₋₁', 'W̄_out', 'l̇ȯṡṡ')
    """
    base, index = _split_name(name)
    return _marked(base, mark) + _text_index(index)


def symbol_html(name: str, mark: str = "") -> str:
    """Write a variable as HTML that reads without any script.

    >>> symbol_html("v-1"), symbol_html("phi", "bar")
    ('<var>v</var><sub>−1</sub>', '<var>φ̄</var>')
    """
    base, index = _split_name(name)
    below = f"<sub>{html.escape(index.replace('-', '−'))}</sub>" if index else ""
    return f"<var>{html.escape(_marked(base, mark))}</var>{below}"


def symbol_latex(name: str, mark: str = "") -> str:
    r"""Write a variable as LaTeX.

    >>> symbol_latex("v-1", "bar"), symbol_latex("phi"), symbol_latex("W_out", "dot")
    ('\\bar{v}_{-1}', '\\phi', '\\dot{W}_{\\mathrm{out}}')
    """
    base, index = _split_name(name)
    letters = _word_latex(base)
    accents = {"": "{}", "bar": r"\bar{{{}}}" if len(base) == 1 else r"\overline{{{}}}", "dot": r"\dot{{{}}}"}
    marked = accents[mark].format(letters)
    if not index:
        return marked
    return f"{marked}_{{{index}}}" if index.lstrip("-").isdigit() else f"{marked}_{{{_word_latex(index)}}}"


def _word_latex(word: str) -> str:
    r"""Write a letter in italics, a Greek letter as its command, a longer word upright.

    >>> _word_latex("h"), _word_latex("φ"), _word_latex("a_b")
    ('h', '\\phi', '\\mathrm{a\\_b}')
    """
    for english, letter in _GREEK.items():
        if word == letter:
            return f"\\{english}"
    return word if len(word) == 1 else rf"\mathrm{{{word}}}".replace("_", r"\_")


def superscript(exponent: str) -> str:
    """Raise an exponent: Unicode digits where there are some, else a caret.

    >>> superscript("2"), superscript("−1"), superscript("0.5"), superscript("x₁ + 1")
    ('²', '⁻¹', '^0.5', '^(x₁ + 1)')
    """
    plain = exponent.replace("−", "-")
    if plain.lstrip("-").isdecimal() and plain.isascii():
        return plain.translate(_SUPERSCRIPTS)
    simple = re.fullmatch(r"[\w.]+", exponent)
    return f"^{exponent}" if simple else f"^({exponent})"


def _marked(base: str, mark: str) -> str:
    accent = {"": "", "bar": _MACRON if len(base) == 1 else _OVERLINE, "dot": _DOT}[mark]
    return unicodedata.normalize("NFC", "".join(letter + accent for letter in base))


def _text_index(index: str) -> str:
    if index.lstrip("-").isdigit():
        return index.translate(_SUBSCRIPTS)
    return f"_{index}" if index else ""
