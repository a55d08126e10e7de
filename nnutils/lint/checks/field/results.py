"""Results beside settings: 'side = 55 (input 227, kernel 11, stride 4)', 'kernel 11, …: the side is 55'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nnutils.lint.checks.field.settings import NUMBER, SIZE, Setting

__all__ = ["bracketed", "named_side", "unrounded"]

_SIDE = r"(?:sides?|size|width|height|side length|dimensions?|resolution|spatial size)"
_OUT = r"(?:new|resulting|output|spatial|its|the|a|an|map|feature map|final)"
_PART = r"(?:of (?:the )?(?:output|result|(?:feature )?maps?|conv\w*|pool\w*|layer)(?: ?\d)?)"
_NAMED = re.compile(
    rf"(?:\b(?:{_OUT}[ ]){{0,3}}{_SIDE}(?:[ ]{_PART})?"
    rf"|\boutputs?(?:[ ]{_SIDE})?|\b(?:o|out|n_out|[HWhw]_out|[ow]_\d))"
    r"[*_` ]*(?:=|:|≈|→|\bis\b|\bare\b|\bbecomes\b|\bof\b)[*_` ]*$",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"(?:[=:≈→⇒]|->|=>|\b(?:is|are|gives?|makes?|becomes|get|obtain))[*_` ]*$", re.IGNORECASE
)
_SETTING = re.compile(r"kernel|filter|window|input|image|stride|step|padding|dilat", re.IGNORECASE)
_BEHIND = re.compile(
    rf"(?P<value>{SIZE}|{NUMBER})(?:[ ](?:pixels?|px|units wide))?[*_`]{{0,2}}"
    r"[ ,]{0,8}(?P<open>[(\[])(?P<inside>[^()\[\]\n]{8,160})[)\]]",
    re.IGNORECASE,
)
_OF_A_SIDE = re.compile(
    r"(?:[,:;→⇒.]|\b(?:so|hence|thus|and|therefore|then|gives))[ ]+"
    rf"(?:{_OUT}[ ]){{0,3}}{_SIDE}(?:[ ]{_PART})?"
    rf"[ ]?(?:=|:|\bis\b|\bbecomes\b|\bof\b)[ ]?(?P<value>{SIZE}|{NUMBER})(?![ ]?[×*/·+−^=@(%-])",
    re.IGNORECASE,
)
_UNROUNDED = re.compile(
    rf"(?:\boutputs?\b|{_SIDE}|\bo)[ ]?(?:(?:{_SIDE}|is|are|has|of|then|=|:|≈)[ ]?){{0,3}}"
    r"(?P<value>\d{1,5}[.,]\d{1,3})(?![\w]|[.,]\d)",
    re.IGNORECASE,
)
_ROUNDED = re.compile(
    r"round|floor|whole|integer|integral|\bfit|truncat|possible|valid|allowed|⌊|\bnot\b|n.t\b|\bbut\b"
    r"|fraction|drop|\b(?:so|to|→|or|i\.e\.)[ ]+(?:\w+[ ]+){0,3}\d",
    re.IGNORECASE,
)


def bracketed(text: str, start: int, end: int) -> Iterator[tuple[Setting, tuple[int, int], bool]]:
    """Yield the results with a bracket behind them, where the bracket is, and whether they have a clear name.

    >>> [(one.value, clear) for one, _, clear in bracketed("side = 55 (input 227, kernel 11)", 0, 32)]
    [((55,), True)]
    """
    for found in _BEHIND.finditer(text, start, end):
        before = text[max(start, found.start() - 60) : found.start()]
        if _SETTING.search(re.split(r"[.,;:()\[\]]", before)[-1]):
            continue  # the size of the kernel, say, with the other settings behind it
        size = tuple(int(number) for number in re.findall(r"\d+", found["value"]))
        clear = bool(_NAMED.search(before)) or (len(size) > 1 and bool(_STATED.search(before)))
        if clear or _STATED.search(before):
            setting = Setting("output", _channels_last(size, found["value"]), *found.span("value"))
            yield setting, (found.end("open"), found.end("inside")), clear


def named_side(text: str, start: int, end: int) -> Setting | None:
    """Return the side that a stretch of text states as a result; None if it states none.

    >>> named_side("input 227, kernel 11: the side is 55", 0, 36).value
    (55,)
    """
    found = _OF_A_SIDE.search(text, start, end)
    if found is None:
        return None
    size = tuple(int(number) for number in re.findall(r"\d+", found["value"]))
    return Setting("output", _channels_last(size, found["value"]), found.start(), found.end())


def unrounded(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    """Return an output size that is no whole number, if nothing near it says so; and where it stands.

    >>> unrounded("The output is 62.5.", 0, 19)
    ('62.5', 4, 18)
    >>> unrounded("The output is 62.5, so we round down.", 0, 37) is None
    True
    """
    found = _UNROUNDED.search(text, start, end)
    if found is None or _ROUNDED.search(text, max(0, found.start() - 60), found.start()):
        return None
    if _ROUNDED.search(text, found.end(), found.end() + 160):
        return None
    return found["value"], found.start(), found.end()


def _channels_last(size: tuple[int, ...], text: str) -> tuple[int, ...]:
    return (*size[1:], size[0]) if "@" in text else size
