"""Which characters of the font a formula needs."""

from __future__ import annotations

import html
import re

__all__ = ["REPERTOIRE", "characters_of", "italic"]

_TEXT = re.compile(r"<(mi|mn|mo|mtext|ms)\b([^>]*)>([^<]*)<")
_ROOTS = re.compile(r"<m(?:sqrt|root)\b")
_INVISIBLE = frozenset("\u2061\u2062\u2063\u2064\u00a0\u200b\u2009\n\t")
_HOLES = {"h": "ℎ", "∂": "𝜕", "ϵ": "𝜖", "ϑ": "𝜗", "ϰ": "𝜘", "ϕ": "𝜙", "ϱ": "𝜚", "ϖ": "𝜛", "∇": "𝛻"}
_ITALIC = (("a", "z", "𝑎"), ("A", "Z", "𝐴"), ("α", "ω", "𝛼"), ("Α", "Ω", "𝛢"))
_BASIC = "".join(map(chr, range(0x20, 0x7F))) + "αβγδεζηθικλμνξοπρςστυφχψω" + "ΓΔΘΛΞΠΣΥΦΨΩ" + "ϵϑϕϱϖ∂"
_SIGNS = "±×÷·¯˙˜ˆ¨′″…⋯⋮⋱←→↔↦⇒⇔⟸⟹⟺∀∃∈∉∑∏−∓∗∘√∞∫≈≠≡≤≥≪≫⊂⊆∪∩∅∇⊗⊙⊕⊤⋅⋆⌊⌋⌈⌉⟨⟩‖⏞⏟ℝℕℤ𝟏𝐱■✓"


def italic(letter: str) -> str:
    """Return the slanted letter that a browser shows for ``<mi>`` with one letter; others as they are.

    >>> italic("x"), italic("h"), italic("1")
    ('𝑥', 'ℎ', '1')
    """
    if letter in _HOLES:
        return _HOLES[letter]
    for first, last, slanted in _ITALIC:
        if first <= letter <= last:
            return chr(ord(slanted) + ord(letter) - ord(first))
    return letter


def characters_of(markup: str) -> frozenset[str]:
    """Return the characters that the formulas in some HTML show, slanted letters as such.

    >>> sorted(characters_of("<p>no</p><math><mi>x</mi><mo>&lt;</mo><msqrt><mn>2</mn></msqrt></math>"))
    ['2', '<', '√', '𝑥']
    """
    found: set[str] = set("√" if _ROOTS.search(markup) else "")
    for tag, attributes, text in _TEXT.findall(markup):
        shown = html.unescape(text)
        slanted = tag == "mi" and len(shown) == 1 and "mathvariant" not in attributes
        found.update(italic(shown) if slanted else shown)
    return frozenset(found - _INVISIBLE)


REPERTOIRE = frozenset(_BASIC + _SIGNS) | frozenset(map(italic, _BASIC))
"""What the font has whatever a book uses: a variant or a panel may show any of these."""
