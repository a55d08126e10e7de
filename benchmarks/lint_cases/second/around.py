"""What stands around the solutions of the second set: numbers and equals signs, and nothing to be checked."""

from __future__ import annotations

import random

from ..harmless import some_of

__all__ = ["in_spanish", "remarks"]

# [a..b] stands for a number from a to b.
_ENGLISH = (
    "This uses eq. ([2..6].[1..30]) of the handout (p. [3..40], second paragraph).",
    "Last changed on 20[15..25]-0[1..9]-[10..28] at [10..21]:[10..59].",
    "The convention here is stride = 1 and padding = 0 when nothing else is said.",
    "Group [1..9] had a different kernel, so their result is not ours.",
    "For a batch of B pictures everything is multiplied by B, e.g. B = [16..64].",
    "If you use another framework (say Keras 2.[2..9]), the order of the axes differs.",
    "Remember: sigma(0) = 1/2 and sigma'(0) = 1/4 for the logistic function.",
    "Only [3..9] of [20..60] groups solved this part last year.",
    "See also question [3..9](b) and slide [20..80] of lecture [2..12].",
    "A unit looks at one window only; that is why the same weights are shared by all of them.",
    "We assume i = j in the second sum and n > [2..5] everywhere.",
    "On my laptop this takes 0.[2..9] s, on the cluster about [2..9] times less.",
    "Accuracy after [5..30] epochs: [70..89].[1..9] % (validation), [90..98].[1..9] % (training).",
    "Whoever wrote k = [2..4] instead loses no points here.",
    "Typo in the old version: it said p = [2..4], it should say p = 1.",
    "The numbering starts with 0, so layer 2 is the third one.",
    "(x, y) = (0, 0) is the upper left corner of the picture.",
    "Ask in office hours, Tuesday [10..11]-12 in H [10..90].[1..5].",
    "Please keep at least [3..4] digits until the end.",
    "Dropout with p = 0.[2..5] changes none of these counts.",
)
_SPANISH = (
    "Véase la sección [2..9].[1..9] de los apuntes, páginas [10..49]-[50..99].",
    "Entrega: [1..28]/[10..12]/20[18..25], 23:59 h, aula [1..4].[10..30].",
    "Recuérdese que ReLU(x) = máx(0, x) no tiene parámetros.",
    "Ejercicio [2..9] ([1..3] puntos), unos [10..40] minutos.",
    "En la figura [2..7] se toma s = 1 si no se dice otra cosa.",
    "Tutorías: martes de [9..11] a 13 h, despacho [100..390].",
    "El artículo [4] da un error del [15..20],[1..9] % en el conjunto de prueba.",
)


def remarks(chance: random.Random, number: int = 3) -> list[str]:
    """Return so many lines of plain English text."""
    return some_of(_ENGLISH, chance, number)


def in_spanish(chance: random.Random, number: int = 3) -> list[str]:
    """Return so many lines of plain Spanish text."""
    return some_of(_SPANISH, chance, number)
