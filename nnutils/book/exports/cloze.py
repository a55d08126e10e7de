r"""Moodle's fields inside a text: ``{2:NUMERICAL:=7:0.1~70:0#A power of ten.}``, written and read.

A field has a weight, a kind and alternatives. ``=`` marks a right one; ``:`` separates a number from its
tolerance, ``#`` an alternative from its feedback. What has a meaning in this syntax is written as an entity,
which Moodle decodes: https://docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from nnutils.core.errors import BookError
from nnutils.core.messages import brief, shown

__all__ = ["CHOICE", "NUMBER", "WORD", "Alternative", "Field", "fields_in", "written"]

NUMBER, CHOICE, WORD = "NUMERICAL", "MULTICHOICE", "SHORTANSWER"

_ENTITIES = {sign: f"&#{ord(sign)};" for sign in r'{}~#\/"'}
_START = re.compile(rf"\{{([0-9]*):({NUMBER}|{CHOICE}|{WORD}):")


@dataclass(frozen=True)
class Alternative:
    """What may be typed or chosen: its text, whether it is right, what is then said, and its tolerance."""

    text: str
    right: bool = False
    feedback: str = ""
    tolerance: float = 0.0


@dataclass(frozen=True)
class Field:
    """One field: its weight among the fields of the question, its kind, and its alternatives."""

    weight: int
    kind: str
    alternatives: tuple[Alternative, ...]


def written(field: Field) -> str:
    """Return a field as Moodle reads it, for a text in HTML.

    Raises:
        BookError: for a field that Moodle would not take.

    >>> right, wrong = Alternative("7", True, tolerance=0.5), Alternative("70", feedback="Not {#}.")
    >>> written(Field(2, NUMBER, (right, wrong)))
    '{2:NUMERICAL:=7:0.5~70:0#Not &#123;&#35;&#125;.}'
    """
    if not any(one.right for one in field.alternatives) or not all(one.text for one in field.alternatives):
        raise BookError(
            f"A field with {brief([one.text for one in field.alternatives])} has no right answer, "
            "or an empty one.",
            remedy="Give at least one right answer, and no empty ones.",
        )
    alternatives = "~".join(_alternative(field, one) for one in field.alternatives)
    return f"{{{field.weight}:{field.kind}:{alternatives}}}"


def fields_in(text: str) -> list[Field]:
    """Return the fields of a text, in order: what ``written`` wrote, read character by character.

    Raises:
        BookError: for a field that does not end.

    >>> fields_in("Are they equal? {1:MULTICHOICE:=yes~no#Look again.}")[0].alternatives[1]
    Alternative(text='no', right=False, feedback='Look again.', tolerance=0.0)
    """
    found = []
    at = 0
    while start := _START.search(text, at):
        pieces, at = _pieces(text, start.end())
        kind = start[2]
        found.append(Field(int(start[1] or 1), kind, tuple(_read(kind, *halves) for halves in pieces)))
    return found


def _alternative(field: Field, one: Alternative) -> str:
    mark = "=" if one.right else ""
    feedback = f"#{_escaped(one.feedback)}" if one.feedback else ""
    if field.kind == NUMBER:
        return f"{mark}{one.text}:{one.tolerance:.6g}{feedback}"
    text = _escaped(one.text, markup=field.kind != WORD)
    if text.endswith("&amp;"):  # behind it Moodle would not see the end of the answer
        text = f"{text.removesuffix('&amp;')}&#38;"
    if text[0] in "=%":  # at the beginning these say how right it is
        text = f"&#{ord(text[0])};{text[1:]}"
    return f"{mark}{text}{feedback}"


def _escaped(text: str, *, markup: bool = True) -> str:
    """Return plain text with the signs of the field as entities, which Moodle decodes once.

    What it then shows as HTML (``markup``) is written as HTML before; a word to type is not.
    """
    decoded_once = html.escape(text, quote=False) if markup else text
    decoded_once = re.sub(r"(?=\\[}#])", r"\\", decoded_once)  # of these two signs it takes one away
    return "".join(_ENTITIES.get(sign, sign) for sign in html.escape(decoded_once, quote=False))


def _pieces(text: str, start: int) -> tuple[list[tuple[str, str]], int]:
    """Return answer and feedback of each alternative from a place on as written, and where the field ends.

    As in Moodle, an answer goes on behind a backslash, an & or its entity, and a feedback behind a backslash.
    """
    pieces, halves = [], [""]
    for at in range(start, len(text)):
        sign, before = text[at], text[max(start, at - 5) : at]
        goes_on = before.endswith("\\") if len(halves) > 1 else before.endswith(("\\", "&", "&amp;"))
        if sign == "#" and len(halves) == 1 and not goes_on:
            halves.append("")
        elif sign in "~}" and not goes_on:
            pieces.append((halves[0], "".join(halves[1:])))
            if sign == "}":
                return pieces, at + 1
            halves = [""]
        else:
            halves[-1] += sign
    raise BookError(f"The field {shown(text[start : start + 60])} does not end.", remedy="Close it with }.")


def _read(kind: str, answer: str, feedback: str) -> Alternative:
    """Return one alternative from what stands before its '#' and after it."""
    right = answer.startswith("=")
    answer = answer[right:]
    if kind == NUMBER:
        number, _, tolerance = answer.partition(":")
        return Alternative(number, right, _plain(feedback), float(tolerance or 0))
    text = _decoded(answer) if kind == WORD else _plain(answer)
    return Alternative(text, right, _plain(feedback))


def _plain(text: str) -> str:
    """Undo the entities of the field, then those of HTML."""
    return html.unescape(_decoded(text))


def _decoded(text: str) -> str:
    """Undo the entities of the field as Moodle does, which also takes away a backslash before } and #."""
    return html.unescape(text).replace(r"\}", "}").replace(r"\#", "#")
