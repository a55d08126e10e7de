"""Which faults are tried: some of all, drawn from a seed, the same on every machine."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

from tools.mutating.faults import Fault, faults_in, makes_another_program

__all__ = ["DRAWING", "drawn", "package_of", "sources"]

DRAWING = "drawing"


def sources(root: Path, library: str = "nnutils") -> dict[str, str]:
    """Return the source texts of the library by their paths below ``root``."""
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((root / library).rglob("*.py"))
    }


def package_of(module: str) -> str:
    """Return the package of a module: ``nnutils/core/words.py`` is of ``core``, ``nnutils/x.py`` of none."""
    parts = module.split("/")
    return parts[1] if len(parts) > 2 else ""


def drawn(modules: Mapping[str, str], library: int, drawing: int, seed: int) -> list[Fault]:
    """Draw faults of the library and of its pictures, as many as asked of each, or all that there are.

    The statements of all modules stand in a row, module by module, and are taken at equal distances from a
    place that the seed gives: each module has its share. One fault is drawn of each statement.
    """
    chance = random.Random(seed)
    pictures = {module: text for module, text in modules.items() if package_of(module) == DRAWING}
    rest = {module: text for module, text in modules.items() if module not in pictures}
    return [*_some(rest, library, chance), *_some(pictures, drawing, chance)]


def _some(modules: Mapping[str, str], wanted: int, chance: random.Random) -> list[Fault]:
    statements: list[tuple[str, list[Fault]]] = []
    for module in sorted(modules):
        by_statement: dict[int, list[Fault]] = {}
        for fault in faults_in(module, modules[module]):
            by_statement.setdefault(fault.first, []).append(fault)
        own = list(by_statement.values())
        chance.shuffle(own)
        statements += [(modules[module], faults) for faults in own]
    if wanted <= 0 or not statements:
        return []
    step = max(1.0, len(statements) / wanted)
    at = chance.random() * step
    places = [int(at + number * step) for number in range(wanted)]
    return [
        fault for place in places if place < len(statements) for fault in _one(*statements[place], chance)
    ]


def _one(source: str, faults: list[Fault], chance: random.Random) -> list[Fault]:
    """Draw one of the faults of a statement that is another program, in a list that is empty if none is."""
    chance.shuffle(faults)
    return next(([fault] for fault in faults if makes_another_program(fault, source)), [])
