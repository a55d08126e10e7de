"""A small book in a temporary folder, for the tests of the audit."""

from __future__ import annotations

from pathlib import Path

from nnutils.audit import Audit, load_audit

PART = "sorting_backprop_alexnet"
QUESTION = f"{PART}/q3"

HEADER = 'sheets: ["000", "001"]\nclaims:\n'
CLAIMS = (
    HEADER
    + """\
- id: 001-q3-conv1-units
  sheet: "001"
  says: units of the first convolution layer
  stated: 290400
  kind: number
- id: 001-q3-conv1-connections
  sheet: "001"
  says: connections of the first convolution layer
  stated: 15415200
  kind: number
- id: 000-q3-conv1-connections
  sheet: "000"
  says: connections of the first convolution layer
  stated: "10,542,972"
  kind: number
- id: 000-q1-cases
  sheet: "000"
  says: the cases that the argument treats
  stated: ["x1 > x2", "x1 < x2"]
  kind: step
"""
)


def write_claims(root: Path, text: str = CLAIMS, part: str = PART) -> Path:
    path = root / "chapters" / part / "claims.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


SORTING_FILE = """\
from nnutils.audit import Audit


def audit():
    judged = Audit.of(__file__)
    judged.check("000-q1-cases", ["x1 > x2", "x1 < x2", "x1 = x2"])
    return judged
"""
COUNTING_FILE = """\
from nnutils.audit import Audit


def audit():
    judged = Audit.of(__file__)
    units = 55 * 55 * 96
    connections = units * 11 * 11 * 3
    judged.check("001-q3-conv1-units", units)
    judged.check("001-q3-conv1-connections", connections, why="The table drops a digit.")
    judged.check("000-q3-conv1-connections", connections)
    judged.figures["times"] = connections // units
    return judged
"""


def write_audit(root: Path, text: str = COUNTING_FILE, question: str = "q3", part: str = PART) -> Path:
    path = root / "chapters" / part / "audits" / f"{question}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def counting_audit(root: Path) -> Audit:
    """Return the audit that COUNTING_FILE makes, judged here."""
    write_audit(root)
    return load_audit(QUESTION, root)


def write_book(root: Path) -> Path:
    """Write a book whose audit is complete, and return its folder."""
    write_claims(root)
    write_audit(root, SORTING_FILE, "q1")
    write_audit(root)
    return root
