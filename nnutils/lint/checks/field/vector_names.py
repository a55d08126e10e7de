"""Names of vectors and matrices: 'z = [2, 1, 0, 3]' says what softmax(z) is, in its section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from nnutils.lint.checks.field.clauses import running_text
from nnutils.lint.checks.field.vector_text import Item, Literal, items_of
from nnutils.lint.context import Context
from nnutils.lint.language import Token, is_symbol
from nnutils.lint.values import UndefinedError

__all__ = ["named_arrays", "with_names"]

_EQUAL = ("=", ":=", "≈")
_MOST_FACTORS = 3
_ENGLISH = ("a", "A", "I")


def named_arrays(context: Context) -> dict[int, dict[str, Literal]]:
    """Return for each piece, by its id, the arrays that have a name in its section.

    A name that is given two values in a section, or a value that is no array, is nobody's.
    """
    sections: list[dict[str, Literal | None]] = [{}]
    found: dict[int, int] = {}
    for piece in running_text(context):
        if piece.kind == "heading":
            sections.append({})
        found[id(piece)] = len(sections) - 1
        names = sections[-1]
        if not any(sign in piece.text for sign in "=≈"):
            continue
        for name, value in _definitions(piece.text, items_of(context, piece)):
            before = names.get(name, value)
            given = _values(value)
            names[name] = before if given is not None and _values(before) == given else None
    known = [{name: value for name, value in names.items() if value is not None} for names in sections]
    return {piece: known[section] for piece, section in found.items() if known[section]}


def with_names(items: Sequence[Item], names: dict[str, Literal]) -> list[Item]:
    """Return items with each name of an array as this array, in the place of the name."""
    made: list[Item] = []
    for item, after in zip(items, [*items[1:], None], strict=True):
        value = names.get(item.text) if isinstance(item, Token) and item.kind == "word" else None
        if isinstance(item, Token) and value is None and (factors := _factors(item, after, names)):
            made += factors
        elif value is None or not _meant(item, after):
            made.append(item)
        else:
            made.append(replace(value, start=item.start, end=item.end, called=False, named=True))
    return made


def _factors(item: Token, after: Item | None, names: dict[str, Literal]) -> list[Literal]:
    """Return the arrays in a product without a sign, Wx or Av, before a sign or a relation."""
    followed = isinstance(after, Token) and after.kind in ("sign", "relation")
    if item.kind != "word" or not followed or not 1 < len(item.text) <= _MOST_FACTORS:
        return []
    if not all(letter in names for letter in item.text):
        return []
    starts = range(item.start, item.end)
    return [
        replace(names[letter], start=start, end=start + 1, called=False, named=True)
        for letter, start in zip(item.text, starts, strict=True)
    ]


def _meant(item: Item, after: Item | None) -> bool:
    """Return whether a name is one, and not the English word a or I."""
    if not isinstance(item, Token) or item.formula or item.text not in _ENGLISH:
        return True
    return isinstance(after, Token) and after.kind in ("sign", "relation", "close")


def _definitions(text: str, items: Sequence[Item]) -> list[tuple[str, Literal | None]]:
    """Return the names that a piece gives a value: an array, or None for anything else."""
    made: list[tuple[str, Literal | None]] = []
    for place, item in enumerate(items[:-2]):
        sign, value = items[place + 1], items[place + 2]
        if not (isinstance(item, Token) and is_symbol(item) and isinstance(sign, Token)):
            continue
        if sign.kind != "relation" or sign.text not in _EQUAL:
            continue
        before = items[place - 1] if place else None
        if before is not None and not _ends(before) and "\n" not in text[before.end : item.start]:
            continue
        behind = items[place + 3] if place + 3 < len(items) else None
        alone = isinstance(value, Literal) and (behind is None or _begins_something(text, value, behind))
        made.append((item.text, value if alone and isinstance(value, Literal) else None))
    return made


def _ends(item: Item) -> bool:
    """Return whether a name may begin behind this: a mark, or a word of the language."""
    if isinstance(item, Literal):
        return False
    return item.kind in ("mark", "open", "relation", "end") or (item.kind == "word" and not is_symbol(item))


def _begins_something(text: str, value: Literal, behind: Item) -> bool:
    """Return whether what follows an array is no part of the same expression."""
    if "\n" in text[value.end : behind.start]:
        return True
    return isinstance(behind, Token) and behind.kind in ("mark", "relation", "close", "word", "end")


def _values(one: Literal | None) -> tuple[tuple[Fraction, ...], ...] | None:
    if one is None:
        return None
    try:
        return tuple(tuple(value.nominal for value in row) for row in one.array().rows)
    except UndefinedError:
        return None
