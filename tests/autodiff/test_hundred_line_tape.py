"""The page "A tape in a hundred lines" keeps its promises: its length, a working tape, the list of files."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from support.notebook_files import ROOT, code_cells, prose, read

from nnutils import autodiff

PAGE = ROOT / "chapters/a_tape_in_a_hundred_lines.ipynb"
ENGINE = Path(autodiff.__file__).parent
PROMISED = 100


def tape_cells() -> list[str]:
    """The cells that are the tape: those with the tag 'tape'."""
    return [cell.source for cell in code_cells(read(PAGE)) if "tape" in cell.metadata.get("tags", [])]


def engine_of_the_page() -> SimpleNamespace:
    """What these cells define, run by themselves: nothing that the tape needs stands elsewhere."""
    names: dict[str, Any] = {}
    exec("\n\n".join(tape_cells()), names)
    return SimpleNamespace(**names)


def test_the_tape_has_at_most_a_hundred_lines() -> None:
    lines = [line for cell in tape_cells() for line in cell.splitlines()]
    assert 0 < len(lines) <= PROMISED


FUNCTIONS: dict[str, tuple[Callable[..., Any], tuple[float, ...]]] = {
    "textbook": (lambda m, x1, x2: m.ln(x1) + x1 * x2 - m.sin(x2), (2, 5)),
    "constants on both sides": (lambda m, x: (3 - x) * (x - 2) / (1 + x) + 6 / x + x * 4 - 1 + x / 3, (1.5,)),
    "used twice by one step": (lambda m, x: x * x - x / x + (x + x) - (x - x), (0.7,)),
    "an unused input": (lambda m, x, q: m.sin(x * 2), (3, 4)),
}


@pytest.mark.parametrize("case", FUNCTIONS)
def test_the_tape_of_the_page_agrees_with_the_engine_in_both_directions(case: str) -> None:
    function, at = FUNCTIONS[case]
    ours = engine_of_the_page()
    output = ours.run(lambda *x: function(ours, *x), *at)
    theirs = autodiff.trace(lambda *x: function(autodiff, *x), *at)
    slopes = list(theirs.gradients().values())
    assert output.tape.values[output.index] == pytest.approx(theirs.value, rel=1e-15)
    assert ours.reverse_sweep(output)[: len(at)] == pytest.approx(slopes, rel=1e-14)
    units = ([float(j == k) for j in range(len(at))] for k in range(len(at)))
    found = [ours.forward_sweep(output, *unit)[output.index] for unit in units]
    assert found == pytest.approx(slopes, rel=1e-14)


def test_the_logarithm_of_python_refuses_an_entry_as_the_page_says() -> None:
    ours = engine_of_the_page()
    with pytest.raises(TypeError):
        ours.run(math.log, 2)


def test_the_page_names_every_file_of_the_engine_and_no_other() -> None:
    rows = re.findall(r"^\| `([\w/]+\.py)` \|", "\n".join(prose(read(PAGE))), re.MULTILINE)
    files = [path.relative_to(ENGINE).as_posix() for path in ENGINE.rglob("*.py") if path.stem != "__init__"]
    assert sorted(rows) == sorted(files)
