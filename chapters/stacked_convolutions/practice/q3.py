"""Small windows one after the other against one large window: multiplications, weights and biases of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from nnutils.core.errors import PracticeError
from nnutils.core.words import counted, listed, side_by_side
from nnutils.core.worked import Worked, total
from nnutils.networks import Conv2d, Network, settings_in_words
from nnutils.practice import Asked, Draw, earned
from nnutils.slips import Quantity, quantities

__all__ = ["asked", "draw", "givens", "numbers", "parts", "statement"]

EQUAL = "equal"


def givens() -> dict[str, Any]:
    """Return the question's own picture (channels, height, width) and the layers of the two paths."""
    return {
        "picture": (3, 100, 100),
        "stacked": [Conv2d(5, kernel_size=3, name="A"), Conv2d(10, kernel_size=3, name="B")],
        "single": Conv2d(10, kernel_size=5, name="D"),
    }


def draw(seed: int) -> dict[str, Any]:
    """Return another picture and other numbers of filters; the windows stay, so both see the same pixels.

    Channels and filters are all different, so that no two factors can be confused. The two paths differ by
    more than 3 % in both counts, so that neither comparison is close; either of them may be the cheaper one.
    """
    chance = Draw(seed)

    def propose() -> tuple[int, int, int, int]:
        channels, filters = chance.whole(2, 4), chance.whole(8, 16)
        middle = chance.choice([f for f in range(3, 11) if f not in (channels, filters)])
        return chance.whole(40, 160, 2), channels, middle, filters

    def clear(proposal: tuple[int, int, int, int]) -> bool:
        side, channels, middle, filters = proposal
        small = 9 * channels * middle, 9 * middle * filters
        large = 25 * channels * filters
        # A has (side - 2)² places, B and D have (side - 4)².
        places = Fraction(side - 2, side - 4) ** 2
        counts = [Fraction(sum(small)), small[0] * places + small[1]]
        return all(abs(count / large - 1) > Fraction(3, 100) for count in counts)

    side, channels, middle, filters = chance.until(propose, clear)
    return {
        "picture": (channels, side, side),
        "stacked": [Conv2d(middle, kernel_size=3, name="A"), Conv2d(filters, kernel_size=3, name="B")],
        "single": Conv2d(filters, kernel_size=5, name="D"),
    }


