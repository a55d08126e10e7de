"""The glossary and the conventions: every convention has its term, and every link of a term arrives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import nnutils
from nnutils.book.student.links import anchor_of

ROOT = Path(nnutils.__file__).resolve().parent.parent
CONVENTIONS = (ROOT / "conventions.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "glossary.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```\{glossary\}\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\(conventions\.md#([\w-]+)\)")
ANCHORS = {anchor_of(title) for title in re.findall(r"^## (.*)$", CONVENTIONS, re.MULTILINE)}

FIELD = (
    *("kernel", "stride", "padding", "dilation", "group", "channel", "feature map", "receptive field"),
    *("logit", "softmax", "adjoint", "tangent", "tape", "Jacobian", "multiply-accumulate", "connection"),
    *("unit", "parameter", "weight", "bias"),
)

# emphasis that stresses a word
STRESSED = {"named", "both", "followed by", "relative"}


def entries() -> dict[str, str]:
    """Return the text of each term's entry."""
    found: dict[str, str] = {}
    for block in BLOCK.findall(GLOSSARY):
        for entry in re.split(r"\n\n(?=\S)", block.strip("\n")):
            lines = entry.splitlines()
            text = " ".join(line.strip() for line in lines if line.startswith(" "))
            terms = [line for line in lines if not line.startswith(" ")]
            assert terms and text, entry
            for term in terms:
                assert term.lower() not in found, f"{term} has two entries"
                found[term.lower()] = text
    return found


def has_term(words: str) -> bool:
    return {words.lower(), words.lower().removesuffix("s"), words.lower().removesuffix("es")} & set(
        entries()
    ) != set()


def test_every_section_of_the_conventions_is_reached_from_a_term() -> None:
    assert set(LINK.findall(GLOSSARY)) == ANCHORS


def test_every_column_that_the_book_counts_is_a_term_that_leads_to_the_conventions() -> None:
    table = CONVENTIONS.partition("| column |")[2].partition("\n\n")[0]
    cells = [line.split("|")[1] for line in table.splitlines()[2:]]
    columns = [name.strip() for cell in cells for name in cell.split(",")]
    assert len(columns) == 9
    for column in columns:
        assert has_term(column), column
        assert LINK.search(entries()[next(t for t in entries() if column in (t, f"{t}s", f"{t}es"))]), column


def test_every_word_that_the_conventions_define_is_a_term() -> None:
    plain = re.sub(r"\$.*?\$|\*\*.*?\*\*|`.*?`", "", CONVENTIONS, flags=re.DOTALL)
    defined = {" ".join(words.split()) for words in re.findall(r"(?<!\*)\*([a-zA-Z][^*]*)\*(?!\*)", plain)}
    assert {"adjoint", "Jacobian", "multiply-accumulate"} <= defined
    assert not [words for words in defined - STRESSED if not has_term(words)]


@pytest.mark.parametrize("word", FIELD)
def test_the_terms_of_the_field_are_there(word: str) -> None:
    assert has_term(word)


def test_a_definition_is_short_and_a_sentence() -> None:
    for term, text in entries().items():
        assert text[0].isupper() or text[0] == "$", term
        assert text.endswith("."), term
        assert len(text.split()) <= 50, term
