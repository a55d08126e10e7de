"""The sheets that measure the checker: what they call right is right, read and computed in another way."""

from __future__ import annotations

import json
import math
import random
import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

import pytest

from benchmarks.lint_cases import STYLES, Case, Placed, draw

OF_EACH_STYLE = 6  # sheets, so that there are more of them with more styles

FUNCTIONS = {name: getattr(math, name) for name in ("floor", "log", "exp", "sin", "cos", "sqrt")}
WORDS = {
    "M": 10**6,
    "percent": 1,
    "million": 10**6,
    "millions": 10**6,
    "Millionen": 10**6,
    "millones": 10**6,
    "MB": 1,
}
JUNK = (
    r"\num",
    r"\,",
    r"\%",
    "&nbsp;",
    "&thinsp;",
    "&#8239;",
    "&#160;",
    "’",
    "{,}",
    "<b>",
    "</b>",
    "\u202f",
    "\u00a0",
    " ",
    "'",
    "**",
    "%",
    "_",
)


def sheets() -> Iterator[Case]:
    for seed in range(OF_EACH_STYLE):
        chance = random.Random(seed)
        for name, made in STYLES.items():
            yield made(chance, f"{name}-{seed}")


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return list(sheets())


# --- an independent reading ---------------------------------------------------------------------------------


def with_comma(case: Case) -> bool:
    """Whether a sheet writes a decimal comma: in German without apostrophes, and in the Romance languages.

    A key in a spreadsheet never groups digits, so that a comma in a number there is a decimal one.
    """
    if case.style == "csv-key":
        return any("," in one.written for one in case.statements)
    styles = ("french", "spanish-problems", "italian-problems") + (
        "dados-e-pede-se",
        "lista-resolvida",
        "uitgewerkte-oplossing",
    )
    return case.style in styles or (case.style == "german" and not re.search(r"\d'\d", case.text))


