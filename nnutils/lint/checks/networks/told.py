"""What the text of a sheet says about its layers, as in 'Conv-2 layer: 64 filters of size 5 × 5'."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nnutils.lint.checks.networks.settings import Settings, settings_in
from nnutils.lint.checks.networks.written_sizes import Picture, written_size
from nnutils.lint.checks.tables.labels import LABEL, label_at
from nnutils.lint.context import Context
from nnutils.lint.sheets import Piece

__all__ = ["Told", "told_in"]

_START = re.compile(r"[\s>*`$•+–-]*(?:\d{1,2}[.)]|[(\[]?[a-z]{1,3}[)\]])?[\s*`$]*")
_RESULT = re.compile(r"(?<![kspdfKSPDF])\s*=\s*[\d(]")
_GROUPS = re.compile(
    r"\bgrouped\b|\b(?:two|2|both) (?:groups|gpus|halves)\b|\bgroups\s*=\s*2\b", re.IGNORECASE
)
_INPUT = re.compile(
    r"\b(?:input|image)s?\b"
    r"(?:\s+(?:layer|image|picture|size|shape|volume|is|are|of|has|a|an|the|colou?r))*"
    r"\s*[:=]?\s*(?=[(\[]?\d)",
    re.IGNORECASE,
)
_MAPS_OF = re.compile(
    r"\b(?:input|image|picture)s?\b[^.;\n]{0,30}?\b(?P<maps>\d{1,4})\s+(?:colou?r\s+|input\s+)?(?:channels?|maps|planes)"
    r"\s+(?:of|with|,|each|at|à|zu)\s*(?:each\s+)?(?P<high>\d{1,4})\s*(?:[×xX*]|by)\s*(?P<wide>\d{1,4})(?!\s*[×x*]?\s*\d)",
    re.IGNORECASE,
)
_OF_MAPS = re.compile(
    r"\b(?:input|image|picture)s?\b[^.;\n]{0,30}?\b(?P<high>\d{1,4})\s*(?:[×xX*]|by)\s*(?P<wide>\d{1,4})"
    r"(?:\s+(?:pixels|px))?\s*(?:with|,|and|in|\()\s*(?P<maps>\d{1,4})\s+(?:colou?r\s+|input\s+)?(?:channels?|maps|planes)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(r"[\s`*]*[:–—|,-]")  # a layer without a number is told where its settings follow at once
_LONGEST = 300


@dataclass(frozen=True)
class Told:
    """Settings by the key of their label, sizes that the input may have, whether groups are spoken of."""

    settings: dict[str, Settings] = field(default_factory=dict)
    inputs: tuple[Picture, ...] = ()
    groups: bool = False
    reads: dict[str, Picture] = field(default_factory=dict)
    """What single layers are said to read, by the key of their label."""


def told_in(context: Context) -> Told:
    """Return what the text of a sheet says about its layers; what it says in two ways is left out."""
    settings: dict[str, Settings | None] = {}
    inputs: list[Picture] = []
    reads: dict[str, Picture] = {}
    groups = False
    for block in context.sheet.blocks:
        if not isinstance(block, Piece) or block.kind == "output":
            continue
        groups = groups or _GROUPS.search(block.text) is not None
        if block.kind == "code":
            continue
        place = 0
        for line in block.text.split("\n"):
            if len(line) <= _LONGEST:
                _note(block, place, line, settings, inputs, reads)
            place += len(line) + 1
    known = {key: one for key, one in settings.items() if one is not None}
    return Told(known, tuple(dict.fromkeys(inputs)) if len(set(inputs)) <= 2 else (), groups, reads)


def _note(
    piece: Piece,
    place: int,
    line: str,
    settings: dict[str, Settings | None],
    inputs: list[Picture],
    reads: dict[str, Picture],
) -> None:
    for found in _INPUT.finditer(line):
        size = written_size(piece, place + found.end(), place + len(line), whole=False)
        if size is not None and len(size.numbers) == 3:
            inputs.extend(size.pictures())
    told = [
        (int(found["maps"]), int(found["high"]), int(found["wide"]))
        for pattern in (_MAPS_OF, _OF_MAPS)
        for found in pattern.finditer(line)
    ]
    start = _START.match(line)
    label = LABEL.match(line, start.end() if start else 0)
    if label is None:
        inputs.extend(told)
    if label is None or _RESULT.search(line):
        return
    named = label_at(label)
    if told and named.kind == "input":
        inputs.extend(told)
    elif told:  # 'conv2: 16 kernels …; the input has 32 channels of 30 × 30'
        reads.setdefault(named.key, told[0])
    said = settings_in(line)
    bare = not named.number and (
        named.kind not in ("conv", "pool", "linear") or not _TOLD.match(line, label.end())
    )
    if bare or (said.stride is None and said.padding is None and said.filters is None):
        return
    said = said if said.kind else Settings(kind=named.kind).or_else(said)
    key = named.key
    settings[key] = said if key not in settings or settings[key] == said else None
