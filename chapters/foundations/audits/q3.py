"""What sheet 002 states about the sigmoid network and its tanh twin, judged.

The formulas are evaluated as written: those of one variable at random numbers, those of the network for every
output of random networks of several sizes. The right outputs are those of a torch module of the question's
form. Where the sheet writes a tilde, it stands for the new parameters as the sheet itself gives them, with
the hidden biases, which it does not give, halved as well.

The last line names the fourth: it is judged with parameters that have nothing to do with the sigmoid network.
The lines are a proof if each equals the one before; the conclusion is judged apart, since it is right without
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

from nnutils.audit import Audit, Reading, evaluate
from nnutils.numerics import sigmoid, sigmoid_to_tanh

__all__ = ["audit"]

Sample = dict[str, Any]
FUNCTIONS: Sample = {"exp": np.exp, "tanh": np.tanh, "sigma": sigmoid, "sum": np.sum}
LABELS = {"w2": "w(2)_kj", "b2": "w(2)_k0", "W1": "w(1)_ji", "b1": "w(1)_j0"}
INSIDE = "the + 1 of the identity stands inside tanh"
SLIPPED = "the bracket closes too late, so the + 1 is inside tanh"
SIZES = [(3, 5, 2), (2, 3, 4), (4, 6, 3), (5, 2, 2), (2, 7, 5)]
"""Inputs, hidden units and outputs of the random networks; the first is of the lesson's size."""


def audit() -> Audit:
    """Return the judged audit: torch for functions of one variable, the book's own network for the lines."""
    judged = Audit.of(__file__)
    numbers = [{"x": x} for x in np.random.default_rng(2).uniform(-6, 6, size=24).tolist()]
    for name, function in {
        "sigma": torch.sigmoid,
        "tanh-exponentials": torch.tanh,
        "tanh-one-exponential": torch.tanh,
        "tanh-sigma": torch.tanh,
    }.items():
        judged.check(f"002-q3-{name}", _by_torch(function), given=FUNCTIONS, samples=numbers)
    judged.check(
        "002-q3-sigma-tanh",
        _by_torch(torch.sigmoid),
        given=FUNCTIONS,
        samples=numbers,
        slips={SLIPPED: lambda s: np.tanh(s["x"] / 2 + 1) / 2},
        cause=INSIDE,
    )
    samples = list(_samples())
    _check_lines(judged, samples)
    _check_parameters(judged, samples)
    judged.figures.update(outputs=len(samples), **_repairs(samples))
    return judged


def _check_lines(judged: Audit, samples: list[Sample]) -> None:
    """Compare each line of the derivation with the output of the sigmoid network, at every sample."""
    slips: dict[int, dict[str, object]] = {
        2: {"the + 1 of the identity is inside tanh": _inside},
        3: {"no weight before tanh, first layer halved twice": _halved_twice},
    }
    causes = {
        2: INSIDE,
        3: "in line 3 the tilde and the halves stand together, and the factor before tanh is gone",
    }
    as_old = [{**s, "W1t": s["W1"], "b1t": s["b1"]} for s in samples]
    readings: dict[int, dict[str, object]] = {
        3: {"the tilde means the old weights": Reading(_right, {}, as_old)}
    }
    for n in range(1, 5):
        judged.check(
            f"002-q3-line-{n}",
            _right,
            samples=samples,
            slips=slips.get(n),
            conventions=readings.get(n),
            cause=causes.get(n, ""),
        )
    wrong = [n for n in range(1, 5) if not judged[f"002-q3-line-{n}"].is_right]
    mended = [(_mended_2(s), _line_3(s, factor=True, once=True)) for s in samples]
    judged.check(
        "002-q3-proof",
        not wrong,
        evidence=f"lines {' and '.join(map(str, wrong))} are other functions",
        missing={
            "the 1 outside tanh in line 2, in line 3 the factor before tanh and one halving": all(
                np.allclose(values, s["right"], rtol=1e-12) for values, s in zip(mended, samples, strict=True)
            )
        },
        cause=INSIDE,
    )


