"""The list of faults that change nothing anybody could see, each with its reason."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from tools.mutating.faults import Fault, faults_in

__all__ = ["LISTED", "Equivalent", "listed", "stale"]

LISTED = "tests/equivalent_mutants.toml"


@dataclass(frozen=True)
class Equivalent:
    """A fault by what it changes: the lines before and after, not indented, of a function of a module."""

    module: str
    function: str
    old: str
    new: str
    reason: str

    def matches(self, fault: Fault, source: str) -> bool:
        """Whether this is the fault meant."""
        named = (self.module, self.function) == (fault.module, fault.function)
        return named and (self.old, self.new) == fault.lines(source)


def listed(path: Path) -> list[Equivalent]:
    """Read the list; a file that is not there lists none."""
    if not path.exists():
        return []
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("equivalent", [])
    return [Equivalent(**entry) for entry in entries]


def stale(entries: list[Equivalent], root: Path) -> list[Equivalent]:
    """Return the entries that are no fault of the sources any more, or that give no reason."""
    gone = []
    for entry in entries:
        path = root / entry.module
        source = path.read_text(encoding="utf-8") if path.exists() else ""
        known = any(
            entry.matches(f, source) for f in faults_in(entry.module, source) if f.function == entry.function
        )
        if not known or len(entry.reason.split()) < 4:
            gone.append(entry)
    return gone
