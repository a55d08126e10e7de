"""JSON whose strings know where their characters stand in the file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from nnutils.lint.readers.placed import Placed

__all__ = ["JsonError", "Text", "Value", "read_json"]

_DEEPEST = 100
_BLANK = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"((?:[^"\\]+|\\.)*+)"', re.DOTALL)
_OTHER = re.compile(r"-?\d[\d.eE+-]*|true|false|null|NaN|-?Infinity")
_ESCAPE = re.compile(r"\\(?:u([\da-fA-F]{4})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


class JsonError(ValueError):
    """Text that is not JSON, with the offset at which that shows."""

    def __init__(self, what: str, offset: int) -> None:
        super().__init__(what)
        self.offset = offset


@dataclass(frozen=True)
class Text:
    """A string as it stands in the file, from ``start`` to ``end`` between its quotation marks."""

    source: str
    start: int
    end: int

    def read(self) -> Placed:
        """Return its characters; one that is written as an escape has the place of the escape."""
        raw = self.source[self.start : self.end]
        if "\\" not in raw:
            return Placed(raw, range(self.start, self.end))
        signs: list[str] = []
        places: list[int] = []
        last = 0
        for found in _ESCAPE.finditer(raw):
            signs.append(raw[last : found.start()])
            places.extend(range(self.start + last, self.start + found.start()))
            signs.append(chr(int(found[1], 16)) if found[1] else _ESCAPED.get(found[2], found[2]))
            places.append(self.start + found.start())
            last = found.end()
        signs.append(raw[last:])
        places.extend(range(self.start + last, self.end))
        text = "".join(signs)
        return _paired(text, places)

    def __str__(self) -> str:
        return self.read().text


Value: TypeAlias = "Text | Mapping[str, Value] | Sequence[Value] | None"
"""A string, an object, a list; numbers, true and false are None."""


def read_json(source: str) -> tuple[Value, dict[int, int]]:
    """Return what JSON holds, and for each object (by its ``id``) the offset at which it begins.

    Raises:
        JsonError: for text that is not JSON, or that is nested a hundred times.

    >>> value, _ = read_json(r'{"a": ["x\\n3"]}')
    >>> part = value["a"][0].read()
    >>> part.text, list(part.places)
    ('x\\n3', [8, 9, 11])
    """
    reader = _Reader(source)
    value = reader.value(0)
    if reader.at < len(source):
        raise JsonError("something follows the end of the JSON", reader.at)
    return value, reader.starts


class _Reader:
    def __init__(self, source: str) -> None:
        self.source, self.at = source, 0
        self.starts: dict[int, int] = {}
        self.skip()

    def skip(self) -> None:
        found = _BLANK.match(self.source, self.at)
        self.at = found.end() if found else self.at

    def takes(self, sign: str) -> bool:
        if not self.source.startswith(sign, self.at):
            return False
        self.at += len(sign)
        self.skip()
        return True

    def text(self) -> Text:
        found = _STRING.match(self.source, self.at)
        if found is None:
            raise JsonError("a string is missing or is not ended", self.at)
        self.at = found.end()
        self.skip()
        return Text(self.source, found.start(1), found.end(1))

    def value(self, depth: int) -> Value:
        start = self.at
        if depth > _DEEPEST:
            raise JsonError("it is nested too deeply", start)
        sign = self.source[start : start + 1]
        if sign == '"':
            return self.text()
        if self.takes("{"):
            return self.object(start, depth)
        if self.takes("["):
            items: list[Value] = []
            while not self.takes("]"):
                if items and not self.takes(","):
                    raise JsonError("a comma is missing in a list", self.at)
                items.append(self.value(depth + 1))
            return items
        found = _OTHER.match(self.source, start)
        if found is None:
            raise JsonError("a value is missing", start)
        self.at = found.end()
        self.skip()
        return None

    def object(self, start: int, depth: int) -> Value:
        made: dict[str, Value] = {}
        self.starts[id(made)] = start
        while not self.takes("}"):
            if made and not self.takes(","):
                raise JsonError("a comma is missing in an object", self.at)
            name = str(self.text())
            if not self.takes(":"):
                raise JsonError("a colon is missing", self.at)
            made[name] = self.value(depth + 1)
        return made


def _paired(text: str, places: list[int]) -> Placed:
    """Return a text in which two surrogates are the one character that they stand for."""
    pairs = re.compile("[\ud800-\udbff][\udc00-\udfff]")
    if pairs.search(text) is None:
        return Placed(text, places)
    kept = [True] * len(places)
    for found in pairs.finditer(text):
        kept[found.start() + 1] = False
    whole = pairs.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
    return Placed(whole, [place for place, keep in zip(places, kept, strict=True) if keep])
