"""Tests of the eighth set of sheets: read on their own, they give the numbers that they state."""

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

EIGHTH = SETS["eighth"]
_TYPED = str.maketrans({"−": "-", "·": "*", "²": "^2"})


@functools.cache
def drawn(style: str) -> tuple[Case, ...]:
    return tuple(STYLES[style](random.Random(seed), f"{style}-{seed + 1}") for seed in range(20))


def value_of(text: str) -> float:
    """Return what a line of arithmetic gives, in the notation of one of the sheets."""
    text = text.replace(r"\cdot", "*").replace(" x ", "*").replace("e12 FLOP/s", "*10^12").translate(_TYPED)
    text = text.replace("ln ", "log").replace(r"\,", "")
    text = re.sub(r"(?<=\d)(?:\{,\}|[,_])(?=\d{3}(?!\d))", "", text)
    return float(computed(re.sub(r"(?<=[\d)])\(", "*(", text.replace("^", "**")).strip()))


def with_points(text: str) -> str:
    """Return decimal numbers of a Dutch sheet with points."""
    return text.replace("{,}", ".")


def lines_of(case: Case) -> list[str]:
    """Return the lines of a sheet as they are read."""
    lines = case.text.split("\n")
    if case.suffix == ".ipynb":
        return [
            json.loads(line.strip().rstrip(",")).rstrip("\n") if re.match(r'\s*"[^"]*",?$', line) else ""
            for line in lines
        ]
    return [html.unescape(line) for line in lines] if case.suffix == ".html" else lines


def follows(one: Placed, right: float) -> bool:
    """Whether a stated number is what comes out, rounded at most."""
    room = float(one.unit) / 2 * (1 + 1e-6) + one.slack + 1e-12 * abs(right)
    return abs(right - float(Fraction(one.denotes))) <= room


def told(style: str, pattern: str, work: str) -> int:
    """Assert that what a pattern finds follows from what stands before it, unless the sheet says that not.

    The groups of the pattern are the parts of ``work``, and the last one is the stated number.
    """
    read = 0
    for case in drawn(style):
        for number, line in enumerate(lines_of(case), 1):
            for found in re.finditer(pattern, line):
                *parts, stated = found.groups()
                # the same digits may stand twice in a line: the statement that is as it should be counts
                same = [one for one in case.statements if one.line == number and one.written == stated]
                if style == "uitgewerkte-oplossing":
                    parts = list(map(with_points, parts))
                right = value_of(work.format(*parts))
                assert any(one.caused or follows(one, right) is one.right for one in same), (case.name, line)
                read += 1
    return read


def test_there_are_eight_styles_whose_sheets_are_neither_short_nor_long() -> None:
    assert len(EIGHTH) == 8
    for style in EIGHTH:
        for case in drawn(style):
            text = case.text
            if case.suffix == ".ipynb":
                cells = json.loads(text)["cells"]
                text = "\n".join("".join(one["source"]) for one in cells if one["cell_type"] == "markdown")
            assert 10 <= text.count("\n") <= 60, case.name
        assert {any(one.slip for one in case.statements) for case in drawn(style)} == {True, False}, style
    suffixes = {case.suffix for style in EIGHTH for case in drawn(style)}
    assert suffixes == {".md", ".tex", ".txt", ".html", ".ipynb"}


@pytest.mark.parametrize("style", EIGHTH)
def test_a_slip_is_no_other_way_to_write_the_right_number(style: str) -> None:
    for case in drawn(style):
        for one in case.statements:
            if one.slip:
                off = abs(float(Fraction(one.denotes)) - float(computed(one.work)))
                assert off > float(one.unit) / 2 + one.slack, (case.name, one)


