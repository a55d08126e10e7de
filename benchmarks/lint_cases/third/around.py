"""What stands around the solutions of the third set: numbers and equals signs, and nothing to be checked."""

from __future__ import annotations

import random

from ..harmless import some_of

__all__ = ["in_italian", "notes", "said"]

# [a..b] stands for a number from a to b.
_NOTES = (
    "Cf. Prop. [2..6].[1..9] and the remark after it ([1..3] lines).",
    "Due in week [2..13], worth [5..20] % of the grade.",
    "Needs Python >= 3.[10..13] and about [1..4] GB of disk.",
    "Colours: blue = convolution, grey = pooling.",
    "One epoch is [20..60] 000 pictures in batches of [32..128].",
    "Throughout, i runs over rows, j over columns, and i = 1 is the top.",
    "The seed is [10..99]; with seed = 0 the curves look alike.",
    "Not on the exam: groups, dilation > 1, half precision.",
    "In [2..4] of [5..9] runs the loss went up first.",
    "Slides [3..30]-[31..60] show the same for another kernel.",
    "Top-5 error: [15..19].[1..9] % then, below [3..5] % today.",
    "We keep beta1 = 0.9 and beta2 = 0.999, the defaults.",
    "Somebody asked whether n = [3..6] would do as well; it depends.",
    "Last year's exam, no. [1..9], was the same with p = [2..3].",
    "Typeset on 20[18..25]-[10..12]-[10..28], [2..9] pages.",
    "The dropout rate of 0.[2..5] has no part in the counting.",
    "Kernel [2..9] has learnt an edge at about [20..70] degrees.",
    "Take any x > 0 and any n >= 1; nothing else is assumed.",
)
_SAID = (
    "That's page [20..90] in the handout, by the way.",
    "We have about [15..40] minutes left, that's enough.",
    "Somebody in row [3..9] had a question last time, I'll come back to it.",
    "Exercise [2..9] is due on Friday at [10..12].",
    "You have all seen ReLU, it keeps what is above 0 and it has no weights at all.",
    "The slide says version [2..4], never mind, nothing has changed.",
    "In the 20[12..15] paper they trained for [5..7] days on 2 cards.",
    "Is that readable in the back? I can make it [2..3] times larger.",
    "There were [20..60] people here last week, where have the others gone?",
    "For now think of a batch of 1, with a batch of [16..64] it's all the same per picture.",
)
_ITALIAN = (
    "Si vedano le dispense, par. [2..9].[1..9], pp. [10..49]--[50..99].",
    "Consegna entro il [1..28]/[10..12]/20[18..25], ore 12:00, aula B[1..9].",
    "Si ricordi che la ReLU vale 0 per argomenti negativi e non ha parametri.",
    "Esercizio d'esame dell'a.a. 20[18..24], [2..6] punti su 30.",
    "Nella fig. [2..7] il passo è 1 ovunque, salvo diverso avviso.",
    "Ricevimento: giovedì 14--16, studio [100..390].",
    "L'articolo originale riporta un errore del [15..19],[1..9]\\% sul test.",
)


def notes(chance: random.Random, number: int = 4) -> list[str]:
    """Return so many short remarks in English."""
    return some_of(_NOTES, chance, number)


def said(chance: random.Random, number: int = 4) -> list[str]:
    """Return so many remarks as somebody makes them while talking."""
    return some_of(_SAID, chance, number)


def in_italian(chance: random.Random, number: int = 4) -> list[str]:
    """Return so many lines of Italian for a sheet in LaTeX."""
    return some_of(_ITALIAN, chance, number)
