"""Sizing an inception module: paddings, sizes, operations and parameters, with reduction and without."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nnutils.core.errors import PracticeError
from nnutils.core.worked import Worked, total
from nnutils.networks import Conv2d, Network
from nnutils.practice import Answer, Asked, Convention, Draw, earned
from nnutils.slips import Quantity, quantities

__all__ = ["asked", "draw", "givens", "numbers", "parts", "statement"]

_KERNELS = {"direct": 1, "reduce3": 1, "conv3": 3, "reduce5": 1, "conv5": 5, "project": 1}
_WORDS = {
    "direct": "the direct 1 × 1 convolution",
    "reduce3": "the 1 × 1 convolution before the 3 × 3",
    "conv3": "the 3 × 3 convolution",
    "reduce5": "the 1 × 1 convolution before the 5 × 5",
    "conv5": "the 5 × 5 convolution",
    "pool": "the max-pooling",
    "project": "the 1 × 1 convolution after the max-pooling",
    "module": "the module",
}
_MODULES = ("with reduction", "naive", "neither")


def givens() -> dict[str, Any]:
    """Return the question's own sizes: of the input, and the number of filters of each convolution."""
    depths = {"direct": 64, "reduce3": 64, "conv3": 128, "reduce5": 64, "conv5": 64, "project": 512}
    return {"input_shape": (512, 128, 128), "depths": depths}


def draw(seed: int) -> dict[str, Any]:
    """Return other sizes, all depths different, for which both reductions and the whole module save work."""
    chance = Draw(seed)

    def propose() -> dict[str, Any]:
        side = chance.choice((28, 32, 56, 64, 96, 112, 128))
        reduce3, conv3 = sorted(chance.several(range(48, 241, 16), 2))
        reduce5, conv5 = sorted(chance.several(range(16, 129, 16), 2))
        depths = {"direct": chance.whole(32, 256, 32), "reduce3": reduce3, "conv3": conv3}
        depths |= {"reduce5": reduce5, "conv5": conv5, "project": chance.whole(64, 512, 64)}
        return {"input_shape": (chance.whole(192, 640, 64), side, side), "depths": depths}

    return chance.until(propose, _fair)


def _fair(drawn: Mapping[str, Any]) -> bool:
    """Say whether all sizes and counts differ, and the reductions clearly save work."""
    (channels, height, _), depths = drawn["input_shape"], drawn["depths"]
    sizes = (channels, height, *depths.values())
    naive = {k: channels * k * k * depths[f"conv{k}"] for k in (3, 5)}
    reduced = {k: depths[f"reduce{k}"] * (channels + k * k * depths[f"conv{k}"]) for k in (3, 5)}
    direct, project = channels * depths["direct"], channels * depths["project"]
    weights = [int(number) for number in _weights_with_reduction(channels, depths).values()]
    return (
        len(set(sizes)) == len(sizes)
        and len(set(weights)) == len(weights)
        and all(2 * reduced[k] < naive[k] for k in (3, 5))
        and 3 * (direct + project + sum(reduced.values())) < 2 * (direct + sum(naive.values()))
    )


