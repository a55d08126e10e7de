"""Tests of the sixth set of sheets: read on their own, they give the numbers that they are said to state."""

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

SIXTH = SETS["sixth"]
_SIGNS = {
    "−": "-",
    "·": "*",
    "×": "*",
    "²": "^2",
    r"\cdot": "*",
    r"\ln": "log",
    " times ": "*",
    "ln ": "log ",
}


@functools.cache
def drawn(style: str) -> tuple[Case, ...]:
    return tuple(STYLES[style](random.Random(seed), f"{style}-{seed + 1}") for seed in range(20))


def lines_of(case: Case) -> list[str]:
    """Return the lines as a reader sees them: of a notebook without JSON, of a page without tags."""
    lines = case.text.split("\n")
    if case.suffix == ".ipynb":
        found = [re.fullmatch(r"\s+(\"(?:[^\"\\]|\\.)*\"),?", line) for line in lines]
        return [json.loads(one[1]).rstrip("\n") if one else "" for one in found]
    if case.suffix == ".html":
        lines = [html.unescape(re.sub(r"</?(?!sup)[^>]+>", "", line)) for line in lines]
        return [line.replace("<sup>", "^").replace("</sup>", "") for line in lines]
    return lines


def value_of(text: str, comma: bool = False) -> float:
    """Return what a line of arithmetic gives, in the notation of one of the sheets."""
    if comma:
        text = text.replace(".", "").replace(",", ".")
    text = re.sub(r"\{,\}|\\,|(?<=\d),(?=\d{3}(?!\d))", "", text)
    for sign, typed in _SIGNS.items():
        text = text.replace(sign, typed)
    text = re.sub(r"\\lfloor|⌊", "floor(", re.sub(r"\\(?:left|right)(?=\\)", "", text))
    text = re.sub(r"\\frac\{(.*?)\}\{(\d)\}", r"(\1)/\2", re.sub(r"\\rfloor|⌋", ")", text))
    text = re.sub(r"log (\S+)", r"log(\1)", text.replace("[", "floor(").replace("]", ")"))
    return float(computed(text.replace("^", "**").strip()))


def said_in(case: Case) -> dict[int, list[Placed]]:
    found: dict[int, list[Placed]] = {}
    for one in case.statements:
        found.setdefault(one.line, []).append(one)
    return found


def told(style: str, pattern: str, work: str = "{}") -> int:
    """Assert that what a pattern finds follows from what stands before it, unless the sheet says that not.

    The groups of the pattern are the parts of ``work``, and the last one is the stated number.
    """
    read, comma = 0, style == "dados-e-pede-se"
    for case in drawn(style):
        said = said_in(case)
        for number, line in enumerate(lines_of(case), 1):
            for found in re.finditer(pattern, line):
                *parts, stated = found.groups()
                # the same digits may stand twice in a line: the statement that is as it should be counts
                same = [one for one in said.get(number, []) if html.unescape(one.written) == stated]
                right = value_of(work.format(*parts), comma)
                assert any(one.caused or follows(one, right) is one.right for one in same), (case.name, line)
                read += 1
    return read


def follows(one: Placed, right: float) -> bool:
    """Whether a stated number is what comes out, rounded at most."""
    room = float(one.unit) / 2 * (1 + 1e-6) + one.slack + 1e-12 * abs(right)
    return abs(right - float(Fraction(one.denotes))) <= room


def test_there_are_eight_styles_whose_sheets_are_neither_short_nor_long() -> None:
    assert len(SIXTH) == 8
    for style in SIXTH:
        sheets = list(drawn(style))
        # a notebook is as long as its cells, without the lines of JSON around them
        lengths = [sum(bool(line) for line in lines_of(case)) for case in sheets]
        assert all(10 <= length <= 60 for length in lengths), (style, lengths)
        assert {bool([one for one in case.statements if one.slip]) for case in sheets} == {True, False}, style
    suffixes = {case.suffix for style in SIXTH for case in drawn(style)}
    assert suffixes == {".md", ".tex", ".txt", ".html", ".ipynb"}


@pytest.mark.parametrize("style", SIXTH)
def test_each_statement_stands_in_its_line_and_a_slip_is_no_other_way_to_write_it(style: str) -> None:
    for case in drawn(style):
        lines = lines_of(case)
        for one in case.statements:
            assert html.unescape(one.written) in lines[one.line - 1]
            if one.slip:
                off = abs(float(Fraction(one.denotes)) - float(computed(one.work)))
                assert off > float(one.unit) / 2 + one.slack, (case.name, one)


