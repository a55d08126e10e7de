"""The wrong numbers of the sheets, each with the explanation that a search finds, and the share explained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nnutils.audit.value_text import plain_text
from nnutils.audit.verdict import Verdict
from nnutils.core.numerals import set_signs
from nnutils.core.tables import Table

__all__ = ["Explanations", "explanations_of"]

_NUMBERS = ("number", "shape")
_HEADER = ("sheet", "statement", "stated", "right", "first explanation", "cause in the audit")
_NOT_EXPLAINED = "not explained"

_PAGE = """\
# The wrong numbers of the sheets, explained by search

`python -m nnutils.audit --explanations` writes this page, and a test compares it. It lists every wrong
statement of a sheet that has a number, with what `nnutils.slips.explain` finds first for that number in the
derivation of the right one; explanations that are as plausible as each other stand together. Where a written
product, a sum or other arithmetic "evaluates to" its result, the number stated is the written result and the
right one is the value of the arithmetic as written: the two differ, and the result by itself may be right. An
explanation says which slip gives the number, not what its author did: the last column is the cause that the
audit names after reading the sheet, and the two need not agree. What the scan damaged is not listed. The
sheets are a test set: no rule and no rank was tuned on them.

"""


@dataclass(frozen=True, repr=False)
class Explanations:
    """Wrong statements with their explanations, as a table; ``sentence`` says how many are explained.

    >>> print(explanations_of([]))
    No number is wrong.
    """

    verdicts: tuple[Verdict, ...]

    def __len__(self) -> int:
        return len(self.verdicts)

    @property
    def explained(self) -> int:
        """How many of the wrong statements have an explanation."""
        return sum(bool(verdict.slips) for verdict in self.verdicts)

    @property
    def sentence(self) -> str:
        """The share in words: 'Of 4 wrong statements with numbers 3 are explained by search (75 %).'

        One wrong number may stand in several statements; the sentence then says how many there are.
        """
        many, explained = len(self.verdicts), self.explained
        if not many:
            return "No number is wrong."
        verb = "is" if explained == 1 else "are"
        share = f"{100 * explained / many:.0f} %"
        numbers = len({(v.sheet, plain_text(v.stated), plain_text(v.computed)) for v in self.verdicts})
        different = f" ({numbers} different number{'s' * (numbers != 1)})" if numbers != many else ""
        stated = "statement with a number" if many == 1 else f"statements with numbers{different}"
        return f"Of {many} wrong {stated} {explained} {verb} explained by search ({share})."

    @property
    def table(self) -> Table:
        """Sheet, statement, what is stated, what is right, the explanation, the cause in the audit."""
        return Table(_HEADER, [_cells(verdict, " Or: ") for verdict in self.verdicts])

    def as_markdown(self) -> str:
        """Return the page: what is listed, the share, and the table."""
        rows = [_HEADER, tuple("---" for _ in _HEADER), *(_cells(v, "<br>Or: ") for v in self.verdicts)]
        lines = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
        return _PAGE + "\n".join([f"**{self.sentence}**", "", *lines, ""])

    def __str__(self) -> str:
        return f"{self.sentence}\n\n{self.table}" if self.verdicts else self.sentence

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f"<p>{set_signs(self.sentence)}</p>{self.table._repr_html_()}"


def explanations_of(verdicts: Iterable[Verdict]) -> Explanations:
    """Return the wrong statements with numbers among verdicts.

    A misprint of the assignment, which is no number of a solver, is left out.
    """
    return Explanations(tuple(v for v in verdicts if v.verdict == "wrong" and v.kind in _NUMBERS))


def _cells(verdict: Verdict, between: str) -> tuple[str, ...]:
    found = between.join(verdict.explained) or _NOT_EXPLAINED
    values = (plain_text(verdict.stated), plain_text(verdict.computed))
    return (verdict.sheet, verdict.says, *values, found, verdict.cause)
