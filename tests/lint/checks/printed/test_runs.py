"""Printed outputs against what the code above them computes, in notebooks and behind prompts."""

from __future__ import annotations

import json

import pytest

from nnutils.lint import lint
from nnutils.lint.checks.printed.python import Program
from nnutils.lint.checks.printed.showing import Shown
from nnutils.lint.report import Report


def notebook(*cells: tuple[str, str], counts: tuple[int, ...] | None = None) -> Report:
    made = [
        {
            "cell_type": "code",
            "execution_count": counts[place] if counts else place + 1,
            "metadata": {},
            "outputs": [{"output_type": "stream", "name": "stdout", "text": printed}] if printed else [],
            "source": code,
        }
        for place, (code, printed) in enumerate(cells)
    ]
    return lint(json.dumps({"cells": made, "nbformat": 4, "nbformat_minor": 4}), "a.ipynb")


def wrong(report: Report) -> list[tuple[str, str]]:
    return [(one.stated, one.computed) for one in report.wrong if one.kind == "printed"]


SOFTMAX = (
    "z = torch.tensor([1.0, 0.0, -1.0, -2.0])\np = torch.softmax(z, dim=0)\n"
    'for k in range(4):\n    print(f"p[{k}] = {p[k]:.4f}")',
    "p[0] = 0.6439\np[1] = 0.2369\np[2] = 0.0871\np[3] = 0.0321\n",
)
SLOPE = (
    "x = torch.tensor(4.0, requires_grad=True)\ny = 3 * x**3 - 5 * x\ny.backward()\n"
    'print(f"y = {y.item()}, dy/dx = {x.grad.item()}")',
    "y = 172.0, dy/dx = 139.0\n",
)
SIZE = (
    "def size(n, k, s=1, p=0):\n    return (n + 2*p - k) // s + 1\nfor k in (3, 5):\n"
    "    print(k, size(227, k, s=2), sep=': ')\nprint('sum', sum(size(9, k) for k in [1, 2]))",
    "3: 113\n5: 112\nsum 17\n",
)
MEANS = ("a = [2, 4, 9]\nm = sum(a) / len(a)\nprint('mean', m, 'and', round(m, 1))", "mean 5.0 and 5.0\n")


@pytest.mark.parametrize(
    ("cell", "old", "new", "computed"),
    [
        (SOFTMAX, "0.0871", "0.0817", "0.0871"),
        (SLOPE, "139.0", "193.0", "139.0"),
        (SLOPE, "172.0", "127.0", "172.0"),
        (SIZE, "5: 112", "5: 111", "112"),
        (SIZE, "sum 17", "sum 71", "17"),
        (MEANS, "mean 5.0", "mean 50.0", "5.0"),
    ],
)
def test_a_number_that_the_code_does_not_print(
    cell: tuple[str, str], old: str, new: str, computed: str
) -> None:
    code, printed = cell
    assert not wrong(notebook(cell, SOFTMAX, SLOPE))
    assert wrong(notebook((code, printed.replace(old, new)), SOFTMAX, SLOPE)) == [(new.split()[-1], computed)]


@pytest.mark.parametrize(
    ("text", "stated", "computed"),
    [
        ("```python\n>>> 16*3*5**2 + 16\n1261\n```", "1261", "1216"),
        (">>> (255 + 2*3 - 7) // 4 + 1\n62", "62", "64"),
        (">>> n = 2368\n>>> f'{4 * n / 1000:.1f} kB'\n'9.7 kB'", "9.7", "9.5"),
        (
            ">>> from math import exp\n>>> round(exp(2) / (exp(2) + 1), 4)  # softmax\n0.8880",
            "0.8880",
            "0.8808",
        ),
        ("In [1]: 55*55*96\nOut[1]: 290040", "290040", "290400"),
        (">>> for k in (1, 2):\n...     print(k, k**3)\n1 1\n2 9", "9", "8"),
        (">>> print(2 * 3); print('---')\n7\n---\n9", "7", "6"),
        (">>> 2 * 3\n7\n\n---\n9", "7", "6"),
        (">>> load(); 2 * 3\n5\n7", "7", "6"),
        (">>> 2 * 4; 2 * 3\n8\n7", "7", "6"),
        (">>> from math import *\n>>> int(floor(7.5))\n8", "8", "7"),
        (">>> load()\n>>> print(load(), end=' '); print('so', 2 * 3)\n5 so 7", "7", "6"),
    ],
)
def test_what_was_typed_at_a_prompt(text: str, stated: str, computed: str) -> None:
    assert wrong(lint(text, "a.md")) == [(stated, computed)]
    assert not wrong(lint(text.replace(stated, computed), "a.md"))


