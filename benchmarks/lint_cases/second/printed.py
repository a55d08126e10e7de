"""A notebook whose network is code, and whose numbers are what the code below it printed."""

from __future__ import annotations

import math
import random
from fractions import Fraction

from ..case import Case
from ..facts import Fact, Facts, facts
from ..first.notebooks import Cell, code, markdown, stored
from ..notation import TYPED
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..traces import softmax
from ..writing import Writer
from .around import remarks

__all__: list[str] = []


def _model(net: Facts) -> str:
    lines, flat = ["model = nn.Sequential(OrderedDict(["], False
    for layer in net.layers:
        size = layer.size
        if layer.kind == "conv" and size:
            padding = f", padding={size.padding}" if size.padding else ""
            stride = f", stride={size.stride}" if size.stride > 1 else ""
            made = f"nn.Conv2d({layer.inputs}, {layer.outputs}, {size.kernel}{stride}{padding})"
        elif layer.kind == "pool" and size:
            made = f"nn.MaxPool2d({size.kernel}, stride={size.stride})"
        else:
            if not flat:
                lines.append('    ("flatten", nn.Flatten()),')
                flat = True
            made = f"nn.Linear({layer.inputs}, {layer.outputs})"
        lines.append(f'    ("{layer.name}", {made}),')
    return "\n".join([*lines, "]))"])


def _weights_of(layer: Fact) -> str:
    window = f"*{layer.size.kernel}**2" if layer.size else ""
    return f"{layer.outputs}*{layer.inputs}{window}"


def _shapes(w: Writer, net: Facts, number: int) -> Cell:
    source = [
        f"x = torch.zeros(1, {net.channels}, {net.side}, {net.side})",
        "for name, layer in model.named_children():",
        "    x = layer(x)",
        '    if x.ndim == 4: print(f"{name}: {x.shape[1]} maps of {x.shape[2]} x {x.shape[3]}")',
    ]
    printed: list[str] = []
    before: list[Figure] = []
    for layer in net.of_kind("conv", "pool"):
        assert layer.size is not None
        side = w.size(layer.size, uses=before)
        before = [side]
        printed.append(f"{layer.name}: {layer.outputs} maps of {side} x {side.bare}")
    return code("\n".join(source), printed="\n".join(printed), number=number)


def _counts(w: Writer, net: Facts, number: int) -> tuple[Cell, Figure]:
    hand = w.notation.hand
    comma = ":," if hand.thousands else ""
    source = [
        "total = 0",
        "for name, layer in model.named_children():",
        '    if hasattr(layer, "weight"):',
        "        w, b = layer.weight.numel(), layer.bias.numel()",
        "        total += w + b",
        f'        print(f"{{name}}: {{w{comma}}} weights, {{b{comma}}} biases, {{w + b{comma}}} in all")',
        f'print(f"parameters: {{total{comma}}}")',
    ]
    printed, parts = [], []
    for layer in net.of_kind("conv", "fc"):
        weights = w.state(
            int(layer.counts.weights), hand.whole, _weights_of(layer), derivation=layer.counts.weights
        )
        both = w.sum(weights, layer.outputs, of=layer.counts.parameters)
        parts.append(both)
        printed.append(f"{layer.name}: {weights} weights, {w.whole(layer.outputs)} biases, {both} in all")
    total = w.sum(*parts, of=net.counts.total.parameters)
    printed.append(f"parameters: {total}")
    return code("\n".join(source), printed="\n".join(printed), number=number), total


def _memory(w: Writer, total: Figure, number: int) -> Cell:
    unit, size = w.chance.choice([("MB", 10**6), ("MiB", 2**20)])
    stored_ = w.product(total, 4)
    mega = w.scaled(stored_, size, w.notation.hand.places(2))
    shown = "1e6" if size == 10**6 else "2**20"
    comma = ":," if w.notation.hand.thousands else ""
    source, printed = [f'print(f"float32: {{4 * total{comma}}} bytes")'], [f"float32: {stored_} bytes"]
    if mega:
        source += [f'print(f"       = {{4 * total / {shown}:.2f}} {unit}")']
        printed += [f"       = {mega} {unit}"]
    return code("\n".join(source), printed="\n".join(printed), number=number)


