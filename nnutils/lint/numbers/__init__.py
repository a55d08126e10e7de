"""Numbers as sheets write them: in the ways of several countries, each with what its last digit promises."""

from nnutils.lint.numbers.style import CONTINENTAL, ENGLISH, Style, styles_of
from nnutils.lint.numbers.written import Number, number_at, numbers_in, read_number

__all__ = [
    "CONTINENTAL",
    "ENGLISH",
    "Number",
    "Style",
    "number_at",
    "numbers_in",
    "read_number",
    "styles_of",
]
