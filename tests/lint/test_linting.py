"""In which way a sheet writes its numbers: its arithmetic decides, and after a tie all of its statements."""

from __future__ import annotations

import pytest

from nnutils.lint import checks, lint, linting
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.numbers import CONTINENTAL, ENGLISH
from nnutils.lint.sheets import Sheet, piece_of


def said(text: str) -> list[tuple[str, str]]:
    return [(one.statement, one.verdict) for one in lint(text, "a.txt").judged]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("64 · 127 = 8.128", "64 · 127 = 8.128"),  # thousands
        ("2.5 · 3.251 = 8.1275", "2.5 · 3.251 = 8.1275"),  # decimals
        ("0,5 · 3 = 1,5", "0,5 · 3 = 1,5"),
    ],
)
def test_arithmetic_tells_how_a_sheet_writes_numbers(text: str, right: str) -> None:
    assert said(text) == [(right, "right")]


def test_after_a_tie_of_the_arithmetic_all_statements_tell() -> None:
    """Nothing but the derivative has numbers that depend on the way: English reads 0,5 as two numbers."""
    text = "2 · 3 = 6.\n\nf(x) = 0,25 x², so f'(x) = 0,5 x."
    assert ("f'(x) = 0,5 x", "right") in said(text)


def test_checks_that_cannot_decide_any_more_are_made_in_one_way_only(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def late(context: Context) -> list[Finding]:
        seen.append(context.style.name)
        return []

    monkeypatch.setattr(linting, "CHECKS", (*checks.ARITHMETIC, late))
    lint("64 · 127 = 8.128", "a.txt")
    assert seen == ["continental"]
    seen.clear()
    lint("It is 8.128 there.", "a.txt")  # nothing is stated: a tie
    assert seen == ["English", "continental"]


def test_the_first_checks_are_those_of_arithmetic() -> None:
    """A way is judged by them first, and goes on with the check behind them."""
    assert checks.CHECKS[: len(checks.ARITHMETIC)] == checks.ARITHMETIC
    assert len(set(checks.CHECKS)) == len(checks.CHECKS)


@pytest.mark.parametrize(
    "text",
    ["8.128 units", "0,5", ".5", "1 234", "1’234", "1\N{NO-BREAK SPACE}234", "1\N{THIN SPACE}234", "1_234"],
)
def test_a_piece_that_two_styles_read_differently_is_not_shared(text: str) -> None:
    piece = piece_of(text)
    sheet = Sheet("a.txt", text, (piece,))
    shared: dict[object, object] = {}
    for style in (ENGLISH, CONTINENTAL):
        context = Context(sheet, style, shared=shared)  # type: ignore[arg-type]
        context.tokens(piece)
    assert not shared


def test_a_piece_that_all_styles_read_alike_is_read_once() -> None:
    piece = piece_of("3 × 4 = 12. The layer has 12 units, e.g. 5: see 2-3.")
    sheet = Sheet("a.txt", piece.text, (piece,))
    shared: dict[object, object] = {}
    one, other = (Context(sheet, style, shared=shared) for style in (ENGLISH, CONTINENTAL))  # type: ignore[arg-type]
    assert one.tokens(piece) is other.tokens(piece)
