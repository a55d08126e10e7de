"""What operators count is what their definition does, written as a plain loop on numbers that are tallied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name that torch's own documentation uses
from support.tallied_numbers import Number, added, array, called, dot, larger, largest, performed
from torch import Tensor, nn

from nnutils.torch_bridge import count_module

OPERATIONS = ("multiplications", "additions", "comparisons", "evaluations")


class Function(nn.Module):
    """A function of tensors as a module."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__()
        self.function = function

    def forward(self, *tensors: Tensor) -> object:
        return self.function(*tensors)


def agree(
    module: nn.Module | Callable[..., Any], definition: Callable[..., object], *shapes: tuple[int, ...]
) -> None:
    """Compare the operations of a module on one sample with those of a loop."""
    if not isinstance(module, nn.Module):
        module = Function(module)
    total = count_module(module.eval(), *shapes).total
    counted = {column: int(total[column]) for column in OPERATIONS if total[column]}
    assert counted == performed(definition, *shapes)
    assert total.parameters == sum(p.numel() for p in module.parameters())


def softmax(x: Sequence[Number]) -> list[Number]:
    top = largest(x)
    powers = [called("exp", v - top) for v in x]
    whole = added(powers)
    return [v / whole for v in powers]


def log_softmax(x: Sequence[Number]) -> list[Number]:
    top = largest(x)
    shifted = [v - top for v in x]
    log = called("log", added([called("exp", v) for v in shifted]))
    return [v - log for v in shifted]


def normalised(x: Sequence[Number], *, affine: bool = True) -> list[Number]:
    n, weight, bias, epsilon = 1, Number(), Number(), Number()
    mean = added(x) / n
    away = [v - mean for v in x]
    variance = added([v * v for v in away]) / n
    scale = called("1/sqrt", variance + epsilon)
    out = [v * scale for v in away]
    return [v * weight + bias for v in out] if affine else out


def rms(x: Sequence[Number], *, affine: bool = True) -> list[Number]:
    scale = called("1/sqrt", added([v * v for v in x]) / 1 + Number())
    out = [v * scale for v in x]
    return [v * Number() for v in out] if affine else out


def rows(rule: Callable[..., object], **options: bool) -> Callable[[Any], list[object]]:
    return lambda x: [rule(row, **options) for row in x]


def flat(x: Any) -> list[Number]:
    return [v for part in x for v in flat(part)] if isinstance(x, list) else [x]


def affine(x: Sequence[Number], outputs: int) -> list[Number]:
    return [dot(x, array(len(x))) + Number() for _ in range(outputs)]


@pytest.mark.parametrize(
    ("module", "definition", "shapes"),
    [
        (nn.Softmax(-1), rows(softmax), [(3, 5)]),
        (nn.LogSoftmax(-1), rows(log_softmax), [(3, 5)]),
        (nn.LayerNorm(5), rows(normalised), [(3, 5)]),
        (nn.LayerNorm(5, elementwise_affine=False), rows(normalised, affine=False), [(3, 5)]),
        (nn.LayerNorm((3, 5)), lambda x: normalised(flat(x)), [(3, 5)]),
        (nn.RMSNorm(5), rows(rms), [(3, 5)]),
        (nn.RMSNorm(5, elementwise_affine=False), rows(rms, affine=False), [(3, 5)]),
        (nn.GroupNorm(2, 6), lambda x: [normalised(flat(x[i : i + 3])) for i in (0, 3)], [(6, 2, 3)]),
        (
            nn.InstanceNorm2d(4, affine=True),
            lambda x: [normalised(flat(channel)) for channel in x],
            [(4, 2, 3)],
        ),
        (nn.InstanceNorm1d(4), lambda x: [normalised(channel, affine=False) for channel in x], [(4, 5)]),
        (
            lambda x: torch.logsumexp(x, -1),
            rows(lambda x: called("log", added([called("exp", v - largest(x)) for v in x])) + Number()),
            [(3, 1)],
        ),
        (lambda x: x.var(-1), rows(lambda x: variance(x)), [(3, 5)]),
        (lambda x: x.std(-1), rows(lambda x: called("sqrt", variance(x))), [(3, 5)]),
        (lambda x: x.norm(dim=-1), rows(lambda x: called("sqrt", dot(x, x))), [(3, 5)]),
        (lambda x: x.sum(-1), rows(added), [(3, 5)]),
        (lambda x: x.amax(-1), rows(largest), [(3, 5)]),
        (lambda x: x.argmin(-1), rows(largest), [(3, 5)]),
        (torch.maximum, lambda x, y: [larger(a, b) for a, b in zip(x, y, strict=True)], [(3,), (3,)]),
    ],
)  # fmt: skip
def test_many_values_to_one(
    module: nn.Module, definition: Callable[..., object], shapes: list[tuple[int, ...]]
) -> None:
    agree(module, definition, *shapes)


