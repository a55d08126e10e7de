"""A worked solution with its statements, each at its line, right or with the slip that made it wrong."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from nnutils import Network

__all__ = ["Case", "Placed"]


@dataclass(frozen=True)
class Placed:
    """One checkable statement: where its number stands, as it stands there, and whether it is right.

    ``line`` counts from 1, in a notebook through the JSON file. ``work`` is the arithmetic that the sheet
    determines, as Python; ``denotes`` is what is written, as Python; ``unit`` is worth one in the last place
    that is written, and 0 where the number is exact. ``slack`` is how far the value may lie from what follows
    from the rounded numbers beside it. ``caused`` says that a number of this statement was wrong before, so
    that neither verdict on it is an error.
    """

    line: int
    written: str
    right: bool
    slip: str
    needs_network: bool
    work: str = ""
    denotes: str = ""
    unit: Fraction = Fraction(0)
    slack: float = 0.0
    caused: bool = False


@dataclass(frozen=True)
class Case:
    """A sheet in one style: its name, the ending of its file, its text, and what may be checked in it.

    ``network`` is the network that is given beside the sheet, if there is one.
    """

    name: str
    suffix: str
    text: str
    network: Network | None
    statements: tuple[Placed, ...]

    @property
    def style(self) -> str:
        """The style of writing."""
        return self.name.rpartition("-")[0]
