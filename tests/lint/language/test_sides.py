"""Where a side of a statement begins and ends."""

from __future__ import annotations

import pytest

from nnutils.lint import lint


def test_a_number_of_another_country_at_the_end_is_not_cut() -> None:
    assert lint("5000 + 1.5 = 5.001,6").wrong == ()


@pytest.mark.parametrize("end", ["", " multiplications", ", and more", "\npool1   18 = (36-2)/2 + 1"])
@pytest.mark.parametrize(("stated", "verdict"), [("2.3 M", "right"), ("2.9 M", "wrong")])
def test_a_letter_apart_scales_a_number_with_decimals(stated: str, verdict: str, end: str) -> None:
    judged = lint(f"31104*5^2*3 = {stated}{end}\n", name="a.txt").judged
    assert [one.verdict for one in judged if "31104" in one.statement and one.verdict != "unchecked"] == [
        verdict
    ]


@pytest.mark.parametrize(
    "text", ["31104*5^2*3 ~ 2 M\npool1   18 = (36-2)/2 + 1", "31104*5^2*3 ≈ 2 M operations"]
)
def test_a_letter_apart_scales_a_whole_number_that_is_about_so_many(text: str) -> None:
    assert "wrong" not in [one.verdict for one in lint(text, name="a.txt").judged]
    assert "wrong" in [one.verdict for one in lint(text.replace("2 M", "3 M"), name="a.txt").judged]


def test_a_letter_that_is_a_name_scales_nothing() -> None:
    for text in ("With M = 3 we have 6.6 = 2.2 M too.", "With M = 3 we have 2 M = 6."):
        assert "wrong" not in [one.verdict for one in lint(text, name="a.md").judged]


def test_the_last_factor_of_a_product_that_cannot_be_read_is_no_side() -> None:
    product = r"\frac{\partial L}{\partial y} \, v_1 \, h_1 (1 - h_1)"
    text = rf"$h_1 = 0.5$ and \[ \delta = {product} = -0.4 \cdot 0.9 \cdot 0.5 \cdot 0.5 = -0.09 \]"
    assert "wrong" not in [one.verdict for one in lint(text, name="a.tex").judged]
    alone = r"$h_1 = 0.5$ and \[ h_1 (1 - h_1) = 0.5 \cdot 2.5 = 1.25 \]"
    assert "wrong" in [one.verdict for one in lint(alone, name="a.tex").judged]


@pytest.mark.parametrize("noun", ["multiply-adds", "feature-maps", "trainable feature-maps", "maps"])
@pytest.mark.parametrize("product", [r"$9^2 \cdot 3 = {}$", "9*9*3 = {}"])
def test_a_noun_of_two_words_behind_a_number_is_a_noun(product: str, noun: str) -> None:
    assert lint(f"Each costs {product.format(243)} {noun}.", name="a.md").findings == ()
    assert len(lint(f"Each costs {product.format(729)} {noun}.", name="a.md").wrong) == 1


def test_a_difference_of_names_is_no_noun() -> None:
    for stated, wrong in ((5, 0), (6, 1)):
        report = lint(f"total = 9\nbias = 4\nweights = total-bias = {stated}", name="a.txt")
        assert len(report.wrong) == wrong


def test_a_negative_number_in_a_column_behind_its_label_is_no_difference() -> None:
    right = "  w1        0.884 = 1.2 - 0.316\n  w2       -1.104 = -0.716 - 0.388\n"
    assert lint(right, name="a.txt").findings == ()
    assert [one.line for one in lint(right.replace("-1.104", "-1.014"), name="a.txt").wrong] == [2]
    assert lint("a = 9\nb = a   - 4 = 5\n", name="a.txt").findings == ()
    assert lint("a = 9\nb = a   - 4 = 6\n", name="a.txt").wrong != ()
