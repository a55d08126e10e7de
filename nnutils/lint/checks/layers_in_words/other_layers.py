"""Layers that are no plain convolution, in words: recurrent, embedding, depthwise, normalising ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nnutils.core.numerals import grouped
from nnutils.lint.checks.counts.widths import COUNT, whole_number
from nnutils.lint.checks.field.clauses import clauses, running_text
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.sheets import Piece

__all__ = ["check_other_layers"]

_SORT = (
    r"(?:(?:trainable|learnable|free|own)\s+)?(?P<sort>weights|parameters?|params|entries|numbers"
    r"|values|elements)"
)
_SIZED = re.compile(
    rf"\b(?P<cell>LSTM|GRU|RNN|recurrent)\b[^.;=\d]{{0,40}}?(?:"
    rf"(?:input\s+(?:size|dimension)\s*(?:of|=|:)?\s*)(?P<a1>{COUNT})[^.;=\d]{{0,20}}?"
    r"hidden\s+(?:size|state|dimension)s?"
    rf"\s*(?:of|=|:|size)*\s*(?P<b1>{COUNT})"
    rf"|(?P<a2>{COUNT})[ -](?:dimensional\s+)?(?:inputs?|features?)[^.;=\d]{{0,20}}?(?P<b2>{COUNT})\s+"
    r"(?:(?:hidden|memory|recurrent)\s+)?(?:units|cells|neurons|states?)"
    rf"|(?P<b3>{COUNT})\s+(?:(?:hidden|memory|recurrent)\s+)?(?:units|cells|neurons)[^.;=\d]{{0,30}}?"
    rf"(?P<a3>{COUNT})[ -]"
    r"(?:dimensional\s+)?(?:inputs?|features?))",
    re.IGNORECASE,
)
_EMBEDDING = re.compile(r"\bembed", re.IGNORECASE)
_ROWS = re.compile(
    rf"(?P<n>{COUNT})\s+(?:different\s+)?(?:words?|tokens?|items|users|symbols|types|subwords|entries)\b",
    re.IGNORECASE,
)
_COLUMNS = re.compile(
    rf"(?P<n>{COUNT})[ -](?:dimensions?|dimensional|components|numbers\s+(?:each|per)|features)\b"
    rf"|\bdimension\w*\s+(?:of\s+|=\s*)?(?P<m>{COUNT})",
    re.IGNORECASE,
)
_DEPTHWISE = re.compile(
    rf"\bdepth-?wise\b[^.;=\d]{{0,20}}(?P<k>\d{{1,2}})\s*[×x]\s*(?P<k2>\d{{1,2}})[^.;=\d]{{0,40}}?"
    rf"(?P<c>{COUNT})\s+(?:channels|maps)"
    rf"[^.;=\d]{{0,40}}?(?P<n>{COUNT})\s+{_SORT}",
    re.IGNORECASE,
)
_POINTWISE = re.compile(
    rf"[^.;=\d]{{0,20}}\bpoint-?wise\b[^.;=\d]{{0,30}}?(?P<to>{COUNT})\s+(?:channels"
    rf"|maps)[^.;=\d]{{0,30}}?(?P<n>{COUNT})"
    r"(?!\s*[×·*x+/=^%])",
    re.IGNORECASE,
)
_NORMED = re.compile(
    rf"\b(?:batch|layer)[ -]?norm\w*\b[^.;=\d]{{0,30}}?(?P<c>{COUNT})\s+(?:channels|maps|features"
    rf"|feature\s+maps|units)\b"
    rf"[^.;=\d]{{0,30}}?(?P<n>{COUNT})\s+{_SORT}",
    re.IGNORECASE,
)
_STATED = re.compile(rf"(?P<n>{COUNT})\s+{_SORT}\b", re.IGNORECASE)
_SPOILT = re.compile(
    r"\b(?:bidirectional|stacked|layers|peephole\w*|projection|each|every|per|than|instead|would|if"
    r"|softmax|classes|or|followed|model|network|net|dense|linear|encoder|decoder|whole|both)\b",
    re.IGNORECASE,
)
_FARTHEST = 11
_GATES = {"lstm": 4, "gru": 3}


def check_other_layers(context: Context) -> Iterator[Finding]:
    """Judge the parameters of recurrent layers, embeddings, depthwise convolutions and normalisations.

    >>> from nnutils.lint import lint
    >>> one = lint("An LSTM with 64 inputs and 128 units has 98,186 parameters.").wrong[0]
    >>> one.stated, one.computed, one.why
    ('98,186', '98,816', '4 · ((64 + 128) · 128 + 128) = 98,816.')
    """
    for piece in running_text(context):
        if not re.search(r"lstm|gru|rnn|recurrent|embed|wise|norm", piece.text, re.IGNORECASE):
            continue
        for start, end in clauses(piece.text):
            for judge in (_recurrent, _embedded, _depthwise, _normed):
                yield from judge(context, piece, start, end)


def _recurrent(context: Context, piece: Piece, start: int, end: int) -> Iterator[Finding]:
    found = list(_SIZED.finditer(piece.text, start, end))
    # 'one bias vector per gate' says how many biases there are
    rest = re.sub(
        r"(?i)\bbias\w*(?:\s+vectors?)?\s+(?:per|for each|for every)\s+gate", "", piece.text[start:end]
    )
    if len(found) != 1 or _SPOILT.search(rest):
        return
    one = found[0]
    inputs, units = (
        next((whole_number(one[f"{side}{n}"], context.style) for n in "123" if one[f"{side}{n}"]), None)
        for side in "ab"
    )
    stated = list(_STATED.finditer(piece.text, one.end(), end))
    if not inputs or not units or len(stated) != 1:
        return
    gates = _GATES.get(one["cell"].lower(), 1)
    if one["cell"].lower() in ("rnn", "recurrent") and re.search(r"output", rest, re.IGNORECASE):
        return
    weights = (inputs + units) * units
    front = f"{gates} · " if gates > 1 else ""
    ways = {
        gates * (weights + units): f"{front}(({inputs} + {units}) · {units} + {units})",
        gates * (weights + 2 * units): "",
        gates * weights: "",
    }
    yield from _finding(context, piece, stated[0], ways)


def _embedded(context: Context, piece: Piece, start: int, end: int) -> Iterator[Finding]:
    text = piece.text
    if not _EMBEDDING.search(text, start, end) or _SPOILT.search(re.sub(r"\beach\b", "", text[start:end])):
        return
    rows, columns = list(_ROWS.finditer(text, start, end)), list(_COLUMNS.finditer(text, start, end))
    rows = [one for one in rows if not re.search(r"entries", one[0], re.IGNORECASE)] or rows[:1]
    if len(rows) != 1 or len(columns) != 1:
        return
    low, high = (
        whole_number(one, context.style) for one in (rows[0]["n"], columns[0]["n"] or columns[0]["m"])
    )
    after = max(rows[0].end(), columns[0].end())
    stated = list(_STATED.finditer(text, after, end))
    if low and high and len(stated) == 1:
        yield from _finding(context, piece, stated[0], {low * high: f"{grouped(low)} · {grouped(high)}"})


def _depthwise(context: Context, piece: Piece, start: int, end: int) -> Iterator[Finding]:
    for found in _DEPTHWISE.finditer(piece.text, start, end):
        channels = whole_number(found["c"], context.style)
        if not channels:
            continue
        window = int(found["k"]) * int(found["k2"])
        ways = {window * channels: f"{found['k']} · {found['k2']} · {channels}", (window + 1) * channels: ""}
        yield from _finding(context, piece, found, ways)
        behind = _POINTWISE.match(piece.text, found.end(), end)
        if behind and (made := whole_number(behind["to"], context.style)):
            ways = {channels * made: f"{channels} · {made}", (channels + 1) * made: ""}
            yield from _finding(context, piece, behind, ways)


def _normed(context: Context, piece: Piece, start: int, end: int) -> Iterator[Finding]:
    for found in _NORMED.finditer(piece.text, start, end):
        channels = whole_number(found["c"], context.style)
        if channels and found["sort"].lower().startswith("param"):
            ways = {2 * channels: f"2 · {channels}", **({4 * channels: ""} if "able" not in found[0] else {})}
            yield from _finding(context, piece, found, ways)


def _finding(context: Context, piece: Piece, found: re.Match[str], ways: dict[int, str]) -> Iterator[Finding]:
    """Judge a number that may be any of the values of ``ways``, the likeliest first with its work."""
    stated = whole_number(found["n"], context.style)
    best = next(iter(ways))
    if stated is None or (stated not in ways and not best / _FARTHEST < stated < _FARTHEST * best):
        return
    right = stated in ways
    yield context.finding(
        piece, *found.span("n"), "parameters", "right" if right else "wrong", stated=found["n"],
        computed=grouped(stated if right else best), why="" if right else f"{ways[best]} = {grouped(best)}.",
    )  # fmt: skip
