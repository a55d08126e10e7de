"""Chains of sizes in prose: 'the pooling (2×2) halves 28×28 to 14×14, the next one (3×3) leaves 12×12'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from nnutils.lint.checks.field.clauses import clauses
from nnutils.lint.checks.networks.settings import Settings, kind_in, settings_in
from nnutils.lint.checks.networks.written_sizes import written_size
from nnutils.lint.checks.size_chains.chain import Link
from nnutils.lint.sheets import Piece

__all__ = ["chains_in_prose"]

_LAYER = re.compile(
    r"(?:(?P<ahead>\d{1,2}\s*[×x]\s*\d{1,2})[ -]+)?"
    r"\b(?P<label>(?:max|average|avg)?[ -]?pool(?:ing)?|conv(?:olution(?:al)?)?|sub-?sampling)\b"
    r"(?:\s+layer)?"
    r"(?:\s*\((?P<inside>[^()]{1,60})\)"
    r"|,?\s+(?:again\s+)?(?P<plain>(?:\d{1,2}\s*[×x]\s*\d{1,2}\b(?!\s*[×x]))?"
    r"(?:,?\s*(?:and|with|of)?\s*"
    r"(?:stride\s+\d|(?:no|without|zero)\s+padding|padding\s+\d))+)|\s+(?:with|of)\s+(?P<behind>(?:"
    r"(?:size|a|an|kernels?|filters?)\s+)*"
    r"\d{1,2}\s*[×x]\s*\d{1,2}(?:\s+(?:kernels?|filters?|windows?))?(?:,?\s+(?:and\s+)?stride\s+\d)?))?",
    re.IGNORECASE,
)
_SIZE = r"\d{1,4}\s*[×x]\s*\d{1,4}(?:\s*[×x]\s*\d{1,4})?(?!\s*(?:conv|pool|kernel|filter|window|max))"
_MAKES = re.compile(
    r"[\s,:]*(?:\w+\s+){0,5}?(?:(?P<verb>gives?|yields?|leaves?|makes?|produces?|outputs?|to|is|into"
    r"|of|size|halves?"
    r"|reduces?|shrinks?|turns?|brings?|takes?|maps?|becomes?|results?|pooling)\s+)?"
    rf"(?:(?:the|it|this|that|us|a|an|map|picture|image|in|down|from|to|with|size|of)\s+){{0,4}}"
    rf"(?P<first>{_SIZE})(?:\s+(?:pixels\s+)?(?:(?:down|up)\s+)?(?:in)?to\s+(?P<second>{_SIZE}))?",
    re.IGNORECASE,
)
_OTHER = re.compile(r"transpos|deconv|upsampl|\bor\b|instead|\bif\b|parallel|branch", re.IGNORECASE)


def chains_in_prose(piece: Piece) -> Iterator[list[Link]]:
    """Yield what each clause says of two layers or more that follow each other, each with its size."""
    for start, end in clauses(piece.text):
        found = list(_LAYER.finditer(piece.text, start, end))
        if not found or _OTHER.search(piece.text, start, end):
            continue
        links = [*_given(piece, start, found[0].start()), *_links(piece, found, end)]
        if sum(one.settings is not None and one.size is not None for one in links):
            yield links


def _given(piece: Piece, start: int, end: int) -> Iterator[Link]:
    """Yield the only size that stands before the first layer: its input."""
    sizes = list(re.finditer(_SIZE, piece.text[start:end]))
    if len(sizes) == 1:
        yield Link(None, written_size(piece, start + sizes[0].start(), start + sizes[0].end()))


def _links(piece: Piece, found: list[re.Match[str]], end: int) -> Iterator[Link]:
    pools: set[Settings] = set()
    for place, one in enumerate(found):
        stop = found[place + 1].start() if place + 1 < len(found) else end
        settings = _settings(one, pools)
        makes = _MAKES.match(piece.text, one.end(), stop)
        if makes is None or settings is None:
            yield Link(None, None)
            continue
        last = "second" if makes["second"] else "first"
        if makes["second"]:
            yield Link(None, written_size(piece, *makes.span("first")))
        yield Link(settings, written_size(piece, *makes.span(last)), one["label"])


def _settings(found: re.Match[str], pools: set[Settings]) -> Settings | None:
    """Return the settings told beside a layer; a pooling without any is like the only one before it."""
    said = " ".join(
        part
        for part in (found["ahead"], found["label"], found["inside"], found["behind"], found["plain"])
        if part
    )
    settings = settings_in(said)
    kind = kind_in(found["label"])
    if settings.kernel is None:
        return next(iter(pools)) if kind == "pool" and len(pools) == 1 else None
    settings = replace(settings, kind=kind)
    if kind == "pool":
        pools.add(settings)
    return settings
