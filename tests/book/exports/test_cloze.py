"""Fields as Moodle writes them: what is written is read back, whatever signs are in it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnutils.book.exports.cloze import CHOICE, NUMBER, WORD, Alternative, Field, fields_in, written
from nnutils.core.errors import BookError

SIGNS = st.text(alphabet="ab1{}~#/\\\"'&;<>=%:$.*é ", min_size=1, max_size=20).filter(
    lambda text: text == text.strip()
)


@given(kind=st.sampled_from([CHOICE, WORD]), right=SIGNS, wrong=SIGNS, feedback=SIGNS)
@example(kind=CHOICE, right="=x", wrong="%50%y", feedback="=&&amp;")
@example(kind=WORD, right="%x", wrong="=", feedback="%")
@example(kind=WORD, right="a&", wrong="&", feedback="b&")
@example(kind=CHOICE, right="\\}", wrong="\\\\#", feedback="\\#\\}")
def test_any_text_is_read_back(kind: str, right: str, wrong: str, feedback: str) -> None:
    field = Field(3, kind, (Alternative(right, True), Alternative(wrong, feedback=feedback)))
    assert fields_in(f"<p>before {{1}} {written(field)} after}}</p>") == [field]


def test_signs_with_a_meaning_are_entities() -> None:
    field = Field(1, WORD, (Alternative('}#~/\\"{', True, "<b>&"),))
    assert written(field) == (
        "{1:SHORTANSWER:=&#125;&#35;&#126;&#47;&#92;&#34;&#123;#&amp;lt;b&amp;gt;&amp;amp;}"
    )


def test_a_sign_at_the_beginning_does_not_say_how_right_an_alternative_is() -> None:
    field = Field(1, CHOICE, (Alternative("= 2", True), Alternative("=1"), Alternative("%50%")))
    assert written(field) == "{1:MULTICHOICE:=&#61; 2~&#61;1~&#37;50%}"


def test_an_answer_that_ends_in_an_ampersand_ends_there() -> None:
    """Moodle takes a '#', '~' or '}' right behind '&amp;' for a part of the answer."""
    words = (Alternative("R&D", True), Alternative("R&", feedback="No."), Alternative("&"))
    assert written(Field(1, WORD, words)) == "{1:SHORTANSWER:=R&amp;D~R&#38;#No.~&#38;}"
    assert [one.text for one in fields_in("{1:SHORTANSWER:=R&amp;~S}")[0].alternatives] == ["R&~S"]


def test_a_backslash_before_a_brace_or_a_hash_is_written_twice() -> None:
    """Moodle takes one away before these two signs, once the entities are decoded."""
    field = Field(1, CHOICE, (Alternative(r"\{a\}", True), Alternative(r"a\b", feedback=r"\#")))
    assert written(field) == ("{1:MULTICHOICE:=&#92;&#123;a&#92;&#92;&#125;~a&#92;b#&#92;&#92;&#35;}")
    assert fields_in(written(field)) == [field]


def test_a_typed_word_is_compared_as_text_and_a_choice_is_shown_as_html() -> None:
    """Moodle decodes both once; then it compares a word, and shows a choice as HTML."""
    right = (Alternative("a<b&c", True),)
    assert written(Field(1, WORD, right)) == "{1:SHORTANSWER:=a&lt;b&amp;c}"
    assert written(Field(1, CHOICE, right)) == "{1:MULTICHOICE:=a&amp;lt;b&amp;amp;c}"


def test_numbers_have_their_tolerance() -> None:
    field = Field(12, NUMBER, (Alternative("-0.5", True), Alternative("5e-05", tolerance=0.0005)))
    assert written(field) == "{12:NUMERICAL:=-0.5:0~5e-05:0.0005}"
    assert fields_in(written(field)) == [field]


def test_formulas_around_a_field_are_no_fields() -> None:
    text = r"\(\frac{1}{2}\) {2:NUMERICAL:=7:0} \(\begin{cases} 1 & x > 0 \end{cases}\) {1:ESSAY:=x}"
    assert [field.weight for field in fields_in(text)] == [2]


@pytest.mark.parametrize("alternatives", [(), (Alternative("a"),), (Alternative("a", True), Alternative(""))])
def test_a_field_that_moodle_would_refuse_is_not_written(alternatives: tuple[Alternative, ...]) -> None:
    with pytest.raises(BookError, match="no right answer, or an empty one"):
        written(Field(1, CHOICE, alternatives))


def test_a_field_that_does_not_end_is_named() -> None:
    with pytest.raises(BookError, match="does not end"):
        fields_in("{1:NUMERICAL:=7:0~8")
