"""The questions for Moodle: their right answers are those of the practice files, as another reader finds."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from support.lesson_book import write_book
from support.notebook_files import ROOT
from support.practice_book import PRACTICE

from nnutils.book.__main__ import main
from nnutils.book.exports.cloze import fields_in
from nnutils.book.exports.moodle import _sums, moodle_file
from nnutils.book.exports.moodle_checks import problems
from nnutils.book.variants import Variant, chosen_parts, variants_of
from nnutils.practice import Asked
from nnutils.practice.leaves import leaves, plain

ONE = PRACTICE.replace(", wide)", ",)")  # a single number is asked
PARTS = [part.folder for part in chosen_parts(root=ROOT)]
MORE = [
    pytest.param(part, seeds, marks=pytest.mark.variants) for part in PARTS for seeds in ((1, 2), (3, 4, 5))
]

Reader = Callable[[str], dict[str, list[str]]]


def right_leaves(variant: Variant) -> list[object]:
    """The answers of a practice file that Moodle judges, in the order of the parts and of the quantities."""
    return [
        plain(leaf)
        for part in variant.marks
        for quantity in variant.asked
        if quantity.part == part and (not isinstance(quantity.answer, str) or quantity.choices)
        for _, leaf in leaves(in_one_order(quantity))
    ]


def in_one_order(quantity: Asked) -> Any:
    return sorted(quantity.answer) if quantity.any_order else quantity.answer  # type: ignore[arg-type, type-var]


def same(typed: str, right: object) -> bool:
    """Whether the right answer of a field, as text, is that of the practice file."""
    if isinstance(right, bool):
        return typed == ("yes" if right else "no")
    if isinstance(right, float):
        return abs(float(typed) - right) <= 1e-9 * abs(right)
    if isinstance(right, str):
        return typed == right
    exact = Fraction(right)  # type: ignore[call-overload]
    return abs(Fraction(typed) - exact) <= abs(exact) * Fraction(1, 10**11)


def wrong_questions(text: str, variants: Sequence[Variant], read: Reader) -> list[str]:
    """The questions whose right answers, as a reader finds them in the file, are not the practice file's."""
    found = read(text)
    wrong = []
    for variant in variants:
        right = right_leaves(variant)
        (typed,) = [
            answers
            for name, answers in found.items()
            if name.startswith(f"{variant.title}, seed {variant.seed} (")
        ]
        if len(typed) != len(right) or not all(map(same, typed, right)):
            wrong.append(variant.question.name)
    return wrong


def with_our_reader(text: str) -> dict[str, list[str]]:
    quiz = ElementTree.fromstring(text.encode())
    return {
        str(one.findtext("name/text")): [
            alternative.text
            for field in fields_in(one.findtext("questiontext/text") or "")
            for alternative in field.alternatives
            if alternative.right
        ]
        for one in quiz.iterfind("question[@type='cloze']")
    }


def with_another_reader(text: str) -> dict[str, list[str]]:
    """What moodle-xml-parser makes of a file; it takes the brackets of formulas for fields without a type."""
    parser: Any = pytest.importorskip("moodle_xml_parser.parser", reason="moodle-xml-parser is not installed")
    return {
        question.name: [
            html.unescape(option.answer).partition(":")[0]
            for gap in question.gaps
            if gap.sub_type != "UNKNOWN"
            for option in gap.options
            if option.score == 100
        ]
        for question in parser.parse_bytes(text.encode())["cloze"]
    }


@pytest.mark.slow
@pytest.mark.parametrize(("folder", "seeds"), [("stacked_convolutions", (1,)), *MORE])
def test_the_right_answers_are_those_of_the_practice_files(folder: str, seeds: tuple[int, ...]) -> None:
    (part,) = chosen_parts(folder, ROOT)
    text = moodle_file(part, seeds, ROOT)
    variants = [variant for seed in seeds for variant in variants_of(part, seed, ROOT)]
    assert wrong_questions(text, variants, with_our_reader) == []
    quiz = ElementTree.fromstring(text.encode())
    assert len(quiz.findall("question[@type='cloze']")) == len(variants)
    essays = {
        one.findtext("idnumber", "").partition("-seed")[0] for one in quiz.findall("question[@type='essay']")
    }
    assert len(quiz.findall("question[@type='category']")) == len(part.lessons) + len(essays)
    assert wrong_questions(text, variants, with_another_reader) == []


