"""A small book in a temporary folder, for the tests of the audit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nnutils.audit import MIME, Audit

PART = "sorting_backprop_alexnet"
NOTEBOOK = f"{PART}/03_counting_alexnet"

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


def write_notebook(root: Path, audit: Audit | None, name: str, bundle: dict[str, Any] | None = None) -> Path:
    """Store an audit as a notebook would: in the outputs of its last cell."""
    data = bundle if bundle is not None else audit._repr_mimebundle_() if audit is not None else {}
    cell = {
        "cell_type": "code",
        "source": "audit",
        "outputs": [{"output_type": "execute_result", "data": data}],
    }
    path = root / "chapters" / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps({"cells": [{"cell_type": "markdown", "source": "# Title"}, cell]}), encoding="utf-8"
    )
    return path


def sorting_audit(root: Path) -> Audit:
    audit = Audit(f"{PART}/01_sorting_with_relu", root=root)
    audit.check("000-q1-cases", ["x1 > x2", "x1 < x2", "x1 = x2"])
    return audit


def counting_audit(root: Path) -> Audit:
    audit = Audit(NOTEBOOK, root=root)
    units = 55 * 55 * 96
    connections = units * 11 * 11 * 3
    audit.check("001-q3-conv1-units", units)
    audit.check("001-q3-conv1-connections", connections, why="The table drops a digit.")
    audit.check("000-q3-conv1-connections", connections)
    return audit


def write_book(root: Path) -> Path:
    """Write a book whose audit is complete, and return its folder."""
    write_claims(root)
    write_notebook(root, sorting_audit(root), f"{PART}/01_sorting_with_relu")
    write_notebook(root, counting_audit(root), NOTEBOOK)
    return root


def stored_bundle(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["cells"][-1]["outputs"][0]["data"]
    assert MIME in data
    return data
