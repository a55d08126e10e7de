"""Notes in AsciiDoc, kept as .txt: normalisation and losses by hand, formulas in AsciiMath."""

from __future__ import annotations

import random
from fractions import Fraction

from nnutils import BatchNorm2d, Conv2d, Network, count

from ..case import Case
from ..notation import TYPED
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import jottings
from .parts import Desk, drawn

__all__: list[str] = []

_MEAN = "({0} + {1} + {2} + {3})/4"
_SPREAD = "(({0} - {4})**2 + ({1} - {4})**2 + ({2} - {4})**2 + ({3} - {4})**2)/4"
_EPSILON = Fraction(1, 100)


def _stem(text: str) -> str:
    return f"stem:[{text}]"


def _block(*rows: str) -> list[str]:
    return ["[stem]", "++++", *rows, "++++", ""]


def _batch(chance: random.Random) -> list[int]:
    """Draw four values, not all alike, whose mean is whole."""
    while True:
        values = [chance.randrange(-3, 10) for _ in range(4)]
        if sum(values) % 4 == 0 and len(set(values)) > 2:
            return values


def _normalised(w: Writer, chance: random.Random) -> list[str]:
    """The mean and the variance of a batch, and what becomes of its values."""
    desk, values = Desk(w), _batch(chance)
    gamma, beta = Fraction(chance.choice([5, 15, 20, 30]), 10), drawn(chance, -10, 10)
    shown = [desk.inner(one) for one in values]
    mean = desk.state(_MEAN, *values, slips=[("a wrong divisor", _MEAN.replace("/4", "/3"))])
    centre = desk.inner(mean)
    spread = desk.state(_SPREAD, *values, mean, slips=[("a wrong divisor", _SPREAD.replace("/4", "/3"))])
    squares = " + ".join(f"({one} - {centre})^2" for one in shown)
    width = desk.state("sqrt({0} + {1})", spread, _EPSILON, slips=[("no root", "{0} + {1}")])
    lines = [
        f"A channel has the values {', '.join(map(desk.text, values))} in a batch of four; "
        f"{_stem(f'gamma = {desk.text(gamma)}, beta = {desk.text(beta)}, epsilon = 0.01')}.",
        "",
        *_block(
            f"mu = ({' + '.join(shown)})/4 = {mean}",
            f"sigma^2 = ({squares})/4 = {spread}",
            f"sqrt(sigma^2 + epsilon) = sqrt({desk.text(spread)} + 0.01) ~~ {width}",
        ),
        '[cols="1,2,2"]',
        "|===",
        f"|{_stem('x')} |{_stem('hat x = (x - mu)/sqrt(sigma^2 + epsilon)')} "
        f"|{_stem('y = gamma hat x + beta')}",
        "",
    ]
    for value in values:
        hat = desk.state("({0} - {1})/{2}", value, mean, width, slips=[("a sign lost", "({1} - {0})/{2}")])
        y = desk.state("{0}*{1} + {2}", gamma, hat, beta, slips=[("a term left out", "{0}*{1}")])
        lines.append(f"|{desk.text(value)} |{hat} |{y}")
    old = chance.choice([0, 1, 2])
    kept = desk.state(
        "9/10*{0} + 1/10*{1}", old, mean, slips=[("the two weights exchanged", "1/10*{0} + 9/10*{1}")]
    )
    return [
        *lines,
        "|===",
        "",
        "The running mean becomes " + _stem(f"0.9 * {old} + 0.1 * {centre} = {kept}") + ".",
        "",
    ]


def _pixels(w: Writer, chance: random.Random) -> list[str]:
    """Pixels that are standardised with the means and deviations of a data set."""
    desk, lines = Desk(w), list[str]()
    channels = [("red", 485, 229), ("green", 456, 224), ("blue", 406, 225)]
    for name, mean, spread in channels:
        value = chance.randrange(10, 250)
        m, s = Fraction(mean, 1000), Fraction(spread, 1000)
        made = desk.state("({0}/255 - {1})/{2}", value, m, s, slips=[("a sign lost", "({0}/255 + {1})/{2}")])
        lines.append(f"* {name}: " + _stem(f"({value}/255 - {desk.text(m)})/{desk.text(s)} ~~ {made}"))
    return ["Standardise one pixel with the usual means and standard deviations:", "", *lines, ""]


