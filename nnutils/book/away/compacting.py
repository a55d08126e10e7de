"""Makes a PDF of Chromium small: the objects of its tags are packed into compressed streams.

A book has some hundred thousand of them, most of its bytes. Object streams and the table of places that they
need are those of PDF 1.5 (ISO 32000-1, 7.5.7 and 7.5.8). What a page shows, its tags and its links stay.
"""

from __future__ import annotations

import re
import zlib

from nnutils.core.errors import BookError

__all__ = ["compacted"]

_TABLE = re.compile(
    rb"xref\s+0 (\d+)\s+((?:\d{10} \d{5} [nf][\r\n ]{2})+)trailer\s*<<(.*?)>>\s*startxref", re.DOTALL
)
_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*)endobj\s*", re.DOTALL)
_STREAM = re.compile(rb">>\s*stream\r?\n")
_IN_ONE = 200  # objects in a stream: more would make a reader unpack much for little
_FREE, _PLACED, _PACKED = 0, 1, 2  # the kinds of a row in the table of places


def compacted(pdf: bytes) -> bytes:
    """Return a PDF with all objects but the streams packed; it has the same objects, by the same numbers.

    Raises:
        BookError: for a PDF that is not written as Chromium writes it: one table of places, no encryption.
    """
    tables = _TABLE.findall(pdf)
    if len(tables) != 1 or b"/Encrypt" in tables[0][2]:
        raise BookError(
            "This PDF has not one plain table of places.", remedy="Give one that Chromium has just printed."
        )
    size, rows, trailer = int(tables[0][0]), tables[0][1], tables[0][2]
    begins = [int(row[:10]) for row in rows.splitlines() if row[17:18] == b"n"]
    ends = sorted([*begins, pdf.rindex(b"xref\n0 ")])
    following = dict(zip(ends, ends[1:], strict=False))
    written = bytearray(b"%PDF-1.5\n%\xd3\xeb\xe9\xe1\n")
    places: dict[int, tuple[int, int, int]] = {0: (_FREE, 0, 65535)}
    small: list[tuple[int, bytes]] = []
    for begin in begins:
        found = _OBJECT.fullmatch(pdf[begin : following[begin]])
        if found is None:
            raise BookError(f"There is no object at byte {begin} of this PDF.", remedy="Print it anew.")
        number, content = int(found[1]), found[2].rstrip()
        if _STREAM.search(content):
            places[number] = (_PLACED, len(written), 0)
            written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        else:
            small.append((number, content))
    for at in range(0, len(small), _IN_ONE):
        packed = small[at : at + _IN_ONE]
        places[size] = (_PLACED, len(written), 0)
        places |= {number: (_PACKED, size, index) for index, (number, _) in enumerate(packed)}
        written += _object_stream(size, packed)
        size += 1
    places[size] = (_PLACED, len(written), 0)
    table = b"".join(_row(*places.get(number, (_FREE, 0, 65535))) for number in range(size + 1))
    said = re.sub(rb"/Size \d+", b"", trailer) + b" /Type /XRef /W [1 4 2] /Size %d" % (size + 1)
    begin = len(written)
    written += _stream(size, said, table)
    written += b"startxref\n%d\n%%%%EOF\n" % begin
    return bytes(written)


def _object_stream(number: int, packed: list[tuple[int, bytes]]) -> bytes:
    """Return a stream of objects: their numbers and places, then the objects."""
    heads, bodies, place = [], [], 0
    for name, content in packed:
        heads.append(b"%d %d" % (name, place))
        bodies.append(content)
        place += len(content) + 1
    head = b" ".join(heads) + b"\n"
    said = b"/Type /ObjStm /N %d /First %d" % (len(packed), len(head))
    return _stream(number, said, head + b"\n".join(bodies))


def _stream(number: int, said: bytes, data: bytes) -> bytes:
    packed = zlib.compress(data, 9)
    return b"%d 0 obj\n<<%s /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        number,
        said.strip(),
        len(packed),
        packed,
    )


def _row(kind: int, place: int, more: int) -> bytes:
    return bytes([kind]) + place.to_bytes(4, "big") + more.to_bytes(2, "big")