@pytest.mark.parametrize("read", [with_our_reader, with_another_reader])
def test_a_broken_answer_is_noticed(read: Reader) -> None:
    (part,) = chosen_parts("foundations/q6", ROOT)
    text, variants = moodle_file(part, (3,), ROOT), variants_of(part, 3, ROOT)
    assert wrong_questions(text, variants, read) == []
    right = str(right_leaves(variants[0])[0])
    for broken in (
        text.replace(f":={right}:0", f":={right[:-1]}:0"),
        text.replace(f":={right}:0", f":{right}:0"),
        re.sub(r"\{\d+:NUMERICAL:=.*?\}", "", text, count=1),
    ):
        assert broken != text and wrong_questions(broken, variants, read) == ["foundations/q6"]


def test_another_reader_finds_the_same_fields_alternatives_and_feedback() -> None:
    parser: Any = pytest.importorskip("moodle_xml_parser.parser", reason="moodle-xml-parser is not installed")
    (part,) = chosen_parts("stacked_convolutions/q3", ROOT)
    text = moodle_file(part, (1,), ROOT)
    (found,) = parser.parse_bytes(text.encode())["cloze"]
    gaps = [gap for gap in found.gaps if gap.sub_type != "UNKNOWN"]
    ours = fields_in(
        ElementTree.fromstring(text.encode()).findtext("question[@type='cloze']/questiontext/text") or ""
    )
    assert len(gaps) == len(ours) > 10
    for gap, field in zip(gaps, ours, strict=True):
        assert (gap.sub_type, gap.sub_grade) == (field.kind, field.weight)
        assert [option.answer.partition(":")[0] for option in gap.options] == [
            one.text for one in field.alternatives
        ]
        assert [option.feedback or "" for option in gap.options] == [
            one.feedback for one in field.alternatives
        ]


def test_the_lost_zero_has_its_feedback() -> None:
    (part,) = chosen_parts("sorting_backprop_alexnet/q3", ROOT)
    assert "~15415200:0#A digit is missing." in moodle_file(part, (None,), ROOT)


def test_the_parts_have_their_marks() -> None:
    (part,) = chosen_parts("foundations/q2", ROOT)
    (variant,) = variants_of(part, 1, ROOT)
    quiz = ElementTree.fromstring(moodle_file(part, (1,), ROOT).encode())
    (cloze,) = quiz.iterfind("question[@type='cloze']")
    pieces = re.split(r"<h5>\((\w+)\)</h5>", cloze.findtext("questiontext/text") or "")[1:]
    total = sum(variant.marks.values())
    whole = float(cloze.findtext("defaultgrade") or 0)
    for label, piece in zip(pieces[::2], pieces[1::2], strict=True):
        assert sum(field.weight for field in fields_in(piece)) / whole == variant.marks[label] / total


