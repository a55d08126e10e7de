"""How derivations are written: what is printed, read by anybody, evaluates to what was computed."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.number_trees import OPERATORS, build, evaluate, evaluate_latex, numbers, trees

from nnutils.core import derivation_text
from nnutils.core.derivation_text import latex_name
from nnutils.core.numerals import grouped, latex_number
from nnutils.core.worked import Worked, total


def balanced(latex: str) -> bool:
    depth = 0
    for sign in re.findall(r"(?<!\\)[{}]", latex):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return depth == 0 and latex.count("\\left") == latex.count("\\right")


@given(trees)
def test_what_is_printed_evaluates_to_the_value(tree: Any) -> None:
    worked, value = build(tree)
    for mod in ("%", "|"):  # mod as tight as a product, mod looser than a sum: both readers must be right
        assert evaluate(worked.substitution, mod) == value
        assert evaluate(worked.formula, mod) == value
    assert evaluate(worked.work.split(" = ")[-1]) == value


@given(trees)
def test_latex_is_balanced_and_evaluates_to_the_value(tree: Any) -> None:
    worked, value = build(tree)
    assert balanced(worked.latex)
    for part in worked.named("").latex.split(" = "):
        assert evaluate_latex(part) == value


def test_a_writer_without_parentheses_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    difference = Worked(8) - (Worked(5) - 1)
    assert evaluate(difference.substitution) == 4
    monkeypatch.setattr(derivation_text, "_NEEDED", dict.fromkeys(derivation_text._NEEDED, (0, 0)))
    assert evaluate(difference.substitution) == 2


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Worked(3, "a") * (Worked(5, "b") % 4), "a · (b mod 4)"),
        (Worked(3, "a") + Worked(5, "b") % 4, "a + (b mod 4)"),
        ((Worked(3, "a") / Worked(5, "b")) * 2, "(a / b) · 2"),
        (Worked(3, "a") - (-Worked(5, "b")), "a − (−b)"),
        (Worked(3, "a") + (-2), "a + (−2)"),
        (-2 + Worked(3, "a"), "−2 + a"),
        (-(Worked(3, "a") + 1), "−(a + 1)"),
        ((Worked(3, "a") + 1) ** 2, "(a + 1)^2"),
        (2 ** (Worked(3, "a") - 1), "2^(a − 1)"),
        ((Worked(3, "a") ** 2) ** 2, "(a^2)^2"),
        (Worked(3, "a") / (Worked(5, "b") * 2), "a / (b · 2)"),
        ((Worked(3, "a") + 1) // (Worked(5, "b") * 2), "⌊(a + 1) / (b · 2)⌋"),
        (Worked(3, "a") / Fraction(1, 2), "a / (1/2)"),
    ],
)
def test_parentheses_stand_where_a_reader_needs_them(number: Worked, text: str) -> None:
    assert number.formula == text


A, B, DEBT = Worked(3, "a"), Worked(5, "b"), Worked(-4, "debt")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (A * (B / 2), "a · b / 2"),
        (A / B / 2, "a / b / 2"),
        (-A - B, "−a − b"),
        (A * B + DEBT * A, "a · b + debt · a"),
        (A**2 % B, "a^2 mod b"),
        (B % A**2, "b mod a^2"),
        (-(A**2), "−a^2"),
        (A * (B // 2) ** 2, "a · ⌊b / 2⌋^2"),
    ],
)
def test_parentheses_stand_nowhere_else(number: Worked, text: str) -> None:
    assert number.formula == text


@pytest.mark.parametrize(
    ("number", "latex"),
    [
        (A / (B + 1), r"\frac{\text{a}}{\text{b} + 1} = \frac{3}{5 + 1} = \frac{1}{2}"),
        (2 ** (A - 1), r"2^{\text{a} - 1} = 2^{3 - 1} = 4"),
        (A * (B / 2), r"\text{a} \cdot \frac{\text{b}}{2} = 3 \cdot \frac{5}{2} = \frac{15}{2}"),
        (A * 1000 - B // 2, r"\text{a} \cdot 1{,}000 - \left\lfloor \frac{\text{b}}{2} \right\rfloor"),
        (-(A + B), r"-\left(\text{a} + \text{b}\right) = -\left(3 + 5\right) = -8"),
        (total([A] * 13), r"\text{total} = \text{a} + \text{a} + \text{a} + \dots + \text{a}"),
    ],
)
def test_latex_is_written_as_one_would_write_it(number: Worked, latex: str) -> None:
    assert number.latex.startswith(latex)


@pytest.mark.parametrize(
    "name", ["kernel_size", "50%", "a&b", "{x}", "x^2", "#1", "back\\slash", "a~b", "$5$"]
)
def test_latex_names_are_escaped_outside_the_upright_text(name: str) -> None:
    latex = latex_name(name)
    assert balanced(latex)
    for inside in re.findall(r"\\text\{([^{}]*)\}", latex):
        assert not set(inside) & set("_%&#${}\\^~")


@pytest.mark.slow
def test_a_chain_of_20_000_additions_is_written_without_recursion_and_stays_short() -> None:
    number = Worked(7, "start")
    for _ in range(20_000):
        number = number + 1
    assert number.work == "20,005 + 1 + 1 = 20,007"
    assert max(map(len, number.steps())) < 200


@pytest.mark.parametrize(
    "step",
    [
        lambda x: 1 + x,
        lambda x: x - 1,
        lambda x: x * 1,
        lambda x: x // 1,
        lambda x: x % 997,
        lambda x: -x,
        lambda x: x**1,
        lambda x: (x + 1) * 1 - 1,
        lambda x: x.named("x") + 1,
        lambda x: total([x], "") + 0,
    ],
)
def test_a_long_chain_of_any_operation_is_written_without_recursion(step: Callable[[Worked], Worked]) -> None:
    number = Worked(7, "start")
    for _ in range(5_000):
        number = step(number)
    assert max(len(number.work), len(number.formula)) < 200
    assert len(number.latex) < 500
    lines = number.steps()
    assert max(map(len, lines)) < 300
    assert lines[-1].endswith(grouped(number.value))


def test_a_long_flat_sum_is_shortened_by_dots() -> None:
    assert total([Worked(i, f"n{i}") for i in range(1, 31)]).work == "1 + 2 + 3 + … + 30 = 465"
    assert total(range(1, 13)).work == "1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12 = 78"


@pytest.mark.parametrize(
    ("value", "text", "latex"),
    [
        (1234567, "1,234,567", "1{,}234{,}567"),
        (-1200, "−1,200", "-1{,}200"),
        (Fraction(-5000, 3), "−5,000/3", "-\\frac{5{,}000}{3}"),
        (np.int64(1200), "1,200", "1{,}200"),
    ],
)
def test_plain_numbers_are_grouped(value: Any, text: str, latex: str) -> None:
    assert (grouped(value), latex_number(value)) == (text, latex)


def test_total_of_nothing_is_zero_and_of_one_is_that_one() -> None:
    assert total([]) == 0
    assert total([Worked(5, "a")]).work == "5 = 5"


@given(st.lists(numbers, max_size=40))
def test_total_is_the_sum(values: list[Fraction]) -> None:
    assert total(values) == sum(values)


def test_a_named_result_shows_as_its_name_and_its_value() -> None:
    area = (Worked(11, "height") * Worked(11, "width")).named("area")
    weights = Worked(96, "filters") * area
    assert (weights.formula, weights.substitution) == ("filters · area", "96 · 121")
    assert (
        Worked(96, "filters") * (Worked(11, "height") * Worked(11, "width"))
    ).substitution == "96 · 11 · 11"


def test_naming_keeps_value_and_work_and_leaves_the_original_alone() -> None:
    product = Worked(3, "a") * 4
    named = product.named("area")
    assert (named, named.name, named.work) == (12, "area", "3 · 4 = 12")
    assert product.name == ""


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from("+-*")), min_size=1, max_size=20
    )
)
def test_steps_define_every_name_once_and_before_it_is_used(plan: list[tuple[int, int, str]]) -> None:
    made = [Worked(2, "given")]
    for i, (left, right, op) in enumerate(plan):
        result = OPERATORS[op](made[left % len(made)], made[right % len(made)])
        made.append((result % 97).named(f"t{i}"))
    last = made[-1]
    needed: set[str] = set()
    waiting = [last]
    while waiting:
        node = waiting.pop()
        if node.name and node.arguments:
            needed.add(node.name)
        waiting.extend(node.arguments)
    defined: list[str] = []
    for line in last.steps():
        name, formula, *rest = line.split(" = ")
        assert set(re.findall(r"t\d+", formula)) <= set(defined)
        assert evaluate(rest[0]) == evaluate(rest[-1])
        defined.append(name)
    assert sorted(defined) == sorted(needed)
    assert defined[-1] == last.name


def test_steps_of_an_unnamed_result_end_with_it_and_tell_no_sign_twice() -> None:
    assert (-Worked(7, "a") + 2).steps() == ["−a + 2 = −7 + 2 = −5"]
    assert Worked(7, "a").steps() == []


def test_equal_lines_of_two_separate_derivations_are_told_once() -> None:
    def area() -> Worked:
        return (Worked(3, "height") * Worked(4, "width")).named("area")

    assert (area() + area()).steps() == ["area = height · width = 3 · 4 = 12", "area + area = 12 + 12 = 24"]
