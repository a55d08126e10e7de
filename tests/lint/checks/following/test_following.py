"""Results that follow from results: what is said to follow, and what only stands near by."""

import pytest

from nnutils.lint import lint


def _wrong(text: str) -> list[tuple[str, str]]:
    return [(one.stated, one.computed) for one in lint(text).wrong]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Layer one has 320 parameters, layer two 650 parameters, together {}.", ("970", "907")),
        ("Each neuron has 401 parameters; the 120 neurons have {}.", ("48,120", "48,000")),
        ("With biases there are 896 parameters, without them 864, a difference of {}.", ("32", "23")),
        ("54,000 seconds are {} hours.", ("15", "14")),
        ("25.6 million parameters at 4 bytes are {} MB.", ("102.4", "104.2")),
        ("VGG-16 has 138,357,544 parameters; in half precision (2 bytes) that is {} MB.", ("277", "267")),
        ("If 12 of 80 answers were wrong, the error rate is 15 %, the accuracy {} %.", ("85", "58")),
        ("There are 1,024 paths. Half of them, {}, pass the first layer.", ("512", "521")),
        ("Since 0.04 + 0.09 + 0.16 = 0.29, the mean is {}.", ("0.0967", "0.0697")),
        ("The answer is {}, because 5 · 5 · 6 = 150 and there are 6 biases.", ("156", "165")),
        ("weights = 5 · 5 · 20 = 500, biases = 20 → {}", ("520", "525")),
    ],
)
def test_a_result_of_what_was_told_before_is_judged(text: str, found: tuple[str, str]) -> None:
    right, wrong = found
    assert _wrong(text.format(right)) == []
    assert [stated.split()[0] for stated, _ in _wrong(text.format(wrong))] == [wrong]


@pytest.mark.parametrize(
    "text",
    [
        "The first layer has 896 weights. The paper reports 1,200,000 parameters in total.",
        "There are 391 steps per epoch. After 5 epochs the loss is 0.45.",
        "Training ran for 48 epochs (8 h 12 min) on 3 cards.",
        "Of 36 statements 28 are right. 2 more only restate the question.",
        "Along each axis 4 of 8 pixels are lost, which leaves 25 % of the picture.",
        "We have 5 filters with 27 weights each and 5 biases. This leaves us with 140 parameters.",
    ],
)
def test_a_number_that_only_stands_near_by_is_left_alone(text: str) -> None:
    assert _wrong(text) == []


def test_a_number_is_shown_in_the_unit_in_which_it_is_stated() -> None:
    (found,) = lint("Embedding: 10,000 words and 3,000,000 numbers with 4 bytes each are 21 MB.").wrong
    assert (found.stated, found.computed) == ("21 MB", "12 MB")
