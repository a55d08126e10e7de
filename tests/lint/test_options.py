"""Options of a quiz: one that is not ticked states nothing, and one that is ticked is judged."""

from __future__ import annotations

import pytest

from nnutils.lint import lint
from nnutils.lint.options import options_in


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("- [ ] 3 · 4 = 13\n- [x] 3 · 4 = 14", "a.md"),
        ("What?\n☐ 3 · 4 = 13\n☒ 3 · 4 = 14", "a.md"),
        ("What?\n\n○ 3 · 4 = 13\n● 3 · 4 = 14", "a.md"),
        ("What?\n\na) 3 · 4 = 13\nb) 3 · 4 = 14 ✓\nc) 3 · 4 = 13", "a.md"),
        ("What?\n\nA. 3 · 4 = 13\nB. 3 · 4 = 14\nC. 3 · 4 = 13\n\n**Answer:** (B)", "a.md"),
        ("<p>What?</p><ul>\n<li><input type='radio'> 3 · 4 = 13</li>\n"
         "<li><input type='radio' checked> 3 · 4 = 14</li></ul>", "a.html"),
        (r"\begin{choices}" "\n\\choice $3 \\cdot 4 = 13$\n\\CorrectChoice $3 \\cdot 4 = 14$\n"
         r"\end{choices}", "a.tex"),
    ],
)  # fmt: skip
def test_only_the_ticked_option_is_judged(text: str, name: str) -> None:
    judged = lint(text, name=name).judged
    assert {one.verdict for one in judged if one.stated == "13"} <= {"unchecked"}
    assert [one.verdict for one in judged if one.stated == "14"] == ["wrong"]


@pytest.mark.parametrize(
    "text",
    [
        "● Sizes\n○ 3 · 4 = 13\n○ 5 · 5 = 25",  # bullets
        "a) 3 · 4 = 13\nb) 3 · 4 = 12 ✓\nc) 5 · 5 = 25",  # no question: parts of a solution
        "What?\na) 3 · 4 = 13\nb) 3 · 4 = 12\nc) 5 · 5 = 25",  # nothing is marked
        "See [1] and f( ): 3 · 4 = 13",
        "[ ](https://example.org) 3 · 4 = 13",
    ],
)
def test_what_is_no_option_is_judged(text: str) -> None:
    assert [one.stated for one in lint(text).wrong] == ["13"]


def test_options_belong_to_their_question() -> None:
    found = options_in("One?\n- [ ] 1\n- [x] 2\n\nWhy.\n\nTwo?\n- [x] 3\n- [ ] 4")
    assert [one.ticked for one in found] == [False, True, True, False]
    assert [one.question == found[0].question for one in found] == [True, True, False, False]


EXPLAINED = (
    "How many?\n\n- [{}] 6960\n- [{}] 6912\n- [ ] 480\n\nThere are 48 · 144 = 6912, and 6912 + 48 = {}"
)


def test_a_ticked_number_is_judged_by_the_explanation() -> None:
    right = lint(EXPLAINED.format("x", " ", "6960.")).judged
    assert [(one.line, one.verdict) for one in right if one.kind == "answer"] == [(3, "right")]
    swapped = lint("- [x] 27\n- [ ] 26\n\nIt is ⌊(84 − 5)/3⌋ = 26.")
    assert [(one.stated, one.computed) for one in swapped.wrong] == [("27", "26")]


@pytest.mark.parametrize(
    "below",
    [
        "It is ⌊(84 − 5)/3⌋ = 26, plus one.",  # the explanation goes on
        "If you forget the one, it is ⌊(84 − 5)/3⌋ = 26.",
        "Count. (Max pooling of 5, 26 gives 26.)",
        "It is as always.",
    ],
)
def test_a_ticked_number_that_is_not_computed_is_not_wrong(below: str) -> None:
    assert not lint(f"- [x] 27\n- [ ] 26\n\n{below}").wrong


def _quiz(ticked: str, below: str, *others: str) -> list[tuple[str, str]]:
    options = "\n".join([f"- [ ] {one}" for one in others] + [f"- [x] {ticked}"])
    text = f"How many are there?\n\n{options}\n\n{below}\n\nHow many of them are 7 × 7?\n\n- [ ] 1\n- [x] 2\n"
    return [(one.stated, one.computed) for one in lint(text, "a.md").wrong]


@pytest.mark.parametrize(
    ("ticked", "below", "right"),
    [
        ("35,200", "There are 64 × 54 = 3,456, so 3,456 + 64 = 3,520. If you forgot them, 640.", "3,520"),
        ("274", "283 − 7 + 2 × 1 + 1 = 279.", "279"),
        ("6.1 MB", "4,096 × 4,096 = 16,777,216 weights, times 4 is 67,108,864 bytes.", "67,108,864"),
    ],
)
def test_a_ticked_number_a_slip_of_the_pen_away(ticked: str, below: str, right: str) -> None:
    assert _quiz(ticked, below, "640", "55 MB") == [(ticked, right)]


@pytest.mark.parametrize(
    ("ticked", "below"),
    [
        ("3,456", "There are 64 × 54 = 3,456, so 3,456 + 64 = 3,520 with biases."),  # it is worked out
        ("274", "We start from 274 and get 283 − 7 + 2 × 1 + 1 = 279."),  # it is spoken of
        ("274", "A guess is 20 × 12 = 240."),  # nothing like it
        ("640", "4,096 × 4,096 = 16,777,216."),
        ("0.5", "It is 1 − 0.55 = 0.45, and more."),
    ],
)
def test_a_ticked_number_that_may_be_right(ticked: str, below: str) -> None:
    assert _quiz(ticked, below, "55", "7") == []
