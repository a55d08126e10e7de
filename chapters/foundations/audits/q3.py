"""What sheet 002 states about the sigmoid network and its tanh twin, judged.

The formulas are evaluated as written: those of one variable at numbers from -6 to 6, those of the network for
every output of random networks of several sizes. Where the sheet writes a tilde, it stands for the new
parameters as the sheet itself gives them, with the hidden biases, which it does not give, halved as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

from nnutils.audit import Audit, Reading, evaluate
from nnutils.numerics import network_output, sigmoid, sigmoid_to_tanh

__all__ = ["audit"]

Sample = dict[str, Any]
FUNCTIONS: Sample = {"exp": np.exp, "tanh": np.tanh, "sigma": sigmoid, "sum": np.sum}
LABELS = {"w2": "w(2)_kj", "b2": "w(2)_k0", "W1": "w(1)_ji", "b1": "w(1)_j0"}
SLIPPED = "the bracket closes too late, so the + 1 is inside tanh"
INPUTS, HIDDEN, OUTPUTS = 3, 5, 2


def audit() -> Audit:
    """Return the judged audit: torch for functions of one variable, the book's own network for the lines."""
    judged = Audit.of(__file__)
    numbers = [{"x": x / 4} for x in range(-24, 25) if x]
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
        )


def _check_parameters(judged: Audit, samples: list[Sample]) -> None:
    """Compare the new parameters, and what the last line and the conclusion say."""
    new = {"output-bias": "b2t", "output-weights": "w2t", "hidden-weights": "W1t"}
    for name, tilde in new.items():
        judged.check(f"002-q3-new-{name}", [s[tilde] for s in samples], samples=samples)
    one = samples[0]
    differ = [LABELS[n] for n in LABELS if not np.allclose(one[n], one[f"{n}t"])]
    judged.check("002-q3-new-parameters", differ)

    fourth = [evaluate(judged.claim("002-q3-line-4").expression, s) for s in samples]
    form = all(s[n].shape == s[f"{n}t"].shape for s in samples for n in LABELS)
    equal = np.allclose(np.array(fourth), [_with_tanh(s) for s in samples], rtol=1e-12)
    judged.check("002-q3-line-5", bool(form and equal))
    apart = max(abs(_with_tanh(s) - s["right"]) for s in samples)
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


def _with_tanh(s: Sample) -> float:
    return float(np.sum(s["w2t"] * np.tanh(s["W1t"] @ s["x"] + s["b1t"])) + s["b2t"])


def _line_3(s: Sample, *, factor: bool, once: bool) -> float:
    first, bias = ("W1", "b1") if once else ("W1t", "b1t")
    weight = s["w2"] / 2 if factor else 1
    hidden = np.tanh(s[first] / 2 @ s["x"] + s[bias] / 2)
    return float(np.sum(weight * hidden) + np.sum(s["w2"] / 2) + s["b2"])


def _samples() -> Iterator[Sample]:
    """Yield, for each output of random networks at a random input, what the sheet's formulas name."""
    chance = np.random.default_rng(3)
    for w1, w2 in _networks(chance):
        x = [chance.normal(size=w1.shape[1] - 1) for _ in w2]
        old = [(w1[:, 1:], w1[:, 0]), (w2[:, 1:], w2[:, 0])]
        (a, b), (c, d) = sigmoid_to_tanh(old)
        for k, point in enumerate(x):
            yield {
                **FUNCTIONS,
                "W1": w1[:, 1:],
                "b1": w1[:, 0],
                "w2": w2[k, 1:],
                "b2": np.array(w2[k, 0]),
                "W1t": a,
                "b1t": b,
                "w2t": c[k],
                "b2t": np.array(d[k]),
                "x": point,
                "right": np.array(network_output(old, point[None], sigmoid)[0, k]),
            }


def _networks(chance: np.random.Generator) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return a network of the question's kind and ten of other sizes, drawn from a longer series."""
    chosen = [
        (
            chance.normal(scale=2, size=(HIDDEN, 1 + INPUTS)),
            chance.normal(scale=2, size=(OUTPUTS, 1 + HIDDEN)),
        )
    ]
    chance.normal(size=3 * INPUTS + 1000 * INPUTS)
    for size in range(1, 5):
        for _ in range(25):
            chance.integers(-3, 4, size=(size, 1 + INPUTS))
            chance.integers(-5, 6, size=(OUTPUTS, 1 + size))
            chance.integers(1, 12, size=INPUTS)
    series = []
    for scale in (0.1, 1.0, 10.0):
        for _ in range(20):
            d, m, n = (int(size) for size in chance.integers(1, 9, size=3))
            first = chance.normal(scale=scale, size=(m, 1 + d))
            series.append((first, chance.normal(scale=scale, size=(n, 1 + m))))
    for first, _ in series:
        chance.normal(size=10 * (first.shape[1] - 1))
    return [*chosen, *series[20:30]]
