"""Makes a table of all answers with their work, as given or drawn from seeds, for a spreadsheet.

In a book's folder: ``python -m nnutils.book csv [--seeds 1..30] [--parts NAMES]``. The table stands in
``_build/csv/answers.csv``: a row for each asked quantity of each question and seed, in UTF-8 with the mark
that spreadsheets look for, quoted as RFC 4180 says. An answer is a decimal number; where it
is a fraction, that stands beside it. A text that a spreadsheet would take for a formula, a date or a number
stands behind an apostrophe.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from nnutils.book.variants.choosing import (
    Variant,
    add_choices,
    chosen_parts,
    chosen_seeds,
    variants_of,
)
from nnutils.book.variants.working import asked_without_typing, work_text
from nnutils.core.places import book_folder
from nnutils.core.words import counted
from nnutils.practice import Answer, Asked
from nnutils.practice.leaves import leaves, plain

__all__ = ["COLUMNS", "FOLDER", "add_arguments", "run", "table_of_answers"]

FOLDER = "_build/csv"
COLUMNS = (
    "seed", "question", "title", "part", "marks of the part", "name", "asked",
    "answer", "exact", "unit", "work",
)  # fmt: skip
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # the byte order mark, by which spreadsheets know UTF-8
_CONVERTED = re.compile(r"\d+/\d+|\(\d+(\.\d+)?\)")  # into a date, and into a number below 0
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table_of_answers(variants: Sequence[Variant]) -> str:
    """Return the answers of questions as a table in CSV, with a row of headings."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for variant in variants:
        for quantity in variant.asked:
            writer.writerow([_cell(value) for value in _row(variant, quantity)])
    return _MARK + text.getvalue()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command ``csv``."""
    add_choices(parser)


def run(options: argparse.Namespace) -> int:
    """Write the table, and print its size."""
    book = book_folder()
    seeds = chosen_seeds(options.seeds) or (None,)
    parts = chosen_parts(options.parts, book)
    variants = [one for seed in seeds for part in parts for one in variants_of(part, seed, book)]
    text = table_of_answers(variants)
    file = book / FOLDER / "answers.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    rows = sum(len(variant.asked) for variant in variants)
    size = file.stat().st_size / 1e6
    print(f"{os.path.relpath(file)}: {counted(rows, 'answer', spec=',')}, {size:.1f} MB")
    return 0


def _row(variant: Variant, quantity: Asked) -> list[Any]:
    return [
        "as given" if variant.seed is None else variant.seed,
        variant.question.name,
        variant.title,
        quantity.part,
        variant.marks[quantity.part],
        quantity.name,
        asked_without_typing(quantity.text),
        _answer(quantity.answer),
        _exact(quantity.answer),
        quantity.unit,
        work_text(quantity),
    ]


def _answer(answer: Answer, *, exact: bool = False) -> Any:
    """Return an answer as a number or as text; fractions as decimals unless ``exact``.

    >>> from fractions import Fraction
    >>> _answer((Fraction(1, 3), 2, True)), _answer((Fraction(1, 3), 2), exact=True)
    ('(0.3333333333333333, 2, yes)', '(1/3, 2)')
    """
    if isinstance(answer, tuple):
        return f"({', '.join(str(_answer(part, exact=exact)) for part in answer)})"
    value = plain(answer)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction) and not exact:
        return value.numerator if value.denominator == 1 else float(value)
    return value if isinstance(value, int | float) else str(value)


def _exact(answer: Answer) -> Any:
    """Return an answer with its fractions; nothing where it has none.

    >>> from fractions import Fraction
    >>> _exact((Fraction(1, 2), 3)), _exact(3), _exact(0.5)
    ('(1/2, 3)', '', '')
    """
    values = [plain(leaf) for _, leaf in leaves(answer)]
    fractions = any(isinstance(value, Fraction) and value.denominator > 1 for value in values)
    return _answer(answer, exact=True) if fractions else ""


def _cell(value: Any) -> Any:
    """Return a cell; text that looks like a formula, a date or a number stands behind an apostrophe.

    >>> _cell("-P_j * P_i"), _cell(-3), _cell("x - 1"), _cell("1/2"), _cell("(7)")
    ("'-P_j * P_i", -3, 'x - 1', "'1/2", "'(7)")
    """
    acts = isinstance(value, str) and (value.startswith(_FORMULA) or _CONVERTED.fullmatch(value))
    return f"'{value}" if acts else value
