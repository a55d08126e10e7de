"""Names of several words: which are known, and whether one stands among tokens."""

from __future__ import annotations

import pytest

from nnutils.lint import lint
from nnutils.lint.language import Token, tokens_of
from nnutils.lint.language.cursor import Phrases, is_symbol
from nnutils.lint.numbers import ENGLISH
from nnutils.lint.sheets import piece_of

UNITS, MAPS, SCALE = ("hidden", "units"), ("large", "feature", "maps"), ("K",)


def tokens(text: str) -> list[Token]:
    return tokens_of(piece_of(text), ENGLISH)


def test_a_name_keeps_its_place_when_it_is_added_again() -> None:
    known = Phrases([UNITS, MAPS])
    known.add(UNITS)
    assert list(known) == [UNITS, MAPS]
    assert len(known) == 2
    assert known.longest == 3
    assert Phrases().longest == 0


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("4 hidden units", True),
        ("4 Hidden\nUnits each", True),  # a line may end inside a name
        ("2K", True),
        ("hidden", False),  # a part of a name is none
        ("units hidden", False),
        ("4 hidden blue units", False),
        ("feature maps", False),  # not from its first word on
        ("", False),
    ],
)
def test_a_name_stands_among_tokens_where_all_its_words_do(text: str, stands: bool) -> None:
    assert Phrases([UNITS, MAPS, SCALE]).stand_in(tokens(text)) is stands


def test_names_known_before_do_not_count() -> None:
    known = Phrases([UNITS])
    known.add(MAPS)
    assert not known.stand_in(tokens("hidden units"), since=1)
    assert known.stand_in(tokens("hidden units and large feature maps"), since=1)
    assert not known.stand_in(tokens("large feature maps"), since=2)


def test_a_statement_before_the_name_in_it_is_read_as_if_the_name_were_known() -> None:
    """The first line is read before the second one names anything: read only once it would be '10 * 7'."""
    text = "7 * hidden units = 71.\n\nThen hidden units = 10."
    assert [(one.statement, one.verdict, one.cause) for one in lint(text, "a.txt").judged] == [
        ("7 * hidden units = 71", "unchecked", "name")
    ]


@pytest.mark.parametrize(
    ("word", "symbol"),
    [
        ("k", True),
        ("w_in", True),
        ("x_1", True),
        ("W1", True),
        ("ab", False),
        ("in", False),
        ("units", False),
    ],
)
def test_a_symbol_is_short_or_has_an_index(word: str, symbol: bool) -> None:
    assert is_symbol(Token("word", word, 0, len(word))) is symbol


def test_a_sign_of_no_meaning_is_one_token() -> None:
    made = [(one.kind, one.text) for one in tokens("§3 = 4 & 5")]
    assert [(one.kind, one.text) for one in tokens("٣3")] == [("mark", "٣"), ("number", "3")]
    assert made[:2] == [("mark", "§"), ("number", "3")] and made[4:6] == [("mark", "&"), ("number", "5")]
