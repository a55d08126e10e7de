"""The bench of the checker counts what it should: tried with checkers whose answers are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from benchmarks import lint_quality, readme_block
from benchmarks.lint_cases import SETS, STYLES, Case, Placed, draw
from benchmarks.lint_quality import BEGIN, CASES, END, measure, parsed
from benchmarks.lint_scores import Score, names, scored


@dataclass(frozen=True)
class Said:
    """A finding of a checker made for these tests."""

    line: int
    stated: Any
    verdict: str = "wrong"
    computed: Any = None
    why: str = "for a test"
    column: int = 1


RIGHT = Placed(1, "290,400", True, "", False, "96*55*55", "290400")
WRONG = Placed(1, "105,415,020", False, "two digits exchanged", False, "290400*363", "105415020")
OTHER = Placed(2, "34,848", True, "", False, "96*363", "34848")
USED = Placed(3, "about 105 million", False, "", False, "290400*363", "105000000", caused=True)
ROUNDED = Placed(4, "0.694", False, "a wrong rounding", False, "log(2)", "0.694", Fraction(1, 1000))
TEXT = (
    "290,400 units, 105,415,020 connections\n34,848 weights\nabout 105 million\n0.694\nFigure 2 = the net\n"
)
SHEET = Case("prose-1", ".txt", TEXT, None, (RIGHT, WRONG, OTHER, USED, ROUNDED))


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return list(draw(2 * len(STYLES), seed=2))


def perfect(case: Case) -> Sequence[Said]:
    """Say of each statement what is so."""
    return [
        Said(one.line, one.written, "right" if one.right else "wrong" if one.slip else "suspicious")
        for one in case.statements
    ]


# --- whole runs ---------------------------------------------------------------------------------------------


def test_a_perfect_checker_finds_everything_and_raises_no_alarm(cases: list[Case]) -> None:
    quality = measure(cases, perfect)
    total = quality.all
    assert total.seeded == total.found == sum(bool(one.slip) for case in cases for one in case.statements)
    assert total.recall == total.coverage == 100 and total.alarms_in_500 == 0 and not total.misses
    assert quality.cases == len(cases) and set(quality.styles) == {case.style for case in cases}
    assert [line.count(": met") for line in quality.goals()[:3]] == [1, 1, 0]


def test_a_silent_checker_finds_nothing(cases: list[Case]) -> None:
    total = measure(cases, lambda case: []).all
    assert total.found == total.checked == len(total.alarms) == 0
    assert total.seeded == len(total.misses) > 10
    said = measure(cases, lambda case: []).goals()
    assert "not met" in said[0]


def test_what_is_left_unchecked_is_neither_found_nor_covered(cases: list[Case]) -> None:
    total = measure(cases, lambda case: [replace(one, verdict="unchecked") for one in perfect(case)]).all
    assert total.found == total.checked == 0


def test_a_checker_that_calls_everything_wrong_finds_all_and_alarms_at_each_right_one(
    cases: list[Case],
) -> None:
    quality = measure(cases, lambda case: [replace(one, verdict="wrong") for one in perfect(case)])
    total = quality.all
    assert total.recall == 100
    # of a right number that also stands, wrong, in the same line nobody can say which is meant
    assert 0.95 * total.right < len(total.alarms) <= total.right
    assert "not met" in quality.goals()[1]


def test_a_checker_that_fails_is_not_passed_over(cases: list[Case]) -> None:
    def failing(case: Case) -> Sequence[Said]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError) as caught:
        measure(cases, failing)
    assert cases[0].name in caught.value.__notes__[0]


# --- single findings ----------------------------------------------------------------------------------------


def score(*findings: Said) -> Score:
    return scored(SHEET, findings)


@pytest.mark.parametrize(
    ("finding", "found"),
    [
        (Said(1, "105,415,020"), 1),
        (Said(1, "105 415 020"), 1),
        (Said(1, "290,400 × 363 = 105,415,020"), 1),
        (Said(1, Fraction(105415020)), 1),
        (Said(1, 105415020.0), 1),
        (Said(1, "71,184"), 1),  # what comes of it: no other number of the line
        (Said(1, "290,400"), 0),  # the right one of the two
        (Said(2, "105,415,020"), 0),  # another line
        (Said(1, "105,415,020", "suspicious"), 0),
        (Said(1, "105,415,020", "rounded"), 0),
        (Said(1, "105,415,020", "unchecked"), 0),
        (Said(4, "0.694", "rounded"), 1),
        (Said(4, 0.694), 1),
        (Said(4, "0.694", "suspicious"), 0),
    ],
)
def test_a_slip_is_found_where_its_line_is_called_wrong(finding: Said, found: int) -> None:
    assert score(finding).found == found
    assert score(finding).seeded == 2 and len(score(finding).misses) == 2 - found


@pytest.mark.parametrize(
    ("finding", "alarms"),
    [
        (Said(1, "105,415,020"), 0),
        (Said(1, "290,400"), 1),
        (Said(1, 290400), 1),
        (Said(2, "34,848"), 1),
        (Said(2, "34,848", "suspicious"), 0),
        (Said(2, "34,848", "rounded"), 0),
        (Said(2, "34"), 1),
        (Said(3, "105 million"), 0),  # follows from the slip
        (Said(2, "34,848", computed="105,415,020"), 0),  # follows from what the slip left
        (Said(2, "34,848", computed=105415200), 1),
        (Said(2, "34,848", computed="1/0"), 1),
        (Said(5, "2"), 1),  # text that states nothing
        (Said(99, "2"), 1),
    ],
)
def test_an_alarm_is_what_is_called_wrong_and_does_not_come_of_a_slip(finding: Said, alarms: int) -> None:
    assert len(score(finding).alarms) == alarms


def test_a_right_statement_counts_once_however_often_it_is_judged() -> None:
    twice = score(*2 * [Said(2, "34,848", "right")], Said(2, "34,848", "rounded"))
    assert (twice.right, twice.checked, twice.doubted, twice.caused) == (2, 1, 1, 1)
    assert twice.coverage == 50 and twice.alarms_in_500 == 0
    assert score(Said(2, "34,848"), Said(5, "2")).alarms_in_500 == 500 * 2


@pytest.mark.parametrize(
    ("stated", "written", "denotes", "same"),
    [
        ("34848", r"34\,848", "34848", True),
        (r"\num{34848}", r"\num{34848}", "34848", True),
        ("34 848", "34\u202f848", "34848", True),
        ("34.848", "34.848", "34848", True),
        ("34\u2009848", "34&thinsp;848", "34848", True),
        ("34\u202f848", "34&#8239;848", "34848", True),
        ("-0.5", "&#8722;0.5", "-1/2", True),
        ("348", "34&#8239;848", "34848", False),
        ("1200000", "1.2 million", "1200000", True),
        ("0.125", "12.5 %", "25/2", True),
        ("55", "55×55×96", "55", True),
        ("6x^2", "6x<sup>2</sup>", "6*x**2", True),
        ("348", "34,848", "34848", False),
        ("4,848", "34,848", "34848", False),
        ("", "34,848", "34848", False),
    ],
)
def test_a_finding_names_a_number_however_it_is_written(
    stated: str, written: str, denotes: str, same: bool
) -> None:
    assert names(stated, Placed(1, written, True, "", False, "", denotes)) is same


# --- what is printed ----------------------------------------------------------------------------------------


def test_the_tables_have_a_row_for_each_style_and_each_kind(cases: list[Case]) -> None:
    quality = measure(cases, perfect)
    text, markdown = quality.as_text(), quality.as_markdown()
    for name in (*quality.styles, *quality.all.kinds):
        assert f"\n{name} " in text and f"\n| {name} | " in markdown
    assert markdown.count("<details>") == markdown.count("</details>") == 1


def test_misses_and_alarms_are_shown_with_their_line() -> None:
    studied = replace(SHEET, name="german-1")
    quality = measure([studied], lambda case: [Said(2, "34,848")])
    assert quality.misses(1).splitlines()[1:] == [f"    {TEXT.splitlines()[0]}", "    said: nothing"]
    assert "german-1.txt:2: wrong: 34,848" in quality.alarms(5) and "34,848 weights" in quality.alarms(5)
    assert quality.misses(0) == quality.alarms(0) == ""


def test_nobody_is_shown_what_was_missed_in_a_style_that_is_held_out(monkeypatch: pytest.MonkeyPatch) -> None:
    quality = measure(draw(len(STYLES), seed=1), lambda case: [])
    held_out = set(SETS["third"])
    monkeypatch.setattr(lint_quality, "STUDIED", frozenset(STYLES) - held_out)
    seen = {one.partition(":")[0].rpartition("-")[0] for one in quality.misses(1000).splitlines()[::3]}
    missed = {one.case.style for one in quality.all.misses}
    assert seen == missed - held_out and missed & held_out


def test_the_sets_hold_all_styles_and_each_has_a_line() -> None:
    assert [len(styles) for styles in SETS.values()] == [17, 8, 8, 8, 8, 8, 8, 8]
    assert sorted(name for styles in SETS.values() for name in styles) == sorted(STYLES)
    quality = measure(draw(len(STYLES), seed=1), lambda case: [])
    for name, styles in SETS.items():
        seeded = sum(quality.styles[style].seeded for style in styles)
        assert quality.of_set(styles).seeded == seeded > 0
        (line,) = [line for line in quality.goals() if line.startswith(f"The {name} set")]
        assert f"(0 of {seeded})" in line


def test_the_block_of_the_readme_is_replaced(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    readme_block.write_block(BEGIN, END, measure([SHEET], perfect).as_markdown(), readme)
    text = readme.read_text(encoding="utf-8")
    assert "old" not in text and "1 worked solutions in 1 styles" in text and text.endswith("after\n")


def test_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert parsed([]).cases == CASES and parsed(["5", "--seed", "3", "--show-alarms", "2"]).seed == 3
    with pytest.raises(SystemExit):
        parsed(["0"])
    assert "at least one sheet" in capsys.readouterr().err
