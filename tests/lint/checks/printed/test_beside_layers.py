"""Sizes and counts in comments beside layers of code."""

from __future__ import annotations

import json

import pytest

from nnutils.lint import lint


def block(*lines: str) -> str:
    return "\n".join(["```python", *lines, "```"])


def network(*comments: str) -> str:
    layers = [
        "nn.Conv2d(3, 8, 5)", "nn.ReLU()", "nn.MaxPool2d(2)", "nn.Dropout(0.5)", "nn.Flatten()",
        "nn.Linear(1568, 10)",
    ]  # fmt: skip
    lines = [f"    {layer},  # {said}" for layer, said in zip(layers, comments, strict=True)]
    return block("net = nn.Sequential(", *lines, ")")


def wrong(text: str, name: str = "a.md") -> list[tuple[str, str]]:
    return [(one.stated, one.computed) for one in lint(text, name).wrong]


def test_each_layer_reads_the_one_before() -> None:
    text = network(
        "3x32x32 -> 8x28x28", "", "-> 8x14x14", "half of them", "-> 1586", "-> 10; 15690 parameters"
    )
    assert wrong(text) == [("1586", "1568")]


def test_what_follows_from_a_wrong_size_is_not_wrong_itself() -> None:
    text = network("3x32x32 -> 8x26x26", "8x26x26", "-> 8x13x13", "", "-> 1352", "-> 10")
    assert wrong(text) == [("8x26x26", "8x28x28")]


def test_counts_beside_layers() -> None:
    text = network("608 parameters", "no parameters", "", "", "", "15690 parameters (10 biases)")
    assert [one.verdict for one in lint(text).judged] == ["right", "right", "right"]
    assert wrong(text.replace("608", "680")) == [("680", "608")]
    assert wrong(text.replace("(10 biases", "(12 biases")) == [("12", "10")]


@pytest.mark.parametrize(
    "size", ["(N, 8, 27, 27)", "N x 8 x 27 x 27", "27x27x8", "27 x 27", "64 x 8 x 27 x 27"]
)
def test_orders_and_samples(size: str) -> None:
    text = (
        network(f"-> {size}", "", "", "", "", "10 classes") + "\n\n" + block("x = torch.randn(64, 3, 32, 32)")
    )
    joined = text.replace("```\n\n```python\n", "")
    assert len(wrong(joined)) == 1
    assert wrong(joined.replace("27", "28")) == []


def test_an_input_that_the_layer_before_does_not_make() -> None:
    text = network("3x32x32 -> 8x28x28", "", "8x28x28 -> 8x14x14", "", "8x41x41 -> 1568", "-> 10")
    assert wrong(text) == [("8x41x41", "8x14x14")]


def test_layers_of_a_class_are_judged_by_their_own_input_only() -> None:
    code = [
        "class Net(nn.Module):",
        "    def __init__(self):",
        "        self.a = nn.Conv2d(3, 8, 5)  # 3x32x32 -> 8x28x28",
        "        self.b = nn.Conv2d(8, 4, 3)  # -> 4x12x12",
        "        self.c = nn.Linear(576, 10)  # 5707 parameters",
    ]
    assert wrong(block(*code)) == [("5707", "5,770")]
    cell = {
        "cell_type": "code",
        "execution_count": 1,
        "source": "\n".join(code),
        "outputs": [],
        "metadata": {},
    }
    book = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    assert wrong(book, "a.ipynb") == [("5707", "5,770")]


@pytest.mark.parametrize(
    "comments",
    [
        ("5 x 5 kernels", "", "2 x 2 windows", "", "", "10 digits"),
        ("3 -> 8 channels", "", "28 -> 14", "", "", "1568 -> 10"),
        ("3x32x32 -> 8x28x28", "", "halves it: 28 x 28", "p = 0.5", "all of them", "10"),
        ("weights of 5 x 5 x 3", "", "3 x 2 x 2", "", "2 layers", "11 biases per run"),
        ("3 x 5 x 5", "5 x 5 x 8", "", "", "", "see 3 x 4 x 5"),
        ("output: 8 x 28 x 28 for pictures of 32", "", "", "", "", ""),
    ],
)  # fmt: skip
def test_comments_that_state_no_size(comments: tuple[str, ...]) -> None:
    assert wrong(network(*comments)) == []


def test_sizes_of_another_input_are_doubted() -> None:
    text = network("3x32x32 -> 8x60x60", "", "-> 8x99x99", "", "-> 7201", "-> 11")
    found = lint(text)
    assert not found.wrong and {one.verdict for one in found.judged} == {"suspicious"}
