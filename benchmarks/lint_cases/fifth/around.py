"""What stands around the solutions of the fifth set: numbers and equals signs, and nothing to be checked."""

from __future__ import annotations

import random

from ..harmless import some_of

__all__ = ["margins", "margins_in_tex"]

# [a..b] stands for a number from a to b.
_ENGLISH = (
    "Due Friday, [1..28] October 20[18..25], 17:00, box [1..9] next to room B[100..299].",
    "Problem [1..3] counts [10..20] points, the others [5..9] each.",
    "Compare slides [10..25] to [26..40] of week [2..13].",
    "We use batch size [16..256], momentum 0.9 and learning rate 1e-3 throughout.",
    "The data set has [10..60],000 training pictures of which 10 % are kept for validation.",
    "Chapter [2..11], exercise [1..20]; the numbering is that of the 2nd edition (ISBN 978-0-[100..999]).",
    "Written with PyTorch 2.[0..6] and Python 3.[9..13]; older versions print the shapes differently.",
    "Office hours: Tuesdays 10-12 in E[10..99].[1..9], or by mail until 9 pm.",
    "Krizhevsky et al. (2012) report [15..18].[1..9]% top-5 error, a year later it was [11..14].[1..9]%.",
    "Last year's class average was [55..79].[1..9] of 100, and [3..19] people asked for a regrade.",
    "Dropout uses p = 0.5 in training and is off at test time.",
    "Typo on page [20..200]: it should read k = [3..7], not k = [8..11].",
    "Time needed: about [20..90] minutes. Difficulty: [1..3] of 5 stars.",
    "The usual names: N pictures, C channels, H rows, W columns; all indices start at 0.",
    "Training ran for [20..90] epochs ([2..9] h [10..59] min) on [1..8] A100 with 40 GB.",
    "Thanks to the [2..9] people who found mistakes in version 1.[0..9].",
    "By definition ReLU'(x) = 1 for x > 0 and ReLU'(x) = 0 for x < 0.",
    "Weights are drawn with standard deviation 0.0[1..5], biases start at 0 (seed [1..99]).",
    "See also arXiv:1[4..9]0[1..9].0[1000..9999], table [1..6], row [2..9].",
    "Group [1..30], matriculation numbers 19-[100..999]-[100..999] and 20-[100..999]-[100..999].",
    "Exam of 20[15..24], question [2..8], slightly changed; [2..4] points went to the drawing.",
    "If i = 0 there is nothing to show, and for i > [3..9] it is left to the reader.",
)


def margins(chance: random.Random, number: int) -> list[str]:
    """Return so many remarks."""
    return some_of(_ENGLISH, chance, number)


def margins_in_tex(chance: random.Random, number: int) -> list[str]:
    """Return so many remarks for LaTeX."""
    made = []
    for line in margins(chance, number):
        for plain in ("p = 0.5", "i = 0", "k = ", "ReLU'(x) = 1", "ReLU'(x) = 0"):
            line = line.replace(plain, f"${plain.strip()}$ " if plain.endswith(" ") else f"${plain}$")
        made.append(line.replace("%", r"\%").replace(" > ", r" $>$ ").replace(" < ", r" $<$ "))
    return made