def read(written: str, comma: bool) -> Fraction:
    """Read a number as written in any of the styles; of a size the first side."""
    text = written.replace("{,}", ",") if comma else written
    size = 1
    for word in WORDS:
        if text.endswith(f" {word}"):
            text, size = text.removesuffix(word), WORDS[word]
    if found := re.fullmatch(r"(.*\d)([KM])", text):
        text, size = found[1], {"K": 10**3, "M": 10**6}[found[2]]
    for junk in JUNK:
        text = text.replace(junk, "")
    text = (
        text.replace("−", "-")
        .replace("&minus;", "-")
        .replace("&#8722;", "-")
        .replace("{", "")
        .replace("}", "")
    )
    text = (
        re.sub(r"\\cdot|\\times|&times;|&#215;|[×·*]", "x", text).replace("<sup>", "^").replace("</sup>", "")
    )
    text = text.replace(".", "").replace(",", ".") if comma else text.replace(",", "")
    text = re.sub("10([⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda power: f"10^{unicodedata.normalize('NFKC', power[1])}", text)
    found = re.fullmatch(r"(-?(?:\d+(?:\.\d+)?|\.\d+))(?:(?:e|x10\^)(\d+))?(?:x.*)?", text)
    assert found, written
    return Fraction(found[1]) * 10 ** int(found[2] or 0) * size


def value(work: str) -> float:
    """Compute the arithmetic of a sheet with Python's own numbers."""
    return float(eval(work, {"__builtins__": {}, **FUNCTIONS}))


def slope(function: str, at: float) -> float:
    """Return the slope of a function by a difference quotient."""
    step = 1e-5
    above, below = (eval(function, {"x": x, **FUNCTIONS}) for x in (at + step, at - step))
    return float(above - below) / (2 * step)


def off(one: Placed, written: Fraction) -> float:
    """How far a number is from the right one, in halves of its last place; an exact one in millionths."""
    right = value(one.work)
    error = abs(float(written) - right)
    return error / (float(one.unit) / 2 if one.unit else 1e-6)


def is_formula(one: Placed) -> bool:
    return one.work.startswith("diff(")


def fits(one: Placed) -> bool:
    """Whether a formula has the slopes of its function."""
    function = one.work.removeprefix("diff(").removesuffix(", x)")
    places = (0.3, 1.1, 1.9)
    return all(
        math.isclose(slope(function, x), eval(one.denotes, {"x": x, **FUNCTIONS}), rel_tol=1e-5)
        for x in places
    )


def judged(cases: list[Case]) -> Iterator[tuple[Case, Placed]]:
    for case in cases:
        for one in case.statements:
            if not one.caused:
                yield case, one


# --- what is right is right ---------------------------------------------------------------------------------


def test_what_is_called_right_is_right_and_what_is_called_wrong_is_not(cases: list[Case]) -> None:
    right = wrong = 0
    for case, one in judged(cases):
        if is_formula(one):
            assert fits(one) is one.right, (case.name, one)
            continue
        written = read(one.written, with_comma(case))
        assert written == Fraction(one.denotes), (case.name, one)
        error = off(one, written)
        assert (error < 1.001) is one.right, (case.name, one, error)
        right, wrong = right + one.right, wrong + (not one.right)
    assert right > 1000 and wrong > 50


def test_a_slip_shows_beside_the_rounded_numbers_of_the_sheet_too(cases: list[Case]) -> None:
    for case, one in judged(cases):
        if not one.right and one.slack:
            written = read(one.written, with_comma(case))
            assert abs(float(written) - value(one.work)) > one.slack, (case.name, one)


PRODUCT = re.compile(
    r"(?<![\w.)²^/-])(\d[\d,']*(?: ?[*x·×] ?\d[\d,']*)+) = (\d[\d,.']*\d|\d)(?! ?[*x·×^/²\d])"
)
PLAINLY = ("midnight", "named-quantities", "powers-of-ten", "lecturer-prose", "bar-tables") + (
    "mail-key",
    "forum-answer",
)


def test_the_products_that_stand_in_the_text_give_what_stands_behind_them(cases: list[Case]) -> None:
    """Read from the text alone, without what the generator says about its arithmetic."""
    checked = 0
    for case in cases:
        if case.style not in PLAINLY or " 000" in case.text or "\u202f" in case.text:
            continue
        for number, line in enumerate(case.text.splitlines(), 1):
            here = [one for one in case.statements if one.line == number]
            for found in PRODUCT.finditer(line):
                if line[: found.start()].rstrip()[-1:] in set("*x·×^/-−+"):
                    continue  # only the end of a longer expression
                product, result = found.groups()
                stated = [one for one in here if one.written == result.rstrip(".,")]
                if len(stated) != 1 or stated[0].caused:
                    continue
                factors = [int(digits.replace(",", "")) for digits in re.findall(r"\d[\d,]*", product)]
                same = math.prod(factors) == int(re.sub(r"\D", "", result))
                assert same is stated[0].right, (case.name, line)
                checked += 1
    assert checked > 60


# --- how the sheets are made --------------------------------------------------------------------------------


def test_every_style_occurs_in_five_kinds_of_files(cases: list[Case]) -> None:
    assert {case.style for case in cases} == set(STYLES) and len(STYLES) >= 12
    assert {case.suffix for case in cases} == {".md", ".tex", ".txt", ".ipynb", ".html"}
    assert [case.style for case in draw(len(STYLES))] == list(STYLES)


def test_the_same_seed_draws_the_same_sheets() -> None:
    first, again, other = (
        [(case.text, case.statements) for case in draw(len(STYLES), seed)] for seed in (5, 5, 6)
    )
    assert first == again
    assert all(a[0] != b[0] for a, b in zip(first, other, strict=True))


def test_each_statement_stands_in_its_line(cases: list[Case]) -> None:
    for case in cases:
        lines = case.text.split("\n")
        for one in case.statements:
            line = lines[one.line - 1]
            if case.suffix == ".ipynb":
                line = json.loads(line.strip().rstrip(","))
            assert one.written in line, (case.name, one, line)


def test_notebooks_are_json_and_no_mark_is_left_in_a_text(cases: list[Case]) -> None:
    for case in cases:
        assert not re.search("[\ue000-\uf8ff]", case.text)
        if case.suffix == ".ipynb":
            assert json.loads(case.text)["cells"]


def test_what_needs_the_network_comes_with_it(cases: list[Case]) -> None:
    needing = [case for case in cases if any(one.needs_network for one in case.statements)]
    assert needing and all(case.network for case in needing)
    assert any(case.network is None for case in cases)


def test_many_sheets_have_no_slip_at_all(cases: list[Case]) -> None:
    clean = [case for case in cases if all(one.right for one in case.statements)]
    assert len(clean) > len(cases) / 4


@pytest.mark.parametrize(
    ("written", "comma", "number"),
    [
        (r"\num{34848}", False, Fraction(34848)),
        ("34{,}848", False, Fraction(34848)),
        ("0{,}229", True, Fraction("0.229")),
        ("34_848", False, Fraction(34848)),
        ("105.4 M", False, Fraction(105_400_000)),
        ("3.2M", False, Fraction(3_200_000)),
        ("803K", False, Fraction(803_000)),
        ("97.3 percent", False, Fraction("97.3")),
        ("8.128", True, Fraction(8128)),
        ("8.128", False, Fraction("8.128")),
        ("2.1·10¹⁰", False, Fraction(21_000_000_000)),
        (r"\num{2.83e8}", False, Fraction(283_000_000)),
        ("33&#8239;611&#8239;688", False, Fraction(33_611_688)),
        ("2,7 millones", True, Fraction(2_700_000)),
        ("70,5 Millionen", True, Fraction(70_500_000)),
        (r"1.79 \cdot 10^{7}", False, Fraction(17_900_000)),
        ("1.79 &times; 10<sup>7</sup>", False, Fraction(17_900_000)),
        ("&minus;0.5", False, Fraction(-1, 2)),
        ("12.5 %", False, Fraction("12.5")),
        ("-.25", False, Fraction(-1, 4)),
        ("55&times;55&times;96", False, Fraction(55)),
    ],
)
def test_the_reading_of_these_tests_itself(written: str, comma: bool, number: Fraction) -> None:
    assert read(written, comma) == number
