"""Entries of the reference as reStructuredText, made of docstrings with sections in Google's style."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sphinx.ext.napoleon import Config
from sphinx.ext.napoleon.docstring import GoogleDocstring

from nnutils.book.pages.reference.rooms import CLASS, DATA, ERROR, FUNCTION, Member, PublicName

__all__ = ["GROUPS", "entry"]

GROUPS = {FUNCTION: "Functions", CLASS: "Classes", DATA: "Constants and types", ERROR: "Errors"}
"""The headings of a page, by the kind of name, in their order."""

_STYLE: Any = Config(napoleon_numpy_docstring=False, napoleon_use_rtype=False, napoleon_use_param=False)
_EXAMPLE = re.compile(r"^[ ]*>>> .*\n(?:.*\S.*(?:\n|\Z))*", re.MULTILINE)


def _literal_bars(text: str) -> str:
    r"""Return a docstring in which the bars of an absolute value are bars, and no name of something.

    >>> _literal_bars("It is |x|, in code ``|x|``.")
    'It is \\|x\\|, in code ``|x|``.'
    """
    code = [*_EXAMPLE.finditer(text), *re.finditer(r"``.*?``", text, re.DOTALL)]
    kept = {place for found in code for place in range(*found.span())}
    return "".join(rf"\{one}" if one == "|" and n not in kept else one for n, one in enumerate(text))


def entry(name: PublicName) -> str:
    """Return the entry of a name, with its members below it.

    >>> print(entry(PublicName("shop", "price", "function", "(weight: float) -> float", "Return the price.")))
    .. py:function:: price(weight: float) -> float
    <BLANKLINE>
       Return the price.
    """
    options = [f":value: {name.value}"] if name.value and not name.value.startswith("<") else []
    lines = [*_described(name.kind, name.name, name.signature, name.text, options)]
    for member in name.members:
        lines += ["", *_indented(_member(member))]
    return "\n".join(lines)


def _member(member: Member) -> list[str]:
    kind, options = member.kind, []
    if kind in ("classmethod", "staticmethod"):
        kind, options = "method", [f":{kind}:"]
    return _described(kind, member.name, member.signature, member.text, options)


def _described(kind: str, name: str, signature: str, text: str, options: Iterable[str]) -> list[str]:
    made = GoogleDocstring(_literal_bars(text), _STYLE, what="function", name=name).lines()
    lines = "\n".join(made).splitlines()  # what is raised is a line with breaks in it
    return [f".. py:{kind}:: {name}{signature}", *_indented(options), "", *_indented(lines)]


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"   {line}".rstrip() for line in lines]
