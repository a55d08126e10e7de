"""The panels: what they show is the library's own; what cannot be is said in words, and soon."""

from __future__ import annotations

import math
import re

import pytest

from nnutils import Conv2d, Flatten, Linear, MaxPool2d, Network, autodiff, count, solve_conv
from nnutils.core.errors import NNUtilsError
from nnutils.practice.live import PANELS, network_of
from nnutils.practice.live.panels import MOST_SETTINGS


def cells(html: str) -> list[list[str]]:
    """The texts of the cells of all tables, row by row."""
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)]
        for row in rows
    ]


def test_a_network_is_counted_as_in_python() -> None:
    shown = PANELS["network"].show(
        {"network": "3x227x227\nconv(96, 11, stride=4, name=conv1)\nmaxpool(3, stride=2) flatten\nlinear(10)"}
    )
    layers = [Conv2d(96, 11, stride=4, name="conv1"), MaxPool2d(3, stride=2), Flatten(), Linear(10)]
    expected = count(Network((3, 227, 227), layers)).table("units", "weights", "biases", "connections")
    assert shown.html == expected._repr_html_()
    assert "290,400" in shown.html and "105,415,200" in shown.html


def test_toml_is_a_network_as_well() -> None:
    toml = 'input = [784]\nlayers = ["linear(10)", {kind = "relu"}]'
    assert network_of(toml).shapes == network_of("784 linear(10) relu").shapes


def test_both_tables_of_a_function_are_those_of_python() -> None:
    shown = PANELS["trace"].show(
        {"function": "ln(x1) + x1*x2 - sin(x2)", "at": "x1 = 2; x2 = 5", "derivative in": "x2"}
    )
    made = autodiff.trace(lambda x1, x2: autodiff.ln(x1) + x1 * x2 - autodiff.sin(x2), x1=2, x2=5)
    assert shown.html == made.forward("x2")._repr_html_() + made.reverse()._repr_html_()
    assert r"\partial y / \partial x_{1} = 5.5" in shown.words


def test_without_a_name_the_derivative_is_in_the_first_input() -> None:
    fields = {"function": "x*y", "at": "x = 2, y = 5"}
    assert PANELS["trace"].show(fields) == PANELS["trace"].show({**fields, "derivative in": "x"})


@pytest.mark.parametrize(
    "given",
    [
        {"kernel size": "8", "dilation": "1"},
        {"dilation": "1"},
        {"stride": "2", "padding": "1"},
        {"kernel size": "3", "stride": "2", "padding": "1", "dilation": "1"},
        {"kernel size": "3", "stride": "1", "padding": "0"},
    ],
)
def test_every_setting_is_listed(given: dict[str, str]) -> None:
    shown = PANELS["sizes"].show({"input": "20", "output": "10"} | given)
    expected = solve_conv(20, 10, **{name.replace(" ", "_"): int(value) for name, value in given.items()})
    rows = [tuple(map(int, row)) for row in cells(shown.html)[1:]]
    assert rows == [tuple(one) for one in expected]
    assert ("There is no such setting" in shown.words) == (not expected)


def test_without_an_output_it_is_computed() -> None:
    fields = {"input": "224", "kernel size": "11", "stride": "4", "padding": "2"}
    assert PANELS["sizes"].show(fields).words.endswith("= 55$.")


@pytest.mark.parametrize("output", ["1", "2", "100", "511"])
def test_of_millions_of_settings_some_are_shown(output: str) -> None:
    shown = PANELS["sizes"].show({"input": "512", "output": output})
    rows = cells(shown.html)[1:]
    assert len(rows) == MOST_SETTINGS and "More than" in shown.words


def test_softmax_and_its_jacobian() -> None:
    table = cells(PANELS["softmax"].show({"x": "1, 2, 3"}).html)
    total = sum(map(math.exp, (1, 2, 3)))
    p = [math.exp(x) / total for x in (1, 2, 3)]
    assert [float(row[2]) for row in table[1:4]] == pytest.approx(p, rel=1e-5)
    jacobian = [[float(cell.replace("−", "-")) for cell in row[1:]] for row in table[5:]]
    expected = [[p[i] * ((i == j) - p[j]) for j in range(3)] for i in range(3)]
    for row, right in zip(jacobian, expected, strict=True):
        assert row == pytest.approx(right, rel=1e-5)


BAD = [
    ("network", {"network": ""}, "There is no network"),
    ("network", {"network": "3x8x8 conv(8)"}, "conv(8) does not have what this layer needs"),
    ("network", {"network": "relu"}, "does not begin with a size"),
    ("network", {"network": "3x8x8 " + "relu " * 101}, "101 layers"),
    ("network", {"network": "relu " * 200_000}, "characters are too many"),
    ("network", {"network": "3x8x8 linear(" + "9" * 1000 + ")"}, "too large"),
    ("network", {"network": "input = " + "[" * 1500}, "is not TOML"),
    ("network", {"network": "3x8x8 conv(8, 30)"}, "kernel_size"),
    ("network", {"network": "<script>alert(1)</script>"}, "does not begin with a size"),
    ("trace", {"function": "9**9**9 * x", "at": "x = 1"}, "too large"),
    ("trace", {"function": "(" * 1000 + "x", "at": "x = 1"}, "too long"),
    ("trace", {"function": "(" * 150 + "x" + ")" * 40, "at": "x = 1"}, "inside one another"),
    ("trace", {"function": "x**x**x**x", "at": "x = 10"}, "too large"),
    ("trace", {"function": "1/x", "at": "x = 0"}, "other than 0"),
    ("trace", {"function": "x", "at": ""}, "The point is missing"),
    ("trace", {"function": "2", "at": "x = 1"}, "The function uses none of x"),
    ("trace", {"function": "x + y", "at": "x = 1"}, "y has no value"),
    ("trace", {"function": "x", "at": "x = 1", "derivative in": "z"}, "z"),
    ("sizes", {}, "The input size is missing"),
    ("sizes", {"input": "64"}, "Neither"),
    ("sizes", {"input": "6.4", "output": "3"}, "'6.4' is not a whole number from 1"),
    ("sizes", {"input": "9" * 30, "output": "3"}, "is not a whole number"),
    ("sizes", {"input": "64", "output": "32", "stride": "0"}, "'0' is not a whole number from 1"),
    ("sizes", {"input": "5", "kernel size": "11"}, "Use kernel_size <= 5"),
    ("softmax", {"x": "1"}, "1 entry"),
    ("softmax", {"x": "1, 2, 3, 4, 5, 6, 7"}, "7 entries"),
    ("softmax", {"x": "one, two"}, "'one' is in words"),
    ("softmax", {"x": ""}, "nothing typed"),
]


@pytest.mark.parametrize(("name", "fields", "words"), BAD)
def test_what_cannot_be_is_said(name: str, fields: dict[str, str], words: str) -> None:
    with pytest.raises(NNUtilsError, match=re.escape(words)):
        PANELS[name].show(fields)


def test_usual_spellings_are_understood() -> None:
    network, trace = PANELS["network"], PANELS["trace"]
    assert network.show({"network": "3, 8, 8 Conv2d(8, 3)"}) == network.show({"network": "3x8x8 conv(8, 3)"})
    assert trace.show({"function": "y = log(x)", "at": "x=2"}) == trace.show(
        {"function": "ln(x)", "at": "x=2"}
    )
    assert "x2" in PANELS["softmax"].show({"x": "ln(2), ln(3)"}).html


def test_digits_of_another_script_are_read() -> None:
    assert PANELS["sizes"].show({"input": "２２４", "kernel size": "11", "stride": "4", "padding": "2"}).words
