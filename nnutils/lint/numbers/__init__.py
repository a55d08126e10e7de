"""Numbers as sheets write them: in the ways of several countries, each with what its last digit promises."""

from nnutils.lint.numbers.style import CONTINENTAL, ENGLISH, Style, styles_of, with_joined_numbers
from nnutils.lint.numbers.writing import Hand, hand_of, plain_numbers
from nnutils.lint.numbers.written import Number, number_at, numbers_in, read_number, scaled

__all__ = [
    "CONTINENTAL",
    "ENGLISH",
    "Hand",
    "Number",
    "Style",
    "hand_of",
    "number_at",
    "numbers_in",
    "plain_numbers",
    "read_number",
    "scaled",
    "styles_of",
    "with_joined_numbers",
]
