"""What stands around the solutions of the seventh set: numbers, and nothing to be checked."""

from __future__ import annotations

import random

from ..harmless import some_of

__all__ = ["asides_in_html", "asides_in_portuguese", "asides_in_tex", "sidelines"]

# [a..b] stands for a number from a to b.
_ANYWHERE = (
    "Last edited [1..28] November 20[19..25] at [10..22]:[10..59]; the previous version had a typo in "
    "line 7.",
    "Needs Python >= 3.[9..12] and torch==2.[0..5].1; with older releases the progress bar looks odd.",
    "The paper (NIPS 20[12..17], pp. 1097-1105) has [5..9] footnotes and [3..8] figures.",
    "On our cluster node gpu[10..40] has 4 cards, of which [2..3] are usually free after 22:00.",
    "Top-1 accuracy was [70..79].[1..9]% after [60..90] epochs, reported on the 50,000 validation images.",
    "Cf. Goodfellow et al., Chapter 9, p. [320..360]; the 2nd printing counts the pages differently.",
    "The slides call this layer 'conv [1..5]_[1..3]'; we do not.",
    "Data augmentation: random crops, flips with p = 0.5, colour jitter of at most 0.[1..4].",
    "Weight decay is 5e-4, and the learning rate drops by 10 at epochs 30 and 60.",
    "Issue #[100..999] was closed by pull request #[1000..1999] in release v0.[3..9].[0..9].",
    "Thanks to reader no. [2..30], who wrote on [1..28]/0[1..9]/2023 that Figure [2..6] was upside down.",
    "A pixel is stored as 8 bits, that is, as a number from 0 to 255.",
    "If a = b there is nothing to do, and if a > b swap them.",
    "The download has [2..9] files and is about [100..900] MB; the checksum starts with 7f[10..99]e.",
    "Compiled with CUDA 1[1..2].[1..8], cuDNN 8.[1..9] and driver 5[10..60].[10..99].",
    "We tried [3..9] seeds; the best run is no. [1..9], the worst one lost [1..3].[1..9] points.",
)
_IN_A_COURSE = (
    "Lecture [2..14] is on Thursday, 14:15-16:00, in room [1..4].0[10..99]; no lecture on 1 May.",
    "We fix the random seed to [7..99] and use batches of [16..64] unless stated otherwise.",
    "Answers are worth 10% of the final grade and are due in week [4..12].",
    "Nobody needs to remember the constants 0.9, 0.999 and 1e-8 for the exam.",
    "Solutions by mail to list-[10..99]@example.org before 6 pm, subject line [DL-[1..9]].",
    "About [2..9] in 10 of you wrote 'ReLU' with a capital L, which is fine.",
    "Please bring a calculator (model FX-[82..99] or similar) and 2 sheets of A4 paper.",
    "The course had [80..240] participants in 20[18..24], [2..9] of them by video.",
    "Remember that the index runs over i = 1, ..., n and that x_0 = 1 is the usual trick for the bias.",
    "Question [2..6] was set in 20[11..19] as well, with [5..20] instead of [21..40] filters.",
)
_PORTUGUESE = (
    "Entrega até [1..28]/[10..12]/20[18..25], às 23h59, na sala [100..399] ou pelo Moodle.",
    "Veja o capítulo [2..9] do livro, páginas [100..150] a [151..199].",
    "Este exercício vale [2..9] pontos de um total de 40.",
    "Turma de 20[18..24], com [20..90] alunos matriculados; o professor atende às terças, das 10h às 12h.",
    "O código foi testado com Python 3.[9..12] e PyTorch 2.[0..5].",
    "Na figura [2..7] da apostila (versão 1.[1..9]) aparece a mesma rede com outro nome.",
    "Dúvidas: monitoria na sala B[10..99], ramal [1000..9999].",
    "Usamos a semente 42 e lotes de [16..64] imagens em todos os experimentos.",
)


def sidelines(chance: random.Random, number: int, course: bool = True) -> list[str]:
    """Return so many remarks; ``course`` for those on lectures and exams, too."""
    return some_of(_ANYWHERE + _IN_A_COURSE * course, chance, number)


def asides_in_tex(chance: random.Random, number: int) -> list[str]:
    """Return so many remarks for LaTeX."""
    return [_in_tex(line) for line in sidelines(chance, number)]


def asides_in_portuguese(chance: random.Random, number: int) -> list[str]:
    """Return so many remarks in Portuguese, for LaTeX."""
    return [_in_tex(line) for line in some_of(_PORTUGUESE, chance, number)]


def asides_in_html(chance: random.Random, number: int) -> list[str]:
    """Return so many remarks for HTML."""
    return [
        line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for line in sidelines(chance, number, course=False)
    ]


def _in_tex(line: str) -> str:
    formulas = {
        "i = 1, ..., n": r"$i = 1, \ldots, n$",
        "x_0 = 1": "$x_0 = 1$",
        "a = b": "$a = b$",
        "a > b": "$a > b$",
        "p = 0.5": "$p = 0.5$",
        "Python >= 3": r"Python $\geq$ 3",
    }
    for plain, typeset in formulas.items():
        line = line.replace(plain, typeset)
    line = line.replace("%", r"\%").replace("#", r"\#")
    return line if "$" in line else line.replace("_", r"\_")
