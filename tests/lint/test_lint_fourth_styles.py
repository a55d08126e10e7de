"""Tests of the fourth set of sheets: read on their own, they give the numbers that they are said to state."""

from __future__ import annotations

import csv
import functools
import math
import random
import re
from fractions import Fraction

import pytest

from benchmarks.lint_cases import SETS, STYLES, Case, Placed
from benchmarks.lint_cases.arithmetic import computed

FOURTH = SETS["fourth"]
_TYPED = str.maketrans({"−": "-", "·": "*", "×": "*", "²": "^2", "³": "^3", "⁴": "^4", "\u202f": ""})


@functools.cache
def drawn(style: str) -> tuple[Case, ...]:
    return tuple(STYLES[style](random.Random(seed), f"{style}-{seed + 1}") for seed in range(20))


def value_of(text: str) -> float:
    """Return what a line of arithmetic gives, in the notation of one of the sheets."""
    text = re.sub(r"(?<=\d)[,' ](?=\d{3}(?!\d))", "", text.translate(_TYPED)).replace("ln(", "log(")
    return float(computed(re.sub(r"(?<=\d) ?\(", "*(", text.replace("^", "**")).strip()))


def at_line(case: Case) -> dict[int, list[Placed]]:
    found: dict[int, list[Placed]] = {}
    for one in case.statements:
        found.setdefault(one.line, []).append(one)
    return found


def assert_told(case: Case, work: str, stated: str, said: list[Placed]) -> None:
    """Assert that a number follows from what stands before it, unless the sheet knows that it does not."""
    one = next(one for one in said if one.written == stated)
    off = abs(value_of(work) - float(Fraction(one.denotes)))
    room = float(one.unit) / 2 + one.slack + 1e-9
    assert one.caused or (off <= room) is one.right, (case.name, work, stated, one)


def test_there_are_eight_styles_whose_sheets_are_neither_short_nor_long() -> None:
    assert len(FOURTH) == 8
    for style in FOURTH:
        sheets = list(drawn(style))
        assert all(10 <= case.text.count("\n") <= 60 for case in sheets), style
        assert {bool([one for one in case.statements if one.slip]) for case in sheets} == {True, False}, style


@pytest.mark.parametrize("style", FOURTH)
def test_each_statement_stands_in_its_line_and_a_slip_is_no_other_way_to_write_it(style: str) -> None:
    for case in drawn(style):
        lines = case.text.split("\n")
        for one in case.statements:
            assert one.written in lines[one.line - 1]
            if one.slip and not one.denotes.count("x"):
                off = abs(float(Fraction(one.denotes)) - float(computed(one.work)))
                assert off > float(one.unit) / 2 + one.slack, (case.name, one)


def test_the_fractions_of_a_pdf_give_the_sizes_beside_them() -> None:
    read = 0
    for case in drawn("pdf-text-layer"):
        lines, said = case.text.split("\n"), at_line(case)
        for n, line in enumerate(lines):
            if found := re.match(r" +o = +\+ 1 = (\d+)  ", line):
                above, below = lines[n - 1], lines[n + 1]
                assert_told(case, f"floor(({value_of(above)})/{below.strip()}) + 1", found[1], said[n + 1])
                read += 1
    assert read > 20


def test_the_marks_of_a_question_add_up() -> None:
    for case in drawn("pdf-text-layer"):
        _, *questions = re.split(r"Question \d +\[", case.text)
        assert len(questions) == 3
        for one in questions:
            assert int(one.split()[0]) == len(re.findall(r"\b[MAB]1\b", one)) > 1


def test_receptive_fields_follow_from_the_rows_above_and_results_from_the_code_above() -> None:
    for case in drawn("org-notes"):
        said, r, jump = at_line(case), 1, 1
        for n, line in enumerate(case.text.split("\n"), 1):
            cells = [one.strip() for one in line.strip("|").split("|")]
            if line.startswith("|") and cells[0] not in ("layer", "input") and len(cells) == 5:
                k, s = int(cells[1]), int(cells[2])
                if all(one.right for one in said[n]):
                    assert [int(cells[4]), int(cells[3])] == [r + (k - 1) * jump, jump * s], (case.name, line)
                r, jump = int(cells[4]), int(cells[3])
                if not all(one.right for one in said[n]):
                    break  # the next row may go on with either number
        code = re.search(r'print\(f"\{(.*):\.3f\}"\)', case.text)
        result = re.search(r"^: (.*)$", case.text, re.MULTILINE)
        assert code
        assert result
        stored = next(one for one in case.statements if one.written == result[1])
        if stored.right:
            assert f"{eval(code[1]):.3f}" == result[1]


def test_a_macro_of_four_numbers_gives_the_size_behind_it() -> None:
    read = 0
    for case in drawn("tex-own-macros"):
        said = at_line(case)
        for n, line in enumerate(case.text.split("\n"), 1):
            if found := re.search(r"\\side\{(\d+)\}\{(\d+)\}\{(\d+)\}\{(\d+)\} = (\S+) ", line):
                i, k, p, s = found.groups()[:4]
                assert_told(case, f"floor(({i} - {k} + 2*{p})/{s}) + 1", found[5], said[n])
                read += 1
    assert read > 40