def variance(x: Sequence[Number]) -> Number:
    mean = added(x) / 1
    away = [v - mean for v in x]
    return added([v * v for v in away]) / 1


ERF, TANH, EXP, SIGMOID, LOG, ROOT = "erf", "tanh", "exp", "sigmoid", "log", "sqrt"


@pytest.mark.parametrize(
    ("function", "definition"),
    [
        (F.silu, lambda x: x * called(SIGMOID, x)),
        (F.gelu, lambda x: 0.5 * x * (1 + called(ERF, x / ROOT))),
        (
            lambda x: F.gelu(x, approximate="tanh"),
            lambda x: 0.5 * x * (1 + called(TANH, 0.8 * (x + 0.04 * (x * x * x)))),
        ),
        (F.hardsigmoid, lambda x: larger(larger(x + 3, 0), 6) / 6),
        (F.hardswish, lambda x: x * larger(larger(x + 3, 0), 6) / 6),
        (F.leaky_relu, lambda x: larger(x, 0.1 * x)),
        (F.elu, lambda x: larger(x, called(EXP, x) - 1)),
        (F.selu, lambda x: 1.05 * larger(x, 1.67 * (called(EXP, x) - 1))),
        (lambda x: F.celu(x, 2.0), lambda x: larger(x, 2 * (called(EXP, x / 2) - 1))),
        (F.softplus, lambda x: called(LOG, 1 + called(EXP, x))),
        (lambda x: F.softplus(x, beta=2), lambda x: called(LOG, 1 + called(EXP, 2 * x)) / 2),
        (F.mish, lambda x: x * called(TANH, called(LOG, 1 + called(EXP, x)))),
        (F.logsigmoid, lambda x: called(LOG, called(SIGMOID, x))),
        (F.relu6, lambda x: larger(larger(x, 0), 6)),
        (lambda x: x.clamp(min=0.0), lambda x: larger(x, 0)),
        (lambda x: x.clamp(0.0, 1.0), lambda x: larger(larger(x, 0), 1)),
        (lambda x: x / 3, lambda x: x / 3),
        (lambda x: 1 / x, lambda x: 1 / x),
        (lambda x: -x, lambda x: -x),
        (lambda x: x - 3, lambda x: x - 3),
        (lambda x: torch.add(x, x, alpha=3), lambda x: x + 3 * x),
        (lambda x: x**2, lambda x: x * x),
        (lambda x: x**4, lambda x: x * x * x * x),
        (lambda x: x**-2, lambda x: 1 / (x * x)),
        (lambda x: x**0.5, lambda x: called(ROOT, x)),
        (lambda x: 2.0**x, lambda x: called("power", x)),
        (lambda x: x**1 + x**0, lambda x: x + 1),
        (lambda x: x > 0, lambda x: larger(x, 0)),
        (lambda x: torch.where(x > 0, x, 0.0), lambda x: larger(x, 0)),
        (lambda x: torch.lerp(x, x, 0.3), lambda x: x + 0.3 * (x - x)),
        (lambda x: torch.addcmul(x, x, x), lambda x: x + x * x),
        (lambda x: torch.addcdiv(x, x, x, value=2), lambda x: x + 2 * x / x),
        (lambda x: 1 * x, lambda x: x),
    ],
)  # fmt: skip
def test_value_by_value(function: Callable[[Tensor], Tensor], definition: Callable[[Number], object]) -> None:
    agree(function, lambda x: [definition(v) for v in flat(x)], (2, 3))


