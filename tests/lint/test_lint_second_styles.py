"""The second set of styles, each read in a way of its own: by Python, docutils, torch, a parser of XML."""

from __future__ import annotations

import contextlib
import io
import json
import math
import random
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree

import pytest
from docutils.core import publish_doctree
from docutils.parsers.rst import directives, roles

from benchmarks.lint_cases import STYLES, Case, Placed

SEEDS = 12


def drawn(style: str, seeds: int = SEEDS) -> Iterator[Case]:
    for seed in range(seeds):
        yield STYLES[style](random.Random(seed), f"{style}-{seed}")


def stated(case: Case, line: int, written: str) -> Placed:
    """Return the statement of a line; the last one where a number stands there twice."""
    found = [one for one in case.statements if one.line == line and one.written == written]
    assert found, (case.name, line, written)
    return found[-1]


def test_what_the_interpreter_replied_is_what_python_gives() -> None:
    compared = 0
    for case in drawn("forum-answer"):
        lines = case.text.split("\n")
        for number, line in enumerate(lines):
            if not line.startswith(">>> ") or "import" in line:
                continue
            reply = lines[number + 1]
            result = eval(line.removeprefix(">>> "), {"exp": math.exp, "__builtins__": {"round": round}})
            one = stated(case, number + 2, reply.strip("'").removesuffix(" kB"))
            if not one.caused:
                assert (repr(result) == reply) is one.right, (case.name, line, reply)
            compared += 1
    assert compared == 4 * SEEDS


def test_the_fractions_of_a_mail_give_the_sizes_beside_them() -> None:
    compared = 0
    for case in drawn("mail-key", 30):
        lines = case.text.split("\n")
        for number, line in enumerate(lines):
            found = re.fullmatch(r" +o = (-+) \+ 1 = (\S+)(    \(fraction rounded down\))?", line)
            if not found:
                continue
            # the bar covers what stands above and below it
            left, right = found.span(1)
            above, below = lines[number - 1], lines[number + 1]
            assert not (above[:left] + above[right:] + below[:left] + below[right:]).strip()
            value = Fraction(eval(above)) / int(below) + 1
            assert (value.denominator > 1) is bool(found[3])
            one = stated(case, number + 1, found[2])
            assert (math.floor(value) == int(found[2].replace(",", ""))) is one.right
            compared += 1
    assert compared == 30


def test_the_points_of_a_mail_are_those_of_its_questions() -> None:
    for case in drawn("mail-key", 6):
        points = re.findall(r"^ *(?:\d )?(i+)\) \((\d)P\)", case.text, re.MULTILINE)
        assert [name for name, _ in points] == ["i", "ii", "iii", "i", "ii", "iii", "i", "ii"]
        sums = re.findall(r"question \d: ([\d +]+) =", case.text)
        assert [int(one) for text in sums for one in text.split(" + ")] == [int(one) for _, one in points]


def test_a_report_is_sound_restructuredtext(monkeypatch: pytest.MonkeyPatch) -> None:
    # docutils alone: Sphinx, where it is imported, puts directives and roles of its own in the place of some
    monkeypatch.setattr(directives, "_directives", {})
    monkeypatch.setattr(roles, "_roles", {})
    for case in drawn("rst-report"):
        tree = publish_doctree(case.text, settings_overrides={"halt_level": 2, "report_level": 5})
        tables = [
            [[cell.astext() for cell in row.findall(lambda node: node.tagname == "entry")] for row in rows]
            for table in tree.findall(lambda node: node.tagname == "table")
            if (rows := list(table.findall(lambda node: node.tagname == "row")))
        ]
        layers, trace = tables
        assert {len(row) for row in layers} == {6} and {len(row) for row in trace} == {3}
        assert layers[-1][0] == "total" and all(row[-1] for row in layers)


