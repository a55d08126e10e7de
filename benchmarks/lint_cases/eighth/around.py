"""What stands around the solutions of the eighth set: numbers, and nothing to be checked."""

from __future__ import annotations

import random

from ..harmless import some_of

__all__ = ["said", "said_in_dutch", "said_in_html", "said_in_tex"]

# [a..b] stands for a number from a to b.
_ENGLISH = (
    "Updated [1..28] April 20[20..25]: fixed the axis labels in Fig. [2..9] and one typo on page [3..40].",
    "Office hours: Mon 3-4:30 pm in Gates B[10..30], Wed 10-11 am on Zoom (ID 94[100..999] [1000..9999]).",
    "Quiz [2..8] is due in week [3..12] and counts [5..15]% of the grade; late days: 3 in total.",
    "VGG-16 won 2nd place at ILSVRC 2014 with a top-5 error of 7.3%.",
    "Our run used 8 workers, a batch of [32..256] and a cosine schedule from 3e-4 down to 1e-6.",
    "See Bishop, PRML, Section 5.[1..6], eq. (5.[10..99]), for the general case.",
    "The weights were initialised from a normal distribution with mean 0 and standard deviation 0.0[1..5].",
    "Tested with TensorFlow 2.[9..16].0, NumPy 1.[21..26] and CUDA 12.[1..6].",
    "If x > 0 the ReLU passes the gradient on with factor 1, else with factor 0.",
    "The validation loss stopped improving after epoch [11..60] of 100, so we use early stopping.",
    "About [40..90] of the [110..240] students of 20[17..24] got this one right.",
    "Attribution: adapted from problem [2..7] of the 20[15..23] midterm (then [10..25] points).",
    "Pixel values are divided by 255 first, and the labels run from 0 to 9.",
    "Dropout with p = 0.[2..5] sits between the last two layers and has nothing to learn.",
    "ResNet-50, DenseNet-121 and EfficientNet-B[0..7] are not needed here.",
    "Slides [12..30]-[31..60] of lecture [3..11] show the same picture in colour.",
    "In the released code the learning rate is 1e-3, not 1e-4 as printed in Table [1..6].",
    "1 point is taken off if the units are missing, but never more than [2..3] on the whole question.",
    "arXiv:1[4..7]0[1..9].0[1000..9999]v[2..6] has a longer version of the argument in Appendix B.2.",
    "Thread #[120..980] on Ed has a drawing of it; [3..25] people liked it.",
    "Seed = [1..99] everywhere, as agreed in the first lab on 0[1..9]/[10..28].",
    "The exam lasts 180 minutes and has [6..9] problems on [14..22] pages.",
)
_DUTCH = (
    "Inleveren vóór [1..28] november 20[18..25], 17.00 uur, in postvak [10..90] (lokaal A[1..4].[10..30]).",
    "Zie hoofdstuk [3..9] van de cursustekst, blz. [100..140]-[141..180].",
    "Deze vraag telde mee voor [3..6] van de 20 punten; het gemiddelde was [2..2],[1..8].",
    "Examen van 2[1..8] januari 20[16..24], reeks [1..4], tijdsduur 3 uur.",
    "De gegevens komen van [80..240] patiënten uit [2..5] ziekenhuizen, periode 2009-2014.",
    "We rekenen met R 4.[1..3].2 en tonen 3 cijfers na de komma.",
    "Stelling 4.[2..9] geldt ook als n > 30, zie oefenzitting [2..8].",
    "Contact: leslokaal [1..9].[10..60], telefoon 016 32 [10..99] [10..99].",
)


def said(chance: random.Random, number: int) -> list[str]:
    """Return so many remarks."""
    return some_of(_ENGLISH, chance, number)


def said_in_html(chance: random.Random, number: int) -> list[str]:
    """Return so many remarks for a page."""
    return [line.replace("&", "&amp;").replace(">", "&gt;") for line in said(chance, number)]


def said_in_tex(chance: random.Random, number: int) -> list[str]:
    """Return so many remarks for LaTeX."""
    return [_in_tex(line) for line in said(chance, number)]


def said_in_dutch(chance: random.Random, number: int) -> list[str]:
    """Return so many remarks in Dutch, for LaTeX."""
    return [_in_tex(line) for line in some_of(_DUTCH, chance, number)]


def _in_tex(line: str) -> str:
    for plain, typeset in {"x > 0": "$x > 0$", "n > 30": "$n > 30$", "p = 0": "$p$ = 0"}.items():
        line = line.replace(plain, typeset)
    return line.replace("%", r"\%").replace("#", r"\#")
