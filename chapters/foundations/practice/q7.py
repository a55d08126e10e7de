"""Choosing convolutions: the kernel sizes, strides, paddings and dilations that give wanted sizes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import gcd
from typing import Any, cast

from nnutils.core.errors import PracticeError
from nnutils.core.messages import shown
from nnutils.core.words import side_by_side
from nnutils.core.worked import Worked
from nnutils.networks import conv_output_size
from nnutils.practice import Asked, Draw, earned
from nnutils.slips import Quantity

__all__ = ["asked", "draw", "givens", "numbers", "parts", "statement"]

SETTINGS = {"kernel_size": ("k", 1), "stride": ("s", 1), "padding": ("p", 0), "dilation": ("d", 1)}
"""Each setting's letter and smallest value, in the order of an answer."""

TABLE = "table"
"""The label of the part that only writes the others down."""

Setting = tuple[int, int, int, int]


def givens() -> dict[str, Any]:
    """Return the shapes, and what each part of the question fixes; a part is named after its layer."""
    return {
        "input_shape": (3, 64, 64),
        "output_shapes": [(64, 32, 32), (64, 8, 8), (128, 4, 4)],
        "parts": {
            "1a": {"kernel_size": 8, "dilation": 1},
            "1b": {"stride": 2, "dilation": 7},
            "2a": {"padding": 0, "dilation": 1, "overlap": False},
            "2b": {"kernel_size": 8, "stride": 4, "padding": 0, "dilation": 1},
            "3a": {"padding": 0, "dilation": 1},
            "3b": {"padding": 2, "dilation": 2},
            "3c": {"padding": 1, "dilation": 1},
        },
    }


def draw(seed: int) -> dict[str, Any]:
    """Return other sizes and settings. One setting of (3b) skips pixels and another one reads them all."""
    chance = Draw(seed)
    return chance.until(lambda: _proposed(chance), _fair)


def _proposed(chance: Draw) -> dict[str, Any]:
    last = chance.whole(3, 6)
    second = 2 * last
    window = chance.whole(2, 5)
    first = window * second
    stride = chance.choice((2, 2, 3))
    channels = chance.choice((16, 24, 32, 48, 64, 96))
    fixed = {"padding": 0, "dilation": 1}
    instead = {"kernel_size": chance.whole(3, 9), "stride": chance.whole(2, 5)}
    spread, *paddings = chance.choice((2, 3)), *chance.several(range(1, 4), 2)
    return {
        "input_shape": (chance.choice((1, 3)), stride * first, stride * first),
        "output_shapes": [(channels, first, first), (channels, second, second), (2 * channels, last, last)],
        "parts": {
            "1a": {"kernel_size": chance.whole(5, 12), "dilation": 1},
            "1b": {"stride": stride, "dilation": chance.choice((5, 7, 9, 11))},
            "2a": {**fixed, "overlap": False},
            "2b": {**instead, **fixed},
            "3a": dict(fixed),
            "3b": {"padding": paddings[0], "dilation": spread},
            "3c": {"padding": paddings[1], "dilation": 1},
        },
    }


def _fair(values: Mapping[str, Any]) -> bool:
    """Say whether a proposal is like the question: short lists, and something to see in each part."""
    own, parts = givens(), values["parts"]
    _, first, size = values["input_shape"], *(shape[1] for shape in values["output_shapes"][:2])
    instead, pooling = parts["2b"], first // size
    if any(values[name] == own[name] for name in own) or not 24 <= values["input_shape"][1] <= 128:
        return False
    if instead["kernel_size"] > first or instead["kernel_size"] == instead["stride"]:
        return False
    other = _windows(first, (instead["kernel_size"], instead["stride"], 0, 1))
    if other in (size, 1) or instead["stride"] == pooling and instead["kernel_size"] <= pooling:
        return False
    if gcd(parts["1b"]["stride"], parts["1b"]["dilation"]) > 1:
        return False
    solved = {part: _solved(values, part) for part in parts if part != "2b"}
    if any(not 1 <= len(found) <= 16 for found in solved.values()):
        return False
    if any(len(_unread(_sizes(values, part)[0], _chosen(values, part))) for part in solved):
        return False
    return len(solved["3b"]) > 1 and any(
        gcd(s, d) > 1 and _unread(size, (k, s, p, d)) for k, s, p, d in solved["3b"]
    )


