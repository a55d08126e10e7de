"""A trace in LaTeX whose table has both ways beside each other: values down, derivatives up; then a step."""

from __future__ import annotations

import random
from fractions import Fraction

from ..case import Case
from ..harmless import in_tex
from ..notation import TEX
from ..numerals import Hand, How, exactly
from ..pen import Slips
from ..second.chain import Chain, Line, gentle
from ..second.parts import shortly
from ..styles import style
from ..writing import Writer
from .around import notes
from .parts import decimal

__all__: list[str] = []

_HEAD = r"""\documentclass{scrartcl}
\usepackage{amsmath,booktabs}
\begin{document}
"""


def _row(*cells: str) -> str:
    shown = (f"${one}$" if one else "" for one in cells)
    return "  " + " & ".join(shown) + r" \\"


def _table(w: Writer, chance: random.Random, places: int, numbers: bool) -> tuple[list[str], list[Line]]:
    """Return the table of a function, and the rows with the derivatives by the inputs.

    With ``numbers`` the cells of the derivatives have numbers put in, without them the names only.
    """
    found = gentle(chance, chance.choice([3, 4, 5]))
    chain = Chain(w, found, places)
    forward, adjoints = chain.forward(), chain.adjoints()
    back = {one.name: one for one in adjoints}
    a, b = found.inputs
    inputs = [back[r"\bar x_1"], back[r"\bar x_2"]]
    lines = [
        r"\begin{tabular}{lll@{\qquad}lll}",
        r"  \toprule",
        r"  \multicolumn{3}{c}{values, from top to bottom} &",
        r"  \multicolumn{3}{c}{derivatives, from bottom to top} \\",
        r"  \midrule",
        _row("x_1", "", str(a), r"\bar x_1", _inside(inputs[0], numbers), inputs[0].value),
        _row("x_2", "", str(b), r"\bar x_2", _inside(inputs[1], numbers), inputs[1].value),
    ]
    for one in forward[:-1]:
        bar = back[rf"\bar {one.name}"]
        lines.append(_row(one.name, one.formula, one.value, bar.name, _inside(bar, numbers), bar.value))
    last = forward[-1]
    lines.append(_row(last.name, last.formula, last.value, rf"\bar {last.name}", "", "1"))
    return [*lines, r"  \bottomrule", r"\end{tabular}", ""], inputs


def _inside(line: Line, numbers: bool) -> str:
    """Return what is computed in a row; nothing where that is the value already."""
    text = line.numbers if numbers else line.formula
    return "" if numbers and text == line.value.bare else text


def _gradient(w: Writer, inputs: list[Line], places: int) -> list[str]:
    """State the gradient once more."""
    parts = []
    for one in inputs:
        value, hand = one.value, w.notation.hand
        whole = "." not in value.bare
        parts.append(
            w.state(
                value.right,
                hand.whole if whole else hand.places(places),
                value.work,
                uses=[value],
                slack=0.0 if whole else 10.0**-places,
            )
        )
    return [rf"The gradient is $\nabla y = ({parts[0]}, {parts[1]})$.", ""]


def _how(w: Writer, value: Fraction) -> How:
    return shortly(w.notation.hand, value)


def _descent(w: Writer, chance: random.Random) -> list[str]:
    """Two or three weights after a step of gradient descent."""
    rate = chance.choice([Fraction(1, 10), Fraction(1, 2), Fraction(1, 5), Fraction(1, 100)])
    lines = [
        rf"One step of gradient descent with $\eta = {_how(w, rate)(rate).text}$ changes each weight to "
        r"$w - \eta\, \partial L / \partial w$:",
        r"\begin{align*}",
    ]
    rows = []
    for n in range(1, chance.choice([3, 4])):
        weight, slope = decimal(chance, -20, 20), Fraction(chance.choice([-6, -4, -3, -2, -1, 1, 2, 3, 5]))
        new = weight - rate * slope
        shown = _how(w, slope)(slope).text
        shown = f"({shown})" if slope < 0 else shown
        off: Slips = [("a sign lost", weight + rate * slope), ("a factor left out", weight - slope)]
        value = w.state(new, _how(w, new), f"({weight}) - ({rate})*({slope})", slips=off, roundable=False)
        old, step = _how(w, weight)(weight).text, _how(w, rate)(rate).text
        rows.append(rf"  w_{n} &\leftarrow {old} - {step} \cdot {shown} = {value}")
    return [*lines, " \\\\\n".join(rows), r"\end{align*}", ""]


