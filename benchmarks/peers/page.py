"""The page of the book that shows what was measured, made from the stored measurements."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.peers.page_counts import models, probes
from benchmarks.peers.page_of_one_layer import by_hand
from benchmarks.peers.page_times import times

__all__ = ["PAGE", "page"]

PAGE = Path(__file__).resolve().parents[2] / "chapters" / "beside_its_peers.md"

_OPENING = """\
# `nnutils` beside other libraries

After this page you can say what a counter of operations counts, work one layer out by hand, and tell apart
three kinds of answers: right ones, ones by another convention, and wrong ones that look right. You also see
how much time `nnutils` takes beside libraries that do the same.

**Prerequisites:** [sizes of feature maps](stacked_convolutions/02_feature_map_sizes.ipynb),
[multiplications and additions](../conventions.md#mac-and-flop) · **Time:** 15 minutes

`nnutils` is the library behind this book. It counts what a network computes, differentiates programs and
convolves, and each number can show how it came about. The figures below are measured by `make bench`, which
stores them and writes this page; none of them is typed.
"""


def page(data: Mapping[str, Any]) -> str:
    """Return the page for what was measured."""
    parts = [_OPENING, by_hand(), models(data), probes(data), times(data), _again(data)]
    return "\n".join(part.strip() + "\n" for part in parts)


def _again(data: Mapping[str, Any]) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in data["versions"].items())
    return f"""## Measure it again

`make bench` installs the other libraries into an environment of their own, measures for an hour or so, and
writes this page. `make bench MODELS="alexnet vgg11"` counts some classifiers only. The figures above are of
{versions}.
"""
