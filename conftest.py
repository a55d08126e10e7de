"""What every run of pytest needs so that notebooks give the same outputs everywhere, and all are compared.

nbval compares the content of every output but not the name under which `glue` stores it. The pages quote
glued values by name. Without the comparison here, two names could be exchanged in a notebook's code while
the pages went on quoting the old ones.
"""

from __future__ import annotations

import os
from typing import Any

from nbval.plugin import IPyNbCell

# Kernels inherit these, and would then draw elsewhere than into the notebook, or in somebody's own style.
for variable in ("MPLBACKEND", "MATPLOTLIBRC"):
    os.environ.pop(variable, None)

compare_contents = IPyNbCell.compare_outputs


def glued_names(outputs: list[Any]) -> list[str]:
    return [o["metadata"]["scrapbook"]["name"] for o in outputs if "scrapbook" in o.get("metadata", {})]


def compare_contents_and_names(cell: Any, test: list[Any], ref: list[Any], skip_compare: Any = None) -> bool:
    if not compare_contents(cell, test, ref, skip_compare):
        return False
    computed, stored = glued_names(test), glued_names(ref)
    if computed != stored:
        cell.comparison_traceback.append(f"glued names differ: stored {stored}, computed {computed}")
    return computed == stored


IPyNbCell.compare_outputs = compare_contents_and_names
