"""'A kernels of B weights each, so C weights', in the order of words of two languages."""

from __future__ import annotations

import pytest

from nnutils.lint import lint


@pytest.mark.parametrize(
    "text",
    [
        "96 kernels with 363 weights each, so 34849 weights.",
        "96 Kerne mit je 363 Gewichten, also 34849 Gewichte.",
    ],
)
def test_each_stands_behind_the_number_or_before_it(text: str) -> None:
    assert [(one.stated, one.computed) for one in lint(text).wrong] == [("34849", "34,848")]
    assert lint(text.replace("34849", "34848")).wrong == ()
