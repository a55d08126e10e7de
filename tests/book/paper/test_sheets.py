"""Sheets drawn from seeds: the same questions on both, no answer on the first, every answer on the second."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
from support.lesson_book import write_book
from support.notebook_files import ROOT
from support.typeset_numbers import typeset_numbers

import nnutils
from nnutils.book.__main__ import main
from nnutils.book.paper import drawn_sheets
from nnutils.book.paper.sheets import question_on_sheet, solution_on_sheet
from nnutils.book.variants.choosing import Variant, chosen_parts, variants_of
from nnutils.core.worked import Worked
from nnutils.practice.leaves import leaves, numeric, plain

MORE = [
    pytest.param(part.folder, seed, marks=pytest.mark.variants)
    for part in chosen_parts(root=ROOT)
    for seed in (None, *range(1, 12))
]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path)


def keys(sheet: str) -> dict[str, str]:
    """The answer of each quantity on a solution sheet, as HTML."""
    return dict(
        re.findall(r'data-name="(\w+)">\n<p>[^\n]*?<span class="key[^"]*">(.*?)</span></p>', sheet, re.DOTALL)
    )


def differences(variant: Variant, sheet: str) -> list[str]:
    """The quantities whose answer on a solution sheet is not the one of the practice file."""
    shown = keys(sheet)
    wrong = []
    for quantity in variant.asked:
        right = [plain(leaf) for _, leaf in leaves(quantity.answer)]
        markup = shown.get(quantity.name, "")
        if all(map(numeric, right)):
            found = typeset_numbers(markup.partition("≈")[0])
            close = len(found) == len(right) and all(
                math.isclose(a, b, rel_tol=1e-5) if isinstance(b, float) else a == b
                for a, b in zip(found, right, strict=True)
            )
        else:
            text = re.sub(r"<[^>]*>", "", markup)
            words = ["yes" if leaf is True else "no" if leaf is False else str(leaf) for leaf in right]
            close = text == ", ".join(words)
        if not close:
            wrong.append(quantity.name)
    return wrong


@pytest.mark.slow
@pytest.mark.parametrize(("part", "seed"), [("foundations", 1), *MORE])
def test_a_solution_sheet_has_each_answer_and_no_other(part: str, seed: int | None) -> None:
    (chosen,) = chosen_parts(part, ROOT)
    for variant in variants_of(chosen, seed, ROOT):
        sheet = solution_on_sheet(variant)
        assert differences(variant, sheet) == []
        assert re.findall(r"<h3>\(([\w.]+)\) · (\d+) mark", sheet) == [
            (label, str(marks)) for label, marks in variant.marks.items()
        ]


def test_a_wrong_answer_on_a_sheet_is_noticed() -> None:
    (part,) = chosen_parts("foundations/q6", ROOT)
    (variant,) = variants_of(part, 3, ROOT)
    sheet = solution_on_sheet(variant)
    assert differences(variant, sheet) == []
    first = keys(sheet)["scalars"]
    digit = re.search(r"[1-8]", first)
    assert digit
    changed = first[: digit.start()] + str(int(digit[0]) + 1) + first[digit.end() :]
    assert differences(variant, sheet.replace(first, changed)) == ["scalars"]


def test_work_from_a_trace_is_whole_or_left_to_the_lesson() -> None:
    pages = {}
    for name in ("stacked_convolutions/q4", "sizing_networks/q2"):
        (part,) = chosen_parts(name, ROOT)
        (variant,) = variants_of(part, 1, ROOT)
        pages[name] = solution_on_sheet(variant)
    short, long = pages.values()
    assert short.count(r"\exp(") >= 3 and short.count("Too long to stand here") == 1, "the Jacobian"
    assert long.count("Too long to stand here") == 4


def test_a_question_sheet_has_a_line_for_each_answer_and_none_of_them(book: Path) -> None:
    (part,) = chosen_parts("", book)
    (variant,) = variants_of(part, 4, book)
    question, solution = question_on_sheet(variant), solution_on_sheet(variant)
    weights = variant.asked[0].answer
    assert isinstance(weights, Worked)
    assert question.count('<span class="blank">') == len(variant.asked) == 2
    assert str(weights) not in question and str(weights) in solution
    assert r"\text{width} \cdot \text{features}" in solution, "the work stands below"
    for sheet in (question, solution):
        assert variant.statement in sheet and "Counting &lt;weights&gt;" in sheet and "10 marks" in sheet


def one_of_the_book(name: str, seed: int | None = 1) -> Variant:
    (part,) = chosen_parts(name, ROOT)
    (variant,) = variants_of(part, seed, ROOT)
    return variant


@pytest.mark.parametrize("name", ["sizing_networks/q3", "sizing_networks/q4"])
def test_the_lines_for_answers_are_in_the_order_of_the_parts(name: str) -> None:
    variant = one_of_the_book(name)
    labels = re.findall(r'<span class="asked">\(([\w.]+)\)', question_on_sheet(variant))
    assert len(labels) == len(variant.asked)
    assert list(dict.fromkeys(labels)) == [label for label in variant.marks if label in labels]
    assert labels == sorted(labels, key=list(variant.marks).index)


def test_formulas_and_long_words_have_a_line_of_their_own() -> None:
    sheet = question_on_sheet(one_of_the_book("sorting_backprop_alexnet/q2"))
    rooms = re.findall(r'<li class="([\w ]+)"><span class="asked">(.*?)</span>', sheet)
    assert {room for room, words in rooms if "the rule for" in words} == {"wide below"}
    numbers = question_on_sheet(one_of_the_book("sorting_backprop_alexnet/q3"))
    assert '<li class="short"><span class="asked">(a) units of conv1' in numbers
    factors = question_on_sheet(one_of_the_book("sizing_networks/q4"))
    assert '<li class="wide"><span class="asked">(b.3) the operations of the max-pooling' in factors, (
        "with unit"
    )


def test_questions_and_choices_read_well() -> None:
    variant = one_of_the_book("stacked_convolutions/q3")
    assert "(“A and B”, “D” or “equal”)" in question_on_sheet(variant)
    assert "?:" not in solution_on_sheet(variant)
    assert "(with reduction, naive or neither)" in question_on_sheet(one_of_the_book("sizing_networks/q4"))
    softmax = solution_on_sheet(one_of_the_book("foundations/q2"))
    assert "yes or no" not in softmax and "does the shift change the softmax? <span" in softmax
    proof = solution_on_sheet(one_of_the_book("foundations/q3"))
    assert "in which numbers may be other ones" in proof and "Nothing to compute" not in proof


def test_there_are_two_sheets_for_each_seed_and_two_collections(book: Path) -> None:
    made = dict(drawn_sheets((1, 30), root=book))
    assert list(made) == [
        "seed_1_questions", "seed_1_solutions", "seed_30_questions", "seed_30_solutions",
        "all_questions", "all_solutions",
    ]  # fmt: skip
    assert made["all_solutions"].count('data-seed="1"') == made["all_solutions"].count('data-seed="30"') == 1
    for name, page in made.items():
        assert "<script" not in page and "data:font/woff2;base64," in page
        assert ("Name: " in page) == ("questions" in name)
        assert ("counter(page)" in page) == name.startswith("seed_"), "of the sheet, not of all sheets"
        assert nnutils.__version__ in page and "Sizes</h1>" in page
    assert "sheet 30" in made["all_questions"] and "sheet 30" not in made["seed_1_questions"]


def test_equal_seeds_make_equal_sheets_and_other_seeds_others(book: Path) -> None:
    first, again = (dict(drawn_sheets((1,), root=book)) for _ in range(2))
    assert first == again
    other = dict(drawn_sheets((2,), root=book))["seed_2_questions"]
    assert other.replace("2", "1") != first["seed_1_questions"].replace("2", "1")


def test_the_command_leaves_no_sheets_of_an_earlier_run(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(book)
    assert main(["handout", "--seeds", "1..2"]) == 0
    assert main(["handout", "--seeds=3", "--parts=sizes/q1"]) == 0
    folder = book / "_build/handout/seeds"
    assert sorted(path.name for path in folder.iterdir()) == [
        "all_questions.html", "all_solutions.html", "seed_3_questions.html", "seed_3_solutions.html"
    ]  # fmt: skip
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(["handout", "--seeds=3..1"])
    assert ended.value.code == 2 and capsys.readouterr().err.count("\n") == 1
    assert (folder / "seed_3_questions.html").is_file(), "nothing is removed then"
