"""Memory told in sentences."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

TOLD = [
    ("At 4 bytes each, the 277,895 parameters need {} bytes.", "1,111,580", "1,111,850"),
    ("Each weight is a 32-bit float. The 60,000 weights take {} kB.", "240", "420"),
    ("The 60,000 weights (float32) take {} MB of memory.", "0.24", "0.42"),
    ("Les 60 000 poids de la couche occupent {} octets, à 4 octets chacun.", "240 000", "24 000"),
    ("Jeder Wert braucht 4 Byte. Die 60.000 Gewichte belegen {} Byte.", "240.000", "204.000"),
    ("277,895 parameters at 4 bytes: {} MB", "1.11", "1.21"),
    ("With eight bytes each, the 60,000 parameters need {} KiB", "468.8", "486.8"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), TOLD)
def test_bytes_are_numbers_times_the_bytes_of_each(text: str, right: str, wrong: str) -> None:
    for number, verdict in ((right, "right"), (wrong, "wrong")):
        found = [one for one in lint(text.format(number)).judged if one.verdict != "unchecked"]
        assert [one.verdict for one in found] == [verdict], text.format(number)
        assert number in found[0].stated


@pytest.mark.parametrize(
    "text",
    [
        "With 4 bytes each, 60,000 weights and their gradients need 480,000 bytes.",
        "A batch of 60,000 values of 4 bytes needs 4,800,000 bytes.",
        "The 60,000 weights have 4 bytes each; a picture has 3,072 bytes.",
        "At 2 or 4 bytes each, the 60,000 weights take 200 kB.",
        "60,000 parameters, 1,200 · 4 bytes ≈ 4.8 kB",
    ],
)
def test_memory_of_something_else_is_left_alone(text: str) -> None:
    assert not lint(text).findings
