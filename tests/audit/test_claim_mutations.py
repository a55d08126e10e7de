"""A changed statement changes its verdict: each digit and operator of what is right, one at a time.

The audit files run once. Every check keeps what it brought, and a changed statement is judged by that. What
survives has to be equivalent to the statement; the reason stands in ``equivalent_mutants/<part>.yml``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from support.audit_book import write_audit, write_claims
from support.claim_mutants import other_digits, other_expressions, survivors

from nnutils.audit import load_audit
from nnutils.audit.claim_files.claims import parts_of
from nnutils.core.places import question_files

ROOT = Path(__file__).resolve().parents[2]


def explained(part: str) -> dict[str, dict[str, str]]:
    """Return the surviving changes of a part with their reasons, by claim."""
    path = Path(__file__).with_name("equivalent_mutants") / f"{part}.yml"
    return (yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path.is_file() else {}


@pytest.mark.slow
@pytest.mark.parametrize("part", parts_of(ROOT))
def test_a_changed_digit_or_operator_changes_the_verdict(part: str) -> None:
    found: dict[str, list[str]] = {}
    for path in question_files("audits", ROOT, part):
        found |= survivors(load_audit(f"{part}/{path.stem}", ROOT))
    listed = explained(part)
    assert {name: sorted(texts) for name, texts in found.items()} == {
        name: sorted(texts) for name, texts in listed.items()
    }
    assert all(reason.strip() for texts in listed.values() for reason in texts.values())


def test_each_digit_and_operator_is_changed_once() -> None:
    assert list(other_digits("1,290")) == ["2,290", "1,390", "1,280", "1,291"]
    assert list(other_digits("-1/9")) == ["1/9", "-2/9", "-1/8"]
    assert sorted(other_expressions("-x1 * 12 + W.T @ x2", {"x1", "x2", "W"})) == sorted(
        [
            "-x1 * 12 - W.T @ x2",
            "-x1 + 12 + W.T @ x2",
            "-x1 * 12 + W.T * x2",
            "x1 * 12 + W.T @ x2",
            "-x1 * 12 + W @ x2",
            "-x2 * 12 + W.T @ x2",
            "-x1 * 22 + W.T @ x2",
            "-x1 * 13 + W.T @ x2",
        ]
    )


CLAIMS = """\
sheets: ["000"]
claims:
- {id: 000-q3-seen, sheet: "000", says: a product, stated: 12, kind: number}
- {id: 000-q3-formula, sheet: "000", says: twice x, stated: 2x, kind: formula, expression: 2 * x}
- {id: 000-q3-about, sheet: "000", says: a size, stated: 2000, kind: number, digits: 1}
- {id: 000-q3-shape, sheet: "000", says: a size, stated: [3, "5"], kind: shape}
- {id: 000-q3-wrong, sheet: "000", says: a size, stated: 7, kind: number}
"""
AUDIT = """\
from nnutils.audit import Audit


def audit():
    judged = Audit.of(__file__)
    judged.check("000-q3-seen", 12)
    judged.check("000-q3-formula", lambda s: 2 * s["x"], samples=[{{"x": {x}}}])
    judged.check("000-q3-about", 2100)
    judged.check("000-q3-shape", [3, 5])
    judged.check("000-q3-wrong", 8)
    return judged
"""


@pytest.mark.parametrize(("x", "blind"), [(3, {}), (2, {"000-q3-formula": ["2 + x"]})])
def test_a_check_at_a_special_point_is_found_out(tmp_path: Path, x: int, blind: dict[str, list[str]]) -> None:
    write_claims(tmp_path, CLAIMS)
    write_audit(tmp_path, AUDIT.format(x=x))
    digits = {"000-q3-about": ["2100", "2010", "2001"]}  # which were not meant
    assert survivors(load_audit("sorting_backprop_alexnet/q3", tmp_path)) == digits | blind
