"""Named alternatives to the right value: which of them reproduce a statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from nnutils.audit.errors import located

__all__ = ["agreeing"]


def agreeing(
    what: str,
    alternatives: Mapping[str, object],
    agrees: Callable[[object], bool],
    clause: Callable[[str, object], str],
) -> dict[str, str]:
    """Return the names of those alternatives that agree with the statement, each with its clause.

    ``what`` is what they are called in an error: convention, missing or slip.

    Raises:
        ClaimError: for an alternative that cannot be compared; the message names it.

    >>> agreeing("slip", {"halved": 5, "doubled": 20}, lambda value: value == 20, lambda name, value: name)
    {'doubled': 'doubled'}
    """
    clauses = {}
    for name, value in alternatives.items():
        with located(f"{what} {name!r}"):
            if agrees(value):
                clauses[name] = clause(name, value)
    return clauses
