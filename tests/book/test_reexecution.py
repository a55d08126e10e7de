"""`pytest --nbval` notices every change of a stored output, and executing in place changes nothing.

The tests that start a kernel work on copies of one real notebook. Every mutation must be caught in its cell.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbval.plugin import IPyNbCell, IPyNbFile
from support.notebook_files import (
    NOTEBOOKS,
    ROOT,
    SPECIMEN,
    code_cells,
    copy_project,
    execute_in_place,
    failing_cells,
    is_sentence,
    name,
    other_digit,
    pictures,
    read,
    texts,
)

pytestmark = pytest.mark.slow


def digits(text: str) -> list[int]:
    return [match.start() for match in re.finditer("[0-9]", text)]


def with_other_digit(value: Any, which: float) -> Any:
    """The value with one digit changed, the one at this fraction of all its digits; JSON data as such."""
    text = value if isinstance(value, str) else json.dumps(value)
    places = digits(text)
    place = places[min(int(which * len(places)), len(places) - 1)]
    changed = text[:place] + other_digit(text[place]) + text[place + 1 :]
    return changed if isinstance(value, str) else nbformat.from_dict(json.loads(changed))


def has_digit(value: Any) -> bool:
    return bool(digits(value if isinstance(value, str) else json.dumps(value)))


def mutate_texts(notebook: Any) -> set[int]:
    """Change one digit of one stored text in every code cell that has any; return these cells."""
    chance = random.Random(0)
    changed = set()
    for number, cell in enumerate(code_cells(notebook)):
        places = [p for output in cell.outputs for p in texts(output) if has_digit(p[0][p[1]])]
        if places:
            container, key = chance.choice(places)
            container[key] = with_other_digit(container[key], chance.random())
            changed.add(number)
    return changed


def mutate_pictures(notebook: Any) -> set[int]:
    """Move one point of one line in every stored picture; return the cells with pictures."""
    changed = set()
    for number, cell in enumerate(code_cells(notebook)):
        for container, key in (p for output in cell.outputs for p in pictures(output)):
            moved = re.sub(r'( d="M )([0-9])', lambda m: m[1] + other_digit(m[2]), container[key], count=1)
            assert moved != container[key], f"{key} in cell {number} has no path to move"
            container[key] = moved
            changed.add(number)
    return changed


def mutate_sentences(notebook: Any) -> set[int]:
    """Change one digit of every stored sentence, or a word where it has none; return the cells of these."""
    chance = random.Random(0)
    changed = set()
    for number, cell in enumerate(code_cells(notebook)):
        if is_sentence(cell) and cell.outputs:  # one whose condition does not hold has said nothing
            data, text = cell.outputs[0].data, cell.outputs[0].data["text/markdown"]
            data["text/markdown"] = (
                with_other_digit(text, chance.random()) if has_digit(text) else text.replace("the ", "a ", 1)
            )
            assert data["text/markdown"] != text, f"cell {number} has neither a digit nor a 'the'"
            changed.add(number)
    return changed


MUTATIONS: dict[str, list[Callable[[Any], set[int]]]] = {
    "unchanged": [],
    "texts": [mutate_texts],
    "pictures_and_sentences": [mutate_pictures, mutate_sentences],
}


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[set[int], set[int]]]:
    """Run copies of one real notebook, two of them changed; for each the cells changed and those failed."""
    folder = tmp_path_factory.mktemp("copies")
    copy_project(folder)
    changed: dict[str, set[int]] = {}
    paths = []
    for title, mutations in MUTATIONS.items():
        notebook = read(SPECIMEN)
        changed[title] = set()
        for mutate in mutations:
            cells = mutate(notebook)
            assert cells, f"{name(SPECIMEN)} has nothing for {mutate.__name__}"
            changed[title] |= cells
        paths.append(folder / SPECIMEN.relative_to(ROOT).parent / f"{title}.ipynb")
        nbformat.write(notebook, paths[-1])
    failed = failing_cells(folder, *paths)
    return {title: (changed[title], failed[title]) for title in MUTATIONS}


@pytest.mark.parametrize("title", MUTATIONS)
def test_a_change_fails_in_its_own_cell_and_nowhere_else(
    copies: dict[str, tuple[set[int], set[int]]], title: str
) -> None:
    changed, failed = copies[title]
    assert failed == changed


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_every_stored_output_is_compared(
    path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Change the first, middle, last digit of every output; ask nbval's own comparison, without a kernel."""
    monkeypatch.setattr(IPyNbCell, "format_output_compare", lambda *_: None)  # slow, and only for the reader
    cells = list(IPyNbFile.from_parent(request.session, path=path).collect())
    for cell, stored, fresh in zip(cells, code_cells(read(path)), code_cells(read(path)), strict=True):
        assert cell.compare_outputs(fresh.outputs, stored.outputs)
        for output in fresh.outputs:
            for container, key in texts(output) + pictures(output):
                original = container[key]
                for which in (0, 0.5, 1) if has_digit(original) else ():
                    container[key] = with_other_digit(original, which)
                    assert not cell.compare_outputs(fresh.outputs, stored.outputs), f"{cell.name}: {key}"
                container[key] = original


def test_executing_in_place_leaves_every_byte(tmp_path: Path) -> None:
    copy_project(tmp_path)
    copy = tmp_path / SPECIMEN.relative_to(ROOT)
    execute_in_place(copy)
    assert copy.read_bytes() == SPECIMEN.read_bytes()
