"""Layers, volumes and networks told in words: a right number is left alone, a wrong one is corrected."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

TOLD = (
    ("The MLP 784-128-10 has {} parameters.", "101,770", "101,707"),
    ("A 10-20-3 network has {} parameters in total.", "283", "238"),
    ("The layer takes 400 inputs and has 120 neurons: {} parameters including biases.", "48,120", "48,000"),
    ("128 filters of 3 × 3 on 56 × 56 × 64 need {} weights.", "73,728", "73,278"),
    ("conv2: 5x5, 32 -> 64, {} parameters", "51,264", "51,624"),
    ("A GRU layer with 16 inputs and 32 units has {} parameters.", "4,704", "4,740"),
    ("A batch norm over 64 channels has {} trainable parameters.", "128", "182"),
    ("A depthwise 3×3 convolution over 64 channels has {} weights.", "576", "756"),
    ("5,000 words, each embedded in 64 dimensions, need {} weights.", "320,000", "302,000"),
    ("Every unit has 20 weights and a bias; the 50 units have {} parameters.", "1,050", "1,000"),
    ("512 rows of 768 numbers each make {} numbers.", "393,216", "392,316"),
    ("There are 864 weights and 32 biases, in total {}.", "896", "869"),
    ("An image of 32 × 32 pixels with 3 channels has {} values.", "3,072", "3,027"),
    ("A batch of 64 images of 28 × 28 pixels holds {} numbers.", "50,176", "51,076"),
    ("A grey image of 64×64 pixels, one byte each, takes {}.", "4,096 bytes", "4,069 bytes"),
    ("Four stacked 3×3 convolutions see {} pixels.", "9×9", "12×12"),
    ("A 5x5 conv and a 2x2 pooling and a 3x3 conv have a receptive field of {} pixels.", "10", "9"),
    ("An image of 13×13 padded by 2 on each side becomes {}.", "17×17", "15×15"),
    ("Upsampling by a factor of 3 turns 7×7 into {}.", "21×21", "10×10"),
    ("The transposed convolution with kernel 4, stride 2 and padding 1 maps 7×7 to {}.", "14×14", "15×15"),
    ("VGG has 138,357,544 parameters; with 2 bytes each that is {}.", "277 MB", "267 MB"),
    ("25.6 million parameters at 4 bytes are {}.", "102.4 MB", "104.2 MB"),
)


@pytest.mark.parametrize(("text", "right", "wrong"), TOLD)
def test_what_is_told_is_judged(text: str, right: str, wrong: str) -> None:
    verdicts = [one.verdict for one in lint(text.format(right)).judged if one.stated == right]
    assert verdicts[0] == "right"
    assert "wrong" not in verdicts
    (found,) = lint(text.format(wrong)).wrong
    assert found.stated == wrong
    assert found.computed == right.removesuffix(" bytes") or "MB" in wrong


@pytest.mark.parametrize(
    "text",
    [
        "The layer takes 400 inputs and has 120 neurons; the whole network has 61,706 parameters.",
        "The LSTM with 100 inputs and 128 units and a dense layer: the model has 118,538 parameters.",
        "Each filter has 27 weights; the 32 filters are applied at 900 positions each.",
        "The RGB image of 224 by 224 pixels is cut into patches; each contains 768 numbers.",
        "The image of 28 × 28 pixels is followed by 800 units.",
        "Product: 512 × 100 × 4 bytes = 204,800 bytes for the input pixels.",
        "Two dilated 3×3 convolutions see 7×7 pixels.",
        "The MLP (784-300-10): without biases it has 238,200 weights, with them 238,510 parameters.",
    ],
)
def test_other_numbers_near_by_are_left_alone(text: str) -> None:
    assert lint(text).wrong == ()