def asked(givens: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return what is asked; sizes by pushing the window, each count as a product written out."""
    _refuse(givens)
    small, large = _path(givens["picture"], givens["stacked"]), _path(*_one(givens))
    together, (one,) = listed(list(small)), large
    choices = (together, one, EQUAL)
    quantities = []
    for part, count in zip(parts(givens), ("multiplications", "weights"), strict=True):
        quantities += [
            Asked(f"{count}_{name}", f"{count} of {name}", part, counts[count], unit=count)
            for name, counts in {**small, **large}.items()
        ]
        both = total(counts[count] for counts in small.values()).named(f"{count} of {together}")
        other = large[one][count]
        fewer = EQUAL if both == other else together if both < other else one
        quantities += [
            Asked(f"{count}_together", f"{count} of {together} together: the sum", part, both, unit=count),
            Asked(
                f"fewer_{count}",
                f"which path has fewer {count}: that of {together} or that of {one}?",
                part,
                fewer,
                choices=choices,
            ),
        ]
    for role, path, label in (("together", small, together), ("single", large, one)):
        number = total(counts[count] for counts in path.values() for count in ("weights", "biases"))
        text = f"parameters of {label}, weights and biases" + " together" * (role == "together")
        quantities.append(Asked(f"parameters_{role}", text, "b", number.named(text), unit="parameters"))
    return tuple(quantities)


def numbers(givens: Mapping[str, Any]) -> tuple[Quantity, ...]:
    """Return the numbers of both paths, one of which may be taken for another."""
    found: dict[str, Quantity] = {}
    for layers in (givens["stacked"], [givens["single"]]):
        found |= {one.words: one for one in quantities(Network(givens["picture"], layers))}
    return tuple(found.values())


def parts(givens: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of each part."""
    return {"a": 6, "b": 4}


def statement(givens: Mapping[str, Any]) -> str:
    """Return the question in words."""
    channels, height, width = givens["picture"]
    names = list(_path(givens["picture"], givens["stacked"]))
    (one,) = _path(*_one(givens))
    stacked = ", then ".join(
        f"{name} by {_filters(layer)}" for name, layer in zip(names, givens["stacked"], strict=True)
    )
    marks = earned(parts(givens))
    return (
        f"A picture of {channels} × {height} × {width} (channels × height × width) takes two "
        f"separate paths. The first makes the map {stacked}. The second makes the map {one} by "
        f"{_filters(givens['single'])}. Each filter reads all channels of its input and has a bias; strides "
        "are 1 and there is no padding, where nothing else is said.\n\n"
        f"**(a)** Compare the number of multiplications that compute {listed(names)} with the number that "
        f"computes {one}. {marks['a']}\n\n"
        f"**(b)** Compare the number of weights on the path to {names[-1]} with the number on the path to "
        f"{one}, and the number of parameters, biases included. {marks['b']}"
    )


def _one(givens: Mapping[str, Any]) -> tuple[Sequence[int], list[Conv2d]]:
    return givens["picture"], [givens["single"]]


def _refuse(givens: Mapping[str, Any]) -> None:
    """Refuse layers that are not what this question compares."""
    stacked, single = givens["stacked"], givens["single"]
    if not isinstance(stacked, list | tuple) or len(stacked) < 2:
        raise PracticeError(
            "Fewer than two layers are no stack.", where="stacked", remedy="Give at least two convolutions."
        )
    for layer in (*stacked, single):
        if not isinstance(layer, Conv2d):
            raise PracticeError(f"{layer} is not a convolution.", remedy="Use Conv2d.")
        if layer.groups != 1 or layer.windows[0].kernel_size != layer.windows[1].kernel_size:
            raise PracticeError(
                f"{layer} has groups, or a window that is not square; here every filter reads k × k pixels "
                "of all channels.",
                remedy="Use one number as kernel_size, and groups=1.",
            )
    if not isinstance(givens["picture"], list | tuple) or len(givens["picture"]) != 3:
        raise PracticeError(
            f"A picture has channels, height and width; got {givens['picture']}.", remedy="Use (3, 100, 100)."
        )
    names = [step.name for layers in (stacked, [single]) for step in Network(givens["picture"], layers).steps]
    if len(set(names)) < len(names):
        raise PracticeError(
            f"Two maps have the same name, of {', '.join(names)}.",
            remedy='Give each layer its own: name="A".',
        )


def _path(picture: Sequence[int], layers: Sequence[Conv2d]) -> dict[str, dict[str, Worked]]:
    """Return multiplications, weights and biases of each layer by its name."""
    channels, *sides = picture
    counted = {}
    for step in Network(picture, layers).steps:
        layer = step.layer
        assert isinstance(layer, Conv2d), "_refuse lets nothing else through"
        sides = [
            len(range(0, side + int(window.total_padding) - window.reach + 1, window.stride))
            for side, window in zip(sides, layer.windows, strict=True)
        ]
        tall, wide = (Worked(layer.windows[0].kernel_size, f"kernel {axis}") for axis in ("height", "width"))
        filters, reads = Worked(layer.out_channels, "out_channels"), Worked(channels, "in_channels")
        weights = (filters * reads * tall * wide).named(f"weights of {step.name}")
        places = (Worked(sides[0], "height") * Worked(sides[1], "width")).named(f"positions of {step.name}")
        counted[step.name] = {
            "multiplications": (places * filters * reads * tall * wide).named(
                f"multiplications of {step.name}"
            ),
            "weights": weights,
            "biases": Worked(layer.out_channels if layer.bias else 0, f"biases of {step.name}"),
        }
        channels = layer.out_channels
    return counted


def _filters(layer: Conv2d) -> str:
    """Return the filters of a layer in words: '5 filters of 3 × 3'."""
    window = side_by_side(window.kernel_size for window in layer.windows)
    filters = f"{counted(layer.out_channels, 'filter')} of {window}"
    extra = ", ".join(settings_in_words(layer))
    return f"{filters} ({extra})" if extra else filters