@pytest.mark.parametrize("dims", [1, 2, 3])
@pytest.mark.parametrize(
    ("kernel_size", "stride", "padding", "dilation", "output_padding"),
    [(3, 2, 1, 1, 1), (2, 2, 0, 1, 0), (3, 1, 2, 1, 0), (2, 3, 0, 2, 1), (1, 2, 0, 1, 1), (3, 2, 3, 2, 1)],
)
@pytest.mark.parametrize(("groups", "bias"), [(1, True), (2, False)])
def test_a_transposed_convolution_reads_what_reaches_each_output(
    dims: int,
    kernel_size: int,
    stride: int,
    padding: int,
    dilation: int,
    output_padding: int,
    groups: int,
    bias: bool,
) -> None:
    """By a loop over every input value and every weight: where does the product land?"""
    kind = (nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d)[dims - 1]
    module = kind(
        4, 6, kernel_size, stride, padding, output_padding, groups=groups, bias=bias, dilation=dilation
    )
    size = 4
    counts = count_module(module, (4, *[size] * dims)).total
    out = (size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1
    reads = [0] * out
    for i in range(size):
        for k in range(kernel_size):
            place = i * stride + k * dilation - padding
            if 0 <= place < out:
                reads[place] += 1
    per_output = [1]
    for _ in range(dims):
        per_output = [before * more for before in per_output for more in reads]
    per_output = [count * 4 // groups for count in per_output]
    assert counts.units == 6 * out**dims
    assert counts.connections == counts.multiplications == 6 * sum(per_output)
    sums = 6 * sum(max(count - 1 + bias, 0) for count in per_output)
    assert counts.additions == sums
    # As published: every input value times every weight that it meets.
    assert counts.macs == 4 * (6 // groups) * (size * kernel_size) ** dims
    assert (counts.weights, counts.biases) == (module.weight.numel(), 6 * bias)


def lstm(x: Any, hidden: int, *, projected: int = 0) -> list[Any]:
    state, cell, out = array(projected or hidden), array(hidden), []
    for values in x:
        gates = [
            [
                dot([*values, *state], array(len(values) + len(state))) + Number() + Number()
                for _ in range(hidden)
            ]
            for _ in range(4)
        ]
        i, f, o = ([called(SIGMOID, v) for v in gate] for gate in gates[:3])
        g = [called(TANH, v) for v in gates[3]]
        cell = [f[j] * cell[j] + i[j] * g[j] for j in range(hidden)]
        state = [o[j] * called(TANH, cell[j]) for j in range(hidden)]
        if projected:
            state = [dot(state, array(hidden)) for _ in range(projected)]
        out.append(state)
    return out


def gru(x: Any, hidden: int) -> list[Any]:
    state, out = array(hidden), []
    for values in x:

        def of(vector: Any) -> list[Number]:
            return [dot(vector, array(len(vector))) + Number() for _ in range(hidden)]

        r, z = (
            [called(SIGMOID, a + b) for a, b in zip(of(values), of(state), strict=True)] for _ in range(2)
        )
        n = [called(TANH, a + r[j] * b) for j, (a, b) in enumerate(zip(of(values), of(state), strict=True))]
        state = [(1 - z[j]) * n[j] + z[j] * state[j] for j in range(hidden)]
        out.append(state)
    return out


def rnn(x: Any, hidden: int) -> list[Any]:
    state, out = array(hidden), []
    for values in x:
        inputs = [*values, *state]
        state = [called(TANH, dot(inputs, array(len(inputs))) + Number() + Number()) for _ in range(hidden)]
        out.append(state)
    return out


def both_ways(layer: Callable[..., Any], x: Any, hidden: int) -> list[Any]:
    return [a + b for a, b in zip(layer(x, hidden), layer(x, hidden), strict=True)]


@pytest.mark.parametrize(
    ("module", "definition"),
    [
        (nn.LSTM(3, 2, batch_first=True), lambda x: lstm(x, 2)),
        (nn.LSTM(3, 4, proj_size=2, batch_first=True), lambda x: lstm(x, 4, projected=2)),
        (nn.LSTM(3, 2, 2, bidirectional=True, batch_first=True),
         lambda x: both_ways(lstm, both_ways(lstm, x, 2), 2)),
        (nn.GRU(3, 2, batch_first=True), lambda x: gru(x, 2)),
        (nn.GRU(3, 2, 2, bidirectional=True, batch_first=True),
         lambda x: both_ways(gru, both_ways(gru, x, 2), 2)),
        (nn.RNN(3, 2, 2, batch_first=True), lambda x: rnn(rnn(x, 2), 2)),
    ],
)  # fmt: skip
def test_recurrent_layers(module: nn.Module, definition: Callable[..., object]) -> None:
    agree(module, definition, (5, 3))


def test_cells_and_the_units_of_an_lstm() -> None:
    agree(nn.LSTMCell(3, 2), lambda x: lstm([x], 2), (3,))
    agree(nn.GRUCell(3, 2), lambda x: gru([x], 2), (3,))
    counts = count_module(nn.LSTM(3, 2, bias=False, batch_first=True), (5, 3)).total
    # Four gates of two units, each of which reads three inputs and two states, at each of five steps.
    assert (counts.units, counts.connections, counts.macs) == (40, 200, 200)
    assert counts.additions == 40 * 4 + 5 * 2
    relu = count_module(nn.RNN(3, 2, nonlinearity="relu", batch_first=True), (5, 3)).total
    assert (relu.comparisons, relu.evaluations) == (10, 0)


def attention(q: Any, k: Any, v: Any, *, masked: bool = False) -> list[Any]:
    out = []
    for query in q:
        scores = [dot(query, key) * 0.5 for key in k]
        if masked:
            scores = [score + Number() for score in scores]
        weights = softmax(scores)
        out.append([dot(weights, [value[j] for value in v]) for j in range(len(v[0]))])
    return out


Q, K, V = (3, 4), (5, 4), (5, 2)


def written_out(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    return torch.softmax(q @ k.transpose(-2, -1) / 4**0.5, -1) @ v


def test_attention_fused_and_written_out_count_as_the_loop_does() -> None:
    agree(F.scaled_dot_product_attention, attention, Q, K, V)
    agree(written_out, attention, Q, K, V)
    fused, unfused = (
        count_module(Function(f), Q, K, V).total for f in (F.scaled_dot_product_attention, written_out)
    )
    assert fused == unfused
    assert fused.macs == fused.connections == 3 * 5 * 4 + 3 * 2 * 5
    assert fused.units == 3 * 5 + 3 * 2
    for mask in (torch.zeros(3, 5), torch.ones(3, 5, dtype=torch.bool)):
        agree(
            lambda q, k, v, mask=mask: F.scaled_dot_product_attention(q, k, v, mask),
            lambda q, k, v: attention(q, k, v, masked=True), Q, K, V,
        )  # fmt: skip
    heads = count_module(Function(F.scaled_dot_product_attention), (2, *Q), (2, *K), (2, *V)).total
    assert heads.macs == 2 * fused.macs and heads.evaluations == 2 * fused.evaluations


def test_interpolation_weighs_its_neighbours() -> None:
    for mode, shape, neighbours in [
        ("linear", (2, 3), 2), ("bilinear", (2, 3, 3), 4),
        ("trilinear", (2, 3, 3, 3), 8), ("bicubic", (2, 3, 3), 16),
    ]:  # fmt: skip
        module = nn.Upsample(scale_factor=2, mode=mode)
        outputs = 2 * 6 ** (len(shape) - 1)
        agree(module, lambda x, o=outputs, n=neighbours: [dot(array(n), array(n)) for _ in range(o)], shape)
        assert count_module(module, shape).total.macs == 0
    assert count_module(nn.Upsample(scale_factor=2), (2, 3, 3)).total.additions == 0


def test_look_ups_have_weights_and_no_work() -> None:
    tokens = torch.zeros(1, 7, dtype=torch.long)
    counts = count_module(nn.Embedding(10, 3), tokens).total
    assert counts.weights == 30
    assert all(counts[column] == 0 for column in (*OPERATIONS, "units", "connections"))
    bag = count_module(nn.EmbeddingBag(10, 3, mode="mean"), tokens).total
    assert (bag.weights, bag.additions, bag.multiplications) == (30, 6 * 3, 3)


def test_arithmetic_with_indices_is_no_work() -> None:
    def positions(x: Tensor) -> Tensor:
        place = torch.arange(4) * 2 + 1
        return x[:, (place.clamp(max=3) * (place > 2)).cumsum(0) % 4]

    counts = count_module(Function(positions), (4,)).total
    assert all(counts[column] == 0 for column in OPERATIONS)
    agree(lambda x: x * (torch.arange(4) > 2), lambda x: [v * 1 for v in x], (4,))


def test_vmap_counts_what_the_function_does_for_each() -> None:
    inner = nn.Linear(3, 2)

    class Mapped(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = inner

        def forward(self, x: Tensor) -> Tensor:
            return torch.vmap(torch.vmap(lambda row: torch.tanh(self.inner(row))))(x)

    counts = count_module(Mapped(), (5, 3)).total
    assert (counts.weights, counts.biases, counts.macs) == (6, 2, 5 * 6)
    assert (counts.multiplications, counts.additions, counts.evaluations) == (30, 30, 10)


def test_a_bilinear_layer() -> None:
    def definition(x: Any, y: Any) -> list[Number]:
        return [dot(x, [dot(array(len(y)), y) for _ in x]) + Number() for _ in range(2)]

    agree(nn.Bilinear(3, 4, 2), definition, (3,), (4,))


def test_the_fast_path_of_a_transformer_layer_counts_as_the_slow_one() -> None:
    layer = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)
    slow = count_module(layer.train().requires_grad_(True).eval(), (5, 8), per_position=True).total
    with torch.no_grad():
        fast = count_module(layer.requires_grad_(False), (5, 8), per_position=True).total
    assert slow == fast
    # Per position: three projections, the output's, and the two layers; per pair of positions twice.
    assert slow.macs == 5 * (3 * 64 + 64 + 2 * 128) + 2 * 25 * 8
    assert slow.evaluations == 2 * 25 + 2 * 5