@pytest.mark.parametrize(
    ("style", "pattern", "work", "least"),
    [
        ("boxed-parts", r"\\frac\{(\d+ - \d+ \+ 2.cdot \d+)\}\{\d\}.*\\frac\{(\d+)\}", "{}", 10),
        ("boxed-parts", r"(\\frac\{\d+\}\{\d\}) .* = \\lfloor (\S+) \\rfloor", "{}", 10),
        ("boxed-parts", r"F\^2 D \+ 1 = (\d+\^2 .* 1) = ([\d{},]+)\$", "{}", 20),
        ("boxed-parts", r"There are \$(.*) = (\S+)\$ output", "{}", 20),
        ("boxed-parts", r"^\$\$([\d{},]+ \\cdot \d+) = ([\d{},]+)\$\$", "{}", 20),
        ("boxed-parts", r"needs \$([^=]*) = (\S+)\$ bytes", "{}", 8),
        ("boxed-parts", r"r = (.*) = (\d+)\$", "{}", 20),
        ("boxed-parts", r"This is \$(\S+ / \S+) \\approx (\S+)\$", "{}", 8),
        ("aligned-derivation", r"\\\\ &= (-?[\d.]+ \\cdot .*?) \\\\ &= (\S+)(?: |$)", "{}", 80),
        ("aligned-derivation", r"tfrac12 (\(-?[\d.]+ .*\^2) = (\S+)", "{}/2", 20),
        ("aligned-derivation", r"sigma\((-?[\d.]+)\) \\approx (\S+)", "1/(1 + exp(-({})))", 10),
        ("aligned-derivation", r"(?:h_\d|x_1|- t|- 1) = ([^&=]*) = (-?[\d.]+)(?: |$)", "{}", 80),
        ("aligned-derivation", r"S = (\S+ / \S+) \\approx (\S+)", "{}", 15),
        ("aligned-derivation", r"e\^\{s_\d\} &= e\^\{(\S+)\} \S+ (\S+)", "exp({})", 15),
        ("table-then-notes", r"Output side: (.*?) = (\d+)[.,]", "{}", 25),
        ("table-then-notes", r"(?:Parameters|a bias): (.*?) = ([\d,]*\d)\.", "{}", 20),
        ("page-of-lists", r"height and width: (.*) = (\d+)$", "{}", 20),
        ("page-of-lists", r"(?:output|parameters): (.*) = (\S+)(?: values)?$", "{}", 50),
        ("page-of-lists", r"in memory: (.*) = (\S+) bytes", "{}", 20),
        ("page-of-lists", r"in memory: .* = (\S+) bytes, or (\S+) KiB", "{}/1024", 20),
        ("page-of-lists", r"mean: (.*) [=≈] (\S+)$", "{}", 8),
        ("page-of-lists", r"variance: (.*) [=≈] (\S+)$", "{}", 8),
        ("page-of-lists", r"√(\S+) [=≈] (\S+)$", "sqrt({})", 8),
        ("page-of-lists", r"becomes (.*) [=≈] (\S+)$", "{}", 8),
        ("page-of-lists", r"^p\d = (.*) = (\S+)$", "{}", 15),
        ("page-of-lists", r"df/d[xyz] = (?:.* = )?([−\d].*) = (\S+)$", "{}", 15),
        ("dados-e-pede-se", r"Lado da saída: (.*) = (\S+)\.$", "{}", 20),
        ("dados-e-pede-se", r"(?:Valores na saída|Valores|Bytes|Multiplicações): (.*) = (\S+)\.$", "{}", 40),
        ("dados-e-pede-se", r"por filtro: (.*) = (\S+); ao todo", "{}", 20),
        ("dados-e-pede-se", r"; ao todo (.*) = (\S+)\.$", "{}", 20),
        ("dados-e-pede-se", r"vieses: (.*) = (\S+) par", "{}", 20),
        ("dados-e-pede-se", r"Em MiB: (.*) = (\S+)\.$", "{}", 8),
        ("dados-e-pede-se", r"- (?:z|ŷ|gradiente:|w novo:)(?: =)? ([^=]*) = (\S+)$", "{}", 30),
        ("dados-e-pede-se", r"- a = (.*) ≈ (\S+)$", "{}", 8),
        ("dados-e-pede-se", r"- da/dz = .* = (.*) ≈ (\S+)$", "{}", 8),
    ],
)
def test_what_is_written_before_a_number_gives_it(style: str, pattern: str, work: str, least: int) -> None:
    assert told(style, pattern, work) >= least


