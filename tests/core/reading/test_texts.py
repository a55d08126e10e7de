"""A text that is read: text, short enough, of whole characters."""

from __future__ import annotations

import pytest

from nnutils.core.errors import ClaimError, ExpressionError, NNUtilsError
from nnutils.core.reading import needs_text


@pytest.mark.parametrize("text", ["", "3 + 4", "x" * 10, "é𝑥\0"])
def test_a_text_is_handed_on(text: str) -> None:
    assert needs_text(text, 10, ExpressionError) is text


@pytest.mark.parametrize(
    ("text", "problem", "remedy"),
    [
        (None, "What is read here is a text; got None of type NoneType.", "Type a number."),
        (b"3", "got b'3' of type bytes.", "Type a number."),
        ("x" * 11, "A text of 11 characters is too long.", "Type at most 10."),
        ("ab\udc80", "Character 3 of the text, '\\udc80', is half of a character.", "Type it again"),
    ],
)
@pytest.mark.parametrize("kind", [ExpressionError, ClaimError])
def test_anything_else_is_refused_in_words(
    text: object, problem: str, remedy: str, kind: type[NNUtilsError]
) -> None:
    with pytest.raises(kind) as caught:
        needs_text(text, 10, kind, "Type a number.")
    assert problem in caught.value.problem and remedy in caught.value.remedy
