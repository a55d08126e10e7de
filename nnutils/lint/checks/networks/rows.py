"""Tables of layers: what each column holds, by its header, and what each row says about its layer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from nnutils.lint.checks.networks.settings import Pair, Settings, settings_in
from nnutils.lint.checks.networks.written_sizes import WrittenSize, impossible_size, written_size
from nnutils.lint.checks.tables.cells import clean, is_blank
from nnutils.lint.checks.tables.column_roles import COUNTED, Role, role_of
from nnutils.lint.checks.tables.labels import LayerLabel, layer_label
from nnutils.lint.checks.tables.totals import is_total, titles
from nnutils.lint.sheets import Piece, Table

__all__ = ["LayerRow", "layer_rows", "roles_of"]

_INPUT = re.compile(r"(?<=\S\s)\binput\s+(?:of\s+|size\s+)?(?=\d{1,4}\s*[×x]\s*\d)", re.IGNORECASE)
_LETTERS = frozenset("ikspdofng")


@dataclass(frozen=True)
class LayerRow:
    """A row of a table of layers: its label, its settings, its sizes as written, and its cells by role."""

    label: LayerLabel | None
    name: str
    settings: Settings
    cells: Mapping[Role, Piece]
    input: WrittenSize | None = None
    output: WrittenSize | None = None
    in_channels: int | None = None


def roles_of(table: Table) -> dict[int, Role]:
    """Return the columns of a table of layers by what they hold; empty for a table of something else."""
    roles: dict[int, Role] = {}
    letters = 0
    for column, name in enumerate(titles(table)):
        last = table.rows[table.headers - 1] if table.headers > 1 else ()
        role = role_of(name) or (role_of(last[column].text) if column < len(last) else None)
        if role is None or role in roles.values():
            continue
        single = len(clean(name)) == 1
        if not single or clean(name).lower() in _LETTERS:
            roles[column], letters = role, letters + single
    named = set(roles.values())
    if len(named) == letters and not {"input", "kernel", "output"} <= named:
        return {}  # letters alone may stand for anything
    settings = named & {"kernel", "filters", "stride", "padding", "input"}
    judged = named & {"output", *COUNTED}
    return roles if judged and (settings or "layer" in named or "type" in named or 0 not in roles) else {}


def layer_rows(
    table: Table, roles: Mapping[int, Role], told: Mapping[str, Settings]
) -> list[LayerRow | None]:
    """Return what each row below the headers says; None for a total. ``told`` are settings said elsewhere."""
    rows: list[LayerRow | None] = []
    for cells in table.rows[table.headers :]:
        given = {roles[column]: cell for column, cell in enumerate(cells) if column in roles}
        first = [cell.text for column, cell in enumerate(cells) if column not in roles and column < 2]
        named = [given[role].text for role in ("layer", "type") if role in given]
        texts = [text for text in [*named, *first] if not is_blank(text)]
        if any(is_total(text) for text in texts):
            rows.append(None)
            continue
        label = next((found for text in texts if (found := layer_label(text))), None)
        said = settings_in(" ; ".join(texts))
        if label is not None and said.kind is None:
            said = replace(said, kind=label.kind)
        rows.append(_row(given, label, texts, said, told.get(label.key) if label else None))
    return rows


def _row(
    given: Mapping[Role, Piece],
    label: LayerLabel | None,
    texts: Sequence[str],
    said: Settings,
    told: Settings | None,
) -> LayerRow:
    own = _from_cells(given, said)
    settings = own.or_else(said)
    if told is not None:
        settings = settings.or_else(told)
    if settings.kind == "output":
        settings = replace(settings, kind="linear")
    pieces = {role: cell for role, cell in given.items() if not is_blank(cell.text)}
    channels = _whole(pieces.get("in_channels"))
    if settings.kind == "linear" and "output" in pieces and pieces.keys() & {"filters", "units"}:
        side = written_size(pieces["output"])
        if side is not None and set(side.numbers) == {1}:  # the side of a picture of one pixel
            del pieces["output"]
    read = written_size(pieces["input"]) if "input" in pieces else _read_by(given)
    return LayerRow(
        label,
        label.name if label else " ".join(clean(text) for text in texts)[:60],
        settings,
        pieces,
        read,
        written_size(pieces["output"]) or impossible_size(pieces["output"]) if "output" in pieces else None,
        channels,
    )


def _read_by(given: Mapping[Role, Piece]) -> WrittenSize | None:
    """Return the input that the settings of a layer name, as in 'Conv 3x3, 8 filters, input 28x28x1'."""
    for role in ("layer", "type"):
        found = _INPUT.search(given[role].text) if role in given else None
        if found is not None:
            return written_size(given[role], found.end(), whole=False)
    return None


def _from_cells(given: Mapping[Role, Piece], said: Settings) -> Settings:
    """Return the settings of a row's cells; an empty cell in a column of strides means the usual value."""
    kernel: Pair | None = None
    depth, filters, stride = None, None, None
    if "kernel" in given:
        size = written_size(given["kernel"])
        if size is not None and len(size.numbers) <= 3:
            n = size.numbers
            if len(n) == 3 and n[1] == n[2] != n[0]:  # channels first: 128 × 5 × 5
                n = (n[1], n[2], n[0])
            kernel, depth = (n[0], n[1] if len(n) > 1 else n[0]), n[2] if len(n) > 2 else None
        elif not is_blank(given["kernel"].text):
            inside = settings_in(given["kernel"].text)
            kernel, depth, filters, stride = inside.kernel, inside.depth, inside.filters, inside.stride
    window = kernel or said.kernel
    strides = _pair(given.get("stride"))
    if strides is None and "stride" in given and is_blank(given["stride"].text):
        strides = said.stride or (window if said.kind == "pool" else (1, 1))
    padding: Pair | Literal["same"] | None = _pair(given.get("padding"))
    if padding is None and "padding" in given:
        text = given["padding"].text.lower()
        padding = (
            "same" if "same" in text else (0, 0) if is_blank(text) or re.search("valid|no", text) else None
        )
        padding = said.padding or padding if is_blank(text) else padding
    dilation = _pair(given.get("dilation"))
    if dilation is None and "dilation" in given and is_blank(given["dilation"].text):
        dilation = (1, 1)
    groups = _whole(given.get("groups"))
    return Settings(
        None,
        kernel,
        depth,
        strides or stride,
        padding,
        dilation,
        _whole(given.get("filters")) or filters,
        groups,
    )


def _pair(piece: Piece | None) -> Pair | None:
    if piece is None:
        return None
    if re.fullmatch(r"[\s$*]*0[\s$*]*", piece.text):
        return 0, 0
    size = written_size(piece)
    if size is None or len(size.numbers) > 2:
        return None
    return size.numbers[0], size.numbers[-1]


def _whole(piece: Piece | None) -> int | None:
    size = written_size(piece) if piece is not None else None
    return size.numbers[0] if size is not None and len(size.numbers) == 1 else None
