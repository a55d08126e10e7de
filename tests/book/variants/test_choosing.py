"""Seeds and parts as a command names them: what is meant is chosen, the rest refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.lesson_book import LESSON, write_book
from support.notebook_files import QUESTIONS, ROOT

from nnutils.book.__main__ import main
from nnutils.book.variants import chosen_parts, chosen_seeds, variants_of
from nnutils.core.errors import BookError


@pytest.mark.parametrize(
    ("text", "seeds"),
    [
        ("", ()),
        ("  ", ()),
        ("7", (7,)),
        ("1..3", (1, 2, 3)),
        ("5, 1..2,5", (5, 1, 2)),
        ("0..0", (0,)),
        ("1 .. 2", (1, 2)),
    ],
)
def test_seeds_are_read(text: str, seeds: tuple[int, ...]) -> None:
    assert chosen_seeds(text) == seeds


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3..1", "counts down from 3 to 1"),
        ("x", "does not name seeds"),
        ("1,,2", "does not name seeds"),
        ("-4", "does not name seeds"),
        ("1.5", "does not name seeds"),
        ("1...3", "does not name seeds"),
        ("٣", "does not name seeds"),
        ("1..1001", "more than 1,000 seeds"),
        ("1..900,2000..2200", "more than 1,000 seeds"),
        ("9" * 40, "does not name seeds"),
        ("<script>", "does not name seeds"),
    ],
)
def test_what_names_no_seeds_is_refused(text: str, words: str) -> None:
    with pytest.raises(BookError, match=words):
        chosen_seeds(text)


def test_a_thousand_seeds_are_allowed() -> None:
    assert len(chosen_seeds("1..1000")) == 1000


def test_parts_and_questions_are_chosen_in_the_order_of_the_book() -> None:
    every = chosen_parts(root=ROOT)
    assert sorted(path for part in every for path in part.lessons) == sorted(QUESTIONS)
    some = chosen_parts("stacked_convolutions/q2, foundations", ROOT)
    assert [(part.folder, len(part.lessons)) for part in some] == [
        ("foundations", 7),
        ("stacked_convolutions", 1),
    ]
    assert some[1].lessons[0].name == "02_feature_map_sizes.ipynb"


@pytest.mark.parametrize("name", ["nothing", "foundations/q0", "foundations/", "../foundations"])
def test_an_unknown_part_is_refused_and_the_known_ones_named(name: str) -> None:
    with pytest.raises(BookError, match=rf"{name}'(.|\n)*foundations, sizing_networks") as caught:
        chosen_parts(f"foundations {name}", ROOT)
    assert "foundations/q1" in caught.value.remedy


def test_a_variant_is_the_question_for_its_seed(tmp_path: Path) -> None:
    (part,) = chosen_parts("", write_book(tmp_path))
    (given,), (drawn,) = (variants_of(part, seed, tmp_path) for seed in (None, 5))
    assert given.givens == given.question.givens() and drawn.givens == drawn.question.draw(5)
    assert given.title == drawn.title == "Counting <weights>" and part.title == "Sizes"
    assert given.lesson == tmp_path / f"{LESSON}.ipynb"
    assert drawn.asked == drawn.question.asked(drawn.question.draw(5)) and drawn.marks == {"a": 10}


@pytest.mark.parametrize("command", ["handout", "moodle", "csv"])
@pytest.mark.parametrize("options", [["--seeds=x"], ["--parts=nowhere"]])
def test_each_command_refuses_in_one_line(
    command: str,
    options: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(write_book(tmp_path))
    with pytest.raises(SystemExit) as ended:
        main([command, *options])
    said = capsys.readouterr()
    assert ended.value.code == 2 and said.err.count("\n") == 1 and not said.out
    assert not (tmp_path / "_build").exists()