def asked(givens: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return what is asked; every setting is tried in the size formula.

    Where the kernel size and the padding are both left open there is no end of answers: the window may reach
    over as many pixels as the input has. A window never lies in the padding alone.
    """
    _check_shapes(givens)
    quantities: list[Asked] = []
    for part in givens["parts"]:
        _check_part(givens, part)
        if len(_fixed(givens, part)) == len(SETTINGS):
            quantities.append(_other_shape(givens, part))
            continue
        found, chosen = _solved(givens, part), _chosen(givens, part)
        every = (
            f"every setting that is right in ({part}): a row k, s, p, d for each, rows separated by ;, in "
            "any order"
        )
        choice = (
            f"the chosen setting of ({part}), as k, s, p, d: of those that read every pixel, or else miss "
            "the fewest, the one with the smallest kernel, then the smallest stride and padding"
        )
        quantities += [
            Asked(f"settings_{part}", every, part, found, any_order=True),
            Asked(f"choice_{part}", choice, part, chosen),
        ]
    return tuple(quantities)


def numbers(givens: Mapping[str, Any]) -> tuple[Quantity, ...]:
    """Return the sizes and channels along the network, one of which may be taken for another."""
    shapes = [givens["input_shape"], *givens["output_shapes"]]
    places = ["the input", *(f"layer {number}" for number in range(1, len(shapes)))]
    return tuple(
        Quantity(role, f"{role} of {place}", value)
        for place, (channels, size, _) in zip(places, shapes, strict=True)
        for role, value in (("channels", channels), ("size", size))
    )


def parts(givens: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of each part."""
    endless = _endless(givens)
    marks = {part: 2 if part in endless else 1 for part in givens["parts"]}
    return {**marks, TABLE: max(10 - sum(marks.values()), 1)}


def statement(givens: Mapping[str, Any]) -> str:
    """Return the question in words."""
    marks = earned(parts(givens))
    lines = [
        f"A picture of size {side_by_side(givens['input_shape'])} (channels × height × width) passes through "
        "these layers, one after the other. Windows are square: kernel size $k$, stride $s$, padding "
        "$p$ on all sides, dilation $d$, and $d = 1$ means no dilation. Give the settings that are right: "
        "all of them, and of these the smallest kernel whose windows read every pixel (or miss the fewest). "
        "A window must not lie in the padding alone. Where $k$ and $p$ are both left open, it may reach over "
        "no more pixels than the input has."
    ]
    for number, shape in enumerate(givens["output_shapes"], 1):
        lines.append(f"**Layer {number}** has an output of size {side_by_side(shape)}.")
        lines += [
            f"{_words(givens, part)} {marks[part]}" for part in givens["parts"] if int(part[:-1]) == number
        ]
    lines.append(
        "**Table.** Write down the input size $i$, the chosen setting and the output size $o$ of each part. "
        f"{marks[TABLE]}"
    )
    return "\n\n".join(lines)


def _endless(givens: Mapping[str, Any]) -> list[str]:
    """Return the parts that leave the padding open, and the kernel size or the dilation as well."""
    return [
        part
        for part in givens["parts"]
        if "padding" not in (fixed := _fixed(givens, part)) and not {"kernel_size", "dilation"} <= {*fixed}
    ]


def _words(givens: Mapping[str, Any], part: str) -> str:
    """Return one part of the question."""
    fixed = _fixed(givens, part)
    told = ", ".join(f"${SETTINGS[name][0]} = {value}$" for name, value in fixed.items())
    if len(fixed) == len(SETTINGS):
        return f"**({part})** Which output size would {told} give instead?"
    pooling = " The layer is a pooling whose windows do not overlap." if _apart(givens, part) else ""
    return f"**({part})** Given are {told}.{pooling}"


def _sizes(givens: Mapping[str, Any], part: str) -> tuple[int, int]:
    """Return the pixels along one axis that go into a part's layer, and those that come out."""
    sizes = [givens["input_shape"][1], *(shape[1] for shape in givens["output_shapes"])]
    number = int(part[:-1])
    return sizes[number - 1], sizes[number]


def _fixed(givens: Mapping[str, Any], part: str) -> dict[str, int]:
    """Return what a part fixes, in the order of an answer."""
    return {name: givens["parts"][part][name] for name in SETTINGS if name in givens["parts"][part]}


def _apart(givens: Mapping[str, Any], part: str) -> bool:
    """Say whether the windows of a part must not overlap."""
    return givens["parts"][part].get("overlap") is False


def _windows(pixels: int, setting: Setting) -> int:
    """Return the output size by the bare formula; 0 where the window does not fit."""
    k, s, p, d = setting
    room = pixels + 2 * p - d * (k - 1) - 1
    return room // s + 1 if room >= 0 else 0


def _unread(pixels: int, setting: Setting) -> list[int]:
    """Return the pixels of an axis without a tap: tap t of window n stands at ns + td - p."""
    k, s, p, d = setting
    taps = {n * s + t * d - p for n in range(_windows(pixels, setting)) for t in range(k)}
    return [pixel for pixel in range(pixels) if pixel not in taps]


def _candidates(pixels: int, fixed: Mapping[str, int]) -> Iterator[Setting]:
    """Yield the settings to try. With k = 1 every dilation is the same, so only the first one counts."""
    bound = pixels + 2 * fixed.get("padding", 0)
    for k in [fixed["kernel_size"]] if "kernel_size" in fixed else range(1, bound + 1):
        for d in [fixed["dilation"]] if "dilation" in fixed else range(1, bound + 1):
            reach = d * (k - 1) + 1
            if "dilation" not in fixed and d > 1 and (k == 1 or reach > bound):
                break
            if "kernel_size" not in fixed and reach > bound:
                break
            for s in [fixed["stride"]] if "stride" in fixed else range(1, bound + 1):
                for p in [fixed["padding"]] if "padding" in fixed else range(reach):
                    if p < reach:
                        yield k, s, p, d


def _solved(givens: Mapping[str, Any], part: str) -> tuple[Setting, ...]:
    """Return every setting that gives the wanted size, in order."""
    (pixels, wanted), apart = _sizes(givens, part), _apart(givens, part)
    return tuple(
        (k, s, p, d)
        for k, s, p, d in _candidates(pixels, _fixed(givens, part))
        if _windows(pixels, (k, s, p, d)) == wanted and not (apart and d * (k - 1) + 1 > s)
    )


def _chosen(givens: Mapping[str, Any], part: str) -> Setting:
    pixels = _sizes(givens, part)[0]
    return min(_solved(givens, part), key=lambda setting: (len(_unread(pixels, setting)), setting))


def _other_shape(givens: Mapping[str, Any], part: str) -> Asked:
    """Return the part that fixes every setting: which shape comes out?"""
    fixed, pixels = _fixed(givens, part), _sizes(givens, part)[0]
    setting = (fixed["kernel_size"], fixed["stride"], fixed["padding"], fixed["dilation"])
    size = _windows(pixels, setting)
    channels = givens["output_shapes"][int(part[:-1]) - 1][0]
    if not size:
        raise PracticeError(
            f"A window with {_told(fixed)} does not fit into {pixels} pixels.",
            where=f"part ({part})",
            remedy="Make it smaller, or the padding larger.",
        )
    work = conv_output_size(Worked(pixels, "input height"), **cast(Any, fixed))
    return Asked(
        f"shape_{part}",
        f"the output size in ({part}), as channels, height, width",
        part,
        (channels, size, size),
        work=(Worked(channels, "out_channels"), work, work),
    )


def _told(fixed: Mapping[str, int]) -> str:
    return ", ".join(f"{SETTINGS[name][0]} = {value}" for name, value in fixed.items())


def _check_shapes(givens: Mapping[str, Any]) -> None:
    """Refuse shapes that are not pictures of equal height and width, and a question without layers."""
    if not isinstance(givens["output_shapes"], list | tuple) or not givens["output_shapes"]:
        raise PracticeError(
            f"{shown(givens['output_shapes'])} are not the output shapes of layers.",
            remedy="Give a list with at least one (channels, height, width).",
        )
    for shape in (givens["input_shape"], *givens["output_shapes"]):
        if not isinstance(shape, tuple) or len(shape) != 3 or any(not _whole(size, 1) for size in shape):
            raise PracticeError(
                f"{shown(shape)} is not the shape of a picture.",
                remedy="Give (channels, height, width), three positive whole numbers.",
            )
        if shape[1] != shape[2]:
            raise PracticeError(
                f"{shown(shape)} is not square, so one axis cannot stand for both.",
                remedy="Give equal height and width.",
            )
    if not isinstance(givens["parts"], dict) or not givens["parts"]:
        raise PracticeError(f"{shown(givens['parts'])} are not parts of a question.", remedy="Give one.")


def _check_part(givens: Mapping[str, Any], part: str) -> None:
    """Refuse a part of no layer, one that fixes what is no setting, and one that has no end or no answer."""
    layers, where = len(givens["output_shapes"]), f"part {shown(part)}"
    if not re.fullmatch(r"[1-9][0-9]*[a-z]", str(part)) or int(part[:-1]) > layers:
        raise PracticeError(
            f"A part is named after its layer and a letter, and the layers are 1 to {layers}.",
            where=where,
            remedy="Call it 1a, 1b, ...",
        )
    for name, value in givens["parts"][part].items():
        right = value is False if name == "overlap" else name in SETTINGS and _whole(value, SETTINGS[name][1])
        if not right:
            raise PracticeError(
                f"{name} = {shown(value)} cannot be fixed.",
                where=where,
                remedy='Fix kernel_size, stride, dilation (from 1), padding (from 0), or "overlap": False.',
            )
    fixed = _fixed(givens, part)
    if len(fixed) < 2:
        raise PracticeError(
            "With fewer than two settings fixed there are too many answers to list.",
            where=where,
            remedy="Fix another one.",
        )
    if _apart(givens, part):
        if set(fixed) != {"padding", "dilation"} or fixed["dilation"] != 1:
            raise PracticeError(
                "Windows that do not overlap are asked for by kernel size and stride.",
                where=where,
                remedy='Fix "padding" and "dilation": 1 beside "overlap": False, and nothing else.',
            )
        before = [givens["input_shape"], *givens["output_shapes"]][int(part[:-1]) - 1]
        after = givens["output_shapes"][int(part[:-1]) - 1]
        if before[0] != after[0]:
            raise PracticeError(
                f"A pooling keeps the channels, so {before[0]} cannot become {after[0]}.",
                where=where,
                remedy="Give the layer as many channels as the one before it.",
            )
    if len(fixed) < len(SETTINGS) and not _solved(givens, part):
        pixels, wanted = _sizes(givens, part)
        apart = " and windows that do not overlap" if _apart(givens, part) else ""
        raise PracticeError(
            f"No setting with {_told(fixed)}{apart} leads from {pixels} to {wanted} pixels.",
            where=where,
            remedy="Fix other settings, or ask for another size.",
        )


def _whole(value: object, least: int) -> bool:
    return type(value) is int and value >= least
