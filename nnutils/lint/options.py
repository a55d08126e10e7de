"""Options of a quiz: what stands beside a box that nobody ticked is offered, and not stated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

__all__ = ["Option", "options_in"]

_TICKED = "xX✓✔•*"
_BOX = re.compile(
    r"""(?P<before>^[\s>"]*(?:(?:[-*+•]|\d{1,2}[.)]|\(?[a-hA-H][.)]|\\item)\s*)?)(?:\[(?=\$))?"""
    rf"(?P<mark>\[[ {_TICKED}]?\](?![(\[:])|\([ {_TICKED}]?\)(?=\s)"
    r"|[☐☑☒🗹🗷⬜✅🔘]|[○◯●◉□■▢▣]|\$?\\(?:square|Box|boxtimes|CheckedBox|XBox|Square|checkmark)\b\$?"
    r"|\\(?:[cC]orrect)?[cC]hoice\b"
    r"""|<input\b[^<>\n]*\btype=\\?["']?(?:radio|checkbox)\b[^<>\n]*>)"""
    r"|(?P<inner>(?<=>)\s*<input\b[^<>\n]*\btype=\\?[\"']?(?:radio|checkbox)\b[^<>\n]*>)"
)
_IS_TICKED = re.compile(
    rf"[\[(][{_TICKED}][\])]|[☑☒🗹🗷✅🔘●◉■▣]|\$?\\(?:boxtimes|CheckedBox|XBox|checkmark)\b|\\[cC]orrect"
    r"|<input\b.*\bchecked\b"
)
_SHAPES = frozenset("○◯●◉□■▢▣")
"""Signs that begin the items of lists, too."""

_LETTER = re.compile(r"""^[\s>"]*(?:[-*+•]\s+)?(?:\*\*)?\(?(?P<letter>[a-hA-H])(?:\)|\.)(?:\*\*)?\s+\S""")
_CHOSEN = re.compile(
    r"[✓✔✅]|\((?:correct|right|true|richtig|corre[ct]ta?|exact|juste|vrai|giusta?)\)"
    r"|(?:←|<-+)\s*(?:correct|right|this|richtig|corre[ct]t[ao]|juste|giusta?)\b",
    re.IGNORECASE,
)
_KEY = re.compile(
    r"""^[\s>"*_]*(?:(?:the|correct|right|richtige|bonne)\s+)*
    (?:answers?|solution|key|correct|antwort|lösung|réponse|respuesta|risposta|resposta)\b
    (?:\s+(?:correcta?|corretta|juste|esatta|is|ist|est|es|è))*[\s:*_]*\(?(?P<letter>[a-h])\b(?!\s*[=(])""",
    re.IGNORECASE | re.VERBOSE,
)
_FEWEST, _FARTHEST_KEY = 3, 6


@dataclass(frozen=True)
class Option:
    """One option: whether it is ticked, where it stands in the source, and which question it belongs to."""

    ticked: bool
    start: int
    end: int
    question: int


def options_in(source: str) -> list[Option]:
    """Return the options of the questions of a sheet in order.

    >>> [(one.ticked, one.start, one.end) for one in options_in("- [ ] 3 · 4 = 13\\n- [x] 3 · 4 = 12")]
    [(False, 0, 16), (True, 17, 33)]
    """
    lines = list[tuple[int, str]]()
    at = 0
    for text in source.split("\n"):
        lines.append((at, text))
        at += len(text) + 1
    boxed = list(_boxed(lines))
    taken = {one.start for one in boxed}
    every = [*boxed, *(one for one in _lettered(lines) if one.start not in taken)]
    return sorted(every, key=lambda one: one.start)


def _boxed(lines: Sequence[tuple[int, str]]) -> Iterator[Option]:
    """Yield the options with a box or a circle of their own."""
    group: list[Option] = []
    above, asked, shaped, question = "", False, False, 0
    for start, text in lines:
        found = _BOX.search(text)
        if found is None:
            if text.strip(' \t>"\\n,'):
                if group and text[:1].isspace():  # an option goes on
                    group[-1] = replace(group[-1], end=start + len(text))
                    continue
                yield from _group(group, asked=asked, shaped=shaped)
                group, above, question = [], text, question + bool(group)
            continue
        mark = (found["mark"] or found["inner"]).strip()
        if not group:
            asked, shaped = "?" in above, False
        shaped |= mark in _SHAPES
        group.append(Option(bool(_IS_TICKED.match(mark)), start, start + len(text), question))
    yield from _group(group, asked=asked, shaped=shaped)


def _group(group: Sequence[Option], *, asked: bool, shaped: bool) -> Sequence[Option]:
    if shaped and not (asked and any(one.ticked for one in group) and len(group) > 1):
        return ()
    return group


def _lettered(lines: Sequence[tuple[int, str]]) -> Iterator[Option]:
    """Yield the options with letters below a question, where one of them is marked or named as the answer."""
    row = 0
    above = ""
    while row < len(lines):
        last, letters = row, list[int]()
        while (last > row or lines[row][1].strip()) and last < len(lines) and len(letters) < 8:
            text = lines[last][1]
            found = _LETTER.match(text)
            if found and ord(found["letter"].lower()) - ord("a") == len(letters):
                letters.append(last)
            elif text.strip():
                break
            last += 1
        if len(letters) >= _FEWEST and "?" in above:
            chosen = [place for place, one in enumerate(letters) if _CHOSEN.search(lines[one][1])]
            for _, text in lines[last : last + _FARTHEST_KEY] if not chosen else ():
                if key := _KEY.match(text):
                    chosen = [ord(key["letter"].lower()) - ord("a")]
                    break
            if len(chosen) == 1 and chosen[0] < len(letters):
                for place, one in enumerate(letters):
                    start, text = lines[one]
                    yield Option(place in chosen, start, start + len(text), -1 - row)
        above = lines[row][1] if lines[row][1].strip() else above
        row = max(row + 1, last if letters else 0)
        if letters:
            above = lines[letters[-1]][1]
