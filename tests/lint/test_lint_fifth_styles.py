"""Tests of the fifth set of sheets: read on their own, they give the numbers that they are said to state."""

from __future__ import annotations

import functools
import random
import re
from fractions import Fraction

import pytest

from benchmarks.lint_cases import SETS, STYLES, Case, Placed
from benchmarks.lint_cases.arithmetic import computed
from benchmarks.lint_quality import HELD_OUT, STUDIED

FIFTH = SETS["fifth"]
_TYPED = str.maketrans({"−": "-", "·": "*", "²": "^2"})


@functools.cache
def drawn(style: str) -> tuple[Case, ...]:
    return tuple(STYLES[style](random.Random(seed), f"{style}-{seed + 1}") for seed in range(20))


def value_of(text: str) -> float:
    """Return what a line of arithmetic gives, in the notation of one of the sheets."""
    text = text.replace(r"\cdot", "*").replace(r"\,", "").replace("{,}", "").translate(_TYPED)
    text = re.sub(r"(?<=\d)[, ](?=\d{3}(?!\d))", "", text).replace("ln", "log")
    text = re.sub(r"(?<![\d.])\.(?=\d)", "0.", re.sub(r"log (\S+)", r"log(\1)", text))
    return float(computed(re.sub(r"(?<=\d) ?\(", "*(", text.replace("^", "**")).strip()))


def at_line(case: Case) -> dict[int, list[Placed]]:
    found: dict[int, list[Placed]] = {}
    for one in case.statements:
        found.setdefault(one.line, []).append(one)
    return found


def follows(one: Placed, right: float) -> bool:
    """Whether a stated number is what comes out, rounded at most."""
    room = float(one.unit) / 2 * (1 + 1e-6) + one.slack + 1e-12 * abs(right)
    return abs(right - float(Fraction(one.denotes))) <= room


def told(style: str, pattern: str, work: str = "{}") -> int:
    """Assert that what a pattern finds follows from what stands before it, unless the sheet says that not.

    The groups of the pattern are the parts of ``work``, and the last one is the stated number.
    """
    read = 0
    for case in drawn(style):
        said = at_line(case)
        for number, line in enumerate(case.text.split("\n"), 1):
            for found in re.finditer(pattern, line):
                *parts, stated = found.groups()
                # the same digits may stand twice in a line: the statement that is as it should be counts
                same = [one for one in said.get(number, []) if one.written == stated]
                right = value_of(work.format(*parts))
                assert any(one.caused or follows(one, right) is one.right for one in same), (case.name, line)
                read += 1
    return read


def test_there_are_eight_styles_whose_sheets_are_neither_short_nor_long() -> None:
    assert len(FIFTH) == 8
    for style in FIFTH:
        sheets = list(drawn(style))
        assert all(10 <= case.text.count("\n") <= 60 for case in sheets), style
        assert {bool([one for one in case.statements if one.slip]) for case in sheets} == {True, False}, style
    assert {case.suffix for style in FIFTH for case in drawn(style)} == {".md", ".tex", ".txt"}


def test_nobody_looks_at_what_is_missed_in_a_set_that_is_held_out() -> None:
    assert all(STUDIED.isdisjoint(SETS[name]) for name in HELD_OUT)


@pytest.mark.parametrize("style", FIFTH)
def test_each_statement_stands_in_its_line_and_a_slip_is_no_other_way_to_write_it(style: str) -> None:
    for case in drawn(style):
        lines = case.text.split("\n")
        for one in case.statements:
            assert one.written in lines[one.line - 1]
            if one.slip and not one.denotes.count("x"):
                off = abs(float(Fraction(one.denotes)) - float(computed(one.work)))
                assert off > float(one.unit) / 2 + one.slack, (case.name, one)


