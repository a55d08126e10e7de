"""AsciiMath in plain notation: ``hat x = (x - mu)/sqrt(sigma^2 + epsilon) ~~ 4.9``."""

from __future__ import annotations

import re

from nnutils.lint.readers.placed import Placed, Strand

__all__ = ["asciimath_strand"]

_LETTERS = """
alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi
omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega varepsilon vartheta varphi
"""
_GREEK = dict(zip(_LETTERS.split(), "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩεθφ", strict=True))
_WORDS = {
    **_GREEK,
    "xx": "×", "cdot": "·", "times": "×", "div": "/", "pm": "±", "oo": "∞", "infty": "∞", "sum": "∑",
    "prod": "∏", "grad": "∇", "del": "∂", "nabla": "∇", "partial": "∂", "approx": "≈", "ne": "≠",
    "le": "≤", "ge": "≥", "lt": "<", "gt": ">", "rarr": "→", "to": "→", "rArr": "⇒", "implies": "⇒",
    "larr": "←", "in": "∈", "sqrt": "√", "quad": "\N{EM SPACE}", "qquad": "\N{EM SPACE}", "lfloor": "⌊",
    "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "dots": "…", "ldots": "…", "cdots": "…", "and": " and ",
    "or": " or ", "if": " if ",
}  # fmt: skip
_ACCENTS = {
    "hat": "\u0302", "bar": "\u0304", "overline": "\u0304", "vec": "\u20d7", "dot": "\u0307",
    "tilde": "\u0303",
}  # fmt: skip
_SIGNS = {
    "~~": "≈", "~=": "≅", "!=": "≠", "<=": "≤", ">=": "≥", "->": "→", "=>": "⇒", "<=>": "⇔", "+-": "±",
    "-:": "/", "**": "·", "*": "·", "|__": "⌊", "__|": "⌋", "|~": "⌈", "~|": "⌉", "...": "…", "-=": "≡",
    ":.": " so ", "//": "/",
}  # fmt: skip
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\btext\((?P<told>[^()]*)\)'
    rf"|\b(?P<accent>{'|'.join(_ACCENTS)})\s*(?:\(\s*(?P<inside>[^\W\d_])\s*\)|(?P<on>[A-Za-z]+))"
    r"|\bfrac(?=\s*\()"
    r"|(?P<lowered>_\((?P<index>[^()]{1,12})\))"
    r"|\\?(?P<word>[A-Za-z]+)"
    rf"|(?P<sign>{'|'.join(map(re.escape, sorted(_SIGNS, key=len, reverse=True)))})"
    r"|(?P<other>.)",
    re.DOTALL,
)
_FRACTION = re.compile(r"\s*\(")


def asciimath_strand(source: Placed) -> tuple[Strand, list[Strand]]:
    """Return a formula in plain notation; no label stands on one.

    >>> from nnutils.lint.readers.placed import placed
    >>> strand, _ = asciimath_strand(placed("hat x xx sqrt(sigma^2 + 3) ~~ |__ frac(5)(2) __|"))
    >>> "".join(text for text, _ in strand)
    'x̂ × √(σ^2 + 3) ≈ ⌊ ((5)/(2)) ⌋'
    """
    strand: Strand = []
    text = source.text
    closings = _fractions(text)
    for found in _PART.finditer(text):
        start = found.start()
        place = source.place(start)
        for sign in closings.get(start, ""):
            strand.append((sign, place))
        told = found["quoted"] if found["quoted"] is not None else found["told"]
        if told is not None:
            strand += [(sign, place) for sign in f" {told} "]
        elif found["accent"]:
            on = found["inside"] or found["on"]
            strand.append((f"{_WORDS.get(on, on)}{_ACCENTS[found['accent']]}", place))
        elif found["lowered"]:
            strand.append((f"_{{{found['index']}}}", place))
        elif found["word"]:
            word = _WORDS.get(found["word"])
            whole = zip(found["word"], range(start, found.end()), strict=False)
            strand += [(word, place)] if word else [(sign, source.place(at)) for sign, at in whole]
        elif found["sign"]:
            strand.append((_SIGNS[found["sign"]], place))
        elif found["other"]:
            strand.append((found["other"], place))
    strand += [(sign, source.place(len(text))) for sign in closings.get(len(text), "")]
    return strand, []


def _fractions(text: str) -> dict[int, str]:
    """Return what is put in where for frac(a)(b): a bracket around it, and a stroke between its parts."""
    made: dict[int, str] = {}
    for found in re.finditer(r"\bfrac(?=\s*\()", text):
        first = _behind(text, found.end())
        second = _behind(text, first) if first else 0
        if second:
            made[found.start()] = made.get(found.start(), "") + "("
            made[first] = "/" + made.get(first, "")
            made[second] = ")" + made.get(second, "")
    return made


def _behind(text: str, place: int) -> int:
    """Return the place behind the bracket that opens here; 0 where none does."""
    opened = _FRACTION.match(text, place)
    depth, at = 0, opened.end() - 1 if opened else len(text)
    while at < len(text):
        depth += (text[at] == "(") - (text[at] == ")")
        at += 1
        if not depth:
            return at
    return 0