def asked(givens: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return what is asked; weights are filters · channels · window, operations are weights · positions."""
    channels, height, width = _checked(givens)
    depths = givens["depths"]
    positions = (Worked(height, "height") * Worked(width, "width")).named("positions")
    weights = _weights_with_reduction(channels, depths)
    sizes = dict(depths) | {"pool": channels}
    sizes["module"] = sum(depths[name] for name in ("direct", "conv3", "conv5", "project"))
    operations = {name: (count * positions).named(f"operations of {name}") for name, count in weights.items()}
    all_weights = total(weights.values(), "parameters")
    all_operations = total(operations.values(), "operations")
    reads = 9 * channels * positions.value
    answers = [
        Asked(
            f"padding{k}",
            f"the padding of the {k} × {k} convolution, in pixels on each side",
            "b.1",
            (Worked(k, "kernel_size") - 1) / 2,
        )
        for k in (3, 5)
    ]
    for name, words in _WORDS.items():
        size = (Worked(sizes[name], "channels"), height, width)
        text = f"the output size of {words}, as channels, height, width"
        answers.append(Asked(f"size_{name}", text, "b.2", size))
    for name, words in _WORDS.items():
        count = all_operations if name == "module" else operations.get(name, 0)
        pooled = count + reads if name in ("pool", "module") else count
        answers.append(
            Asked(
                f"operations_{name}",
                f"the operations of {words}",
                "b.5" if name == "module" else "b.3",
                count,
                "operations",
                conventions=_conventions(count, pooled),
            )
        )
    for name, words in _WORDS.items():
        count = all_weights if name == "module" else weights.get(name, 0)
        part = "b.5" if name == "module" else "b.4"
        answers.append(Asked(f"parameters_{name}", f"the parameters of {words}", part, count, "parameters"))
    return (*answers, *_compared(givens, positions, all_weights))


def _conventions(count: Worked | int, with_pooling: Answer) -> tuple[Convention, ...]:
    """Return the usual other counts of operations."""
    twice = (
        "This counts a multiplication and an addition as two operations; here multiplications are counted."
    )
    pooling = (
        "This counts one operation for each value that the max-pooling reads; here only multiplications are "
        "counted."
    )
    return Convention(2 * count, twice), Convention(with_pooling, pooling)


def _compared(givens: Mapping[str, Any], positions: Worked, reduced: Worked) -> list[Asked]:
    """Return what is asked about the naive module, for each depth that its 1 x 1 convolution may have."""
    channels, depths = givens["input_shape"][0], givens["depths"]
    answers = []
    for label, direct in {"kept": depths["direct"], "wide": depths["project"]}.items():
        weights = total(_naive_weights(channels, depths, direct).values()).named("weights")
        case = f"if the naive 1 × 1 convolution has {direct} filters"
        cheaper = _MODULES[0] if reduced < weights else _MODULES[1] if weights < reduced else _MODULES[2]
        operations = (weights * positions).named("operations")
        answers += [
            Asked(
                f"naive_operations_{label}",
                f"the operations of the naive module, {case}",
                "c",
                operations,
                "operations",
                conventions=_conventions(operations, operations + 9 * channels * positions.value),
            ),
            Asked(
                f"naive_parameters_{label}",
                f"the parameters of the naive module, {case}",
                "c",
                weights,
                "parameters",
            ),
            Asked(
                f"cheaper_{label}",
                f"which module takes fewer operations, {case}",
                "c",
                cheaper,
                choices=_MODULES,
            ),
            Asked(
                f"factor_{label}",
                "the parameters of the naive module divided by those of the module with reduction, " + case,
                "d",
                weights / reduced,
            ),
        ]
    return sorted(answers, key=lambda asked: asked.part)


def _weights_with_reduction(channels: int, depths: Mapping[str, int]) -> dict[str, Worked]:
    """Return the weights of each convolution of the module with reduction."""
    reads = dict.fromkeys(_KERNELS, channels) | {f"conv{k}": depths[f"reduce{k}"] for k in (3, 5)}
    return {name: _weights(name, depths[name], reads[name]) for name in _KERNELS}


def _naive_weights(channels: int, depths: Mapping[str, int], direct: int) -> dict[str, Worked]:
    """Return the weights of each convolution of the naive module; all read the input."""
    filters = {"direct": direct, "conv3": depths["conv3"], "conv5": depths["conv5"]}
    return {name: _weights(name, number, channels) for name, number in filters.items()}


def _weights(name: str, filters: int, channels: int) -> Worked:
    size = _KERNELS[name]
    window = Worked(size, "kernel height") * Worked(size, "kernel width")
    return (Worked(filters, "out_channels") * Worked(channels, "in_channels") * window).named(
        f"weights of {name}"
    )


def _checked(givens: Mapping[str, Any]) -> tuple[int, int, int]:
    """Return channels, height and width, or refuse sizes of which no module can be made."""
    shape, depths = givens["input_shape"], givens["depths"]
    if not isinstance(shape, tuple) or len(shape) != 3:
        raise PracticeError(
            f"An inception module reads a picture, and input_shape = {shape!r} is not the size of one.",
            remedy="Give (channels, height, width).",
        )
    if not isinstance(depths, dict) or set(depths) != set(_KERNELS):
        raise PracticeError(
            f"The module has the six convolutions {', '.join(_KERNELS)}; the depths given name others.",
            remedy="Give each of these a number of filters, and no other.",
        )
    for name, size in _KERNELS.items():
        Network(shape, [Conv2d(depths[name], size, padding=(size - 1) // 2, name=name)])  # or it refuses
    channels, height, width = shape
    return channels, height, width


def numbers(givens: Mapping[str, Any]) -> tuple[Quantity, ...]:
    """Return the numbers of the network, one of which may be taken for another."""
    depths = givens["depths"]
    found: dict[str, Quantity] = {}
    for branch in (["direct"], ["reduce3", "conv3"], ["reduce5", "conv5"], ["project"]):
        layers = [
            Conv2d(depths[name], _KERNELS[name], padding=_KERNELS[name] // 2, name=name) for name in branch
        ]
        found |= {one.words: one for one in quantities(Network(givens["input_shape"], layers))}
    return tuple(one for one in found.values() if not one.words.startswith("parameters"))


def parts(givens: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of each part."""
    return {"a": 1, "b.1": 1, "b.2": 1, "b.3": 2, "b.4": 1, "b.5": 1, "c": 2, "d": 1}


def statement(givens: Mapping[str, Any]) -> str:
    """Return the question in words."""
    (channels, height, width), depths = givens["input_shape"], givens["depths"]
    filters = "\n".join(f"- {_WORDS[name]}: {depths[name]}" for name in _KERNELS)
    marks = earned(parts(givens))
    return (
        "An inception module with dimension reduction has four branches side by side: a 1 × 1 convolution; a "
        "1 × 1 and then a 3 × 3 convolution; a 1 × 1 and then a 5 × 5 convolution; a 3 × 3 max-pooling and "
        "then a 1 × 1 convolution. Their outputs are stacked along the channels. All strides are 1, and "
        "every block keeps height and width. "
        f"The input has {channels} channels of {height} × {width}. The numbers of filters:\n\n"
        f"{filters}\n\n"
        "The naive module has a 1 × 1, a 3 × 3, a 5 × 5 convolution and a 3 × 3 max-pooling side by side. "
        f"Its 1 × 1 convolution has {depths['direct']} filters, or the {depths['project']} of the branch "
        "with the pooling: work out both. An operation is a multiplication, those with padding included. "
        "Parameters are weights: there are no biases.\n\n"
        f"- **(a)** Describe the inception module with dimension reduction. {marks['a']}\n"
        "- **(b)** For this module:\n"
        f"  1. Which padding of the 3 × 3 and of the 5 × 5 convolution keeps height and width? "
        f"{marks['b.1']}\n"
        "  2. What is the output size of every block and of the module, as (channels, height, width)? "
        f"{marks['b.2']}\n"
        f"  3. How many operations does every block take? {marks['b.3']}\n"
        f"  4. How many parameters does every block have? {marks['b.4']}\n"
        f"  5. What are the two totals for the module? {marks['b.5']}\n"
        "- **(c)** Give the same two totals for the naive module. Which module is cheaper, and why? "
        f"{marks['c']}\n"
        "- **(d)** How many times as many parameters does the naive module have as the one with reduction? "
        f"{marks['d']}"
    )
