"""The third set of styles, each read in a way of its own, from its text alone."""

from __future__ import annotations

import json
import math
import random
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from benchmarks.lint_cases import SETS, STYLES, Case, Placed

SEEDS = 12


def drawn(style: str, seeds: int = SEEDS) -> Iterator[Case]:
    for seed in range(seeds):
        yield STYLES[style](random.Random(seed), f"{style}-{seed}")


def stated(case: Case, line: int, written: str) -> Placed:
    """Return the statement of a line; the first one where a number stands there twice."""
    found = [one for one in case.statements if one.line == line and one.written == written]
    assert found, (case.name, line, written)
    return found[0]


def whole(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def agrees(case: Case, line: int, written: str, same: bool) -> bool:
    """Compare with what the generator says of a statement; whether there was something to compare."""
    one = stated(case, line, written)
    if not one.caused:
        assert same is one.right, (case.name, line, written)
    return not one.caused


def test_there_are_eight_styles_and_each_draws_slips_and_right_sheets() -> None:
    for style in SETS["third"]:
        cases = list(drawn(style))
        assert all(len(case.statements) >= 10 for case in cases), style
        assert sum(all(one.right for one in case.statements) for case in cases) >= 2, style
        assert sum(bool(one.slip) for case in cases for one in case.statements) >= 4, style
        assert [case.text for case in drawn(style, 3)] == [case.text for case in cases[:3]]


@pytest.mark.parametrize("style", SETS["third"])
def test_a_slip_stands_at_its_line_and_the_right_number_stood_there_without_it(style: str) -> None:
    """The numbers of a line are those of its statements, in this order, among others."""
    for case in drawn(style, 6):
        lines, at = case.text.split("\n"), dict[int, int]()
        for one in case.statements:
            line = lines[one.line - 1]
            text = json.loads(line.strip().rstrip(",")) if case.suffix == ".ipynb" else line
            place = text.find(one.written, at.get(one.line, 0))
            assert place >= 0, (case.name, one)
            at[one.line] = place + len(one.written)


# --- slides -------------------------------------------------------------------------------------------------


def test_the_points_of_slides_lead_where_their_arrows_point() -> None:
    compared = 0
    for case in drawn("slide-points", 20):
        for number, line in enumerate(case.text.split("\n"), 1):
            found = re.fullmatch(r"- \w+: ([^→]*\d(?:² ?[·×].*|.* \+ 1.*)) → (\S+)(?: (M))?", line)
            if not found:
                continue
            work, shown, millions = found.groups()
            python = re.sub(r"(?<=\d)[,\u202f\u00a0](?=\d{3})", "", work)
            value = eval(python.replace("²", "**2").replace("·", "*").replace("×", "*"))
            if millions:
                same = abs(value / 1e6 - float(re.sub("[,\u202f\u00a0]", "", shown))) <= 0.0500001
                shown = f"{shown} M"
            else:
                same = value == whole(shown)
            compared += agrees(case, number, shown, same)
    assert compared > 60


# --- speech -------------------------------------------------------------------------------------------------

SIGNS = {"times": "*", "plus": "+", "minus": "-", "divided by": "/", "to the power of": "**"}
NUMBER = r"\d[\d,]*(?:\.\d+)?"
SPOKEN = re.compile(
    rf"({NUMBER}(?: (?:{'|'.join(SIGNS)}) {NUMBER})+)(?: connections, which| weights,)? is ({NUMBER})"
)


def test_what_a_lecturer_says_comes_out_so() -> None:
    compared = wrong = 0
    for case in drawn("spoken-lecture", 20):
        for number, line in enumerate(case.text.split("\n"), 1):
            for found in SPOKEN.finditer(line):
                work = found[1].replace(",", "")
                for said, sign in SIGNS.items():
                    work = work.replace(said, sign)
                shown = found[2].rstrip(",")
                places = len(shown.partition(".")[2])
                same = abs(eval(work) - float(shown.replace(",", ""))) <= (
                    0.5001 * 10**-places if places else 0
                )
                compared += agrees(case, number, shown, same)
                wrong += not same
    assert compared > 150 and wrong > 5


# --- spreadsheets -------------------------------------------------------------------------------------------


def test_the_formulas_of_a_spreadsheet_give_its_values() -> None:
    names: dict[str, Any] = {"INT": math.floor, "EXP": math.exp, "SQRT": math.sqrt}
    names |= {"SUM": lambda *all_: sum(all_), "AVERAGE": lambda *all_: sum(all_) / len(all_)}
    compared = 0
    for case in drawn("spreadsheet-cells"):
        for number, line in enumerate(case.text.split("\n"), 1):
            cells = re.split(r"\t| ; ", line)
            if len(cells) != 3 or not cells[1].startswith("="):
                continue
            value = eval(cells[1][1:].replace("^", "**").replace(";", ","), names)
            shown = cells[2].removesuffix("%")
            value *= 100 if shown != cells[2] else 1
            places = len(shown.partition(".")[2])
            same = abs(value - float(shown)) <= 0.50001 * 10**-places * (places > 0) + 1e-9
            compared += agrees(case, number, cells[2], same)
    assert compared > 150


def test_the_columns_of_a_spreadsheet_add_up_where_nothing_slipped() -> None:
    clean = 0
    for case in drawn("spreadsheet-cells", 20):
        if not all(one.right for one in case.statements):
            continue
        clean += 1
        lines = case.text.split("\n")
        rows = [re.split(r"\t| ; ?", line) for line in lines[3 : lines.index("4 bytes for each parameter")]]
        head, *layers, total = rows
        for name in ("weights", "biases", "params"):
            column = head.index(name)
            assert sum(int(row[column]) for row in layers) == int(total[column]), case.name
        for before, after in zip(layers, layers[1:], strict=False):
            side = before[head.index("out_side")]
            if after[head.index("in_side")]:
                assert after[head.index("in_side")] == side
                assert after[head.index("in_ch")] == before[head.index("out_ch")]
    assert clean >= 3


# --- code ---------------------------------------------------------------------------------------------------


def comments(source: str, names: dict[str, Any]) -> Iterator[tuple[int, str, Any]]:
    """Run a cell line by line; yield the numbers of lines, what their comments begin with, and the values."""
    for number, line in enumerate(source.split("\n")):
        before, _, after = line.partition("  # ")
        exec(before, names)
        found = re.match(r"[\d_]+", after)
        if found and " = " in before:
            yield number, found[0], names[before.partition(" = ")[0]]


def test_code_gives_what_its_comments_and_outputs_say() -> None:
    compared = 0
    for case in drawn("commented-code"):
        cells = [cell for cell in json.loads(case.text)["cells"] if cell["cell_type"] == "code"]
        names: dict[str, Any] = {"math": math}
        lines = case.text.split("\n")
        for cell in cells[1:]:
            source = "".join(cell["source"])
            if "assert" in source or "def f" in source:
                continue
            for _, written, value in comments(source, names):
                same = int(written) == value
                here = [n for n, line in enumerate(lines, 1) if f"  # {written}" in line]
                found = [one for one in case.statements if one.line in here and one.written == written]
                assert found
                if not any(one.caused for one in found):
                    assert same is found[0].right or len(found) > 1, (case.name, written)
                    compared += 1
            value = eval(source.split("\n")[-1].partition("  # ")[0], names)
            shown = "".join(cell["outputs"][0]["data"]["text/plain"])
            if all(one.right for one in case.statements):
                assert shown.replace("_", "").strip("'") == str(value), (case.name, shown)
    assert compared > 60


def test_the_assertions_of_a_right_notebook_hold_and_those_of_a_wrong_one_do_not() -> None:
    failed = 0
    for case in drawn("commented-code", 20):
        for number, line in enumerate(case.text.split("\n"), 1):
            if '"assert ' not in line:
                continue
            work, _, shown = (
                json.loads(line.strip().rstrip(",")).strip().removeprefix("assert ").rpartition(" == ")
            )
            same = eval(work, {"math": math}) == float(shown)
            failed += not same
            assert agrees(case, number, shown, same)
    assert failed >= 2


# --- quizzes ------------------------------------------------------------------------------------------------


def test_one_box_of_a_question_is_ticked_and_no_other_is_right() -> None:
    for case in drawn("quiz-boxes", 20):
        questions = re.split(r"^\*\*\d\.\*\* ", case.text, flags=re.MULTILINE)[1:]
        assert len(questions) == 6
        for question in questions:
            ticked = re.findall(r"^- \[x\] (.*)$", question, re.MULTILINE)
            empty = re.findall(r"^- \[ \] (.*)$", question, re.MULTILINE)
            assert len(ticked) == 1 and len(empty) in (2, 3) and ticked[0] not in empty
            assert len(set(empty)) == len(empty)
    for case in drawn("quiz-boxes", 20):
        lines = case.text.split("\n")
        for one in case.statements:
            assert not lines[one.line - 1].startswith("- [ ]"), "the box that is not ticked claims nothing"
            right = eval(one.work, {"floor": math.floor, "exp": math.exp}) if "diff" not in one.work else None
            if right is None or not lines[one.line - 1].startswith("- [x]"):
                continue
            block = [line for line in lines[one.line - 5 : one.line + 4] if line.startswith("- [ ]")]
            for line in block:
                number = re.search(r"−?[\d,]+(?:\.\d+)?", line.replace("- [ ]", ""))
                assert number
                # what is wrong is wrong by more than a rounding
                value = float(number[0].replace(",", "").replace("−", "-"))
                assert abs(value - right) > 0.0005, (case.name, line)


# --- pages --------------------------------------------------------------------------------------------------


class Balanced(HTMLParser):
    """A parser that keeps the elements that are open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_page_of_a_course_is_sound_html_with_closed_formulas() -> None:
    for case in drawn("course-page"):
        parser = Balanced()
        parser.feed(case.text)
        assert not parser.open and "&" not in re.sub("&=", "", parser.text)
        assert case.text.count(r"\(") == case.text.count(r"\)") and case.text.count("<details>") == 5


TEX_PRODUCT = re.compile(
    r"(?<![\d,}^])(?<!\\cdot )(?<!\\times )(?<!\+ )(?<!- )(?<!\\,)(?<!\{,\})"
    r"(\d[\d\\,{}.]*(?:\^2)?(?: \\(?:cdot|times) \d[\d\\,{}.]*(?:\^2)?)+(?: \+ \d+)?) = (\d[\d\\,{}.]*\d|\d)"
)


@pytest.mark.parametrize("style", ["course-page", "italian-problems"])
def test_products_in_latex_give_what_stands_behind_them(style: str) -> None:
    compared = wrong = 0
    for case in drawn(style, 20):
        for number, line in enumerate(case.text.split("\n"), 1):
            for found in TEX_PRODUCT.finditer(line):
                work = re.sub(r"\\,|\{,\}|(?<=\d)[.](?=\d{3})", "", found[1])
                value = eval(re.sub(r"\\(cdot|times)", "*", work).replace("^", "**"))
                written = found[2]
                if not [one for one in case.statements if one.line == number and one.written == written]:
                    continue  # more follows, such as a decimal
                compared += agrees(case, number, written, value == whole(written))
                wrong += value != whole(written)
    assert compared > 60 and wrong > 3


# --- traces -------------------------------------------------------------------------------------------------


def test_the_two_ways_of_a_table_meet_in_the_gradient() -> None:
    clean = numbers = 0
    for case in drawn("tex-two-ways", 20):
        if not all(one.right for one in case.statements):
            continue
        clean += 1
        tables = re.findall(r"\\midrule\n(.*?)\\bottomrule.*?nabla y = \((.*?)\)", case.text, re.DOTALL)
        assert len(tables) == 2
        for body, gradient in tables:
            rows = [
                [cell.strip().strip("$") for cell in line.rstrip("\\ ").split("&")]
                for line in body.split("\n")
            ]
            rows = [row for row in rows if len(row) == 6]
            assert [row[0] for row in rows[:2]] == ["x_1", "x_2"]
            assert ", ".join(row[5] for row in rows[:2]) == gradient
            assert rows[-1][5] == "1" and all(row[3] == rf"\bar {row[0]}" for row in rows)
            for row in rows:
                text = re.sub(r"\\frac\{([^{}]+)\}\{([^{}]+)\}", r"((\1)/(\2))", row[4])
                for tex, python in {r"\cdot": "*", r"\left(": "(", r"\right)": ")", "^": "**"}.items():
                    text = text.replace(tex, python)
                text = re.sub(r"\\(sin|cos)", r"\1", text)
                if not text or re.search(r"[_\\{]", text):
                    continue
                value = eval(text, {"sin": math.sin, "cos": math.cos})
                assert value == pytest.approx(float(row[5]), rel=0.02, abs=0.05), (case.name, row)
                numbers += 1
    assert clean >= 3 and numbers > 5


def test_the_steps_below_the_tables_are_taken() -> None:
    compared = 0
    for case in drawn("tex-two-ways", 30):
        for number, line in enumerate(case.text.split("\n"), 1):
            found = re.search(r"leftarrow (.*) = (-?[\d.]+)", line)
            if found:
                value = eval(found[1].replace(r"\cdot", "*"))
                compared += agrees(case, number, found[2], math.isclose(value, float(found[2]), abs_tol=1e-9))
    assert compared > 20
