"""A tutorial notebook: Markdown cells work out what the code below them is going to print."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction

from ..case import Case
from ..facts import Facts, facts
from ..first.notebooks import Cell, code, markdown, stored
from ..fourth.parts import Desk, drawn, kernel
from ..notation import MARKDOWN
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import sidelines
from .parts import numerator, side_after

__all__: list[str] = []


def _windows(w: Writer, net: Facts) -> list[Cell]:
    """A cell for each convolution or pooling, with the shape that will come out."""
    cells: list[Cell] = []
    side: Figure | None = None
    for one in net.of_kind("conv", "pool"):
        size = one.size
        assert size is not None
        inside = numerator(w, size, side)
        side = side_after(w, size, side)
        lines = [
            f"### `{one.name}`",
            "",
            f"Height and width become `({inside}) // {size.stride} + 1 = {side}`, so the shape should be "
            f"`torch.Size([1, {one.outputs}, {side.bare}, {side.bare}])`.",
        ]
        settings = f"{size.kernel}, stride={size.stride}"
        source = f"{one.name} = nn.MaxPool2d({settings})\nx = {one.name}(x)\nx.shape"
        if one.kind == "conv":
            k = kernel(one)
            number = w.state(
                int(one.counts.parameters),
                w.notation.hand.whole,
                f"{one.outputs}*{one.inputs}*{k}*{k} + {one.outputs}",
                derivation=one.counts.parameters,
            )
            lines += [
                f"The weight has shape `({one.outputs}, {one.inputs}, {k}, {k})`, the bias "
                f"`({one.outputs},)`; "
                "so `sum(p.numel() for p in "
                f"{one.name}.parameters())` is `{w.times(one.outputs, one.inputs, k, k)} + {one.outputs} "
                f"= {number}`.",
            ]
            source = (
                f"{one.name} = nn.Conv2d({one.inputs}, {one.outputs}, {settings}, padding={size.padding})\n"
                f"x = {one.name}(x)\nprint(x.shape, sum(p.numel() for p in {one.name}.parameters()))"
            )
        cells += [markdown(*lines), code(source, number=len(cells) + 2)]
    return cells


def _memory(w: Writer, chance: random.Random, net: Facts) -> list[Cell]:
    """How many bytes a batch of the input takes."""
    batch = chance.choice([16, 32, 64, 128])
    numbers = w.product(batch, net.channels, net.side, net.side)
    bytes_ = w.product(numbers, 4)
    mebi = w.state(
        Fraction(4 * int(numbers.right), 2**20),
        w.notation.hand.places(2),
        f"({bytes_.work})/{2**20}",
        uses=[bytes_],
        source=Fraction(bytes_.value) / 2**20,
        slips=[("1000 for 1024", Fraction(4 * int(numbers.right), 10**6))],
    )
    return [
        markdown(
            "### How much memory is that?",
            "",
            f"A batch of {batch} images is `{w.times(batch, net.channels, net.side, net.side)} = "
            f"{numbers}` numbers.",
            f"A `float32` takes 4 bytes, so the next cell will print {bytes_}; dividing by 1024 * 1024 = "
            f"1048576 gives "
            f"{mebi} MiB.",
        ),
        code(
            f"batch = torch.zeros({batch}, {net.channels}, {net.side}, {net.side})\n"
            "print(batch.nelement() * batch.element_size())",
            number=20,
        ),
    ]


def _optimiser(w: Writer, chance: random.Random) -> list[Cell]:
    """Two steps of SGD with weight decay on a quadratic loss."""
    desk = Desk(w, 4, 6)
    at, goal = chance.choice([2, 4, -1]), chance.choice([1, 3, 5])
    rate, decay = Fraction(chance.choice([1, 2]), 10), Fraction(chance.choice([1, 2]), 100)
    cells = [
        markdown(
            "### What does `optimizer.step()` do?",
            "",
            f"We minimise `(w - {goal})**2` from `w = {desk.text(at)}.0` with "
            f"`SGD(lr={desk.text(rate)}, weight_decay={desk.text(decay)})`. The gradient of the loss is "
            f"`2 * (w - {goal})`, and weight decay adds `{desk.text(decay)} * w` to it.",
        )
    ]
    here: int | Figure = at
    for n in (1, 2):
        slope = desk.state(
            f"2*({{0}} - {goal})",
            here,
            slips=[("a factor left out", f"{{0}} - {goal}"), ("a sign lost", f"2*({{0}} + {goal})")],
        )
        full = desk.state("{0} + {1}*{2}", slope, decay, here, slips=[("a sign lost", "{0} - {1}*{2}")])
        before = here
        here = desk.state("{0} - {1}*{2}", here, rate, full, slips=[("a sign lost", "{0} + {1}*{2}")])
        first = f"2 * ({desk.text(before)} - {goal}) = {slope}"
        second = f"{desk.text(slope)} + {desk.text(decay)} * {desk.inner(before)} = {full}"
        third = f"{desk.text(before)} - {desk.text(rate)} * {desk.inner(full)} = {here}"
        cells += [
            markdown(
                f"Step {n}:",
                "",
                f"* `w.grad` is `{first}`,",
                f"* with decay `{second}`,",
                f"* new `w` is `{third}`.",
            ),
            code("step()\nprint(w.item(), w.grad.item())", number=20 + n),
        ]
    return cells


def _tensors(w: Writer, chance: random.Random) -> list[Cell]:
    """A linear layer on a short vector, then ReLU and the mean squared error."""
    desk = Desk(w, 4, 4)
    rows = [[drawn(chance, -9, 9) for _ in range(2)] for _ in range(2)]
    x, bias = [chance.choice([-2, 2, 3]), chance.choice([-1, 1, 4])], [drawn(chance, -5, 5) for _ in range(2)]
    outputs = []
    lines = [
        "### `nn.Linear` by hand",
        "",
        "With `W = ["
        + ", ".join("[" + ", ".join(desk.text(one) for one in row) + "]" for row in rows)
        + f"]`, `b = [{', '.join(desk.text(one) for one in bias)}]` and `x = [{', '.join(map(str, x))}]`:",
        "",
    ]
    for n, row in enumerate(rows):
        value = desk.state(
            f"{{0}}*({x[0]}) + {{1}}*({x[1]}) + {{2}}",
            *row,
            bias[n],
            slips=[("a term left out", f"{{0}}*({x[0]}) + {{1}}*({x[1]}) + 0*{{2}}")],
        )
        outputs.append(value)
        shown = " + ".join(f"{desk.inner(a)} * {desk.inner(b)}" for a, b in zip(row, x, strict=True))
        lines += [f"* `y[{n}] = {shown} + {desk.inner(bias[n])} = {value}`"]
    goals = [chance.choice([0, 1, 2]) for _ in outputs]
    loss = desk.state(
        f"(({{0}} - {goals[0]})**2 + ({{1}} - {goals[1]})**2)/2",
        *outputs,
        slips=[("the mean left out", f"({{0}} - {goals[0]})**2 + ({{1}} - {goals[1]})**2")],
    )
    terms = " + ".join(f"({desk.text(one)} - {goal})**2" for one, goal in zip(outputs, goals, strict=True))
    sign = "≈" if desk.rounds(loss) else "="
    lines += [
        "",
        f"`F.mse_loss(y, torch.tensor([{goals[0]}., {goals[1]}.]))` averages the squares: `({terms}) / "
        f"2` {sign} `{loss}`.",
    ]
    return [markdown(*lines), code("y = linear(x)\nprint(y, F.mse_loss(y, target))", number=30)]


def _drawn(chance: random.Random) -> list[Callable[[Writer, random.Random], list[Cell]]]:
    """Draw one of the last sections, or both."""
    return chance.sample([_optimiser, _tensors], chance.choice([1, 2]))


@style("tutorial-predictions")
def tutorial_predictions(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=1, large=chance.random() < 0.5)
    hand = Hand(thousands="", minus="-")
    w = Writer(chance, MARKDOWN.of(hand=hand, times=" * ", minus=" - "))
    notes = sidelines(chance, 3)
    cells = [
        markdown(
            f"# Tutorial {chance.randrange(1, 12)}: predict, then run",
            "",
            notes[0],
            "",
            f"The input is `x = torch.randn(1, {net.channels}, {net.side}, {net.side})`.",
        ),
        code(
            "import torch\nfrom torch import nn\nfrom torch.nn import functional as F\n\n"
            f"torch.manual_seed({chance.randrange(1, 99)})\n"
            f"x = torch.randn(1, {net.channels}, {net.side}, {net.side})"
        ),
        *_windows(w, net),
        markdown(notes[1]),
    ]
    for part in (_memory(w, chance, net), *(one(w, chance) for one in _drawn(chance))):
        cells += part
    return stored(w, name, [*cells, markdown("---", "", notes[2])])
