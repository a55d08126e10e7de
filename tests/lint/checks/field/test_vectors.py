"""Vectors: products, convolutions and softmax entry by entry; distributions add up to 1."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from nnutils.lint import lint
from nnutils.lint.checks.field.distributions import check_distributions
from nnutils.lint.checks.field.vector_text import literals_in, worths
from nnutils.lint.checks.field.vectors import check_vectors
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.language import tokens_of
from nnutils.lint.numbers import ENGLISH
from nnutils.lint.sheets import Sheet, piece_of
from nnutils.lint.values.interval import UndefinedError


def judged(text: str) -> list[Finding]:
    context = Context(Sheet("sheet.txt", text, (piece_of(text),)), ENGLISH)
    return [*check_vectors(context), *check_distributions(context)]


@pytest.mark.parametrize(
    "text",
    [
        "[1, 2, 3, 4] * [1, 0, 2] = [1, 2, 5, 8, 6, 8]",
        "Valid: [1, 2, 3, 4] * [1, 0, 2] = [5, 8]",
        "Same: [1, 2, 3, 4] * [1, 0, 2] = [2, 5, 8, 6]",
        "[1, 2, 3, 4] * [1, 0, 2] = [7, 10]",  # the kernel is not flipped
        "[1, 2]·[3, 4] = 11",
        "[1, 2]^(⊤) [3, 4] = 1 · 3 + 2 · 4 = 11",
        "[1, 2; 3, 4] [5; 6] = [17; 39]",
        "[1, 2; 3, 4] · [5, 6; 7, 8] = [19, 22; 43, 50]",
        "2 · [1, 2] + [3, 4] = [5, 8]",
        "[0 · 2 + 1 · 1, 4] = [1, 4]",
        "softmax([1, 2, 3]) = [0.090, 0.245, 0.665]",
        "ReLU([−1, 2]) = [0, 2] and σ([0, 1]) = [0.5, 0.731]",
        "The softmax output is (0.33, 0.33, 0.33).",
        "The class probabilities are [0.659, 0.242, 0.099].",
        "The output distribution is [1/4, 1/4, 1/2].",
        "z = [1, 3, 0, 2], so softmax(z) = [0.087, 0.644, 0.032, 0.237].",
        "We have z = [1, 3, 0, 2].\n\nThen softmax(z) = exp(z) / 31.193 = [0.087, 0.644, 0.032, 0.237]",
        "softmax(z) = [0.245, 0.665, 0.090], where z = [1, 2, 0]",
        "W = [2, 1; 0, 3], x = [4, 5] and b = [1, 1]. So W x + b = [14, 16].",
        "u = [1, 2, 3], v = [0, 1, 2]: u · v = 8 and u − v = [1, 1, 1]",
        "[1 · 2 + 3 · 0, 2 · 2,; 3 · 2, 4 · 2] = [2, 4, 6, 8]",
        "[1, 2] + [3, 4] =\n[4, 6]",
        "z = [1, 3, 0, 2]\nsoftmax(z) = [0.087, 0.644, 0.032, 0.237]\n",
    ],
)
def test_right_vectors_are_right(text: str) -> None:
    found = judged(text)
    assert found and {one.verdict for one in found} == {"right"}, found


@pytest.mark.parametrize(
    "text, computed, reason",
    [
        (
            "[1, 2, 3, 4] * [1, 0, 2] = [1, 2, 5, 8, 6, 9]",
            "[1, 2, 5, 8, 6, 8]",
            "Entry 6 of the full convolution is 8",
        ),
        ("[1, 2]·[3, 4] = 12", "11", "The dot product is 11"),
        ("[1, 2; 3, 4] · [5, 6; 7, 8] = [19, 22; 43, 51]", "[19, 22; 43, 50]", "Entry (2, 2)"),
        ("2 · [1, 2] + [3, 4] = [5, 9]", "[5, 8]", "Entry 2 is 8, not 9"),
        ("[0 · 2 + 1 · 1, 4] = [2, 4]", "[1, 4]", "Entry 1 is 1, not 2"),
        (
            "softmax([1, 2, 3]) = [0.090, 0.254, 0.665]",
            "[0.090, 0.245, 0.665]",
            "Entry 2 is 0.245, not 0.254",
        ),
        ("The class probabilities are [0.09, 0.24, 0.76].", "", "add up to 1.09"),
        ("softmax(z) = (0.6, 0.7, −0.3)", "", "not negative"),
        (
            "z = [1, 3, 0, 2], so softmax(z) = [0.087, 0.634, 0.042, 0.237].",
            "[0.087, 0.644, 0.032, 0.237]",
            "Entry 2 is 0.644, not 0.634",
        ),
        (
            "z = [1, 3, 0].\nexp(z) = [2.718, 20.086, 1], softmax(z) = exp(z)/23.8 = [0.114, 0.844, 0.024]",
            "[0.114, 0.844, 0.042]",
            "Entry 3 is 0.042, not 0.024",
        ),
        ("W = [2, 1; 0, 3], x = [4, 5] and b = [1, 1]. So W x + b = [14, 15].", "[14, 16]", "Entry 2 is 16"),
        ("u = [1, 2, 3], v = [0, 1, 2]: u · v = 9", "8", "The dot product is 8"),
        ("[1, 2] + [3, 4] = [4, 7]\n[1, 1] + [1, 1] = [2, 2]", "[4, 6]", "Entry 2 is 6, not 7"),
        ("[1 · 2 + 3 · 0, 2 · 2,; 3 · 2, 4 · 2] = [2, 4, 5, 8]", "[2, 4, 6, 8]", "Entry 3 is 6, not 5"),
    ],
)
def test_wrong_vectors_are_found(text: str, computed: str, reason: str) -> None:
    wrong = [one for one in judged(text) if one.verdict != "right"]
    assert {one.verdict for one in wrong} == {"wrong"}
    assert wrong[0].computed == computed and reason in wrong[0].why


@pytest.mark.parametrize(
    "text",
    [
        "f(1, 2) = (3, 4)",
        "(3, 32, 32) → (16, 32, 32)",
        "x ∈ [0, 1], and y = [1, 2] = z",
        "The logits [1, 2, 3] give other scores: [0.1, 0.2, 0.8].",
        "The softmax of [0.1, 0.2, 0.3] is nearly uniform.",
        "The dropout probabilities are [0.2, 0.5].",
        "The sigmoid outputs independent probabilities [0.9, 0.8].",
        "[1, 2, 3, 4] * [1, 0, 2] with stride 2 = [1, 5]",
        "[a, 2] + [1, 2] = [b, 5]",
        "The probabilities [0.2, 0.3] and [0.1, 0.4] are not a distribution.",
        "[1, 2, 3] = [1, 2, 4]",
        "z = [1, 2]. f(z) = [5, 6], |z| = 4, max(z) = [7, 8], A z = [9, 9], z_1 = [3, 3], z^2 = [4, 4]",
        "x = [1, 2] and later x = [3, 4], so x + 1 = [2, 3] or x + 1 = [4, 5] or x + 1 = [0, 0]",
        "x = [1, 2], x = 3, 2 · x = [6, 8]",
        "x = y + [1, 2], and 2 · x = [6, 8]",
        "y = [1, 2] + [a, b], and 2 · y = [6, 8]",
        "a = [1, 2]. This is a [3, 4] = [5, 6].",
        "[1, 2] + [3, 4] = [4, 6] [1, 1] + [1, 1] = [2, 2]",
        "[1, 2] + [3, 4] = [4, 6]\n[1, 1] + [1, 1] = [2, 2]\n[1, 1] − [1, 1] = [0, 0]",
        "seq([0, 2]) = (0, 0)",
        "seq([0, 2])=(0,0) and seq[0, 1] = [0, 2]",
    ],
)
def test_what_is_not_clear_is_no_alarm(text: str) -> None:
    assert not [one for one in judged(text) if one.verdict not in ("right", "unchecked")]


def test_convolutions_agree_with_numpy_and_each_changed_entry_is_found() -> None:
    chance = random.Random(2)
    for _ in range(60):
        signal = [chance.randint(-4, 9) for _ in range(chance.randint(3, 6))]
        kernel = [chance.randint(1, 5) for _ in range(chance.randint(2, 3))]
        full = [int(value) for value in np.convolve(signal, kernel, "full")]
        text = f"{signal} * {kernel} = {full}"
        assert [one.verdict for one in judged(text)] == ["right"], text
        place = chance.randrange(len(full))
        changed = [value + 1 if index == place else value for index, value in enumerate(full)]
        found = judged(f"{signal} * {kernel} = {changed}")
        unflipped = [int(value) for value in np.convolve(signal, kernel[::-1], "full")]
        assert [one.verdict for one in found] == ["right" if changed == unflipped else "wrong"]
        assert (
            found[0].computed == str(full).replace("-", "−") or changed == unflipped or kernel == kernel[::-1]
        )


def test_softmax_is_judged_at_the_precision_written() -> None:
    chance = random.Random(3)
    for _ in range(60):
        logits = [chance.randint(-3, 3) for _ in range(chance.randint(2, 4))]
        shares = [math.exp(value) / sum(math.exp(other) for other in logits) for value in logits]
        written = [f"{value:.3f}" for value in shares]
        text = f"softmax({logits}) = [{', '.join(written)}]"
        assert "wrong" not in {one.verdict for one in judged(text)}, text
        written[0] = f"{shares[0] + 0.004:.3f}"
        text = f"softmax({logits}) = [{', '.join(written)}]"
        assert "wrong" in {one.verdict for one in judged(text)}, text


def test_a_name_means_what_its_own_section_says() -> None:
    first, second = "z = [1, 3]", "softmax(z) = [0.119, 0.881]"
    wrong = "softmax(z) = [0.269, 0.731]"
    for heading, expected in (("", ["wrong"]), ("Question 2", [])):
        pieces = [piece_of(first)]
        if heading:
            pieces.append(piece_of(heading, kind="heading"))
        for text, verdicts in ((second, ["right"] if not heading else []), (wrong, expected)):
            context = Context(Sheet("sheet.txt", " " * 99, (*pieces, piece_of(text))), ENGLISH)
            assert [one.verdict for one in check_vectors(context)] == verdicts


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("- ReLU: (1.1, −3.7, 1, 0.9) → (1.1, 0, 1, 0.9)", ["right"]),
        ("- ReLU: (1.1, −3.7, 1, 0.9) → (1.1, 0, 0, 0.9)", ["wrong"]),
        ("softmax: (1, 0, −1) → (0.665, 0.245, 0.009)", ["wrong"]),
        ("The ReLU of (1, −2) = (1, 2).", ["wrong"]),
        ("Layer with ReLU: (3, 224, 224) → (64, 55, 55)", []),
        ("ReLU: (64, 55, 55) → (64, 27, 27)", []),  # shapes
        ("Leaky ReLU: (1, −2) → (1, −0.02)", []),
        ("Linear + ReLU: (1, −2) → (0.3, 0)", []),
    ],
)
def test_a_function_with_its_argument_behind_a_colon(text: str, verdicts: list[str]) -> None:
    assert [one.verdict for one in lint(text).judged if one.kind == "vectors"] == verdicts


@pytest.mark.parametrize(
    ("text", "computed"),
    [
        ("Let A = [[1, 2], [3, 4]] and v = [1, 1]. Then Av = [4, 7].", "[3, 7]"),
        ("W x = [1 2; 3 4] [1; -1] = [1; -1]", "[−1, −1]"),
    ],
)
def test_products_without_a_sign_and_rows_with_blanks_are_read(text: str, computed: str) -> None:
    assert [(one.verdict, one.computed) for one in lint(text).judged] == [("wrong", computed)]
    right = text.replace("[4, 7]", "[3, 7]").replace("= [1; -1]", "= [-1; -1]")
    assert [one.verdict for one in lint(right).judged] == ["right"]


@pytest.mark.parametrize("text", ["(1, 2) +", "(1, 2) *", "2 * -", "-", "", "(1, 2) + (3", "relu ("])
def test_half_an_expression_has_no_worth(text: str) -> None:
    with pytest.raises(UndefinedError):
        worths(literals_in(tokens_of(piece_of(text), ENGLISH)))
