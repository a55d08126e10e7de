"""Tables and lines that hold nothing sensible: every check gets through them, and raises no alarm."""

from __future__ import annotations

import pytest
from support.lint_tables import alarms, judged

from nnutils.networks import Conv2d, Network

NET = Network((3, 8, 8), [Conv2d(4, 3, name="conv1")])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "|",
        "| |\n| |",
        "| layer | output |\n| conv1 |",
        "| layer | kernel | stride | output |\n| conv1 | 0 | 0 | 0 × 0 |\n| c | 3 | 1 | 99999999999 × 3 |",
        "| i | k | s | p | o |\n| 2 | 5 | 1 | 0 | 1 |\n| 999999999 | 1 | 1 | 1 | 1 |",
        "| layer | input | kernel | filters | groups | weights |\n| conv1 | 3x8x8 | 3 | 4 | 2 | 5e70 |",
        "| total | total |\n| total | total |",
        "| a | total |\n| total | 9" + "9" * 80 + " |",
        "| n | 1/n | n! | 9^9^9^n |\n| 0 | 3 | 1 | 7 |\n| 1e50 | 2 | 3 | 4 |",
        "((((" * 2000 + "\n" + "conv1 " * 400 + "units: " * 400,
        "conv1 has weights. 12 of. units: = = = 3 of conv1 = conv1",
        "\u202econv1 units: 12\u202c\x00 total: 3\n\ufffd: 4",
        "```python\n" + "nn.Sequential(" * 300 + ")" * 300 + "\n```",
    ],
)
def test_nonsense_raises_no_error_and_no_alarm(text: str) -> None:
    for network in (None, NET):
        wrong = [one for one in alarms(judged(text, network)) if one[1] == "wrong" and one[0] != "12"]
        assert not wrong, wrong
