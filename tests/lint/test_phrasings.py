"""Short solutions in many people's words: each slip in them is found, and nothing is said of the right ones.

The files in ``phrasings/`` hold solutions between lines of "=====", with the name of a file after "#!" where
it is not Markdown. ``{{55|54}}`` is the right number and a wrong one in its place; ``{{55|54|open}}`` is not
found so far.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from nnutils.lint import lint

FOLDER = Path(__file__).with_name("phrasings")
SLIP = re.compile(r"\{\{(?P<right>[^|{}]*)\|(?P<wrong>[^|{}]*)(?P<open>\|open)?\}\}")


@dataclass(frozen=True)
class Phrasing:
    """A solution with places for slips: where it stands, the name of its file, its text."""

    place: str
    name: str
    text: str

    def written(self, slip: int = -1) -> str:
        """Return the text with one slip, counted from 0, or without any."""
        matches = list(SLIP.finditer(self.text))
        wrong = matches[slip].start() if slip >= 0 else -1
        return SLIP.sub(lambda one: one["wrong"] if one.start() == wrong else one["right"], self.text)


def _read(path: Path) -> list[Phrasing]:
    found, line = [], 1
    for block in path.read_text(encoding="utf-8").split("\n=====\n"):
        head, _, rest = block.partition("\n")
        named = head.startswith("#!")
        name = head[2:].strip() if named else "sheet.md"
        found.append(Phrasing(f"{path.stem}:{line}", name, rest if named else block))
        line += block.count("\n") + 2
    return found


PHRASINGS = [one for path in sorted(FOLDER.glob("*.txt")) for one in _read(path)]
SLIPS = [(one, k) for one in PHRASINGS for k in range(len(SLIP.findall(one.text)))]


def _wrong(phrasing: Phrasing, slip: int = -1) -> list[str]:
    judged = lint(phrasing.written(slip), name=phrasing.name).judged
    return [f"{one.statement}: {one.why}" for one in judged if one.verdict == "wrong"]


@pytest.mark.parametrize("phrasing", PHRASINGS, ids=lambda one: one.place)
def test_nothing_is_called_wrong_in_a_right_solution(phrasing: Phrasing) -> None:
    assert _wrong(phrasing) == []


@pytest.mark.parametrize(("phrasing", "slip"), SLIPS, ids=lambda one: getattr(one, "place", str(one)))
def test_each_slip_is_found_unless_it_is_open(phrasing: Phrasing, slip: int) -> None:
    one = list(SLIP.finditer(phrasing.text))[slip]
    found = bool(_wrong(phrasing, slip))
    assert found != bool(one["open"]), phrasing.written(slip)


def test_every_slip_is_another_number_and_most_are_found() -> None:
    matches = [match for one in PHRASINGS for match in SLIP.finditer(one.text)]
    assert all(match["right"] != match["wrong"] for match in matches)
    assert sum(match["open"] is None for match in matches) > 0.6 * len(matches)
