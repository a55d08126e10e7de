"""Names that somebody types before the entries of a list: 'k=8, s=2, p=3, d=1'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nnutils.core.errors import ExpressionError

__all__ = ["without_labels"]

_LABEL = re.compile(r"(?<![^\s,;|(\[{])([^\W\d]\w*)\s*=(?!=)\s*")
_VALUE = re.compile(r"[^\s,;|=]+(?:,[0-9]{3}(?![0-9]))*")
_AROUND = re.compile(r"^[\s,;|()\[\]{}]+|[\s,;|()\[\]{}]+$")
_BETWEEN = r"(?:\s*,\s*|\s+and\s+|\s*×\s*)"


def without_labels(text: str, asked: str) -> str:
    """Return a typed list or table without the names before its entries; other texts as they are.

    ``asked`` is the text that asks for it. The names have to be those that stand there one after another, in
    the same order, or their first letters: 'c=5, h=98, w=98' for channels, height, width. In a table they
    begin again in each row. A single name, as in 'y = 1, 2', is none of an entry.

    Raises:
        ExpressionError: for other names, another order, and where not each entry has its name.

    >>> without_labels("k=8, s=2; k = 4, s = 1", "a row k, s for each")
    '8, 2; 4, 1'
    >>> without_labels("y = 1, 2", "y in order")
    'y = 1, 2'
    """
    labels = list(_LABEL.finditer(text))
    if len(labels) < 2 or len(labels) != text.count("="):
        return text
    names = [label[1] for label in labels]
    again = names.index(names[0], 1) if names[0] in names[1:] else len(names)
    ends = [label.start() for label in labels[1:]] + [len(text)]
    values = [_AROUND.sub("", text[label.end() : end]) for label, end in zip(labels, ends, strict=True)]
    one_by_one = not _AROUND.sub("", text[: labels[0].start()]) and all(map(_VALUE.fullmatch, values))
    if again == 1 or not one_by_one or names != [names[n % again] for n in range(len(names))]:
        raise _misnamed()
    if len(names) % again or not _stand_in(names[:again], asked):
        raise _misnamed()
    return _LABEL.sub("", text)


def _stand_in(names: Sequence[str], asked: str) -> bool:
    """Whether these names, or words that begin with these letters, stand one after another in a text."""
    words = [re.escape(name) + (r"\w*" if len(name) == 1 else "") for name in names]
    return re.search(rf"(?<!\w){_BETWEEN.join(words)}(?!\w)", asked, re.IGNORECASE) is not None


def _misnamed() -> ExpressionError:
    return ExpressionError(
        "The names before the entries are not the ones asked for, in their order.",
        remedy="Type the entries alone, in the order that is asked.",
    )
