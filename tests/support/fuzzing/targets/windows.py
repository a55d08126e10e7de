"""Output sizes and the settings that lead to one, against walking along a line of pixels."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import strategies as st
from support.fuzzing.odd import mostly
from support.fuzzing.outcome import Target
from support.fuzzing.sizes import numbers

from nnutils.core.errors import NNUtilsError
from nnutils.networks.sizes import conv_output_size
from nnutils.networks.solver import solve_conv

__all__ = ["TARGETS", "windows_that_fit"]

_sizes = st.fixed_dictionaries(
    {
        "input": mostly(numbers(1)),
        "kernel_size": mostly(numbers(1)),
        "stride": mostly(numbers(1)),
        "padding": mostly(numbers(0)),
        "dilation": mostly(st.integers(1, 3) | numbers(1)),
        "ceil_mode": st.booleans(),
    }
)


def windows_that_fit(given: dict[str, Any]) -> int | None:
    """Return how many windows fit, by walking; by the inequality that says so where that takes long.

    None where none fits, or a setting cannot be.
    """
    values = [given[name] for name in ("input", "kernel_size", "stride", "padding", "dilation")]
    if not all(type(value) is int for value in values):
        return None
    pixels, kernel, stride, padding, dilation = values
    if min(pixels, kernel, stride, dilation) < 1 or padding < 0 or max(values) >= 10**4300:
        return None
    reach, padded = dilation * (kernel - 1) + 1, pixels + 2 * padding
    if (padded - reach) // stride < 1000:
        fitting = len(list(range(0, padded - reach + 1, stride)))
    else:
        fitting = -(-(padded - reach + 1) // stride)
    start = fitting * stride  # of the next window, which sticks out
    if given["ceil_mode"] and 0 < start + reach - padded < stride and start < pixels + padding:
        fitting += 1
    return fitting or None


def _check_size(given: dict[str, Any]) -> None:
    right = windows_that_fit(given)
    try:
        made = conv_output_size(**given)
    except NNUtilsError as error:
        assert right is None, f"{right} windows fit, and the error is {error}"
        raise
    str(made.steps()), made.work
    if all(type(value) in (int, bool) for value in given.values()):
        assert made.value == right, f"{right} windows fit, not {made.value}"


_choice = st.one_of(st.none(), st.none(), st.integers(0, 9), st.lists(st.integers(0, 9), max_size=4))
_settings = st.fixed_dictionaries(
    {
        "input": mostly(st.integers(1, 9)),
        "output": mostly(st.integers(1, 9)),
        "kernel_size": mostly(_choice),
        "stride": mostly(_choice),
        "padding": mostly(_choice),
        "dilation": mostly(_choice),
        "padding_may_reach_kernel": st.booleans(),
    }
)
_large = st.fixed_dictionaries(
    {"input": st.integers(1, 10**6) | numbers(1), "output": st.integers(1, 3000) | numbers(1)},
    optional={
        "kernel_size": _choice,
        "stride": _choice | st.just(range(1, 10**12)),
        "padding": _choice | st.just(range(10**9)),
        "dilation": st.just(1) | _choice,
    },
)


def _check_solver(given: dict[str, Any]) -> None:
    found = solve_conv(**given)
    pixels, output = given["input"], given["output"]
    assert list(found) == sorted(set(found)), "not sorted, or one setting twice"
    for one in found[:: max(1, len(found) // 50)]:
        made = windows_that_fit({"input": pixels, **one._asdict(), "ceil_mode": False})
        assert made == output, f"{one} leads to {made}"
    plain = all(
        value is None
        or type(value) in (int, bool)
        or (type(value) is list and all(type(v) is int for v in value))
        for value in given.values()
    )
    if not plain or not isinstance(pixels, int) or pixels > 9:
        return
    ranges = {
        name: range(least, pixels + 1 + 2 * 9) if given.get(name) is None else _listed(given[name])
        for name, least in (("kernel_size", 1), ("stride", 1), ("padding", 0), ("dilation", 1))
    }
    missing = (
        next(
            (
                setting
                for setting in itertools.product(*ranges.values())
                if setting not in set(found) and _is_wanted(dict(zip(ranges, setting, strict=True)), given)
            ),
            None,
        )
        if all(given.get(name) is not None for name in ("kernel_size", "padding"))
        else None
    )
    assert missing is None, f"{missing} is left out"


def _listed(choice: Any) -> list[int]:
    return [choice] if isinstance(choice, int) else sorted(set(choice))


def _is_wanted(setting: dict[str, int], given: dict[str, Any]) -> bool:
    """Whether a setting belongs to the answer: within the bounds that the docstring states."""
    kernel, dilation, padding = setting["kernel_size"], setting["dilation"], setting["padding"]
    reach = dilation * (kernel - 1) + 1
    most = given["input"] + 2 * max(_listed(given["padding"]))
    if padding > reach or (padding == reach and not given.get("padding_may_reach_kernel", False)):
        return False
    if given.get("stride") is None and setting["stride"] > most:
        return False
    if given.get("dilation") is None and dilation > 1 and (kernel == 1 or reach > most):
        return False
    return windows_that_fit({"input": given["input"], **setting, "ceil_mode": False}) == given["output"]


TARGETS = (
    Target("output sizes", _sizes, _check_size, share=6),
    Target("settings that lead to a size", _settings, _check_solver, share=4),
    Target("settings for large sizes", _large, _check_solver, share=1),
)