def _check_parameters(judged: Audit, samples: list[Sample]) -> None:
    """Compare the new parameters, and what the last line and the conclusion say."""
    new = {"output-bias": "b2t", "output-weights": "w2t", "hidden-weights": "W1t"}
    for name, tilde in new.items():
        judged.check(f"002-q3-new-{name}", [s[tilde] for s in samples], samples=samples)
    one = samples[0]
    differ = [LABELS[n] for n in LABELS if not np.allclose(one[n], one[f"{n}t"])]
    judged.check("002-q3-new-parameters", differ, cause="the hidden biases are left out of the list")

    free = [_with_free_parameters(s) for s in samples]
    fourth = [evaluate(judged.claim("002-q3-line-4").expression, s) for s in free]
    by_torch = [_output(s["W1t"], s["b1t"], s["w2t"], s["b2t"], s["x"], torch.nn.Tanh()) for s in free]
    form = all(s[n].shape == s[f"{n}t"].shape for s in samples for n in LABELS)
    judged.check(
        "002-q3-line-5",
        form and np.allclose(np.array(fourth), by_torch, rtol=1e-12),
        evidence="a torch module with tanh, any parameters",
    )
    twins = [_output(s["W1t"], s["b1t"], s["w2t"], s["b2t"], s["x"], torch.nn.Tanh()) for s in samples]
    apart = max(abs(twin - s["right"]) for twin, s in zip(twins, samples, strict=True))
    judged.check("002-q3-exists", bool(apart < 1e-12), evidence="largest error < 1e-12")


def _repairs(samples: list[Sample]) -> dict[str, object]:
    """Say which repairs of line 3 are enough: its factor put back, its first layer halved once, or both."""
    worst = {
        (factor, once): max(abs(_line_3(s, factor=factor, once=once) - s["right"]) for s in samples)
        for factor in (False, True)
        for once in (False, True)
    }
    enough = [repair for repair, error in worst.items() if error < 1e-12]
    return {"only_both_repairs": enough == [(True, True)], "half_tanh_of_1": float(np.tanh(1) / 2)}


def _by_torch(function: Callable[[torch.Tensor], torch.Tensor]) -> Callable[[Sample], float]:
    return lambda s: float(function(torch.tensor(s["x"], dtype=torch.float64)))


def _right(s: Sample) -> object:
    return s["right"]


def _pre(s: Sample) -> np.ndarray:
    return np.asarray(s["W1"] @ s["x"] + s["b1"])


def _inside(s: Sample) -> object:
    return np.sum(s["w2"] * np.tanh(_pre(s) / 2 + 1) / 2) + s["b2"]


def _halved_twice(s: Sample) -> object:
    return np.sum(np.tanh(_pre(s) / 4)) + np.sum(s["w2"]) / 2 + s["b2"]


def _output(
    weight: np.ndarray,
    bias: np.ndarray,
    last: np.ndarray,
    offset: np.ndarray,
    x: np.ndarray,
    activation: torch.nn.Module,
) -> np.float64:
    """Return output k of a torch module of the question's form."""
    module = torch.nn.Sequential(
        torch.nn.Linear(weight.shape[1], weight.shape[0]), activation, torch.nn.Linear(len(last), 1)
    ).double()
    parameters = (weight, bias, last[None], np.atleast_1d(offset))
    with torch.no_grad():
        for old, new in zip(module.parameters(), parameters, strict=True):
            old.copy_(torch.from_numpy(np.array(new)))
        return np.float64(module(torch.from_numpy(x)[None]).item())


def _with_free_parameters(s: Sample) -> Sample:
    """Return the sample with random new parameters of the old shapes, not those of an equivalent network."""
    random = np.random.default_rng(s["W1"].size)
    return {**s, **{f"{n}t": random.normal(size=np.shape(s[n])) for n in LABELS}}


def _mended_2(s: Sample) -> float:
    return float(np.sum(s["w2"] / 2 * (1 + np.tanh(_pre(s) / 2))) + s["b2"])


def _line_3(s: Sample, *, factor: bool, once: bool) -> float:
    first, bias = ("W1", "b1") if once else ("W1t", "b1t")
    weight = s["w2"] / 2 if factor else 1
    hidden = np.tanh(s[first] / 2 @ s["x"] + s[bias] / 2)
    return float(np.sum(weight * hidden) + np.sum(s["w2"] / 2) + s["b2"])


def _samples() -> Iterator[Sample]:
    """Yield, for each output of random networks at a random input, what the sheet's formulas name."""
    random = np.random.default_rng(3)
    for inputs, hidden, outputs in SIZES:
        first = random.normal(scale=2, size=(hidden, inputs)), random.normal(scale=2, size=hidden)
        last = random.normal(scale=2, size=(outputs, hidden)), random.normal(scale=2, size=outputs)
        (a, b), (c, d) = sigmoid_to_tanh([first, last])
        for k in range(outputs):
            x = random.normal(size=inputs)
            yield {
                **FUNCTIONS,
                "W1": first[0],
                "b1": first[1],
                "w2": last[0][k],
                "b2": np.array(last[1][k]),
                "W1t": a,
                "b1t": b,
                "w2t": c[k],
                "b2t": np.array(d[k]),
                "x": x,
                "right": np.array(_output(*first, last[0][k], last[1][k], x, torch.nn.Sigmoid())),
            }
