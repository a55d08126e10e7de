"""What sheet 004 states about the gradient of softmax and cross-entropy, judged at four scores.

The sheet proves the case i = j, line by line. In the scan letters and exponents are damaged, and the page
ends after that case. Each formula is evaluated as written, with j the right class.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from nnutils.audit import Audit
from nnutils.numerics import cross_entropy, softmax

__all__ = ["audit"]

SCORES = np.array([0.3, -1.2, 2.0, 0.7])
RIGHT_CLASS = 1


def audit() -> Audit:
    """Return the judged audit: each formula at the scores, the labels, and the cases that a proof needs."""
    j = RIGHT_CLASS
    probabilities = softmax(SCORES)
    label = np.eye(len(SCORES))[j]
    gradient = probabilities - label
    own_derivative = probabilities[j] * (1 - probabilities[j])

    given: dict[str, Any] = {"h": SCORES, "y": label, "P": probabilities}
    given |= {"hj": SCORES[j], "Pj": probabilities[j], "exp": np.exp, "log": np.log, "sum": np.sum}
    given |= {"dL_dPj": -label[j] / probabilities[j], "dPj_dhj": own_derivative}

    computed = {"loss": cross_entropy(SCORES, label), "softmax": probabilities[j], "goal": gradient}
    to_the_class = ("dp-chain", "dp-third", "dp-quotient", "dp-split", "dp-result")
    to_the_loss = ("dl-chain", "dl-put-in", "dl-factored", "dl-cancelled", "dl-result")
    computed |= dict.fromkeys(to_the_class, own_derivative) | dict.fromkeys(to_the_loss, gradient[j])

    judged = Audit.of(__file__)
    for name, value in computed.items():
        judged.check(f"004-q4-{name}", value, given=given)
    one_hot = sorted(set(label)) == [0, 1] and label.sum() == 1
    judged.check("004-q4-labels", one_hot, evidence="one label is 1, the others 0")
    judged.check("004-q4-right-class", int(np.argmax(label)) == j, evidence="one class is right")
    pairs = itertools.product(range(len(SCORES)), repeat=2)
    judged.check("004-q4-cases", sorted({"i = j" if i == k else "i != j" for i, k in pairs}, reverse=True))
    return judged