def test_a_fraction_that_was_printed_over_three_lines_is_no_whole_number() -> None:
    text = "```\n>>> 2 / 3\n{}\n──\n10\n```"
    assert not wrong(lint(text.format("7"), "a.md"))
    assert not wrong(lint(text.replace("──", "--").format("7"), "a.md"))
    assert wrong(lint("```\n>>> 2 / 3\n7\n10\n```", "a.md"))


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("x = torch.randn(3)\nprint(x.sum().item())", "0.3712\n"),
        ("step(model)\nprint(2 + 3)", "step 1 of 9\n5\n"),
        ("while n < 3: n += 1\nprint(n)", "9\n"),
        ("print(a + 1)", "9\n"),
        ("n = 3\nn = load()\nprint(n)", "9\n"),
        ("w = torch.tensor(1.0, requires_grad=True)\n(w*w).backward()\nw.grad.zero_()\n"
         "(w*w).backward()\nprint(w.grad.item())", "2.0\n"),
        ("a = [1, 2]\nshuffle(a)\nprint(a[0])", "2\n"),
        ("print(0.1 + 0.2)", "0.3\n"),
        ("import random\nprint(random.random())", "0.5\n"),
        ("def f(x):\n    return secret(x)\nprint(f(2))", "7\n"),
        ("print('a', 3)", "b 4\n"),
        ("from mpmath import *\nprint(int(floor(7.5)))", "8\n"),
        ("from mine import exp\nprint(exp(0))", "8\n"),
        ("load()\nprint(2 * 3)\nload()", "8\n9\n7\n"),
        ("import numpy as np\nprint(np.array([1.0, 2.0]))", "[1. 2.]\n"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_not_judged(code: str, printed: str) -> None:
    assert not wrong(notebook((code, printed)))


def test_what_stands_after_an_unknown_number_of_lines_is_found_from_their_end() -> None:
    text = "```\n>>> quad(sin); 4 * 3\n-37.8\n{}\n```"
    assert not wrong(lint(text.format(12), "a.md"))
    assert wrong(lint(text.format(13), "a.md")) == [("13", "12")]


def test_cells_that_were_not_run_in_their_order_are_not_judged() -> None:
    cells = ("n = 3", ""), ("print(n * 7)", "28\n")
    assert wrong(notebook(*cells)) == [("28", "21")]
    assert not wrong(notebook(*cells, counts=(5, 2)))


def test_an_output_that_differs_everywhere_is_that_of_other_code() -> None:
    report = notebook(("for k in range(4): print(k * 7)", "1\n2\n3\n4\n"))
    assert not wrong(report)
    assert {one.verdict for one in report.judged if one.kind == "printed"} == {"suspicious"}


@pytest.mark.parametrize(
    "code",
    [
        "9**9**9",
        "x = 2\nwhile True: pass",
        "for a in range(2000):\n    for b in range(2000):\n        for c in range(2000): n = a",
        "def f(n):\n    return f(n + 1)\nprint(f(1))",
        "print(f'{3:999999999}')",
        "x = [0]\nfor k in range(60): x = x + x\nprint(len(x))",
        "print('a' * 10**9)",
        "import math\nprint(math.factorial(10**7))",
        "(" * 300 + "1" + ")" * 300,
        "return 3",
        "1/0",
        "x = " + "-" * 3000 + "1",
        "print(sum(range(10**12)))",
        "n = 1\nfor k in range(1999): n = n * 10**900",
    ],
)
def test_code_without_end_is_bounded(code: str) -> None:
    program = Program()
    program.run(code)
    program.run("n = 6\nprint(n * 7)")
    assert [one.text for one in program.lines[-1] or () if isinstance(one, Shown)] == ["42"]
