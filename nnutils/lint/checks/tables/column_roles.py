"""What a column of a table of layers holds, by its header."""

from __future__ import annotations

import re
from typing import Literal

from nnutils.lint.checks.tables.cells import clean
from nnutils.lint.remembering import remembered

__all__ = ["COUNTED", "Role", "biases_in", "role_of"]

Role = Literal[
    "layer", "type", "input", "in_channels", "kernel", "filters", "stride", "padding", "dilation", "groups",
    "output", "parameters", "weights", "biases", "units", "connections", "operations",
]  # fmt: skip

COUNTED: tuple[Role, ...] = ("parameters", "weights", "biases", "units", "connections", "operations")
"""The columns that hold counts."""

_NUMBER_OF = re.compile(
    r"^(?:(?:no\.?|num(?:ber)?s?|#|nr\.?|n_|count)\s*(?:of\s+)?)+|\s*(?:#|count)$", re.IGNORECASE
)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_BIASES = re.compile(
    r"[\s,;:–—-]*[(\[]?\s*(?:"
    r"(?:(?P<with>\bwith|\bincl(?:uding|usive of|\.)?|\bplus|\band|\bcounting|\bmit|\binkl\.?|\+)"
    r"|(?P<without>\bwithout|\bw/o|\bexcl(?:uding|\.)?|\bno|\bnot counting|\bohne))"
    r"\s+(?:the\s+|all\s+)?bias(?:es)?\b(?:\s+(?:terms?|weights|parameters))?"
    r"|\b(?:the\s+)?bias(?:es)?\s+(?:terms?\s+)?(?:(?P<included>included|counted|incl\.?)"
    r"|(?P<excluded>excluded|left out|not (?:included|counted)|ignored)))\s*[)\]]?",
    re.IGNORECASE,
)
_EXTENT = r"(?:[ _-]?(?:size|shape|dim(?:ension)?s?(?:ality)?|volume|resolution))?"
_ROLES: tuple[tuple[Role, str], ...] = (
    ("in_channels", r"(?:in|input)[ _-]?(?:channels?|ch|chans?|depth|maps)|c_?in|channels? in"),
    ("filters", r"(?:out|output)[ _-]?(?:channels?|ch|chans?|depth|maps)|c_?out|channels? out"),
    ("input", r"(?:in|input)[ _-]?(?:side|width|height|h|hw|resolution|dim)"),
    ("output", r"(?:out|output)[ _-]?(?:side|width|height|h|hw|resolution|dim)"),
    ("input", rf"i|in|input{_EXTENT}|size of (?:the )?input"),
    ("output", rf"o|out|output{_EXTENT}|size of (?:the )?output|output (?:feature )?maps? size|volume"),
    ("output", r"(?:activation|feature)(?: ?map)?s? (?:size|shape)"),
    ("output", r"(?:output )?(?:sides?|width|height|width and height|height and width|pixels|resolution)"),
    ("output", r"(?:spatial|map|picture|image) (?:size|side|width|extent)|side length|pixels (?:a|per) side"),
    ("kernel", r"k|f|kernel|filter|window|pool"),
    ("kernel", r"(?:kernel|filter|window|pool)s?[ _-]?(?:size|shape|dim(?:ension)?s?)"),
    ("filters", r"n|filters|kernels|channels?|depth|feature ?maps|maps|features"),
    ("filters", r"filters ?/ ?(?:units|neurons)"),
    ("stride", r"s|strides?"),
    ("padding", r"p|(?:zero[ -]?)?pad(?:ding)?"),
    ("dilation", r"d|dilations?(?: rate)?"),
    ("groups", r"g|groups?"),
    ("parameters", r"(?:trainable |learnable |learned |total )?param(?:eter)?s?\.?(?: in total)?"),
    ("weights", r"(?:shared )?weights?"),
    ("biases", r"bias(?:es)?(?: terms?)?"),
    ("units", r"(?:output |hidden )?(?:units?|neurons?|nodes?|activations?|values|elements|entries)"),
    ("units", r"activation (?:count|number)|outputs"),
    ("connections", r"connections?|macs?|maccs?|mult(?:iply)?[ -]?adds?|multiplications?|mults?"),
    ("connections", r"multiply[ -]accumulates?"),
    ("operations", r"(?:floating[ -]point )?op(?:eration)?s|flops?"),
    ("type", r"type|kind|layer type|operation|op|operator"),
    ("layer", r"layers?(?: name)?|name|module|block"),
)


@remembered
def role_of(header: str) -> Role | None:
    """Return what a column holds, by its header.

    >>> role_of("# Params (M)"), role_of("Output Size"), role_of("No. of filters"), role_of("accuracy")
    ('parameters', 'output', 'filters', None)
    >>> role_of("$k$"), role_of("Kernel Size"), role_of("input channels")
    ('kernel', 'kernel', 'in_channels')
    >>> role_of("Parameters (weights and biases)"), role_of("Weights + biases")
    ('parameters', 'parameters')
    """
    text = _BIASES.sub("", _ASIDE.sub("", clean(header))).strip().lower()
    bare = _NUMBER_OF.sub("", text).strip()
    for role, pattern in _ROLES:
        if re.fullmatch(pattern, bare):
            # '# filters' is their number, 'filter' their size; '# inputs' is a number of features.
            if role == "weights" and biases_in(header):
                return "parameters"
            return "filters" if role == "kernel" and bare != text and bare != "k" else role
    return None


@remembered
def biases_in(text: str) -> bool | None:
    """Return whether a header says that biases are counted (True) or left out (False); None: it does not say.

    >>> biases_in("parameters, biases included"), biases_in("weights, without biases"), biases_in("weights")
    (True, False, None)
    """
    found = _BIASES.search(text)
    return None if found is None else bool(found["with"] or found["included"])
