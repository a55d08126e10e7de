"""Tests of the seventh set of sheets: read on their own, they give the numbers that they state."""

from __future__ import annotations

import functools
import html
import json
import random
import re
from fractions import Fraction

import pytest

from benchmarks.lint_cases import SETS, STYLES, Case, Placed
from benchmarks.lint_cases.arithmetic import computed

SEVENTH = SETS["seventh"]
_TYPED = str.maketrans({"−": "-", "·": "*", "×": "*", "²": "^2"})


@functools.cache
def drawn(style: str) -> tuple[Case, ...]:
    return tuple(STYLES[style](random.Random(seed), f"{style}-{seed + 1}") for seed in range(20))


def value_of(text: str) -> float:
    """Return what a line of arithmetic gives, in the notation of one of the sheets."""
    text = text.replace(r"\cdot", "*").replace(r"\,", "").replace(" x ", "*").translate(_TYPED)
    text = re.sub(r"(?<=\d)[, ](?=\d{3}(?!\d))", "", text).replace("ln(", "log(")
    return float(computed(re.sub(r"(?<=[\d)]) ?\(", "*(", text.replace("^", "**")).strip()))


def in_portuguese(text: str) -> str:
    """Return numbers with decimal points, without points between thousands."""
    return text.replace(".", "").replace("{,}", ".")


def lines_of(case: Case) -> list[str]:
    """Return the lines of a sheet as they are read."""
    lines = case.text.split("\n")
    if case.suffix == ".ipynb":
        return [
            json.loads(line.strip().rstrip(","))
            if line.strip().startswith('"') and not re.match(r'\s*"\w+": ', line)
            else ""
            for line in lines
        ]
    return [html.unescape(line) for line in lines] if case.suffix == ".html" else lines


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
        for number, line in enumerate(lines_of(case), 1):
            for found in re.finditer(pattern, line):
                *parts, stated = found.groups()
                # the same digits may stand twice in a line: the statement that is as it should be counts
                same = [
                    one
                    for one in case.statements
                    if one.line == number and html.unescape(one.written) == stated
                ]
                if style == "lista-resolvida":
                    parts = list(map(in_portuguese, parts))
                right = value_of(work.format(*parts))
                assert any(one.caused or follows(one, right) is one.right for one in same), (case.name, line)
                read += 1
    return read


def test_there_are_eight_styles_whose_sheets_are_neither_short_nor_long() -> None:
    assert len(SEVENTH) == 8
    for style in SEVENTH:
        sheets = list(drawn(style))
        for case in sheets:
            text = case.text
            if case.suffix == ".ipynb":
                cells = json.loads(text)["cells"]
                text = "\n".join("".join(one["source"]) for one in cells if one["cell_type"] == "markdown")
            assert 10 <= text.count("\n") <= 60, case.name
        assert {bool([one for one in case.statements if one.slip]) for case in sheets} == {True, False}, style
    suffixes = {case.suffix for style in SEVENTH for case in drawn(style)}
    assert suffixes == {".md", ".tex", ".txt", ".html", ".ipynb"}


@pytest.mark.parametrize("style", SEVENTH)
def test_each_statement_stands_in_its_line_and_a_slip_is_no_other_way_to_write_it(style: str) -> None:
    for case in drawn(style):
        lines = case.text.split("\n")
        for one in case.statements:
            assert one.written in (
                json.loads(lines[one.line - 1].strip().rstrip(","))
                if case.suffix == ".ipynb"
                else lines[one.line - 1]
            )
            if one.slip:
                off = abs(float(Fraction(one.denotes)) - float(computed(one.work)))
                assert off > float(one.unit) / 2 + one.slack, (case.name, one)


