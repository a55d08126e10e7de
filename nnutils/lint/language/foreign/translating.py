"""Sheets in other languages, read as if they were in English: the words of the field are put in place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial

from nnutils.lint.language.foreign import chinese
from nnutils.lint.language.foreign.vocabulary import FUNCTION_WORDS, LANGUAGES, ONLY_WHERE, WORDS, Language
from nnutils.lint.sheets import Piece, Sheet, Table

__all__ = ["in_english", "language_of"]

_WORD = re.compile(r"[^\W\d_]{2,}")
_MOST_READ = 20_000


def language_of(sheet: Sheet) -> Language | None:
    """Return the language of the running text of a sheet; None for English and for what is not known.

    >>> from nnutils.lint.sheets import piece_of
    >>> [language_of(Sheet("", "", (piece_of(text),))) for text in ("Les noyaux ont 9 poids", "The sum is 5")]
    ['French', None]
    """
    words = Counter[str]()
    left = _MOST_READ
    for piece in sheet.pieces():
        if piece.kind == "code" or left <= 0:
            continue
        left -= len(piece.text)
        for found in _WORD.finditer(piece.text):
            if not piece.in_formula(found.start()):
                words[found[0].lower()] += 1
    scores = {language: _score(words, language) for language in LANGUAGES}
    best = max(LANGUAGES, key=lambda language: scores[language])
    english = sum(words[word] for word in FUNCTION_WORDS["English"])
    return best if scores[best] > max(english, 1) else None


def _score(words: Counter[str], language: Language) -> int:
    known = FUNCTION_WORDS[language] | _single_words(language)
    return sum(count for word, count in words.items() if word in known)


@lru_cache(maxsize=len(LANGUAGES))
def _single_words(language: Language) -> frozenset[str]:
    """Return the words of a language, without those that English has, too."""
    english = {part for phrase in WORDS[language].values() for part in phrase.split()}
    return frozenset(word for word in WORDS[language] if _WORD.fullmatch(word)) - english


def in_english(sheet: Sheet) -> Sheet:
    """Return a sheet with its words of the field in English; every character keeps its place in the source.

    Code stays as it is, and so do formulas.

    >>> from nnutils.lint.sheets import piece_of
    >>> sheet = Sheet("", "", (piece_of("96 Filter der Größe 11 × 11, Schrittweite 4"),))
    >>> [piece.text for piece in in_english(sheet).pieces()]
    ['96 Filter of size 11 × 11, Stride 4']
    """
    if any(chinese.is_chinese(piece.text) for piece in sheet.pieces()) and _is_in_chinese(sheet):
        return replace(sheet, blocks=tuple(_block(block, _from_chinese) for block in sheet.blocks))
    language = language_of(sheet)
    if language is None:
        return sheet
    return replace(
        sheet, blocks=tuple(_block(block, partial(_piece, language=language)) for block in sheet.blocks)
    )


def _block(block: Piece | Table, translated: Callable[[Piece], Piece]) -> Piece | Table:
    if isinstance(block, Piece):
        return translated(block)
    rows = tuple(tuple(translated(cell) for cell in row) for row in block.rows)
    caption = None if block.caption is None else translated(block.caption)
    return replace(block, rows=rows, caption=caption)


def _is_in_chinese(sheet: Sheet) -> bool:
    return chinese.is_chinese(
        "".join(piece.text for piece in sheet.pieces() if piece.kind != "code")[:_MOST_READ]
    )


def _from_chinese(piece: Piece) -> Piece:
    """Return a piece with the Chinese words of the field in English, blanks around each."""
    if piece.kind == "code" or not chinese.is_chinese(piece.text + "x"):
        return piece
    return _replaced(piece, _chinese_pattern(), _english_of)


@lru_cache(maxsize=1)
def _chinese_pattern() -> re.Pattern[str]:
    return chinese.pattern()


def _english_of(found: re.Match[str]) -> str:
    return " (" if found["bracket"] else f" {chinese.WORDS[found['word']]} ".replace("   ", " ")


@lru_cache(maxsize=len(LANGUAGES))
def _pattern(language: Language) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Return a pattern of all words of a language, the longest first, with a group for each, in order."""
    words = sorted(WORDS[language], key=len, reverse=True)
    plain = [
        ONLY_WHERE.get(word) or re.escape(word).replace("'", "['’]").replace(r"\ ", r"\s+") for word in words
    ]
    ends = ["" if word.endswith("'") else r"(?!\w)" for word in words]
    every = "|".join(f"({one}){end}" for one, end in zip(plain, ends, strict=True))
    return re.compile(rf"(?<!\w)(?:{every})", re.IGNORECASE), tuple(words)


def _piece(piece: Piece, language: Language) -> Piece:
    if piece.kind == "code" or not _WORD.search(piece.text):
        return piece
    pattern, words = _pattern(language)

    def english(found: re.Match[str]) -> str:
        assert found.lastindex is not None
        word = words[found.lastindex - 1]
        made = WORDS[language][word] + " " * word.endswith("'")
        return made[0].upper() + made[1:] if found[0][0].isupper() else made

    return _replaced(piece, pattern, english)


def _replaced(piece: Piece, pattern: re.Pattern[str], english: Callable[[re.Match[str]], str]) -> Piece:
    """Return a piece with each word that a pattern finds in English, formulas left as they are."""
    text, places, last = list[str](), list[int](), 0
    moved: list[tuple[int, int]] = []  # from where on in the text, by how much
    shift = 0
    for found in pattern.finditer(piece.text):
        start, end = found.span()
        if piece.in_formula(start):
            continue
        word = english(found)
        text += [piece.text[last:start], word]
        places += piece.places[last:start]
        # Of two words that change places neither has one of its own: both begin where the phrase does.
        places += [piece.places[start]] * (len(word) - 1) + [piece.places[end - 1]]
        shift += len(word) - (end - start)
        moved.append((end, shift))
        last = end
    if not moved:
        return piece
    text.append(piece.text[last:])
    places += piece.places[last:]
    return Piece("".join(text), tuple(places), _formulas(piece, moved), piece.kind)


def _formulas(piece: Piece, moved: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    made, at, shift = [], 0, 0
    for start, end in piece.formulas:
        while at < len(moved) and moved[at][0] <= start:
            shift = moved[at][1]
            at += 1
        made.append((start + shift, end + shift))
    return tuple(made)
