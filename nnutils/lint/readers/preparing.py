"""What is done to every source before it is read: bytes as text, plain line breaks, no invisible signs."""

from __future__ import annotations

import codecs
import re
import unicodedata

from nnutils.core.errors import LintError
from nnutils.lint.readers.placed import Placed, joined

__all__ = ["LARGEST", "decoded", "prepared"]

LARGEST = 5_000_000
"""So many characters, or bytes, a sheet may have."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ", "0123456789+−=()aeoxhklmnpstijruv", strict=True))
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱᵀᵏʲᵈᵐˣ", "0123456789+−()niTkjdmx", strict=True))
_PREPARED = re.compile(
    "\\r\\n?"
    "|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+"
    f"|[{''.join(_LOWERED)}]+|[{re.escape(''.join(_RAISED))}]+"
    "|[\U0001d400-\U0001d7ff\uff01-\uff5e\ud800-\udfff]"
)


def decoded(source: str | bytes, name: str) -> str:
    """Return the text of a source.

    Raises:
        LintError: for more than five million characters, for a binary file, for text that is not Unicode.
    """
    if len(source) > LARGEST:
        raise LintError(
            f"{name} has {len(source):,} {'bytes' if isinstance(source, bytes) else 'characters'}, "
            f"which is more than a sheet's {LARGEST:,}.",
            remedy="Split it into chapters or pages.",
        )
    if isinstance(source, str):
        text = source.removeprefix("\ufeff")
    else:
        encoding = next((encoding for mark, encoding in _MARKS if source.startswith(mark)), "utf-8")
        try:
            text = source.decode(encoding)
        except UnicodeDecodeError as error:
            if b"\0" in source:
                raise LintError(f"{name} is a binary file, not text.") from None
            raise LintError(
                f"{name} is not {encoding.upper().removesuffix('-SIG')} text: "
                f"byte {error.start + 1} is {source[error.start]:#04x}.",
                remedy="Save it as UTF-8.",
            ) from None
    if "\0" in text:
        raise LintError(f"{name} is a binary file, not text.")
    return re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)


def prepared(source: Placed) -> Placed:
    """Return a text with plain line breaks, without invisible signs, with plain indices and powers.

    >>> from nnutils.lint.readers.placed import placed
    >>> prepared(placed("h₁\\r\\nx⁻¹ = 5²")).text
    'h_1\\nx^(−1) = 5²'
    """
    parts, last = [], 0
    for found in _PREPARED.finditer(source.text):
        start, end = found.span()
        text = _instead(found[0])
        if text == found[0]:
            continue
        parts += [source[last:start], Placed(text, [source.place(start)] * len(text))]
        last = end
    return joined([*parts, source[last:]]) if parts else source


def _instead(signs: str) -> str:
    first = signs[0]
    if first == "\r":
        return "\n"
    if first in _LOWERED:
        lowered = "".join(_LOWERED[sign] for sign in signs)
        return f"_{lowered}" if len(lowered) == 1 and lowered.isalnum() else f"_{{{lowered}}}"
    if first in _RAISED:
        raised = "".join(_RAISED[sign] for sign in signs)
        return signs if raised.isdigit() else f"^({raised})"
    if "\ud800" <= first <= "\udfff":
        return "\N{REPLACEMENT CHARACTER}"
    return unicodedata.normalize("NFKC", first) if len(signs) == 1 and first > "\ufeff" else ""
