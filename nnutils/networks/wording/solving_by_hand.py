"""The size formula backwards on paper: the words that lead to the settings of a convolution, as Markdown.

The room r of a window is what the padded input leaves over: r = i + 2p - d (k - 1) - 1. The output has o
pixels exactly when s (o - 1) <= r <= s o - 1, which the words call (1).
"""

from __future__ import annotations

from collections.abc import Iterable

from nnutils.core.errors import SizeError
from nnutils.core.words import listed, side_by_side
from nnutils.networks.checks import switch, whole
from nnutils.networks.sizes import conv_output_size
from nnutils.networks.solver import solve_conv

__all__ = ["solve_by_hand"]

_LETTERS = {"kernel_size": "k", "stride": "s", "padding": "p", "dilation": "d"}
_MOST_TRIED = 9


def solve_by_hand(
    input: int,
    output: int,
    *,
    kernel_size: int | None = None,
    stride: int | None = None,
    padding: int | None = None,
    dilation: int | None = None,
    overlap: bool = True,
    channels: int | None = None,
    pooling: bool = False,
) -> str:
    """Say how the settings left out are found on paper, as Markdown with LaTeX.

    ``input`` and ``output`` are pixels along one axis. With ``overlap=False`` the windows must not overlap;
    padding and dilation 1 are then given. Where all four settings are given, the words lead to the output
    size instead, whatever ``output`` is; with ``channels`` they end with the output size, and ``pooling``
    says which kind of layer keeps the channels.

    Raises:
        SizeError: for sizes that cannot be, if no setting leads from ``input`` to ``output``, and for windows
            that must not overlap without the settings named above.

    Source: the inequality in the head of this module; see ``solve_conv``.

    >>> solve_by_hand(7, 2, stride=1, dilation=1)
    '$r = 6 + 2p - (k-1)$, and (1) says $r = 1$, so $2p = (k-1) - 5$ must be even.'
    """
    i, o = whole("input", input, 1), whole("output", output, 1)
    switch("overlap", overlap, SizeError)
    choices = {"kernel_size": kernel_size, "stride": stride, "padding": padding, "dilation": dilation}
    given = {name: value for name, value in choices.items() if value is not None}
    for name, value in given.items():
        given[name] = whole(name, value, 0 if name == "padding" else 1)
    if not overlap and (set(given) != {"padding", "dilation"} or given["dilation"] != 1):
        raise SizeError(
            "Windows that do not overlap are found from a padding and dilation 1.",
            remedy="Give padding=0 and dilation=1, and neither kernel_size nor stride.",
        )
    if len(given) == len(choices):
        return _forwards(i, given, channels, pooling)
    found = solve_conv(
        i,
        o,
        kernel_size=given.get("kernel_size"),
        stride=given.get("stride"),
        padding=given.get("padding"),
        dilation=given.get("dilation"),
    )
    if not any(overlap or setting.effective_kernel_size <= setting.stride for setting in found):
        told = ", ".join(f"{_LETTERS[name]} = {value}" for name, value in given.items())
        raise SizeError(
            f"No setting{' with ' * bool(told)}{told}{'' if overlap else ' and windows that do not overlap'} "
            f"leads from {i} to {o} pixels.",
            remedy="Give other settings, or ask for another size.",
        )
    if o == 1:
        return r"(1) is $0 \le r \le s - 1$: the stride exceeds the room."
    if not overlap:
        return _without_overlap(i, o, given["padding"])
    match sorted(given):
        case ["dilation", "kernel_size"]:
            return _by_stride(o, "p", *_room_by_padding(i, given["kernel_size"], given["dilation"]))
        case ["dilation", "padding"]:
            return _by_stride(o, "k", *_room_by_kernel(i, given["padding"], given["dilation"]))
        case ["dilation", "stride"]:
            return _by_window(i, o, given["stride"], given["dilation"])
    free = [f"${letter}$" for name, letter in _LETTERS.items() if name not in given]
    return f"Open: {listed(free)}. The solver puts each choice into (1)."


def _forwards(i: int, given: dict[str, int], channels: int | None, pooling: bool) -> str:
    """Put settings into the size formula."""
    k, s, p, d = (given[name] for name in _LETTERS)
    n = int(conv_output_size(i, k, s, p, d))
    r = i + 2 * p - d * (k - 1) - 1
    words = rf"$r = {r}$, so $o = \lfloor {r}/{s} \rfloor + 1 = {n}$."
    if channels is None:
        return words
    why = "A pooling keeps" if pooling else "The same kernels keep"
    return f"{words} {why} the channels: {side_by_side((channels, n, n))}."


def _room_by_padding(i: int, k: int, d: int) -> tuple[dict[int, int], str]:
    """Return the room for each padding, by the padding, and words."""
    least, most = i - d * (k - 1) - 1, d * (k - 1)
    room = {p: least + 2 * p for p in range(most + 1) if least + 2 * p >= 0}
    words = rf"$r = {least} + 2p$, and $p \le {most}$, so "
    return room, words + _between(min(room.values()), max(room.values()))


