"""All texts that a file holds: its own, those packed into it, and those written in another code inside it."""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote

__all__ = ["readings", "texts"]

DEEPEST = 5
"""So many packages may stand inside one another."""

_PNG, _GZIP, _ZIP = b"\x89PNG\r\n\x1a\n", b"\x1f\x8b", b"PK\x03\x04"
_INVENTORY = b"# Sphinx inventory"
_LETTERS = re.compile(rb"[\x20-\x7e\n\t]{4,}")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{6,}={0,2}|[A-Za-z0-9_-]{6,}={0,2}")
_DIGITS = re.compile(r"\d")
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|([nrt\"'/\\]))")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
_SIZE = re.compile(r"(?:(?<=[1-9])|(?<=\d\d))x(?=\d)")  # 96x55, but not 0x55
# In MathML: two elements that hold no fraction and no power themselves, and what joins them on a line.
_HELD = r"\s*(<(m[a-z]+)\b[^<>]*>(?:(?!</?(?:mfrac|msup|\N)\b).)*</\N>)\s*"
_PAIRS = {"mfrac": "/", "msup": "^"}
_PAIR = re.compile(
    r"<(mfrac|msup)\b[^<>]*>" + _HELD.replace(r"\N", r"\3") + _HELD.replace(r"\N", r"\5") + r"</\1>",
    re.DOTALL,
)
_TAG = re.compile(r"<[^<>]*>")


def texts(content: bytes, place: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield each text in a file with its place: packed files, the notes in pictures, base64 included.

    >>> [text for _, text in texts(gzip.compress(b"a note"), "notes.gz")]
    ['a note']
    """
    if depth > DEEPEST:
        return
    if content.startswith(_GZIP):
        yield from _inside(_unpacked(gzip.decompress, content), f"{place}, unpacked", depth)
    elif content.startswith(_ZIP):
        yield from _zipped(content, place, depth)
    elif content.startswith(_PNG):
        yield from _png(content, place, depth)
    elif content.startswith(_INVENTORY):
        lines = content.split(b"\n", 4)
        yield place, b"\n".join(lines[:4]).decode("utf-8", "replace")
        yield from _inside(_unpacked(zlib.decompress, lines[-1]), f"{place}, unpacked", depth)
    else:
        text = _decoded(content)
        yield place, text
        for found in _BASE64.finditer(text):
            inner = _from_base64(found[0])
            if inner is not None:
                yield from texts(inner, f"{place}, base64 at {found.start()}", depth + 1)


def readings(text: str) -> Iterator[str]:
    """Yield a text as written and as it would be shown: without the marks of HTML, JSON, addresses and LaTeX.

    >>> "290,400" in set(readings("290&#44;400")), "290,400" in set(readings("290{,}400"))
    (True, True)
    """
    seen = set()
    once = _unescaped(text)
    decoded = [text, once, _unescaped(once), html.unescape(text), html.unescape(once), unquote(text)]
    for one in decoded:
        shown = _plain(one)
        for reading in (shown, _TAG.sub("", shown), _TAG.sub(" ", shown)):
            if reading not in seen:
                seen.add(reading)
                yield reading


def _plain(text: str) -> str:
    """Return a text with plain digits, signs and spaces."""
    text = _on_a_line(_INVISIBLE.sub("", text))
    text = _RAISED.sub(lambda found: "^" + unicodedata.normalize("NFKC", found[0]), text)
    text = unicodedata.normalize("NFKC", text).replace("−", "-").replace("⋅", "×").replace("’", "'")
    text = re.sub(r"\{([,.])\}", r"\1", text)
    text = re.sub(r"\\(?:[,;:! ]|thinspace\b ?|enspace\b ?)", " ", text)
    text = re.sub(r"\\(?:times|cdot)(?![A-Za-z])\s?", "×", text)
    return _SIZE.sub("×", text)


def _on_a_line(text: str) -> str:
    """Return a text with the fractions and powers of MathML as they are typed.

    >>> _on_a_line("<mfrac><mn>1</mn><mn>3</mn></mfrac>")
    '<mn>1</mn>/<mn>3</mn>'
    """
    while "<mfrac" in text or "<msup" in text:
        joined = _PAIR.sub(lambda found: f"{found[2]}{_PAIRS[found[1]]}{found[4]}", text)
        if joined == text:
            break
        text = joined
    return text


def _unescaped(text: str) -> str:
    signs = {"n": "\n", "r": "\n", "t": "\t"}

    def sign(found: re.Match[str]) -> str:
        code = found[1] or found[2] or found[3]
        if code is None:
            return signs.get(found[4], found[4])
        return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else ""

    return _ESCAPED.sub(sign, text)


def _decoded(content: bytes) -> str:
    """Return the text of a file; of one that is not text, what is readable in it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and "\0" not in text:
        return text
    return "\n".join(found.decode("ascii") for found in _LETTERS.findall(content))


def _inside(content: bytes | None, place: str, depth: int) -> Iterator[tuple[str, str]]:
    if content is not None:
        yield from texts(content, place, depth + 1)


def _unpacked(unpack: object, content: bytes) -> bytes | None:
    try:
        return bytes(unpack(content))  # type: ignore[operator]
    except (OSError, EOFError, zlib.error):
        return None


def _zipped(content: bytes, place: str, depth: int) -> Iterator[tuple[str, str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield f"{place}, its list of files", name
                yield from texts(packed.read(name), f"{place}, {name}", depth + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error):
        yield place, _decoded(content[4:])


def _png(content: bytes, place: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yield the notes of a picture, packed or not, and what stands behind its end."""
    at = len(_PNG)
    while at + 12 <= len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        kind, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        at += 12 + size
        where = f"{place}, {kind.decode('latin-1')}"
        if kind == b"zTXt":
            yield where, body.partition(b"\0")[0].decode("latin-1")
            yield from _inside(_unpacked(zlib.decompress, body.partition(b"\0")[2][1:]), where, depth)
        elif kind == b"iTXt":
            key, _, rest = body.partition(b"\0")
            yield where, key.decode("latin-1")
            *_, written = rest[2:].split(b"\0", 2)
            packed = _unpacked(zlib.decompress, written) if rest[:1] == b"\1" else written
            yield from _inside(packed, where, depth)
        elif kind != b"IDAT":
            yield from texts(body, where, depth + 1)
        if kind == b"IEND":
            break
    if content[at:]:
        yield from texts(content[at:], f"{place}, behind its end", depth + 1)


def _from_base64(text: str) -> bytes | None:
    """Return what a run of letters holds, where it is a packed file or readable text with a digit in it."""
    bare = text.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        content = base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    if content.startswith((_GZIP, _ZIP, _PNG)):
        return content
    try:
        inner = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    readable = all(sign.isprintable() or sign in "\n\r\t" for sign in inner)
    return content if readable and _DIGITS.search(inner) else None