def test_chinese_products_give_what_stands_behind_them() -> None:
    read = 0
    for case in drawn("chinese-answers"):
        said = at_line(case)
        for n, line in enumerate(case.text.split("\n"), 1):
            if found := re.match(r"- (?:神经元|权重|连接)[个]?数：([\d×,]+)(?: = |＝)([\d,]+)", line):
                assert_told(case, found[1].replace(",", ""), found[2].rstrip(","), said[n])
                read += 1
    assert read > 60


def test_steps_with_momentum_and_adam_are_taken() -> None:
    momentum = adam = 0
    for case in drawn("optimiser-steps"):
        said = at_line(case)
        for n, line in enumerate(case.text.split("\n"), 1):
            if line.startswith("- step"):
                for part in re.split(r", (?=[gvw] = )", line.partition(": ")[2]):
                    _, work, stated = part.split(" = ")
                    assert_told(case, work, stated, said[n])
                    momentum += 1
            elif found := re.match(r"    (?:m|v|m̂|v̂)  = (.*) [=≈] (\S+)$", line):
                assert_told(case, found[1], found[2], said[n])
                adam += 1
    assert momentum > 50
    assert adam > 50


def test_asciimath_gives_what_stands_behind_it() -> None:
    read = 0
    for case in drawn("asciidoc-notes"):
        said = at_line(case)
        for n, line in enumerate(case.text.split("\n"), 1):
            works = re.findall(r"stem:\[([^=\]]*) (?:=|~~) ([^\]]+)\]", line)
            works += re.findall(r"^(?:mu|sigma\^2|sqrt\(\D+\)) = (.*) (?:=|~~) (\S+)$", line)
            for work, stated in works:
                if re.search(r"\d", work):
                    assert_told(case, work, stated, said[n])
                    read += 1
    assert read > 150


def test_the_working_of_a_key_gives_its_answer() -> None:
    read = 0
    for case in drawn("csv-key"):
        mark = ";" if case.text.startswith("no;") else ","
        rows = list(csv.reader(case.text.split("\n")[:-1], delimiter=mark))
        assert {len(row) for row in rows} == {6}
        said = at_line(case)
        for n, (_, question, working, answer, *_) in enumerate(rows[1:], 2):
            if working and not working.startswith("f'"):
                work = working.replace(",", ".")
                work = f"floor({work})" if "(floor)" in question else work
                assert_told(case, work, answer, said[n])
                read += 1
    assert read > 175


_LINES = {
    "convolution: `o": ("floor((i + 2*p - k)/s) + 1", r"o = (\S+)$"),
    "transposed": ("(i - 1)*s - 2*p + k", r"o = (\S+)$"),
    "receptive": ("1 + n*(k - 1)", r"r = (\S+)$"),
    "convolution: `(k": ("(k**2*c + 1)*n", r"⇒ (\S+) "),
    "depthwise": ("k**2*c + c*n", r"⇒ (\S+) "),
    "LSTM": ("4*((n + h)*h + h)", r"⇒ (\S+)$"),
    "self-attention": ("4*d**2", r"⇒ (\S+)$"),
    "dense": ("(n + 1)*m", r"⇒ (\S+)$"),
    "MACs": ("o**2*n*k**2*c", r"⇒ (\S+),"),
    "float32": ("4*B*C*H*W", r"⇒ (\S+)"),
    "cross-entropy": ("-log(p)", r"≈ (\S+)$"),
    "leaky": ("a*z", r"⇒ (\S+)$"),
    "sigmoid": ("1/(1 + exp(-z))", r"σ\(z\) ≈ ([\d.−]+)"),
}


@pytest.mark.parametrize("start", _LINES)
def test_each_formula_of_a_cheat_sheet_gives_its_instance(start: str) -> None:
    read, (work, where) = 0, _LINES[start]
    for case in drawn("cheat-sheet"):
        said = at_line(case)
        for n, line in enumerate(case.text.split("\n"), 1):
            if line.startswith(f"- {start}"):
                given = line.partition("; ")[2].partition(" ⇒")[0]
                names = dict(re.findall(r"(\w) = (\S+?)(?:, |$)", given))
                stated = re.search(where, line)
                assert stated
                numbers = work
                for name, value in names.items():
                    numbers = re.sub(rf"\b{name}\b", f"({value_of(value)})", numbers)
                assert_told(case, numbers, stated[1], said[n])
                read += 1
    assert read > 2


def test_the_reading_of_these_tests_itself() -> None:
    assert value_of("2·(−0.4) − 4") == -4.8
    assert value_of("96 (11² · 3 + 1)") == 34944
    assert value_of("1,024·10") == 10240
    assert math.isclose(value_of("-ln(0.5)"), 0.6931, abs_tol=1e-4)
