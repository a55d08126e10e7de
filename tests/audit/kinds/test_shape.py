"""Shapes and matrices, entry by entry."""

from __future__ import annotations

import numpy as np
import pytest
from support.audit_claims import judged

from nnutils.core.errors import ClaimError


def test_shapes_and_matrices_compare_entry_by_entry() -> None:
    assert judged("shape", [[1, "1/2"], [0, -1]], np.array([[1, 0.5], [0, -1]])).verdict == "confirmed"
    verdict = judged("shape", [[1, "1/2"], [0, -1]], np.array([[1, 0.5], [3, -1]]))
    assert verdict.verdict == "wrong" and "1 of 4 entries differ: (2, 1)" in verdict.why
    assert "stated: 2 entries; right: 3 entries" in judged("shape", [98, 98], [98, 98, 5]).why
    assert judged("shape", ["0.33", 1], [1 / 3, 1.0]).verdict == "confirmed"
    assert judged("shape", ["0.34", 1], [1 / 3, 1.0]).verdict == "rounded"
    assert judged("shape", [1, 2], [2, 1], conventions={"width first": [1, 2]}).verdict == "convention"
    assert "kernel not flipped" in judged("shape", [1, 2], [2, 1], slips={"kernel not flipped": [1, 2]}).why
    assert judged("shape", [1, 2], [2, 1], slips={"kernel not flipped": [1, 3]}).why.startswith(
        "no known slip"
    )


def test_a_shape_of_one_number_is_refused() -> None:
    with pytest.raises(ClaimError, match="The computed value is one number") as caught:
        judged("shape", [1], 1)
    assert "kind: number" in caught.value.remedy


def test_an_entry_that_the_scan_lost_is_named() -> None:
    verdict = judged("shape", [[1, None], [3, 4]], [[1, 2], [3, 5]], {"legible": False})
    assert verdict.verdict == "unreadable"
    assert verdict.why.endswith("2 of 4 entries differ or are lost: (1, 2), (2, 2)")


def test_a_list_that_the_scan_lost_is_no_list_of_other_entries() -> None:
    verdict = judged("shape", None, [3, 4], {"legible": False})
    assert (verdict.verdict, verdict.computed) == ("unreadable", [3, 4])


def test_a_reason_names_four_entries_at_most() -> None:
    assert judged("shape", [1, 2, 3, 4, 5], [0] * 5).why.endswith("5 of 5 entries differ: 1, 2, 3, 4, ...")
