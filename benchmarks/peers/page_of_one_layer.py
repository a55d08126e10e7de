"""The part of the page that works one convolution out by hand, and says how conventions differ."""

from __future__ import annotations

from nnutils import Conv2d, Network, ReLU, count

__all__ = ["by_hand"]

SIDE, IN, OUT, KERNEL = 5, 3, 4, 3
"""A small convolution with a bias, whose padding keeps the size, and a ReLU behind it."""


def by_hand() -> str:
    """Return the section; its figures are the library's, which the text derives."""
    layers = [Conv2d(OUT, KERNEL, padding=KERNEL // 2, name="conv"), ReLU(name="relu")]
    counts = count(Network((IN, SIDE, SIDE), layers))
    conv, relu = counts["conv"], counts["relu"]
    units, reads = OUT * SIDE * SIDE, IN * KERNEL * KERNEL
    if (units, units * reads, OUT * reads) != (conv.units, conv.macs, conv.weights):
        raise AssertionError("the derivation on the page and the library disagree")
    columns = ("macs", "multiplications", "additions", "comparisons", "weights", "biases")
    table = [
        "| | " + " | ".join(columns) + " |",
        "| --- |" + " --: |" * len(columns),
        *(
            f"| {words} | " + " | ".join(f"{int(layer[name]):,}" for name in columns) + " |"
            for words, layer in (("convolution", conv), ("ReLU", relu))
        ),
    ]
    return f"""## What is counted, on one layer

A **multiply-accumulate** is one product that is added to a running sum. Model libraries and papers publish
how many of them a network takes, **macs** for short, and mean those of its convolutions and matrix products
alone, for one input. Many tables call them "FLOPs", although a floating-point operation is a product *or* a
sum, and a multiply-accumulate is both.

Take a convolution of {IN} channels of {SIDE} × {SIDE} pixels to {OUT} channels, with a kernel of
{KERNEL} × {KERNEL}, a padding that keeps the size, and a bias. Behind it stands a ReLU.

- The output has {OUT} · {SIDE} · {SIDE} = {units} values. Each reads {IN} · {KERNEL} · {KERNEL} = {reads}
  numbers, the zeros of the padding included, and multiplies each by a weight:
  {units} · {reads} = **{int(conv.macs):,} macs**.
- For each value, {reads - 1} additions add the {reads} products up, and one more adds the bias:
  {units} · {reads} = {int(conv.additions):,} additions.
- The ReLU compares each of the {units} values with zero: {int(relu.comparisons):,} comparisons and no mac.

`nnutils` shows all of these in columns of their own:

{chr(10).join(table)}

Most other counters have one column for all work, and what goes into it is a **convention**. One that takes
the addition of a bias for a mac says {int(conv.macs) + units:,} for this convolution. One that also takes a
ReLU for one says {int(conv.macs) + 2 * units:,} for both layers. One that counts products and additions as
operations says {int(conv.multiplications) + int(conv.additions):,} for the convolution. Each of them is right
about what it counts.

A **silent error** is something else: a counter meets a layer that it does not know, takes it for nothing or
counts it by a formula that does not fit, and says no word about it. The number looks like any other. A
counter that names what it left out, or refuses, leaves its reader with a question; a silent error leaves
the reader with a wrong answer.
"""