def _newton(w: Writer, chance: random.Random) -> list[str]:
    """A step of Newton's method for a square root."""
    start = chance.randrange(1, 6)
    number = chance.choice([n for n in range(2, 30) if n != start**2])
    hand = w.notation.hand
    value = w.state(start**2 - number, hand.whole, f"{start}**2 - {number}")
    slope = w.state(2 * start, hand.whole, f"2*{start}")
    right = start - Fraction(start**2 - number, 2 * start)
    carried = start - exactly(value.value) / exactly(slope.value)
    short = (right * 1000).denominator == 1
    after = w.state(
        right,
        shortly(hand, right) if short else hand.places(3),
        f"{start} - ({start}**2 - {number})/(2*{start})",
        slips=[("a sign lost", start + Fraction(start**2 - number, 2 * start))],
        uses=[value, slope],
        source=carried,
        roundable=not short,
    )
    sign = "=" if short else r"\approx"
    text = rf"{start} - \frac{{{w.whole(value)}}}{{{w.whole(slope)}}} {sign} {after}"
    return [
        rf"For $f(x) = x^2 - {number}$ we have $f({start}) = {start}^2 - {number} = {value}$ and "
        rf"$f'({start}) = 2 \cdot {start} = {slope}$.",
        rf"A step of Newton's method from $x = {start}$ leads to",
        rf"\[ x - \frac{{f(x)}}{{f'(x)}} = {text} . \]",
        "",
    ]


def _dots(w: Writer, chance: random.Random) -> list[str]:
    """An inner product, a squared length and a squared distance."""
    a, b = ([chance.choice([-4, -3, -2, -1, 1, 2, 3, 5, 6]) for _ in range(3)] for _ in range(2))
    hand, dot = w.notation.hand, w.notation.times

    def bracketed(value: int) -> str:
        return f"({value})" if value < 0 else str(value)

    inner = w.state(
        sum(x * y for x, y in zip(a, b, strict=True)),
        hand.whole,
        " + ".join(f"({x})*({y})" for x, y in zip(a, b, strict=True)),
    )
    products = " + ".join(f"{bracketed(x)}{dot}{bracketed(y)}" for x, y in zip(a, b, strict=True))
    length = w.state(sum(x * x for x in a), hand.whole, " + ".join(f"({x})**2" for x in a))
    squares = " + ".join(f"{bracketed(x)}^2" for x in a)
    shown = [", ".join(map(str, one)) for one in (a, b)]
    return [
        rf"With $a = ({shown[0]})$ and $b = ({shown[1]})$ we get",
        rf"$a \cdot b = {products} = {inner}$ and $|a|^2 = {squares} = {length}$.",
        "",
    ]


@style("tex-two-ways")
def tex_two_ways(chance: random.Random, name: str) -> Case:
    w = Writer(chance, TEX.of(hand=Hand(thousands=""), times=r" \cdot "))
    remarks = in_tex(notes(chance, 4))
    body = [rf"\section*{{Automatic differentiation, set {chance.randrange(1, 9)}}}", remarks[0], ""]
    for n, letter in enumerate("ab"):
        places = chance.choice([3, 4])
        table, inputs = _table(w, chance, places, numbers=bool(n) ^ (chance.random() < 0.3))
        body += [
            rf"\subsection*{{({letter})}}",
            rf"As usual $\bar v_i = \partial y / \partial v_i$, where $y$ is the last row; {places} places.",
            "",
            *table,
            *_gradient(w, inputs, places),
            remarks[1 + n],
            "",
        ]
    asked = [_descent, _newton, _dots]
    for letter, one in zip("cd", chance.sample(asked, 2), strict=False):
        body += [rf"\subsection*{{({letter})}}", *one(w, chance)]
    body += [remarks[3], r"\end{document}", ""]
    return w.finished(name, ".tex", _HEAD + "\n".join(body))