def _probabilities(w: Writer, number: int) -> Cell:
    logits = w.chance.sample(range(-2, 5), 4)
    source = [
        f"z = torch.tensor({[float(one) for one in logits]})",
        "p = torch.softmax(z, dim=0)",
        "for k in range(4):",
        '    print(f"p[{k}] = {p[k]:.4f}")',
    ]
    made = softmax(w, logits, 4)
    return code(
        "\n".join(source), printed="\n".join(f"p[{k}] = {one}" for k, one in enumerate(made)), number=number
    )


def _slope(w: Writer, number: int) -> Cell:
    chance, hand = w.chance, w.notation.hand
    a, n, b, at = (
        chance.randrange(2, 6),
        chance.choice([2, 3]),
        chance.randrange(2, 9),
        chance.randrange(2, 6),
    )
    source = [
        f"x = torch.tensor({at}.0, requires_grad=True)",
        f"y = {a} * x**{n} - {b} * x",
        "y.backward()",
        'print(f"y = {y.item()}, dy/dx = {x.grad.item()}")',
    ]
    value = w.state(Fraction(a * at**n - b * at), hand.places(1), f"{a}*{at}**{n} - {b}*{at}")
    gradient = w.state(Fraction(a * n * at ** (n - 1) - b), hand.places(1), f"{a}*{n}*{at}**{n - 1} - {b}")
    return code("\n".join(source), printed=f"y = {value}, dy/dx = {gradient}", number=number)


def _functions(w: Writer, number: int) -> Cell:
    """A table of values, as a loop prints it."""
    values = sorted(w.chance.sample(range(1, 9), 3))
    source = [
        f"for t in {values}:",
        '    print(f"tanh({t}/4) = {math.tanh(t / 4):.4f}   sqrt({t}) = {math.sqrt(t):.4f}")',
    ]
    printed = []
    for t in values:
        tanh = w.state(math.tanh(t / 4), w.notation.hand.places(4), f"(exp({t}/2) - 1)/(exp({t}/2) + 1)")
        root = w.state(math.sqrt(t), w.notation.hand.places(4), f"sqrt({t})")
        printed.append(f"tanh({t}/4) = {tanh}   sqrt({t}) = {root}")
    return code("\n".join(source), printed="\n".join(printed), number=number)


@style("printed-notebook")
def printed_notebook(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2, large=chance.random() < 0.5)
    given = chance.random() < 0.3
    hand = Hand(thousands=chance.choice([",", ",", ""]), sign="%")
    w = Writer(chance, TYPED.of(hand=hand), net.network if given else None)
    notes = remarks(chance, 4)
    imports = "import math\nfrom collections import OrderedDict\nimport torch\nfrom torch import nn"
    cells = [
        markdown(f"# Lab {chance.randrange(1, 9)}: counting with PyTorch", "", notes[0]),
        code(f"{imports}\n\n{_model(net)}", number=1),
        markdown(f"The input is {net.channels} x {net.side} x {net.side}. What comes out of each layer?"),
        _shapes(w, net, 2),
        markdown("## Parameters", "", notes[1]),
    ]
    counts, total = _counts(w, net, 3)
    cells += [counts, _memory(w, total, 4)]
    largest = max(net.of_kind("conv", "fc"), key=lambda one: int(one.counts.parameters))
    count = int(largest.counts.parameters)
    share = w.share(count, total, 1)
    cells.append(
        markdown(
            f"Of the {w.whole(total)} parameters `{largest.name}` has {w.whole(count)}, that's {share}.",
            "",
            notes[2],
        )
    )
    cells += [_probabilities(w, 5), _slope(w, 6), _functions(w, 7), markdown(notes[3])]
    return stored(w, name, cells)
