"""Sheets in Chinese: words of the field, wide signs, 万 and 亿."""

from __future__ import annotations

import pytest

from nnutils.lint import lint


@pytest.mark.parametrize(
    ("text", "stated", "right"),
    [
        ("输出边长：(178 − 9 + 2×4)/4 + 1 = {}（向下取整）", "54", "45"),
        ("连接数：97,200×243 = 23,619,600，约 {} 万", "2,316.96", "2,361.96"),
        ("共 3×5 = 15 个；总参数量：214990000 + 848 = 214990848，即约 {} 亿。", "2.51", "2.15"),
        ("神经元个数：45×45×48＝{}", "92,700", "97,200"),
    ],
)
def test_a_wrong_number_is_found(text: str, stated: str, right: str) -> None:
    assert not lint(text.format(right)).wrong
    (one,) = lint(text.format(stated)).wrong
    assert stated in one.stated


@pytest.mark.parametrize(
    "text", ["畳み込み層は 約 3 個です。3×4 = 12、約 2 万", "第 3 讲，第 91～133 页，答疑 14:00-16:00"]
)
def test_other_text_is_left_alone(text: str) -> None:
    assert not lint(text).wrong


def test_numbers_keep_their_places() -> None:
    (one,) = lint("**卷积层**：权重 3×4 = 13 个").wrong
    assert (one.line, one.column, one.statement) == (1, 12, "3×4 = 13")
