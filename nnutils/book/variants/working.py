"""Answers and their work, as text and as formulas: for solution sheets, learning systems and tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Any

from nnutils.autodiff.trace_tables.rows import Row
from nnutils.core.derivation import walk
from nnutils.core.derivation_text import latex_name, render, shown_leaves
from nnutils.core.numerals import grouped, latex_number, latex_of_text, number_text
from nnutils.core.worked import Worked
from nnutils.practice import Answer, Asked
from nnutils.practice.answers_as_text import SIGNIFICANT
from nnutils.practice.leaves import leaves, numeric, plain

__all__ = [
    "MOST_ROWS",
    "Chain",
    "answer_markup",
    "asked_without_typing",
    "chain_markup",
    "is_traced",
    "with_colon",
    "work_chains",
    "work_text",
]

Chain = tuple[tuple[str, str], ...]
"""One line of work, a chain of equations: each link as text and as LaTeX."""

MOST_DECIMALS = 6
"""A fraction with more decimals is not written as a decimal number."""

MOST_ROWS = 12
"""More rows of a trace table are not work to read on a sheet."""

_TYPING = re.compile(
    r",? (?:(?:rows|entries) )?separated by (?:;|commas?)(?:, (?:rows|blocks) by [;|])*"
    r"|[;,] [*@.]\w* (?:goes|is|the|transposes)\b[^;]*"  # what a sign stands for: '@ the matrix product'
)
_MOST_LETTERS = 70
"""A link with more letters is set as text, which can go on in the next line; a formula cannot."""


def work_chains(quantity: Asked, known: Collection[Chain] = (), most: int | None = MOST_ROWS) -> list[Chain]:
    r"""Return how an answer is reached, a chain of equations for each named result on the way.

    The chains that are ``known`` are left out. A row of a trace table comes with the rows that it uses, each
    once and above it; where there would be more than ``most`` of them, there are no chains.

    >>> kernels, window = Worked(96, "kernels"), Worked(11, "window")
    >>> asked = Asked("weights", "weights of the layer", "a", kernels * window * window)
    >>> work_chains(asked)[0][1]
    ('96 · 11 · 11', '96 \\cdot 11 \\cdot 11')
    """
    chains: dict[Chain, None] = {}
    for _, derivation in leaves(quantity.derivation):
        chains |= dict.fromkeys(_chains(derivation))
    new = [chain for chain in chains if chain not in known]
    return [] if most is not None and len(new) > most and is_traced(quantity) else new


def is_traced(quantity: Asked) -> bool:
    """Whether the work of an answer is rows of trace tables."""
    return any(isinstance(derivation, Row) for _, derivation in leaves(quantity.derivation))


def work_text(quantity: Asked) -> str:
    """Return the lines of work of an answer, joined by semicolons; empty where it has none or too many.

    >>> work_text(Asked("weights", "weights", "a", Worked(96, "kernels") * Worked(363, "weights of one")))
    'kernels · weights of one = 96 · 363 = 34,848'
    """
    return "; ".join(" = ".join(text for text, _ in chain) for chain in work_chains(quantity))


def chain_markup(chain: Chain) -> str:
    r"""Return a line of work as Markdown with formulas, which may go on in the next line at each '='.

    >>> chain_markup((("a", "a"), ("1/2", r"\frac{1}{2}")))
    '$a$ =\xa0$\\frac{1}{2}$'
    """
    return " =\N{NO-BREAK SPACE}".join(
        text if len(text) > _MOST_LETTERS else f"${latex}$" for text, latex in chain
    )


def asked_without_typing(text: str) -> str:
    """Return what is asked without the words on how to type it, which do not belong on paper or into a form.

    >>> asked_without_typing("the quotients: a row for each point, separated by ;, a number for each step")
    'the quotients: a row for each point, a number for each step'
    >>> asked_without_typing("S(x): all entries in order, separated by commas")
    'S(x): all entries in order'
    >>> asked_without_typing("the rule for Wbar, in x and W; * goes entry by entry, @ is the matrix product")
    'the rule for Wbar, in x and W'
    """
    return _TYPING.sub("", text)


def with_colon(text: str) -> str:
    """Return what is asked as the words before its answer: without 'yes or no', and with a colon at its end.

    >>> with_colon("does it matter? yes or no"), with_colon("is it? Yes or no for each point")
    ('does it matter?', 'is it? For each point:')
    """
    words = re.sub(r"\? [Yy]es or no for\b", "? For", text)
    words = re.sub(r"\? [Yy]es or no\b", "?", words)
    return words if words.endswith("?") else f"{words}:"


def answer_markup(answer: Answer, *, words: bool = False) -> str:
    r"""Return an answer as Markdown with formulas: a number, a row, a matrix, or text: code unless ``words``.

    >>> answer_markup(290400), answer_markup(True), answer_markup((1, 2)), answer_markup("x * H(x)")
    ('$290{,}400$', 'yes', '$(1, 2)$', '`x * H(x)`')
    >>> print(answer_markup(((1, 2), (3, 4))))
    $\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$
    """
    if not isinstance(answer, tuple):
        return answer if words and isinstance(answer, str) else _single(answer)
    entries = [value for _, value in leaves(answer)]
    if not all(map(numeric, entries)):
        return ", ".join(answer_markup(part) for part in answer)
    if not isinstance(answer[0], tuple):
        return _row(answer)
    if isinstance(answer[0][0], tuple):
        return ", ".join(answer_markup(part) for part in answer)
    rows = [row for row in answer if isinstance(row, tuple)]
    if len(rows) == len(answer) and len({len(row) for row in rows}) == 1:
        return _matrix(tuple(rows))
    return ", ".join(answer_markup(part) for part in answer)


def _chains(derivation: Any) -> Iterator[Chain]:
    if isinstance(derivation, Worked):
        for part in walk(derivation):
            if part.arguments and (part is derivation or shown_leaves(part) == 1):
                yield _worked(part)
    elif isinstance(derivation, Row):
        yield from map(_of_row, _rows(derivation))


def _rows(last: Row) -> list[Row]:
    """Return the rows of a table that a row uses, each before those that use it, and the row itself."""
    found: dict[int, Row] = {}  # by identity: to compare two rows is to compare their formulas
    waiting = [(last, False)]
    while waiting:
        row, ready = waiting.pop()
        if ready:
            found.setdefault(id(row), row)
        elif id(row) not in found:
            waiting += [(row, True), *((one, False) for one in reversed(row.arguments))]
    return [row for row in found.values() if row.formula is not None and row.operation != "constant"]


def _of_row(row: Row) -> Chain:
    terms = [term for term in (row.variable, row.formula, row.numbers) if term is not None]
    links = [(term.text, term.latex) for term in terms]
    return _once([*links, (row.shown, latex_of_text(row.shown))])


def _worked(part: Worked) -> Chain:
    links = [(part.name, latex_name(part.name))] if part.name else []
    links += [(render(part, names=names), render(part, names=names, latex=True)) for names in (True, False)]
    return _once([*links, (grouped(part.value), latex_number(part.value))])


def _once(links: list[tuple[str, str]]) -> Chain:
    """Drop a link that repeats the one before it."""
    return tuple(link for at, link in enumerate(links) if at == 0 or link[0] != links[at - 1][0])


def _row(answer: tuple[Answer, ...]) -> str:
    texts = _numbers(answer)
    if sum(map(len, texts)) > _MOST_LETTERS:  # a formula would not end at the margin
        return "(" + ", ".join(f"${text}$" for text in texts) + ")"
    single = "," if len(texts) == 1 else ""
    return f"$({', '.join(texts)}{single})$"


def _matrix(rows: tuple[tuple[Answer, ...], ...]) -> str:
    texts = iter(_numbers(tuple(value for row in rows for value in row)))
    lines = r" \\ ".join(" & ".join(next(texts) for _ in row) for row in rows)
    return rf"$\begin{{pmatrix}} {lines} \end{{pmatrix}}$"


def _single(answer: Answer) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, str):
        return f"`{answer}`"
    value = plain(answer)
    (text,) = _numbers((answer,))
    if isinstance(value, Fraction) and not _ends(value):
        near = number_text(float(value), significant=SIGNIFICANT)
        return f"${text}$ ≈ ${latex_of_text(near)}$"
    return f"${text}$"


def _numbers(answers: tuple[Answer, ...]) -> list[str]:
    """Return numbers as LaTeX; fractions as decimal numbers where all of them end soon."""
    values = [plain(answer) for answer in answers]
    decimal = all(_ends(value) for value in values if not isinstance(value, float))
    return [_number(value, decimal) for value in values]


def _number(value: Any, decimal: bool) -> str:
    if isinstance(value, float):
        return latex_of_text(number_text(value, significant=SIGNIFICANT))
    if decimal and value.denominator > 1:
        return latex_of_text(number_text(value, decimals=MOST_DECIMALS).rstrip("0"))
    return latex_number(value)


def _ends(value: Any) -> bool:
    """Whether a decimal number of a few digits is exactly this number."""
    return Fraction(10**MOST_DECIMALS * value).denominator == 1