def test_a_result_that_stands_before_its_working_follows_from_it() -> None:
    read = 0
    for case in drawn("terse-working"):
        said = said_in(case)
        for number, line in enumerate(lines_of(case), 1):
            if found := re.fullmatch(r"(?:\S+|  \S+)? +(-?[\d.]+) = (.*?)(?:   ~ \S+ M)?", line):
                stated, working = found.groups()
                right = value_of(working.replace("e^", "exp(") + ")" * ("e^" in working))
                one = next(one for one in said[number] if one.written == stated)
                assert one.caused or follows(one, right) is one.right, (case.name, line)
                read += 1
    assert read > 250


def test_the_third_line_of_an_equation_follows_from_the_second() -> None:
    read = 0
    for case in drawn("letters-then-values"):
        said = said_in(case)
        lines = lines_of(case)
        for number, (above, line) in enumerate(zip(lines, lines[1:], strict=False), 2):
            found = re.fullmatch(r" +(?:\w+ )?= (-?[\d.]+(?: ms)?)", line)
            working = re.fullmatch(r" +(?:\w+ )?= (.*?)(?: s)?", above)
            if found and working:
                stated, in_thousands = found[1].removesuffix(" ms"), 1000 if "ms" in line else 1
                right = (
                    value_of(
                        working[1].replace("e9", "*10^9)").replace("/ ", "/ (" * ("e9" in working[1]) or "/ ")
                    )
                    * in_thousands
                )
                one = next(one for one in said[number] if one.written == stated)
                assert one.caused or follows(one, right) is one.right, (case.name, line)
                read += 1
    assert read > 150


def test_a_letter_states_its_numbers_across_the_ends_of_lines() -> None:
    patterns = {
        r"has (\d+ times [\d,]+), that is ([\d,]+) parameters": "{}",
        r"gets [\d,]+ numbers and has [\d,]+ neurons, and ([\d,]+ times [\d,]+) is ([\d,]+) already": "{}",
        r"have (2 times 9 times \d+ times \d+) = ([\d,]+) weights": "{}",
        r"has (25 times \d+ times \d+) = ([\d,]+)\.": "{}",
        r"got (\d+) of the (\d+) test pictures wrong\. That leaves (\d+),": "{1} - {0}",
    }
    read = 0
    for case in drawn("letter-to-a-friend"):
        text, written = " ".join(case.text.split()), [one.written for one in case.statements]
        assert len(max(case.text.split("\n"), key=len)) <= 74
        for pattern, work in patterns.items():
            for found in re.finditer(pattern, text):
                *parts, stated = found.groups()
                at = [one for one in case.statements if one.written == stated]
                right = value_of(work.format(*parts))
                assert stated in written
                assert any(one.caused or follows(one, right) is one.right for one in at), (
                    case.name,
                    found[0],
                )
                read += 1
    assert read > 70


def test_rows_of_the_table_say_what_the_notes_explain() -> None:
    """A row and its note agree unless a slip is in one of them."""
    read = 0
    for case in drawn("table-then-notes"):
        if any(one.slip for one in case.statements):
            continue
        rows = dict(re.findall(r"^\| (\d) \|.*\| ([\d,]+) \| [^|]* \| [^|]* \|$", case.text, re.MULTILINE))
        for n, stated in re.findall(
            r"^\*\*Row (\d) .*(?:a bias|Parameters): .*? = ([\d,]*\d)\.", case.text, re.M
        ):
            assert rows[n] == stated
            read += 1
    assert read > 8


def test_the_reading_of_these_tests_itself() -> None:
    assert value_of("2 · (−0,4) − 4", comma=True) == -4.8
    assert value_of(r"\left\lfloor \frac{227 - 11 + 2\cdot 1}{4} \right\rfloor + 1") == 55
    assert value_of("[(190-7)/4] + 1") == 46
    assert value_of("46 528 + 1{,}100".replace(" ", "")) == 47628
