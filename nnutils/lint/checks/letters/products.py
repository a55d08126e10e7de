"""Products of letters without a sign between them, told by letters that have a value: az, n(k − 1), ηg."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from nnutils.lint.language import Token
from nnutils.lint.language.words import FUNCTIONS, GREEK_FUNCTIONS

__all__ = ["with_products"]

_MOST_FACTORS = 3
_LETTER = re.compile(r"[^\W\d_][\u0300-\u036f\u20d7]*")


def with_products(tokens: Sequence[Token], names: Collection[str]) -> list[Token]:
    """Return tokens, read as a formula, with a sign in each product of names that is written without one.

    >>> from nnutils.lint.language import tokens_of
    >>> from nnutils.lint.numbers import ENGLISH
    >>> from nnutils.lint.sheets import piece_of
    >>> tokens = tokens_of(piece_of("max(z, az) + n(k − 1) + bias"), ENGLISH)
    >>> " ".join(one.text for one in with_products(tokens, set("aznk")))
    'max ( z , a × z ) + n × ( k - 1 ) + bias'
    """
    made: list[Token] = []
    for token in tokens:
        before = made[-1] if made else None
        if token.kind == "open" and before is not None and before.kind == "word" and before.text in names:
            made.append(Token("sign", "×", token.start, token.start, True, 1))
        if token.kind != "word" or token.text in names or not _is_product(token.text, names):
            made.append(token._replace(formula=1))
            continue
        for letter in _LETTER.finditer(token.text):
            at, end = token.start + letter.start(), token.start + letter.end()
            if letter.start():
                made.append(Token("sign", "×", at, at, True, 1))
            made.append(Token("word", letter[0], at, end, letter.start() > 0 or token.close, 1))
    return made


def _is_product(word: str, names: Collection[str]) -> bool:
    known = word.lower() in FUNCTIONS or word in GREEK_FUNCTIONS
    letters = _LETTER.findall(word)
    return (
        not known
        and 1 < len(letters) <= _MOST_FACTORS
        and "".join(letters) == word
        and all(letter in names for letter in letters)
    )
