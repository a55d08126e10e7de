"""Chains of sizes as lines write them: '28×28 → conv 5×5 → 24×24', or a line for each layer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from nnutils.lint.checks.networks.settings import Settings, kind_in, settings_in
from nnutils.lint.checks.networks.written_sizes import WrittenSize, written_size
from nnutils.lint.checks.size_chains.chain import Link
from nnutils.lint.sheets import Piece

__all__ = ["chains_in", "settings_of"]

_ARROW = re.compile(r"\s*(?:→|⇒|➔|⟶|-+>|=+>)\s*")
_TUPLE = r"\(\d{1,4}(?:\s*,\s*\d{1,4}){1,2}\)"
_SIZE = r"\d[\d,]*(?:\s*[×xX*]\s*\d+){0,2}"
_NOUN = r"(?:\s+(?:pixels?|px|values?|numbers?|units?|neurons?|features?|maps?))?"
_ALONE = re.compile(rf"[\s(\[*`$]*(?P<size>{_SIZE}|{_TUPLE})[)\]*`$]*{_NOUN}[\s.,;:*`$)]*", re.IGNORECASE)
_INPUT = re.compile(
    rf".{{0,40}}?\b(?:inputs?|images?|pictures?)\b[^\d→]{{0,20}}(?P<size>{_SIZE})[)\]*`]*{_NOUN}[\s.,;]*",
    re.IGNORECASE,
)
_SIZE_FIRST = re.compile(
    rf"[\s*`]*(?P<size>{_SIZE})[*`]*{_NOUN}\s*[(\[](?P<layer>[^()]*(?:\([^()]*\))?[^()]*)[)\]][\s.,;]*"
)
_LABELLED = re.compile(
    rf"(?P<layer>[^:=]{{3,80}}?[)\]\w])\s*[:=]\s*(?P<size>{_SIZE})[*`]*{_NOUN}[\s.,;]*", re.IGNORECASE
)
_ONLY_LABEL = re.compile(r"\W*(?P<kind>conv|(?:max|avg)?[ -]?pool)[ -]?(?P<n>\d{1,2})\W*", re.IGNORECASE)
_FILTERS = re.compile(
    r"\d\s*[×x]\s*\d{1,2}\s*\(\s*(?P<a>\d{1,4})\s*(?:,|\)|filters|maps|kernels)"
    r"|\(\s*\d{1,2}\s*[×x]\s*\d{1,2}\s*,\s*(?P<b>\d{1,4})\s*[,)]"
    r"|\d\s*[×x]\s*\d{1,2}\s*[,-]\s*(?P<c>\d{1,4})(?=\s*(?:[,)]|$))"
    r"|@\s*(?P<d>\d{1,4})\s*$",
    re.IGNORECASE,
)
_LONGEST, _FEWEST = 400, 3


def chains_in(pieces: Iterable[Piece]) -> Iterator[list[Link]]:
    """Yield the chains with arrows that stand in one line, and those that have a line for each layer.

    The pieces stand below each other: a list has one for each of its items.
    """
    run: list[Link] = []
    for piece in pieces:
        yield from _in_piece(piece, run)
    if _told(run):
        yield run


def _in_piece(piece: Piece, run: list[Link]) -> Iterator[list[Link]]:
    """Yield what ends in a piece; ``run`` are the lines so far that may go on."""
    at = 0
    for line in piece.text.split("\n"):
        if len(_ARROW.findall(line)) >= _FEWEST and len(line) <= _LONGEST:
            links = list(_links(piece, at, line))
            if _told(links):
                yield links
        link = _line_link(piece, at, line) if len(line) <= _LONGEST else None
        if link is not None:
            run.append(link)
        elif line.strip():
            if _told(run):
                yield list(run)
            run.clear()
        at += len(line) + 1


def _line_link(piece: Piece, at: int, line: str) -> Link | None:
    """Return what a line says that is a layer with its size, or an input, and nothing else."""
    text = re.sub(r"^[\s>*•–-]*(?:\d{1,2}[.)]\s+)?", "", line)
    at += len(line) - len(text)
    if not re.search(r"[×xX*]\s*\d", text):
        return None
    found = _LABELLED.fullmatch(text)
    if found:
        if re.fullmatch(r"(?:the\s+)?(?:inputs?|images?)(?:\s+\w+)?", found["layer"].strip(), re.IGNORECASE):
            return Link(None, _size(piece, at, found))
        settings = settings_of(found["layer"])
        sized = settings is not None and (settings.kernel is not None or "×" in found["size"])
        return Link(settings, _size(piece, at, found), found["layer"].strip()) if sized else None
    found = _INPUT.fullmatch(text)
    return Link(None, _size(piece, at, found)) if found else None


def _links(piece: Piece, at: int, line: str) -> Iterator[Link]:
    """Yield the links of a line with arrows; a layer takes the size behind its arrow."""
    begin = 0
    layer: tuple[Settings, str] | None = None
    for arrow in [*_ARROW.finditer(line), None]:
        end = arrow.start() if arrow else len(line)
        text, place = line[begin:end], at + begin
        begin = arrow.end() if arrow else end
        alone, both = _ALONE.fullmatch(text), _SIZE_FIRST.fullmatch(text)
        labelled = _LABELLED.fullmatch(text)
        if alone:
            yield Link(layer[0] if layer else None, _size(piece, place, alone), layer[1] if layer else "")
            layer = None
            continue
        if layer is not None:
            yield Link(layer[0], None, layer[1])
            layer = None
        if both and (settings := settings_of(both["layer"])) is not None:
            yield Link(settings, _size(piece, place, both), both["layer"].strip())
        elif labelled and (settings := settings_of(labelled["layer"])) is not None:
            yield Link(settings, _size(piece, place, labelled), labelled["layer"].strip())
        elif (settings := settings_of(text)) is not None:
            layer = settings, text.strip(" ()`*.")
        elif given := _INPUT.fullmatch(text) or re.fullmatch(
            rf"[^\d]{{0,60}}\b(?P<size>{_SIZE})[\s)]*", text
        ):
            yield Link(None, _size(piece, place, given))
        else:
            yield Link(None, None)
    if layer is not None:
        yield Link(layer[0], None, layer[1])


def settings_of(text: str) -> Settings | None:
    """Return the settings of a layer that a part of a line names; None if it names none.

    >>> settings_of("conv 3x3 (16, same)").filters, settings_of("an apple") is None
    (16, True)
    """
    if len(text) > 100 or kind_in(text) in (None, "input"):
        return None
    settings = settings_in(text)
    named = _ONLY_LABEL.fullmatch(text)
    if named and settings.kernel is None and int(named["n"]) > 1:
        return replace(settings, kernel=(int(named["n"]),) * 2)
    found = _FILTERS.search(text)
    if found and settings.filters is None and settings.kind == "conv":
        return replace(settings, filters=int(next(one for one in found.groups() if one)))
    return settings


def _size(piece: Piece, at: int, found: re.Match[str]) -> WrittenSize | None:
    start, end = found.span("size")
    return written_size(piece, at + start, at + end)


def _told(links: Sequence[Link]) -> bool:
    """Return whether links are a chain: two layers at least, each with the sizes around it."""
    return sum(one.settings is not None and one.size is not None for one in links) >= 2
