"""A lesson computes its figures: a typed one is given, and stands on a short list with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.changed_givens import TYPED
from support.notebook_files import QUESTIONS, name, prose, read, without_fences
from support.typed_figures import typed_figures, unexplained, unused

every_question = pytest.mark.parametrize("path", QUESTIONS, ids=name)


def texts(path: Path) -> list[str]:
    return [without_fences(piece) for piece in prose(read(path))]


def allowed(path: Path) -> dict[str, str]:
    return TYPED[f"{path.parent.name}/q{int(path.name.split('_')[0])}"]


@every_question
def test_a_typed_figure_is_given_and_says_why(path: Path) -> None:
    found = [figure for text in texts(path) for figure in unexplained(text, allowed(path))]
    advice = "compute them in a %%prose cell, or list the phrase and the reason in TYPED:"
    assert not found, "\n".join([advice, *found])


@every_question
def test_the_list_names_nothing_that_is_not_there(path: Path) -> None:
    assert not unused(texts(path), allowed(path))
    assert all(len(reason.split()) >= 3 for reason in allowed(path).values())


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("There are 290,400 units, 54.25 % of them twice.", ["290,400", "54.25", "twice"]),
        (r"so $96 \cdot 3025 = 290\,400$, or −3", ["96", "3025", r"290\,400", "−3"]),
        ("in $x_3^2 + 2 y_{12} = 0$ and `conv1` and `3 x conv`", []),
        ("as `54` says", ["54"]),
        ("It has {{ 12345 }} of\n{{ total(7) }} units, see [page 3](x-3.md) [(Doe, 2012)](r.md).", ["3"]),
        ("Hint 2: part (3) of sheets 000 and 001.\n1. An item\n**Time:** 40 minutes. *[4 marks]*", []),
        ("Twenty-one of the three, half a dozen", ["Twenty-one", "three", "half", "dozen"]),
        ("**Sheet:** 002 **Sheets:** 000 and 001 **4. The file** **(2)** and **2**", ["2"]),
        ("someone, often, tension, double-check", ["double"]),
    ],
)
def test_typed_figures_are_told_from_labels_code_and_computed_ones(text: str, figures: list[str]) -> None:
    assert [figure for _, figure in sorted(typed_figures(text))] == figures


def test_only_a_whole_phrase_explains_a_figure() -> None:
    text = "There are two\nroutes, and 12 windows."
    assert unexplained(text, ["two routes"]) == ["'12' in 'There are two routes, and 12 windows.'"]
    assert len(unexplained(text, ["wo routes", "2 windows"])) == 2
    assert unused([text], ["two routes", "12 windows", "three", "windows"]) == ["three", "windows"]