@pytest.mark.parametrize(
    ("style", "pattern", "work", "least"),
    [
        ("workshop-challenge", r"(?:has|makes|there are) (\S+ \* [^=]*) = (\S+) weights", "{}", 60),
        ("workshop-challenge", r"get (.*?) = (\S+) parameters", "{}", 20),
        ("gates-and-wires", r"- [qfL] = (.*) = (\S+)$", "{}", 60),
        ("gates-and-wires", r"- dL/d[fqz] = .* = (.*) = (\S+)$", "{}", 60),
        ("gates-and-wires", r"\| ([^|=]*) = (\S+) (?=\|)", "{}", 160),
        ("gates-and-wires", r"d[wx]\d = (\S+ · [^=]*?) = ([^\s,]+),", "{}", 80),
        ("fold-out-solutions", r"[rj]_[1-9] = (\d.*?) = (\d+)\\\)", "{}", 120),
        ("fold-out-solutions", r"spans \\\((.*?) = (\d+)", "{}", 20),
        ("fold-out-solutions", r"\\frac\{(.*?)\}\{(\d)\} .* \+ 1 = (\d+)", "floor(({})/{}) + 1", 20),
        ("fold-out-solutions", r"p = \\frac\{(.*?)\}\{2\} = (\d+)", "({})/2", 20),
        ("fold-out-solutions", r"<td>\\\((\d[^)]*)\\\)</td><td>\\\((\S+)\\\)</td>", "{}", 60),
        ("fold-out-solutions", r"\\\((\S+ / \S+) \\approx (\S+)\\\)", "{}", 20),
        ("fold-out-solutions", r"(?:has|hence) \\\((.*?) = (\S+)\\\)", "{}", 40),
        ("uitgewerkte-oplossing", r"\\frac\{(.*?\d\}?)\}\{(.*?\d\}?)\} = (\S+)\$", "({})/({})", 80),
        ("uitgewerkte-oplossing", r"p_\d = (.*?) \\approx (\S+)\$", "{}", 60),
        ("uitgewerkte-oplossing", r"\$-\\ln (.*?) \\approx (\S+)\$", "-log({})", 20),
        ("uitgewerkte-oplossing", r"&= (.*?) = (\S+?)(?:, &| \\\\|$)", "{}", 80),
        ("uitgewerkte-oplossing", r"telt \$(.*?) = (\S+)\$", "{}", 20),
        ("matrix-form", r"\^\\top a \+ b_2 = (.*) = (\S+)\$", "{}", 20),
        ("matrix-form", r"\$e = (-?\d[^$]*) = (\S+)\$ \(here", "{}", 20),
        ("memory-per-layer", r"memory:  (\S+)=(\S+)", "{}", 160),
        ("memory-per-layer", r"weights: (.*) = (\S+)$", "{}", 120),
        ("memory-per-layer", r"bytes: (\S+)M \* 4 bytes ~= (\S+) MB", "4*{}", 15),
        ("given-formula-hence", r"parameters = .* = (\S+ x \S+) = (\S+)$", "{}", 20),
        ("given-formula-hence", r"Position \(\d,\d\):  (.*)  =  (\S+)$", "{}", 80),
        ("given-formula-hence", r"values is (.*) = (\S+)$", "{}", 20),
        ("given-formula-hence", r"(?:gives|t - o =|\(1 - o\) =|\(new\) =) (.*) = (\S+)$", "{}", 100),
        ("systems-worksheet", r"= (\d[\d*,_]*) = (\S+)(?: elements)?$", "{}", 100),
        ("systems-worksheet", r"state  = (\S+) = (\S+) B", "{}", 20),
        ("systems-worksheet", r"fc\d  .*= (.*) = (\S+)$", "{}", 60),
        ("systems-worksheet", r"= (\S+ / \(\d+e12 FLOP/s\)) = (\S+) ms", "1000*{}", 20),
        ("systems-worksheet", r"= (\S+) B = (\S+) KiB", "{}/1024", 10),
        ("systems-worksheet", r"= (\S+)(?: B)? = (\S+) MiB", "{}/1024/1024", 20),
        ("systems-worksheet", r"= (\S+ \* \d+) ms = (\S+) s", "{}/1000", 20),
    ],
)
def test_what_is_written_before_a_number_gives_it(style: str, pattern: str, work: str, least: int) -> None:
    assert told(style, pattern, work) >= least


def test_the_entries_of_a_vector_are_those_of_the_vector_before_it() -> None:
    read = 0
    for case in drawn("matrix-form"):
        lines = case.text.split("\n")
        at = lines.index("  z = W_1 x + b_1")
        rows, found = (
            re.sub(r".*\{pmatrix\} (.*) \\end\{pmatrix\}.*", r"\1", lines[at + n]).split(r" \\ ")
            for n in (1, 2)
        )
        for text, stated in zip(rows, found, strict=True):
            same = [one for one in case.statements if one.line == at + 3 and one.written == stated]
            assert any(one.caused or follows(one, value_of(text)) is one.right for one in same), case.name
            read += 1
    assert read == 40


def test_the_reading_of_these_tests_itself() -> None:
    assert value_of("2(-2 - 3)") == value_of(r"2 \cdot (-5)") == -10
    assert value_of("28 · 69{,}632") == value_of("28*69,632") == value_of("28*69_632") == 28 * 69632
    assert value_of(r"75\,000") == value_of("(5 x 5 x 3) x 1000") == 75000
    assert value_of(with_points("0{,}5 + 0{,}25")) == 0.75
