"""Patterns of settings that are tried only where one of their words stands."""

from __future__ import annotations

import pytest

from benchmarks.lint_cases import draw
from nnutils.lint import lint
from nnutils.lint.checks.field import settings

SENTENCES = (
    "11 × 11 Kernels, zero-padded by 2, unpadded, 5×5 average pooling of size 3 × 3, non-overlapping",
    "images of 227 × 227 pixels, a 3 × 3 window, (3, 32, 32) pictures, steps of 2, dilated by 2, undilated",
    "same padding; valid convolution; padding='same'; without any padding; two zeros of padding",
    "96 filters, 55 × 55 activations, volumes of 27 × 27 × 96",
    "96 @ 3x3, /2, pad 1: 55 px -> 28 px; max pool 2x2, /2: 28 px -> 14 px",
    "gives 13 × 13, output: 62.5, so 62, a 7 × 7 output; conv 3x3, then a conv (5×5)",
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_words_leave_no_setting_out(sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in (sentence, sentence.upper()):
        found = settings.settings_in(text)
        with monkeypatch.context() as patch:
            every = [(role, pattern, ()) for role, pattern in settings._PATTERNS]
            patch.setattr(settings, "_PATTERNS_WITH_WORDS", every)
            assert settings.settings_in(text) == found


def test_each_pattern_with_words_matches_one_of_the_sentences_or_sheets() -> None:
    """Else the test above says nothing about it."""
    texts = [*SENTENCES, *(case.text for case in draw(34, seed=3))]
    unmatched = [pattern.pattern for _, pattern in settings._PATTERNS if not any(map(pattern.search, texts))]
    assert not unmatched


def test_the_words_leave_no_setting_of_a_drawn_sheet_out(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [line for case in draw(34, seed=4) for line in case.text.split("\n") if line.strip()]
    found = list(map(settings.settings_in, lines))
    every = [(role, pattern, ()) for role, pattern in settings._PATTERNS]
    monkeypatch.setattr(settings, "_PATTERNS_WITH_WORDS", every)
    assert list(map(settings.settings_in, lines)) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("- **L1** 24 @ 7x7, /4, pad 0: 226 px -> 55 px", ("right", "55")),
        ("- **L1** 24 @ 7x7, /4, pad 0: 226 px -> 65 px", ("wrong", "55")),
        ("- **L1** 24 @ 7x7, /4, pad 0: 226 px -> 555 px", ("wrong", "55")),
        ("- **L2** max pool 3x3, /2: 27 px -> 15 px", ("wrong", "13")),
    ],
)
def test_windows_in_short_are_judged(line: str, found: tuple[str, str]) -> None:
    assert [(one.verdict, one.computed) for one in lint(line).judged] == [found]


@pytest.mark.parametrize(
    "line", ["Maps 96 @ 55x55 / 4: 24 px", "a 3x3/2 share, 27 px -> 15 px", "at 3 px -> 9 px"]
)
def test_what_is_no_window_in_short_is_left_alone(line: str) -> None:
    assert not lint(line).judged
