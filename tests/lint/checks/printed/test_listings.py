"""Lines about layers, one each, as a loop prints them: sizes, sums, the total below, and its memory."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

CODE = """```python
net = nn.Sequential(
    nn.Conv2d(3, 16, 5, stride=2, padding=2), nn.Conv2d(16, 16, 3, stride=2), nn.MaxPool2d(3, stride=2),
    nn.Flatten(), nn.Linear(1024, 40),
)
x = torch.zeros(1, 3, 75, 75)
```

"""
RIGHT = """conv1: 16 maps of 38 x 38
conv2: 16 maps of 18 x 18
pool1: 16 maps of 8 x 8

conv1: 1,200 weights, 16 biases, 1,216 in all
conv2: 2,304 weights, 16 biases, 2,320 in all
fc: 40,960 weights, 40 biases, 41,000 in all
parameters: 44,536

float32: 178,144 bytes
"""


def wrong(text: str) -> list[tuple[str, str]]:
    return [(one.stated, one.computed) for one in lint(CODE + text, "a.md").wrong]


def test_what_is_right_is_checked_and_right() -> None:
    report = lint(CODE + RIGHT, "a.md")
    assert not report.wrong
    stated = {one.stated for one in report.judged if one.verdict == "right"}
    assert stated >= {"16 maps of 38 x 38", "1,216", "41,000", "44,536", "178,144"}


@pytest.mark.parametrize(
    ("old", "new", "computed"),
    [
        ("38 x 38", "37 x 37", ("16 maps of 37 x 37", "16 maps of 38 x 38")),
        ("18 x 18", "1,800 x 1,800", ("16 maps of 1,800 x 1,800", "16 maps of 18 x 18")),
        ("2,320 in all", "2,304 in all", ("2,304", "2,320")),
        ("parameters: 44,536", "parameters: 41,000", ("41,000", "44,536")),
        ("178,144", "187,144", ("187,144", "178,144")),
    ],
)
def test_one_wrong_number(old: str, new: str, computed: tuple[str, str]) -> None:
    assert computed in wrong(RIGHT.replace(old, new))


@pytest.mark.parametrize(
    ("text", "computed"),
    [
        ("conv1 -> torch.Size([1, 16, 39, 39])", "38"),
        ("conv1: (16, 39, 39)", "38"),
        ("* conv1 gives 16 channels of 39 x 39", "38"),
        ("1. conv1 | 16 feature maps of 39x39", "38"),
    ],
)
def test_other_ways_to_print_a_size(text: str, computed: str) -> None:
    found = wrong(RIGHT + "\n" + text + "\n")
    assert len(found) == 1
    assert computed in found[0][1]
    assert not wrong(RIGHT + "\n" + text.replace("39", "38") + "\n")


def test_what_a_layer_states_below_its_name_is_still_about_it() -> None:
    assert wrong(RIGHT + "\nconv2:\nparameters: 2,302\n") == [("2,302", "2,320")]
    assert not wrong(RIGHT + "\nconv2:\nparameters: 2,320\n")


@pytest.mark.parametrize(
    "text",
    [
        "The net has 44,536 parameters.\n\nfloat32: 1 048 576 bytes of pictures",
        "conv1: 5 x 5\nconv2: 3 x 3",
        "conv1: 1,200 weights, 16 biases, 3 seconds in all",
        "conv1: 1,200 weights, 16 biases, 1,216 in all\nfc: 40,960 weights, 40 biases, 41,000 in all\n"
        "parameters: 42,216",
    ],
)
def test_what_may_be_about_something_else(text: str) -> None:
    assert not wrong(text)
