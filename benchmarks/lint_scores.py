"""What a checker found on a sheet of `lint_cases`, compared with what stands there.

A finding belongs to the statement of its line whose number it names; a finding that names none of them (a sum
of probabilities, say) may belong to each statement of its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Protocol

from benchmarks.lint_cases import Case, Placed
from benchmarks.lint_cases.pen import ROUNDING

__all__ = ["Alarm", "Finding", "Miss", "Score", "names", "scored"]

_BETWEEN_DIGITS = re.compile(
    r"(?<=\d)(?:\\,|\{,\}|&nbsp;|&thinsp;|&#\d+;|[.,'’\u00a0\u202f\u2009]| (?=\d{3}(?!\d)))(?=\d)"
)
_SET = re.compile(r"\\num\b|\\[a-z]+|&#?\w+;|</?\w+>|[\s{}*×·^$\\&−-]")


class Finding(Protocol):
    """What the checker says about one statement."""

    @property
    def line(self) -> int:
        """The line, from 1; in a notebook that of the file as stored."""

    @property
    def stated(self) -> Any:
        """The number as written, or the statement."""

    @property
    def computed(self) -> Any:
        """What should stand there."""

    @property
    def verdict(self) -> str:
        """One of right, wrong, rounded, suspicious, unchecked."""

    @property
    def why(self) -> str:
        """The reason."""


@dataclass(frozen=True)
class Miss:
    """A slip that was not found, and what was said about its line."""

    case: Case
    placed: Placed
    said: tuple[Finding, ...]


@dataclass(frozen=True)
class Alarm:
    """Something called wrong that is not, and does not follow from a slip."""

    case: Case
    finding: Finding


@dataclass
class Score:
    """What was counted, on one sheet or on many: statements, slips found, alarms."""

    seeded: int = 0
    found: int = 0
    right: int = 0
    checked: int = 0
    doubted: int = 0
    caused: int = 0
    misses: list[Miss] = field(default_factory=list)
    alarms: list[Alarm] = field(default_factory=list)
    kinds: dict[str, list[int]] = field(default_factory=dict)
    """The slips found and seeded, by kind."""

    def add(self, other: Score) -> None:
        """Add what was counted elsewhere."""
        for name in ("seeded", "found", "right", "checked", "doubted", "caused"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.misses += other.misses
        self.alarms += other.alarms
        for kind, (found, seeded) in other.kinds.items():
            before = self.kinds.setdefault(kind, [0, 0])
            before[0] += found
            before[1] += seeded

    @property
    def recall(self) -> float:
        """The share of the seeded slips that was found, in percent; 100 of none."""
        return 100 * self.found / self.seeded if self.seeded else 100.0

    @property
    def coverage(self) -> float:
        """The share of the right statements that was checked, in percent; 100 of none."""
        return 100 * self.checked / self.right if self.right else 100.0

    @property
    def alarms_in_500(self) -> float:
        """The false alarms for 500 right statements that were checked."""
        if self.checked:
            return 500 * len(self.alarms) / self.checked
        return float("inf") if self.alarms else 0.0


def _plain(text: str) -> str:
    """Return a number without what groups its digits, or a formula without what sets it."""
    return _SET.sub("", _BETWEEN_DIGITS.sub("", text))


def names(stated: object, placed: Placed) -> bool:
    """Whether what a finding states is the number of a statement, or contains it, or is a part of it."""
    text = f"{stated:.12g}" if isinstance(stated, float) else str(stated)
    said, written = _plain(text), _plain(placed.written)
    if not said or not written:
        return False
    if _within(written, said) or _within(said, written):
        return True
    try:  # a percentage may be stated as the number that it is
        number = Fraction(text.replace(",", ""))
        return number in (Fraction(placed.denotes), Fraction(placed.denotes) / 100)
    except (ValueError, ZeroDivisionError):
        return False


def _within(part: str, whole: str) -> bool:
    return re.search(rf"(?<!\d){re.escape(part)}(?!\d)", whole) is not None


def _about(finding: Finding, here: Sequence[Placed]) -> list[Placed]:
    """Return the statements of its line that a finding may be about: those that it names, or else all."""
    named = [one for one in here if names(finding.stated, one)]
    if not named:
        return list(here)
    exact = [one for one in named if _plain(str(finding.stated)) == _plain(one.written)]
    return exact or named


def _comes_of_a_slip(finding: Finding, case: Case) -> bool:
    """Whether what should stand there is a wrong number that a slip left on the sheet."""
    wrong = {one.denotes for one in case.statements if one.slip}
    try:
        return str(Fraction(str(finding.computed).replace(",", ""))) in wrong
    except (ValueError, ZeroDivisionError):
        return False


def scored(case: Case, findings: Iterable[Finding]) -> Score:
    """Compare the findings on a sheet with its statements."""
    lines: dict[int, list[Placed]] = {}
    for one in case.statements:
        lines.setdefault(one.line, []).append(one)
    # by identity: two statements of a line may be equal
    hit: dict[int, set[str]] = {}
    score = Score()
    said: dict[int, list[Finding]] = {}
    for finding in findings:
        said.setdefault(finding.line, []).append(finding)
        if finding.verdict == "unchecked":
            continue
        about = _about(finding, lines.get(finding.line, []))
        for one in about:
            hit.setdefault(id(one), set()).add(finding.verdict)
        innocent = not any(one.slip or one.caused for one in about)
        if finding.verdict == "wrong" and innocent and not _comes_of_a_slip(finding, case):
            score.alarms.append(Alarm(case, finding))
    for one in case.statements:
        _count(score, case, one, hit.get(id(one), set()), tuple(said.get(one.line, ())))
    return score


def _count(score: Score, case: Case, one: Placed, verdicts: set[str], said: tuple[Finding, ...]) -> None:
    if one.caused:
        score.caused += 1
    elif one.right:
        score.right += 1
        score.checked += bool(verdicts)
        score.doubted += bool(verdicts & {"rounded", "suspicious"})
    else:
        found = "wrong" in verdicts or (one.slip == ROUNDING and "rounded" in verdicts)
        score.seeded += 1
        score.found += found
        kind = score.kinds.setdefault(one.slip, [0, 0])
        kind[0] += found
        kind[1] += 1
        if not found:
            score.misses.append(Miss(case, one, said))
