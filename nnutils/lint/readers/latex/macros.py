r"""Comments and macros of LaTeX: what \newcommand, \def and the like define is put in where it is used."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nnutils.lint.readers.latex.scanning import closing_braces
from nnutils.lint.readers.placed import Placed, joined

__all__ = ["expanded", "without_comments"]

_COMMENT = re.compile(r"\\.|%[^\n]*(?:\n[ \t]*(?=\S))?", re.DOTALL)
_DEFINITION = re.compile(
    r"\\(?:(?P<new>(?:re)?newcommand|providecommand|DeclareRobustCommand)\*?\s*\{?\s*\\(?P<name>[A-Za-z]+)\s*\}?"
    r"\s*(?:\[(?P<count>\d)\]\s*(?:\[(?P<default>[^\[\]\n]{0,200})\]\s*)?)?"
    r"|def\s*\\(?P<defined>[A-Za-z]+)\s*(?P<marks>(?:#\d)*)\s*"
    r"|DeclareMathOperator(?P<star>\*?)\s*\{?\s*\\(?P<operator>[A-Za-z]+)\s*\}?\s*)(?=\{)"
)
_MARK = re.compile(r"#(\d)")
_ENDS_IN_COMMAND = re.compile(r"\\[A-Za-z]+$")
_ROUNDS = 8
_GROWTH = 200_000


@dataclass(frozen=True)
class _Macro:
    count: int
    default: str | None
    body: str


def without_comments(source: Placed) -> Placed:
    """Return LaTeX without what stands behind its percent signs.

    >>> from nnutils.lint.readers.placed import placed
    >>> without_comments(placed("5\\\\% of % 3\\n  4")).text
    '5\\\\% of 4'
    """
    parts, last = [], 0
    for found in _COMMENT.finditer(source.text):
        if found[0][0] == "%":
            parts.append(source[last : found.start()])
            last = found.end()
    return joined([*parts, source[last:]]) if parts else source


def expanded(source: Placed) -> tuple[Placed, tuple[str, ...]]:
    r"""Return LaTeX with its own macros put in, and what could not be.

    >>> from nnutils.lint.readers.placed import placed
    >>> expanded(placed(r"\newcommand{\sq}[1]{#1 \times #1}\sq{11} = 121"))[0].text
    '11 \\times 11 = 121'
    """
    if "\\newcommand" not in source.text and not _DEFINITION.search(source.text):
        return source, ()
    macros, rest = _definitions(source)
    if not macros:
        return source, ()
    use = re.compile(rf"\\({'|'.join(sorted(macros, key=len, reverse=True))})(?![A-Za-z])[ \t]*")
    most = len(rest) + _GROWTH
    for _ in range(_ROUNDS):
        if use.search(rest.text) is None:
            return rest, ()
        rest = _used(rest, use, macros)
        if len(rest) > most:
            return rest[:most], ("macros that grow without end were cut off",)
    return rest, ("macros that call themselves were left",)


def _definitions(source: Placed) -> tuple[dict[str, _Macro], Placed]:
    macros: dict[str, _Macro] = {}
    parts: list[Placed] = []
    closing = closing_braces(source.text)
    last = 0
    for found in _DEFINITION.finditer(source.text):
        start, end = found.end(), closing.get(found.end())
        if end is None or found.start() < last:
            continue
        body = source.text[start + 1 : end]
        name = found["name"] or found["defined"] or found["operator"]
        count = int(found["count"] or 0) if found["name"] else (found["marks"] or "").count("#")
        if found["operator"]:
            body = f"\\operatorname{{{body}}}"
        if re.search(rf"\\{name}(?![A-Za-z])", body) is None:
            macros[name] = _Macro(count, found["default"], body)
        parts.append(source[last : found.start()])
        last = end + 1
    return macros, joined([*parts, source[last:]])


def _used(source: Placed, use: re.Pattern[str], macros: dict[str, _Macro]) -> Placed:
    """Return a text with each macro put in once."""
    text, closing = source.text, closing_braces(source.text)
    parts: list[Placed] = []
    last = 0
    for found in use.finditer(text):
        if found.start() < last:
            continue  # inside an argument; the next round finds it
        macro, place = macros[found[1]], source.place(found.start())
        at = found.end()
        arguments: list[Placed] = []
        if macro.count and macro.default is not None:
            end = text.find("]", at, at + 200) if text.startswith("[", at) else -1
            given = source[at + 1 : end] if end >= 0 else Placed(macro.default, [place] * len(macro.default))
            arguments.append(given)
            at = end + 1 if end >= 0 else at
        while len(arguments) < macro.count and at < len(text):
            while text[at : at + 1].isspace():
                at += 1
            end = closing.get(at, at)
            arguments.append(source[at + 1 : end] if end > at else source[at : at + 1])
            at = end + 1
        parts.append(source[last : found.start()])
        last = at if arguments else found.start() + 1 + len(found[1])
        parts.append(_put_in(macro.body, arguments, place, text[last : last + 1]))
    return joined([*parts, source[last:]])


def _put_in(body: str, arguments: list[Placed], place: int, behind: str) -> Placed:
    if _ENDS_IN_COMMAND.search(body) and behind.isalpha():
        body += "{}"
    parts: list[Placed] = []
    last = 0
    for mark in _MARK.finditer(body):
        before = body[last : mark.start()]
        parts.append(Placed(before, [place] * len(before)))
        number = int(mark[1])
        if 0 < number <= len(arguments):
            parts.append(arguments[number - 1])
        last = mark.end()
    rest = body[last:]
    return joined([*parts, Placed(rest, [place] * len(rest))])
