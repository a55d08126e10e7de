r"""A result in a formula of its own, as in a box, belongs to the working above it."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

WORKING = {
    r"96 \cdot 28": ("2{,}688", "2{,}868"),
    r"1{,}228{,}800 + 512": ("1{,}229{,}312", "1{,}229{,}132"),
    r"75{,}264 \cdot 27 = 2{,}032{,}128": (r"\approx 2.03 \cdot 10^{6}", r"\approx 2.30 \cdot 10^{6}"),
    r"\left\lfloor \frac{108}{4} \right\rfloor + 1": ("28", "27"),
}


def page(working: str, result: str, name: str) -> str:
    left, right = (r"\[", r"\]") if name.endswith(".tex") else ("$$", "$$")
    boxed = rf"\boxed{{{result} \text{{ parameters}}}}"
    return f"The last step.\n\n{left}{working}{right}\n\n{left}{boxed}{right}\n"


@pytest.mark.parametrize("name", ["a.md", "a.tex"])
@pytest.mark.parametrize("working", WORKING)
def test_a_boxed_result_is_judged_by_the_working_above_it(working: str, name: str) -> None:
    right, wrong = WORKING[working]
    assert lint(page(working, right, name), name=name).findings == ()
    found = lint(page(working, wrong, name), name=name).wrong
    assert found and found[0].line == 5


@pytest.mark.parametrize(
    "text",
    [
        "$$x = 3$$\n\n$$7$$",  # no calculation
        r"$$96 \cdot 28$$" + "\n\nThe next number is another one.\n\n$$7$$",
        r"$$96 \cdot 28$$" + "\n\n$$y = 7$$",
        r"so $96 \cdot 28$" + "\n\n$7$ more follow",  # not set apart
        r"$$96 \cdot 28 =$$" + "\n\n$$\\text{much}$$",
    ],
)
def test_what_is_no_result_stays_apart(text: str) -> None:
    assert lint(text, name="a.md").wrong == ()
