"""Worked answers of a Flemish exam, in Dutch and LaTeX: measures of a classifier, softmax, one descent."""

from __future__ import annotations

import random
from fractions import Fraction

from ..case import Case
from ..fourth.parts import Desk, drawn
from ..notation import TEX
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import said_in_dutch

__all__: list[str] = []


def _measures(w: Writer, chance: random.Random) -> list[str]:
    """Accuracy, precision, recall and F1 of a table of four numbers."""
    desk = Desk(w, 3, 3)
    tp, fp, fn, tn = (chance.randrange(*room) for room in ((41, 90), (5, 30), (6, 35), (60, 140)))
    total = w.sum(tp, fp, fn, tn)
    accuracy = desk.state(
        f"({tp} + {tn})/{{0}}",
        total,
        slips=[("the other cases", f"({fp} + {fn})/{{0}}"), ("a term left out", f"{tp}/{{0}}")],
    )
    precision = desk.state(
        f"{tp}/({tp} + {fp})",
        slips=[("the wrong base", f"{tp}/({tp} + {fn})"), ("the wrong base", f"{tp}/{tn}")],
    )
    recall = desk.state(f"{tp}/({tp} + {fn})", slips=[("the wrong base", f"{tp}/({tp} + {fp})")])
    both = desk.state(
        "2*{0}*{1}/({0} + {1})",
        precision,
        recall,
        slips=[("a factor left out", "{0}*{1}/({0} + {1})"), ("another mean", "({0} + {1})/4")],
    )
    p, r = desk.text(precision), desk.text(recall)
    return [
        rf"Van de patiënten zijn er {tp} terecht positief (TP), {fp} vals positief (FP), {fn} vals "
        rf"negatief (FN) "
        rf"en {tn} terecht negatief (TN), samen ${w.plus(tp, fp, fn, tn)} = {total}$ patiënten.",
        r"\begin{itemize}",
        rf"  \item De nauwkeurigheid is het aandeel juiste voorspellingen: $\frac{{{tp} + "
        rf"{tn}}}{{{w.whole(total)}}} "
        rf"= {accuracy}$.",
        rf"  \item De precisie is $\frac{{{tp}}}{{{tp} + {fp}}} = {precision}$, de gevoeligheid "
        rf"$\frac{{{tp}}}{{{tp} + {fn}}} = {recall}$.",
        rf"  \item Hieruit volgt $F_1 = \frac{{2 \cdot {p} \cdot {r}}}{{{p} + {r}}} = {both}$.",
        r"\end{itemize}",
    ]


def _softmax(w: Writer, chance: random.Random) -> list[str]:
    """Probabilities, the cross-entropy of one case and its gradient."""
    desk = Desk(w, 3, 3)
    scores = [Fraction(one, 10) for one in chance.sample([-10, -5, 3, 8, 12, 15, 20, 24], 3)]
    true = chance.randrange(3)
    powers = [desk.state("exp({0})", one) for one in scores]
    total = desk.state("{0} + {1} + {2}", *powers, slips=[("a term left out", "{0} + {1}")])
    shares = [
        desk.state("{0}/{1}", one, total, slips=[("the other way round", "{1}/{0}")] * (one is powers[0]))
        for one in powers
    ]
    loss = desk.state(
        "-log({0})",
        shares[true],
        slips=[("the logarithm to base ten", "-log({0})/log(10)"), ("a sign lost", "log({0})")],
    )
    slope = desk.state(
        "{0} - 1", shares[true], slips=[("a sign lost", "1 - {0}"), ("one not taken away", "{0}")]
    )
    above = ", ".join(rf"$e^{{{desk.text(z)}}} \approx {one}$" for z, one in zip(scores, powers, strict=True))
    whole = desk.text(total)
    below = ", ".join(
        rf"$p_{n} = {desk.text(one)} / {whole} \approx {share}$"
        for n, (one, share) in enumerate(zip(powers, shares, strict=True), 1)
    )
    return [
        rf"De scores zijn {'; '.join(f'${desk.text(one)}$' for one in scores)} en de juiste klasse is klasse "
        f"{true + 1}.",
        rf"Eerst de exponentiëlen: {above}. Hun som is ${' + '.join(map(desk.text, powers))} = {total}$.",
        rf"Delen door de som levert {below}.",
        rf"Het verlies bedraagt dus $-\ln {desk.text(shares[true])} \approx {loss}$,",
        rf"en de afgeleide naar de score van de juiste klasse is ${desk.text(shares[true])} - 1 = {slope}$.",
    ]


def _descent(w: Writer, chance: random.Random) -> list[str]:
    """Two steps down a parabola, and how large a layer is."""
    desk = Desk(w, 3, 4)
    centre, rate = chance.choice([2, 3, 5]), Fraction(chance.choice([1, 2]), 10)
    at: Fraction | Figure = drawn(chance, -4, 8, 2)
    while at == centre:
        at = drawn(chance, -4, 8, 2)
    lines = [
        rf"We minimaliseren $f(w) = (w - {centre})^2$ met leersnelheid ${desk.text(rate)}$, vertrekkend van "
        rf"$w_0 = {desk.text(at)}$. De afgeleide is $f'(w) = 2(w - {centre})$.",
        r"\begin{align*}",
    ]
    for n in (0, 1):
        shown = desk.text(at)
        slope = desk.state(
            f"2*({{0}} - {centre})",
            at,
            slips=[("a factor left out", f"{{0}} - {centre}"), ("a sign lost", f"2*({{0}} + {centre})")],
        )
        new = desk.state(
            "{0} - {1}*{2}",
            at,
            rate,
            slope,
            slips=[("a sign lost", "{0} + {1}*{2}"), ("no rate", "{0} - {2}")],
        )
        lines += [
            rf"  f'(w_{n}) &= 2({shown} - {centre}) = {slope}, & "
            rf"w_{n + 1} &= {shown} - {desk.text(rate)} \cdot {desk.inner(slope)} = "
            rf"{new}{'' if n else ' ' + chr(92) * 2}"
        ]
        at = new
    a, b = chance.choice([28 * 28, 32 * 32, 300, 1200]), chance.choice([30, 64, 100, 250])
    weights = w.product(a, b)
    both = w.sum(weights, b)
    return [
        *lines,
        r"\end{align*}",
        rf"Een volledig verbonden laag van ${w.whole(a)}$ naar ${b}$ neuronen telt ${w.times(a, b)} = "
        rf"{weights}$ "
        rf"gewichten; met de ${b}$ drempels erbij zijn het er ${both}$.",
    ]


@style("uitgewerkte-oplossing")
def uitgewerkte_oplossing(chance: random.Random, name: str) -> Case:
    w = Writer(chance, TEX.of(hand=Hand(thousands=r"\,", decimal="{,}"), times=r" \cdot "))
    notes = said_in_dutch(chance, 4)
    lines = [
        r"\documentclass[a4paper]{article}",
        r"\usepackage[dutch]{babel}",
        r"\usepackage{amsmath}",
        r"\begin{document}",
        r"\section*{Statistisch leren: uitgewerkte oplossingen}",
        notes[0],
    ]
    for n, made in enumerate((_measures, _softmax, _descent)):
        lines += ["", rf"\paragraph{{Vraag {n + 1}.}} {notes[n + 1]}", "", *made(w, chance)]
    lines += [r"\end{document}", ""]
    return w.finished(name, ".tex", "\n".join(lines))