@pytest.mark.parametrize(
    ("style", "pattern", "work", "least"),
    [
        ("tired-student", r"(?:^fc\d?|same:|^c1) ([\d*]+)=(\d+) \+\d+=", "{}", 50),
        ("tired-student", r" ([\d*]+)=\d+ (\+\d+)=(\d+)", "{}{}", 50),
        ("tired-student", r" (\([^)]+\)/\d)\+1=(\d+),", "floor({}) + 1", 10),
        ("tired-student", r" (\([^)]+\)/\d)[=~]([\d.]+) round", "{}", 20),
        ("tired-student", r" (\([^)]+\)/\d)[=~][\d.]+ round down, \+1 -> (\d+),", "floor({}) + 1", 20),
        ("tired-student", r" e\^(-?\d)=([\d.]+)", "exp({})", 20),
        ("careful-lecturer", r"\\frac\{(.*?)\}\{(\d)\} (?:=|\\approx) ([\d.]+),", "({})/{}", 50),
        ("careful-lecturer", r"\\frac\{(.*?)\}\{(\d)\} .* \+ 1 = (\d+)\.", "floor(({})/{}) + 1", 50),
        ("careful-lecturer", r"which gives \$(.*?) = (\S+)\$", "{}", 35),
        ("careful-lecturer", r" units has \$(.*?) = (\S+)\$", "{}", 20),
        ("careful-lecturer", r" r_\d &= (.*?) = (\d+),", "{}", 15),
        ("engineer-budget", r"fmap: (.*) = (\S+) el\.", "{}", 35),
        ("engineer-budget", r"work: (\S+) el\. x (.*) = (\S+) MMAC", "{}*{}/1000000", 35),
        ("engineer-budget", r"weights \(no bias\): (.*) -> (\S+)k", "{}/1000", 35),
        ("engineer-budget", r"(\S+) MMAC / (\S+) GMAC/s = (\S+) ms", "{}/{}", 20),
        ("engineer-budget", r"- (?:conv|fc)\d?: (.*) = (\S+) par\.", "{}", 20),
        ("mathematician", r"dimension \$(.*?) = (\S+)\$", "{}", 10),
        ("mathematician", r"by only \$(\d+) \\, (\(.*?\)) = (\S+)\$", "{}*{}", 10),
        ("mathematician", r"\$g'\(\d\) = (.*?) = (\S+)\$", "{}", 10),
        ("grading-guide", r"\[\d\]  (floor\(\S+ .*?\) \+ 1|\([^=]*\)/\d \+ 1) = (\d+)$", "floor({})", 15),
        ("grading-guide", r"\[2\]  (\d+\*\([\d*]+ \+ 1\)) = (\S+)$", "{}", 20),
        ("grading-guide", r"biases \((\S+) = (\S+)\)", "{}", 20),
        ("grading-guide", r"(?:z|L|dL/dw1) = ([^=;]*?\d(?:\)\^2/2)?) = ([\d.-]+)(?:;|,|$)", "{}", 30),
        ("grading-guide", r"(?:accuracy|precision|recall) (.*?) = ([\d.]+)", "{}", 20),
        ("grading-guide", r"(-?ln\(\S+\)) = (\S+)", "{}", 20),
        ("calculator-digits", r"^(?:z|a|delta|dw\d|x\dhat) = (.*) = (\S+)$", "{}", 80),
        ("calculator-digits", r"^(\(\d+-[\d.]+\)\^2) = (\S+)$", "{}", 40),
        ("calculator-digits", r"^(-ln \S+) = (\S+)$", "{}", 30),
        ("calculator-digits", r"^a\(1-a\) = (.*) = (\S+)$", "{}", 10),
        ("textbook-examples", r"\\lfloor (\(.*?\) / \d) \\rfloor \+ 1 = (\d+)\$", "floor({}) + 1", 20),
        ("textbook-examples", r"has \$(\(.*?) = (\S+)\$ par", "{}", 15),
        ("textbook-examples", r"column we get \$(.*?) = (\S+)\$", "{}", 20),
        ("textbook-examples", r"&= (?:.* = )?(.*) = (\S+?), ", "{}", 20),
        ("textbook-examples", r"\\sqrt\{6/(\(.*?\))\} \\approx (\S+)\$", "sqrt(6/{})", 10),
        ("thinking-aloud", r"^(\S+ − \S+(?: \+ \d+)?) = (\d+),", "{}", 50),
        ("thinking-aloud", r", so (\S+(?: \d{3})* · \S+(?: \d{3})*) = (?:~~.*~~ )?([\d ]+\d)\.", "{}", 60),
        ("thinking-aloud", r"Everything: (.*) = ([\d ]+\d), of", "{}", 20),
        ("thinking-aloud", r"slope (?:there is|is now) (.*?) = (\S+),", "{}", 20),
        ("thinking-aloud", r"(?:go|me) to (.*?) = (\S+)\.$", "{}", 20),
        ("thinking-aloud", r"^(\(\d+ − 1\).*) = (\d+)\.", "{}", 10),
    ],
)
def test_what_is_written_before_a_number_gives_it(style: str, pattern: str, work: str, least: int) -> None:
    assert told(style, pattern, work) >= least


def test_probabilities_follow_from_the_numbers_put_in() -> None:
    read = 0
    for case in drawn("mathematician"):
        said, total = at_line(case), ""
        for number, line in enumerate(case.text.split("\n"), 1):
            if found := re.search(r"Put \$z = \((.*?)\)\$", line):
                total = " + ".join(f"exp({z})" for z in found[1].split(", "))
            for z, stated in re.findall(r"e\^\{(\S+)\} / Z \\approx (\S+)\$", line):
                one = next(one for one in said[number] if one.written == stated)
                assert one.caused or follows(one, value_of(f"exp({z})/({total})")) is one.right, (
                    case.name,
                    one,
                )
                read += 1
    assert read > 15


def test_the_marks_of_a_question_add_up() -> None:
    for case in drawn("grading-guide"):
        _, *questions = re.split(r"^Q\d  \(", case.text, flags=re.MULTILINE)
        assert len(questions) == 3
        for one in questions:
            assert int(one.split()[0]) == sum(map(int, re.findall(r"\[(\d)\]  ", one))) > 1


def test_a_number_that_is_struck_out_is_no_statement() -> None:
    struck = 0
    for case in drawn("thinking-aloud"):
        for number, line in enumerate(case.text.split("\n"), 1):
            for digits in re.findall(r"~~(.*?)~~", line):
                assert digits not in [one.written for one in at_line(case)[number]]
                struck += 1
    assert struck > 3


def test_the_reading_of_these_tests_itself() -> None:
    assert value_of("2 · (−0.4) − 4") == -4.8
    assert value_of("1.2*(-.9)+.5") == pytest.approx(-0.58)
    assert value_of(r"96 \cdot (11^2 \cdot 3 + 1)") == 34944
    assert value_of("-ln .5") == pytest.approx(0.6931, abs=1e-4)
    assert value_of("35 456 + 1{,}100") == 36556
