"""The check of chains of sizes, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator

from nnutils.lint.checks.networks.rows import layer_rows, roles_of
from nnutils.lint.checks.networks.told import told_in
from nnutils.lint.checks.networks.written_sizes import written_size
from nnutils.lint.checks.size_chains.chain import Link, judged
from nnutils.lint.checks.size_chains.prose import chains_in_prose
from nnutils.lint.checks.size_chains.reading import chains_in, settings_of
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.sheets import Piece, Table

__all__ = ["check_size_chains"]


_COLUMNS = 2


def check_size_chains(context: Context) -> Iterator[Finding]:
    """Judge the sizes of layers that follow each other, each with the size that it makes.

    >>> from nnutils.lint import lint
    >>> text = "28×28 → conv 5×5 → 24×24 → pool 2×2 → 14×14 → conv 3×3 → 10×10"
    >>> [(one.stated, one.computed) for one in lint(text).wrong]
    [('14×14', '12×12')]
    """
    run: list[Piece] = []
    for block in (*context.sheet.blocks, None):
        if isinstance(block, Piece) and block.kind not in ("code", "heading", "output"):
            run.append(block)
            for links in chains_in_prose(block):
                yield from judged(context, links)
            continue
        for links in chains_in(run):
            yield from judged(context, links)
        run = []
        if isinstance(block, Table):
            yield from _in_table(context, block)


def _bare(table: Table) -> list[Link]:
    """Return the links of a table of two columns: a layer with its settings, and the size that it makes."""
    if any(len(row) != _COLUMNS for row in table.rows):
        return []
    links: list[Link] = []
    for layer, size in table.rows[table.headers :]:
        settings, made = settings_of(layer.text), written_size(size)
        if made is None or (settings is None) != (not links):
            return []
        links.append(Link(settings, made, layer.text.strip()))
    return links


def _in_table(context: Context, table: Table) -> Iterator[Finding]:
    roles = roles_of(table)
    if not roles:
        yield from judged(context, _bare(table))
        return
    if "output" not in roles.values() or "input" in roles.values():
        return
    links: list[Link] = []
    for row in layer_rows(table, roles, told_in(context).settings):
        if row is None:
            continue
        first = not links or row.settings.kind == "input"
        links.append(Link(None if first else row.settings, row.output, row.name))
    yield from judged(context, links, whole=False)
