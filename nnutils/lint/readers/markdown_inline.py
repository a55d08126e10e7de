"""A paragraph of Markdown in plain notation: formulas, code, links, emphasis, escapes, a little HTML."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from nnutils.lint.readers.latex import symbols
from nnutils.lint.readers.latex.mathematics import formula_strand
from nnutils.lint.readers.latex.scripts import scripts_strand
from nnutils.lint.readers.placed import BEGIN, END, Placed, Strand, Writer
from nnutils.lint.sheets import Piece, PieceKind

__all__ = ["is_formula", "paragraph_pieces"]

_SPECIAL = re.compile(
    r"\\begin\{(?P<environment>[a-zA-Z]+\*?)\}|\\(?P<escaped>[^a-zA-Z])|\\(?P<command>[a-zA-Z]+)|"
    r"\{(?P<role>[a-zA-Z][\w:-]*)\}(?=`)|(?P<ticks>`+)|(?P<dollars>\$\$?)|(?P<link>!?\[)|(?P<closed>\])|(?P<tag><)|"
    r"(?P<entity>&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|\w{2,30});)|(?P<marks>\*+|_+|~~)",
    re.DOTALL,
)
_COMMAND = re.compile(r"\\[a-zA-Z]+(?:\{[^{}\n]{0,200}\}){0,2}")
_LINK = re.compile(
    r"!?\[((?:[^\[\]\\]|\\.|\[[^\[\]]{0,200}\]){0,500})\]\((<[^<>\n]{0,500}>|[^()\s]{0,500}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?)(?:\s+\"[^\"]{0,300}\")?\)"
)
_DROPPED_MARK = re.compile(r"\[(?:\^|@)[^\[\]\n]{1,80}\](?!\()")
_TAG = re.compile(
    r"<!--.*?-->|<(?:https?://|mailto:)[^<>\s]*>|</?([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]{0,2000})?/?>", re.DOTALL
)
_TAGS = frozenset(
    "a abbr b big br cite code del dd details div dl dt em font figcaption figure h1 h2 h3 h4 h5 "
    "h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong sub summary sup "
    "table tbody td th thead tr tt u ul var center".split()
)
_STRUCK = "~~"
_STRUCK_TAGS = frozenset("s del strike".split())
_BREAKS = frozenset("br p div li tr hr dt dd h1 h2 h3 h4 h5 h6 summary".split())
_SILENT_ROLES = frozenset("cite cite:p cite:t cite:ps cite:ts ref numref eq doc footcite fa octicon".split())
_DOLLAR = re.compile(r"(?<!\\)\$")
_PLAIN_WORDS = re.compile(r"(?<![\\a-zA-Z{])[a-zA-Z]{3,} ")
_TITLED = re.compile(r"(.*?)\s*<[^<>]*>\s*$", re.DOTALL)
_SILENT_LINK = re.compile(r"[\d\s.,;:+*/()-]*$")


@dataclass
class _Mark:
    """Characters that may be emphasis: whether it can begin or end there, and whether it does."""

    start: int
    end: int
    sign: str
    opens: bool
    closes: bool
    is_emphasis: bool = False


@dataclass
class _Paragraph:
    source: Placed
    parts: list[Strand | Placed | _Mark] = field(default_factory=list)
    apart: list[Strand] = field(default_factory=list)
    jumps: dict[int, int] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)


def paragraph_pieces(source: Placed, kind: PieceKind = "text") -> list[Piece]:
    """Return a paragraph as a piece, and after it a piece for each label that stands on its formulas.

    >>> from nnutils.lint.readers.placed import placed
    >>> [piece.text for piece in paragraph_pieces(placed(r"**Weights:** $11 \\times 11$, so 5*3*2 = *30*"))]
    ['Weights: 11 × 11, so 5*3*2 = 30']
    """
    state = _Paragraph(source)
    text, at = source.text, 0
    while found := _SPECIAL.search(text, at):
        if found.start() > at:
            state.parts.append(source[at : found.start()])
        at = max(_special(state, found), found.start() + 1)
    state.parts.append(source[at:])
    _find_emphasis([part for part in state.parts if isinstance(part, _Mark)], text)
    writer = Writer()
    struck = False
    for part in state.parts:
        if isinstance(part, _Mark) and part.is_emphasis and part.sign == _STRUCK:
            struck = not struck
        elif struck:  # what the writer took back is no statement
            continue
        elif isinstance(part, Placed):
            writer.copy(part)
        elif isinstance(part, list):
            writer.strand(part)
        elif not part.is_emphasis:
            writer.copy(source[part.start : part.end])
    pieces = [writer.piece(kind)]
    for label in state.apart:
        writer.strand(label)
        pieces.append(writer.piece(kind))
    return [piece for piece in pieces if piece.text]


def _special(state: _Paragraph, found: re.Match[str]) -> int:
    """Take what was found into the paragraph; return where to go on."""
    source, start, end = state.source, found.start(), found.end()
    text, place = source.text, source.place(found.start())
    if found["environment"]:
        return _closed(state, start, start, f"\\end{{{found['environment']}}}", keep=True)
    if escaped := found["escaped"]:
        if escaped in "([":
            return _closed(state, start, end, "\\)" if escaped == "(" else "\\]")
        if escaped == "\n" or not escaped.isspace():
            state.parts.append([("\n" if escaped == "\\" else escaped, place)])
            return end
    elif command := found["command"]:
        return _command(state, start, command)
    elif found["role"] or found["ticks"]:
        return _code(state, found)
    elif dollars := found["dollars"]:
        return _dollars(state, start, dollars)
    elif found["link"]:
        return _link(state, start)
    elif found["closed"] and start in state.jumps:
        return state.jumps[start]
    elif found["tag"] and (tag := _TAG.match(text, start)) and (not tag[1] or tag[1].lower() in _TAGS):
        return _tag(state, tag)
    elif entity := found["entity"]:
        state.parts.append([(html.unescape(entity), place)])
        return end
    elif found["marks"]:
        state.parts.append(_mark(text, start, end))
        return end
    state.parts.append(source[start:end])
    return end


def _formula(state: _Paragraph, start: int, end: int) -> None:
    strand, labels = formula_strand(state.source[start:end])
    state.parts.append([BEGIN, *strand, END])
    state.apart += labels


def _closed(state: _Paragraph, start: int, inside: int, mark: str, keep: bool = False) -> int:
    """Take a formula up to the mark that closes it; without one the opening is text."""
    end = -1 if mark in state.missing else state.source.text.find(mark, inside)
    if end < 0:
        state.missing.add(mark)
        if keep:  # an environment that is cut off is read as far as it goes
            _formula(state, start, len(state.source))
            return len(state.source)
        state.parts.append(state.source[start:inside])
        return inside
    _formula(state, inside, end + len(mark) if keep else end)
    return end + len(mark)


def _command(state: _Paragraph, start: int, name: str) -> int:
    """Take a command of LaTeX outside of a formula, as scans have them."""
    known = (
        name in symbols.SYMBOLS
        or name in symbols.KEPT_ARGUMENT
        or name in symbols.ACCENTS
        or name in ("frac", "sqrt", "text")
    )
    if not known:
        state.parts.append(state.source[start : start + 1])
        return start + 1
    found = _COMMAND.match(state.source.text, start)
    assert found is not None
    end = start + 1 + len(name) if name in symbols.SYMBOLS else found.end()
    state.parts.append(formula_strand(state.source[start:end])[0])
    return end


def _dollars(state: _Paragraph, start: int, mark: str) -> int:
    text, inside = state.source.text, start + len(mark)
    if mark == "$$":
        if "\\" not in text[inside:] and "$$" not in text[inside:]:
            return inside
        end = text.find("$$", inside)
        _formula(state, inside, end if end >= 0 else len(text))
        return end + 2 if end >= 0 else len(text)
    closing = None if "$" in state.missing else _DOLLAR.search(text, inside)
    if closing is None:
        state.missing.add("$")
    elif is_formula(text[inside : closing.start()], text[closing.end() : closing.end() + 1]):
        _formula(state, inside, closing.start())
        return closing.end()
    state.parts.append(state.source[start:inside])
    return inside


def is_formula(inside: str, behind: str) -> bool:
    """Return whether text between dollars is a formula rather than text between two prices."""
    if not inside.strip() or behind.isdigit():
        return False
    if inside[0].isspace() or inside[-1].isspace():
        return inside[0].isspace() and not _PLAIN_WORDS.search(inside)
    return True


def _code(state: _Paragraph, found: re.Match[str]) -> int:
    text, role = state.source.text, found["role"]
    start = found.end() if role else found.start()
    ticks = re.compile("`+").match(text, start)
    assert ticks is not None
    mark = ticks[0]
    end = ticks.end()
    close = None if mark in state.missing else re.compile(rf"(?<!`){mark}(?!`)").search(text, end)
    if close is None:
        state.missing.add(mark)
        state.parts.append(state.source[found.start() : end])
        return end
    if role in ("math", "eq:math"):
        _formula(state, end, close.start())
    elif role not in _SILENT_ROLES:
        inside = state.source[end : close.start()]
        titled = _TITLED.fullmatch(inside.text) if role else None
        state.parts.append(inside[: titled.end(1)] if titled else inside)
    return close.end()


def _link(state: _Paragraph, start: int) -> int:
    text = state.source.text
    if dropped := _DROPPED_MARK.match(text, start):
        return dropped.end()
    link = _LINK.match(text, start)
    if link and not _SILENT_LINK.match(link[2]):
        if text[start] == "!":
            return link.end()
        state.jumps[link.end(1)] = link.end()
        return start + 1
    state.parts.append(state.source[start : start + 1])
    return start + 1


def _tag(state: _Paragraph, tag: re.Match[str]) -> int:
    name, text = (tag[1] or "").lower(), state.source.text
    if name in _STRUCK_TAGS and not tag[0].startswith("</"):
        end = text.find(f"</{name}>", tag.end())
        return end + len(f"</{name}>") if end >= 0 else tag.end()
    if name in _BREAKS:
        state.parts.append([("\n", state.source.place(tag.start()))])
    if name in ("sup", "sub") and not tag[0].startswith("</"):
        end = text.find(f"</{name}>", tag.end(), tag.end() + 200)
        if end >= 0:
            inside = paragraph_pieces(state.source[tag.end() : end])
            script: Strand = [("", state.source.place(tag.start()))]
            script += [part for piece in inside for part in zip(piece.text, piece.places, strict=True)]
            before = text[max(0, tag.start() - 1) : tag.start()]
            lowered, raised = ([script], []) if name == "sub" else ([], [script])
            state.parts.append(scripts_strand(before, lowered, raised))
            return end + len(f"</{name}>")
    return tag.end()


def _mark(text: str, start: int, end: int) -> _Mark:
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    opens = not after.isspace() and not (before.isalnum() or before in ")]}")
    closes = not before.isspace() and not (after.isalnum() or after in "([{")
    return _Mark(start, end, text[start:end], opens, closes)


def _find_emphasis(marks: list[_Mark], text: str) -> None:
    """Pair the marks that are emphasis; the others are signs, as in 5*3*2 and in x_1."""
    opened: dict[str, list[_Mark]] = {}
    for mark in marks:
        before = opened.get(mark.sign, [])
        if mark.closes and before and before[-1].end < mark.start and not _is_product(text, before[-1], mark):
            opening = before.pop()
            opening.is_emphasis = mark.is_emphasis = True
        elif mark.opens:
            opened.setdefault(mark.sign, []).append(mark)


def _is_product(text: str, opening: _Mark, closing: _Mark) -> bool:
    """Return whether marks around a number stand between numbers: 2 *3* 4."""
    inside = text[opening.end : closing.start]
    before = text[max(0, opening.start - 20) : opening.start].rstrip()[-1:]
    after = text[closing.end : closing.end + 20].lstrip()[:1]
    return (
        inside.replace(",", "").isdigit()
        and (before.isdigit() or before == ")")
        and (after.isdigit() or after == "(")
    )
