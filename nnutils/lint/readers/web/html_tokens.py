"""HTML as a row of tags and text. Unlike the parser of Python, it stays linear on malformed pages."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Token", "html_tokens"]

_TAG = re.compile(r"<(/?)([a-zA-Z][\w:.-]*)((?:[^\"'<>]+|\"[^\"]*\"|'[^']*'){0,400}+)>")
_ATTRIBUTE = re.compile(r"([^\s\"'=<>/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+)))?")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]\w{1,30});")
_MARK = re.compile("[<&]")
_ENDS = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", ">"))
_RAW = ("script", "style", "textarea")


@dataclass(frozen=True)
class Token:
    """A tag or a stretch of text, from ``start`` to ``end``; ``text`` is a name, or what an entity means."""

    kind: Literal["start", "end", "text", "entity"]
    text: str
    start: int
    end: int
    attributes: dict[str, str] = field(default_factory=dict)
    closed: bool = False
    """Whether a tag closes itself, ``<mspace/>``, as those of MathML and SVG may."""


def html_tokens(text: str) -> Iterator[Token]:
    """Yield the tags, entities and stretches of text of HTML.

    >>> [(token.kind, token.text) for token in html_tokens("<b class=x>3 &lt; 4</b><!-- 5 -->")]
    [('start', 'b'), ('text', '3 '), ('entity', '<'), ('text', ' 4'), ('end', 'b')]
    """
    missing: set[str] = set()
    at = plain = 0  # ``plain``: where the text that was not yielded yet begins
    while found := _MARK.search(text, at):
        start = found.start()
        token = _entity(text, start) if found[0] == "&" else _tag(text, start)
        end = token.end if token else _skipped(text, start, missing)
        if end is None:
            at = start + 1
            continue
        if start > plain:
            yield Token("text", text[plain:start], plain, start)
        at = plain = end
        if token is None:
            continue
        yield token
        if token.kind == "start" and token.text in _RAW:
            closing = (
                None
                if token.text in missing
                else re.compile(f"</{token.text}", re.IGNORECASE).search(text, at)
            )
            if closing is None:
                missing.add(token.text)
            else:
                at = closing.start()
    if len(text) > plain:
        yield Token("text", text[plain:], plain, len(text))


def _tag(text: str, start: int) -> Token | None:
    found = _TAG.match(text, start)
    if found is None:
        return None
    attributes = {
        one[1].lower(): html.unescape(one[2] or one[3] or one[4] or "")
        for one in _ATTRIBUTE.finditer(found[3])
    }
    kind: Literal["start", "end"] = "end" if found[1] else "start"
    return Token(kind, found[2].lower(), start, found.end(), attributes, found[3].endswith("/"))


def _entity(text: str, start: int) -> Token | None:
    found = _ENTITY.match(text, start)
    return Token("entity", html.unescape(found[0]), start, found.end()) if found else None


def _skipped(text: str, start: int, missing: set[str]) -> int | None:
    """Return where a comment or a declaration that begins here ends."""
    for opening, closing in _ENDS:
        if text.startswith(opening, start) and closing not in missing:
            end = text.find(closing, start + len(opening))
            if end >= 0:
                return end + len(closing)
            missing.add(closing)
    return None
