"""Steps of optimisers by hand: gradient descent in a table, momentum, Adam and schedules line by line."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from fractions import Fraction

from ..case import Case
from ..notation import MARKDOWN
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import jottings
from .parts import Desk, Number, columns

__all__: list[str] = []

_TENTH = Fraction(1, 10)


class _Bowl:
    """The function w² − cw with its slope 2w − c."""

    def __init__(self, chance: random.Random) -> None:
        self.c = chance.choice([2, 3, 4, 6])
        self.start = chance.choice([one for one in (-2, -1, 0, 4, 5) if 2 * one != self.c])

    @property
    def text(self) -> str:
        return f"f(w) = w² − {self.c}w"

    def slope(self, desk: Desk, at: Number) -> Figure:
        """State the slope."""
        off = [("a sign lost", f"2*{{0}} + {self.c}"), ("the exponent not brought down", f"{{0}} - {self.c}")]
        return desk.state(f"2*{{0}} - {self.c}", at, slips=off)

    def put_in(self, desk: Desk, at: Number) -> str:
        return f"2·{desk.inner(at)} − {self.c}"


_UPHILL = [("a sign lost", "{0} + {1}*{2}"), ("a factor left out", "{0} - {2}")]


def _descent(w: Writer, chance: random.Random) -> list[str]:
    """Plain gradient descent as a table."""
    desk, bowl, rate = Desk(w), _Bowl(chance), chance.choice([_TENTH, Fraction(1, 5), Fraction(1, 4)])
    rows = [["t", "w", "g = 2w − " + str(bowl.c), "w − ηg"]]
    at: Number = bowl.start
    for t in range(chance.choice([2, 3])):
        shown = desk.text(at)
        g = bowl.slope(desk, at)
        at = desk.state("{0} - {1}*{2}", at, rate, g, slips=_UPHILL)
        rows.append([str(t), shown, g, at])
    made = ["| " + " | ".join(row) + " |" for row in columns(rows, 0)]
    return [
        f"Plain SGD on {bowl.text} with η = {desk.text(rate)}, from w = {desk.text(bowl.start)}; "
        "the new w starts the next row.",
        "",
        made[0],
        "|--:|--:|--:|--:|",
        *made[1:],
        "",
    ]


def _momentum(w: Writer, chance: random.Random) -> list[str]:
    desk, bowl, rate = Desk(w), _Bowl(chance), chance.choice([_TENTH, Fraction(1, 5)])
    keep = chance.choice([Fraction(9, 10), Fraction(1, 2)])
    at: Number = bowl.start
    v: Number = 0
    lines = [
        f"Momentum, same conventions as in torch: v ← μv + g, w ← w − ηv. Here {bowl.text}, "
        f"μ = {desk.text(keep)}, η = {desk.text(rate)}, w₀ = {desk.text(at)}, v₀ = 0.",
        "",
    ]
    for t in (1, 2):
        g_text, g = bowl.put_in(desk, at), bowl.slope(desk, at)
        v_text = f"{desk.text(keep)}·{desk.inner(v)} + {desk.inner(g)}"
        v = desk.state("{0}*{1} + {2}", keep, v, g, slips=[("a factor left out", "{1} + {2}")])
        w_text = f"{desk.text(at)} − {desk.text(rate)}·{desk.inner(v)}"
        at = desk.state("{0} - {1}*{2}", at, rate, v, slips=_UPHILL)
        lines.append(f"- step {t}: g = {g_text} = {g}, v = {v_text} = {v}, w = {w_text} = {at}")
    return [*lines, ""]


def _adam(w: Writer, chance: random.Random) -> list[str]:
    """Two steps of Adam with given gradients, so that nothing is squared twice."""
    desk, rate = Desk(w, rough=4, fine=6), chance.choice([_TENTH, Fraction(1, 100)])
    one, two = Fraction(9, 10), Fraction(999, 1000)
    at: Number = chance.choice([1, 2, 3])
    m: Number = 0
    v: Number = 0
    gradients = chance.sample([-4, -3, -2, 2, 3, 4, 5], 2)
    lines = [
        f"Adam with β₁ = 0.9, β₂ = 0.999, ε = 0, η = {desk.text(rate)}; the gradients are "
        f"{desk.text(gradients[0])} and {desk.text(gradients[1])}, and w starts at {desk.text(at)}.",
        "",
    ]
    for t, g in enumerate(gradients, 1):
        texts = [
            f"0.9·{desk.inner(m)} + 0.1·{desk.inner(g)}",
            f"0.999·{desk.inner(v)} + 0.001·{desk.inner(g)}²",
        ]
        m = desk.state("{0}*{1} + (1 - {0})*{2}", one, m, g, slips=[("a factor left out", "{0}*{1} + {2}")])
        v = desk.state(
            "{0}*{1} + (1 - {0})*{2}**2", two, v, g, slips=[("no square", "{0}*{1} + (1 - {0})*{2}")]
        )
        off = [("not corrected", "{0}") if t == 1 else ("no power", "{0}/(1 - {1})")]
        m_hat = desk.state(f"{{0}}/(1 - {{1}}**{t})", m, one, slips=off)
        v_hat = desk.state(f"{{0}}/(1 - {{1}}**{t})", v, two, slips=off)
        raised = "²" if t == 2 else ""
        before = desk.text(at)
        at = desk.state(
            "{0} - {1}*{2}/sqrt({3})",
            *(at, rate, m_hat, v_hat),
            slips=[("a sign lost", "{0} + {1}*{2}/sqrt({3})"), ("no root", "{0} - {1}*{2}/{3}")],
        )
        equals = ["=" if t == 1 else "≈" for _ in range(3)]
        lines += [
            f"Step {t}:",
            "",
            f"    m  = {texts[0]} = {m}",
            f"    v  = {texts[1]} = {v}",
            f"    m̂  = {desk.text(m)} / (1 − 0.9{raised}) {equals[0]} {m_hat}",
            f"    v̂  = {desk.text(v)} / (1 − 0.999{raised}) {equals[1]} {v_hat}",
            f"    w  = {before} − {desk.text(rate)}·{desk.inner(m_hat)} / √{desk.inner(v_hat)} "
            f"{equals[2]} {at}",
            "",
        ]
    return lines


def _schedules(w: Writer, chance: random.Random) -> list[str]:
    """Rates that decay, and steps in an epoch."""
    desk, hand = Desk(w, fine=8), w.notation.hand
    start, n = chance.choice([Fraction(1, 10), Fraction(2, 5), Fraction(1, 20)]), chance.choice([2, 3, 4])
    factor = chance.choice([Fraction(1, 2), Fraction(1, 10)])
    decayed = desk.state(
        f"{{0}}*{{1}}**{n}", start, factor, slips=[("a power too many", f"{{0}}*{{1}}**{n + 1}")]
    )
    pictures, batch = chance.choice([50000, 60000, 45000]), chance.choice([64, 128, 256])
    most = pictures // batch
    steps = w.state(most, hand.whole, f"floor({pictures}/{batch})", slips=[("rounded up", most + 1)])
    epochs = chance.choice([10, 30, 90])
    total = w.product(steps, epochs)
    warm = chance.choice([100, 200, 500])
    now = chance.choice([10, 30, 50, 80])
    warmed = desk.state("{0}*{1}/{2}", start, now, warm, slips=[("upside down", "{0}*{2}/{1}")])
    return [
        f"1. Step decay: η starts at {desk.text(start)} and is multiplied by {desk.text(factor)} after each "
        f"30 epochs; after {30 * n} of them "
        f"η = {desk.text(start)}·{desk.text(factor)}{'⁰¹²³⁴'[n]} = {decayed}.",
        f"2. Linear warm-up over {warm} steps to {desk.text(start)}: at step {now} we have "
        f"η = {desk.text(start)}·{now}/{warm} = {warmed}.",
        f"3. {w.whole(pictures)} pictures in batches of {batch}, `drop_last=True`: "
        f"⌊{w.whole(pictures)}/{batch}⌋ = {steps} steps an epoch, and "
        f"{w.whole(steps)}·{epochs} = {total} steps in {epochs} epochs.",
        "",
    ]


@style("optimiser-steps")
def optimiser_steps(chance: random.Random, name: str) -> Case:
    hand = Hand(thousands=chance.choice([",", "", "\u202f"]), minus="−", from_four=False)
    w = Writer(chance, MARKDOWN.of(hand=hand, times="·"))
    remarks = jottings(chance, 4)
    asked: Sequence[Callable[[Writer, random.Random], list[str]]]
    asked = chance.sample([_descent, _momentum, _adam, _schedules], 3)
    lines = [f"# Optimisers: solutions to P{chance.randrange(2, 9)}", "", f"*{remarks[0]}*", ""]
    for letter, one, remark in zip("abc", asked, remarks[1:], strict=True):
        lines += [f"## ({letter})", "", *one(w, chance), remark, ""]
    return w.finished(name, ".md", "\n".join(lines))
