"""What an answer of a counter is worth, beside a published number or one that is worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["LEEWAY", "of"]

LEEWAY = 0.25
"""The share by which a convention may count more than products of convolutions and matrices: biases,
normalisations, activations. No convention counts less: that would leave products out."""


def of(one: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    """Return right, more, silent, said or error for the answer about a classifier or a probe.

    A published number of a classifier is known to three decimals of 10⁹, that of a probe exactly. What a
    counter does not count, such as parameters, is not judged.

    >>> alexnet = {"billions": 0.714, "parameters": 61_100_840}
    >>> of(alexnet, {"macs": 714_188_480}), of(alexnet, {"macs": 716_441_128}), of(alexnet, {"macs": 0})
    ('right', 'more', 'silent')
    >>> of(alexnet, {"macs": 714_188_480, "parameters": 0}), of(alexnet, {"macs": 0, "warned": "conv"})
    ('silent', 'said')
    >>> probe = {"macs": 600, "parameters": 30}
    >>> [of(probe, {"macs": macs}) for macs in (600, 601, 750, 751, 599)]
    ['right', 'more', 'more', 'silent', 'silent']
    >>> of(probe, {"error": "no such operator"})
    'error'
    """
    if "error" in answer:
        return "error"
    truth, room = one.get("macs"), 0.0
    if truth is None:
        truth, room = one["billions"] * 1e9, 0.5e6 * (1 + 1e-9)
    off = answer["macs"] - truth
    parameters_right = answer.get("parameters", one["parameters"]) == one["parameters"]
    if not parameters_right or off < -room or off > LEEWAY * truth + room:
        return "said" if answer.get("warned") else "silent"
    return "right" if off <= room else "more"