def _learnt(w: Writer, chance: random.Random) -> list[str]:
    """A convolution without biases and the normalisation behind it."""
    a, b, k = chance.choice([3, 16, 32, 64]), chance.choice([32, 64, 128, 256]), chance.choice([3, 5, 7])
    net = Network(
        (a, 32, 32), [Conv2d(b, k, padding=k // 2, bias=False, name="conv"), BatchNorm2d(name="bn")]
    )
    counts = count(net)
    weights = w.product(b, a, k, k, of=counts["conv"].parameters)
    both = w.product(2, b, of=counts["bn"].parameters)
    total = w.sum(weights, both, of=counts.total.parameters)
    share = w.share(both, total, 2, [weights])
    return [
        f"A {k}x{k} convolution from {a} to {b} channels, `bias=False`, and batch normalisation with its own "
        f"{_stem('gamma')} and {_stem('beta')} for each of the {b} channels:",
        "",
        f"convolution:: {_stem(f'{b} * {a} * {k} * {k} = {weights}')}",
        f"normalisation:: {_stem(f'2 * {b} = {both}')}",
        f"together:: {_stem(f'{w.plus(weights, both)} = {total}')}, of which the normalisation has "
        f"{_stem(f'{w.whole(both)}/{w.whole(total)} ~~')} {share}",
        "",
    ]


def _losses(w: Writer, chance: random.Random) -> list[str]:
    """Squared, absolute and logistic losses of a few predictions."""
    desk = Desk(w)
    targets = [chance.randrange(0, 5) for _ in range(4)]
    errors = [drawn(chance, -15, 15) for _ in range(4)]
    said = [target + error for target, error in zip(targets, errors, strict=True)]
    squared = "({0}**2 + {1}**2 + {2}**2 + {3}**2)"
    mse = desk.state(f"{squared}/4", *errors, slips=[("not divided", squared)])
    mae = desk.state(_MEAN, *map(abs, errors), slips=[("not divided", _MEAN.removesuffix("/4"))])
    p = Fraction(chance.randrange(6, 95), 100)
    hit = desk.state("-log({0})", p, slips=[("a sign lost", "log({0})")])
    miss = desk.state("-log(1 - {0})", p, slips=[("the other class", "-log({0})")])
    lines = ["|===", "|prediction |target |error"]
    for one, target, error in zip(said, targets, errors, strict=True):
        lines.append(f"|{desk.text(one)} |{target} |{desk.text(error)}")
    squares = " + ".join(f"{desk.inner(one)}^2" for one in errors)
    sizes = " + ".join(desk.text(abs(one)) for one in errors)
    return [
        *lines,
        "|===",
        "",
        "* mean squared error: " + _stem(f"({squares})/4 = {mse}"),
        "* mean absolute error: " + _stem(f"({sizes})/4 = {mae}"),
        f"* logistic loss of a predicted {desk.text(p)}: {_stem(f'-ln({desk.text(p)}) ~~ {hit}')} if it is a "
        f"cat, {_stem(f'-ln(1 - {desk.text(p)}) ~~ {miss}')} if not",
        "",
    ]


def _dropout(w: Writer, chance: random.Random) -> list[str]:
    """What is kept by dropout, and how it is scaled."""
    desk, p, n = Desk(w), Fraction(chance.choice([10, 20, 25, 40, 50]), 100), chance.choice([100, 400, 1000])
    kept = desk.state("{0}*(1 - {1})", n, p, slips=[("what is dropped", "{0}*{1}")])
    scale: Figure = desk.state("1/(1 - {0})", p, slips=[("upside down", "1 - {0}")])
    sign = "~~" if desk.rounds(scale) else "="
    rest = f"(1 - {desk.text(p)})"
    return [
        f"Inverted dropout with {_stem(f'p = {desk.text(p)}')} keeps "
        f"{_stem(f'{n} * {rest} = {kept}')} of {n} units on average and multiplies them by "
        f"{_stem(f'1/{rest} {sign} {scale}')}.",
        "",
    ]


@style("asciidoc-notes")
def asciidoc_notes(chance: random.Random, name: str) -> Case:
    w = Writer(chance, TYPED.of(hand=Hand(thousands="", sign="%")))
    remarks = jottings(chance, 4)
    day = f"20{chance.randrange(19, 26)}-1{chance.randrange(0, 3)}-{chance.randrange(10, 29)}"
    lines = [
        "= Normalisation, regularisation, losses",
        f"Exercise class {chance.randrange(1, 9)} <{chance.choice(['mon', 'thu'])}@lists.example.org>",
        f"v1.{chance.randrange(0, 9)}, {day}",
        ":stem:",
        ":toc: left",
        "",
        f"NOTE: {remarks[0]}",
        "",
        "== Batch normalisation",
        "",
        *_normalised(w, chance),
        f"// {remarks[1]}",
        "",
    ]
    others = {"Pixels": _pixels, "What is learnt": _learnt, "Losses": _losses, "Dropout": _dropout}
    titles = chance.sample(list(others), 2)
    for title, remark in zip(titles, remarks[2:], strict=True):
        lines += [f"== {title}", "", *others[title](w, chance), f"TIP: {remark}", ""]
    return w.finished(name, ".txt", "\n".join(lines))
