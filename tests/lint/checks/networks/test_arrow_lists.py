"""Lists of layers with arrows to the sizes of their outputs."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

ROWS = [
    "picture: 30×30×3",
    "conv1 (3×3, stride 1, 8 filters) → 28×28×8",
    "pool1 (2×2, stride 2) → 14×14×8",
    "conv2 (3×3, stride 1, pad 1, 4 filters) → 14×14×4",
    "flatten → 784 numbers",
    "fc1 → 10",
]


@pytest.mark.parametrize("mark", ["- ", "* ", "1. "])
def test_a_right_list_has_no_finding(mark: str) -> None:
    judged = lint("\n".join(mark + row for row in ROWS)).judged
    assert [one.line for one in judged if one.verdict == "right"] == [2, 3, 4, 5]
    assert all(one.verdict in ("right", "unchecked") for one in judged)


@pytest.mark.parametrize(
    ("right", "wrong", "computed"),
    [
        ("→ 14×14×4", "→ 12×12×4", "14×14×4"),
        ("→ 14×14×8", "→ 24×24×8", "14×14×8"),
        ("784", "748", "784"),
    ],
)
def test_one_wrong_size_is_found(right: str, wrong: str, computed: str) -> None:
    text = "\n".join(f"- {row}" for row in ROWS).replace(right, wrong)
    assert [one.computed for one in lint(text).wrong] == [computed]


def test_a_stride_and_the_number_of_filters_behind_it_are_no_pair() -> None:
    text = "\n".join(f"- {row}" for row in ROWS).replace("stride 1, 8 filters", "stride 2, 8 filters")
    assert [(one.line, one.computed) for one in lint(text).wrong] == [(2, "14×14×8")]


def test_lines_of_something_else_are_no_list_of_layers() -> None:
    text = "- small → 3×3×8\n- large → 5×5×16\n- conv → relu → pool\n- convolutions → 96"
    assert not [one for one in lint(text).judged if one.kind == "output size"]


_ROWS = """- picture: 226×226×3
- conv1 (3×3, stride 3, pad 1, 96 filters) → 76×76×96
- pool1 (2×2, stride 2) → 38×38×96
- conv2 (3×3, stride 1, pad 1, 64 filters) → {}×64
- pool2 (3×3, stride 2) → 18×18×64
- flatten → {} numbers"""


def test_as_many_wrong_sizes_as_right_ones_behind_arrows() -> None:
    found = lint(_ROWS.format("388×388", "2076")).wrong
    assert [(one.stated, one.computed) for one in found] == [("388×388×64", "38×38×64"), ("2076", "20736")]
    assert lint(_ROWS.format("38×38", "20736")).wrong == ()


def test_a_convolution_without_padding_where_others_say_theirs() -> None:
    rows = _ROWS.replace("stride 1, pad 1", "stride 1")
    rows = rows.replace("18×18×64", "17×17×64")
    assert [one.computed for one in lint(rows.format("40×40", "18496")).wrong] == ["36×36×64"]
    assert lint(rows.format("36×36", "18496")).wrong == ()
    assert lint(_ROWS.replace("stride 1, pad 1", "stride 1").format("38×38", "20736")).wrong == ()  # 'same'
    silent = (
        rows.replace("stride 3, pad 1", "stride 3").replace("76×76", "75×75").replace("38×38×96", "37×37×96")
    )
    assert "39×39×64" not in [one.stated for one in lint(silent.format("39×39", "23104")).wrong]