def kinds_by_category(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for question in ElementTree.fromstring(text.encode()):
        if question.get("type") == "category":
            path = question.findtext("category/text") or ""
            assert path not in found, "a category is begun once"
            found[path] = set()
        else:
            found[path].add(str(question.get("type")))
    return found


def test_formulas_and_proofs_stand_in_a_category_of_their_own() -> None:
    (part,) = chosen_parts("sorting_backprop_alexnet/q1 sorting_backprop_alexnet/q3", ROOT)
    found = kinds_by_category(moodle_file(part, (1, 2), ROOT))
    assert [(path.rpartition("/")[2], kinds) for path, kinds in found.items()] == [
        ("Sorting two numbers with ReLU", {"cloze"}),
        ("Formulas and proofs", {"essay"}),
        ("Counting AlexNet, and shrinking it", {"cloze"}),
    ]
    first, second, _ = found
    assert second == f"{first}/Formulas and proofs"


def test_what_is_not_marked_in_fields_is_said() -> None:
    (part,) = chosen_parts("foundations/q7 stacked_convolutions/q4", ROOT)[:1]
    quiz = ElementTree.fromstring(moodle_file(part, (None,), ROOT).encode())
    for cloze in quiz.iterfind("question[@type='cloze']"):
        assert "handed in separately" in (cloze.findtext("questiontext/text") or "")
    (essay,) = quiz.iterfind("question[@type='essay']")
    note = essay.findtext("graderinfo/text") or ""
    assert "model answer" in note and "equal formula" not in note, "no formula is asked there"


def test_the_variants_of_a_question_have_the_same_marks() -> None:
    (part,) = chosen_parts("stacked_convolutions/q4", ROOT)
    text = moodle_file(part, (1, 2, 3, 4, 5, 6), ROOT)
    grades, fields = set(), set()
    for cloze in ElementTree.fromstring(text.encode()).iterfind("question[@type='cloze']"):
        grades.add(cloze.findtext("defaultgrade"))
        fields.add(len(fields_in(cloze.findtext("questiontext/text") or "")))
    assert len(grades) == 1 and len(fields) > 1, "though they have different numbers of fields"
    (line,) = _sums(text)
    grade = float(grades.pop() or 0)
    assert line == f"The gradient of softmax and cross-entropy: 3 marks, in Moodle {grade:.0f}"


def test_names_and_words_are_english() -> None:
    (part,) = chosen_parts("sizing_networks/q4", ROOT)
    text = moodle_file(part, (None,), ROOT)
    assert "(formulas and proofs, 1 mark)" in text and "(9 marks)" in text
    (softmax,) = chosen_parts("foundations/q2", ROOT)
    for made in (text, moodle_file(softmax, (None,), ROOT)):
        assert "?:" not in made and "yes or no" not in made and "1 marks" not in made


def test_formulas_and_proofs_are_an_essay_with_their_marks() -> None:
    (part,) = chosen_parts("sorting_backprop_alexnet/q1", ROOT)
    quiz = ElementTree.fromstring(moodle_file(part, (None,), ROOT).encode())
    (essay,) = quiz.iterfind("question[@type='essay']")
    (variant,) = variants_of(part, None, ROOT)
    assert "x1 - relu(x1 - x2)" in (essay.findtext("graderinfo/text") or "")
    assert "x1 - relu" not in (essay.findtext("questiontext/text") or "")
    assert float(essay.findtext("defaultgrade") or 0) == variant.marks["a"] + variant.marks["b"]


def test_the_pictures_of_a_question_as_given_are_in_the_file() -> None:
    (part,) = chosen_parts("stacked_convolutions/q2", ROOT)
    given, drawn = (ElementTree.fromstring(moodle_file(part, (seed,), ROOT).encode()) for seed in (None, 1))
    (file,) = given.iter("file")
    assert base64.b64decode(file.text or "").startswith(b"\x89PNG")
    text = given.findtext("question[@type='cloze']/questiontext/text") or ""
    assert f'<img src="@@PLUGINFILE@@/{file.get("name")}" alt="' in text and 'alt=""' not in text
    assert not list(drawn.iter("file")), "the picture is that of the numbers as given"


def test_a_single_number_is_a_numerical_question(tmp_path: Path) -> None:
    book = write_book(tmp_path, ONE)
    (part,) = chosen_parts("", book)
    (variant,) = variants_of(part, 2, book)
    text = moodle_file(part, (2,), book)
    (question,) = ElementTree.fromstring(text.encode()).iterfind("question[@type='numerical']")
    answers = question.findall("answer")
    assert [one.get("fraction") for one in answers][:2] == ["100", "0"] and len(answers) > 3
    right = str(variant.asked[0].answer)
    assert (answers[0].findtext("text"), answers[0].findtext("tolerance")) == (right, "0")
    assert all(one.findtext("feedback/text") for one in answers[1:])
    assert question.findtext("defaultgrade") == "10.0000000"
    assert question.findtext("name/text") == "Counting &lt;weights&gt;, seed 2"
    assert [one.text for one in question.iterfind("tags/tag/text")][::2] == ["A Book", "seed 2"]
    assert "with the tolerance" in problems(text.replace(f"<text>{right}<", "<text>x<", 1))[0]


def test_the_command_writes_a_file_for_each_part_and_says_how_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(write_book(tmp_path))
    earlier, other = (tmp_path / "_build/moodle" / name for name in ("gone.xml", "notes.txt"))
    earlier.parent.mkdir(parents=True)
    for one in (earlier, other):
        one.write_text("", encoding="utf-8")
    assert main(["moodle", "--seeds=1..3"]) == 0
    file = tmp_path / "_build/moodle/sizes.xml"
    assert not earlier.exists() and other.exists()
    first, second = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"_build/moodle/sizes.xml: 3 questions, 0\.\d MB", first)
    assert second == "  Counting <weights>: 10 marks, in Moodle 2"
    text = file.read_text(encoding="utf-8")
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<quiz>') and problems(text) == []
    assert "$course$/top/A Book/Sizes/Counting &amp;lt;weights&amp;gt;" in text


def test_a_sign_of_markup_in_a_title_is_kept(tmp_path: Path) -> None:
    """Moodle takes '<weights>' in a name for a tag, and drops it."""
    (part,) = chosen_parts("", write_book(tmp_path))
    text = moodle_file(part, (None,), tmp_path)
    quiz = ElementTree.fromstring(text.encode())
    names = [name.text or "" for name in quiz.iterfind("question/name/text")]
    assert names and all(name.startswith("Counting &lt;weights&gt;, as given") for name in names)
    categories = [one.text or "" for one in quiz.iterfind("question/category/text")]
    assert categories and all("/Counting &lt;weights&gt;" in one for one in categories)
    assert [line.partition(":")[0] for line in _sums(text)] == ["Counting <weights>"]
