"""Totals of tables: rows and columns called total, sum, overall, and whether they are sums of the others."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nnutils.lint.checks.tables.cells import NumberCell, clean, is_blank, number_cell, scale_in
from nnutils.lint.checks.tables.sums import DOUBT, Addend, Sum, judged_sum
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.numbers import Style
from nnutils.lint.remembering import remembered
from nnutils.lint.sheets import Piece, Table

__all__ = ["Entry", "check_totals", "is_total", "judged_column", "label_of", "titles"]

_TOTAL = re.compile(
    r"(?:(?:in|the|grand|overall|sub|net)[\s-]*)?(?:totals?|sums?|gesamt\w*|insgesamt|summe|"
    r"zusammen|somme|suma|"
    r"totale?s?|totaal|итого|altogether|[Σ∑])(?!\w|-\d)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_WEAK = re.compile(r"overall|all|everything|net|network|whole (?:network|net|model)", re.IGNORECASE)
_SUB = re.compile(r"\bsub-?\s*total", re.IGNORECASE)
_LEFT_OUT = re.compile(
    r"(?:mean|average|avg|median|std|min|max|maximum|minimum|of which|thereof|including|incl|davon|"
    r"difference|ratio|share|(?:non-?)?trainable|speed-?up)\b",
    re.IGNORECASE,
)
_NOT_ADDED = re.compile(
    r"acc(?:uracy)?\b|loss|error|rate|mean|average|avg|ratio|\bper\b|precision|recall|\bf1\b|probab|"
    r"\bmax|\bmin\b|"
    r"size|shape|kernel|stride|padding|dilation|\binput|\boutput|receptive|dropout|"
    r"speed|\bscore|\bi?d$|\bno\.?$|^#$",
    re.IGNORECASE,
)
_SHARES = re.compile(r"softmax|probab|share|fraction|proportion|anteil", re.IGNORECASE)
_ELLIPSIS = re.compile(r"(?:…|\.\.\.+|⋮|\\[vc]?dots|:)\s*")
_SHARES_DOUBT = " One of the shares may be wrong."
_WORDS = re.compile(r"[^\W\d_]{3,}")
_MOST_ROWS, _MOST_TOTALS = 2_000, 60  # no table that people write has more
_MOST_COLUMNS = 60
_FEWEST, _YEAR = 3, 4
_NESTED = re.compile(r"\s*(?:[├└│↳]|-{1,2}\s|•|\|)")


@dataclass(frozen=True)
class Entry:
    """A row, or a line of a list, as one column sees it: its label, its number if it has one, its cell."""

    label: str
    cell: NumberCell | None
    piece: Piece
    blank: bool
    nested: bool = False

    @property
    def total(self) -> bool:
        """Whether the row calls itself a total."""
        return is_total(self.label)


@remembered
def is_total(label: str) -> bool:
    """Return whether a row or a column with this label holds sums.

    >>> [is_total(text) for text in ("**Total**", "Total parameters", "sum of squares", "Gesamt", "totally")]
    [True, True, False, True, False]
    """
    text = clean(label)
    found = _TOTAL.fullmatch(text)
    if found is None:
        return _WEAK.fullmatch(text) is not None
    return not re.match(r"\s+of\s+(?:squares|products|absolute)", found["rest"], re.IGNORECASE)


def check_totals(context: Context) -> Iterator[Finding]:
    """Find the total rows and total columns of all tables, and judge each of their numbers."""
    for block in context.sheet.blocks:
        if isinstance(block, Table):
            rows = list(_rows(context, block))
            right = {(one.start, one.end) for one in rows if one.verdict == "right"}
            yield from rows
            # The total of all totals is right where one of its two sums is.
            yield from (one for one in _columns(context, block) if (one.start, one.end) not in right)


def titles(table: Table) -> list[str]:
    """Return the name of each column: what its header rows say, from top to bottom."""
    width = max((len(row) for row in table.rows), default=0)
    names = []
    for column in range(width):
        texts = [clean(row[column].text) for row in table.rows[: table.headers] if column < len(row)]
        names.append(" ".join(dict.fromkeys(text for text in texts if text)))
    return names


def label_of(row: Sequence[Piece], style: Style) -> str:
    """Return the label of a row: its first cell with words in it that stands before the first number."""
    for cell in row:
        if not is_blank(cell.text):
            return cell.text if number_cell(cell, style) is None else ""
    return ""


def _rows(context: Context, table: Table) -> Iterator[Finding]:
    body = table.rows[table.headers :]
    labels = [label_of(row, context.style) for row in body]
    names = titles(table)
    guessed = not any(map(is_total, labels))
    if guessed:  # a last row without a name, below all others
        if len(body) < 3 or not is_blank(body[-1][0].text if body[-1] else "-") or not all(labels[:-1]):
            return
        labels[-1] = "all"
    found: list[Finding] = []
    cut = _is_selection(body)
    for column in range(1, len(names)):
        scale = scale_in(names[column])
        entries = []
        for row, label in zip(body, labels, strict=True):
            if column >= len(row):
                continue
            piece = row[column]
            number = number_cell(piece, context.style, scale)
            entries.append(Entry(label, number, piece, is_blank(piece.text), bool(_NESTED.match(label))))
        found.extend(judged_column(context, entries, names[column], cut=cut))
    # Where one number of a row is a sum for certain, the others are meant as sums too.
    sums = {one.line for one in found if one.verdict == "right"}
    for one in found:
        if one.verdict == "suspicious" and one.line in sums and one.why.endswith(DOUBT):
            one = replace(one, verdict="wrong", why=one.why.removesuffix(DOUBT))
        if not guessed or one.line in sums:
            yield one


def judged_column(
    context: Context, entries: Sequence[Entry], name: str = "", *, sure: bool = True, cut: bool = False
) -> Iterator[Finding]:
    """Judge the totals among the numbers of one column; ``name`` is what stands above it.

    ``cut`` says that rows were left out.
    """
    weights = _NOT_ADDED.search(name) is None
    unreadable = any(one.cell is None and not one.blank and not one.total for one in entries)
    cut = cut or any(_is_ellipsis(one.label) or _is_ellipsis(one.piece.text) for one in entries)
    places = [place for place, one in enumerate(entries) if one.total and one.cell is not None]
    if len(entries) > _MOST_ROWS or len(places) > _MOST_TOTALS:
        return
    # A balance sheet leaves rows out: its totals say nothing where fewer than half of them hold.
    holding = sum(_holds(entries, index) for index in places)
    sure = sure and (len(places) == 1 or len(places) <= 2 * holding)
    for index in places:
        entry = entries[index]
        assert entry.cell is not None
        readings = _readings(entries, index)
        if not readings:
            continue
        whole = _is_whole(entry.cell, name)
        certain = sure and _strong(entry, readings) and not whole and not _beside_others(entries, index)
        found = judged_sum(context, entry.cell, readings, sure=certain)
        if whole and found.verdict == "suspicious":
            found = replace(found, why=found.why.removesuffix(DOUBT) + _SHARES_DOUBT)
        if found.verdict in ("right", "rounded"):
            yield found
        elif unreadable or cut:
            yield _open(context, entry, "unreadable" if unreadable else "context")
        elif not weights or _mixed(entry, readings[0]):
            yield _open(context, entry, "context")
        else:
            yield found


def _holds(entries: Sequence[Entry], index: int) -> bool:
    """Whether a total is the sum of rows above it: then those beside it are meant as such sums too."""
    stated = entries[index].cell
    above = [one for one in _readings(entries, index) if not one.words.endswith("below it")]
    return stated is not None and any(one.verdict(stated) != "wrong" for one in above)


def _is_selection(rows: Sequence[Sequence[Piece]]) -> bool:
    """Whether the rows are numbered with gaps, as years 0, 1, 5, 10 are: then others were left out."""
    labels = [clean(row[0].text) for row in rows if row and not is_total(row[0].text)]
    if len(labels) < _FEWEST or not all(label.isdecimal() and len(label) <= _YEAR for label in labels):
        return False
    steps = {int(after) - int(one) for one, after in itertools.pairwise(labels)}
    return len(steps) > 1 and min(steps) > 0


def _is_ellipsis(text: str) -> bool:
    return _ELLIPSIS.fullmatch(text.strip()) is not None


def _strong(entry: Entry, readings: Sequence[Sum]) -> bool:
    """Return whether a label means a sum and nothing else; above its rows it may be the whole of a part."""
    nested = any("not indented" in one.words or one.words.endswith("below it") for one in readings)
    return not nested and _TOTAL.fullmatch(clean(entry.label)) is not None


def _is_whole(stated: NumberCell, name: str) -> bool:
    """Return whether a total is 100 % or 1, as shares have it: then rather one of them is wrong."""
    if stated.suffix.strip() == "%" or "%" in name:
        return stated.value == 100
    return stated.value == 1 and _SHARES.search(name) is not None


def _mixed(entry: Entry, reading: Sum) -> bool:
    """Return whether the total and its addends are counted in different units."""
    units = {one.cell.unit for one in reading.addends} | {entry.cell.unit if entry.cell else ""}
    return len(units) > 1


def _open(context: Context, entry: Entry, cause: str) -> Finding:
    assert entry.cell is not None
    return context.finding(
        entry.cell.piece,
        entry.cell.start,
        entry.cell.end,
        "total",
        "unchecked",
        stated=entry.cell.text,
        cause="unreadable" if cause == "unreadable" else "context",
        why="Not every number of its column could be read."
        if cause == "unreadable"
        else "It is not the sum of its column, and may not be meant as one.",
    )


def _readings(entries: Sequence[Entry], index: int) -> list[Sum]:
    """Return what the total at a place may be the sum of, likeliest first."""
    above = entries[:index]
    last = max((place for place, one in enumerate(above) if one.total), default=-1)
    parts = [one for one in above if _added(one)]
    since = [one for one in above[last + 1 :] if _added(one)]
    subtotals = [one for one in above if one.total and one.cell is not None]
    readings = []
    if last >= 0:
        readings.append(_sum("the rows since the last total", since))
        readings.append(_sum("the totals above it and the rows since", [*subtotals, *since]))
        readings.append(_sum("the totals above it", subtotals))
    if any(one.nested for one in parts) and not all(one.nested for one in parts):
        readings.append(
            _sum("the rows above it that are not indented", [one for one in parts if not one.nested])
        )
        readings.append(_sum("the indented rows above it", [one for one in parts if one.nested]))
    if named := _of_one_kind(entries, index):
        readings.append(_sum("the rows of that name", named))
    readings.append(_sum("the rows above it", parts))
    if not parts:
        below = entries[index + 1 :]
        end = next((place for place, one in enumerate(below) if one.total), len(below))
        readings = [_sum("the rows below it", [one for one in below[:end] if _added(one)])]
        readings.append(_sum("all rows below it", [one for one in below if _added(one)]))
    return [one for one in readings if len(one.addends) > 1 or (one.addends and len(entries) > 2)]


def _added(entry: Entry) -> bool:
    return entry.cell is not None and not entry.total and not _LEFT_OUT.match(clean(entry.label))


def _beside_others(entries: Sequence[Entry], index: int) -> bool:
    """Whether a total is that of some rows only, or one of several kinds: 'Total', 'Direct', 'Indirect'."""
    behind = [one for one in entries[index + 1 :] if one.cell is not None]
    sub = _SUB.search(clean(entries[index].label)) is not None
    others = behind and not sub and any(map(_added, entries[:index])) and not any(o.total for o in behind)
    return bool(others or _of_one_kind(entries, index))


def _of_one_kind(entries: Sequence[Entry], index: int) -> list[Entry]:
    """Return the rows that share a word with the label of a total, if not all do: 'Total valid'."""
    found = _TOTAL.fullmatch(clean(entries[index].label))
    words = set(_WORDS.findall(found["rest"].lower())) if found else set()
    rows = [one for one in entries if _added(one)]
    for word in words:
        sharing = [one for one in rows if word in _WORDS.findall(clean(one.label).lower())]
        if sharing and len(sharing) < len(rows):
            return sharing
    return []


def _sum(words: str, entries: Sequence[Entry]) -> Sum:
    return Sum(words, tuple(Addend(clean(one.label), one.cell) for one in entries if one.cell is not None))


def _columns(context: Context, table: Table) -> Iterator[Finding]:
    """Judge the columns called total: the sum of columns on their left, the same ones in every row."""
    names = titles(table)
    for column in range(2, len(names)):
        if not is_total(names[column]):
            continue
        rows = []
        for row in table.rows[table.headers :][:_MOST_ROWS]:
            stated = number_cell(row[column], context.style) if column < len(row) else None
            if stated is not None:
                numbers = [number_cell(cell, context.style) for cell in row[:column]]
                rows.append((stated, row, numbers))
        runs = [(a, b) for b in range(column, 2, -1) for a in range(max(0, b - 12), b - 1)]
        if not rows or len(names) > _MOST_COLUMNS:
            continue
        best: tuple[int, list[tuple[NumberCell, Sum]]] | None = None
        for first, last in runs[:40]:
            found = []
            for stated, row, numbers in rows:
                cells = numbers[first:last]
                if any(cell is None and not is_blank(row[first + i].text) for i, cell in enumerate(cells)):
                    continue
                addends = [Addend(names[first + i], cell) for i, cell in enumerate(cells) if cell is not None]
                if addends:
                    words = f"columns {names[first]} to {names[last - 1]}"
                    found.append((stated, Sum(words, tuple(addends))))
            right = sum(one.verdict(stated) == "right" for stated, one in found)
            if found and (best is None or right > best[0]):
                best = right, found
        # Other columns may stand beside the addends: only rows in which the sum is right tell which they are.
        if best is not None and best[0] >= 2 and 2 * best[0] > len(best[1]):
            for stated, one in best[1]:
                yield judged_sum(context, stated, [one], sure=True)
