"""Single claims and their verdicts, for the tests of the judge."""

from __future__ import annotations

from typing import Any

from nnutils.audit import Claim, Verdict
from nnutils.audit.case import Case
from nnutils.audit.claim_files.claims import make_claim
from nnutils.audit.judging import judge


def a_claim(kind: str, stated: Any, **fields: Any) -> Claim:
    base = {"id": "001-q1-x", "sheet": "001", "says": "a statement", "stated": stated, "kind": kind}
    return make_claim(base | fields, ("001",))


def judged(
    kind: str, stated: Any, computed: Any, fields: dict[str, Any] | None = None, **case: Any
) -> Verdict:
    """Judge one claim; ``fields`` are further fields of it, ``case`` further arguments of the check."""
    return judge(a_claim(kind, stated, **(fields or {})), Case(computed, **case))