def test_the_code_of_a_notebook_prints_what_stands_below_it() -> None:
    torch = pytest.importorskip("torch")
    right = [case for case in drawn("printed-notebook", 20) if all(one.right for one in case.statements)]
    assert len(right) >= 3
    for case in right[:3]:
        names: dict[str, Any] = {}
        cells = [cell for cell in json.loads(case.text)["cells"] if cell["cell_type"] == "code"]
        for number, cell in enumerate(cells):
            said = io.StringIO()
            # a network of a hundred million weights, of which only the shapes are asked
            place = torch.device("meta") if number < 3 else contextlib.nullcontext()
            with contextlib.redirect_stdout(said), place:
                exec("".join(cell["source"]), names)
            shown = "".join(line for output in cell["outputs"] for line in output["text"])
            assert said.getvalue() == shown, case.name


def test_a_wiki_page_is_sound_and_its_table_adds_up() -> None:
    clean = 0
    for case in drawn("wiki-page"):
        root = ElementTree.fromstring(case.text)
        table, softmax = root.iter("table")
        rows = [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
        assert {len(row) for row in rows[:-1]} == {8} and len(rows[-1]) == 4
        if any(one.slip or one.caused for one in case.statements):
            continue
        clean += 1
        numbers = [[int("0" + re.sub(r"\D", "", cell)) for cell in row[-3:]] for row in rows[1:]]
        assert all(weights + biases == both for weights, biases, both in numbers)
        assert [sum(column) for column in zip(*numbers[:-1], strict=True)] == numbers[-1]
        shares = [
            float(row[2][0].text or "") if len(row[2]) else float(row[2].text or "") for row in softmax[1:]
        ]
        assert sum(shares[:-1]) == pytest.approx(1, abs=0.002)
    assert clean >= 2


PLAIN_TEX = {r"\cdot": "*", r"\times": "*", r"\left(": "(", r"\right)": ")", "{": "(", "}": ")", "^": "**"}


def test_the_chains_of_derivatives_give_what_stands_behind_them() -> None:
    """Read the numbers of each row from the text, and compute with them."""
    compared = 0
    for style in ("beamer-frames", "rst-report"):
        for case in drawn(style):
            for number, line in enumerate(case.text.split("\n"), 1):
                if not re.match(r" +\\(bar|dot) ", line) or line.count("=") - line.count("&=&") < 2:
                    continue
                *_, numbers, result = re.split(r"(?:\\;)?(?:=|\\approx)(?:\\;)?", line.removesuffix(r"\\"))
                text = re.sub(r"\\d?frac\{([^{}]+)\}\{([^{}]+)\}", r"((\1)/(\2))", numbers)
                for tex, python in PLAIN_TEX.items():
                    text = text.replace(tex, python)
                text = re.sub(r"\\(sin|cos)", r"\1", text)
                if re.search(r"[a-z]", re.sub("sin|cos", "", text)):
                    continue  # a row without numbers put in
                one = stated(case, number, result.strip())
                if one.caused or one.slack > 0.2:
                    continue
                value = eval(text.strip(), {"sin": math.sin, "cos": math.cos})
                near = abs(value - float(result)) <= one.slack + float(one.unit) / 2 + 1e-9
                assert near is one.right, (case.name, line, value)
                compared += 1
    assert compared > 40


MARKS = ".'’\u202f"
RAISED_PRODUCT = re.compile(
    rf"(?<![\d,{MARKS}·²)])(?<![+−/·] )(\d[\d{MARKS}]*²?(?: ?· ?\d[\d{MARKS}]*²?)+) *= *(\d[\d{MARKS}]*)"
)


@pytest.mark.parametrize("style", ["scanned-hand", "spanish-problems"])
def test_products_with_dots_and_squares_give_what_stands_behind_them(style: str) -> None:
    compared = wrong = 0
    for case in drawn(style, 30):
        for number, line in enumerate(case.text.split("\n"), 1):
            for found in RAISED_PRODUCT.finditer(line):
                product, result = found[1], found[2].rstrip(".")
                factors = [
                    int(re.sub(r"\D", "", one)) ** (2 if one.endswith("²") else 1)
                    for one in product.split("·")
                ]
                here = [one for one in case.statements if one.line == number and one.written == result]
                if len(here) != 1 or here[0].caused:
                    continue  # written twice in its line, or computed with a wrong number
                same = math.prod(factors) == int(re.sub(r"\D", "", result))
                assert same is here[0].right, (case.name, line)
                compared, wrong = compared + 1, wrong + (not same)
    assert compared > 150 and wrong > 5
