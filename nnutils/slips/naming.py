"""What the numbers of a derivation are called in a sentence."""

from __future__ import annotations

import re
from functools import lru_cache

from nnutils.core.numerals import number_text
from nnutils.slips.tree import Node, Number

__all__ = ["called", "in_words", "number_called", "shown"]


@lru_cache(maxsize=4096, typed=True)
def shown(value: Number) -> str:
    """Return a number for a sentence: exact ones with all digits, floats with six.

    >>> shown(105415200), shown(-0.03844675)
    ('105,415,200', '−0.0384468')
    """
    return number_text(value, significant=6, group=True)


def called(node: Node) -> str:
    """Return what a node is called in a sentence, with its value.

    >>> from nnutils.core.worked import Worked
    >>> from nnutils.slips.tree import tree_of
    >>> called(tree_of(Worked(3, "in_channels"))), called(tree_of(3))
    ('3 (input channels)', 'the number 3')
    """
    return number_called(node.value, "" if _is_number(node.name) else in_words(node.name))


def number_called(value: Number, name: str) -> str:
    """Return what a number of this name is called in a sentence.

    >>> number_called(96, "biases of conv1"), number_called(96, "")
    ('96 (biases of conv1)', 'the number 96')
    """
    return f"{shown(value)} ({name})" if name else f"the number {shown(value)}"


def _is_number(name: str) -> bool:
    """Whether a name is the number itself, as in a working that somebody wrote down: '600,000', '2/3'."""
    return _NUMBER.fullmatch(name) is not None


_NUMBER = re.compile(r"[-−]?[\d.,]*\d(?:e[-+]?\d+)?(?:/\d+)?")
_SHORT_NAMES = re.compile(r"\b(in|out)[_ ](channels|features)\b")
_LONG = {"in": "input", "out": "output"}


def in_words(name: str) -> str:
    """Return a name as a sentence has it.

    >>> in_words("out_channels"), in_words("kernel_size")
    ('output channels', 'kernel size')
    """
    return _SHORT_NAMES.sub(lambda found: f"{_LONG[found[1]]} {found[2]}", name).replace("_", " ")
