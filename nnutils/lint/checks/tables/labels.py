"""What a sheet calls a layer: 'Conv. layer 1', 'FC-2', 'the second pooling layer', 'Output layer'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from nnutils.lint.remembering import remembered

__all__ = ["LABEL", "Kind", "LayerLabel", "label_at", "layer_label", "words_of"]

Kind = Literal["conv", "pool", "linear", "output", "input", "norm", "activation", "flatten", "average"]

_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "first 1st",
            "second 2nd",
            "third 3rd",
            "fourth 4th",
            "fifth 5th",
            "sixth 6th",
            "seventh 7th",
            "eighth 8th",
        ),
        1,
    )
    for word in words.split()
}
_KINDS = (
    ("average", r"global[ -]av(?:era)?g(?:e|\.)?[ -]?pool(?:ing)?(?:2d)?|gap"),
    ("pool", r"(?:(?:max|av(?:era)?ge?|mean)[ -]?)?(?:sub[ -]?sampl(?:e|ing)|pool(?:ing|2d)?)"),
    ("conv", r"conv(?:\.|olution(?:al)?|2d)?"),
    (
        "linear",
        r"f\.?\s?c\.?(?![a-z])|fully[ -]?connected|dense(?:ly[ -]connected)?|linear|affine|hidden(?= layer)",
    ),
    ("output", r"output(?= layer)|out|softmax|logits|classifier|last layer|final layer"),
    ("input", r"input|image"),
    ("norm", r"(?:batch|layer|local response)?[ -]?norm(?:ali[sz]ation)?(?:2d)?|bn|lrn"),
    ("activation", r"(?:leaky[ -]?)?relu|tanh|sigmoid|gelu|drop[ -]?out"),
    ("flatten", r"flatten|reshape"),
)  # fmt: skip
_KIND = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS)
LABEL = re.compile(
    rf"(?<![\w-])(?:(?P<ordinal>{'|'.join(_ORDINALS)})\s+)?(?:{_KIND})(?![a-z])(?:\s?layer)?"
    r"(?:[\s\-_#]{0,2}(?P<number>\d{1,3}(?:[_.-]\d{1,2})?)"
    r"(?![\d.,]*\d|\s*[×x*]\s*\d|\s*(?:filters|units|neurons|weights|param))(?:\s?layer)?)?(?![\w])",
    re.IGNORECASE,
)
"""A layer named in running text."""


@dataclass(frozen=True)
class LayerLabel:
    """The kind of a layer, its number among those of its kind, if it has one, and the name as written."""

    kind: Kind
    number: str
    name: str

    @property
    def key(self) -> str:
        """The label without the ways of writing it.

        >>> layer_label("Convolution Layer 1").key == layer_label("conv-1").key
        True
        """
        return f"{self.kind}{self.number}"


@remembered
def layer_label(text: str) -> LayerLabel | None:
    """Return the layer that a text names, if it names one and nothing else.

    >>> layer_label("Fully Connected Layer 2")
    LayerLabel(kind='linear', number='2', name='Fully Connected Layer 2')
    >>> layer_label("F.C. layer 2:").key, layer_label("conv5_3").number
    ('linear2', '5_3')
    >>> layer_label("the second convolutional layer").key, layer_label("Convolve twice") is None
    ('conv2', True)
    """
    bare = re.sub(r"^(?:the|layer)\s+|\s*\([^()]*\)\s*$|[\s:.]+$", "", words_of(text), flags=re.IGNORECASE)
    found = LABEL.match(bare)
    return label_at(found) if found and found.end() == len(bare) else None


def label_at(found: re.Match[str]) -> LayerLabel:
    """Return the layer that a match of ``LABEL`` names."""
    kind: Kind = next(kind for kind, _ in _KINDS if found[kind])  # type: ignore[misc]
    ordinal = found["ordinal"]
    number = found["number"] or (str(_ORDINALS[ordinal.lower()]) if ordinal else "")
    return LayerLabel(kind, number, found[0])


def words_of(text: str) -> str:
    """Return a text without markup, its blanks made single.

    >>> words_of("**Conv.  layer** `1`")
    'Conv. layer 1'
    """
    return " ".join(re.sub(r"[*`$~|\\]+", " ", text).split())
