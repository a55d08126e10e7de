"""Givens as source: what is written gives the same values back, in lines that a page can show."""

from __future__ import annotations

from typing import Any

import pytest

from nnutils import networks
from nnutils.core.errors import PracticeError
from nnutils.networks import Conv2d, Linear, MaxPool2d, Residual
from nnutils.practice import as_source

LAYERS = [
    Conv2d(96, kernel_size=11, stride=4, name="conv1"),
    MaxPool2d(kernel_size=(3, 2), stride=2, ceil_mode=True, name="pool1"),
    Conv2d(256, kernel_size=5, padding="same", groups=2, name='c"2'),
    Linear(1000, name="out"),
]
GIVENS = {
    "layers": LAYERS,
    "few": LAYERS[:1],
    "branches": {"left": LAYERS[:2], "right": [], 3: ()},
    "shape": (3, 227, 227),
    "one": (1,),
    "x": [[1.5, -2], [1e-30, 10**20]],
    "long": list(range(100)),
    "word": "a 'quoted' \"word\" \\ with\nlines and ü",
    "nothing": None,
    "yes": True,
}


@pytest.mark.parametrize("name", GIVENS)
def test_the_source_gives_the_value_back(name: str) -> None:
    source = as_source({name: GIVENS[name]})
    names: dict[str, Any] = {key: getattr(networks, key) for key in networks.__all__}
    exec(source, names)
    assert names[name] == GIVENS[name] and type(names[name]) is type(GIVENS[name])
    assert max(map(len, source.splitlines())) <= 78


def test_layers_stand_one_to_a_line_without_the_usual_settings() -> None:
    assert as_source({"layers": LAYERS}).splitlines() == [
        "layers = [",
        '    Conv2d(96, kernel_size=11, stride=4, name="conv1"),',
        '    MaxPool2d(kernel_size=(3, 2), stride=2, ceil_mode=True, name="pool1"),',
        '    Conv2d(256, kernel_size=5, padding="same", groups=2, name="c\\"2"),',
        '    Linear(1000, name="out"),',
        "]",
    ]


@pytest.mark.parametrize("value", [{1, 2}, len, float("nan"), 1j, Residual([Conv2d(3, 3, padding=1)], [])])
def test_what_source_cannot_give_back_is_refused_by_name(value: Any) -> None:
    with pytest.raises(PracticeError, match="The given x "):
        as_source({"x": [value]})