@pytest.mark.parametrize(
    ("style", "pattern", "work", "least"),
    [
        ("handout-remarks", r"\\frac\{(.*?)\}\{(\d)\} .* \+ 1 = (\d+)\.", "floor(({})/{}) + 1", 15),
        ("handout-remarks", r"\$([\d^]+ \\cdot \d+|\d+ \\cdot \d+\^2|\d+\^2) = (\S+)\$", "{}", 50),
        ("handout-remarks", r"makes \$(.*?) = (\S+)\$ connections", "{}", 20),
        ("handout-remarks", r"only \$(.*?) = (\S+)\$ parameters", "{}", 20),
        ("handout-remarks", r"[rj]_\d &= (.*?) = (\d+)", "{}", 50),
        ("study-group", r": (\(.*?\)/\d) \+ 1(?: \(round down\))? → (\d+),", "floor({}) + 1", 25),
        ("study-group", r": ([^:(]* − \d+ \+ 1) → (\d+),", "{}", 5),
        ("study-group", r"(?:params|flatten:|fc\d?:) ([\d·]+) → (\d+)", "{}", 70),
        ("study-group", r"everything: (.*) → \*\*(\d+)\*\*", "{}", 20),
        ("study-group", r"[vw] = (.*) → ([\d.−]+)$", "{}", 30),
        ("study-group", r"(\([^()]*\)²) → ([\d.]+)", "{}", 20),
        ("lista-resolvida", r"\\frac\{(\d.*?)\}\{(\d)\} .* \+ 1 = (\d+)\$", "floor(({})/{}) + 1", 20),
        ("lista-resolvida", r"\$([\d.]+ (?:\\cdot|\+) [^=$]*?) = ([\d.]+)\$", "{}", 120),
        ("lista-resolvida", r"\$z = ([^$]*) = (\S+)\$", "{}", 20),
        ("lista-resolvida", r"\\delta\\,x_\d = ([^$]*?) \\approx (\S+)\$", "{}", 30),
        ("lista-resolvida", r"\\leftarrow ([^$]*?) \\approx (\S+)\$", "{}", 30),
        ("blog-walkthrough", r"(?:makes|leaves) (\([^)]*\) / \d) \+ 1 = (\d+) p", "floor({}) + 1", 50),
        ("blog-walkthrough", r"makes (\d[^(=]* \+ 1) = (\d+) p", "{}", 20),
        ("blog-walkthrough", r"(?:pay|needs|of|layers:|utions:) ([\d,]+ [^=]*?) = (\S+?)[. ]", "{}", 120),
        ("tutorial-predictions", r"`(\(.*?\)) // (\d) \+ 1 = (\d+)`", "floor({}/{}) + 1", 20),
        ("tutorial-predictions", r"` is `(.* \+ \d+) = (\d+)`", "{}", 20),
        ("tutorial-predictions", r"(?:\] =|`w.grad` is `|decay `|`w` is `)(.*?) = (\S+?)`", "{}", 60),
        ("exam-model-answer", r"kernel = (.*?) = (\d+) ", "{}", 20),
        ("exam-model-answer", r"width = (.*?) = (\d+) ", "{}", 20),
        ("exam-model-answer", r"transposed: (.*?) = ([\d, ]*\d) ", "{}", 20),
        ("exam-model-answer", r"(?:standard|depthwise|pointwise): (.*?) = ([\d, ]*\d) ", "{}", 60),
        ("exam-model-answer", r"    (-ln\(.*?\)) = (\S+)", "{}", 40),
        ("exam-model-answer", r"(?:mean:|total:|\|w\|\^2 =) (.*?) = (\S+)", "{}", 60),
        ("every-multiplication", r"^  ([\d(.][^=:]*|-\d[^=:]*) = (\S+)", "{}", 200),
        ("every-multiplication", r"^  ([\d.]+) : (\d) = (\S+)", "{}/{}", 10),
        ("model-card", r"⌈([\d,]+ / \d+)⌉ = (\S+)", "-floor(-{})", 20),
        ("model-card", r"epochs: (.*) = (\S+) steps", "{}", 20),
        ("model-card", r"step: (.*) s / 3600 ≈ (\S+) h", "{}/3600", 20),
        ("model-card", r"checkpoint: (.*) B = (\S+) MB", "{}/1000000", 20),
    ],
)
def test_what_is_written_before_a_number_gives_it(style: str, pattern: str, work: str, least: int) -> None:
    assert told(style, pattern, work) >= least


def test_the_total_of_a_model_card_is_the_sum_of_its_columns() -> None:
    for case in drawn("model-card"):
        rows = [line.strip("| ").split(" | ") for line in case.text.split("\n") if line.startswith("| ")]
        *layers, total = [row for row in rows if row[0] not in ("Layer", "input")]
        for column in (-2, -1):
            stated = total[column].strip("*")
            numbers = [int(row[column].replace(",", "")) for row in layers if row[column] != "–"]
            one = next(one for one in case.statements if one.written == stated)
            assert one.caused or follows(one, sum(numbers)) is one.right, (case.name, stated)


def test_the_marks_of_a_question_add_up() -> None:
    for case in drawn("exam-model-answer"):
        _, *questions = re.split(r"^\([abc]\) ", case.text, flags=re.MULTILINE)
        assert len(questions) == 3
        for one in questions:
            assert re.search(r"\((\d) marks\)", one)[1] == str(len(re.findall(r"[MAB]1", one)))  # type: ignore[index]
        assert f" {sum(len(re.findall('[MAB]1', one)) for one in questions)} marks " in case.text


def test_the_reading_of_these_tests_itself() -> None:
    assert value_of("3 + (3 - 1)(2 - 1)") == 5
    assert value_of("-1 x 3") == value_of("3 · (−1)") == -3
    assert value_of(r"20\,(36 + 1)") == 740
    assert value_of("12,500 × 2") == 25000
    assert in_portuguese(r"2.592 + 0{,}5") == "2592 + 0.5"