def _room_by_kernel(i: int, p: int, d: int) -> tuple[dict[int, int], str]:
    """Return the room for each kernel size that fits, and words."""
    first, last = 1 - (-p // d), (i + 2 * p - 1) // d + 1
    room = {k: i + 2 * p - d * (k - 1) - 1 for k in range(first, last + 1)}
    words = f"$r = {i + 2 * p - 1 + d} - {_times(d, 'k')}$"
    if p:
        taps = "k - 1" if d == 1 else f"{d}(k-1)"
        words += rf", and $p = {p} \le {taps}$ asks for $k \ge {first}$, so $r \le {max(room.values())}$"
    return room, words


def _by_stride(o: int, letter: str, room: dict[int, int], words: str) -> str:
    """Go through the strides until (1) asks for more room than there is."""
    most, tried, found = max(room.values()), [], []
    for s in range(1, most + 2):
        low, high = s * (o - 1), s * o - 1
        if low > most:
            tried.append(rf"$s \ge {s}$ needs $r \ge {low}$, too large")
            break
        hits = [n for n, r in sorted(room.items()) if low <= r <= high]
        found += [(n, s) for n in hits]
        why = "too small" if high < min(room.values()) else f"and no ${letter}$ gives that"
        says = f"so {_among(letter, hits)}" if hits else why
        tried.append(f"$s = {s}$ needs {_between(low, high)}, {says}")
    if len(tried) > _MOST_TRIED:
        tried[6:-1] = ["and so on"]
    only = rf" *Only* $s = {found[0][1]}$, ${letter} = {found[0][0]}$." if len(found) == 1 else ""
    return f"{words}. {'; '.join(tried)}.{only}"


def _by_window(i: int, o: int, s: int, d: int) -> str:
    """Read the paddings off (1) where kernel size and padding are open."""
    low, high, taps = s * (o - 1), s * o - 1, _times(d, "(k-1)")
    first = low - (i - 1)
    words = f"$r = {i - 1} + 2p - {taps}$, and (1) says {_between(low, high)}"
    if s == 1:
        return f"{words}, so $2p = {taps}{_signed(first)}$ must be even."
    words += rf", that is, ${taps}{_signed(first)} \le 2p \le {taps}{_signed(first + s - 1)}$. "
    where = "" if first in (-1, 0) else rf", if it lies from $0$ to ${taps}$"
    if s == 2:
        half = f"({taps}{_signed(first + 1)})" if first + 1 else taps
        return words + (
            "One of two neighbours is even, so each kernel size has exactly one padding: "
            rf"$p = \lfloor {half}/2 \rfloor${where}."
        )
    halves = f"{s // 2}" if s % 2 == 0 else f"{s // 2} or {s // 2 + 1}"
    return words + (
        f"Of {s} numbers in a row {halves} are even, so a kernel size has that many paddings, as far as they "
        f"lie from $0$ to ${taps}$."
    )


def _without_overlap(i: int, o: int, p: int) -> str:
    """Bracket the stride of a pooling whose windows do not overlap."""
    i += 2 * p
    most, least = (i - 1 - p) // (o - 1), -(-(i + 1) // (o + 1))
    words = (
        rf"$r = {i} - k$ and ${_times(o - 1, 's')} \le r \le {o}s - 1$. With "
        rf"$k \ge {p + 1}$ that leaves ${_times(o - 1, 's')} \le {i - 1 - p}$, "
        rf"hence $s \le {most}$. Windows that do not overlap have "
        rf"$k \le s$. Then $r \ge {i} - s$, so ${i} - s \le {o}s - 1$, hence "
        rf"$s \ge {least}$. Together "
    )
    found = []
    for s in range(least, most + 1):
        low, high = max(p + 1, i - o * s + 1), min(s, i - s * (o - 1))
        if low <= high:
            found.append(f"$s = {s}$, and {_among('k', range(low, high + 1))}")
    words += f"{listed(found, 'or')}."
    if least == most == high and low < high:
        words += f" If the windows also leave nothing between them, $k = s = {most}$."
    return words


def _between(low: int, high: int) -> str:
    return f"$r = {low}$" if low == high else rf"${low} \le r \le {high}$"


def _signed(number: int) -> str:
    """Write a number that is added to something; 0 is left out."""
    return f" {'+' if number > 0 else '-'} {abs(number)}" if number else ""


def _times(number: int, text: str) -> str:
    return text if number == 1 else f"{number}{text}"


def _among(letter: str, values: Iterable[int]) -> str:
    numbers = list(values)
    if len(numbers) == 1:
        return f"${letter} = {numbers[0]}$"
    if len(numbers) > 4:
        return f"${letter}$ is any from {min(numbers)} to {max(numbers)}"
    return f"${letter}$ is {listed(numbers, 'or')}"
