"""Layers for Hypothesis, of every kind that has a window."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from support.fuzzing.sizes import sizes

from nnutils.networks.base import Layer, pair
from nnutils.networks.layers import AvgPool2d, Conv2d, MaxPool2d

__all__ = ["convolutions", "convolutions_of_six", "poolings", "pools", "same_convolutions"]


def convolutions(**settings: Any) -> st.SearchStrategy[tuple[int, Conv2d]]:
    """Convolutions with the number of channels that each reads; ``settings`` replace those that are drawn."""
    drawn = {
        "kernel_size": sizes(1, 6),
        "stride": sizes(1, 3),
        "padding": sizes(0, 3),
        "dilation": sizes(1, 3),
        "bias": st.booleans(),
    }
    return st.builds(
        lambda groups, ins, outs, **rest: (ins * groups, Conv2d(outs * groups, groups=groups, **rest)),
        groups=st.integers(1, 3),
        ins=st.integers(1, 3),
        outs=st.integers(1, 3),
        **{**drawn, **settings},
    )


def convolutions_of_six(**settings: Any) -> st.SearchStrategy[Conv2d]:
    """Small convolutions that read six channels; ``settings`` replace those that are drawn."""
    drawn = {
        "out_channels": st.sampled_from([6, 12]),
        "kernel_size": sizes(1, 3),
        "stride": sizes(1, 3),
        "padding": sizes(0, 2),
        "dilation": sizes(1, 3),
        "groups": st.sampled_from([1, 2, 3, 6]),
        "bias": st.booleans(),
    }
    return st.builds(Conv2d, **{**drawn, **settings})


def same_convolutions(**settings: Any) -> st.SearchStrategy[Conv2d]:
    """Convolutions whose output is as large as their input; ``settings`` replace those that are drawn."""
    drawn = {"out_channels": st.just(2), "kernel_size": sizes(1, 6), "dilation": sizes(1, 3)}
    return st.builds(Conv2d, padding=st.just("same"), **{**drawn, **settings})


@st.composite
def poolings(draw: st.DrawFn, kinds: tuple[type[Layer], ...] = (MaxPool2d, AvgPool2d)) -> Layer:
    """Poolings with all their settings; the padding is at most half the window, as torch asks."""
    kind = draw(st.sampled_from(kinds))
    kernel = draw(sizes(1, 6))
    padding = tuple(draw(st.integers(0, k // 2)) for k in pair(kernel))
    rest: dict[str, Any] = {"dilation": draw(sizes(1, 3))} if kind is MaxPool2d else {}
    stride = draw(st.none() | sizes(1, 4))
    return kind(kernel, stride=stride, padding=padding, ceil_mode=draw(st.booleans()), **rest)  # type: ignore[call-arg]


pools: st.SearchStrategy[Layer] = st.builds(
    lambda kind, kernel_size, stride: kind(kernel_size, stride=stride),
    st.sampled_from([MaxPool2d, AvgPool2d]),
    sizes(1, 3),
    st.none() | sizes(1, 3),
)
"""Small poolings without padding."""
