"""A small book with one practice file, for the tests of practice and lessons."""

from __future__ import annotations

from pathlib import Path

PART = "sizes"
QUESTION = f"{PART}/q1"
FILE = f"chapters/{PART}/practice/q1.py"

PRACTICE = """\
from nnutils.core.worked import Worked
from nnutils.networks import Linear, Network
from nnutils.practice import Asked, Draw


def givens():
    return {"features": 4, "width": 3}


def draw(seed):
    chance = Draw(seed)
    return {"features": chance.whole(5, 9), "width": chance.whole(5, 9)}


def asked(givens):
    Network((givens["features"],), [Linear(givens["width"], name="dense")])
    weights = Worked(givens["width"], "width") * Worked(givens["features"], "features")
    wide = Asked("wide", "is it wide?", "a", weights > 50)
    return (Asked("weights", "weights of the layer", "a", weights), wide)


def parts(givens):
    return {"a": 10}


def statement(givens):
    return f"A layer of {givens['width']} nodes reads {givens['features']}. How many weights has it?"
"""


def write_practice(root: Path, text: str = PRACTICE) -> Path:
    path = root / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return root
