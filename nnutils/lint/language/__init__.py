"""The language of worked solutions: tokens, expressions, and the chains of relations between them."""

from nnutils.lint.language.chains import Chain, chains_in
from nnutils.lint.language.cursor import UnreadableError, is_symbol
from nnutils.lint.language.foreign.translating import in_english, language_of
from nnutils.lint.language.further_steps import steps_of_more
from nnutils.lint.language.links import Link
from nnutils.lint.language.parser import parse, parse_prefix
from nnutils.lint.language.sides import Side, label_before
from nnutils.lint.language.steps import Step, steps_in
from nnutils.lint.language.tokens import Token, tokens_of
from nnutils.lint.language.tree import Node

__all__ = [
    "Chain",
    "Link",
    "Node",
    "Side",
    "Step",
    "Token",
    "UnreadableError",
    "chains_in",
    "in_english",
    "is_symbol",
    "label_before",
    "language_of",
    "parse",
    "parse_prefix",
    "steps_in",
    "steps_of_more",
    "tokens_of",
]
