"""What stands around the solutions of the sixth set: numbers and equals signs, and nothing to be checked."""

from __future__ import annotations

import random

from ..harmless import some_of

__all__ = ["in_portuguese", "trifles", "trifles_in_html", "trifles_in_tex"]

# [a..b] stands for a number from a to b.
_ENGLISH = (
    "Last edited 20[19..25]-0[1..9]-[10..28], revision [2..40].",
    "Lecture hall [1..9], building [20..60], Wednesdays 14:15 to 15:45.",
    "This is worth [2..6] of the [40..60] marks; nobody needs more than [10..25] minutes for it.",
    "We follow section [2..9].[1..6] of the reader (pp. [100..199] to [200..230]).",
    "Seed [1..99], batch size [16..256], weight decay 5e-4, as in lab [1..8].",
    "Checked with PyTorch 2.[1..6] under Ubuntu 2[2..4].04, on a card with [8..24] GB.",
    "A pixel has values from 0 to 255, divided by 255 before they are fed in.",
    "VGG-16 and ResNet-50 are left for exercise sheet [5..12].",
    "Top-1 accuracy went from [60..69].[1..9] % to [70..79].[1..9] % after [30..90] epochs.",
    "In Figure [1..9] the boxes 1 to 5 are the convolutions, 6 to 8 the rest.",
    "Questions to the forum, thread #[100..999], before the [20..28]th.",
    "ImageNet has 1000 classes, CIFAR-10 has 10 classes with 6000 pictures each.",
    "Compare question [1..4] of the exam of 20[14..24] (there with k = [3..5] and s = 1).",
    "The first version of this sheet had stride [2..3] in question [1..9], sorry.",
    "Betas are 0.9 and 0.999, epsilon = 1e-8, as everywhere.",
    "Room change: from [100..199] to [200..299] in week [2..12].",
    "LeCun et al., Proc. IEEE 86(11), 1998, use tanh here.",
    "About [20..80] people took part, and [5..19] of them got full marks.",
)
_PORTUGUESE = (
    "Entrega até [1..28]/[10..12]/20[19..25], às 18h00, sala [100..399].",
    "Ver o capítulo [2..9] da apostila, páginas [10..49] a [50..99].",
    "Prova P[1..3] de 20[17..24], turma [10..40], duração de [90..120] minutos.",
    "Lembre que ReLU(x) = max(0, x) não tem parâmetros.",
    "Monitoria: terças das 14h às 16h, bloco [1..9], tel. [2000..4999]-[1000..9999].",
    "O conjunto CIFAR-10 tem 10 classes; usamos lotes de 128 no laboratório [1..8].",
    "Adaptado do exercício [2..9].[1..20] de Goodfellow et al. (2016).",
)
_TYPESET = {
    "%": r"\%",
    "#": r"\#",
    "k = ": "$k$ = ",
    "s = 1": "$s = 1$",
    "epsilon = 1e-8": r"$\varepsilon = 10^{-8}$",
    "5e-4": r"$5 \cdot 10^{-4}$",
}


def trifles(chance: random.Random, number: int) -> list[str]:
    """Return so many remarks."""
    return some_of(_ENGLISH, chance, number)


def trifles_in_html(chance: random.Random, number: int) -> list[str]:
    """Return so many remarks for a page."""
    return [line.replace(" %", "&nbsp;%") for line in trifles(chance, number)]


def trifles_in_tex(chance: random.Random, number: int) -> list[str]:
    """Return so many remarks for LaTeX."""
    made = []
    for line in trifles(chance, number):
        for plain, typeset in _TYPESET.items():
            line = line.replace(plain, typeset)
        made.append(line)
    return made


def in_portuguese(chance: random.Random, number: int) -> list[str]:
    """Return so many remarks in Portuguese."""
    return some_of(_PORTUGUESE, chance, number)
